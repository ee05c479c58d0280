"""What a shoot-out will do, or what one that is kept compares, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...core.errors import UserError
from ...projects.shoot_out_plan import Refused
from ..queue_choices import MOST_SEEDS
from ..shoot_out_desk import Draft
from ..shoot_out_words import method_in_words
from ..wording import duration, number, plain, translated
from .probe_table import in_one_line

_MOST_LINES = 12


class ShootOutCard(QWidget):
    """`show_draft`, `show_refusal` and `show_plan` tell it what to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Draft | UserError | Any = None
        self._head, self.text = plain(QLabel(self)), plain(QLabel(self))
        font = self._head.font()
        font.setBold(True)
        self._head.setFont(font)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self.text)
        self.retranslate()

    def show_draft(self, draft: Draft | None) -> None:
        self._shown = draft
        self.retranslate()

    def show_refusal(self, error: UserError) -> None:
        self._shown = error
        self.retranslate()

    def show_plan(self, plan: Any) -> None:
        """A shoot-out that has begun."""
        self._shown = plan
        self.retranslate()

    def retranslate(self) -> None:
        shown = self._shown
        self._head.setText(self.tr("What will happen"))
        if shown is None:
            lines = [self.tr("Choose above what is to be compared.")]
        elif isinstance(shown, Refused):
            lines = [f"\u2716 {key}: {error.in_words(translated)}" for key, error in shown.each]
        elif isinstance(shown, UserError):
            lines = [f"\u2716 {shown.in_words(translated)}"]
        elif isinstance(shown, Draft):
            lines = self._of_draft(shown)
        else:
            self._head.setText(self.tr("What is compared"))
            lines = self._of_plan(shown)
        if len(lines) > _MOST_LINES:
            lines = [*lines[:_MOST_LINES], "\u2026"]
        self.text.setText("\n".join(lines))

    def _of_draft(self, draft: Draft) -> list[str]:
        plan = draft.plan
        rows, seeds = len(plan.rows), len(plan.seeds)
        said = self.tr("{count} trainings: {rows} combinations \u00d7 {seeds} seeds")
        lines = [said.format(count=number(rows * seeds), rows=number(rows), seeds=number(seeds))]
        lines.append(self._split(plan))
        least, most = draft.steps
        steps = number(most) if least == most else f"{number(least)}\u2013{number(most)}"
        lines.append(self.tr("Each training: {steps} steps at most").format(steps=steps))
        if draft.seconds is None:
            lines.append(self.tr("Time: known after the first training"))
        else:
            lines.append(
                self.tr("Time: at most {time}, judging by earlier runs").format(
                    time=duration(draft.seconds)
                )
            )
        lines.append(self.tr("Every training is a run of its own; stop and go on at any time."))
        if seeds < 3:
            lines.append(
                "\u26a0 " + self.tr("Fewer than three seeds: the spread tells little then.")
            )
        lines += [
            "\u26a0 " + translated("engine", warning.template).format(**warning.values)
            for warning in draft.warnings
        ]
        return lines

    def _split(self, plan: Any) -> str:
        rows = plan.data.rows
        said = self.tr(
            "The same rows for all: {train} to learn, {valid} to choose the winner, {test} to test"
        )
        counts = {name: number(len(rows.get(name, ()))) for name in ("train", "valid", "test")}
        return said.format(**counts)

    def _of_plan(self, plan: Any) -> list[str]:
        recipes = [row.recipe for row in plan.rows]
        methods = _each(method_in_words(recipe.method) for recipe in recipes)
        models = _each(recipe.model.name for recipe in recipes)
        prompts = _each(in_one_line(recipe.prompt.template) for recipe in recipes)
        joined = self.tr(", ")
        told = [self.tr("Prompt: {template}").format(template=prompts[0])]
        if len(prompts) > 1:
            said = self.tr("Prompt {number}: {template}")
            told = [said.format(number=n, template=p) for n, p in enumerate(prompts, 1)]
        seeds = joined.join(str(seed) for seed in plan.seeds[:MOST_SEEDS])
        return [
            self.tr("Methods: {names}").format(names=joined.join(methods)),
            self.tr("Models: {names}").format(names=joined.join(models)),
            *told,
            self.tr("Seeds: {seeds}").format(seeds=seeds),
            self._split(plan),
        ]

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _each(names: Any) -> Sequence[str]:
    return list(dict.fromkeys(names))
