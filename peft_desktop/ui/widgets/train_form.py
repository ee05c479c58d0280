"""The left side of the Train page: model, method, preset, device, settings. It shows a project
file and says what the user wants changed; it changes nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ...core.fields import Settings
from ...core.project import ProjectFile
from ...core.recipe import TrainingSettings
from ...core.steps import longest_reading
from ...methods import METHODS
from ...methods.contract import Facts
from ..task_prompts import task_of
from ..training_plan import Chance, preset_of
from ..wording import translated
from .fields_form import FieldsForm
from .fold import Fold
from .method_choice import DeviceChoice, ExplainedChoice, MethodChoice, PresetChoice
from .model_choice import ModelChoice
from .train_name import RunName


class TrainForm(QWidget):
    """Signals name what the user wants: `model_wanted(name)`, `method_wanted(name)`,
    `preset_wanted(name)`, `value_wanted(name, value)` of a training setting (the device too),
    `own_value_wanted(name, value)` of the method's own, `seed_wanted("seed", value)`.
    `wrong_changed()`: see `wrong`. `run` names the next run."""

    model_wanted = Signal(str)
    models_asked = Signal()
    method_wanted = Signal(str)
    preset_wanted = Signal(str)
    value_wanted = Signal(str, object)
    own_value_wanted = Signal(str, object)
    task_value_wanted = Signal(str, object)
    seed_wanted = Signal(str, object)
    wrong_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = ProjectFile()
        self.model, self.method = ModelChoice(self), MethodChoice(self)
        self.preset, self.device = PresetChoice(self), DeviceChoice(self)
        self.main = FieldsForm(TrainingSettings, self, main=True)
        self.seed, self.run = FieldsForm(Chance, self), RunName(self)
        self.more = FieldsForm(TrainingSettings, self, main=False, without=("device",))
        self.own: FieldsForm | None = None
        self._own_of = ""
        self._own_title = QLabel(self)
        self.of_task: FieldsForm | None = None
        self._task = ""
        self._task_title = QLabel(self)
        inside = QWidget(self)
        self._more_layout = QVBoxLayout(inside)
        self._more_layout.setContentsMargins(12, 0, 0, 0)
        self._more_layout.addWidget(self._task_title)
        self._more_layout.addWidget(self._own_title)
        self._more_layout.addWidget(self.more)
        self.fold = Fold(inside, self)
        self._choices: dict[str, QLabel] = {}
        choices, named = QGridLayout(), QGridLayout()
        for grid in (choices, named):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(1, 1)
        for place, name in enumerate(("model", "method", "preset", "device")):
            widget: ModelChoice | ExplainedChoice = getattr(self, name)
            label = self._label(name, widget.box)
            # the label beside the box, the sentence below it
            choices.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            choices.addWidget(widget, place, 1)
            label.setMinimumHeight(widget.box.sizeHint().height())
        label = self._label("run", self.run.line)
        named.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
        named.addWidget(self.run, 0, 1)
        label.setMinimumHeight(self.run.line.sizeHint().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(choices)
        layout.addWidget(self.main)
        layout.addWidget(self.seed)
        layout.addLayout(named)
        layout.addWidget(self.fold)
        self.model.chosen.connect(self.model_wanted)
        self.model.models_asked.connect(self.models_asked)
        self.method.chosen.connect(self.method_wanted)
        self.preset.chosen.connect(self._preset_chosen)
        self.device.chosen.connect(self._device_chosen)
        for form in (self.main, self.more):
            form.edited.connect(self.value_wanted)
        self.seed.edited.connect(self.seed_wanted)
        for form in (self.main, self.seed, self.more):
            form.wrong_changed.connect(self.wrong_changed)
        self.retranslate()

    def _label(self, name: str, buddy: QWidget) -> QLabel:
        label = self._choices[name] = QLabel(self)
        label.setBuddy(buddy)
        return label

    @property
    def wrong(self) -> list[str]:
        """The settings whose text is no value."""
        own = [] if self.own is None else self.own.wrong
        of_task = [] if self.of_task is None else self.of_task.wrong
        return [*self.main.wrong, *self.seed.wrong, *of_task, *own, *self.more.wrong]

    def show_file(self, file: ProjectFile, force: bool = False) -> None:
        """Show a project's choices; `force`: it is another project, what is being typed goes."""
        self._file = file
        self.model.set_chosen(file.model)
        self.method.set_chosen(file.method)
        self.preset.set_chosen(preset_of(file.training))
        self.device.set_chosen(str(file.training.get("device", "auto")))
        for form in (self.main, self.more):
            form.set_values(file.training, force)
        self.seed.set_values({"seed": file.seed}, force)
        self._show_task(force)
        self._show_own(force)
        self._show_hints()

    def _show_task(self, force: bool) -> None:
        """The task's own settings: decoding, thresholds, windows of long texts."""
        task = task_of(self._file)
        if self._task != self._file.task or (task is not None and self.of_task is None):
            self._task = self._file.task
            if self.of_task is not None:
                self._more_layout.removeWidget(self.of_task)
                self.of_task.deleteLater()
                self.of_task = None
                self.wrong_changed.emit()
            if task is not None and _has_fields(task.settings):
                self.of_task = FieldsForm(task.settings, self)
                self.of_task.edited.connect(self.task_value_wanted)
                self.of_task.wrong_changed.connect(self.wrong_changed)
                self._more_layout.insertWidget(1, self.of_task)
            self._titles()
        for name in ("weight_prompt", "weight_fine_tune"):
            self.main.set_shown(name, task is None or task.two_losses)
        if self.of_task is not None:
            self.of_task.set_values(self._file.task_settings, force)

    def set_found(self, cards: Sequence[Any], devices: Sequence[dict[str, Any]]) -> None:
        """What the look around found."""
        self.model.set_cards(cards)
        if devices:
            self.device.set_devices(devices)
        self._show_hints()

    def focus_on_wrong(self) -> None:
        """Put the cursor into the first field that needs correcting."""
        for form in (self.main, self.seed, self.of_task, self.own, self.more):
            if form is not None and form.wrong:
                if form in (self.of_task, self.own, self.more):
                    self.fold.button.setChecked(True)
                form.rows[form.wrong[0]].editor.setFocus()
                return

    def _show_own(self, force: bool) -> None:
        method = METHODS.get(self._file.method)
        if self._own_of != self._file.method:
            self._own_of = self._file.method
            if self.own is not None:
                self._more_layout.removeWidget(self.own)
                self.own.deleteLater()
                self.own = None
                self.wrong_changed.emit()
            if method is not None and _has_fields(method.settings):
                self.own = FieldsForm(method.settings, self)
                self.own.edited.connect(self.own_value_wanted)
                self.own.wrong_changed.connect(self.wrong_changed)
                place = self._more_layout.indexOf(self._own_title) + 1
                self._more_layout.insertWidget(place, self.own)
            self._titles()
        if self.own is not None:
            self.own.set_values(self._file.method_settings, force)

    def _show_hints(self) -> None:
        """The method's own defaults in empty fields; steps are off where epochs are set."""
        card = self.model.card
        method = METHODS.get(self._file.method)
        family = card.family if card is not None else ""
        self.method.set_model(family, self._file.task)
        defaults: dict[str, Any] = {}
        if method is not None and card is not None and card.refusal is None:
            facts = Facts(family, card.architecture, card.parameters, card.hidden_size or 0)
            defaults = {
                "learning_rate": method.learning_rate(facts),
                "head_learning_rate": method.head_learning_rate(facts),
                "max_length": longest_reading(card.context_length),
            }
        self.main.set_defaults(defaults)
        self.more.set_defaults(defaults)
        off = ""
        if self._file.training.get("epochs") is not None:
            off = self.tr("Not used while epochs are set.")
        self.main.set_off("max_steps", off)

    @Slot(str)
    def _preset_chosen(self, name: str) -> None:
        if name:
            self.preset_wanted.emit(name)

    @Slot(str)
    def _device_chosen(self, name: str) -> None:
        self.value_wanted.emit("device", name)

    def _titles(self) -> None:
        method = METHODS.get(self._file.method)
        title = translated("methods", method.title) if method is not None else ""
        self._own_title.setText(self.tr("Settings of {method}").format(method=title))
        self._own_title.setVisible(self.own is not None)
        task = task_of(self._file)
        named = translated("engine", task.title) if task is not None else ""
        self._task_title.setText(self.tr("Settings of the task: {task}").format(task=named))
        self._task_title.setVisible(self.of_task is not None)

    def retranslate(self) -> None:
        for name, said in (
            ("model", self.tr("&Model")),
            ("method", self.tr("Meth&od")),
            ("preset", self.tr("Pre&set")),
            ("device", self.tr("Devi&ce")),
            ("run", self.tr("Run &name")),
        ):
            self._choices[name].setText(said)
        self.fold.set_texts(
            self.tr("More settin&gs"),
            self.tr("The method's own settings, the optimizer, the loss, length and checkpoints."),
        )
        self._titles()
        self._show_hints()
        self._align()

    def _align(self) -> None:
        """One column of names for the forms that stand below each other."""
        labels = [row.label for form in (self.main, self.seed) for row in form.rows.values()]
        labels.append(self._choices["run"])
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _has_fields(settings: type[Settings]) -> bool:
    return bool(settings.model_fields)
