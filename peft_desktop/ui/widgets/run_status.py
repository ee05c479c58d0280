"""How a run stands: state, step, time left, speed, memory, the best so far; pause and stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...core import events as ev
from ...core.events import Event
from ..headlines import in_words_of, scores_of
from ..phases import phase_in_words
from ..wording import duration, number, plain, size


class RunStatus(QWidget):
    """Fed with the events of one run, live or past.

    `stop_asked`, `pause_asked(bool)`, `resume_asked`, `evaluate_asked`: its buttons.
    """

    stop_asked = Signal()
    pause_asked = Signal(bool)
    resume_asked = Signal()
    evaluate_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._head = plain(QLabel(self))
        font = self._head.font()
        font.setWeight(QFont.Weight.DemiBold)
        self._head.setFont(font)
        self.pause = QPushButton(self)
        self.pause.setCheckable(True)
        self.pause.clicked.connect(self.pause_asked)
        self.stop = QPushButton(self)
        self.stop.clicked.connect(self.stop_asked)
        self.resume = QPushButton(self)
        self.resume.clicked.connect(self.resume_asked)
        self.judge = QPushButton(self)
        self.judge.clicked.connect(self.evaluate_asked)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(12)
        self._numbers = [plain(QLabel(self)) for _ in range(4)]
        self._best = plain(QLabel(self))
        self._best.setAlignment(Qt.AlignmentFlag.AlignRight)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._head, 1)
        for button in (self.pause, self.stop, self.resume, self.judge):
            first.addWidget(button)
        second.setSpacing(18)
        for label in self._numbers:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            second.addWidget(label)
        second.addStretch(1)
        second.addWidget(self._best)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(first)
        layout.addWidget(self._bar)
        layout.addLayout(second)
        self.clear("", live=False)

    def clear(self, name: str, live: bool) -> None:
        """Begin anew with another run."""
        self.name, self.live = name, live
        self.resumable = self.again = False
        self.ended = ""
        self.phase, self.total = "", 0
        self.step: ev.Stepped | None = None
        self.best: ev.Evaluated | None = None
        self.stopped_early = False
        self.seconds = 0.0
        self._done = (0, 0)
        self.pause.setChecked(False)
        self.retranslate()

    def take(self, events: Sequence[Event]) -> None:
        for event in events:
            match event:
                case ev.Started(total_steps=total):
                    self.total, self.ended = total or self.total, ""
                case ev.PhaseChanged(phase=phase):
                    self.phase, self._done = phase, (0, 0)
                case ev.Progressed(done=done, total=total):
                    self._done = (done, total)
                case ev.Stepped():
                    self.step = event
                case ev.Evaluated(best=True):
                    self.best = event
                case ev.Stopped():
                    self.ended = "stopped"
                case ev.Failed():
                    self.ended = "failed"
                case ev.Finished(result=result):
                    self.ended = "finished"
                    self.stopped_early = bool(result.get("stopped_early"))
                    self.seconds = float(result.get("seconds", 0.0))
        self._show()

    def end(self, state: str, resumable: bool, again: bool = False) -> None:
        """The run is over: finished, stopped, failed or interrupted.

        `resumable`: from a whole checkpoint; `again`: it left nothing, only its settings.
        """
        self.live, self.ended = False, state
        self.resumable, self.again = resumable, again
        self.retranslate()

    def set_paused(self, paused: bool) -> None:
        self.pause.setChecked(paused)
        self.retranslate()

    def _show(self) -> None:
        self._head.setText(self._said() if self.name else "")
        said = self._in_numbers()
        for label, text in zip(self._numbers, [*said, *[""] * 4], strict=False):
            label.setText(text)
            # as wide as ever before: nothing shifts while numbers change
            label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))
            label.setVisible(bool(text))
        self._best.setText(self._best_said())
        done, total = self._done
        if self.step is not None and self.total:
            done, total = self.step.step, self.total
        elif self.live and not total:
            done, total = 0, 0  # a busy bar: it is not known how long this takes
        if not self.live:
            done, total = (done, total) if total else (0, 1)
        self._bar.setRange(0, total)
        self._bar.setValue(min(done, total))
        self._bar.setVisible(bool(self.name) and (self.live or self.step is not None))
        self._bar.setAccessibleDescription(", ".join(said))
        for button in (self.pause, self.stop):
            button.setVisible(self.live)
        self.resume.setVisible(not self.live and (self.resumable or self.again))
        kept = self.best is not None and self.ended in ("finished", "stopped", "failed")
        kept = kept and not self.again  # a killed process saved nothing
        self.judge.setVisible(not self.live and kept)

    def _said(self) -> str:
        if self.live and self.pause.isChecked():
            return self.tr("{run}: paused").format(run=self.name)
        if self.live:
            return self.tr("{run}: {phase}").format(run=self.name, phase=phase_in_words(self.phase))
        states = {
            "finished": self.tr("{run}: finished"),
            "stopped": self.tr("{run}: stopped by you"),
            "failed": self.tr("{run}: ended with an error"),
        }
        if self.ended == "finished" and self.stopped_early:
            said = self.tr("{run}: finished early, the validation rows were answered no better")
            return said.format(run=self.name)
        return states.get(self.ended, self.tr("{run}: was cut off")).format(run=self.name)

    def _in_numbers(self) -> list[str]:
        if self.step is None:
            done, total = self._done
            return [f"{number(done)} / {number(total)}"] if total else []
        parts = [
            self.tr("step {step} / {total}").format(
                step=number(self.step.step), total=number(self.total)
            )
        ]
        if self.live and self.step.seconds_left is not None:
            parts.append(
                self.tr("at most {time} left").format(time=duration(self.step.seconds_left))
            )
        elif self.seconds:
            parts.append(self.tr("took {time}").format(time=duration(self.seconds)))
        rate = self.step.examples_per_second
        parts.append(self.tr("{rate} rows/s").format(rate=number(rate, 1)))
        parts.append(size(self.step.memory_bytes))
        return parts

    def _best_said(self) -> str:
        if self.best is None:
            return ""
        said = self.tr("\u2605 best at step {step}: validation loss {loss}").format(
            step=number(self.best.step), loss=number(self.best.loss, 3)
        )
        if "macro_f1" in self.best.metrics:
            found = number(self.best.metrics["macro_f1"], 3)
            said += ", " + self.tr("macro F1 {value}").format(value=found)
        else:
            for name in scores_of(self.best.metrics)[:1]:
                said += f", {in_words_of(name)} {number(self.best.metrics[name], 3)}"
        return said

    def retranslate(self) -> None:
        self.pause.setText(self.tr("Go on") if self.pause.isChecked() else self.tr("Pa&use"))
        self.pause.setToolTip(self.tr("Rests after the step at hand; memory stays taken."))
        self.stop.setText(self.tr("Stop…"))
        self.stop.setToolTip(
            self.tr("Ends training; the best weights so far are kept. You are asked first.")
        )
        self.resume.setText(self.tr("Res&ume"))
        self.resume.setToolTip(
            self.tr("Goes on from the newest whole checkpoint, with the run's own settings.")
        )
        if self.again:
            self.resume.setText(self.tr("Start again"))
            self.resume.setToolTip(
                self.tr("Trains this run from its beginning, with the same settings and seed.")
            )
        self.judge.setText(self.tr("Evaluate"))
        self.judge.setToolTip(self.tr("Shows how good this run's model is on rows it never saw."))
        for button in (self.pause, self.stop, self.resume, self.judge):
            button.setAccessibleName(button.text().replace("&", ""))
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
