"""The steps of PET's wizard: patterns, unlabelled texts, teachers and student, what will happen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QWidget

from ..core.errors import UserError
from .errands import Errands
from .pages.page import Surroundings
from .pet_desk import Draft, Drafts, PetDesk, Wish
from .queue_choices import Choices, look_for_choices
from .training_plan import Missing, missing
from .widgets.pet_card import PetCard
from .widgets.pet_steps import PatternStep, PeopleStep, PoolStep
from .wording import translated

_REST_MS = 400  # of choosing, before the plan is worked out
_LIST_WIDTH = 200
PATTERNS, POOL, PEOPLE, PLAN = range(4)
_STEP_OF = {"prompts": PATTERNS, "pool": POOL, "seeds": PEOPLE, "model": PEOPLE}


class PetPlanner(QWidget):
    """`changed`: another step, another wish or another plan. `drafted`: a plan was worked out.

    `failed(error)`: what is no matter of the wish.
    """

    changed = Signal()
    drafted = Signal()
    failed = Signal(object)

    def __init__(self, around: Surroundings, desk: PetDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._around, self._document, self._work = around, around.document, around.work
        self._desk = desk
        self._errands = Errands(self)
        self._drafts = Drafts(around.library)
        self._choices: Choices | None = None
        self.draft: Draft | None = None
        self._error: UserError | None = None
        self.steps = QListWidget(self)
        self.patterns, self.pool, self.people = PatternStep(self), PoolStep(self), PeopleStep(self)
        self.card = PetCard(self)
        self.stack = QStackedWidget(self)
        self._rest, self._stale = QTimer(self), QTimer(self)
        for timer in (self._rest, self._stale):
            timer.setSingleShot(True)
            timer.setInterval(_REST_MS)
        for step in (self.patterns, self.pool, self.people, self.card):
            scroll = QScrollArea(self)
            scroll.setWidget(step)
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.stack.addWidget(scroll)
        self.steps.setFixedWidth(_LIST_WIDTH)
        self.steps.addItems([""] * 4)
        self.steps.setCurrentRow(PATTERNS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.steps)
        layout.addWidget(self.stack, 1)
        self.steps.currentRowChanged.connect(self._show_step)
        for page in (self.patterns, self.pool, self.people):
            page.changed.connect(self._wish_changed)
        self._rest.timeout.connect(self._plan)
        self._stale.timeout.connect(self.library_changed)
        desk.changed.connect(self._desk_changed)
        self._document.opened.connect(self._opened)
        self._document.changed.connect(self._project_changed)
        self._work.ended.connect(self._desk_changed)
        self.retranslate()
        self._opened()

    @property
    def at(self) -> int:
        """The step in front."""
        return self.steps.currentRow()

    def go_to(self, step: int) -> None:
        self.steps.setCurrentRow(min(PLAN, max(PATTERNS, step)))

    def forget(self) -> None:
        """The plan is being carried out; another one needs another name."""
        self.draft = None

    # ---- what there is

    @Slot()
    def _opened(self) -> None:
        self._choices = self.draft = self._error = None
        self.pool.show_pool(None)
        self.library_changed()
        self._refresh()

    @Slot()
    def library_changed(self) -> None:
        """Models came or went, or the project changed."""
        project, library = self._desk.project(), self._around.library
        if project is not None:
            self._errands.run(
                "choices",
                lambda _: look_for_choices(library, project),
                self._took,
                self.failed.emit,
            )

    def _took(self, choices: Choices) -> None:
        project = self._desk.project()
        if project is not None:
            self._choices = choices
            self.patterns.set_choices(choices)
            self.pool.set_file(project.file)
            self.people.set_choices(project.file, choices)
            self._wish_changed()

    @Slot(object)
    def _project_changed(self, names: Sequence[str]) -> None:
        if set(names) - {"test_peeks", "name"}:
            self.draft = None
            self._stale.start()

    # ---- the plan

    @property
    def wish(self) -> Wish:
        people, seeds = self.people, self.people.seeds.seeds
        return Wish(
            prompts=self.patterns.prompts,
            source=self.pool.source,
            seeds=None if seeds is None else tuple(seeds),
            weighted=self.patterns.weighted.isChecked(),
            model=str(people.model.currentData() or ""),
            method=str(people.method.currentData() or ""),
            student=str(people.student.currentData() or ""),
            student_method=str(people.student_method.currentData() or ""),
        )

    @Slot()
    def _wish_changed(self) -> None:
        self.draft, self._error = None, None
        self._rest.start()
        self._refresh()

    @Slot()
    def _plan(self) -> None:
        """Read the texts and work out what the wish would mean, beside the window."""
        project, wish = self._desk.project(), self.wish
        if project is not None and self._desk.plan is None and self._missing(wish) is None:
            self._errands.run(
                "draft",
                lambda _: self._drafts.draft(project, wish),
                self._drafted,
                self._not_drafted,
            )
        self._refresh()

    def _drafted(self, found: Draft) -> None:
        self.draft, self._error = found, None
        self.pool.show_pool(found.pool)
        self._refresh()
        self.drafted.emit()

    def _not_drafted(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.failed.emit(error)
            return
        self.draft, self._error = None, error
        self.pool.show_pool(None, error.in_words(translated))
        self._refresh()

    def _missing(self, wish: Wish) -> Missing | None:
        project = self._desk.project()
        if project is None:
            return Missing("project")
        cards = None if self._choices is None else self._choices.cards
        if cards and self._choices is not None and self._choices.prompts and not wish.prompts:
            return Missing("prompts")
        if wish.seeds is None:
            return Missing("seeds")
        changes: dict[str, object] = {"prompt": wish.prompts[0]} if wish.prompts else {}
        found = missing(project.file.model_copy(update=changes), cards, {}, 0)
        if found is not None and found.kind not in ("settings", "method"):
            return found
        return None if self.pool.ready else Missing("pool")

    @property
    def missing(self) -> Missing | None:
        found = self._missing(self.wish)
        if found is None and self._error is not None:
            return Missing("refused plan", error=self._error)
        return Missing("planning") if found is None and self.draft is None else found

    # ---- how things stand

    @Slot(int)
    def _show_step(self, place: int) -> None:
        self.stack.setCurrentIndex(max(0, place))
        self._refresh()

    @Slot()
    def _desk_changed(self) -> None:
        if self._desk.plan is None and self.draft is None:
            self._rest.start()

    def _refresh(self) -> None:
        self.stack.setEnabled(self._document.project is not None)
        self.card.show_draft(self.draft, self._error)
        self._mark_steps()
        self.changed.emit()

    def _mark_steps(self) -> None:
        """A mark before each step: filled in, or something is missing there."""
        found = self.missing
        wrong = None if found is None else _STEP_OF.get(found.kind)
        titles = (
            self.tr("1  Patterns"),
            self.tr("2  Unlabelled texts"),
            self.tr("3  Teachers and student"),
            self.tr("4  What will happen"),
        )
        for place, title in enumerate(titles):
            mark = "\u2716" if place == wrong else "\u2714" if place < PLAN else "\u25b8"
            item = self.steps.item(place)
            if item.text() != f"{mark}  {title}":
                item.setText(f"{mark}  {title}")

    def retranslate(self) -> None:
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.setToolTip(self.tr("The steps in turn; any of them can be visited again."))
        self._mark_steps()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        self.pool.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.go_to(POOL)
        self.pool.dropEvent(event)
