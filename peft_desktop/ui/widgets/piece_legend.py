"""Which look stands for which piece of a prompt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .chip_look import ChipLook, Face

_GAP = 4


class PieceLegend(QWidget):
    """One sample of each look, in the theme in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look = ChipLook(self.font())
        self._samples: list[Face] = []
        self.retranslate()

    def retranslate(self) -> None:
        self._samples = [
            Face(self.tr("template"), "literal"),
            Face(self.tr("column"), "column"),
            Face(self.tr("parameter"), "parameter"),
            Face(self.tr("slot"), "slot"),
            Face(self.tr("soft tokens"), "soft"),
            Face(self.tr("cut off"), "column", cut=True),
        ]
        said = self.tr("How the pieces look: {names}")
        self.setAccessibleName(said.format(names=", ".join(face.text for face in self._samples)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        widths = [self._look.width(face) + _GAP for face in self._samples]
        return QSize(round(sum(widths)), self._look.height)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._look = ChipLook(self.font())
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        for face in self._samples:
            width = self._look.width(face)
            box = QRectF(left, 0, width, self._look.height)
            self._look.paint(painter, box, face, self.palette())
            left += width + _GAP
        painter.end()
