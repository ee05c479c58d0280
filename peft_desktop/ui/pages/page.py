"""What every page is: a title, a sentence, a place for errors, and the work below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...core.ports import Tuner
from ..document import Document
from ..theme import as_title
from ..widgets.notices import Notices
from ..work import Work


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page is given: nothing is fetched from globals."""

    document: Document
    work: Work
    tuner: Tuner
    settings: Any  # ui.settings.AppSettings
    library: Any  # the model library: list(), get(name), path(name) -> ModelCard


class Page(QWidget):
    """One page of the story. Subclasses build into `self.body` and fill in the texts.

    `state` for the side bar: "done", "needs" or "" with one sentence; `state_changed` tells that
    it may be new. `go(page_name)` asks the window to show another page.
    """

    name = ""
    state_changed = Signal()
    go = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.document, self.work = around.document, around.work
        self._title = QLabel(self)
        self._title.setObjectName("pageTitle")
        as_title(self._title)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self.notices = Notices(self)
        self.body = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        layout.addWidget(self.notices)
        layout.addLayout(self.body, 1)

    def state(self) -> tuple[str, str]:
        """Mark and sentence for the side bar."""
        return "", ""

    def texts(self) -> tuple[str, str]:
        """Title and sentence in the language in force."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text of the page anew; called once by the page itself and at each change."""
        title, sentence = self.texts()
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(title)

    def main_action(self) -> None:
        """What Ctrl+Return does here."""

    def shown(self) -> None:
        """Called when the page comes to the front: heavy things are loaded now, not before."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
