"""Train: choose, see what will happen, press one button, watch, and look at earlier runs again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ...core.errors import UserError
from ...core.fields import fields_of
from ...core.project import Project, ProjectFile
from ...core.recipe import TrainingSettings
from ...methods import METHODS
from ..errands import Errands
from ..settings import AppSettings
from ..task_prompts import task_of
from ..training_desk import TrainingDesk
from ..training_plan import (
    Chance,
    Missing,
    Plan,
    in_force,
    missing,
    plan_of,
    settings_of,
    with_preset,
    with_value,
)
from ..training_run import Look, look_around
from ..widgets.run_card import RunCard
from ..widgets.run_view import RunView
from ..widgets.several_buttons import SeveralButtons
from ..widgets.train_button import TrainButton
from ..widgets.train_form import TrainForm
from ..wording import translated
from .page import Page, Surroundings

_LEFT_WIDTH = 400


class TrainPage(Page):
    """The page; `show_run(name)` shows a run of the project, live or replayed from its events."""

    name = "train"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._errands = Errands(self)
        self._look: Look | None = None
        self._missing: Missing | None = None
        self._was_shown = False
        self.form, self.card = TrainForm(self), RunCard(self)
        self.button = TrainButton(self)
        self.button.clicked.connect(self.main_action)
        self.several = SeveralButtons(self)
        self.several.wanted.connect(self.go)
        self.view = RunView(around.library, self)
        self.desk = TrainingDesk(
            self.document, self.work, around.tuner, around.library, self.view, self._preferred
        )
        self._build()
        self._connect()
        self.retranslate()
        self._show_project()

    def _build(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self.form)
        column.addWidget(self.card)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QWidget(self)
        left.setMinimumWidth(_LEFT_WIDTH)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.several)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(self.view)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([_LEFT_WIDTH + 30, 740])
        self.body.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.document.opened.connect(self._opened)
        self.document.changed.connect(self._changed)
        self.around.settings.changed.connect(self._preferences_changed)
        self.document.runs_changed.connect(self._name_next)
        self.document.runs_changed.connect(self._look_around)
        self.work.started.connect(self._work_changed)
        self.work.ended.connect(self._work_changed)
        self.desk.changed.connect(self._refresh)
        self.desk.failed.connect(self._failed)
        self.form.model_wanted.connect(self._choose_model)
        self.form.models_asked.connect(self._ask_for_models)
        self.form.method_wanted.connect(self._choose_method)
        self.form.preset_wanted.connect(self._choose_preset)
        self.form.value_wanted.connect(self._set_value)
        self.form.own_value_wanted.connect(self._set_own_value)
        self.form.task_value_wanted.connect(self._set_task_value)
        self.form.seed_wanted.connect(self._set_seed)
        self.form.run.changed.connect(self._refresh)
        self.form.wrong_changed.connect(self._refresh)
        self.view.status.evaluate_asked.connect(self._evaluate)

    # ---- what the frame asks

    def texts(self) -> tuple[str, str]:
        return (
            self.tr("Train"),
            self.tr("Choose a model and a way to tune it, and watch it learn from your rows."),
        )

    def state(self) -> tuple[str, str]:
        if self.desk.live:
            return "", self.tr("{run} is training").format(run=self.desk.live)
        if self._missing is not None:
            return "needs", self.button.missing_in_words(self._missing)
        if self._look is not None and self._look.finished:
            return "done", self.tr("A run is finished.")
        return "", self.tr("Ready to train.")

    def shown(self) -> None:
        self.view.load_curves()
        if not self._was_shown or self._look is None:
            self._was_shown = True
            self._look_around()

    @Slot()
    def main_action(self) -> None:
        """Train, or go where what is missing can be given."""
        self._refresh()
        if self._missing is None:
            if not self.work.busy:
                self.notices.clear()
                self.desk.train(self.form.run.wanted)
                if self.desk.live:
                    self.form.run.clear()
        elif self._missing.page:
            self.go.emit(self._missing.page)
        elif self._missing.kind == "name":
            self.form.run.line.setFocus()
            self.form.run.line.selectAll()
        elif self._missing.kind == "settings":
            self.form.focus_on_wrong()
        elif self._missing.kind in ("model", "refused") and not self.form.model.box.count():
            self._ask_for_models()
        elif self._missing.kind in ("model", "refused"):
            self.form.model.box.setFocus()
            self.form.model.box.showPopup()
        elif self._missing.kind == "method":
            self.form.method.box.setFocus()

    # ---- the project and what is found out about it

    @Slot()
    def _opened(self) -> None:
        self.notices.clear()
        self._show_project(force=True)

    def _show_project(self, force: bool = False) -> None:
        self.form.setEnabled(self.document.project is not None)
        self.form.show_file(self._file, force)
        self.several.set_task(self.document.file.task)
        if force:
            self.form.run.clear()
        self._name_next()
        self._refresh()

    @property
    def _file(self) -> ProjectFile:
        """The project as it would be trained now: with the preferences where it says nothing."""
        return in_force(self.document.file, self._preferred())

    def _preferred(self) -> dict[str, Any]:
        settings: AppSettings = self.around.settings
        return settings.training

    @Slot(str)
    def _preferences_changed(self, name: str) -> None:
        if name in ("device", "threads"):
            self._show_project()

    @Slot()
    def _name_next(self) -> None:
        """The name that the next run gets, now that runs or methods are others."""
        project = self.document.project
        runs = None if project is None else project.runs_folder
        self.form.run.set_project(runs, self.document.file.method)

    @Slot(object)
    def _changed(self, names: tuple[str, ...]) -> None:
        self.form.show_file(self._file)
        self.several.set_task(self.document.file.task)
        if "method" in names:
            self._name_next()
        self._refresh()

    @Slot()
    def _look_around(self) -> None:
        """Ask for models, devices and earlier runs in a thread; not before the page was seen."""
        if not self._was_shown:
            return
        project = self.document.project
        runs = None if project is None else project.runs_folder
        tuner, library, busy = self.around.tuner, self.around.library, self.work.busy
        self._errands.run(
            "look",
            lambda _: look_around(tuner, library, runs, busy),
            self._looked,
            self._failed,
        )

    def _looked(self, look: Look) -> None:
        if not look.devices and self._look is not None:
            look = Look(look.cards, self._look.devices, look.lessons, look.finished)
        self._look = look
        self.form.set_found(look.cards, look.devices)
        self._refresh()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.notices.error(error)

    def library_changed(self) -> None:
        """The models dialog added or removed something."""
        self._look_around()

    # ---- edits

    @Slot(str)
    def _choose_model(self, name: str) -> None:
        self.document.edit(self.tr("choose a model"), model=name)

    @Slot(str)
    def _choose_method(self, name: str) -> None:
        self.document.edit(self.tr("choose a method"), method=name, method_settings={})

    @Slot(str)
    def _choose_preset(self, name: str) -> None:
        new = with_preset(self.document.file.training, name)
        self.document.edit(self.tr("choose a preset"), training=new)

    @Slot(str, object)
    def _set_value(self, name: str, value: Any) -> None:
        training = self.document.file.training
        new = with_value(training, TrainingSettings, name, value, self._preferred())
        text = self._change_of(TrainingSettings, name)
        self.document.edit(text, merge=f"training.{name}", training=new)

    @Slot(str, object)
    def _set_own_value(self, name: str, value: Any) -> None:
        settings = METHODS[self.document.file.method].settings
        new = with_value(self.document.file.method_settings, settings, name, value)
        text = self._change_of(settings, name)
        self.document.edit(text, merge=f"method.{name}", method_settings=new)

    @Slot(str, object)
    def _set_task_value(self, name: str, value: Any) -> None:
        task = task_of(self.document.file)
        if task is not None:
            new = with_value(self.document.file.task_settings, task.settings, name, value)
            text = self._change_of(task.settings, name)
            self.document.edit(text, merge=f"task.{name}", task_settings=new)

    @Slot(str, object)
    def _set_seed(self, name: str, value: int) -> None:
        self.document.edit(self._change_of(Chance, name), merge="seed", seed=value)

    def _change_of(self, settings: Any, name: str) -> str:
        label = next(field.label for field in fields_of(settings) if field.name == name)
        return self.tr("change \u201c{setting}\u201d").format(setting=translated("settings", label))

    @Slot()
    def _ask_for_models(self) -> None:
        self.go.emit("models")

    # ---- what is missing, what will happen

    @Slot()
    def _refresh(self) -> None:
        """Button, card and badge from what is known now."""
        file = self._file if self.document.project is not None else None
        cards = None if self._look is None else {card.name: card for card in self._look.cards}
        refused = {}
        for name, card in (cards or {}).items():
            if card.refusal is not None:
                refused[name] = card.refusal.error()
        name_error = self.form.run.error
        self._missing = missing(file, cards, refused, len(self.form.wrong), name_error)
        if self._missing is None and self.form.method.why_not:
            self._missing = Missing("method")
        plan = self._plan()
        self.card.show_plan(plan)
        self.form.model.set_fit(
            plan.memory_bytes if plan else 0,
            bool(plan and plan.memory_measured),
            self.form.device.free_bytes,
        )
        other = self.work.title if self.work.busy else ""
        self.button.show_state(self._missing, self.desk.live, other)
        self.state_changed.emit()

    def _plan(self) -> Plan | None:
        project = self.document.project
        if project is None:
            return None
        try:
            project = Project(project.folder, self._file)
            settings = settings_of(project.file)
        except UserError:
            return None
        card = self.form.model.card
        lessons = () if self._look is None else self._look.lessons
        parameters = card.parameters if card is not None else 0
        return plan_of(project, settings, parameters, lessons, self.form.run.wanted)

    # ---- runs

    def show_run(self, run_name: str) -> None:
        """Show a run of the project: the one at work as it goes on, another one replayed."""
        self.desk.show_run(run_name)

    @Slot()
    def ask_to_stop(self) -> None:
        """Say what stopping means, and stop if that is wanted."""
        self.desk.ask_to_stop()

    @Slot(str)
    def _work_changed(self, _: str) -> None:
        self._refresh()

    @Slot()
    def _evaluate(self) -> None:
        self.go.emit("evaluate")
