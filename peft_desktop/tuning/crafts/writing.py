"""Writing answers token by token: several rows at once, what is read already kept in a cache.

Rows stand right-aligned, so that all of them get their next token in the same column; a row that
has ended leaves the batch when half of it has. A stop waits for one step at most.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch
from torch import Tensor

from ...core.events import Progressed, Tick, Wrote
from ...prompts.reading import Reading
from ...tasks.generation import WritingSettings
from ..batches import inputs_of, scoring_order
from ..scoring import computing
from .contract import Work
from .writing_model import WritingModel

_MOST_ROWS, _MOST_TOKENS = 24, 1024  # of a batch


class Allowed(Protocol):
    """Which tokens may come next: of row `row`, behind the tokens `said`; None: all may."""

    def __call__(self, row: int, said: Sequence[int]) -> Sequence[int] | Tensor | None: ...


@dataclass(slots=True)
class Written:
    """One answer. `ended`: by the model or the stop text, not by its length; `probability` is the
    geometric mean of its tokens' probabilities, 1 for an empty answer."""

    text: str = ""
    ids: list[int] = field(default_factory=list)
    ended: bool = False
    logs: float = 0.0

    @property
    def probability(self) -> float:
        count = len(self.ids) + self.ended
        return float(torch.tensor(self.logs / max(1, count)).exp())


def written(
    model: WritingModel,
    readings: Sequence[Reading],
    settings: WritingSettings,
    device: torch.device,
    precision: str,
    *,
    seed: int = 0,
    allowed: Allowed | None = None,
    stream: bool = False,
    quiet: bool = True,
) -> Work[list[Written]]:
    """An answer for each reading, in their order. `stream`: tell each as it grows (`Wrote`)."""
    found = [Written() for _ in readings]
    was_training = model.training
    model.eval()
    done, told = 0, time.monotonic()
    try:
        lengths = [len(reading.ids) for reading in readings]
        for places in scoring_order(lengths, _MOST_ROWS, _MOST_TOKENS):
            writer = _Writer(model, settings, device, precision, seed, allowed)
            begun = time.monotonic()
            for _ in writer.steps(places, [readings[place] for place in places], found):
                if stream and (time.monotonic() - begun > 0.03 or writer.over):
                    begun = time.monotonic()
                    for place in places:
                        yield Wrote(
                            found[place].text or model.plan.tokens.text(found[place].ids), place
                        )
                elif not quiet and time.monotonic() - told > 0.5:
                    told = time.monotonic()
                    yield Progressed(done, len(readings))
                else:
                    yield Tick()
            done += len(places)
            if not quiet:
                yield Progressed(done, len(readings))
    finally:
        model.train(was_training)
    return found


class _Writer:
    """One batch on its way; `over` when all of its rows have ended."""

    def __init__(
        self,
        model: WritingModel,
        settings: WritingSettings,
        device: torch.device,
        precision: str,
        seed: int,
        allowed: Allowed | None,
    ) -> None:
        self.model, self.settings, self.device = model, settings, device
        self.precision, self.seed, self.allowed = precision, seed, allowed
        self.stop = settings.stop.replace("\\n", "\n")
        self.over = False
        self.cache: Any = None
        self.mask = torch.zeros(0)
        self.states = torch.zeros(0)

    def steps(
        self, places: Sequence[int], readings: Sequence[Reading], found: list[Written]
    ) -> Any:
        """A generator that stops after every token of the batch."""
        alive = list(places)
        ends = set(self.model.plan.ends)
        draws = {
            place: torch.Generator().manual_seed(hash((self.seed, place)) % 2**63)
            for place in (places if self.settings.temperature else ())
        }
        with torch.inference_mode(), computing(self.device, self.precision):
            logits = self._read(readings)
        room = self.model.plan.context - max(len(reading.ids) for reading in readings)
        most = self.settings.max_new_tokens
        if not self.model.plan.decodes_apart:
            most = max(1, min(most, room))
        for step in range(most):
            logs = self._filtered(logits, alive, found)
            chosen = self._chosen(logs, alive, draws)
            over: set[int] = set()
            sure = torch.log_softmax(logs, dim=-1)
            for number, place in enumerate(alive):
                answer, token = found[place], chosen[number]
                answer.logs += float(sure[number, token])
                if token in ends:
                    answer.ended = True
                    over.add(number)
                    continue
                answer.ids.append(token)
                if self.stop and self._stopped(answer):
                    over.add(number)
            self.over = len(over) == len(alive) or step == most - 1
            if self.over:
                break
            yield
            if over:
                keep = [n for n in range(len(alive)) if n not in over]
                alive, chosen = [alive[n] for n in keep], [chosen[n] for n in keep]
                self._keep(keep)
            with torch.inference_mode(), computing(self.device, self.precision):
                logits = self._next(chosen)
        for place in places:
            answer = found[place]
            answer.text = (answer.text or self.model.plan.tokens.text(answer.ids)).strip()
        yield

    def _stopped(self, answer: Written) -> bool:
        said = self.model.plan.tokens.text(answer.ids)
        at = said.find(self.stop)
        if at < 0:
            return False
        answer.text, answer.ended = said[:at], True
        return True

    def _filtered(self, logits: Tensor, alive: Sequence[int], found: list[Written]) -> Tensor:
        """The logits [B, V] after the repetition penalty (Keskar et al. 2019, arXiv:1909.05858)
        and without tokens that are not allowed."""
        logs = logits.float().cpu().clone()
        penalty = self.settings.repetition_penalty
        for number, place in enumerate(alive):
            ids = found[place].ids
            if penalty > 1.0 and ids:
                said = torch.tensor(sorted(set(ids)))
                values = logs[number, said]
                logs[number, said] = torch.where(values > 0, values / penalty, values * penalty)
            few = None if self.allowed is None else self.allowed(place, ids)
            if few is not None:
                kept = torch.full_like(logs[number], -torch.inf)
                index = few if isinstance(few, Tensor) else torch.tensor(list(few))
                kept[index] = logs[number, index]
                logs[number] = kept
        return logs

    def _chosen(
        self, logs: Tensor, alive: Sequence[int], draws: dict[int, torch.Generator]
    ) -> list[int]:
        if not self.settings.temperature:
            return [int(token) for token in logs.argmax(dim=-1)]
        shares = torch.softmax(logs / self.settings.temperature, dim=-1)
        if self.settings.top_p < 1.0:
            ordered, order = shares.sort(dim=-1, descending=True)
            ahead = ordered.cumsum(dim=-1) - ordered
            ordered = ordered.masked_fill(ahead >= self.settings.top_p, 0.0)
            shares = torch.zeros_like(shares).scatter(-1, order, ordered)
        return [
            int(torch.multinomial(shares[number], 1, generator=draws[place]))
            for number, place in enumerate(alive)
        ]

    # -- the model, with its cache ---------------------------------------------------------------

    def _read(self, readings: Sequence[Reading]) -> Tensor:
        model, plan = self.model, self.model.plan
        inputs = inputs_of(readings, plan.pad_id, self.device)
        if plan.decodes_apart:
            self.states, self.mask = model.hidden(inputs), inputs.mask
            begin = torch.tensor([plan.begin] * len(readings), device=self.device)
            return self._decode(begin)
        width = inputs.ids.shape[1]
        # right-aligned: every row's padding is turned round to its front
        counts = inputs.mask.sum(1, keepdim=True)
        turned = (torch.arange(width, device=self.device) + counts) % width
        soft = None if inputs.soft is None else inputs.soft.gather(1, turned)
        self.mask = inputs.mask.gather(1, turned)
        return self._ask(inputs.ids.gather(1, turned), soft)

    def _ask(self, ids: Tensor, soft: Tensor | None = None) -> Tensor:
        model = self.model
        backbone = model.family.backbone(model.model)
        taken = inspect.signature(backbone.forward).parameters
        more: dict[str, Any] = {"attention_mask": self.mask.long()}
        if "position_ids" in taken:
            places = (self.mask.long().cumsum(1) - 1).clamp(min=0)
            more["position_ids"] = places[:, -ids.shape[1] :]
        said = backbone(
            **model._embedded(ids, soft), past_key_values=self.cache, use_cache=True, **more
        )
        self.cache = said.past_key_values
        return model.told(said[0][:, -1])

    def _decode(self, ids: Tensor) -> Tensor:
        more: dict[str, Any] = {}
        if not bool(self.mask.all()):
            more["encoder_attention_mask"] = self.mask.long()
        said = self.model.model.decoder(
            input_ids=ids,
            encoder_hidden_states=self.states,
            past_key_values=self.cache,
            use_cache=True,
            **more,
        )
        self.cache = said.past_key_values
        return self.model.told(said.last_hidden_state[:, -1])

    def _next(self, chosen: Sequence[int]) -> Tensor:
        ids = torch.tensor(chosen, device=self.device).unsqueeze(1)
        if self.model.plan.decodes_apart:
            return self._decode(ids)
        self.mask = torch.cat([self.mask, self.mask.new_ones((len(chosen), 1))], dim=1)
        return self._ask(ids)

    def _keep(self, rows: Sequence[int]) -> None:
        index = torch.tensor(rows, device=self.device)
        self.cache.batch_select_indices(index)
        self.mask = self.mask[index]
        if self.states.numel():
            self.states = self.states[index]
