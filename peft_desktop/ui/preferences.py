"""Preferences: language, theme, device, threads, folders, and where the work is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ..core.places import home, home_is_fixed, models_folder
from ..core.ports import Tuner
from ..core.runs import size_of
from .errands import Errands
from .questions import Questions
from .settings import THEMES, TUNERS, AppSettings
from .translations import NAMES
from .wording import plain, size, tip, translated, without_key


class Preferences(QDialog):
    """Collects values; OK puts them into the settings, which tell whoever listens.

    `move_wanted(folder)`: the data is to be kept there; the dialog closes, for that takes long.
    `busy`: something is at work, which may be using the data.
    """

    move_wanted = Signal(str)

    def __init__(
        self,
        settings: AppSettings,
        tuner: Tuner,
        parent: QWidget | None = None,
        *,
        questions: Questions | None = None,
        busy: bool = False,
    ) -> None:
        super().__init__(parent)
        self._settings, self._busy = settings, busy
        self._questions = questions or Questions(self)
        self._errands = Errands(self)
        self._devices: list[dict[str, Any]] = []
        self.language = _choice(self, ("", *NAMES), settings.language)
        self.theme = _choice(self, THEMES, settings.theme)
        self.device = _choice(self, ("auto",), settings.device)
        self.threads = QSpinBox(self)
        self.threads.setRange(0, 1024)
        self.threads.setValue(settings.threads)
        self.tuner = _choice(self, TUNERS, settings.tuner)
        self.projects = QLineEdit(str(settings.projects_folder), self)
        self._browse = QPushButton(self)
        self._browse.clicked.connect(self._choose_folder)
        projects = QHBoxLayout()
        projects.addWidget(self.projects, 1)
        projects.addWidget(self._browse)
        self.data = QLineEdit(str(home()), self)
        self.data.setReadOnly(True)
        self._show = QPushButton(self)
        self._show.clicked.connect(self._show_data)
        data = QHBoxLayout()
        data.addWidget(self.data, 1)
        data.addWidget(self._show)
        self.move_data = QPushButton(self)
        self.move_data.setEnabled(not busy and not home_is_fixed())
        self.move_data.clicked.connect(self._choose_data_folder)
        data.addWidget(self.move_data)
        self._form = QFormLayout()
        self._labels: dict[QWidget, QLabel] = {}
        for field, row in (
            (self.language, self.language),
            (self.theme, self.theme),
            (self.device, self.device),
            (self.threads, self.threads),
            (self.tuner, self.tuner),
            (self.projects, projects),
            (self.data, data),
        ):
            label = QLabel(self)
            label.setBuddy(field)
            self._labels[field] = label
            self._form.addRow(label, row)
        self._note = plain(QLabel(self))
        self._note.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addWidget(self._note)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(560)
        self.retranslate()
        self._errands.run("devices", lambda ask: tuner.devices(), self._on_devices, _ignored)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Preferences"))
        texts = {
            self.language: (
                self.tr("&Language"),
                self.tr("The language of the window; it changes at once."),
            ),
            self.theme: (self.tr("&Theme"), self.tr("Light, dark, or as the system is.")),
            self.device: (
                self.tr("&Device"),
                self.tr("Where new trainings compute: auto takes a GPU where there is one."),
            ),
            self.threads: (
                self.tr("T&hreads"),
                self.tr("Processor cores for new trainings, 0 to 1024; 0 takes all physical ones."),
            ),
            self.tuner: (
                self.tr("&Work in"),
                self.tr(
                    "A process of its own cannot take the window along when it fails; a thread "
                    "needs less memory."
                ),
            ),
            self.projects: (
                self.tr("&New projects"),
                self.tr("The folder in which new projects are made."),
            ),
            self.data: (
                self.tr("D&ata folder"),
                self.tr("Holds models, settings and logs. Projects are where you put them."),
            ),
        }
        for field, (name, said) in texts.items():
            self._labels[field].setText(name)
            field.setToolTip(tip(said))
            field.setAccessibleName(without_key(name))
            field.setAccessibleDescription(said)
        names = {
            "": self.tr("As the system"),
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "auto": self.tr("auto"),
            "worker": self.tr("a process of its own (safer)"),
            "thread": self.tr("a thread of the window"),
            **NAMES,
        }
        for box in (self.language, self.theme, self.device, self.tuner):
            for place in range(box.count()):
                box.setItemText(place, names.get(box.itemData(place), box.itemText(place)))
        self._show_devices()
        self.threads.setSpecialValueText(self.tr("all cores"))
        self._browse.setText(self.tr("&Choose..."))
        self._browse.setToolTip(self.tr("Chooses the folder for new projects."))
        self._show.setText(self.tr("&Show"))
        self._show.setToolTip(self.tr("Opens the folder in the system's file manager."))
        self.move_data.setText(self.tr("&Move..."))
        said = self.tr(
            "Copies models and settings to another folder, which is used from then on. Projects "
            "and the old folder stay."
        )
        if home_is_fixed():
            said = self.tr("PEFT_DESKTOP_HOME says where it is; change it there.")
        elif self._busy:
            said = self.tr("Wait until the work that is going on is done.")
        self.move_data.setToolTip(tip(said))
        self._note.setText(
            self.tr("Device and threads are defaults: a project that says otherwise keeps its own.")
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def accept(self) -> None:
        for name, box in (
            ("theme", self.theme),
            ("device", self.device),
            ("tuner", self.tuner),
            ("language", self.language),
        ):
            self._settings.put(name, box.currentData())
        self._settings.put("threads", str(self.threads.value()))
        folder = self.projects.text().strip()
        if folder and Path(folder) != self._settings.projects_folder:
            self._settings.put("projects_folder", folder)
        super().accept()

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for new projects"), self.projects.text()
        )
        if chosen:
            self.projects.setText(chosen)

    @Slot()
    def _choose_data_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for models and settings"), self.data.text()
        )
        if chosen:
            self.move_to(Path(chosen))

    def move_to(self, folder: Path) -> None:
        """Say what moves and what stays, and ask for it if that is wanted."""
        if self._questions.move_data(home(), folder, size(size_of(models_folder()))):
            self.move_wanted.emit(str(folder))
            self.accept()

    @Slot()
    def _show_data(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(home())))

    def _on_devices(self, devices: list[dict[str, Any]]) -> None:
        self._devices = devices
        self._show_devices()

    def _show_devices(self) -> None:
        for device in self._devices:
            name = device["name"]
            place = self.device.findData(name)
            if place < 0:
                self.device.addItem(name, name)
                place = self.device.count() - 1
            free = size(device["free_bytes"])
            why_not = translated("engine", device["why_not"]) if device["why_not"] else ""
            said = why_not or self.tr("{title}, {free} free").format(
                title=device["title"], free=free
            )
            self.device.setItemText(place, f"{name}: {said}")
            item = self.device.model().item(place)  # type: ignore[attr-defined]
            item.setEnabled(not device["why_not"])
            item.setToolTip(tip(said))


def _choice(parent: QWidget, values: tuple[str, ...], now: str) -> QComboBox:
    box = QComboBox(parent)
    for value in values if now in values else (*values, now):
        box.addItem(value, value)
    box.setCurrentIndex(box.findData(now))
    return box


def _ignored(error: Exception) -> None:
    """Without devices the choice stays what it was."""
