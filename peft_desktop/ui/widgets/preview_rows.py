"""Real rows as the model will read them: as text or as tokens, with what is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..cut_counting import Counted
from ..preview_chips import Chip, spelt
from ..previewing import MOST_LABEL_PROMPTS, Seen
from ..task_prompts import scores_words
from ..wording import in_words, number, plain
from .cut_count import CutCount
from .length_bar import Length, LengthBar
from .piece_legend import PieceLegend
from .preview_text import PreviewWriter
from .row_steps import RowSteps
from .token_chips import TokenChips

VIEWS = ("text", "tokens")


class PreviewRows(QGroupBox):
    """`row_wanted(place)` when another row shall be shown; its place counts from 0.
    `view_changed(view)` when the user chooses another of `VIEWS`."""

    row_wanted = Signal(int)
    view_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._words: list[tuple[str, list[str]]] = []
        self.steps = RowSteps(self)
        self.as_tokens = QCheckBox(self)
        self.slot_choice = QComboBox(self)
        self.slot_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.slot_choice.setMaximumWidth(130)
        self._slot_label = plain(QLabel(self))
        self._slot_label.setBuddy(self.slot_choice)
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setUndoRedoEnabled(False)
        self.chips = TokenChips(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.chips)
        self.tokens = LengthBar(self)
        self.cuts = CutCount(self)
        self.current = plain(QLabel(self))
        self.current.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self._build()
        self.steps.wanted.connect(self.row_wanted)
        self.cuts.wanted.connect(self.row_wanted)
        self.slot_choice.currentIndexChanged.connect(self._show_row)
        self.as_tokens.clicked.connect(self._on_view)
        self.chips.current_changed.connect(self._say_current)
        self.retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.steps, 1)
        top.addWidget(self._slot_label)
        top.addWidget(self.slot_choice)
        top.addWidget(self.as_tokens)
        lengths = QHBoxLayout()
        lengths.addWidget(self.tokens, 1)
        lengths.addSpacing(16)
        lengths.addWidget(self.cuts)
        below = QHBoxLayout()
        below.addWidget(PieceLegend(self))
        below.addSpacing(12)
        below.addWidget(self.current, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.said)
        layout.addWidget(self._stack, 1)
        layout.addLayout(below)
        layout.addLayout(lengths)

    @property
    def row(self) -> int:
        """The place of the row on show, from 0."""
        return self.steps.row

    @property
    def view(self) -> str:
        """The one that the user chose; without a model only the text can be shown."""
        return VIEWS[self.as_tokens.isChecked()]

    def set_view(self, view: str) -> None:
        """Show the text or the tokens; anything else changes nothing."""
        if view in VIEWS and view != self.view:
            self.as_tokens.setChecked(view == "tokens")
            self._show_row()

    def show_seen(self, seen: Seen) -> None:
        """Show what was found out; a prompt that cannot be read leaves the last text, greyed."""
        row = seen.row
        self.steps.set_row(row)
        self.cuts.row = self.row
        words = seen.asked.file.prompt.words
        scored = scores_words(seen.asked.file)
        self._set_words([(label, list(several)) for label, several in words.items()])
        for widget in (self._slot_label, self.slot_choice):
            widget.setVisible(scored)
        readable = seen.spans is not None
        if readable or row is None or self._seen is None:
            self._seen = seen
            self._show_row()
        self._stack.setEnabled(readable)
        self._said(seen)
        known = bool(seen.limit and readable and row is not None)
        length = Length(seen.tokens, seen.own, seen.cut, seen.limit)
        self.tokens.set_length(length if known else None)

    def show_counted(self, counted: Counted | None) -> None:
        """How many training rows would be cut; None: that cannot be said."""
        self.cuts.set_counted(counted)

    def retranslate(self) -> None:
        self.setTitle(self.tr("As the model will read it"))
        self._slot_label.setText(self.tr("Slot filled &by"))
        self.slot_choice.setAccessibleName(self.tr("Word in the slot"))
        self.slot_choice.setToolTip(
            self.tr("Fills the slot with all label words, or with those of one label.")
        )
        self.as_tokens.setText(self.tr("To&kens"))
        self.as_tokens.setAccessibleName(self.tr("Show the row as tokens"))
        self.as_tokens.setToolTip(
            self.tr(
                "Shows each token, the pieces that the model reads (subwords), instead of running "
                "text; blanks and line breaks are shown as signs."
            )
        )
        self.text.setAccessibleName(self.tr("The row as the model will read it"))
        self.text.setToolTip(
            self.tr("A row of your data inside the template; ↵ is a line break the model sees.")
        )
        self.chips.setAccessibleName(self.tr("The tokens of the row"))
        self.chips.setToolTip(
            self.tr(
                "Each box is a token. Arrow keys go from one to the next, Ctrl+C copies them all "
                "as a table; ␣ is a blank, ↵ a line break, 1/3 a third of a character."
            )
        )
        self._list_words()
        if self._seen is not None:
            self.show_seen(self._seen)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_row()

    def _set_words(self, words: list[tuple[str, list[str]]]) -> None:
        if words != self._words:
            same = [label for label, _ in words] == [label for label, _ in self._words]
            self._words = words
            if not same:
                self._list_words()

    def _list_words(self) -> None:
        chosen = self.slot_choice.currentData()
        self.slot_choice.blockSignals(True)
        self.slot_choice.clear()
        self.slot_choice.addItem(self.tr("all words"), None)
        for label, _ in self._words:
            shown = " ".join(label.split()) or repr(label)
            self.slot_choice.addItem(shown if len(shown) <= 40 else shown[:39] + "…", label)
        at = self.slot_choice.findData(chosen) if chosen is not None else 0
        self.slot_choice.setCurrentIndex(max(0, at))
        self.slot_choice.blockSignals(False)

    @Slot()
    def _on_view(self) -> None:
        self._show_row()
        self.view_changed.emit(self.view)

    @Slot()
    def _show_row(self) -> None:
        """Bring the view in sight up to date; the other one waits until it is wanted."""
        seen = self._seen
        if seen is None:
            return
        as_tokens = self.view == "tokens" and seen.chips is not None
        self._stack.setCurrentWidget(self.chips if as_tokens else self.text)
        self.current.setVisible(as_tokens)
        if as_tokens:
            self.chips.set_chips(self._filled(seen))
            self._say_current(self.chips.current)
        else:
            self._show_text(seen)

    def _filled(self, seen: Seen) -> Sequence[Chip]:
        """The row's chips with the words of the chosen label in the slot."""
        chips = seen.chips or ()
        chosen = self.slot_choice.currentData()
        if chosen is None:
            shown = " | ".join(spelt(w.strip()) for _, several in self._words for w in several)
            shown = shown if len(shown) <= 60 else shown[:59] + "…"
            return [c._replace(text=shown) if _is_gap(c) else c for c in chips]
        marks = seen.marks.get(chosen, ())
        if not marks:
            return chips
        word = marks[0]
        pieces = [spelt(piece) for piece in word.tokens]
        found: list[Chip] = []
        masks = 0
        for chip in chips:
            if _is_gap(chip):
                ids = zip(pieces, word.ids, strict=True)
                found += [Chip("word", piece, token_id) for piece, token_id in ids]
            elif chip.kind == "slot":
                piece = pieces[masks] if masks < len(pieces) else ""
                found.append(chip._replace(text=f"{chip.text} ← {piece}" if piece else chip.text))
                masks += 1
            else:
                found.append(chip)
        return found

    def _show_text(self, seen: Seen) -> None:
        more = self.tr("{count} more characters")
        writer = PreviewWriter(self.text.document(), self.palette(), more)
        if seen.spans is None:
            return
        chosen = self.slot_choice.currentData()
        words = [w for label, several in self._words for w in several if chosen in (None, label)]
        if not scores_words(seen.asked.file):  # the answer itself goes there
            words = [seen.answer] if seen.answer else []
        writer.row(seen.spans, words, seen.space)
        if seen.label_prompts:
            writer.heading(self.tr("It is compared with the prompt of each label:"))
            shown = [p for p in seen.label_prompts if chosen in (None, p[0])]
            for label, prompt in shown[:MOST_LABEL_PROMPTS]:
                writer.write(prompt, "slot")
                writer.remark(f"   ({label[:60]})")
            if len(shown) > MOST_LABEL_PROMPTS:
                more = self.tr("… and {count} more.")
                writer.remark(more.format(count=number(len(shown) - MOST_LABEL_PROMPTS)))

    @Slot(int)
    def _say_current(self, place: int) -> None:
        """Say what the token under the frame is."""
        said = self.chips.said(place)
        shown = self.current.fontMetrics().elidedText(
            said, Qt.TextElideMode.ElideRight, max(80, self.current.width() - 4)
        )
        self.current.setText(shown)
        self.current.setToolTip(said)

    def _said(self, seen: Seen) -> None:
        """One line: why there is nothing to see, or which row this is."""
        said = ""
        error = seen.rows_error or seen.model_error
        if error is not None:
            said = f"✖ {in_words(error.what)} {in_words(error.do)}"
        elif seen.row is None:
            said = self.tr("There is no row to show: import data with rows to train on first.")
        elif seen.spans is None:
            said = self.tr("The template cannot be read yet; below is the last one that could.")
        elif not seen.asked.file.model:
            said = self.tr("Choose a model on the Train page to see how many tokens it reads.")
        elif seen.shortened:
            said = self.tr("This row is very long; only its beginning was looked at.")
        elif seen.reads is not None:
            said = f"{seen.asked.file.model}: {in_words(seen.reads)}"
        self.said.setText(said)
        self.said.setVisible(bool(said))


def _is_gap(chip: Chip) -> bool:
    """Whether a slot holds no token: the word comes there."""
    return chip.kind == "slot" and chip.id < 0
