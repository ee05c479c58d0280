"""What a shoot-out shall compare: methods, models, prompts, seeds, and the budget of each run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from ...core.project import ProjectFile
from ...core.recipe import PromptSpec
from ...methods import METHODS
from ..model_words import family_in_words, parameters_in_words
from ..queue_choices import Choices, PromptChoice, why_not
from ..shoot_out_desk import Wish
from ..wording import in_words, number, translated
from .number_box import NumberBox
from .probe_table import in_one_line, words_in_line
from .seeds_line import SeedsLine
from .tick_list import Tick, TickList

_FIRST_METHODS = ("lora", "head_only")  # beside the project's own
_MOST_STEPS = 1_000_000


def prompt_ticks(prompts: Sequence[PromptChoice], own: str, tried: str) -> list[Tick]:
    """A line for each prompt, by its place; `own` and `tried` are what is said of such."""
    found = []
    lines = [in_one_line(choice.prompt.template) for choice in prompts]
    for place, choice in enumerate(prompts):
        title = lines[place]
        if lines.count(title) > 1:
            title = f"{title}  {words_in_line(choice.prompt)}"
        notes = [own] if choice.origin == "own" else []
        if choice.accuracy is not None:
            notes.append(tried.format(share=number(choice.accuracy, 2)))
        if notes:
            title = f"{title}  ({', '.join(notes)})"
        about = f"{choice.prompt.template}\n{words_in_line(choice.prompt)}"
        found.append(Tick(str(place), title, about))
    return found


class ShootOutForm(QWidget):
    """`changed`: another wish. `set_choices` tells what there is to choose from."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file, self._choices = ProjectFile(), Choices({})
        self._steps = 0
        self._prompts: list[PromptChoice] = []
        self.methods = TickList(len(METHODS), self)
        self.models, self.prompts = TickList(4, self), TickList(4, self)
        self.seeds = SeedsLine(self)
        self.steps = NumberBox(_MOST_STEPS, 50, self)
        self.test_rows = NumberBox(0, 100, self)
        self._heads = [QLabel(self) for _ in range(6)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(4)
        for head, ticks in zip(
            self._heads, (self.methods, self.models, self.prompts), strict=False
        ):
            head.setBuddy(ticks)
            layout.addWidget(head)
            layout.addWidget(ticks)
            ticks.changed.connect(self._ticked)
        numbers = QFormLayout()
        for head, field in zip(
            self._heads[3:], (self.seeds, self.steps, self.test_rows), strict=True
        ):
            head.setBuddy(field)
            numbers.addRow(head, field)
        layout.addLayout(numbers)
        self.seeds.changed.connect(self.changed)
        self.steps.valueChanged.connect(self.changed)
        self.test_rows.valueChanged.connect(self.changed)
        self.retranslate()

    @property
    def wish(self) -> Wish:
        seeds = self.seeds.seeds
        return Wish(
            methods=tuple(self.methods.ticked()),
            models=tuple(self.models.ticked()),
            prompts=tuple(self._chosen_prompts()),
            seeds=None if seeds is None else tuple(seeds),
            steps=self.steps.number,
            test_rows=self.test_rows.number,
        )

    def _chosen_prompts(self) -> list[PromptSpec]:
        return [self._prompts[int(key)].prompt for key in self.prompts.ticked()]

    def set_choices(self, file: ProjectFile, choices: Choices, own_steps: int) -> None:
        """What there is, and `own_steps` of a training as the project has them.

        What was ticked stays ticked where it is still there; at first it is the project's own.
        """
        before, first = self.wish, not self._choices.cards
        self._file, self._choices, self._steps = file, choices, own_steps
        self._prompts = list(choices.prompts)
        self.test_rows.setMaximum(len(file.splits.get("test", ())))
        models = list(before.models) if before.models and not first else [file.model]
        methods = list(before.methods)
        if first or not methods:
            methods = list(dict.fromkeys((file.method, *_FIRST_METHODS)))
        wanted = list(before.prompts) if before.prompts else []
        places = [str(n) for n, choice in enumerate(self._prompts) if choice.prompt in wanted]
        self._fill(methods, models, places or ["0"])

    def _fill(self, methods: list[str], models: list[str], prompts: list[str]) -> None:
        self.models.fill(self._model_ticks(), models)
        self._fill_methods(methods)
        own, tried = self.tr("the project's"), self.tr("untrained {share}")
        self.prompts.fill(prompt_ticks(self._prompts, own, tried), prompts)
        self.steps.setSpecialValueText(
            self.tr("as in the project: {count}").format(count=number(self._steps))
        )
        rows = len(self._file.splits.get("test", ()))
        self.test_rows.setSpecialValueText(self.tr("all: {count}").format(count=number(rows)))

    def _fill_methods(self, ticked: list[str]) -> None:
        chosen = [self._choices.cards[name] for name in self.models.ticked()]
        ticks = []
        for name, method in METHODS.items():
            reason = why_not(name, chosen, self._file.task)
            ticks.append(
                Tick(
                    name,
                    translated("methods", method.title),
                    translated("methods", method.summary),
                    "" if reason is None else in_words(reason),
                )
            )
        self.methods.fill(ticks, ticked)

    def _model_ticks(self) -> list[Tick]:
        found = []
        for name, card in self._choices.cards.items():
            if card.refusal is not None:
                found.append(Tick(name, name, why_not=card.refusal.error().in_words(translated)))
                continue
            kind = family_in_words(card.family)
            size = parameters_in_words(card.parameters)
            title = f"{card.title or name}  ({kind}, {size})"
            found.append(Tick(name, title, f"{name}: {kind}, {size}"))
        return found

    @Slot()
    def _ticked(self) -> None:
        if self.sender() is self.models:  # other models, other methods
            self._fill_methods(self.methods.ticked())
        self.changed.emit()

    def retranslate(self) -> None:
        titles = (
            (self.tr("&Methods"), self.tr("Ways to fine-tune; those that cannot say why.")),
            (
                self.tr("Mod&els"),
                self.tr("Base models of the library; every method is trained on each."),
            ),
            (
                self.tr("&Prompts"),
                self.tr("The project's prompt, what you tried before, and those of the bank."),
            ),
            (self.tr("See&ds"), ""),
            (
                self.tr("Steps e&ach"),
                self.tr(
                    "The same budget for every training: steps at most; one ends earlier when the "
                    "validation rows are answered no better."
                ),
            ),
            (
                self.tr("Test &rows"),
                self.tr(
                    "A fixed sample of so many test rows judges all; fewer are faster and tell "
                    "less."
                ),
            ),
        )
        fields = (self.methods, self.models, self.prompts, self.seeds, self.steps, self.test_rows)
        for head, field, (title, about) in zip(self._heads, fields, titles, strict=True):
            head.setText(title)
            if about:
                field.setAccessibleName(title.replace("&", ""))
                field.setToolTip(about)
        self._fill(self.methods.ticked(), self.models.ticked(), self.prompts.ticked())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
