"""Which trained model answers: a run of the open project, or one of a project that stays closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from ..predicting_desk import Model
from ..wording import tip

_NAME_SHOWN = 40  # characters


def short(name: str) -> str:
    return name if len(name) <= _NAME_SHOWN else name[:_NAME_SHOWN] + "…"


class TrainedChoice(QWidget):
    """`chosen`: another model is in force; `picked(run name)`: the user chose a run of the open
    project. `other_asked` and `train_asked`: its buttons."""

    chosen = Signal()
    picked = Signal(str)
    other_asked = Signal()
    train_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: list[Model] = []
        self._others: list[Model] = []
        self._wanted = ""
        self._has_project = self._quiet = False
        self._head, self.box = QLabel(self), QComboBox(self)
        self.box.setMinimumContentsLength(28)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._head.setBuddy(self.box)
        self.other, self.train = QPushButton(self), QPushButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._head, self.box, self.other, self.train):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.box.currentIndexChanged.connect(self._on_index)
        self.other.clicked.connect(self.other_asked)
        self.train.clicked.connect(self.train_asked)
        self.retranslate()

    @property
    def models(self) -> list[Model]:
        return [*self._own, *self._others]

    @property
    def model(self) -> Model | None:
        """The one that answers."""
        place = self.box.currentIndex()
        return self.models[place] if 0 <= place < len(self.models) else None

    def set_project(self, has_project: bool) -> None:
        """Another project is open, or none; its models come with `set_own`."""
        self._has_project, self._wanted = has_project, ""
        self.set_own([])
        self.retranslate()

    def set_own(self, models: list[Model]) -> None:
        """The models of the open project; the one that was chosen stays, else the newest."""
        before, wanted = self.model, self._wanted
        self._own = models
        self._fill(
            lambda model: bool(wanted) and not model.project and model.run.name == wanted,
            lambda model: before is not None and model.folder == before.folder,
        )

    def add_others(self, models: list[Model]) -> None:
        """Models of a project that is not open; the first of them is chosen."""
        known = {model.folder.resolve() for model in self.models}
        self._others += [model for model in models if model.folder.resolve() not in known]
        self._wanted = ""
        first = models[0].folder.resolve()
        self._fill(lambda model: model.folder.resolve() == first)

    def choose(self, run_name: str) -> None:
        """This run of the open project, as soon as it is known."""
        self._wanted = run_name
        for place, model in enumerate(self._own):
            if model.run.name == run_name and place != self.box.currentIndex():
                self._quiet = True
                self.box.setCurrentIndex(place)
                self._quiet = False
                self.chosen.emit()

    def _fill(self, *wishes: Callable[[Model], bool]) -> None:
        models = self.models
        self._quiet = True
        self.box.clear()
        for place, model in enumerate(models):
            self.box.addItem(self._called(model))
            self.box.setItemData(place, tip(str(model.folder)), Qt.ItemDataRole.ToolTipRole)
        found = (place for wish in wishes for place, model in enumerate(models) if wish(model))
        self.box.setCurrentIndex(next(found, 0) if models else -1)
        self._quiet = False
        self.box.setEnabled(bool(models))
        self.train.setVisible(not models)
        self.chosen.emit()

    def _called(self, model: Model) -> str:
        if not model.project:
            return short(model.run.name)
        return self.tr("{run} (project {project})").format(
            run=short(model.run.name), project=short(model.project)
        )

    @Slot(int)
    def _on_index(self, _: int) -> None:
        model = self.model
        if self._quiet or model is None:
            return
        self._wanted = "" if model.project else model.run.name
        self.chosen.emit()
        if self._wanted:
            self.picked.emit(self._wanted)

    def retranslate(self) -> None:
        self._head.setText(self.tr("&Model:"))
        self.box.setAccessibleName(self.tr("Model"))
        self.box.setToolTip(self.tr("The run whose model answers, the newest on top."))
        self.other.setText(self.tr("&Use a model of another project..."))
        self.other.setToolTip(
            self.tr("Predicts with a run of a project that stays closed; nothing in it changes.")
        )
        self.train.setText(
            self.tr("Tr&ain a model first")
            if self._has_project
            else self.tr("Open &a project first")
        )
        self.train.setToolTip(self.tr("Without a trained model there is no answer."))
        for place, model in enumerate(self.models):
            self.box.setItemText(place, self._called(model))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
