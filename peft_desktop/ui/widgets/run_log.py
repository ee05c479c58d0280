"""What a run said: its warnings, always seen, and its log, folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ...core import events as ev
from ...core.events import Event
from ...core.words import Sentence
from ..headlines import in_words_of, scores_of
from ..phases import phase_in_words
from ..wording import in_words, number, plain
from .fold import Fold

_MOST_LINES = 5000
_MOST_WARNINGS = 3
_BETWEEN_STEPS = ("training", "evaluating", "validating")  # what they bring has lines of its own


class RunLog(QWidget):
    """Takes the events of a run; steps are for the curves and leave no line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events: list[Event] = []
        self._warnings: list[Sentence] = []
        self.warnings = plain(QLabel(self))
        self.warnings.setWordWrap(True)
        self.warnings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(_MOST_LINES)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(110)
        self.text.setMaximumHeight(160)
        self.fold = Fold(self.text, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.warnings)
        layout.addWidget(self.fold)
        self.retranslate()

    def clear(self) -> None:
        self._events, self._warnings = [], []
        self.text.clear()
        self._titles()

    def take(self, events: Sequence[Event]) -> None:
        said = [event for event in events if not isinstance(event, ev.Stepped | ev.Progressed)]
        if not said:
            return
        self._events += said
        for event in said:
            if isinstance(event, ev.Warned):
                self._warnings.append(Sentence(event.template, event.values))
        lines = [line for event in said if (line := self._line(event))]
        if lines:
            self.text.appendPlainText("\n".join(lines))
        self._titles()

    def _line(self, event: Event) -> str:
        match event:
            case ev.Started(what="training", facts=facts):
                return self._facts(facts)
            case ev.PhaseChanged(phase=phase):
                return "" if phase in _BETWEEN_STEPS else f"{phase_in_words(phase)} …"
            case ev.Evaluated():
                return self._evaluation(event)
            case ev.CheckpointSaved(step=step):
                return self.tr("Checkpoint at step {step}").format(step=number(step))
            case ev.Warned(template=template, values=values):
                return f"\u26a0 {in_words(Sentence(template, values))}"
            case ev.Resumed(step=step):
                return self.tr("Resumed at step {step}").format(step=number(step))
            case ev.Stopped():
                return self.tr("Stopped by you; the best weights so far are kept.")
            case ev.Failed(message=message):
                return f"\u2716 {message}"
            case ev.Finished():
                return self.tr("Finished.")
        return ""

    def _facts(self, facts: dict[str, object]) -> str:
        said = self.tr("Training on {device} in {precision}, {threads} threads.").format(
            device=facts.get("device", "?"),
            precision=facts.get("precision", "?"),
            threads=facts.get("threads", "?"),
        )
        trained, everything = facts.get("trained_parameters"), facts.get("all_parameters")
        if isinstance(trained, int) and isinstance(everything, int):
            said += " " + self.tr("{trained} of {all} weights are trained.").format(
                trained=number(trained), all=number(everything)
            )
        return said

    def _evaluation(self, event: ev.Evaluated) -> str:
        said = self.tr("Step {step}: validation loss {loss}").format(
            step=number(event.step), loss=number(event.loss, 4)
        )
        if "accuracy" in event.metrics:
            said += ", " + self.tr("accuracy {value}").format(
                value=number(event.metrics["accuracy"], 3)
            )
        if "macro_f1" in event.metrics:
            said += ", " + self.tr("macro F1 {value}").format(
                value=number(event.metrics["macro_f1"], 3)
            )
        if "accuracy" not in event.metrics:
            for name in scores_of(event.metrics):
                if name != "macro_f1":
                    said += f", {in_words_of(name)} {number(event.metrics[name], 3)}"
        return said + (" \u2605" if event.best else "")

    def _titles(self) -> None:
        title = self.tr("&Log")
        if self._warnings:
            title = self.tr("&Log, warnings: {count}").format(count=number(len(self._warnings)))
        self.fold.set_texts(title, self.tr("What the run told while it worked, line by line."))
        shown = [f"\u26a0 {in_words(warning)}" for warning in self._warnings[-_MOST_WARNINGS:]]
        more = len(self._warnings) - len(shown)
        if more > 0:
            shown.append(self.tr("More warnings in the log: {count}").format(count=number(more)))
        self.warnings.setText("\n".join(shown))
        self.warnings.setVisible(bool(shown))

    def retranslate(self) -> None:
        self.text.setAccessibleName(self.tr("Log of the run"))
        self.text.setToolTip(self.tr("What the run told while it worked, line by line."))
        self.text.setPlainText("\n".join(s for event in self._events if (s := self._line(event))))
        self._titles()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
