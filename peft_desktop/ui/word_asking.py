"""Asks the untrained model how likely each label word is in the slot, and remembers the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core import events as ev
from ..core.events import Event
from ..core.ports import ProbeRequest
from .pages.page import Surroundings


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a word's first token among all tokens at the slot of an empty text, from 1, and
    how probable it is there (0 to 1). `unlikely`: hard to teach from a few rows."""

    rank: int
    vocabulary: int
    prior: float
    unlikely: bool


class WordAsking(QObject):
    """`changed`: it began, came on or ended, or there are other answers."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, around: Surroundings, owner: QObject) -> None:
        super().__init__(owner)
        self._around, self._owner = around, owner
        self.at_work, self.phase = False, ""
        self.nothing = False  # the model of the last answer predicts no single words
        self._key: object = None
        self._asked: dict[str, list[str]] = {}
        self._ranks: dict[str, Rank] = {}
        around.work.started.connect(self._others)
        around.work.ended.connect(self._others)

    @property
    def why_not(self) -> str:
        """Why the model cannot be asked now; "" when it can."""
        file = self._around.document.file
        if self._around.document.project is None or not file.model:
            return self.tr("Choose a model on the Train page first.")
        if not file.labels or any(not file.prompt.words.get(label) for label in file.labels):
            return self.tr("Give every label a word first.")
        if self._around.work.busy and not self.at_work:
            return self.tr("Something else is at work; wait for its end, or stop it.")
        return ""

    def ask(self) -> bool:
        """Begin; False where that cannot be."""
        document = self._around.document
        if self.why_not or self.at_work or document.folder is None:
            return False
        file = document.file
        device = self._around.settings.device
        request = ProbeRequest(
            document.folder,
            file.model,
            (file.prompt,),
            (),
            file.roles.text,
            file.roles.label or "",
            device,
        )
        self._key, self._ranks, self.nothing = self._now(), {}, False
        self._asked = {label: list(words) for label, words in file.prompt.words.items()}
        self.at_work, self.phase = True, "starting"
        events = self._around.tuner.words(request)
        title = self.tr("asking the model about words")
        self._around.work.start(title, events, self._owner, self._take, self._ended)
        self.changed.emit()
        return True

    @Slot()
    def stop(self) -> None:
        if self.at_work:
            self._around.work.stop()

    def rank_of(self, word: str) -> Rank | None:
        """The answer about a word, if it was asked of this model under this template."""
        return self._ranks.get(word.strip()) if self._key == self._now() else None

    @property
    def said_nothing(self) -> bool:
        """Whether this model was asked and predicts no single words."""
        return self.nothing and self._key == self._now()

    def _now(self) -> object:
        document = self._around.document
        file = document.file
        parameters = tuple(sorted(file.prompt.parameters.items()))
        return document.folder, file.model, file.prompt.template, parameters

    @Slot()
    def _others(self) -> None:
        self.changed.emit()

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.PhaseChanged(phase):
                    self.phase = phase
                    self.changed.emit()
                case ev.Finished(result):
                    self._keep(result)

    def _keep(self, result: dict[str, Any]) -> None:
        found = result.get("words", [])
        self.nothing = not found
        vocabulary = int(result.get("vocabulary") or 0)
        for each in found:
            words = self._asked.get(each["label"], [])
            if each["word"] < len(words):
                self._ranks[words[each["word"]].strip()] = Rank(
                    each["rank"], vocabulary, each["prior"], bool(each["unlikely"])
                )

    def _ended(self, outcome: str) -> None:
        self.at_work = False
        if outcome == "failed" and self._around.work.error is not None:
            self.failed.emit(self._around.work.error)
        self.changed.emit()
