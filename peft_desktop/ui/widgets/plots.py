"""The three plots of a run: loss, scores, learning rate. Only here is pyqtgraph drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from .editors import written
from .series import Series

# Okabe-Ito colours, the darker ones on a light ground and the lighter ones on a dark one
LIGHT = {"blue": "#0072B2", "red": "#D55E00", "green": "#009E73", "purple": "#B0528C"}
DARK = {"blue": "#56B4E9", "red": "#E69F00", "green": "#2FC79B", "purple": "#CC79A7"}
_LEFT_AXIS_WIDTH = 62
_LEGEND_HEIGHT = 26
_SMALLEST = 1e-12  # a logarithm of zero is nowhere
_MOST_SYMBOLS = 200


@dataclass(frozen=True, slots=True)
class Look:
    """How a curve looks: colour, line, and a symbol at its points; never colour alone."""

    plot: str
    colour: str
    line: Qt.PenStyle
    symbol: str = ""
    smooth: bool = False


LOOKS = {
    "loss": Look("loss", "blue", Qt.PenStyle.SolidLine, smooth=True),
    "prompt": Look("loss", "red", Qt.PenStyle.DashLine, smooth=True),
    "fine_tune": Look("loss", "green", Qt.PenStyle.DotLine, smooth=True),
    "valid": Look("loss", "purple", Qt.PenStyle.DashDotLine, "o"),
    "accuracy": Look("score", "blue", Qt.PenStyle.SolidLine, "s"),
    "macro_f1": Look("score", "red", Qt.PenStyle.DashLine, "t"),
    "rate": Look("rate", "blue", Qt.PenStyle.SolidLine),
}


class _RateAxis(pg.AxisItem):  # type: ignore[misc]
    """Learning rates as one writes them: 5e-4, not 0.0005."""

    def tickStrings(  # noqa: N802
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        return [written(float(f"{value * scale:.6g}")) for value in values]


class Plots(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """`hovered(x)`: the pointer is over step x; nan when it left."""

    hovered = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(260, 300)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table is for the keyboard
        self.plots: dict[str, Any] = {}
        self.curves: dict[str, Any] = {}
        self._pale: dict[str, Any] = {}
        self._pointers: list[Any] = []
        self._bests: list[Any] = []
        layout = self.ci
        layout.setSpacing(2)
        layout.setContentsMargins(2, 2, 2, 2)
        self.legends: dict[str, Any] = {}
        for place, (name, stretch) in enumerate((("loss", 5), ("score", 4), ("rate", 2))):
            row = 2 * place
            if name != "rate":
                self._add_legend(name, row)
            self._add_plot(name, row + 1)
            layout.layout.setRowStretchFactor(row, 0)
            layout.layout.setRowStretchFactor(row + 1, stretch)
        self._checkpoints = pg.VTickGroup([], yrange=[0.0, 0.05])
        self.plots["loss"].addItem(self._checkpoints)
        for name, look in LOOKS.items():
            self._add_curve(name, look)
        self.scene().sigMouseMoved.connect(self._moved)
        self.restyle(self.palette())

    def _add_legend(self, name: str, row: int) -> None:
        """Above its plot, where it covers no curve."""
        legend = pg.LegendItem(colCount=4, labelTextSize="9pt", verSpacing=-4)
        legend.setMinimumHeight(_LEGEND_HEIGHT)
        legend.setMaximumHeight(_LEGEND_HEIGHT)
        self.addItem(legend, row=row, col=0)
        self.legends[name] = legend

    def _add_plot(self, name: str, row: int) -> None:
        axes = {"left": _RateAxis("left")} if name == "rate" else {}
        plot = self.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
        for menu in (plot.ctrlMenu, *getattr(plot, "subMenus", ())):
            # made by pyqtgraph for every plot, owned by nobody: they would stay for ever
            menu.setParent(self, menu.windowFlags())
        plot.hideButtons()
        plot.showGrid(x=False, y=True, alpha=0.2)
        plot.getAxis("left").setWidth(_LEFT_AXIS_WIDTH)
        for axis in ("left", "bottom"):
            plot.getAxis(axis).enableAutoSIPrefix(False)
            plot.getAxis(axis).setStyle(maxTickLevel=0)  # grid lines cost half of the painting
        if self.plots:
            plot.setXLink(self.plots["loss"])
        if name != "rate":
            plot.getAxis("bottom").setStyle(showValues=False)
        pointer = pg.InfiniteLine(angle=90)
        pointer.hide()
        plot.addItem(pointer, ignoreBounds=True)
        self._pointers.append(pointer)
        best = pg.InfiniteLine(
            angle=90, label="\u2605" if name == "loss" else None, labelOpts={"position": 0.9}
        )
        best.hide()
        plot.addItem(best, ignoreBounds=True)
        self._bests.append(best)
        self.plots[name] = plot

    def _add_curve(self, name: str, look: Look) -> None:
        plot = self.plots[look.plot]
        if look.smooth:
            self._pale[name] = self._drawn(plot)
        self.curves[name] = self._drawn(plot)
        if look.plot in self.legends:
            self.legends[look.plot].addItem(self.curves[name], name)

    def _drawn(self, plot: Any) -> Any:
        curve = plot.plot(antialias=False, skipFiniteCheck=True)
        curve.setDownsampling(auto=True, method="peak")
        curve.setClipToView(True)
        return curve

    def draw(self, series: dict[str, Series], smoothing: float, logarithmic: bool) -> None:
        """Paint what the series hold now. Validation and rates are never smoothed."""
        for name, look in LOOKS.items():
            points = series[name]
            y = points.smoothed(smoothing) if look.smooth else points.y
            if look.plot == "loss" and logarithmic:
                y = np.maximum(y, _SMALLEST)
            self.curves[name].setData(points.x, y)
            if look.smooth:
                raw = points.y if smoothing > 0.0 else points.y[:0]
                raw = np.maximum(raw, _SMALLEST) if logarithmic else raw
                self._pale[name].setData(points.x[: len(raw)], raw)
            if look.symbol:
                shown = look.symbol if len(points) <= _MOST_SYMBOLS else None
                if self.curves[name].opts["symbol"] != shown:
                    self.curves[name].setSymbol(shown)

    def set_logarithmic(self, logarithmic: bool) -> None:
        self.plots["loss"].setLogMode(y=logarithmic)

    def mark(self, best: float | None, checkpoints: list[float]) -> None:
        """A line with a star at the best step, ticks at the bottom for checkpoints."""
        for line in self._bests:
            line.setVisible(best is not None)
            if best is not None:
                line.setValue(best)
        self._checkpoints.setXVals(checkpoints)

    def show_all(self) -> None:
        """Back from zooming to the whole run, and on with it as it grows."""
        for plot in self.plots.values():
            plot.enableAutoRange()

    def name(self, curves: dict[str, str], axes: dict[str, str]) -> None:
        """Put words to curves (in the legends) and axes (`step` and the plots' names)."""
        for name, said in curves.items():
            legend = self.legends.get(LOOKS[name].plot)
            if legend is not None:
                for sample, label in legend.items:
                    if sample.item is self.curves[name]:
                        label.setText(said)
                legend.updateSize()
        for name, plot in self.plots.items():
            plot.setLabel("left", axes[name])
        self.plots["rate"].setLabel("bottom", axes["step"])

    def restyle(self, palette: QPalette) -> None:
        """Colours that go with the palette in force."""
        text = palette.color(QPalette.ColorRole.Text)
        base = palette.color(QPalette.ColorRole.Base)
        colours = DARK if base.lightness() < 128 else LIGHT
        self.setBackground(base)
        for name, look in LOOKS.items():
            colour = QColor(colours[look.colour])
            self.curves[name].setPen(pg.mkPen(colour, width=1, style=look.line))
            self.curves[name].setSymbolPen(pg.mkPen(colour, width=1))
            self.curves[name].setSymbolBrush(pg.mkBrush(base))
            self.curves[name].setSymbolSize(6)
            if name in self._pale:
                pale = QColor(colour)
                pale.setAlpha(70)
                self._pale[name].setPen(pg.mkPen(pale, width=1))
        for plot in self.plots.values():
            for axis in ("left", "bottom"):
                plot.getAxis(axis).setPen(text)
                plot.getAxis(axis).setTextPen(text)
        for legend in self.legends.values():
            legend.setLabelTextColor(text)
            for _, label in legend.items:
                label.setText(label.text)  # or it keeps the colour of before
        for line in self._pointers:
            line.setPen(pg.mkPen(text, width=1))
        for line in self._bests:
            line.setPen(pg.mkPen(text, width=1, style=Qt.PenStyle.DashLine))
        self._bests[0].label.setColor(text)
        self._bests[0].label.fill = pg.mkBrush(base)
        self._checkpoints.setPen(pg.mkPen(text, width=1))

    def _moved(self, place: QPointF) -> None:
        for plot in self.plots.values():
            if plot.sceneBoundingRect().contains(place):
                self.hovered.emit(float(plot.vb.mapSceneToView(place).x()))
                return
        self.hovered.emit(float("nan"))

    def point_at(self, x: float | None) -> None:
        """A line through all plots at step x; None takes it away."""
        for line in self._pointers:
            line.setVisible(x is not None)
            if x is not None:
                line.setValue(x)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self.hovered.emit(float("nan"))
        super().leaveEvent(event)
