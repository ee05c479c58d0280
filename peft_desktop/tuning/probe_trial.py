"""A probe while it goes on: prompts in turn on a few rows, then on all, figures on the way."""

from __future__ import annotations

import random
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import ProbeRequest
from ..core.recipe import PromptSpec
from ..core.steps import longest_reading
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.baselines import baselines
from ..evaluation.prompt_ranking import in_order, judged, ranked
from ..families.contract import Encoded, Plan
from ..prompts.tokens import Tokens
from .batches import scoring_order
from .loading import set_precision
from .models import Library, ModelCard
from .probe_reading import ProbeTable, plan_of, recipe_of
from .probe_sharing import Plain, Road, answers, roads
from .prompt_model import PromptModel
from .rows import encoded_rows
from .scoring import CONTENT_FREE, computing, log_softmax
from .trained import build
from .word_finding import FAMILIES_WITH_WORDS, Found, find, has_word_slot
from .word_search import Vocabulary

FIRST = 12  # rows on which every prompt is tried before any is tried on more
TEMPLATES = 3  # the best ones, for which words are looked for
NO_SLOTS = QT_TRANSLATE_NOOP(
    "engine", 'Words cannot be found with "{model}": it does not predict single words in a slot.'
)
_TOLD_EVERY_S = 2.0
_WORK = 1.2e11  # operations of one pass on a processor: below a second, so that Stop is quick
_GPU_TOKENS = 16384


@dataclass(slots=True)
class Trial:
    """One probe while it goes on: plans, answers so far, and what could not be tried."""

    request: ProbeRequest
    card: ModelCard
    library: Library
    table: ProbeTable
    prompts: dict[int, PromptSpec] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)
    encoded: dict[int, list[Encoded]] = field(default_factory=dict)
    errors: dict[int, UserError] = field(default_factory=dict)
    answers: dict[int, np.ndarray] = field(default_factory=dict)
    done: dict[int, list[int]] = field(default_factory=dict)
    kept: dict[int, dict[str, Any]] = field(default_factory=dict)
    slots: dict[int, Tensor] = field(default_factory=dict)  # one prompt a template: [rows, H]
    tokens: Tokens | None = None
    model: PromptModel | None = None
    precision: str = "fp32"
    since: float = field(default_factory=time.monotonic)
    first_after: float | None = None
    told: int = 0  # answers behind the last figures that went out

    def read(self) -> Generator[Event, None, None]:
        """Token ids of all rows under all prompts; a prompt that does not fit says why."""
        self.tokens = Tokens(self.library.path(self.card.name))
        for number, prompt in enumerate(self.request.prompts):
            self.prompts[number] = prompt
            try:
                plan = self._planned(number)
            except UserError as error:
                self.errors[number] = error
                continue
            # inputs that say nothing are rows like all others, behind them
            free = [dict.fromkeys(self.table.columns, text) for text in CONTENT_FREE]
            self.encoded[number] = yield from encoded_rows(plan, [*self.table.rows, *free])

    def _planned(self, number: int) -> Plan:
        assert self.tokens is not None
        length = longest_reading(self.card.context_length)
        prompt, columns = self.prompts[number], self.table.columns
        plan = plan_of(self.request, prompt, self.card, self.tokens, columns, length)
        self.plans[number] = plan
        count = len(self.table.rows) + len(CONTENT_FREE)
        self.answers[number] = np.zeros((count, len(plan.labels)))
        self.done[number] = []
        return plan

    def load(self, device: torch.device) -> Generator[Event, None, None]:
        prompt = self.request.prompts[next(iter(self.plans))]
        length = longest_reading(self.card.context_length)
        recipe = recipe_of(self.request, prompt)
        model = build(recipe, self.card, self.library, self.table.columns, length)
        yield ev.Tick()
        self.precision = precision_for(self.card.family, device)
        set_precision(model, self.precision)
        model.to(device)
        model.eval()
        self.model = model
        yield ev.Tick()

    def compute(self, device: torch.device) -> Generator[Event, None, None]:
        """All prompts on a few rows and on the inputs that say nothing, then on all rows."""
        assert self.model is not None
        count = len(self.table.rows)
        some = random.Random(0).sample(range(self.table.judged), min(FIRST, self.table.judged))
        rest = sorted(set(range(count)) - set(some))
        free = range(count, count + len(CONTENT_FREE))
        ways = roads(self.model, self.plans, self.encoded)
        yield ev.Tick()
        for places in ([*some, *free], rest):
            for way in ways:
                yield from self._computed(way, places, device)
                if places:
                    yield from self._told()

    def _computed(
        self, way: Road, places: Sequence[int], device: torch.device
    ) -> Generator[Event, None, None]:
        assert self.model is not None
        lengths = way.lengths
        told = time.monotonic()
        keep = [n for n in self._templates() if has_word_slot(self.model, self.plans[n])]
        keep = keep if self.request.find_words else []
        most = most_tokens(self.model, device)
        for batch in scoring_order([lengths[place] for place in places], 64, most):
            chosen = [places[at] for at in batch]
            answered = way.scored(chosen, device)
            while True:
                with torch.inference_mode(), computing(device, self.precision):
                    number, scored = next(answered, (None, None))
                if number is None or scored is None:
                    break
                self.answers[number][chosen] = log_softmax(scored.label_logits.float())
                self.done[number] += [place for place in chosen if place < self.table.judged]
                if number in keep:
                    self._keep_slot(number, chosen, scored.slot_state)
                yield ev.Tick()
            if time.monotonic() - told > _TOLD_EVERY_S and self._free_known(way):
                told = time.monotonic()
                yield from self._told()

    def _free_known(self, way: Road) -> bool:
        free = self.answers[way.numbers[0]][len(self.table.rows) :]
        return bool((free < 0).any(axis=1).all())

    def _told(self) -> Generator[Event, None, None]:
        answered = sum(len(done) for done in self.done.values())
        if answered == self.told:
            return
        self.told = answered
        if self.first_after is None:
            self.first_after = time.monotonic() - self.since
        total = self.table.judged
        least = min(len(done) for done in self.done.values())
        yield ev.Ranked(self.ranking(), least, total)
        yield ev.Progressed(answered, total * len(self.done), "answers")

    def _templates(self) -> list[int]:
        """One prompt of each template, of those that can be tried."""
        found: dict[tuple[str, str], int] = {}
        for number in self.plans:
            prompt = self.prompts[number]
            key = (prompt.template, str(sorted(prompt.parameters.items())))
            found.setdefault(key, number)
        return list(found.values())

    def _keep_slot(self, number: int, places: list[int], states: Tensor) -> None:
        if number not in self.slots:
            self.slots[number] = torch.zeros(len(self.answers[number]), states.shape[-1])
        self.slots[number][places] = states.float().cpu()

    def _pass_for_slot(
        self, number: int, vocabulary: Vocabulary, device: torch.device
    ) -> Generator[Event, None, None]:
        """A masked model's rows once more, with the one mask of a word of one token."""
        assert self.model is not None and self.tokens is not None
        prompt = self.prompts[number]
        words = {str(n): [word] for n, word in enumerate(vocabulary.some_words(prompt))}
        length = longest_reading(self.card.context_length)
        other = prompt.model_copy(update={"words": words})
        columns = self.table.columns
        plan = plan_of(self.request, other, self.card, self.tokens, columns, length)
        free = [dict.fromkeys(columns, text) for text in CONTENT_FREE]
        encoded = yield from encoded_rows(plan, [*self.table.rows, *free])
        way = Plain(self.model, {number: plan}, {number: encoded})
        for chosen in scoring_order(way.lengths, 64, most_tokens(self.model, device)):
            with torch.inference_mode(), computing(device, self.precision):
                [(_, scored)] = way.scored(chosen, device)
            self._keep_slot(number, chosen, scored.slot_state)
            yield ev.Tick()

    def find_words(self, device: torch.device) -> Generator[Event, None, list[Found]]:
        """Words for the best templates, found on the rows kept for it; their prompts join in."""
        assert self.model is not None and self.tokens is not None
        if self.card.family not in FAMILIES_WITH_WORDS:
            yield ev.Warned(NO_SLOTS, {"model": self.card.name})
            return []
        vocabulary = Vocabulary(self.tokens)
        found = []
        for number in self._best_first()[:TEMPLATES]:
            yield ev.Tick()
            if number not in self.slots:
                yield from self._pass_for_slot(number, vocabulary, device)
            of_words = slice(self.table.judged, len(self.table.rows))
            work = find(
                self.request.find_words,
                self.model,
                vocabulary,
                self.prompts[number],
                self.plans[number],
                self.slots[number][of_words].to(device),
                self.gold(number)[of_words],
                self.encoded[number][self.table.judged].variants[0],
            )
            one = yield from self._ticking(work, device)
            found.append(one)
            for prompt in one.prompts:
                yield ev.Tick()
                self._join(prompt, number, device)
        yield from self._told()
        return found

    def _ticking(
        self, work: Generator[None, None, Found], device: torch.device
    ) -> Generator[Event, None, Found]:
        """Work that pauses, in the probe's precision, with a tick at each pause."""
        while True:
            try:
                with torch.inference_mode(), computing(device, self.precision):
                    next(work)
            except StopIteration as ended:
                found: Found = ended.value
                return found
            yield ev.Tick()

    def _best_first(self) -> list[int]:
        figures = {number: self._figures(number) for number in self._templates()}
        return sorted(figures, key=lambda number: in_order(figures[number]))

    def _join(self, prompt: PromptSpec, like: int, device: torch.device) -> None:
        """Other words in a template that was computed: its slot's states answer at once."""
        assert self.model is not None
        known = [(some.template, some.words) for some in self.prompts.values()]
        if (prompt.template, prompt.words) in known:
            return
        number = max(self.prompts) + 1
        self.prompts[number] = prompt
        self.table.gold.append(self.table.gold[like])
        plan = self._planned(number)
        states = self.slots[like].to(device)
        with torch.inference_mode(), computing(device, self.precision):
            scored = answers(self.model, plan, states[:, None])
        self.answers[number][:] = log_softmax(scored.label_logits.float())
        self.done[number] = list(range(self.table.judged))

    def ranking(self) -> list[dict[str, Any]]:
        """The prompts tried so far, best first, and those that cannot be tried."""
        entries = []
        for number, prompt in self.prompts.items():
            said: dict[str, Any] = {"template": prompt.template, "words": prompt.words}
            if prompt.virtual:
                said["virtual"] = True
            if prompt.parameters:
                said["parameters"] = prompt.parameters
            if number >= len(self.request.prompts):
                said["found"] = self.request.find_words
            if number in self.errors:
                entries.append({**said, **_refusal(self.errors[number])})
            elif self.done.get(number):
                entries.append({**said, **self._figures(number)})
        return ranked(entries)

    def _figures(self, number: int) -> dict[str, Any]:
        places = sorted(self.done[number])
        if number in self.kept and self.kept[number]["rows"] == len(places):
            return self.kept[number]
        self.kept[number] = judged(
            self.plans[number].labels,
            [self.gold(number)[place] for place in places],
            self.answers[number][places],
            self.answers[number][len(self.table.rows) :],
            complete=len(places) == self.table.judged,
        )
        return self.kept[number]

    def gold(self, number: int) -> list[int]:
        """The places of the rows' labels in a prompt's; found prompts keep those they came from."""
        return self.table.gold[number]

    def majority(self) -> dict[str, float]:
        if not self.plans:
            return {}
        number, plan = next(iter(self.plans.items()))
        gold = self.gold(number)[: self.table.judged]
        return baselines(plan.labels, gold, gold)["majority"]

    def seconds(self) -> dict[str, float]:
        """Until the first figures, and until now; loading counts, the program's start does not."""
        now = time.monotonic() - self.since
        return {"first": now if self.first_after is None else self.first_after, "all": now}


def _refusal(error: UserError) -> dict[str, Any]:
    """In English, and in the parts from which any language can be made."""
    plain = {
        name: value if isinstance(value, str | int | float) else str(value)
        for name, value in error.what.values.items()
    }
    parts = {"what": error.what.template, "do": error.do.template, "values": plain}
    return {"error": str(error), "refusal": parts}


def most_tokens(model: PromptModel, device: torch.device) -> int:
    """Tokens of one pass: on a processor as many as it computes in well under a second."""
    if device.type != "cpu":
        return _GPU_TOKENS
    backbone = model.family.backbone(model.model)
    every = sum(parameter.numel() for parameter in backbone.parameters())
    looked_up = backbone.get_input_embeddings().weight.numel()
    return max(64, min(8192, int(_WORK / (2 * max(1, every - looked_up)))))


def precision_for(family: str, device: torch.device) -> str:
    """bf16 where the device has it: nothing is trained, and the answer is wanted in seconds."""
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "fp32"
    capable = device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
    return "bf16" if capable and family == "causal" else "fp32"
