"""A shoot-out as a picture: accuracy of every row, mean and spread, every seed a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from ..shoot_out_words import row_in_words
from .plots import DARK, LIGHT

_NAME_SHOWN = 34  # characters
_ROW_HEIGHT = 24
_FRAME = 78  # of axis, legend and margins
# what is drawn: colour, symbol, how far above the middle of its row; never colour alone
_KINDS = {
    "test": ("blue", "o", 0.14),
    "valid": ("red", "s", -0.14),
    "baseline": ("green", "t", 0.14),
}


class ShootOutPlot(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """A line a row, the best on top; what it shows stands in the table too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table is for the keyboard
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(150)
        self._rows: list[dict[str, Any]] = []
        self.legend = pg.LegendItem(colCount=3, labelTextSize="9pt", verSpacing=-4)
        self.legend.setMaximumHeight(26)
        self.legend.setMinimumHeight(26)
        self.addItem(self.legend, row=0, col=0)
        self.plot = self.addPlot(row=1, col=0, enableMenu=False)
        for menu in (self.plot.ctrlMenu, *getattr(self.plot, "subMenus", ())):
            menu.setParent(self, menu.windowFlags())  # made for every plot, owned by nobody
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.showGrid(x=True, y=False, alpha=0.25)
        self.plot.getAxis("bottom").enableAutoSIPrefix(False)
        self._names: dict[str, str] = {}
        self._means: dict[str, Any] = {}
        self._seeds: dict[str, Any] = {}
        self._spreads: dict[str, Any] = {}
        for kind in _KINDS:
            self._spreads[kind] = pg.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=0.14)
            self._seeds[kind] = pg.ScatterPlotItem(size=5)
            self._means[kind] = pg.ScatterPlotItem(size=10)
            for item in (self._spreads[kind], self._seeds[kind], self._means[kind]):
                self.plot.addItem(item)
            self.legend.addItem(self._means[kind], kind)
        self.restyle(self.palette())
        self.retranslate()

    def show_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Rows as `projects.shoot_out.table_of` gives them."""
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        self._draw()

    def points(self, kind: str) -> list[tuple[float, float]]:
        """Mean and place of every row of a kind, for tests."""
        return [(mean, place) for mean, place, _, _ in self._of_kind(kind)]

    def _of_kind(self, kind: str) -> list[tuple[float, float, float, list[float]]]:
        """(mean, place, deviation, each) of the rows that have figures of this kind."""
        found = []
        _, _, aside = _KINDS[kind]
        for at, row in enumerate(self._rows):
            split = "test" if kind == "baseline" else kind
            if (row["kind"] == "baseline") != (kind == "baseline"):
                continue
            spread: Mapping[str, Any] = row.get(split, {}).get("accuracy") or {}
            if spread:
                place = len(self._rows) - 1 - at + aside
                each = list(spread["each"]) if len(spread["each"]) > 1 else []
                found.append((spread["mean"], place, spread.get("std") or 0.0, each))
        return found

    def _draw(self) -> None:
        every: list[float] = []
        for kind in _KINDS:
            found = self._of_kind(kind)
            means = np.array([mean for mean, _, _, _ in found], dtype=float)
            places = np.array([place for _, place, _, _ in found], dtype=float)
            spread = np.array([deviation for _, _, deviation, _ in found], dtype=float)
            self._means[kind].setData(means, places)
            self._spreads[kind].setData(x=means, y=places, left=spread, right=spread)
            self._spreads[kind].setVisible(bool(len(means)))
            points = [(value, place) for _, place, _, each in found for value in each]
            self._seeds[kind].setData([x for x, _ in points], [y for _, y in points])
            every += [*(means - spread), *(means + spread), *(x for x, _ in points)]
        axis = self.plot.getAxis("left")
        names = [row_in_words(row, self._rows) for row in self._rows]
        names = [n if len(n) <= _NAME_SHOWN else n[: _NAME_SHOWN - 1] + "\u2026" for n in names]
        count = len(names)
        axis.setTicks([[(count - 1 - at, name) for at, name in enumerate(names)]])
        widest = max((self.fontMetrics().horizontalAdvance(n) for n in names), default=60)
        axis.setWidth(min(widest + 14, 260))
        self.plot.setYRange(-0.6, max(0.6, count - 0.4), padding=0)
        low, high = (min(every), max(every)) if every else (0.0, 1.0)
        room = max(0.02, 0.06 * (high - low))
        self.plot.setXRange(max(0.0, low - room), min(1.0, high + room), padding=0)
        self.setMinimumHeight(min(420, _FRAME + _ROW_HEIGHT * max(3, count)))

    def restyle(self, palette: QPalette) -> None:
        """Colours that go with the palette in force."""
        text = palette.color(QPalette.ColorRole.Text)
        base = palette.color(QPalette.ColorRole.Base)
        colours = DARK if base.lightness() < 128 else LIGHT
        self.setBackground(base)
        for kind, (name, symbol, _) in _KINDS.items():
            colour = QColor(colours[name])
            filled = colour if kind == "test" else base
            self._means[kind].setSymbol(symbol)
            self._means[kind].setPen(pg.mkPen(colour, width=2))
            self._means[kind].setBrush(pg.mkBrush(filled))
            pale = QColor(colour)
            pale.setAlpha(150)
            self._seeds[kind].setSymbol(symbol)
            self._seeds[kind].setPen(pg.mkPen(pale))
            self._seeds[kind].setBrush(pg.mkBrush(None))
            self._spreads[kind].setData(pen=pg.mkPen(colour, width=2))
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setPen(text)
            self.plot.getAxis(side).setTextPen(text)
        self.legend.setLabelTextColor(text)
        for _, label in self.legend.items:
            label.setText(label.text)  # or it keeps the colour of before

    def retranslate(self) -> None:
        names = {
            "test": self.tr("Test: mean \u00b1 deviation, every seed"),
            "valid": self.tr("Validation"),
            "baseline": self.tr("Without training (test)"),
        }
        for (_, label), kind in zip(self.legend.items, _KINDS, strict=True):
            label.setText(names[kind])
        self.legend.updateSize()
        self.plot.setLabel("bottom", self.tr("Accuracy"))
        self.setAccessibleName(self.tr("Plot of the comparison; the table holds its numbers"))
        self.setToolTip(self.tr("Accuracy of every row; the numbers stand in the table."))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_means"):
            self.restyle(self.palette())
        elif event.type() == QEvent.Type.LanguageChange and hasattr(self, "_means"):
            self.retranslate()
        super().changeEvent(event)
