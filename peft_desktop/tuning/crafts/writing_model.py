"""A model that writes: prompts and targets as tokens, and the loss of a target's tokens.

    L = -(1/N) sum over rows, sum_t log P(y_t | prompt, x, y_1 .. y_t-1)

N counts the target tokens of the whole step, each row's end token included: it is how the model
learns to stop. Decoder-only models read prompt and target in one sequence; encoder-decoders read
the prompt and write the target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ...core.errors import UserError
from ...core.recipe import PromptSpec
from ...core.words import QT_TRANSLATE_NOOP
from ...families.contract import Family, Inputs
from ...methods.contract import Prepared
from ...prompts.chat import ChatFrame
from ...prompts.reading import Reader, Reading
from ...prompts.segments import after_slot, begins_with_slot, up_to_slot
from ...prompts.soft import placed
from ...prompts.template import Column, Literal, check, written
from ...prompts.tokens import Tokens
from ...tasks.generation import WritingSettings
from ..batches import inputs_of
from ..prefix import Prefix
from ..tuned_model import TunedModel

SUFFIX_LEFT_OUT = QT_TRANSLATE_NOOP(
    "engine",
    'The text after the slot ("{suffix}") is left out: the answer is written at the end of the '
    "prompt.",
)


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A prompt's reading and the target's tokens, the end token among them; `cut_target` tokens of
    the target were left out, and then also its end token."""

    reading: Reading
    target: tuple[int, ...]
    cut_target: int = 0


@dataclass(slots=True)
class WritingPlan:
    """How rows are read and targets written with one tokenizer.

    `ends`: the tokens that end an answer, the first being the one that is learnt. `begin`: what an
    encoder-decoder's decoder is given first; empty for decoder-only models. `space`: a blank goes
    before the target; `start`: it begins a text.
    """

    tokens: Tokens
    reader: Reader
    length: int
    context: int
    pad_id: int
    ends: tuple[int, ...]
    begin: tuple[int, ...] = ()
    space: bool = False
    start: bool = False
    soft_ids: tuple[int, ...] = ()
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def decodes_apart(self) -> bool:
        return bool(self.begin)

    def prompts(self, rows: Sequence[Mapping[str, str]], reserve: int = 0) -> list[Reading]:
        """The prompts alone, with room for `reserve` tokens behind them."""
        return self._read(rows, [0 if self.decodes_apart else reserve] * len(rows))

    def with_targets(
        self, rows: Sequence[Mapping[str, str]], targets: Sequence[str]
    ) -> list[WrittenRow]:
        """Prompts with their targets. A prompt's text is cut where both do not fit; a target that
        takes more than half of the room is cut itself."""
        most = self.length if self.decodes_apart else max(1, self.length // 2)
        said = [self.target_ids(target) for target in targets]
        kept = [ids[:most] for ids in said]
        reserve = [0 if self.decodes_apart else len(ids) - 1 for ids in kept]
        readings = self._read(rows, reserve)
        return [
            WrittenRow(reading, ids, len(whole) - len(ids))
            for reading, ids, whole in zip(readings, kept, said, strict=True)
        ]

    def target_ids(self, target: str) -> tuple[int, ...]:
        ids = self.tokens.word_ids(target, self.space, start=self.start)
        return (*ids, *self.ends[:1])

    def _read(self, rows: Sequence[Mapping[str, str]], reserve: Sequence[int]) -> list[Reading]:
        found = self.reader.read_many(rows)
        for place, (row, room) in enumerate(zip(rows, reserve, strict=True)):
            if room and len(found[place].ids) + room > self.length:
                self.reader.reserve = room
                try:
                    found[place] = self.reader.read(row)
                finally:
                    self.reader.reserve = 0
        return found


def writing_plan(
    family: Family,
    tokens: Tokens,
    prompt: PromptSpec,
    columns: Sequence[str],
    text_column: str,
    length: int,
    *,
    label_column: str | None = None,
    frame: ChatFrame | None = None,
    ahead: int = 0,
    context: int | None = None,
    decoder_start: int | None = None,
) -> WritingPlan:
    """The plan of a prompt whose `{mask}` is where the answer goes.

    `frame`: the model's chat template around it; `ahead`: soft tokens in front;
    `decoder_start`: an encoder-decoder's first token. Raises UserError for a template that does
    not fit.
    """
    if prompt.also:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "A model that writes is given one template."),
            QT_TRANSLATE_NOOP("engine", "Take the further templates out."),
            field="template",
        )
    template = check(
        prompt.template, columns, prompt.parameters, text_column, label_column=label_column
    )
    rest = after_slot(template)
    before, after = list(tokens.before), list(tokens.after)
    begin: tuple[int, ...] = ()
    slot_ids: list[int] = []
    warnings: list[tuple[str, dict[str, Any]]] = []
    apart = family.name == "seq2seq"
    suffix = "".join(p.text if isinstance(p, Literal) else written(p) for p in rest)
    if apart and any(c.isalnum() for c in suffix) and tokens.sentinel_id is not None:
        # the answer is a gap in the text: T5's own span filling
        slot_ids = [tokens.sentinel_id]
        begin = (decoder_start or 0, tokens.sentinel_id)
    else:
        if any(isinstance(part, Column) for part in rest):
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The slot stands before the text, but the answer is written after it."
                ),
                QT_TRANSLATE_NOOP("engine", "Put {slot} at the end of the template."),
                field="template",
                slot="{mask}",
            )
        if suffix.strip(" \n.。!！"):
            warnings.append((SUFFIX_LEFT_OUT, {"suffix": suffix.strip()}))
        template = up_to_slot(template)
        if apart:
            begin = (decoder_start or 0,)
    space = _blank_before(template) and not frame and not (apart and not slot_ids)
    begins = begins_with_slot(template)
    template, soft_ids = placed(template, tokens, 0)
    ends = [tokens.eos_id] if tokens.eos_id is not None else []
    if frame is not None:
        before = tokens.marked_ids(frame.before) or before
        after = tokens.marked_ids(frame.after, start=False)
        ends = [*tokens.marked_ids(frame.end.strip(), start=False)[:1], *ends]
    elif not apart:
        after = []
    reader = Reader(
        template,
        prompt.parameters,
        tokens,
        length,
        before=before,
        after=after,
        slot_ids=slot_ids,
        ahead=0 if soft_ids else ahead,
    )
    pad = tokens.pad_id if tokens.pad_id is not None else tokens.eos_id
    return WritingPlan(
        tokens=tokens,
        reader=reader,
        length=length,
        context=max(length, context or length),
        pad_id=pad or 0,
        ends=tuple(dict.fromkeys(ends)),
        begin=begin,
        space=space,
        start=(apart and not slot_ids) or (begins and frame is None),
        soft_ids=soft_ids,
        warnings=warnings,
    )


def _blank_before(template: Any) -> bool:
    slot = template.slot
    if not slot:
        return False
    part = template.parts[slot - 1]
    return isinstance(part, Literal) and part.text.endswith(" ")


@dataclass(slots=True)
class WritingBatch:
    """B rows: what is read, and the N target tokens with the row and place they are told at.

    `said` [B, L]: what an encoder-decoder's decoder reads, None otherwise.
    """

    inputs: Inputs
    rows: Tensor
    places: Tensor
    targets: Tensor
    size: int
    said: Tensor | None = None


class Told(NamedTuple):
    """Logits [N, V] of the target tokens, float32."""

    logits: Tensor


class WritingModel(TunedModel):
    """A language model that is trained to write targets; `forward` gives their tokens' logits."""

    def __init__(
        self,
        family: Family,
        plan: WritingPlan,
        prepared: Prepared,
        prefix: Prefix | None,
        settings: WritingSettings,
    ) -> None:
        super().__init__(family, prepared, prefix)
        self.plan = plan
        self.settings = settings

    @property
    def warnings(self) -> list[tuple[str, dict[str, Any]]]:
        return self.plan.warnings

    def batch(self, rows: Sequence[WrittenRow], device: torch.device) -> WritingBatch:
        """Rows padded to their longest."""
        plan = self.plan
        numbers: list[int] = []
        places: list[int] = []
        targets: list[int] = []
        readings: list[Reading] = []
        for number, row in enumerate(rows):
            reading, target = row.reading, row.target
            first = len(plan.begin) - 1
            if not plan.decodes_apart:
                first = len(reading.ids) - 1
                ids = (*reading.ids, *target[:-1])
                reading = Reading(ids, (), (), 0, (), reading.soft)
            readings.append(reading)
            numbers += [number] * len(target)
            places += range(first, first + len(target))
            targets += target
        said = None
        if plan.decodes_apart:
            told = [(*plan.begin, *row.target[:-1]) for row in rows]
            longest = max(map(len, told))
            # padding stands behind and is seen by nothing that counts
            said = torch.tensor(
                [[*ids, *[plan.pad_id] * (longest - len(ids))] for ids in told], device=device
            )
        return WritingBatch(
            inputs_of(readings, plan.pad_id, device),
            torch.tensor(numbers, device=device),
            torch.tensor(places, device=device),
            torch.tensor(targets, device=device),
            len(rows),
            said,
        )

    def forward(self, batch: WritingBatch) -> Told:
        states = self.hidden(batch.inputs)
        if batch.said is not None:
            states = self.decoded(batch.said, states, batch.inputs.mask)
        return Told(self.told(states[batch.rows, batch.places]))

    def told(self, states: Tensor) -> Tensor:
        """Logits [N, V] in float32 of last states [N, H]."""
        logits = self.family.vocabulary(self.model, states)
        assert logits is not None
        return logits

    def decoded(self, said: Tensor, states: Tensor, mask: Tensor, **more: Any) -> Tensor:
        """An encoder-decoder's states [B, L, H] for what is said [B, L] so far."""
        if not bool(mask.all()):
            more["encoder_attention_mask"] = mask.long()
        found: Tensor = self.model.decoder(
            input_ids=said, encoder_hidden_states=states, use_cache=False, **more
        ).last_hidden_state
        return found
