"""The left side of the Train page: model, method, preset, device, settings. It shows a project
file and says what the user wants changed; it changes nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from ...core.fields import Settings
from ...core.project import ProjectFile
from ...core.recipe import TrainingSettings
from ...core.steps import longest_reading
from ...methods import METHODS
from ...methods.contract import Facts
from ..training_plan import preset_of
from ..wording import translated
from .fields_form import FieldsForm
from .fold import Fold
from .method_choice import DeviceChoice, MethodChoice, PresetChoice
from .model_choice import ModelChoice


class TrainForm(QWidget):
    """Signals name what the user wants: `model_wanted(name)`, `method_wanted(name)`,
    `preset_wanted(name)`, `value_wanted(name, value)` of a training setting (the device too),
    `own_value_wanted(name, value)` of the method's own. `wrong_changed()`: see `wrong`."""

    model_wanted = Signal(str)
    models_asked = Signal()
    method_wanted = Signal(str)
    preset_wanted = Signal(str)
    value_wanted = Signal(str, object)
    own_value_wanted = Signal(str, object)
    wrong_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = ProjectFile()
        self.model, self.method = ModelChoice(self), MethodChoice(self)
        self.preset, self.device = PresetChoice(self), DeviceChoice(self)
        self.main = FieldsForm(TrainingSettings, self, main=True)
        self.more = FieldsForm(TrainingSettings, self, main=False, without=("device",))
        self.own: FieldsForm | None = None
        self._own_of = ""
        self._own_title = QLabel(self)
        inside = QWidget(self)
        self._more_layout = QVBoxLayout(inside)
        self._more_layout.setContentsMargins(12, 0, 0, 0)
        self._more_layout.addWidget(self._own_title)
        self._more_layout.addWidget(self.more)
        self.fold = Fold(inside, self)
        self._choices: dict[str, QLabel] = {}
        choices = QFormLayout()
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in ("model", "method", "preset", "device"):
            widget = getattr(self, name)
            label = self._choices[name] = QLabel(self)
            label.setBuddy(widget.box)
            choices.addRow(label, widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(choices)
        layout.addWidget(self.main)
        layout.addWidget(self.fold)
        self.model.chosen.connect(self.model_wanted)
        self.model.models_asked.connect(self.models_asked)
        self.method.chosen.connect(self.method_wanted)
        self.preset.chosen.connect(self._preset_chosen)
        self.device.chosen.connect(self._device_chosen)
        for form in (self.main, self.more):
            form.edited.connect(self.value_wanted)
            form.wrong_changed.connect(self.wrong_changed)
        self.retranslate()

    @property
    def wrong(self) -> list[str]:
        """The settings whose text is no value."""
        own = [] if self.own is None else self.own.wrong
        return [*self.main.wrong, *own, *self.more.wrong]

    def show_file(self, file: ProjectFile, force: bool = False) -> None:
        """Show a project's choices; `force`: it is another project, what is being typed goes."""
        self._file = file
        self.model.set_chosen(file.model)
        self.method.set_chosen(file.method)
        self.preset.set_chosen(preset_of(file.training))
        self.device.set_chosen(str(file.training.get("device", "auto")))
        for form in (self.main, self.more):
            form.set_values(file.training, force)
        self._show_own(force)
        self._show_hints()

    def set_found(self, cards: Sequence[Any], devices: Sequence[dict[str, Any]]) -> None:
        """What the look around found."""
        self.model.set_cards(cards)
        if devices:
            self.device.set_devices(devices)
        self._show_hints()

    def focus_on_wrong(self) -> None:
        """Put the cursor into the first field that needs correcting."""
        for form in (self.main, self.own, self.more):
            if form is not None and form.wrong:
                if form is not self.main:
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
                self._more_layout.insertWidget(1, self.own)
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

    def retranslate(self) -> None:
        for name, said in (
            ("model", self.tr("&Model")),
            ("method", self.tr("Metho&d")),
            ("preset", self.tr("Prese&t")),
            ("device", self.tr("De&vice")),
        ):
            self._choices[name].setText(said)
        self.fold.set_texts(
            self.tr("More &settings"),
            self.tr("The method's own settings, the optimizer, the loss, length and checkpoints."),
        )
        self._titles()
        self._show_hints()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _has_fields(settings: type[Settings]) -> bool:
    return bool(settings.model_fields)
