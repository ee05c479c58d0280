"""Models of the program itself on tiny folders, for the tests of this room."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import transformers

from peft_desktop.core.events import Stepped
from peft_desktop.core.recipe import PromptSpec, TrainingSettings
from peft_desktop.families import FAMILIES
from peft_desktop.families.contract import Encoded, PlanSettings
from peft_desktop.families.ensemble import plan_for
from peft_desktop.methods import METHODS
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.tuning.batches import RowBatch, batch_of, rows_of
from peft_desktop.tuning.crafts import CRAFTS
from peft_desktop.tuning.loading import load_prompt_model
from peft_desktop.tuning.loop import Fit, Trainee, fit, groups_of_places
from peft_desktop.tuning.loss import Weights
from peft_desktop.tuning.prompt_model import PromptModel
from peft_desktop.tuning.schedule import Schedule, optimizer_of

CPU = torch.device("cpu")
TEXTS = [
    "the movie was good and it was great",
    "bad",
    "a terrible and long story . the film was bad",
    "fine acting",
]
TEMPLATES = {
    "causal": "{text} It was {mask}",
    "masked": "{text} It was {mask} .",
    "encoder": "{text} It was {mask}.",
    "seq2seq": "{text} It was {mask} .",
}
ONE_TOKEN = {"pos": ["great", "good"], "neg": ["terrible"]}
SEVERAL_TOKENS = {"pos": ["great", "wonderful", "wonderworld"], "neg": ["terrible", "wound"]}


def prompt_for(family: str, words: Mapping[str, Sequence[str]] = ONE_TOKEN) -> PromptSpec:
    return PromptSpec(
        template=TEMPLATES[family], words={label: list(some) for label, some in words.items()}
    )


def loaded(
    folder: Path,
    family: str,
    *,
    method: str = "head_only",
    settings: Mapping[str, Any] | None = None,
    prompt: PromptSpec | None = None,
    use_head: bool = True,
    separate: bool = False,
    max_length: int = 48,
    pooling: str = "mean",
) -> PromptModel:
    """A model as a run would make it, in evaluation mode."""
    kind, way = FAMILIES[family], METHODS[method]
    chosen = way.settings.model_validate(dict(settings or {}))
    plan = plan_for(
        kind,
        PlanSettings(
            prompt=prompt or prompt_for(family),
            columns=["text", "label"],
            text_column="text",
            max_length=max_length,
            plain=separate and use_head,
            facts={"pooling": pooling, "ahead": getattr(chosen, "soft_tokens", 0)},
        ),
        Tokens(folder),
    )
    model = load_prompt_model(
        folder,
        kind,
        plan,
        way,
        chosen,
        use_head=use_head,
        separate=separate,
        hints={"init_ids": [5, 6, 7], "label_ids": [8, 9], "tokens": Tokens(folder)},
    )
    return model.eval()


def encoded(model: PromptModel, texts: Sequence[str] = TEXTS) -> list[Encoded]:
    return model.plan.read_many([{"text": text, "label": ""} for text in texts])


def batch(model: PromptModel, texts: Sequence[str] = TEXTS) -> RowBatch:
    rows = rows_of(encoded(model, texts), [i % 2 for i in range(len(texts))])
    return batch_of(rows, range(len(texts)), model.plan.pad_id, CPU)


def reference(folder: Path, family: str) -> Any:
    """The same folder as transformers alone loads and computes it, with plain attention."""
    kinds = {
        "causal": transformers.AutoModelForCausalLM,
        "masked": transformers.AutoModelForMaskedLM,
        "encoder": transformers.AutoModel,
        "seq2seq": transformers.AutoModelForSeq2SeqLM,
    }
    model = kinds[family].from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float32, local_files_only=True
    )
    return model.eval()


def states_alone(
    plain: Any,
    ids: Sequence[int],
    soft: torch.Tensor | None = None,
    places: Sequence[tuple[int, int]] = (),
) -> torch.Tensor:
    """Last hidden states [T, H] of one row that is neither padded nor batched."""
    reads = plain.encoder if plain.config.is_encoder_decoder else plain.base_model
    return _run(reads, ids, soft, places).last_hidden_state[0]


def logits_alone(
    plain: Any,
    ids: Sequence[int],
    soft: torch.Tensor | None = None,
    places: Sequence[tuple[int, int]] = (),
) -> torch.Tensor:
    """Logits [T, V] of one row, as the whole model of transformers gives them."""
    return _run(plain, ids, soft, places).logits[0]


def answers_alone(
    plain: Any,
    ids: Sequence[int],
    said: Sequence[int],
    soft: torch.Tensor | None = None,
    places: Sequence[tuple[int, int]] = (),
) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits [L, V] and last states [L, H] of an encoder-decoder that has said `said`."""
    found = _run(
        plain,
        ids,
        soft,
        places,
        decoder_input_ids=torch.tensor([list(said)]),
        output_hidden_states=True,
    )
    return found.logits[0], found.decoder_hidden_states[-1][0]


def embedded_alone(
    model: Any, ids: Sequence[int], soft: torch.Tensor, places: Sequence[tuple[int, int]]
) -> torch.Tensor:
    """Input embeddings [1, T, E] with the soft vectors in their places (position, number)."""
    embedded = model.get_input_embeddings()(torch.tensor([list(ids)])).clone()
    for position, number in places:
        embedded[0, position] = soft[number]
    return embedded


def _run(
    model: Any,
    ids: Sequence[int],
    soft: torch.Tensor | None,
    places: Sequence[tuple[int, int]],
    **more: Any,
) -> Any:
    if soft is None:
        return model(input_ids=torch.tensor([list(ids)]), **more)
    assert places
    return model(inputs_embeds=embedded_alone(model, ids, soft, places), **more)


LABELLED = [
    ("good", 0),
    ("a good movie", 0),
    ("it was good and fine", 0),
    ("fine acting", 0),
    ("bad", 1),
    ("a bad movie", 1),
    ("it was bad and awful", 1),
    ("awful acting", 1),
]


def without_dropout(model: PromptModel) -> None:
    """Losses and gradients are to be compared without noise."""
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0


def trainee_of(
    model: PromptModel,
    labelled: Sequence[tuple[str, int]] = LABELLED,
    *,
    valid: Sequence[tuple[str, int]] = (),
    rate: float = 1e-2,
    head_rate: float = 1e-2,
    weights: tuple[float, float] = (1.0, 1.0),
    shares: tuple[float, float] = (1.0, 1.0),
    precision: str = "fp32",
    **settings: Any,
) -> Trainee:
    """What the loop works with, for a model that is made already."""
    from accelerate import Accelerator
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)
    chosen = TrainingSettings(**{"max_steps": 30, "batch_size": 8, "warm_up": 0.0, **settings})
    rows = rows_of(encoded(model, [t for t, _ in labelled]), [y for _, y in labelled], *shares)
    held = rows_of(encoded(model, [t for t, _ in valid]), [y for _, y in valid])
    trainee = Trainee(
        craft=CRAFTS["classification"],
        model=model,
        train=rows,
        valid=held,
        settings=chosen,
        weights=Weights(*weights, model.contrast),
        accelerator=Accelerator(cpu=True, mixed_precision="bf16" if precision == "bf16" else "no"),
        optimizer=optimizer_of(model, chosen, rate, head_rate),
        schedule=Schedule.of(chosen, len(rows), len(held)),
        precision=precision,
        seed=0,
    )
    trainee.optimizer = trainee.accelerator.prepare_optimizer(trainee.optimizer)
    return trainee


def groups_of_batches(trainee: Trainee, done_steps: int) -> Iterator[list[Any]]:
    """The batches of every step, from step `done_steps` on."""
    for group in groups_of_places(trainee, done_steps):
        yield trainee.craft.batches(trainee, group.places, random.Random(group.key))


def losses_of(trainee: Trainee, state: Fit | None = None) -> list[float]:
    """The losses of all steps of a training."""
    events = list(fit(trainee, state or Fit()))
    return [event.loss for event in events if isinstance(event, Stepped)]
