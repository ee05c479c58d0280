"""How far a queue of trainings is: which run, a bar, the time left, and a button to stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from ..phases import phase_in_words
from ..queue_progress import QueueProgress
from ..wording import duration, number, plain, tip

_SECOND_MS = 1000


class QueueStatus(QWidget):
    """`stop_asked`: the button. It shows `progress` while `set_working(True)` holds."""

    stop_asked = Signal()

    def __init__(self, progress: QueueProgress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = progress
        self._working = self._stopping = False
        self.said = plain(QLabel(self))
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.left = plain(QLabel(self))
        self.stop = QPushButton(self)
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said, 1)
        for widget in (self.bar, self.left, self.stop):
            layout.addWidget(widget)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND_MS)
        self._clock.timeout.connect(self.refresh)
        self.retranslate()
        self.set_working(False)

    def set_working(self, working: bool) -> None:
        if working != self._working:
            self._stopping = False
        self._working = working
        for widget in (self.bar, self.left, self.stop):
            widget.setVisible(working)
        if working:
            self._clock.start()
        else:
            self._clock.stop()
        self.refresh()

    def say(self, text: str) -> None:
        """What stands there while nothing is at work."""
        if not self._working:
            self.said.setText(text)
            self.said.setToolTip(tip(text))

    @Slot()
    def refresh(self) -> None:
        if not self._working:
            return
        progress = self._progress
        said = self.tr("Training {number} of {total}: {run}").format(
            number=number(progress.number), total=number(progress.total), run=progress.run
        )
        if not progress.number:
            said = self.tr("Getting ready")
        if self._stopping:
            said = self.tr("Stopping \u2026")
        elif progress.phase and progress.phase not in ("training", ""):
            said += f" \u00b7 {phase_in_words(progress.phase)}"
        self.said.setText(said)
        self.said.setToolTip(tip(said))
        self.bar.setValue(progress.thousandths)
        seconds = progress.seconds_left
        self.left.setText(
            self.tr("at most {time} left").format(time=duration(seconds))
            if seconds is not None
            else self.tr("time known after the first training")
        )
        self.stop.setEnabled(not self._stopping)

    @Slot()
    def _stop(self) -> None:
        self._stopping = True
        self.refresh()
        self.stop_asked.emit()

    def retranslate(self) -> None:
        self.said.setAccessibleName(self.tr("How far it is"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop.setText(self.tr("S&top"))
        self.stop.setToolTip(
            self.tr("Stops within a second. Finished trainings are kept; you can go on later.")
        )
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
