"""Metrics as tiles: the number, its interval, and beside it what it has to beat."""

from __future__ import annotations

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

from ..judging import Result
from ..theme import as_title
from ..wording import number, plain, translated

SHOWN = ("accuracy", "macro_f1", "balanced_accuracy", "log_loss")
SIGNS = {"majority": "\u25b2", "zero_shot": "\u25a0", "zero_shot_calibrated": "\u25c6"}
_BESIDE = tuple(SIGNS)
_DIGITS = 3


def titles() -> tuple[dict[str, str], dict[str, str]]:
    """Metrics and baselines as they are called, in the order in which they are shown."""
    from ...evaluation.baselines import BASELINE_TITLES
    from ...evaluation.metrics import METRIC_TITLES

    return (
        {name: translated("engine", text) for name, text in METRIC_TITLES.items()},
        {name: translated("engine", text) for name, text in BASELINE_TITLES.items()},
    )


class MetricTiles(QWidget):
    """Four tiles in a row; `show_result(None)` hides them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = {name: _Tile(name, self) for name in SHOWN}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for tile in self.tiles.values():
            layout.addWidget(tile, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_result(self, result: Result | None) -> None:
        for tile in self.tiles.values():
            tile.show_result(result)


class _Tile(QFrame):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._result = name, None
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
        for line, (what, value) in enumerate(self._beside):
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
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

    def show_result(self, result: Result | None) -> None:
        self._result = result
        self.retranslate()

    def retranslate(self) -> None:
        result = self._result
        self.setVisible(result is not None and self._name in result.metrics)
        if result is None or self._name not in result.metrics:
            return
        metrics, baselines = titles()
        value, interval = result.metrics[self._name], result.intervals.get(self._name)
        self._title.setText(metrics[self._name])
        self._value.setText(number(value, _DIGITS))
        bounds = ""
        if interval is not None:
            bounds = f"{number(interval[0], _DIGITS)} \u2013 {number(interval[1], _DIGITS)}"
        elif self._name == "log_loss":
            bounds = self.tr("lower is better")
        self._interval.setText(bounds)
        said = [f"{metrics[self._name]}: {self._value.text()} {bounds}".strip()]
        marks: list[tuple[str, float]] = []
        short = {
            "majority": self.tr("Majority"),
            "zero_shot": self.tr("Zero-shot"),
            "zero_shot_calibrated": self.tr("Calibrated"),
        }
        for key, (what, other) in zip(_BESIDE, self._beside, strict=True):
            known = result.baselines.get(key, {}).get(self._name)
            what.setText(f"{SIGNS[key]} {short[key]}")
            other.setText("\u2013" if known is None else number(known, _DIGITS))
            if known is not None:
                marks.append((SIGNS[key], known))
                said.append(f"{baselines[key]}: {other.text()}")
        self._scale.show_values(value if self._name != "log_loss" else None, interval, marks)
        self.setAccessibleName("; ".join(said))
        self.setToolTip(self._tip(result))

    def _tip(self, result: Result) -> str:
        about = {
            "accuracy": self.tr("Accuracy: the share of rows that are right, 0 to 1."),
            "macro_f1": self.tr(
                "Macro F1: F1 (between precision and recall) of each label, averaged, 0 to 1; "
                "small classes count as much as large ones."
            ),
            "balanced_accuracy": self.tr(
                "Balanced accuracy: the share found of each label (recall), averaged, 0 to 1."
            ),
            "log_loss": self.tr(
                "Log loss: how wrong the probabilities are; 0 is perfect, being sure and wrong "
                "costs most."
            ),
        }[self._name]
        spread = self.tr(
            "The {percent} % interval says where the true value may lie, given only {rows} rows."
        ).format(percent=f"{100 * result.level:g}", rows=number(result.rows))
        beat = self.tr(
            "To beat: always saying the commonest label, and the untrained model with the same "
            "prompt, raw and calibrated."
        )
        return f"{about} {spread} {beat}"

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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, middle, left = self.palette(), self.height() / 2, 6.0
        width = self.width() - 2 * left
        painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        accent = QColor(palette.color(QPalette.ColorRole.Highlight))
        if self._interval is not None:
            low, high = self._interval
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
            place = QRectF(left + at * width - 8, 0, 16, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(left + self._value * width, middle), 5, 5)


class MetricTable(QTableWidget):
    """Every metric beside every baseline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
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
        metrics, baselines = titles()
        keys = [key for key in baselines if key in result.baselines]
        heads = [self.tr("Metric"), self.tr("Model"), self.tr("Interval")]
        self.setColumnCount(len(heads) + len(keys))
        self.setHorizontalHeaderLabels(heads + [baselines[key] for key in keys])
        names = [name for name in metrics if name in result.metrics]
        self.setRowCount(len(names))
        for row, name in enumerate(names):
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
                self.setItem(row, column, item)
        self.resizeColumnsToContents()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
