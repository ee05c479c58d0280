"""The left side of the shoot-out's window: which one, what to compare, the plan, the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..core.errors import UserError
from .errands import Errands
from .pages.page import Surroundings
from .queue_choices import Choices, look_for_choices
from .shoot_out_desk import Draft, ShootOutDesk, Wish, draft, own_steps
from .training_plan import Missing, missing
from .widgets.editors import QuietComboBox
from .widgets.shoot_out_card import ShootOutCard
from .widgets.shoot_out_form import ShootOutForm
from .widgets.start_button import StartButton

_REST_MS = 250  # of choosing, before the plan is worked out
_STALE_MS = 600  # of changing the project


class ShootOutPlanner(QWidget):
    """`failed(error)`; `drafted`: `rows` are those of another plan.

    `fresh`: another shoot-out is chosen or begun, what was told is over.
    """

    failed = Signal(object)
    drafted = Signal()
    fresh = Signal()

    def __init__(
        self, around: Surroundings, desk: ShootOutDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around, self._document, self._work = around, around.document, around.work
        self._desk = desk
        self._errands = Errands(self)
        self._choices: Choices | None = None
        self._draft: Draft | None = None
        self._refusal: UserError | None = None
        self._which_head, self.which = QLabel(self), QuietComboBox(self)
        self._which_head.setBuddy(self.which)
        self.form, self.card = ShootOutForm(self), ShootOutCard(self)
        self.start, self.go_on = StartButton(self), QPushButton(self)
        self.go_on.setMinimumHeight(34)
        for button in (self.start, self.go_on):
            button.setAutoDefault(False)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(_STALE_MS)
        self._stale.timeout.connect(self.library_changed)
        self._build()
        self.which.activated.connect(self._chosen)
        self.form.changed.connect(self._wish_changed)
        self._rest.timeout.connect(self._plan)
        self.start.clicked.connect(self._start)
        self.go_on.clicked.connect(self._go_on)
        desk.changed.connect(self._desk_changed)
        self._document.opened.connect(self._opened)
        self._document.changed.connect(self._project_changed)
        self._work.started.connect(self.refresh)
        self._work.ended.connect(self._work_ended)
        self.retranslate()
        self._opened()

    def _build(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self.form)
        column.addWidget(self.card)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self._which_head)
        top.addWidget(self.which, 1)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.start)
        layout.addWidget(self.go_on)

    # ---- what there is

    @Slot()
    def _opened(self) -> None:
        self.fresh.emit()
        self._choices = self._draft = None
        self._list()
        self.library_changed()
        self._desk_changed()

    @Slot()
    def library_changed(self) -> None:
        """Models came or went, or another project is open."""
        project = self._desk.project()
        if project is None:
            self.refresh()
            return
        library = self._around.library
        self._errands.run(
            "choices", lambda _: look_for_choices(library, project), self._took, self.failed.emit
        )

    def _took(self, choices: Choices) -> None:
        project = self._desk.project()
        if project is not None:
            self._choices = choices
            self.form.set_choices(project.file, choices, own_steps(project))
            self._wish_changed()

    @Slot(object)
    def _project_changed(self, names: Sequence[str]) -> None:
        if set(names) - {"test_peeks", "name"}:
            self._draft = None
            self._stale.start()

    def _list(self) -> None:
        """The project's shoot-outs, and a new one on top."""
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(self.tr("A new shoot-out"), "")
            for kept in self._desk.kept():
                said = self.tr("{name}: {done} of {total} done").format(
                    name=kept.name, done=kept.done, total=kept.total
                )
                self.which.addItem(said, kept.name)
            plan = self._desk.plan
            if plan is not None and self.which.findData(plan.name) < 0:  # it is just beginning
                self.which.insertItem(1, plan.name, plan.name)
            self.which.setCurrentIndex(max(0, self.which.findData(plan.name if plan else "")))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.fresh.emit()
        name = str(self.which.itemData(place) or "")
        if name:
            self._desk.show(name)
        else:
            self._desk.show_new()

    # ---- the plan

    @Slot()
    def _wish_changed(self) -> None:
        self._draft, self._refusal = None, None
        self._rest.start()
        self.refresh()

    @Slot()
    def _plan(self) -> None:
        """Work out what the wish would mean, beside the window."""
        project, wish = self._desk.project(), self.form.wish
        if project is None or self._desk.plan is not None or self._missing(wish) is not None:
            self.refresh()
            return
        library = self._around.library
        self._errands.run(
            "draft", lambda _: draft(project, library, wish), self._drafted, self._not_drafted
        )

    def _drafted(self, found: Draft) -> None:
        self._draft, self._refusal = found, None
        self.refresh()
        self.drafted.emit()

    def _not_drafted(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.failed.emit(error)
            return
        self._draft, self._refusal = None, error
        self.refresh()

    def _missing(self, wish: Wish) -> Missing | None:
        """The first thing that is missing in the wish, or in the project."""
        project = self._desk.project()
        if project is None:
            return Missing("project")
        for kind, there in (
            ("methods", wish.methods),
            ("models", wish.models),
            ("prompts", wish.prompts),
            ("seeds", wish.seeds),
        ):
            if not there and self._choices is not None and self._choices.cards:
                return Missing(kind)
        changes: dict[str, Any] = {}
        if wish.models and wish.methods and wish.prompts:
            changes = {"model": wish.models[0], "method": wish.methods[0]}
            changes["prompt"] = wish.prompts[0]
        file = project.file.model_copy(update=changes)
        cards = None if self._choices is None else self._choices.cards
        found = missing(file, cards, {}, 0)
        if found is not None and found.kind not in ("settings", "method"):
            return found
        return None if project.file.splits.get("valid") else Missing("valid")

    def _what_is_missing(self) -> Missing | None:
        found = self._missing(self.form.wish)
        if found is None and self._refusal is not None:
            return Missing("refused plan", error=self._refusal)
        return Missing("planning") if found is None and self._draft is None else found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table of the plan as it stands, still without figures."""
        return [] if self._draft is None else self._draft.rows

    # ---- the work

    @Slot()
    def _start(self) -> None:
        if self._draft is not None and self._what_is_missing() is None:
            self.fresh.emit()
            self._desk.begin(self._draft.plan)
            self._draft = None

    @Slot()
    def _go_on(self) -> None:
        self.fresh.emit()
        self._desk.go_on()

    @Slot()
    def _work_ended(self) -> None:
        self._list()
        if self._desk.plan is None and self._draft is None:
            self._rest.start()
        self.refresh()

    @Slot()
    def _desk_changed(self) -> None:
        if self._desk.plan is None:
            self._rest.start()
        elif self.which.currentData() != self._desk.plan.name:
            self._list()
        self.refresh()

    # ---- how things stand

    @Slot()
    def refresh(self) -> None:
        desk, plan = self._desk, self._desk.plan
        new = plan is None
        self.form.setVisible(new)
        self.form.setEnabled(self._document.project is not None)
        self.which.setEnabled(not desk.at_work)
        self.start.setVisible(new)
        if not new:
            self.card.show_plan(plan)
        elif self._refusal is not None:
            self.card.show_refusal(self._refusal)
        else:
            self.card.show_draft(self._draft)
        busy = self._work.busy
        other = self._work.title if busy and not desk.at_work else ""
        self.start.show_state(self._what_is_missing() if new else None, "", other)
        self.go_on.setVisible(not new and not desk.at_work and desk.waiting > 0)
        self.go_on.setEnabled(not busy)
        self.go_on.setText(self.tr("&Go on: {count} to do").format(count=desk.waiting))
        self.go_on.setAccessibleName(self.go_on.text().replace("&", ""))

    def retranslate(self) -> None:
        self._which_head.setText(self.tr("S&how"))
        self.which.setAccessibleName(self.tr("Which shoot-out"))
        self.which.setToolTip(
            self.tr("A new one, or one that the project keeps: to look at or to go on with.")
        )
        self.go_on.setToolTip(
            self.tr("Trains what is still to do; what failed is tried once more.")
        )
        self._list()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
