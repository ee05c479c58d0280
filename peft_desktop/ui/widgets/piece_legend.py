"""Which look stands for which piece of a prompt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ..wording import plain
from .piece_formats import piece_format


class PieceLegend(QWidget):
    """One sample of each look, in the theme in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds = ("literal", "column", "parameter", "slot", "soft", "cut")
        self._samples = {kind: plain(QLabel(self)) for kind in kinds}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for label in self._samples.values():
            label.setMargin(2)
            label.setAutoFillBackground(True)
            layout.addWidget(label)
        self._colour()
        self.retranslate()

    def retranslate(self) -> None:
        for kind, said in (
            ("literal", self.tr("template")),
            ("column", self.tr("column")),
            ("parameter", self.tr("parameter")),
            ("slot", self.tr("[slot]")),
            ("soft", self.tr("soft tokens")),
            ("cut", self.tr("cut off")),
        ):
            self._samples[kind].setText(said)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()

    def _colour(self) -> None:
        for kind, label in self._samples.items():
            palette = QPalette(self.palette())
            look = piece_format("column" if kind == "cut" else kind, palette, kind == "cut")
            bare = look.background().style() == Qt.BrushStyle.NoBrush
            palette.setBrush(
                QPalette.ColorRole.Window, palette.base() if bare else look.background()
            )
            label.setPalette(palette)
            font = QFont(self.font())
            font.setBold(kind == "slot")
            font.setStrikeOut(kind == "cut")
            font.setUnderline(kind in ("column", "parameter", "soft"))
            label.setFont(font)
