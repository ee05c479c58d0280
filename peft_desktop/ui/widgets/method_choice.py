"""Choices with one sentence each: the method, the preset, the device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...core.presets import PRESETS
from ...methods import METHODS
from ..wording import in_words, plain, size, tip, translated
from .editors import QuietComboBox


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its key, its title, one sentence, and why it cannot be chosen."""

    key: str
    title: str
    summary: str
    why_not: str = ""


class ExplainedChoice(QWidget):
    """A combo box, and under it the sentence of what is chosen. `chosen(key)` by the user."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._options: list[Option] = []
        self.box = QuietComboBox(self)
        self.box.setMinimumContentsLength(20)
        self.box.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.activated.connect(self._taken)
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.box)
        layout.addWidget(self.about)
        self.setFocusProxy(self.box)
        self.retranslate()

    def options(self) -> list[Option]:
        """What there is, in the language in force."""
        raise NotImplementedError

    def names(self) -> tuple[str, str]:
        """Accessible name and tool tip."""
        raise NotImplementedError

    def set_chosen(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self.refill()

    def refill(self) -> None:
        self._options = self.options()
        model = self.box.model()
        with QSignalBlocker(self.box):
            self.box.clear()
            for place, option in enumerate(self._options):
                said = f"\u2716 {option.title}" if option.why_not else option.title
                self.box.addItem(said, option.key)
                about = option.why_not or option.summary or option.title
                self.box.setItemData(place, tip(about), Qt.ItemDataRole.ToolTipRole)
                if option.why_not and isinstance(model, QStandardItemModel):
                    model.item(place).setEnabled(False)
            self.box.setCurrentIndex(self.box.findData(self._key))
        self._describe()

    def _describe(self) -> None:
        found = next((option for option in self._options if option.key == self._key), None)
        said = "" if found is None else found.summary
        if found is not None and found.why_not:
            said = f"\u2716 {found.why_not}"
        self.about.setText(said)
        self.about.setVisible(bool(said))

    def _taken(self, place: int) -> None:
        key = str(self.box.itemData(place))
        if key != self._key:
            self._key = key
            self._describe()
            self.chosen.emit(key)

    def retranslate(self) -> None:
        name, about = self.names()
        self.box.setAccessibleName(name)
        self.box.setToolTip(about)
        self.refill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class MethodChoice(ExplainedChoice):
    """How to fine-tune; those that do not go with model and task are dead, with the reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._family, self._task = "", "classification"
        super().__init__(parent)

    def set_model(self, family: str, task: str) -> None:
        """ "" for a family that is not known yet: everything is believed."""
        if (family, task) != (self._family, self._task):
            self._family, self._task = family, task
            self.refill()

    def options(self) -> list[Option]:
        found = []
        for name, method in METHODS.items():
            reason = method.supports(self._family, self._task) if self._family else None
            found.append(
                Option(
                    name,
                    translated("methods", method.title),
                    translated("methods", method.summary),
                    "" if reason is None else in_words(reason),
                )
            )
        if self._key and self._key not in METHODS:
            unknown = self.tr("This version of the program does not know this method.")
            found.append(Option(self._key, self._key, "", unknown))
        return found

    @property
    def why_not(self) -> str:
        """Why the chosen method cannot be used, in words; "" when it can."""
        return next((o.why_not for o in self._options if o.key == self._key), "")

    def names(self) -> tuple[str, str]:
        return (
            self.tr("Method"),
            self.tr("Which weights are trained: all of them, or a few beside frozen ones (PEFT)."),
        )


class PresetChoice(ExplainedChoice):
    """A named set of settings; "" is the user's own."""

    def options(self) -> list[Option]:
        found = [
            Option(p.name, translated("settings", p.title), translated("settings", p.summary))
            for p in PRESETS.values()
        ]
        if not self._key:
            own = self.tr("The settings below, as you changed them.")
            found.append(Option("", self.tr("Your own"), own))
        return found

    def names(self) -> tuple[str, str]:
        return (
            self.tr("Preset"),
            self.tr("Fills in the settings below; device, length and the like stay as they are."),
        )


class DeviceChoice(ExplainedChoice):
    """Where to compute, with free memory, and why some place cannot be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._devices: Sequence[dict[str, Any]] = ()
        super().__init__(parent)

    def set_devices(self, devices: Sequence[dict[str, Any]]) -> None:
        self._devices = devices
        self.refill()

    @property
    def free_bytes(self) -> int:
        """Free memory of the chosen device; 0 when it is not known."""
        found = self._device(self._key)
        return int(found["free_bytes"]) if found else 0

    def _device(self, key: str) -> dict[str, Any] | None:
        usable = [device for device in self._devices if not device["why_not"]]
        if key in ("", "auto"):  # as the engine chooses: a GPU first
            gpus = [device for device in usable if device["name"] != "cpu"]
            return next(iter(gpus or usable), None)
        return next((device for device in usable if device["name"] == key), None)

    def options(self) -> list[Option]:
        automatic = self._device("auto")
        said = self.tr("Automatic")
        if automatic is not None:
            said = self.tr("Automatic: {device}").format(device=self._in_words(automatic))
        found = [Option("auto", said, "")]
        for device in self._devices:
            why_not = translated("engine", device["why_not"]) if device["why_not"] else ""
            title = self._title(device)
            if not why_not:
                title = f"{title}: {self._in_words(device)}"
            found.append(Option(device["name"], title, "", why_not))
        if self._key not in {option.key for option in found}:
            why_not = ""
            if self._devices:
                why_not = self.tr("This machine has no device of this name.")
            found.append(Option(self._key, self._key, "", why_not))
        return found

    def _title(self, device: dict[str, Any]) -> str:
        name = str(device["name"])
        if name == "cpu":
            return self.tr("Processor (cpu)")
        if name == "mps":
            return self.tr("Apple GPU (mps)")
        return self.tr("Graphics card ({name})").format(name=name)

    def _in_words(self, device: dict[str, Any]) -> str:
        return self.tr("{free} of {total} free, {title}").format(
            title=device["title"] or device["name"],
            free=size(device["free_bytes"]),
            total=size(device["total_bytes"]),
        )

    def names(self) -> tuple[str, str]:
        return (
            self.tr("Device"),
            self.tr("Where to compute; automatic takes a graphics card where there is one."),
        )
