"""Editors for one setting each: a number, a choice, a tick, a text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from ...core.errors import UserError
from ...core.fields import Field, Settings, parsed
from ...core.words import QT_TRANSLATE_NOOP
from ..wording import translated

# the choices that stand in settings, as they are said
CHOICES = {
    "adamw": "AdamW",
    "adam": "Adam",
    "sgd": "SGD",
    "linear": QT_TRANSLATE_NOOP("settings", "linear"),
    "cosine": QT_TRANSLATE_NOOP("settings", "cosine"),
    "constant": QT_TRANSLATE_NOOP("settings", "constant"),
    "shared": QT_TRANSLATE_NOOP("settings", "shared"),
    "separate": QT_TRANSLATE_NOOP("settings", "separate"),
    "auto": QT_TRANSLATE_NOOP("settings", "automatic"),
    "all": QT_TRANSLATE_NOOP("settings", "all linear layers"),
    "attention": QT_TRANSLATE_NOOP("settings", "attention only"),
    "task": QT_TRANSLATE_NOOP("settings", "the prompt's words"),
    "labels": QT_TRANSLATE_NOOP("settings", "the label words"),
    "vocabulary": QT_TRANSLATE_NOOP("settings", "random words"),
    "own_text": QT_TRANSLATE_NOOP("settings", "a text of yours"),
    "random": QT_TRANSLATE_NOOP("settings", "random numbers"),
    "mlp": "MLP",
    "lstm": "LSTM",
}
UNITS = {
    "tokens": QT_TRANSLATE_NOOP("settings", "tokens"),
    "steps": QT_TRANSLATE_NOOP("settings", "steps"),
}


class QuietComboBox(QComboBox):
    """A combo box that the wheel of the mouse passes by: it would change unseen while scrolling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class ValueLine(QLineEdit):
    """A number or a text, read as the command line reads it; the arrow keys step whole numbers.

    `edited(value)` for what the setting takes, `refused()` for anything else.
    """

    edited = Signal(object)
    refused = Signal()

    def __init__(self, settings: type[Settings], field: Field, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._settings, self._field = settings, field
        if field.kind is not str:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(self._read)

    def value(self) -> Any:
        """The value in force; raises UserError when the text is none."""
        text = self.text().strip()
        if self._field.kind is float and "." not in text:
            text = text.replace(",", ".")  # as half the world writes it
        if not text and self._field.optional:
            return None
        return parsed(self._settings, self._field.name, text)

    def set_value(self, value: Any) -> None:
        self.setText(written(value))

    def _read(self) -> None:
        try:
            value = self.value()
        except UserError:
            self.refused.emit()
        else:
            self.edited.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if self._field.kind is int and event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        try:
            value = self.value()
        except UserError:
            return
        low = self._field.low
        base = value if value is not None else (low or 0) - by
        moved = int(base) + by
        if low is not None:
            moved = max(int(low), moved)
        self.setText(str(moved))
        self._read()


class ChoiceBox(QuietComboBox):
    """One of a few values, shown in words."""

    edited = Signal(object)

    def __init__(self, field: Field, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._choices = field.choices
        for choice in field.choices:
            self.addItem(choice, choice)
        self.activated.connect(lambda _: self.edited.emit(self.currentData()))

    def set_value(self, value: Any) -> None:
        self.setCurrentIndex(self.findData(value))

    def retranslate(self) -> None:
        for place, choice in enumerate(self._choices):
            self.setItemText(place, translated("settings", CHOICES.get(choice, choice)))


class Tick(QCheckBox):
    edited = Signal(object)

    def __init__(self, field: Field, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.clicked.connect(lambda on: self.edited.emit(bool(on)))

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))


Editor = ValueLine | ChoiceBox | Tick


def editor_for(settings: type[Settings], field: Field, parent: QWidget | None) -> Editor:
    """The editor of a setting by its kind."""
    if field.choices:
        return ChoiceBox(field, parent)
    if field.kind is bool:
        return Tick(field, parent)
    return ValueLine(settings, field, parent)


def written(value: Any) -> str:
    """A value as one types it: 0.0005 as 5e-4, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:.10g}"
        if "e" in text:
            head, _, power = text.partition("e")
            return f"{head}e{int(power)}"
        return f"{value * 10**4:g}e-4" if 0 < abs(value) < 0.001 else text
    return str(value)
