"""Which row is on show: the one before, the one after, one by chance, one by its number."""

from __future__ import annotations

import random

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ..previewing import Row
from ..wording import number, plain, tip

_LONGEST_LABEL = 40


class _Short(QLabel):
    """A line that ends in an ellipsis where the room ends."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        right = Qt.TextElideMode.ElideRight
        said = self.fontMetrics().elidedText(self.text(), right, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), said)
        painter.end()


class RowSteps(QWidget):
    """`wanted(place)` when another row shall be shown; its place counts from 0."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self.previous_button, self.next_button = QToolButton(self), QToolButton(self)
        self.random_button = QPushButton(self)
        self.place = QSpinBox(self)
        self.place.setMinimum(1)
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.place.setGroupSeparatorShown(True)
        self.place.setKeyboardTracking(False)
        self._place_label = plain(QLabel(self))
        self._place_label.setBuddy(self.place)
        self._of = plain(_Short(self))
        self._of.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.previous_button,
            self.next_button,
            self.random_button,
            self._place_label,
            self.place,
        ):
            layout.addWidget(widget)
        layout.addWidget(self._of, 1)
        self.previous_button.clicked.connect(self._previous)
        self.next_button.clicked.connect(self._next)
        self.random_button.clicked.connect(self._random)
        self.place.valueChanged.connect(self._typed)
        self.retranslate()

    @property
    def row(self) -> int:
        """The place of the row on show, from 0."""
        return self.place.value() - 1

    def set_row(self, row: Row | None) -> None:
        self._row = row
        self.place.blockSignals(True)
        self.place.setMaximum(max(1, row.total if row else 1))
        self.place.setValue(row.index + 1 if row else 1)
        self.place.blockSignals(False)
        several = self.place.maximum() > 1
        for widget in (self.previous_button, self.next_button, self.random_button):
            widget.setEnabled(several)
        self._say()

    def retranslate(self) -> None:
        for button, sign, keys, name, help_text in (
            (
                self.previous_button,
                Qt.ArrowType.LeftArrow,
                "Alt+U",
                self.tr("Previous row"),
                self.tr("Shows the training row before this one ({keys})."),
            ),
            (
                self.next_button,
                Qt.ArrowType.RightArrow,
                "Alt+N",
                self.tr("Next row"),
                self.tr("Shows the training row after this one ({keys})."),
            ),
        ):
            button.setArrowType(sign)
            button.setShortcut(keys)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(name)
            button.setToolTip(help_text.format(keys=keys))
        self.random_button.setText(self.tr("Rando&m"))
        self.random_button.setAccessibleName(self.tr("Random row"))
        self.random_button.setToolTip(self.tr("Shows a training row by chance."))
        self._place_label.setText(self.tr("R&ow"))
        self.place.setAccessibleName(self.tr("Number of the training row"))
        self.place.setToolTip(self.tr("The row's place among the training rows."))
        self._say()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _say(self) -> None:
        parts = []
        row = self._row
        if row is not None:
            total = number(row.total)
            parts.append(
                self.tr("of {total} training rows").format(total=total)
                if row.split
                else self.tr("of {total} rows").format(total=total)
            )
            if row.label:
                label = " ".join(row.label.split())
                long = len(label) > _LONGEST_LABEL
                shown = label[: _LONGEST_LABEL - 1] + "…" if long else label
                parts.append(self.tr("label: {label}").format(label=shown))
        said = "  ·  ".join(parts)
        self._of.setText(said)
        self._of.setToolTip(tip(said))

    @Slot(int)
    def _typed(self, value: int) -> None:
        self.wanted.emit(value - 1)

    @Slot()
    def _previous(self) -> None:
        self.wanted.emit((self.row - 1) % self.place.maximum())

    @Slot()
    def _next(self) -> None:
        self.wanted.emit((self.row + 1) % self.place.maximum())

    @Slot()
    def _random(self) -> None:
        steps = random.randrange(1, max(2, self.place.maximum()))
        self.wanted.emit((self.row + steps) % self.place.maximum())
