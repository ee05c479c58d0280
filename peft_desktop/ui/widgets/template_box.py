"""The template with all that helps to write it: suggestions, names to insert, complaints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ...core.recipe import PromptSpec
from ...core.words import Sentence
from ...prompts.parts import SLOT_NAME, Column, Complaint, Part
from ...prompts.parts import Slot as SlotPart
from ..wording import in_words, plain, tip
from .template_editor import TemplateEditor
from .template_names import in_words as meaning
from .template_strip import TemplateStrip

_MOST_SAID = 3
_MOST_WORDS = 4


class TemplateBox(QGroupBox):
    """`edited(template)` as the user types, `suggested(PromptSpec)` when a suggestion is taken,
    `parameter_wanted(name)` to make an unknown name a parameter."""

    edited = Signal(str)
    suggested = Signal(object)
    parameter_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[str] = ()
        self._parameters: Sequence[str] = ()
        self._suggestions: Sequence[PromptSpec] = ()
        self._several_slots = False
        self._unknown = ""
        self._found: tuple[Sequence[Complaint], list[str]] = ((), [])
        self.editor = TemplateEditor(self)
        self.editor.edited.connect(self.edited)
        self.editor.cursorPositionChanged.connect(self._say)
        self.editor.setMinimumHeight(3 * self.editor.fontMetrics().lineSpacing() + 12)
        self._editor_label = plain(QLabel(self))
        self._editor_label.setBuddy(self.editor)
        self._suggest_label = plain(QLabel(self))
        self.suggest = QComboBox(self)
        self._suggest_label.setBuddy(self.suggest)
        self.suggest.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.suggest.setMinimumContentsLength(20)
        self.suggest.activated.connect(self._take_suggestion)
        self.strip = TemplateStrip(self)
        self._insert_label = plain(QLabel(self))
        self.slot_button = QPushButton(self)
        self.slot_button.clicked.connect(self._insert_slot)
        self.column_button = QPushButton(self)
        self.parameter_button = QPushButton(self)
        self.more_button = QPushButton(self)
        for button in (self.column_button, self.parameter_button, self.more_button):
            menu = QMenu(button)
            menu.setToolTipsVisible(True)
            menu.triggered.connect(self._insert_action)
            button.setMenu(menu)
        self.make_button = QPushButton(self)
        self.make_button.clicked.connect(self._make_parameter)
        self.make_button.hide()
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._suggest_label)
        top.addWidget(self.suggest, 1)
        insert = QHBoxLayout()
        for widget in (
            self._insert_label,
            self.slot_button,
            self.column_button,
            self.parameter_button,
            self.more_button,
        ):
            insert.addWidget(widget)
        insert.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        heading = QHBoxLayout()
        heading.addWidget(self._editor_label)
        heading.addWidget(self.strip, 1)
        layout.addLayout(heading)
        layout.addWidget(self.editor, 1)
        layout.addLayout(insert)
        layout.addWidget(self.said)
        layout.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignLeft)
        # the tab order as read
        QWidget.setTabOrder(self.suggest, self.strip.tabs)
        order = [self.strip.remove, self.editor, self.slot_button, self.column_button]
        order += [self.parameter_button, self.more_button, self.make_button]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(560, 260)

    def set_several_slots(self, several: bool) -> None:
        """Whether the model takes more than one slot."""
        if several != self._several_slots:
            self._several_slots = several
            self.editor.set_names(self._columns, self._parameters, several)
            self.retranslate()

    def set_names(self, columns: Sequence[str], parameters: Sequence[str]) -> None:
        """What may stand in the template: columns (not the label's) and parameters."""
        if (list(columns), list(parameters)) == (self._columns, self._parameters):
            return
        self._columns, self._parameters = list(columns), list(parameters)
        self.editor.set_names(columns, parameters, self._several_slots)
        self._fill(self.column_button, columns)
        self._fill(self.parameter_button, parameters)
        self.retranslate()

    def set_suggestions(self, suggestions: Sequence[PromptSpec]) -> None:
        """Prompts of the bank, best first."""
        if list(suggestions) != list(self._suggestions):
            self._suggestions = list(suggestions)
            self._list_suggestions()

    def show_findings(
        self,
        parts: Sequence[Part],
        complaints: Sequence[Complaint],
        error: UserError | None,
        warnings: Sequence[Sentence],
    ) -> None:
        """Say what is wrong with the template (`error`: the model's family refuses it)."""
        self.editor.show_findings(parts, complaints)
        others = [f"✖ {in_words(error.what)} {in_words(error.do)}"] if error is not None else []
        others += [f"⚠ {in_words(warning)}" for warning in warnings]
        self._found = (complaints, others)
        self._say()
        known = {*self._columns, *self._parameters}
        # a name that is like no other is more likely to be a new one than a slip
        slips = {c.position: "near" in c.do.values for c in complaints}
        unknown = [p for p in parts if isinstance(p, Column) and p.start in slips]
        unknown.sort(key=lambda part: slips[part.start])
        self._unknown = next((part.name for part in unknown if part.name not in known), "")
        self._has_slot = any(isinstance(part, SlotPart) for part in parts)
        self._dead_or_alive()

    @Slot()
    def _say(self) -> None:
        """The findings in words; that under the caret comes first."""
        complaints, others = self._found
        here = self.editor.complaint_at(self.editor.place) if complaints else None
        order = sorted(complaints, key=lambda complaint: complaint is not here)
        lines = [f"✖ {in_words(c.sentence)} {in_words(c.do)}" for c in order]
        if len(lines) > _MOST_SAID:
            more = len(lines) - _MOST_SAID
            lines = [*lines[:_MOST_SAID], self.tr("… and {count} more.").format(count=more)]
        lines += others
        if "\n".join(lines) != self.said.text():
            self.said.setText("\n".join(lines))
            self.editor.setAccessibleDescription("\n".join(lines))
        self.said.setVisible(bool(lines))

    def retranslate(self) -> None:
        self.setTitle(self.tr("Template"))
        self._editor_label.setText(self.tr("Temp&late (type { for names)"))
        self.editor.setAccessibleName(self.tr("Template"))
        self.editor.setPlaceholderText(self.tr("Review: {text}\nOverall, it was {mask}"))
        self.editor.setToolTip(
            self.tr(
                "The text around each row (prompt template): {column} is the row's text, {mask} "
                "the slot that the model fills with a label word."
            )
        )
        self._suggest_label.setText(self.tr("Su&ggestions"))
        self.suggest.setAccessibleName(self.tr("Suggested templates"))
        self.suggest.setToolTip(
            self.tr("Templates that fit your labels, best first, with the words they bring.")
        )
        self._list_suggestions()
        self._insert_label.setText(self.tr("Insert"))
        self.slot_button.setText(self.tr("&Slot"))
        self.slot_button.setAccessibleName(self.tr("Insert slot"))
        self.column_button.setText(self.tr("&Column"))
        self.column_button.setAccessibleName(self.tr("Insert column"))
        self.parameter_button.setText(self.tr("P&arameter"))
        self.parameter_button.setAccessibleName(self.tr("Insert parameter"))
        self.more_button.setText(self.tr("More"))
        self.more_button.setAccessibleName(self.tr("Insert soft tokens and other pieces"))
        self.more_button.setToolTip(
            self.tr("Writes soft tokens, further slots, or a column that is cut last.")
        )
        self._fill_more()
        self._dead_or_alive()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    _has_slot = False

    def _dead_or_alive(self) -> None:
        """A dead button says what is missing."""
        taken = self._has_slot and not self._several_slots
        self.slot_button.setEnabled(not taken)
        self.slot_button.setToolTip(
            self.tr("The template has its slot already; there can be one only.")
            if taken
            else self.tr("Writes {mask}, the place of the label word, where the caret is.")
        )
        self.column_button.setEnabled(bool(self._columns))
        self.column_button.setToolTip(
            self.tr("Writes a column's name in braces; each row's own text stands there.")
            if self._columns
            else self.tr("Import data first: there is no column yet.")
        )
        self.parameter_button.setEnabled(bool(self._parameters))
        self.parameter_button.setToolTip(
            self.tr("Writes a parameter's name in braces; its value stands there in every row.")
            if self._parameters
            else self.tr("Add a parameter to the table first.")
        )
        self.make_button.setVisible(bool(self._unknown))
        name = self._unknown if len(self._unknown) <= 20 else self._unknown[:19] + "…"
        self.make_button.setText(
            self.tr("Make “{name}” a parameter").format(name=name).replace("&", "&&")
        )
        self.make_button.setToolTip(
            self.tr("Adds this name to the parameters, so that you can give it a value.")
        )

    def _fill(self, button: QPushButton, names: Sequence[str]) -> None:
        menu = button.menu()
        menu.clear()
        for name in names:
            if not set(name) & set("{}"):
                short = name if len(name) <= 60 else name[:59] + "…"
                action = menu.addAction(short.replace("&", "&&").replace("\n", " "))
                action.setData(name)

    def _fill_more(self) -> None:
        menu = self.more_button.menu()
        menu.clear()
        for offer in self.editor.offers:
            if offer.kind not in ("slot", "column", "parameter"):
                said = meaning(offer)
                shown = "{" + offer.name[:40] + "}   " + said.short
                action = menu.addAction(shown.replace("&", "&&").replace("\n", " "))
                action.setData(offer.name)
                action.setToolTip(tip(said.long))

    def _list_suggestions(self) -> None:
        self.suggest.clear()
        self.suggest.addItem(
            self.tr("Choose one to use it …")
            if self._suggestions
            else self.tr("None yet: they come with labelled rows")
        )
        for spec in self._suggestions:
            words = [several[0] for several in spec.words.values() if several]
            shown = " / ".join(words[:_MOST_WORDS]) + (" / …" if words[_MOST_WORDS:] else "")
            self.suggest.addItem(f"{spec.template.replace(chr(10), ' ↵ ')}   —   {shown}")
            at = self.suggest.count() - 1
            said = f"{spec.template}\n{shown}"
            self.suggest.setItemData(at, tip(said), Qt.ItemDataRole.ToolTipRole)
        self.suggest.setEnabled(bool(self._suggestions))

    @Slot(int)
    def _take_suggestion(self, index: int) -> None:
        self.suggest.setCurrentIndex(0)
        if 0 < index <= len(self._suggestions):
            self.suggested.emit(self._suggestions[index - 1])

    @Slot()
    def _insert_slot(self) -> None:
        self.editor.insert_name(SLOT_NAME)

    @Slot(QAction)
    def _insert_action(self, action: QAction) -> None:
        self.editor.insert_name(str(action.data()))

    @Slot()
    def _make_parameter(self) -> None:
        self.parameter_wanted.emit(self._unknown)
