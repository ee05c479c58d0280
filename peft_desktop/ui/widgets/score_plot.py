"""One plot of judged rows with the same points as a table, and saved as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPaintDevice, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from ...core.words import Sentence
from ...evaluation.curves import SCORES, Drawing, Line
from ..wording import in_words, translated
from .plots import DARK, LIGHT

_PENS = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_SYMBOLS = ("o", "s", "t", "d", "+", "x")
_FEW_POINTS = 40  # more are a line without symbols
_NAME_SHOWN = 60
_FINER = 2  # a saved picture than the screen


class ScorePlot(pg.PlotWidget):  # type: ignore[misc]
    """`show_drawing`; lines differ in colour, dashes and symbols."""

    _drawing: Drawing | None = None  # Qt tells of changes before `__init__` is through

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, enableMenu=False)
        plot = self.getPlotItem()
        for menu in (plot.ctrlMenu, *getattr(plot, "subMenus", ())):
            menu.setParent(self, menu.windowFlags())  # made for every plot, owned by nobody
        plot.hideButtons()
        plot.showGrid(x=True, y=True, alpha=0.2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table is for the keyboard
        self.setMouseEnabled(x=False, y=False)
        self.setMinimumSize(260, 220)
        self._legend: Any = plot.addLegend(offset=(-12, -12), labelTextSize="9pt")
        self._names: tuple[str, ...] = ()
        self.lines: list[Any] = []

    def show_drawing(self, drawing: Drawing | None, names: tuple[str, ...] = ()) -> None:
        """`names` go in front of the lines' own, where there are several runs."""
        self._drawing, self._names = drawing, names
        plot = self.getPlotItem()
        plot.clear()
        self._legend.clear()
        self.lines = []
        if drawing is None:
            return
        palette = self.palette()
        text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        colours = list((DARK if base.lightness() < 128 else LIGHT).values())
        self.setBackground(base)
        for side, words in zip(("bottom", "left"), drawing.axes, strict=True):
            axis = plot.getAxis(side)
            axis.setPen(text)
            axis.setTextPen(text)
            plot.setLabel(side, translated("engine", words))
            axis.enableAutoSIPrefix(False)  # after the label, which switches it on: 0.9 is not 900
        self._legend.setLabelTextColor(text)
        if drawing.diagonal:
            faint = QColor(text)
            faint.setAlpha(110)
            plot.plot([0, 1], [0, 1], pen=pg.mkPen(faint, width=1, style=Qt.PenStyle.DotLine))
        for number, line in enumerate(drawing.lines):
            self.lines.append(
                self._draw(plot, number, line, QColor(colours[number % len(colours)]))
            )
        plot.setXRange(0, 1, padding=0.02)
        top = max((float(line.y.max()) for line in drawing.lines if len(line.y)), default=1.0)
        low = 0.0
        if drawing.kind == "coverage":
            low = max(0.0, min(float(line.y.min()) for line in drawing.lines) - 0.05)
        plot.setYRange(low, 1.0 if drawing.kind != SCORES else max(top, 0.01), padding=0.03)
        above = drawing.kind in ("calibration",) or drawing.kind == SCORES
        self._legend.anchor(
            (0, 0) if above else (0, 1),
            (0, 0) if above else (0, 1),
            (44, 8) if above else (44, -40),
        )

    def _draw(self, plot: Any, number: int, line: Line, colour: QColor) -> Any:
        x, y = line.x, line.y
        pen = pg.mkPen(colour, width=2, style=_PENS[(number // 4 + number) % len(_PENS)])
        more: dict[str, Any] = {}
        if self._drawing is not None and self._drawing.kind == SCORES:
            width = float(x[1] - x[0]) if len(x) > 1 else 1.0
            x = np.append(x - width / 2, x[-1] + width / 2)
            more = {"stepMode": "center"}
        elif len(x) <= _FEW_POINTS:
            symbol = _SYMBOLS[number % len(_SYMBOLS)]
            more = {"symbol": symbol, "symbolSize": 7, "symbolPen": pen, "symbolBrush": colour}
        name = self.name_of(number, line)
        if len(name) > _NAME_SHOWN:
            name = name[:_NAME_SHOWN] + "…"
        # the legend reads rich text: a label of the user's is to be shown as it is
        return plot.plot(x, y, pen=pen, name=_as_text(name), **more)

    def name_of(self, number: int, line: Line) -> str:
        """What a line is called, in the language in force."""
        own = in_words(line.name) if isinstance(line.name, Sentence) else line.name
        return f"{self._names[number]}: {own}" if number < len(self._names) else own

    def save(self, target: Path) -> None:
        """As SVG where the name ends so, else as PNG, twice as fine as on the screen."""
        from PySide6.QtSvg import QSvgGenerator  # pyqtgraph's own stumbles over closed paths

        from ...core.files import staged_file

        size = self.viewport().size()
        with staged_file(target) as temporary:
            if target.suffix.lower() == ".svg":
                canvas = QSvgGenerator()
                canvas.setFileName(str(temporary))
                canvas.setSize(size)
                canvas.setViewBox(QRect(QPoint(0, 0), size))
                canvas.setTitle(self.accessibleName())
                self._paint_on(canvas, size)
                return
            image = QImage(_FINER * size, QImage.Format.Format_RGB32)
            image.fill(self.palette().color(QPalette.ColorRole.Base))
            self._paint_on(image, _FINER * size)
            if not QImageWriter(str(temporary), QByteArray(b"png")).write(image):
                raise OSError(f"{temporary} could not be written")

    def _paint_on(self, canvas: QPaintDevice, size: QSize) -> None:
        painter = QPainter(canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.render(painter, QRectF(0, 0, size.width(), size.height()), self.viewport().rect())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        changes = (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange)
        if self._drawing is not None and event.type() in changes:
            self.show_drawing(self._drawing, self._names)
        super().changeEvent(event)


def _as_text(name: str) -> str:
    from html import escape

    return escape(name)
