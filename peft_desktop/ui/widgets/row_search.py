"""Which rows show: those that hold a text, of a split, with a label, with chosen values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ..project_rows import NO_SPLIT
from ..wording import number, plain
from .value_filters import ValueFilters

_MOST_LABELS = 500  # in the filter
_NAME_SHOWN = 80  # characters


class RowSearch(QWidget):
    """`changed` when other rows shall show. `tell` says how many do."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: list[str] = []
        self._labels: list[str] = []
        self.text = QLineEdit(self)
        self.text.setClearButtonEnabled(True)
        self.column, self.in_split, self.in_label = (QComboBox(self) for _ in range(3))
        self.values = ValueFilters(self)
        self.count = plain(QLabel(self))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._heads = [plain(QLabel(self)) for _ in range(4)]
        row = QHBoxLayout()
        fields = (self.text, self.column, self.in_split, self.in_label)
        for head, field in zip(self._heads, fields, strict=True):
            head.setBuddy(field)
            row.addWidget(head)
            row.addWidget(field, 2 if field is self.text else 1)
        for box in (self.column, self.in_split, self.in_label):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(self.changed)
        row.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.values)
        self.text.textChanged.connect(self.changed)
        self.values.changed.connect(self.changed)
        self.retranslate()

    def fields(self) -> list[QWidget]:
        """What can be typed into or chosen, as one reads."""
        return [self.text, self.column, self.in_split, self.in_label]

    def clear(self) -> None:
        """All rows again."""
        for box in (self.column, self.in_split, self.in_label):
            box.setCurrentIndex(0)
        self.values.clear()
        self.text.clear()
        self.changed.emit()

    def set_columns(self, names: Sequence[str]) -> None:
        self._columns = list(names)
        self._fill_columns()

    def set_labels(self, labels: Sequence[str]) -> None:
        """The labels to choose from; a choice that is no more gives way to all."""
        self._labels = list(labels[:_MOST_LABELS])
        before = self.in_label.currentData()
        self._fill_labels()
        if self.in_label.currentData() != before:
            self.changed.emit()

    def pick_label(self, label: str) -> None:
        place = self.in_label.findData(label)
        if place >= 0:
            self.in_label.setCurrentIndex(place)
            self.changed.emit()

    def tell(self, shown: int, total: int, waiting: bool) -> None:
        if waiting:
            text = self.tr("Reading...")
        elif shown == total:
            text = self.tr("{count} rows").format(count=number(total))
        else:
            text = self.tr("{count} of {total} rows").format(
                count=number(shown), total=number(total)
            )
        self.count.setText(text)

    def retranslate(self) -> None:
        heads = (self.tr("Search te&xt"), self.tr("i&n"), self.tr("Sp&lit"), self.tr("La&bel"))
        for head, words in zip(self._heads, heads, strict=True):
            head.setText(words)
        self.text.setPlaceholderText(self.tr("part of a text"))
        for widget, name, tip in (
            (
                self.text,
                self.tr("Search"),
                self.tr("Shows the rows that hold these characters, large or small (Ctrl+F)."),
            ),
            (self.column, self.tr("Search in"), self.tr("The column that is searched.")),
            (
                self.in_split,
                self.tr("Rows of the split"),
                self.tr("Train teaches, validation chooses the best step, test judges."),
            ),
            (
                self.in_label,
                self.tr("Rows with the label"),
                self.tr("Shows the rows with one label only."),
            ),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)
        self._fill_columns()
        self._fill_splits()
        self._fill_labels()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self, box: QComboBox, items: list[tuple[str, Any]]) -> None:
        chosen = box.currentData()
        box.clear()
        for title, value in items:
            box.addItem(title, value)
        place = box.findData(chosen) if chosen is not None else 0
        box.setCurrentIndex(max(0, place))

    def _fill_columns(self) -> None:
        columns = [(_on_one_line(name), name) for name in self._columns]
        self._fill(self.column, [(self.tr("all columns"), None), *columns])

    def _fill_splits(self) -> None:
        items = [
            (self.tr("all"), None),
            (self.tr("train"), "train"),
            (self.tr("validation"), "valid"),
            (self.tr("test"), "test"),
            (self.tr("unused"), NO_SPLIT),
        ]
        self._fill(self.in_split, items)

    def _fill_labels(self) -> None:
        labels = [(_on_one_line(label), label) for label in self._labels]
        self._fill(self.in_label, [(self.tr("all"), None), *labels])


def _on_one_line(name: str) -> str:
    return " ".join(name[:_NAME_SHOWN].split()) + ("…" if len(name) > _NAME_SHOWN else "")
