"""The window of PET: its steps, then the teachers' scores as they grow, and the student."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..core.words import Sentence
from .pages.page import Surroundings
from .pet_desk import PetDesk
from .pet_planner import PATTERNS, PLAN, PetPlanner
from .widgets.editors import QuietComboBox
from .widgets.notices import Notices
from .widgets.pet_card import PetCard
from .widgets.pet_tree import PetTree
from .widgets.queue_status import QueueStatus
from .widgets.start_button import StartButton
from .wording import plain, tip

_SIZE = (1040, 680)


class PetWindow(QDialog):
    """Modeless: the rest of the window can be used beside it.

    `run_wanted(name)`: a run is to be shown on the pages.
    """

    run_wanted = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._work = around.document, around.work
        self.desk = PetDesk(around, self)
        self._sentence = plain(QLabel(self))
        self._sentence.setWordWrap(True)
        self.notices = Notices(self)
        self._which_head, self.which = QLabel(self), QuietComboBox(self)
        self._which_head.setBuddy(self.which)
        self.planner = PetPlanner(around, self.desk, self)
        self.found, self.tree = PetCard(self), PetTree(self)
        self.stack = QStackedWidget(self)
        self.back, self.next = QPushButton(self), QPushButton(self)
        self.start, self.go_on = StartButton(self), QPushButton(self)
        self.open_run, self._close = QPushButton(self), QPushButton(self)
        self.status = QueueStatus(self.desk.progress, self)
        self._build()
        self._connect()
        self.resize(*_SIZE)
        self.retranslate()
        self._desk_changed()

    def _build(self) -> None:
        result = QWidget(self)
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.found)
        column.addWidget(self.tree, 1)
        self.stack.addWidget(self.planner)
        self.stack.addWidget(result)
        top = QHBoxLayout()
        top.addWidget(self._which_head)
        top.addWidget(self.which)
        top.addStretch(1)
        self.which.setMinimumWidth(260)
        buttons = QHBoxLayout()
        for button in (self.back, self.next, self.start, self.go_on, self.open_run):
            buttons.addWidget(button, 1 if button is self.start else 0)
        buttons.addStretch(0)
        buttons.addWidget(self._close)
        for button in (self.back, self.next, self.start, self.go_on, self.open_run, self._close):
            button.setAutoDefault(False)
            button.setMinimumHeight(30)
        whole = QVBoxLayout(self)
        for part in (self._sentence, self.notices):
            whole.addWidget(part)
        whole.addLayout(top)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.status)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self.which.activated.connect(self._chosen)
        self.planner.changed.connect(self._refresh)
        self.planner.drafted.connect(self._drafted)
        self.planner.failed.connect(self._failed)
        self.back.clicked.connect(self._back)
        self.next.clicked.connect(self._next)
        self.start.clicked.connect(self._start)
        self.go_on.clicked.connect(self._go_on)
        self.open_run.clicked.connect(self._open)
        self.tree.opened.connect(self.run_wanted)
        self.tree.currentItemChanged.connect(self._refresh)
        self._close.clicked.connect(self.close)
        self.status.stop_asked.connect(self.desk.stop)
        self.desk.changed.connect(self._desk_changed)
        self.desk.failed.connect(self._failed)
        self.desk.warned.connect(self._warned)
        self._document.opened.connect(self._opened)
        self._work.started.connect(self._refresh)
        self._work.ended.connect(self._work_ended)

    # ---- what there is

    @Slot()
    def _opened(self) -> None:
        self.notices.clear()
        self._list()
        self._desk_changed()

    def library_changed(self) -> None:
        """Models came or went."""
        self.planner.library_changed()

    def _list(self) -> None:
        plan = self.desk.plan
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(self.tr("A new training"), "")
            for kept in self.desk.kept():
                said = self.tr("{name}: {done} of {total} done").format(
                    name=kept.name, done=kept.done, total=kept.total
                )
                self.which.addItem(said, kept.name)
            if plan is not None and self.which.findData(plan.name) < 0:  # it is just beginning
                self.which.insertItem(1, plan.name, plan.name)
            self.which.setCurrentIndex(max(0, self.which.findData(plan.name if plan else "")))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.notices.clear()
        name = str(self.which.itemData(place) or "")
        if name:
            self.desk.show(name)
        else:
            self.desk.show_new()
            self.planner.go_to(PATTERNS)

    # ---- steps and work

    @Slot()
    def _drafted(self) -> None:
        """What is to be minded about the plan stands in bars."""
        draft = self.planner.draft
        if draft is not None and self.desk.plan is None:
            self.notices.clear()
            for warning in draft.warnings:
                self.notices.warning(Sentence(warning.template, warning.values))

    @Slot()
    def _back(self) -> None:
        self.planner.go_to(self.planner.at - 1)

    @Slot()
    def _next(self) -> None:
        self.planner.go_to(self.planner.at + 1)

    @Slot()
    def _start(self) -> None:
        draft = self.planner.draft
        if draft is not None and self.planner.missing is None:
            self.desk.begin(draft)
            self.planner.forget()

    @Slot()
    def _go_on(self) -> None:
        self.notices.clear()
        self.desk.go_on()

    @Slot()
    def _open(self) -> None:
        run = self.tree.run or (self.desk.plan.cells[-1].run if self.desk.plan else "")
        if run:
            self.run_wanted.emit(run)

    @Slot()
    def _work_ended(self) -> None:
        self._list()
        self._refresh()

    @Slot()
    def _desk_changed(self) -> None:
        desk = self.desk
        running = desk.progress.run if desk.at_work else ""
        ensemble = desk.plan.found.get("ensemble", {}) if desk.plan is not None else {}
        self.tree.show_rows(desk.rows, ensemble, running)
        self.status.set_working(desk.at_work)
        if self.which.currentData() != (desk.plan.name if desk.plan is not None else ""):
            self._list()
        self._refresh()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.notices.error(error)

    @Slot(object)
    def _warned(self, sentence: Sentence) -> None:
        self.notices.warning(sentence)

    # ---- how things stand

    @Slot()
    def _refresh(self) -> None:
        desk, plan, at = self.desk, self.desk.plan, self.planner.at
        new = plan is None
        self.stack.setCurrentIndex(0 if new else 1)
        if not new:
            self.found.show_plan(plan)
        self.which.setEnabled(not desk.at_work)
        self.back.setVisible(new)
        self.back.setEnabled(at > PATTERNS)
        self.next.setVisible(new and at < PLAN)
        self.next.setDefault(new and at < PLAN)
        busy = self._work.busy
        self.start.setVisible(new and at == PLAN)
        other = self._work.title if busy and not desk.at_work else ""
        self.start.show_state(self.planner.missing if new else None, "", other)
        self.go_on.setVisible(not new and not desk.at_work and desk.waiting > 0)
        self.go_on.setEnabled(not busy)
        self.go_on.setText(self.tr("&Go on: {count} to do").format(count=desk.waiting))
        self.go_on.setAccessibleName(self.go_on.text().replace("&", ""))
        self.open_run.setVisible(not new)
        done = not new and plan.cells[-1].state == "done"
        self.open_run.setEnabled(done or bool(self.tree.run))
        chosen = bool(self.tree.run)
        self.open_run.setText(self.tr("&Open the run") if chosen else self.tr("&Open the student"))
        self._say()

    def _say(self) -> None:
        desk = self.desk
        if desk.plan is None:
            said = self.tr("Nothing is trained yet.")
        elif desk.waiting:
            said = self.tr("{count} trainings are still to do.").format(count=desk.waiting)
        else:
            said = self.tr('All is done: the student is the run "{run}".').format(
                run=desk.plan.cells[-1].run
            )
        failed = [cell for cell in desk.plan.cells if cell.state == "failed"] if desk.plan else []
        if failed:
            said += " \u2716 " + self.tr("Failed: {count}, the first: {why}").format(
                count=len(failed), why=" ".join(failed[0].why.split())
            )
        self.status.say(said)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Learn from unlabelled texts (PET)"))
        self._sentence.setText(
            self.tr(
                "Few labelled rows, many texts without labels: several prompts become teachers, "
                "they label the texts, and one student learns from them."
            )
        )
        self._which_head.setText(self.tr("S&how"))
        self.which.setAccessibleName(self.tr("Which training"))
        self.which.setToolTip(
            self.tr("A new one, or one that the project keeps: to look at or to go on with.")
        )
        self.back.setText(self.tr("Bac&k"))
        self.back.setToolTip(self.tr("To the step before."))
        self.next.setText(self.tr("&Next"))
        self.next.setToolTip(self.tr("To the next step."))
        self.go_on.setToolTip(
            self.tr("Trains what is still to do; what failed is tried once more.")
        )
        self.open_run.setToolTip(tip(self.tr("Shows the run on Train and Evaluate.")))
        self._close.setText(self.tr("Close"))
        self._close.setToolTip(self.tr("Closes this window; work that is going on goes on."))
        self._list()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
