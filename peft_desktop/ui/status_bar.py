"""The line that always answers: online? which model and device? what is working, how far?"""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from ..core import events as ev
from ..core.events import Event
from .document import Document
from .phases import phase_in_words
from .settings import AppSettings
from .wording import duration, number, plain, tip
from .work import Work

_UNKNOWN = 0
_MODEL_SHOWN = 40  # characters


class StatusBar(QStatusBar):
    """Facts on the left; while something is at work, how far it is and how to hold or end it.

    `pause_wanted`, `stop_wanted`: the buttons; the window asks before it stops anything.
    """

    pause_wanted = Signal()
    stop_wanted = Signal()

    def __init__(
        self,
        document: Document,
        work: Work,
        settings: AppSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._work, self._settings = document, work, settings
        self._title = ""
        self._phase = ""
        self._done, self._total = 0, _UNKNOWN
        self._seconds_left: float | None = None
        self._facts: dict[str, Any] = {}
        self._device = ""
        self.offline = plain(QLabel(self))
        self.model = plain(QLabel(self))
        self.device = plain(QLabel(self))
        self.working = plain(QLabel(self))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(140)
        self.left = plain(QLabel(self))
        self.left.setMinimumWidth(self.fontMetrics().horizontalAdvance("at most 00:00:00 left"))
        self.pause = QPushButton(self)
        self.stop = QPushButton(self)
        for label in (self.offline, self.model, self.device):
            self.addWidget(label)
        self.addWidget(self.working, 1)
        for widget in (self.progress, self.left, self.pause, self.stop):
            self.addPermanentWidget(widget)
        self.pause.clicked.connect(self.pause_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        document.opened.connect(self._tell)
        document.changed.connect(self._tell)
        settings.changed.connect(self._tell)
        work.started.connect(self._on_started)
        work.events.connect(self._on_events)
        work.ended.connect(self._on_ended)
        work.paused.connect(self._tell)
        self.retranslate()

    def set_device(self, name: str) -> None:
        """The device that "auto" means here, once it is known."""
        self._device = name
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.offline.setAccessibleName(self.tr("Network"))
        self.model.setAccessibleName(self.tr("Model"))
        self.device.setAccessibleName(self.tr("Device and precision"))
        self.working.setAccessibleName(self.tr("At work"))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.stop.setText(self.tr("Stop..."))
        self.stop.setAccessibleName(self.tr("Stop the work"))
        self.stop.setToolTip(self.tr("Asks first. A training keeps the best weights so far."))
        self.pause.setAccessibleName(self.tr("Pause the work or go on"))
        self.pause.setToolTip(self.tr("Holds the work where it is; nothing is lost."))
        self._tell()

    @Slot(str)
    def _on_started(self, title: str) -> None:
        self._title, self._phase, self._facts = title, "", {}
        self._done, self._total, self._seconds_left = 0, _UNKNOWN, None
        self._tell()

    @Slot(object)
    def _on_events(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.Started(total_steps=total, facts=facts):
                    self._done, self._total = 0, total
                    self._facts = {**self._facts, **facts}
                case ev.PhaseChanged(phase):
                    self._phase = phase
                    if phase != "training" and "device" not in self._facts:
                        self._done, self._total = 0, _UNKNOWN
                case ev.Stepped(step=step, seconds_left=left):
                    self._done, self._seconds_left = step, left
                case ev.Progressed(done, total) if "device" not in self._facts:
                    self._done, self._total = done, total
        self._tell()

    @Slot(str)
    def _on_ended(self, outcome: str) -> None:
        self._title = ""
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self._tell_facts()
        busy = self._work.busy
        for widget in (self.progress, self.left, self.pause, self.stop):
            widget.setVisible(busy)
        self.pause.setText(self.tr("Go on") if self._paused() else self.tr("Pause"))
        if not busy:
            self.working.setText(self.tr("Nothing is at work"))
            return
        said = self._title
        if self._paused():
            said = self.tr("{what}: paused").format(what=self._title)
        elif self._phase and self._phase != "training":
            said = f"{self._title}: {phase_in_words(self._phase)}"
        if self._total:
            said += f"  {number(self._done)}/{number(self._total)}"
        elif self._done:
            said += f"  {number(self._done)}"
        self.working.setText(said)
        self.progress.setRange(0, self._total)
        self.progress.setValue(min(self._done, self._total))
        self.left.setText(
            self.tr("at most {time} left").format(time=duration(self._seconds_left))
            if self._seconds_left is not None
            else ""
        )

    def _tell_facts(self) -> None:
        closed = os.environ.get("HF_HUB_OFFLINE") == "1"
        self.offline.setText(self.tr("Offline") if closed else self.tr("Network not closed"))
        self.offline.setToolTip(
            self.tr("Nothing you open here leaves this computer; no network is used.")
            if closed
            else self.tr("Start the program with peft-desktop: then no network is used.")
        )
        model = self._document.file.model
        shown = model if len(model) <= _MODEL_SHOWN else model[: _MODEL_SHOWN - 1] + "\u2026"
        none = self.tr("no model chosen")  # not inside the f-string: lupdate would not find it
        self.model.setText(f"\u00b7 {shown or none}")
        self.model.setToolTip(tip(self.tr("The model of this project: {name}").format(name=model)))
        training = self._document.file.training
        device = str(self._facts.get("device") or "")
        wanted = str(training.get("device") or self._settings.device)
        device = device or (self._device if wanted == "auto" and self._device else wanted)
        precision = str(self._facts.get("precision") or training.get("precision") or "auto")
        said = f"{device.upper()} {precision}"
        if device == "auto" and precision == "auto":
            said = self.tr("automatic device and precision")
        elif device == "auto":
            said = self.tr("automatic device, {precision}").format(precision=precision)
        elif precision == "auto":
            said = self.tr("{device}, automatic precision").format(device=device.upper())
        self.device.setText(f"\u00b7 {said}  \u00b7")
        self.device.setToolTip(
            self.tr("Where and how exactly is computed; auto is settled when training begins.")
        )

    def _paused(self) -> bool:
        return self._work.job is not None and self._work.job.paused
