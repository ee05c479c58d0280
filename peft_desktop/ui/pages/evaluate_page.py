"""Evaluate: how good a run is in words and numbers, beside what it has to beat, and its rows."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QWidget,
)

from ...core.runs import Run
from ...core.words import Sentence
from ..errands import Errands
from ..judging import SPLITS, Found, JudgingDesk, look_at, missing, runs_in
from ..phases import phase_in_words
from ..widgets.evaluate_button import EvaluateButton
from ..widgets.result_view import ResultView
from ..widgets.trained_choice import short
from ..wording import in_words, number, plain, tip
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
        self._was_shown = self._quiet = False
        self._split_picked = False  # by the user, for this run
        self._told: list[Sentence] = []
        self.desk = JudgingDesk(self.document, self.work, around.tuner, self)
        self._build()
        self._connect()
        self.retranslate()

    # ---- what it is made of

    def _build(self) -> None:
        self._run_head, self._split_head = QLabel(self), QLabel(self)
        self.run_box, self.split_box = QComboBox(self), QComboBox(self)
        self.run_box.setMinimumContentsLength(24)
        self.run_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._run_head.setBuddy(self.run_box)
        self._split_head.setBuddy(self.split_box)
        for split in SPLITS:
            self.split_box.addItem("", split)
        self.button = EvaluateButton(self)
        self._peeks = plain(QLabel(self))
        self.progress = QProgressBar(self)
        self.progress.setFixedWidth(220)
        bar = QHBoxLayout()
        heads = (self._run_head, self.run_box, self._split_head, self.split_box)
        for widget in (*heads, self.button):
            bar.addWidget(widget)
        bar.addWidget(self.progress)
        bar.addStretch(1)
        bar.addWidget(self._peeks)
        self.view = ResultView(self)
        self.body.addLayout(bar)
        self.body.addWidget(self.view, 1)
        for one, other in pairwise(
            (self.run_box, self.split_box, self.button, *self.view.in_order())
        ):
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
        self.desk.changed.connect(self._refresh)
        self.desk.judged.connect(self._judged)
        self.desk.failed.connect(self._failed)
        self.desk.warned.connect(self._warned)

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
        elif not kind and run is not None and not self.work.busy:
            self.notices.clear()
            self.desk.judge(run.name, self.split)

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
        self._set_runs([])
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
        self._errands.run("runs", lambda _: runs_in(folder), self._set_runs, self._failed)

    def _set_runs(self, runs: list[Run]) -> None:
        before = str(self.run_box.currentData() or "")
        self._runs = runs
        self._quiet = True
        self.run_box.clear()
        for run in runs:
            self.run_box.addItem(short(run.name), run.name)
            self.run_box.setItemData(
                self.run_box.count() - 1, tip(run.name), Qt.ItemDataRole.ToolTipRole
            )
        names = [run.name for run in runs]
        chosen = next((name for name in (self._wanted, before) if name in names), "")
        self.run_box.setCurrentIndex(names.index(chosen) if chosen else (0 if names else -1))
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
        if not self.desk.run:
            self._tell_warnings()
        if found.results and self.split not in found.results and not self._split_picked:
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
        found = self._found or Found()
        self.view.show_result(found.results.get(self.split), found.rows.get(self.split))
        self._refresh()

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

    def _tell_warnings(self) -> None:
        """Warnings of the judging, but for those that stand under the headline as notes."""
        results = (self._found or Found()).results.values()
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
        return missing(has_project, self._runs or [], self.run, self.split)

    @Slot()
    def _refresh(self) -> None:
        """Headline, button and what is said of the test rows."""
        self.view.say(self._empty())
        waits_for = self.work.title if self.work.busy else ""
        self.button.show_state(self._missing(), waits_for, self.view.result is not None)
        self._tell_progress()
        self._tell_peeks()
        for box in (self.run_box, self.split_box):
            box.setEnabled(bool(self._runs))
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
        return self.tr(
            "This run was not judged on these rows yet. Press Evaluate; it takes about as long as "
            "reading them once."
        )

    def _tell_progress(self) -> None:
        self.progress.setVisible(bool(self.desk.run))
        self.progress.setRange(0, self.desk.total)
        self.progress.setValue(self.desk.done)
        said = phase_in_words(self.desk.phase)
        self.progress.setFormat(said.replace("%", "%%"))
        self.progress.setAccessibleName(said)

    def _tell_peeks(self) -> None:
        count = self.document.file.test_peeks
        self._peeks.setVisible(self.split == "test" and self.document.project is not None)
        if count == 0:
            said = self.tr("The test rows were never looked at.")
        elif count == 1:
            said = self.tr("The test rows were looked at once.")
        else:
            said = self.tr("The test rows were looked at {count} times.").format(
                count=number(count)
            )
        self._peeks.setText(said)

    def retranslate(self) -> None:
        super().retranslate()
        self._run_head.setText(self.tr("R&un:"))
        self.run_box.setAccessibleName(self.tr("Run"))
        self.run_box.setToolTip(self.tr("The run that is judged, the newest on top."))
        self._split_head.setText(self.tr("Rows to &look at:"))
        said = {"valid": self.tr("validation rows"), "test": self.tr("test rows")}
        for place in range(self.split_box.count()):
            self.split_box.setItemText(place, said[self.split_box.itemData(place)])
        self.split_box.setAccessibleName(self.tr("Rows to look at"))
        self.split_box.setToolTip(
            self.tr(
                "Validation rows help to choose between runs. Test rows are for the last word: "
                "each further look makes their number a little less honest."
            )
        )
        self._peeks.setToolTip(
            self.tr(
                "Who chooses by the test rows over and over, fits to them in the end; use the "
                "validation rows to choose."
            )
        )
        self._refresh()
