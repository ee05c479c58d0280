"""Which base model: all of the library, whether it fits into memory, and why one cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..wording import number, plain, size, tip, translated
from .editors import QuietComboBox

_TIGHT = 0.8  # from this share of the free memory on, it may still be too much


class ModelChoice(QWidget):
    """`chosen(name)` when the user takes a model; `models_asked()` for the models dialog."""

    chosen = Signal(str)
    models_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: Sequence[Any] | None = None
        self._name = ""
        self._needed, self._measured, self._free = 0, False, 0
        self.box = QuietComboBox(self)
        self.box.setMinimumContentsLength(20)
        self.box.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.activated.connect(self._taken)
        self.more = QPushButton(self)
        self.more.clicked.connect(self.models_asked)
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.addWidget(self.box, 1)
        line.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(line)
        layout.addWidget(self.about)
        self.setFocusProxy(self.box)
        self.retranslate()

    def set_cards(self, cards: Sequence[Any]) -> None:
        """What the library holds; empty is possible."""
        self._cards = cards
        self._fill()

    def set_chosen(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self._fill()

    def set_fit(self, needed: int, measured: bool, free: int) -> None:
        """Bytes that training would take, whether a run measured them, and bytes that are free
        (0: not known)."""
        self._needed, self._measured, self._free = needed, measured, free
        self._describe()

    @property
    def card(self) -> Any | None:
        """The chosen model's card, once the library is read."""
        return next((card for card in self._cards or () if card.name == self._name), None)

    def _fill(self) -> None:
        with QSignalBlocker(self.box):
            self.box.clear()
            for card in self._cards or ():
                sign = "" if card.refusal is None else "\u2716 "
                self.box.addItem(sign + (card.title or card.name), card.name)
                last = self.box.count() - 1
                self.box.setItemData(last, tip(self._of(card)), Qt.ItemDataRole.ToolTipRole)
            if self._name and self.box.findData(self._name) < 0:
                said = self._name
                if self._cards is not None:
                    said = "\u2716 " + self.tr("{name} (not in the library)").format(name=said)
                self.box.addItem(said, self._name)
            self.box.setCurrentIndex(self.box.findData(self._name) if self._name else -1)
        self._describe()

    def _taken(self, place: int) -> None:
        name = str(self.box.itemData(place))
        if name != self._name:
            self._name = name
            self._describe()
            self.chosen.emit(name)

    def _of(self, card: Any) -> str:
        if card.refusal is not None:
            return str(card.refusal.error().in_words(translated))
        return self.tr("{millions} million parameters, {size} on disk").format(
            millions=number(card.parameters / 1e6),
            size=size(card.size_bytes),
        )

    def _describe(self) -> None:
        card = self.card
        if self._cards is None:
            said = self.tr("Reading the library …")
        elif not self._cards:
            said = self.tr("No model is installed yet: add one with \u201cModels\u201d.")
        elif not self._name:
            said = self.tr("Choose the model that is to learn from your rows.")
        elif card is None:
            said = self.tr("This model is not in the library: add it, or choose another.")
        elif card.refusal is not None:
            said = "\u2716 " + self._of(card)
        else:
            said = "\n".join(filter(None, (self._of(card), self._badge())))
        self.about.setText(said)

    def _badge(self) -> str:
        """The fit badge: needed against free memory, by sign and words."""
        if not self._needed:
            return ""
        needed = size(self._needed)
        if not self._free:
            return self.tr("needs about {needed} of memory").format(needed=needed)
        free = size(self._free)
        if self._needed > self._free:
            said = self.tr("\u2716 needs about {needed} of memory, you have {free} free")
        elif self._needed > _TIGHT * self._free:
            said = self.tr("\u26a0 tight: needs about {needed} of memory, {free} are free")
        elif self._measured:
            said = self.tr("\u2714 fits: took {needed} of memory last time, {free} are free")
        else:
            said = self.tr("\u2714 fits: needs about {needed} of memory, {free} are free")
        return said.format(needed=needed, free=free)

    def retranslate(self) -> None:
        self.box.setAccessibleName(self.tr("Model"))
        self.box.setToolTip(
            self.tr("The pretrained model that is tuned; a mark tells which cannot be used.")
        )
        self.box.setPlaceholderText(self.tr("Choose a model"))
        self.more.setText(self.tr("Models…"))
        self.more.setToolTip(self.tr("Shows the library: add, look at or remove models."))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
