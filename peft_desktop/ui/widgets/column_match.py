"""Which column of a file is what a run knows under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ..wording import plain, tip

_BESIDE = 3  # pairs in a line
_NAME_SHOWN = 30  # characters


@dataclass(frozen=True, slots=True)
class Needed:
    """A column that is needed: its name in the run, and whether it is the "text", the "label" or
    the "question"."""

    name: str
    role: str = ""


class ColumnMatch(QWidget):
    """A box for each column that is needed; those of the same name are found by themselves.

    `changed`: the user chose another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needed: list[Needed] = []
        self._columns: list[str] = []
        self._guesses: dict[str, str] = {}
        self.boxes: list[QComboBox] = []
        self._heads: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    @property
    def open(self) -> list[str]:
        """The names for which no column is chosen."""
        return [name for name, column in self._now().items() if not column]

    @property
    def asks(self) -> bool:
        """Whether a column with questions is needed."""
        return any(needed.role == "question" for needed in self._needed)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(name in the run, column of the file), for those that differ."""
        found = self._now().items()
        return tuple((name, column) for name, column in found if column and column != name)

    def _now(self) -> dict[str, str]:
        pairs = zip(self._needed, self.boxes, strict=True)
        return {needed.name: str(box.currentData() or "") for needed, box in pairs}

    def set_needed(self, needed: Sequence[Needed]) -> None:
        if list(needed) == self._needed:
            return
        for widget in (*self._heads, *self.boxes):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._needed, self._heads, self.boxes = list(needed), [], []
        before: QWidget | None = None
        for place in range(len(self._needed)):
            head, box = plain(QLabel(self)), QComboBox(self)
            box.setMinimumContentsLength(14)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            head.setBuddy(box)
            line, column = divmod(place, _BESIDE)
            self._grid.addWidget(head, line, 2 * column)
            self._grid.addWidget(box, line, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 1)
            if before is not None:
                QWidget.setTabOrder(before, box)
            before = box
            self._heads.append(head)
            self.boxes.append(box)
            box.activated.connect(self._chosen)
        self.retranslate()
        self._fill()

    def set_columns(
        self, columns: Sequence[str], text: str, label: str, question: str = ""
    ) -> None:
        """The file's columns, and which of them look like texts, labels and questions."""
        kept = self._now() if list(columns) == self._columns else {}
        self._columns, self._guesses = list(columns), {"text": text, "label": label}
        self._guesses["question"] = question
        self._fill(kept)

    def _fill(self, kept: dict[str, str] | None = None) -> None:
        for needed, box in zip(self._needed, self.boxes, strict=True):
            box.clear()
            box.addItem(self.tr("(choose)"), "")
            for column in self._columns:
                box.addItem(" ".join(column[:200].split()) or column, column)
            wanted = (kept or {}).get(needed.name) or self._guess(needed)
            box.setCurrentIndex(max(0, box.findData(wanted)))

    def _guess(self, needed: Needed) -> str:
        """The column of this name, however it is capitalised, else what looks like its role."""
        if needed.name in self._columns:
            return needed.name
        alike = [c for c in self._columns if c.strip().casefold() == needed.name.casefold()]
        return alike[0] if len(alike) == 1 else self._guesses.get(needed.role, "")

    @Slot()
    def _chosen(self) -> None:
        self.changed.emit()

    def retranslate(self) -> None:
        for needed, head, box in zip(self._needed, self._heads, self.boxes, strict=True):
            name = needed.name
            shown = name if len(name) <= _NAME_SHOWN else name[:_NAME_SHOWN] + "\u2026"
            said = {
                "text": self.tr("Texts (\u201c{name}\u201d):"),
                "question": self.tr("Questions (\u201c{name}\u201d):"),
                "label": self.tr("True labels (\u201c{name}\u201d):"),
            }.get(needed.role, self.tr("Column for \u201c{name}\u201d:"))
            head.setText(said.format(name=shown).replace("&", "&&"))
            box.setAccessibleName(said.format(name=name))
            about = self.tr(
                "The file's column that plays the part of \u201c{name}\u201d in the run."
            )
            box.setToolTip(tip(about.format(name=name[:200])))
            if box.count():
                box.setItemText(0, self.tr("(choose)"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
