"""Metrics as tiles: the number, its interval, and beside it what it has to beat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.words import Sentence
from ..judged_answers import MOST_TILES, shown_metrics
from ..judging import Result
from ..theme import as_title
from ..wording import in_words, number, plain, tip, translated
from .metric_words import LOWER_IS_BETTER, MetricWords

SIGNS = {"majority": "\u25b2", "zero_shot": "\u25a0", "zero_shot_calibrated": "\u25c6"}
_BESIDE = tuple(SIGNS)
_DIGITS = 3
_NAME_WIDTH = 80  # pixels of a baseline's name


def titles(result: Result) -> tuple[dict[str, str], dict[str, str]]:
    """Metrics and baselines of a result as they are called, in the order in which they are shown.

    One that has no title is called by its own name.
    """
    from ...evaluation.baselines import BASELINE_TITLES
    from ...evaluation.record_report import FURTHER_BASELINES, TITLES

    return (
        _called(TITLES, result.metrics),
        _called({**BASELINE_TITLES, **FURTHER_BASELINES}, result.baselines),
    )


def _known_titles() -> Mapping[str, str]:
    from ...evaluation.record_report import TITLES

    return TITLES


def _in_table_order(metrics: Iterable[str], unknown: Iterable[str]) -> list[str]:
    """The metrics that there are and those that cannot be told, as they are always ordered."""
    there = {*metrics, *unknown}
    known = [name for name in _known_titles() if name in there]
    return [*known, *(name for name in metrics if name not in known)]


def _called(known: Mapping[str, str], there: Iterable[str]) -> dict[str, str]:
    found = {name: translated("engine", text) for name, text in known.items() if name in there}
    return found | {name: name.replace("_", " ") for name in there if name not in found}


class MetricTiles(QWidget):
    """Four tiles in a row at most; `show_result(None)` hides them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = [_Tile(self) for _ in range(MOST_TILES)]
        self.tiles: dict[str, _Tile] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for tile in self._all:
            layout.addWidget(tile, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_result(self, result: Result | None) -> None:
        names = [] if result is None else shown_metrics(result.task, result.metrics)
        self.tiles = dict(zip(names, self._all, strict=False))
        for place, tile in enumerate(self._all):
            tile.show_result(result, names[place] if place < len(names) else "")


class _Tile(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._result = "", None
        self._words = MetricWords()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title, self._interval = plain(QLabel(self)), plain(QLabel(self))
        self._value = as_title(plain(QLabel(self)), 1.7)
        self._scale = _Scale(self)
        self._beside = [(plain(QLabel(self)), plain(QLabel(self))) for _ in _BESIDE]
        left = QVBoxLayout()
        left.setSpacing(0)
        for label in (self._title, self._value, self._interval):
            left.addWidget(label)
        right = QGridLayout()
        right.setSpacing(2)
        right.setHorizontalSpacing(8)
        right.setRowStretch(len(_BESIDE), 1)
        for line, (what, value) in enumerate(self._beside):
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            right.addWidget(what, line, 0)
            right.addWidget(value, line, 1)
        above = QHBoxLayout()
        above.addLayout(left, 1)
        above.addLayout(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.setSpacing(2)
        layout.addLayout(above)
        layout.addWidget(self._scale)

    _result: Result | None

    def show_result(self, result: Result | None, name: str) -> None:
        self._result, self._name = result, name
        self.retranslate()

    def retranslate(self) -> None:
        result = self._result
        self.setVisible(result is not None and self._name in result.metrics)
        if result is None or self._name not in result.metrics:
            return
        metrics, baselines = titles(result)
        value, interval = result.metrics[self._name], result.intervals.get(self._name)
        self._title.setText(metrics[self._name])
        self._value.setText(number(value, _DIGITS))
        bounds, lower = "", self._name in LOWER_IS_BETTER
        if interval is not None:
            bounds = f"{number(interval[0], _DIGITS)} \u2013 {number(interval[1], _DIGITS)}"
        elif lower:
            bounds = self.tr("lower is better")
        self._interval.setText(bounds)
        said = [f"{metrics[self._name]}: {self._value.text()} {bounds}".strip()]
        marks: list[tuple[str, float]] = []
        shown = self._compared(result, baselines)
        for (key, sign, short), (what, other) in zip(shown, self._beside, strict=False):
            known = result.baselines.get(key, {}).get(self._name)
            what.setText(f"{sign} {self._fitting(short)}")
            other.setText("\u2013" if known is None else number(known, _DIGITS))
            if known is not None:
                marks.append((sign, known))
                said.append(f"{baselines[key]}: {other.text()}")
        for place, (what, other) in enumerate(self._beside):
            what.setVisible(place < len(shown))
            other.setVisible(place < len(shown))
        self._scale.show_values(None if lower else value, interval, marks)
        self.setAccessibleName("; ".join(said))
        self.setToolTip(self._tip(result))

    def _fitting(self, name: str) -> str:
        """A baseline's name cut to what a tile has room for; the tool tip has it whole."""
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME_WIDTH)

    def _compared(self, result: Result, baselines: dict[str, str]) -> list[tuple[str, str, str]]:
        """What stands beside the number: key, sign and short name of each baseline."""
        short = {
            "majority": self.tr("Majority"),
            "zero_shot": self.tr("Zero-shot"),
            "zero_shot_calibrated": self.tr("Calibrated"),
        }
        if result.task == "classification":
            return [(key, SIGNS[key], short[key]) for key in _BESIDE]
        known = [key for key in baselines if self._name in result.baselines[key]]
        signs = list(SIGNS.values())
        return [
            (key, signs[place], short.get(key, baselines[key]))
            for place, key in enumerate(known[: len(signs)])
        ]

    def _tip(self, result: Result) -> str:
        about = self._words.about(self._name)
        spread = self.tr(
            "The {percent} % interval says where the true value may lie, given only {rows} rows."
        ).format(percent=f"{100 * result.level:g}", rows=number(result.rows))
        beat = self.tr(
            "To beat: always saying the commonest label, and the untrained model with the same "
            "prompt, raw and calibrated."
        )
        if result.task != "classification":
            beat = self.tr("To beat: the numbers beside it, which need no training.")
            names = titles(result)[1]
            known = [name for key, name in names.items() if self._name in result.baselines[key]]
            beat += f" ({', '.join(known)})" if known else ""
        parts = [about, spread if self._name in result.intervals else "", beat]
        if result.task == "classification":
            parts[1] = spread
        return " ".join(part for part in parts if part)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _Scale(QWidget):
    """From 0 to 1: the interval as a band, the model as a dot, the baselines by their signs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._interval: tuple[float, float] | None = None
        self._marks: list[tuple[str, float]] = []

    def show_values(
        self,
        value: float | None,
        interval: tuple[float, float] | None,
        marks: list[tuple[str, float]],
    ) -> None:
        self._value, self._interval, self._marks = value, interval, marks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, 16)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(60, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._value is None:
            return
        # a few metrics count to 100
        values = [self._value, *(self._interval or ()), *(at for _, at in self._marks)]
        full = 100.0 if max(values) > 1 else 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, middle, left = self.palette(), self.height() / 2, 6.0
        width = self.width() - 2 * left
        painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        accent = QColor(palette.color(QPalette.ColorRole.Highlight))
        if self._interval is not None:
            low, high = (bound / full for bound in self._interval)
            band = QColor(accent)
            band.setAlpha(110)
            painter.fillRect(
                QRectF(left + low * width, middle - 4, max(2.0, (high - low) * width), 8), band
            )
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.7)
        painter.setFont(font)
        for sign, at in self._marks:
            place = QRectF(left + at / full * width - 8, 0, 16, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(left + self._value / full * width, middle), 5, 5)


class MetricTable(QTableWidget):
    """Every metric beside every baseline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._words = MetricWords()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setHighlightSections(False)
        self.retranslate()

    def show_result(self, result: Result | None) -> None:
        self._result = result
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("All metrics"))
        self.setToolTip(
            self.tr(
                "Macro: the average over the labels; micro: over the rows; weighted: over the "
                "labels by their rows. Precision: how often a label that was given is right; "
                "recall: how many rows of a label were found."
            )
        )
        result = self._result
        if result is None:
            self.setRowCount(0)
            return
        metrics, baselines = titles(result)
        keys = list(baselines)
        heads = [self.tr("Metric"), self.tr("Model"), self.tr("Interval")]
        self.setColumnCount(len(heads) + len(keys))
        self.setHorizontalHeaderLabels(heads + [baselines[key] for key in keys])
        self.clearSpans()
        names = _in_table_order(metrics, result.unknown)
        self.setRowCount(len(names))
        for row, name in enumerate(names):
            if name in result.unknown:
                self._say_why(row, name, result.unknown[name])
                continue
            spread = result.intervals.get(name)
            cells = [metrics[name], number(result.metrics[name], _DIGITS), ""]
            if spread is not None:
                cells[2] = f"{number(spread[0], _DIGITS)} \u2013 {number(spread[1], _DIGITS)}"
            for key in keys:
                known = result.baselines[key].get(name)
                cells.append("" if known is None else number(known, _DIGITS))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(tip(self._words.about(name)))
                self.setItem(row, column, item)
        self.resizeColumnsToContents()

    def _say_why(self, row: int, name: str, why: Sentence) -> None:
        """A figure that cannot be known: why, in place of the numbers."""
        for column, text in enumerate((_called(_known_titles(), [name])[name], in_words(why))):
            item = QTableWidgetItem(text)
            item.setToolTip(tip(in_words(why)))
            self.setItem(row, column, item)
        self.setSpan(row, 1, 1, self.columnCount() - 1)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
