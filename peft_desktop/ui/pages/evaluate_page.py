"""Evaluate: how good a run is in words and numbers, beside what it has to beat, and its rows."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ...core.errors import UserError
from ...core.runs import Run
from ...core.words import Sentence
from ..errands import Ask, Errands
from ..judged_answers import AnswerRows
from ..judging import (
    FILE,
    SPLITS,
    Answered,
    Found,
    JudgedRows,
    Outside,
    Result,
    look_at,
    look_at_answers,
    missing,
    runs_in,
    unreadable_in,
)
from ..judging_desk import JudgingDesk
from ..needed_columns import columns_of, role_of
from ..relabelling import Relabelling
from ..reporting import Reporting
from ..widgets.column_match import Needed
from ..widgets.evaluate_bar import EvaluateBar
from ..widgets.judged_tabs import JudgedTabs
from ..widgets.table_file import Purpose, TableFile
from ..wording import in_words
from .page import Page, Surroundings


class EvaluatePage(Page):
    """The page; `show_run(name)` shows a run, `run_chosen(name)` tells that the user chose one."""

    name = "evaluate"
    run_chosen = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._errands = Errands(self)
        self._runs: list[Run] | None = None
        self._wanted = ""
        self._found: Found | None = None
        self._outside: Outside | None = None
        self._unreadable: set[str] = set()  # of which was told already
        self._was_shown = self._quiet = False
        self._split_picked = False  # by the user, for this run
        self._told: list[Sentence] = []
        self.desk = JudgingDesk(self.document, self.work, around.tuner, self)
        self._build()
        self._connect()
        self.retranslate()

    # ---- what it is made of

    def _build(self) -> None:
        self.bar = EvaluateBar(self)
        self.run_box, self.split_box = self.bar.run_box, self.bar.split_box
        self.button = self.bar.button
        self.file = TableFile(self._purpose, self)
        self.tabs = JudgedTabs(self)
        self.view, self.curves = self.tabs.view, self.tabs.curves
        self.relabelling = Relabelling(self.document, self.view.rows, self)
        self.reporting = Reporting(self.document, self)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.file)
        self.body.addWidget(self.tabs, 1)
        self._order_tabs()

    @Slot()
    def _order_tabs(self) -> None:
        """Tab goes through the page as one reads, also through what came later."""
        bar, below = self.bar.in_order(), self.tabs.in_order()
        for one, other in pairwise((*bar, *self.file.in_order(), self.tabs.tabBar(), *below)):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        self.document.opened.connect(self._opened)
        self.document.changed.connect(self._changed)
        self.document.runs_changed.connect(self._read_runs)
        self.work.started.connect(self._work_changed)
        self.work.ended.connect(self._work_changed)
        self.run_box.currentIndexChanged.connect(self._run_picked)
        self.split_box.currentIndexChanged.connect(self._show_split)
        self.split_box.activated.connect(self._pick_split)
        self.button.clicked.connect(self.main_action)
        self.bar.report.clicked.connect(self.reporting.ask)
        self.file.changed.connect(self._file_changed)
        self.tabs.currentChanged.connect(self._order_tabs)
        for part in (self.tabs, self.reporting):
            part.failed.connect(self._failed)
            part.told.connect(self.notices.tell)
        for tab in (self.tabs.compare, self.tabs.thresholds):
            tab.looked.connect(self.desk.count_a_look)
        self.desk.changed.connect(self._refresh)
        self.desk.judged.connect(self._judged)
        self.desk.answered.connect(self._answered)
        self.desk.failed.connect(self._failed)
        self.desk.warned.connect(self._warned)
        self.relabelling.failed.connect(self._failed)
        self.relabelling.told.connect(self.notices.tell)

    # ---- what the frame asks

    def texts(self) -> tuple[str, str]:
        return (
            self.tr("Evaluate"),
            self.tr("How good a run is on rows it never learnt from, and where it goes wrong."),
        )

    def state(self) -> tuple[str, str]:
        if self.desk.run:
            return "", self.tr("{run} is being judged").format(run=self.desk.run)
        return "", ""  # the project's file knows

    def shown(self) -> None:
        if not self._was_shown:
            self._was_shown = True
            self._read_runs()

    def show_run(self, run_name: str) -> None:
        """Show a run of the project and what is known of it."""
        self._wanted = run_name
        place = self.run_box.findData(run_name)
        if place >= 0 and place != self.run_box.currentIndex():
            self._quiet = True
            self.run_box.setCurrentIndex(place)
            self._quiet = False
            self._use_run()
        elif place < 0:
            self._read_runs()

    @Slot()
    def main_action(self) -> None:
        """Judge the run on the split, or go where what is missing can be given."""
        kind, run = self._missing(), self.run
        if run is not None and not run.folder.is_dir():  # gone behind our back
            self.desk.judge(run.name, self.split)  # which says so
            self._read_runs()
        elif kind in ("project", "runs"):
            self.go.emit({"project": "data", "runs": "train"}[kind])
        elif kind in ("file", "settings", "columns"):
            self.file.go_to_missing()
        elif not kind and run is not None and not self.work.busy:
            self.notices.clear()
            self.tabs.setCurrentWidget(self.view)
            if self.split != FILE:
                self.desk.judge(run.name, self.split)
            elif self.file.path is not None:
                self.desk.judge_file(run.name, self.file.path, self.file.read_as)

    # ---- run and split

    @property
    def run(self) -> Run | None:
        """The run that is chosen."""
        name = self.run_box.currentData()
        return next((run for run in self._runs or [] if run.name == name), None)

    @property
    def split(self) -> str:
        return str(self.split_box.currentData())

    @Slot()
    def _opened(self) -> None:
        self.notices.clear()
        self._wanted, self._runs = "", None
        self._outside, self._unreadable = None, set()
        self._set_runs(([], []))
        self._read_runs()

    @Slot(object)
    def _changed(self, names: tuple[str, ...]) -> None:
        if "test_peeks" in names:
            self._refresh()

    @Slot()
    def _read_runs(self) -> None:
        """Read the list of runs in a thread; not before the page was seen."""
        if not self._was_shown:
            return
        project = self.document.project
        folder = None if project is None else project.runs_folder
        read = partial(_read_runs, folder)
        self._errands.run("runs", read, self._set_runs, self._failed)

    def _set_runs(self, found: tuple[list[Run], list[UserError]]) -> None:
        runs, unreadable = found
        for error in unreadable:
            if str(error) not in self._unreadable:
                self._unreadable.add(str(error))
                self.notices.error(error)
        before = str(self.run_box.currentData() or "")
        self._runs = runs
        self._quiet = True
        names = [run.name for run in runs]
        chosen = next((name for name in (self._wanted, before) if name in names), "")
        self.bar.show_runs(runs, chosen)
        self._quiet = False
        self._split_picked = self._split_picked and chosen == before
        self._read_found()

    @Slot(int)
    def _run_picked(self, place: int) -> None:
        if not self._quiet:
            self._wanted = str(self.run_box.currentData() or "")
            self.run_chosen.emit(self._wanted)
            self._use_run()

    def _use_run(self) -> None:
        self._split_picked = False
        self._read_found()

    def _read_found(self) -> None:
        run = self.run
        self.tabs.show_run(run)
        self._need_columns(run)
        if run is None:
            self._errands.drop("found")
            self._show_found(Found())
            return
        data = self.document.file.data_sha256
        if self._found is None or not self._found.results:
            self._refresh()
        self._errands.run("found", lambda _: look_at(run, data), self._show_found, self._not_found)

    def _not_found(self, error: Exception) -> None:
        self._show_found(Found())
        self.notices.error(error)

    def _show_found(self, found: Found) -> None:
        self._found = found
        self.tabs.show_known(self.run, found.rows, self._runs or [])
        if found.error is not None:
            self.notices.error(found.error)
        if not self.desk.run:
            self._tell_warnings()
        if self.split == FILE:
            pass  # the user's own choice, for this run too
        elif found.results and self.split not in found.results and not self._split_picked:
            known = next((split for split in SPLITS if split in found.results), "")
            if known:  # better than an empty page
                self.split_box.setCurrentIndex(self.split_box.findData(known))
                return
        self._show_split()

    @Slot()
    def _pick_split(self) -> None:
        self._split_picked = True

    @Slot()
    def _show_split(self) -> None:
        found, outside = self._found or Found(), self._outside
        self.file.setVisible(self.split == FILE)
        self.relabelling.allow(self.split != FILE)
        if self.split != FILE:
            self._show(found.results.get(self.split), found.rows.get(self.split))
        elif outside is not None and self._is_this(outside):
            self._show(outside.result, outside.rows)
        else:
            self._show(None, None)
        self._refresh()

    def _show(self, result: Result | None, rows: JudgedRows | AnswerRows | None) -> None:
        self.tabs.show_judged(self.run, result, rows)

    # ---- a labelled file

    def _need_columns(self, run: Run | None) -> None:
        """What the file must have for this run: the prompt's columns, and the true labels."""
        needed: list[Needed] = []
        if run is not None:
            data = run.recipe.data
            texts = [name for name in columns_of(run.recipe) if name != data.label]
            needed = [Needed(name, role_of(run.recipe, name)) for name in texts]
            needed += [Needed(data.label, "label")] if data.label else []
        self.file.set_needed(needed)
        self._order_tabs()

    def _is_this(self, outside: Outside) -> bool:
        run = self.run
        return run is not None and (outside.run, outside.file) == (run.name, self.file.path)

    @Slot()
    def _file_changed(self) -> None:
        if self.split == FILE and self._outside is not None and not self._is_this(self._outside):
            self._outside = None
            self._show_split()
        else:
            self._refresh()

    @Slot(object)
    def _answered(self, answered: Answered) -> None:
        read = partial(_read_answers, answered)
        self._errands.run("answers", read, self._show_outside, self._failed)

    def _show_outside(self, outside: Outside) -> None:
        self._outside = outside
        self._tell_warnings(outside.result)
        self._show_split()

    # ---- how things stand

    @Slot(str, str)
    def _judged(self, run: str, split: str) -> None:
        self._wanted = run
        self._found = None
        self.split_box.setCurrentIndex(self.split_box.findData(split))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.notices.error(error)

    @Slot(object)
    def _warned(self, sentence: Sentence) -> None:
        self._told.append(sentence)

    def _tell_warnings(self, *others: Result) -> None:
        """Warnings of the judging, but for those that stand under the headline as notes."""
        results = [*(self._found or Found()).results.values(), *others]
        notes = {in_words(note) for result in results for note in result.notes}
        for sentence in self._told:
            if in_words(sentence) not in notes:
                self.notices.warning(sentence)
        self._told = []

    @Slot(str)
    def _work_changed(self, _: str) -> None:
        self._refresh()

    def _missing(self) -> str:
        has_project = self.document.project is not None
        kind = missing(has_project, self._runs or [], self.run, self.split)
        return kind or (self.file.missing if self.split == FILE else "")

    @Slot()
    def _refresh(self) -> None:
        """Headline, button and what is said of the test rows."""
        self.view.say(self._empty())
        waits_for = self.work.title if self.work.busy else ""
        known, judging = self.view.result is not None, bool(self.desk.run)
        self.button.show_state(self._missing(), waits_for, known, judging)
        self.reporting.run = self.run
        self.bar.show_report(bool((self._found or Found()).results) and not judging)
        self.file.setEnabled(not judging)
        desk, has_project = self.desk, self.document.project is not None
        self.bar.show_progress(bool(desk.run), desk.phase, desk.done, desk.total)
        peeks = self.document.file.test_peeks
        self.bar.show_peeks(self.split == "test" and has_project, peeks)
        self.state_changed.emit()

    def _empty(self) -> str:
        """What to do while there is nothing to show."""
        if self.document.project is None:
            return self.tr("Open a project to see how good its runs are.")
        if not self._runs:
            return self.tr("There is no run yet. Train one, then come back to see how good it is.")
        if self.desk.run:
            return self.tr("The run is being judged.")
        if self._missing() == "model":
            return self.tr("This run kept no weights, so there is nothing to judge.")
        if self.split == FILE:
            return self.tr(
                "How good is this run on other rows? Choose a table of texts and their true "
                "labels; the result is shown here and not kept."
            )
        return self.tr(
            "This run was not judged on these rows yet. Press Evaluate; it takes about as long as "
            "reading them once."
        )

    def _purpose(self) -> Purpose:
        return Purpose(
            self.tr("Labelled file:"),
            self.tr("A table of texts with their true labels, one row for each text."),
            self.tr("The labelled file to judge the run on"),
        )

    def retranslate(self) -> None:
        super().retranslate()
        self._refresh()


def _read_runs(folder: Path | None, ask: Ask) -> tuple[list[Run], list[UserError]]:
    return runs_in(folder), unreadable_in(folder)


def _read_answers(answered: Answered, ask: Ask) -> Outside:
    return look_at_answers(answered)
