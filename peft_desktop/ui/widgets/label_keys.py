"""Number keys that give a label: what they mean, and a filter that hears them in any view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ..wording import tip
from .flow import Flow

KEYS = "1234567890"  # one a label, the first ten
_SHOWN = 40  # characters of a label
MOST = 60  # buttons


class LabelKeys(QWidget):
    """A button for each label, the first ten with their keys. `picked(label)`.

    `listen(view)`: the number keys count there too.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[str] = []
        self._buttons: list[QPushButton] = []
        self._listening: list[QObject] = []
        self._flow = Flow(self)
        self._why_not = ""
        self.setLayout(self._flow)

    def set_labels(self, labels: Sequence[str]) -> None:
        if list(labels) == self._labels:
            return
        self._labels = list(labels)
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, label in enumerate(self._labels[:MOST]):
            button = QPushButton(self)
            button.setProperty("label", label)
            button.clicked.connect(self._on_clicked)
            button.setAutoDefault(False)
            self._buttons.append(button)
            self._flow.addWidget(button)
            button.setObjectName(f"label_{number}")
        self.retranslate()

    def set_usable(self, why_not: str) -> None:
        """`why_not`: what is missing; empty: the buttons do something."""
        self._why_not = why_not
        self.retranslate()

    @property
    def buttons(self) -> list[QPushButton]:
        return self._buttons

    def listen(self, view: QWidget) -> None:
        view.installEventFilter(self)
        self._listening.append(view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        listening = getattr(self, "_listening", ())  # gone where Python clears up before Qt does
        if watched in listening and event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            assert isinstance(event, QKeyEvent)
            label = self.label_of(event)
            if label and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if label:
                self.picked.emit(label)
                return True
        return False

    def label_of(self, event: QKeyEvent) -> str:
        """The label that a key gives; empty for other keys, and while nothing can be labelled."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.text()
        if plain or self._why_not or len(key) != 1 or key not in KEYS:
            return ""
        place = KEYS.index(key)
        return self._labels[place] if place < len(self._labels) else ""

    @Slot()
    def _on_clicked(self) -> None:
        self.picked.emit(str(self.sender().property("label")))

    def retranslate(self) -> None:
        for number, button in enumerate(self._buttons):
            label = self._labels[number]
            shown = label if len(label) <= _SHOWN else label[:_SHOWN] + "…"
            shown = shown.replace("&", "&&")
            button.setText(f"{KEYS[number]}  {shown}" if number < len(KEYS) else shown)
            button.setEnabled(not self._why_not)
            about = self.tr("Gives the row the label “{label}”.").format(label=label)
            if number < len(KEYS):
                about += " " + self.tr("Key: {key}").format(key=KEYS[number])
            button.setToolTip(tip(self._why_not or about))
            button.setAccessibleName(self.tr("Label {label}").format(label=label))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
