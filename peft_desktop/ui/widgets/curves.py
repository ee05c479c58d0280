"""The curves of a run, live and past, with smoothing, log scale, values, and a table twin.

Importing this imports pyqtgraph (0.3 s): import it when a page first shows it, not before.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...core import events as ev
from ...core.events import Event
from ..headlines import in_words_of, scores_of
from ..wording import number, plain
from .curve_table import CurveTable, CurveTableModel
from .editors import written
from .plots import LOOKS, Plots
from .series import Series

REPAINT_MS = 100
_SMOOTHEST = 99
_SCORES = {"accuracy": "accuracy", "macro_f1": "macro_f1"}


class Curves(QWidget):
    """Takes events at any pace and paints at most ten times a second, and only while visible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.series = {name: Series() for name in LOOKS}
        self.scores = dict(_SCORES)  # which metric each curve of the scores is of
        self.best: float | None = None
        self.checkpoints: list[float] = []
        self.repaints = 0
        self._dirty = False
        self._hover: float | None = None
        self._table_model = CurveTableModel(self)
        self._controls()
        self.plots = Plots(self)
        self.plots.hovered.connect(self._hovered)
        self.table = CurveTable(self._table_model, self)
        self._empty = plain(QLabel(self))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.stack = QStackedWidget(self)
        for widget in (self._empty, self.plots, self.table):
            self.stack.addWidget(widget)
        self.readout = plain(QLabel(self))
        self.readout.setWordWrap(True)
        self.readout.setMinimumHeight(2 * self.readout.fontMetrics().lineSpacing())
        self.readout.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(self._bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.readout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REPAINT_MS)
        self._timer.timeout.connect(self._repaint)
        self.retranslate()
        self._arrange()

    def _controls(self) -> None:
        self._smoothing_label = QLabel(self)
        self.smoothing = QSlider(Qt.Orientation.Horizontal, self)
        self.smoothing.setRange(0, _SMOOTHEST)
        self.smoothing.setPageStep(10)
        self.smoothing.setMaximumWidth(140)
        self.smoothing.valueChanged.connect(self._touch)
        self._smoothing_label.setBuddy(self.smoothing)
        self.logarithmic = QCheckBox(self)
        self.logarithmic.toggled.connect(self._set_logarithmic)
        self.whole = QPushButton(self)
        self.whole.clicked.connect(self._show_all)
        self.as_table = QPushButton(self)
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self._arrange)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self._smoothing_label)
        self._bar.addWidget(self.smoothing)
        self._bar.addWidget(self.logarithmic)
        self._bar.addStretch(1)
        self._bar.addWidget(self.whole)
        self._bar.addWidget(self.as_table)

    def clear(self) -> None:
        """Begin anew with another run."""
        for series in self.series.values():
            series.clear()
        self.best, self.checkpoints, self._hover = None, [], None
        self.scores = dict(_SCORES)
        self._table_model.clear()
        self._table_model.scores = tuple(self.scores.values())
        self.retranslate()
        self.plots.point_at(None)
        self.plots.show_all()
        self._arrange()
        self._touch()

    def take(self, events: Sequence[Event]) -> None:
        """Collect; painting comes with the timer."""
        for event in events:
            match event:
                case ev.Stepped(step=step):
                    self.series["loss"].append(step, event.loss)
                    if event.loss_prompt is not None:
                        self.series["prompt"].append(step, event.loss_prompt)
                    if event.loss_fine_tune is not None:
                        self.series["fine_tune"].append(step, event.loss_fine_tune)
                    self.series["rate"].append(step, event.learning_rate)
                case ev.Evaluated(step=step, split="valid"):
                    self.series["valid"].append(step, event.loss)
                    if self._choose_scores(event.metrics):
                        self.retranslate()
                    for slot, name in self.scores.items():
                        if name in event.metrics:
                            self.series[slot].append(step, event.metrics[name])
                    if event.best:
                        self.best = step
                case ev.CheckpointSaved(step=step):
                    self.checkpoints.append(step)
                case _:
                    continue
            self._dirty = True
        self._table_model.take(events)
        if self._dirty:
            self._touch()

    def _choose_scores(self, metrics: Mapping[str, float]) -> bool:
        """The two metrics to draw, by what the run reports; whether they are others now."""
        found = scores_of(metrics)
        if not found or found == list(self.scores.values())[: len(found)]:
            return False
        if any(len(self.series[slot]) for slot in self.scores):
            return False  # one run keeps its curves
        self.scores = dict(zip(_SCORES, [*found, ""], strict=False))
        self._table_model.scores = tuple(self.scores.values())
        return True

    @Slot()
    def _touch(self) -> None:
        """Something is new: paint soon, if anyone looks."""
        self._dirty = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _repaint(self) -> None:
        if not (self._dirty and self.isVisible()):
            return
        self._dirty = False
        self.repaints += 1
        self._arrange()
        if self.as_table.isChecked():
            self._table_model.refresh()
        else:
            weight = self.smoothing.value() / 100
            self.plots.draw(self.series, weight, self.logarithmic.isChecked())
            self.plots.mark(self.best, self.checkpoints)
        self._read_out()

    @Slot(bool)
    def _set_logarithmic(self, on: bool) -> None:
        self.plots.draw(self.series, self.smoothing.value() / 100, on)  # no zeros before logarithms
        self.plots.set_logarithmic(on)
        self._touch()

    @Slot()
    def _show_all(self) -> None:
        self.plots.show_all()

    @Slot()
    def _arrange(self) -> None:
        empty = not any(len(series) for series in self.series.values())
        wanted: QWidget = self.table if self.as_table.isChecked() else self.plots
        wanted = self._empty if empty else wanted
        if self.stack.currentWidget() is not wanted:
            self.stack.setCurrentWidget(wanted)
            if wanted is self.table:
                self._table_model.refresh()
                self.table.resizeColumnsToContents()
            self._touch()
        for control in (self._smoothing_label, self.smoothing, self.logarithmic, self.whole):
            control.setEnabled(wanted is self.plots)
            control.setVisible(not empty)
        self.as_table.setVisible(not empty)
        self.readout.setVisible(not empty)

    @Slot(float)
    def _hovered(self, x: float) -> None:
        place = -1 if math.isnan(x) else self.series["loss"].near(x)
        self._hover = float(self.series["loss"].x[place]) if place >= 0 else None
        self.plots.point_at(self._hover)
        self._read_out()

    def _read_out(self) -> None:
        """The values under the pointer; else the newest ones."""
        loss = self.series["loss"]
        if not len(loss):
            self.readout.setText("")
            return
        step = float(loss.x[-1]) if self._hover is None else self._hover
        parts = [self.tr("Step {step}").format(step=number(step))]
        for name, said in self._names().items():
            value = self.series[name].at(step)
            if value is not None:
                shown = written(float(f"{value:.3g}")) if name == "rate" else number(value, 4)
                parts.append(f"{said} {shown}")
        if self.best is not None:
            parts.append(self.tr("\u2605 best: step {step}").format(step=number(self.best)))
        self.readout.setText("  \u00b7  ".join(parts))

    def _names(self) -> dict[str, str]:
        return {
            "loss": self.tr("total loss"),
            "prompt": self.tr("prompt"),
            "fine_tune": self.tr("fine-tune"),
            "valid": self.tr("validation"),
            **{slot: self._score_name(name) for slot, name in self.scores.items()},
            "rate": self.tr("learning rate"),
        }

    def _score_name(self, metric: str) -> str:
        known = {"accuracy": self.tr("accuracy"), "macro_f1": self.tr("macro F1")}
        return known.get(metric) or in_words_of(metric)

    def retranslate(self) -> None:
        self._smoothing_label.setText(self.tr("Smoothing"))
        self.smoothing.setAccessibleName(self.tr("Smoothing"))
        self.smoothing.setToolTip(
            self.tr("Shows the running mean of the training losses; 0 to 99 % of what was before.")
        )
        self.logarithmic.setText(self.tr("Log&arithmic"))
        self.logarithmic.setToolTip(self.tr("Shows small losses as clearly as large ones."))
        self.whole.setText(self.tr("&Whole run"))
        self.whole.setToolTip(self.tr("Shows all steps again after zooming with the wheel."))
        self.as_table.setText(self.tr("As ta&ble"))
        self.as_table.setToolTip(self.tr("Shows the numbers of the curves as a table."))
        self._empty.setText(
            self.tr(
                "The curves of a run appear here: loss, scores on the validation rows, learning "
                "rate.\nPress Train, or choose a run at the left."
            )
        )
        self.plots.setAccessibleName(self.tr("Curves of the run"))
        self.plots.setAccessibleDescription(self.tr("The button As table shows the numbers."))
        axes = {
            "loss": self.tr("Loss"),
            "score": self.tr("Score"),
            "rate": self.tr("Rate"),
            "step": self.tr("Step"),
        }
        self.plots.name(self._names(), axes)
        self._read_out()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._dirty:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._timer.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self.plots.restyle(self.palette())
        super().changeEvent(event)
