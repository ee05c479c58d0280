"""The curves of an old run, read again from its events, with one line on what it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...core import events as ev
from ...core.events import Event
from ...core.project import broken
from ...core.runs import EVENTS, Run
from ...methods import METHODS
from ..errands import Ask, Errands
from ..training_run import read_again, read_on
from ..wording import duration, number, plain, translated

if TYPE_CHECKING:
    from .curves import Curves


class RunCurves(QWidget):
    """`show_run`; the events are read, and pyqtgraph imported, only once this is seen.

    A run that is still training, here or in another process, is followed while it is seen.

    `failed(error)`: the events cannot be read.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errands = Errands(self)
        self._run: Run | None = None
        self._read: Run | None = None  # the run whose curves are drawn
        self._steps = 0
        self._seconds = 0.0
        self.curves: Curves | None = None
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.about)
        self._layout.addStretch(1)
        self.retranslate()

    @property
    def busy(self) -> bool:
        return self._errands.busy

    def show_run(self, run: Run | None) -> None:
        """Another run, or none; one that is still training is read on as it goes."""
        self._run = run
        if self.isVisible():
            self._read_again()
        self._tell()

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads; empty before the curves were seen."""
        curves = self.curves
        if curves is None:
            return ()
        bar = (curves.smoothing, curves.logarithmic, curves.whole, curves.as_table)
        return (*bar, curves.table)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(600, 400)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._read_again()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        if self._run is not None and self._run.state == "running":
            self._errands.drop("replay")  # read from the start when it is seen again

    def _read_again(self) -> None:
        run = self._run
        grows = run is not None and run.state == "running"
        if self.curves is not None and run == self._read and not grows:
            return
        if self.curves is None:
            from .curves import Curves

            self.curves = Curves(self)
            self._layout.takeAt(1)  # the stretch that kept its place
            self._layout.addWidget(self.curves, 1)
        self.curves.clear()
        self._read, self._steps, self._seconds = run, 0, 0.0
        if run is None:
            self._errands.drop("replay")
            return
        work = partial(_replayed, run)
        self._errands.run("replay", work, self._done, self.failed.emit, self._take)

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.Stepped(step=step):
                    self._steps = step
                case ev.Finished(result=result):
                    self._seconds = float(result.get("training_seconds") or 0.0)
        self._tell()
        if self.curves is not None:
            self.curves.take(events)

    def _done(self, _: object) -> None:
        self._tell()

    def _tell(self) -> None:
        self.about.setText("" if self._run is None else self._in_words(self._run))

    def _in_words(self, run: Run) -> str:
        method = METHODS.get(run.recipe.method)
        named = translated("methods", method.title) if method else run.recipe.method
        rows = len(run.recipe.data.rows.get("train", ()))
        parts = [
            self.tr("{method} on {model}").format(method=named, model=run.recipe.model.name),
            self.tr("learnt from {rows} rows").format(rows=number(rows)),
        ]
        if self._read == run and self._steps:
            parts.append(self.tr("{steps} steps").format(steps=number(self._steps)))
        if self._read == run and self._seconds:
            parts.append(self.tr("{time} of training").format(time=duration(self._seconds)))
        said = " \u00b7 ".join(parts)
        if run.state == "running":
            said += "\n" + self.tr("It is still training; the curves grow with it.")
        elif self._read == run and not self._steps and not self.busy:
            said += "\n" + self.tr("It ended before its first step, so there is nothing to draw.")
        return said

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Curves of the training"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _replayed(run: Run, ask: Ask) -> None:
    try:
        read = read_on if run.state == "running" else read_again
        read(run.folder, ask.tell, lambda: ask.wanted)
    except OSError as error:
        raise broken(run.folder / EVENTS, None) from error
