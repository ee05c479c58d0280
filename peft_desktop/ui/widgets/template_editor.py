"""The editor of a template: names completed after a brace, pieces marked, faults underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QStandardItem,
    QStandardItemModel,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from ...prompts.parts import Column, Complaint, Literal, Parameter, Part, Soft
from ..wording import in_words, tip
from .piece_formats import piece_format, wrong_format
from .template_names import Offer, offers
from .template_names import in_words as meaning

_NAME = Qt.ItemDataRole.UserRole + 1
_ROWS_OF_POPUP = 10


class TemplateEditor(QPlainTextEdit):
    """`edited(template)` comes with each key stroke of the user's, never with `set_template`.

    Undo and redo belong to the project: the keys come out as `undo_asked` and `redo_asked`.
    """

    edited = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[Offer] = []
        self._parts: Sequence[Part] = ()
        self._complaints: Sequence[Complaint] = ()
        self._quiet = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._items = QStandardItemModel(self)
        self.completer = QCompleter(self._items, self)
        self.completer.setWidget(self)
        self.completer.setCompletionRole(_NAME)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(_ROWS_OF_POPUP)
        self.completer.activated[QModelIndex].connect(self._take_index)  # type: ignore[index]
        self.textChanged.connect(self._on_changed)

    def template(self) -> str:
        """The text as typed; `toPlainText` would turn hard blanks into soft ones."""
        return self.document().toRawText().replace("\u2029", "\n")

    def set_template(self, text: str) -> None:
        """Show `text`; where the caret stands it stays, as far as the text is the same."""
        old = self.template()
        if old == text:
            return
        start = _common(old, text)
        behind = _common(old[start:][::-1], text[start:][::-1])
        cursor = self._selected(start, len(old) - behind, old)
        self._quiet = True
        cursor.insertText(text[start : len(text) - behind])
        self._quiet = False
        self.show_findings((), ())

    def set_names(
        self, columns: Sequence[str], parameters: Sequence[str], several_slots: bool = False
    ) -> None:
        """What may stand between braces; `several_slots`: the model takes more than one."""
        names = offers(columns, parameters, several_slots)
        if names != self._names:
            self._names = names
            self.retranslate()

    def retranslate(self) -> None:
        self._items.clear()
        for offer in self._names:
            said = meaning(offer)
            item = QStandardItem(f"{offer.name}   —  {said.short}")
            item.setData(offer.name, _NAME)
            item.setToolTip(tip(said.long))
            self._items.appendRow(item)

    def show_findings(self, parts: Sequence[Part], complaints: Sequence[Complaint]) -> None:
        """Mark the pieces and underline what is wrong, each at its place."""
        self._parts, self._complaints = parts, complaints
        text = self.template()
        shown = []
        wrong = {complaint.position for complaint in complaints}
        for part in parts:
            if isinstance(part, Literal) or part.start in wrong:
                continue
            if part.end <= len(text):
                kinds = {Column: "column", Parameter: "parameter", Soft: "soft"}
                kind = kinds.get(type(part), "slot")
                shown.append(self._marked(part.start, part.end, text, self._look(kind)))
        for complaint in complaints:
            start, end = _place(complaint, len(text))
            shown.append(self._marked(start, end, text, wrong_format(self.palette())))
        self.setExtraSelections(shown)

    def complaint_at(self, position: int) -> Complaint | None:
        """The complaint about the character at `position` (from 0)."""
        length = len(self.template())
        for complaint in self._complaints:
            start, end = _place(complaint, length)
            if start <= position <= end:
                return complaint
        return None

    @property
    def offers(self) -> Sequence[Offer]:
        """What may stand between braces."""
        return self._names

    @property
    def place(self) -> int:
        """Before which character the caret stands, from 0."""
        return len(self._before(self.textCursor()))

    def insert_name(self, name: str) -> None:
        """Write `{name}` where the caret is; the caret goes between empty quotes."""
        cursor = self.textCursor()
        cursor.insertText("{" + name + "}")
        self._into_quotes(cursor, name)
        self.setFocus()

    def _into_quotes(self, cursor: QTextCursor, name: str) -> None:
        if name.endswith('""'):
            cursor.movePosition(
                QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.MoveAnchor, 2
            )
        self.setTextCursor(cursor)

    def go_to(self, position: int) -> None:
        """Put the caret before the character at `position` (from 0)."""
        self.setTextCursor(self._selected(position, position, self.template()))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        taken_by_popup = (Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        if self.popup.isVisible() and event.key() in taken_by_popup:
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_asked.emit()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == _CONTROL:
            self._complete(asked=True)
        else:
            super().keyPressEvent(event)
            if event.text() and not event.modifiers() & _CONTROL:
                self._complete()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.popup.hide()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.viewport().mapFrom(self, event.pos())
            at = len(self._before(self.cursorForPosition(place)))
            complaint = self.complaint_at(at)
            if complaint is not None:
                said = f"{in_words(complaint.sentence)} {in_words(complaint.do)}"
                QToolTip.showText(event.globalPos(), tip(said), self)
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_findings(self._parts, self._complaints)
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.template())

    def _look(self, kind: str) -> QTextCharFormat:
        return piece_format(kind, self.palette())

    def _before(self, cursor: QTextCursor) -> str:
        """The text up to a cursor; Qt counts in UTF-16, we in characters."""
        head = QTextCursor(self.document())
        head.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        return head.selectedText().replace("\u2029", "\n")

    def _selected(self, start: int, end: int, text: str) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _marked(
        self, start: int, end: int, text: str, look: QTextCharFormat
    ) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._selected(start, end, text)
        selection.format = look
        return selection

    @property
    def popup(self) -> QAbstractItemView:
        """The list of names."""
        found = self.completer.popup()
        assert found is not None
        return found

    def _open_brace(self) -> str | None:
        """What has been typed after a brace that is still open; None outside of braces."""
        line = self._before(self.textCursor()).rpartition("\n")[2]
        typed = line.rpartition("{")[2]
        braces = len(line[: len(line) - len(typed)]) - len(
            line[: len(line) - len(typed)].rstrip("{")
        )
        return typed if braces % 2 and "}" not in typed else None

    def _complete(self, asked: bool = False) -> None:
        typed = self._open_brace()
        if typed is None and asked:
            self.textCursor().insertText("{")
            typed = ""
        popup = self.popup
        if typed is None:
            popup.hide()
            return
        self.completer.setCompletionPrefix(typed.strip())
        if not self.completer.completionCount():
            popup.hide()
            return
        popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        place = self.cursorRect()
        place.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width())
        self.completer.complete(place)

    @Slot(QModelIndex)
    def _take_index(self, index: QModelIndex) -> None:
        self.take_completion(str(index.data(_NAME)))

    def take_completion(self, name: str) -> None:
        """Put `name` and a closing brace in the place of what was typed after the brace."""
        typed = self._open_brace()
        if typed is None:
            return
        cursor = self.textCursor()
        at = len(self._before(cursor))
        text = self.template()
        cursor = self._selected(at - len(typed), at, text)
        closed = text[at : at + 1] == "}"
        cursor.insertText(name if closed else name + "}")
        if closed:
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        self._into_quotes(cursor, name)


_CONTROL = Qt.KeyboardModifier.ControlModifier


def _units(text: str) -> int:
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def _common(left: str, right: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))


def _place(complaint: Complaint, length: int) -> tuple[int, int]:
    """Where to underline; what is missing is missed at the end of the text."""
    start = min(complaint.position, length)
    end = min(start + max(complaint.length, 1), length)
    return (start, end) if end > start else (max(0, length - 1), length)
