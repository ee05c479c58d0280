"""The button that trains the best prompts of the ranking, one run each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from ...core import events as ev
from ...core.errors import UserError
from ...core.events import Event
from ...core.project import Project
from ...core.runs import release_own_locks
from ...core.words import Sentence
from ..pages.page import Surroundings
from ..prompt_race import RACERS, best_of, racing
from ..training_plan import in_force
from ..wording import number, tip
from .probe_table import ProbeModel, in_one_line


class RaceButton(QPushButton):
    """`told(sentence)`: how the race ended; `failed(error)`, `warned(Sentence)`."""

    failed = Signal(object)
    warned = Signal(object)
    told = Signal(str)

    def __init__(
        self, around: Surroundings, ranking: ProbeModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around, self._ranking = around, ranking
        self._result: dict[str, Any] = {}
        self._probing = False
        self.at_work = False
        self.clicked.connect(self._begin)
        ranking.modelReset.connect(self._refresh)
        self.retranslate()

    def refresh(self, probing: bool) -> None:
        """`probing`: the ranking is still being made."""
        self._probing = probing
        self.retranslate()

    @Slot()
    def _refresh(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        prompts = best_of(self._ranking.entries)
        work = self._around.work
        lines = [f"{place}. {in_one_line(p.template)}" for place, p in enumerate(prompts, 1)]
        about = self.tr(
            "Trains one run for each of these templates with the method of the Train page, and "
            "judges them on the validation rows:"
        )
        said = self.tr("Train the best {count}").format(count=len(prompts) or RACERS)
        usable = bool(prompts) and not self._probing and not work.busy
        if self.at_work:
            said = self.tr("Training the best prompts \u2026")
            about = self.tr("The status bar tells how far it is, and can stop it.")
            lines = []
        elif not prompts:
            about, lines = self.tr("Try the prompts first: the best are trained then."), []
        elif work.busy and not self._probing:
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        self.setText(said)
        self.setAccessibleName(said)
        self.setToolTip(tip("\n".join([about, *lines])))
        self.setEnabled(usable)

    @Slot()
    def _begin(self) -> None:
        document, work = self._around.document, self._around.work
        project = document.project
        prompts = best_of(self._ranking.entries)
        if project is None or work.busy or not prompts:
            return
        try:
            project.check_there()
        except UserError as error:
            self.failed.emit(error)
            return
        document.save()
        if document.unsaved:  # it is told why
            return
        meant = Project(project.folder, in_force(project.file, self._around.settings.training))
        events = racing(self._around.tuner, self._around.library, meant, prompts)
        self._result, self.at_work = {}, True
        title = self.tr("training the best {count} prompts").format(count=len(prompts))
        work.start(title, events, self, self._take, self._ended)
        self.retranslate()

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, ev.Started) and event.what in ("cell", "train"):
                self._around.document.runs_changed.emit()
            elif isinstance(event, ev.Warned):
                self.warned.emit(Sentence(event.template, event.values))
            elif isinstance(event, ev.Finished):
                self._result = event.result

    def _ended(self, outcome: str) -> None:
        self.at_work = False
        document, work = self._around.document, self._around.work
        if document.project is not None:
            release_own_locks(document.project.runs_folder)
        if outcome == "failed" and work.error is not None:
            self.failed.emit(work.error)
        best = next(iter(self._result.get("runs", ())), None)
        if outcome == "done" and best is not None and best["accuracy"] is not None:
            said = self.tr(
                "Best on the validation rows: {run}, right in {share} of 100, with {template}"
            )
            self.told.emit(
                said.format(
                    run=best["run"],
                    share=number(round(100 * best["accuracy"])),
                    template=in_one_line(best["template"]),
                )
            )
        document.runs_changed.emit()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
