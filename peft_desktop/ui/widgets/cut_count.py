"""How many training rows would be cut, and a way to look at them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ..cut_counting import Counted
from ..wording import number, plain


class CutCount(QWidget):
    """`wanted(place)` when a row that would be cut shall be shown; its place counts from 0."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted: Counted | None = None
        self.row = 0  # the one on show, from 0
        self.said = plain(QLabel(self))
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._next)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.button)
        self.retranslate()

    def set_counted(self, counted: Counted | None) -> None:
        """None: it cannot be said how many."""
        self._counted = counted
        if counted is None:
            said = ""
        elif counted.done < counted.total:
            said = self.tr("{cut} cut so far ({done} of {total} rows looked at)").format(
                cut=number(len(counted.cut_rows)),
                done=number(counted.done),
                total=number(counted.total),
            )
        else:
            said = self.tr("{cut} of {total} training rows would be cut").format(
                cut=number(len(counted.cut_rows)), total=number(counted.total)
            )
        self.said.setText(said)
        some = bool(counted and counted.cut_rows)
        self.button.setEnabled(some)
        self.button.setToolTip(
            self.tr("Shows the next training row that loses its end.")
            if some
            else self.tr("No training row is cut.")
        )

    def retranslate(self) -> None:
        self.button.setText(self.tr("Ne&xt cut"))
        self.button.setAccessibleName(self.tr("Next row that would be cut"))
        self.said.setToolTip(
            self.tr("Training rows that are longer than the longest input and lose their end.")
        )
        self.set_counted(self._counted)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _next(self) -> None:
        rows = self._counted.cut_rows if self._counted else ()
        if rows:
            self.wanted.emit(next((n for n in rows if n > self.row), rows[0]))
