"""The prompt that is picked in the ranking, whole: what it would be worth, its text, its words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ..probing import Entry, verdict
from ..wording import number, plain

_LABELS_SHOWN = 12


class ProbeDetail(QWidget):
    """`use_wanted(Entry)`: this prompt is to be the project's."""

    use_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self._version = ""
        self._majority: float | None = None
        self._is_present = False
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(3 * self.fontMetrics().lineSpacing() + 12)
        self.use = QPushButton(self)
        self.use.clicked.connect(self._on_use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.said)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.use)
        self.retranslate()

    def show_entry(
        self, entry: Entry | None, version: str, majority: float | None, is_present: bool
    ) -> None:
        """`is_present`: it is the project's prompt already."""
        self._entry, self._version = entry, version
        self._majority, self._is_present = majority, is_present
        self.retranslate()

    def retranslate(self) -> None:
        entry = self._entry
        self.text.setAccessibleName(self.tr("The prompt that is picked, with its words"))
        self.text.setToolTip(self.tr("The whole template, and the words of each label."))
        self.text.setPlainText("" if entry is None else self._whole(entry))
        self.said.setText(self.tr("Pick a prompt above.") if entry is None else self._judged(entry))
        usable = entry is not None and not entry.error and not self._is_present
        self.use.setEnabled(usable)
        said = self.tr("Use this prompt")
        if entry is not None and self._is_present:
            said = self.tr("This is your prompt")
        self.use.setText(said)
        self.use.setAccessibleName(said)
        self.use.setToolTip(
            self.tr("Puts template and words into the project, as one step that Undo takes back.")
        )

    def _whole(self, entry: Entry) -> str:
        prompt = entry.prompt
        shown = list(prompt.words.items())
        lines = [f"{label}: {', '.join(words)}" for label, words in shown[:_LABELS_SHOWN]]
        if len(shown) > _LABELS_SHOWN:
            more = self.tr("and {count} labels more")
            lines.append(more.format(count=len(shown) - _LABELS_SHOWN))
        constants = [f"{{{name}}} = {value}" for name, value in prompt.parameters.items()]
        return "\n".join([prompt.template, "", *lines, *constants])

    def _judged(self, entry: Entry) -> str:
        figures = entry.figures(self._version)
        if figures is None:
            return f"\u2716 {entry.error}"
        said = self.tr("Right in {share} of 100, between {low} and {high} ({rows} rows tried).")
        said = said.format(
            share=number(round(100 * figures.accuracy)),
            low=number(round(100 * figures.low)),
            high=number(round(100 * figures.high)),
            rows=number(entry.rows),
        )
        share = "" if self._majority is None else number(round(100 * self._majority))
        compared = {
            "better": self.tr("That is more than always the commonest label ({share})."),
            "same": self.tr(
                "It cannot be told apart from always the commonest label ({share}): try more "
                "rows, other words or another template."
            ),
            "worse": self.tr(
                "That is less than always the commonest label ({share}): look whether each label "
                "has its own words."
            ),
        }.get(verdict(figures, self._majority), "")
        return f"{said} {compared.format(share=share)}".strip()

    @Slot()
    def _on_use(self) -> None:
        if self._entry is not None:
            self.use_wanted.emit(self._entry)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
