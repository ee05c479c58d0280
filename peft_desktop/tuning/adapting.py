"""Adapt-first: a model of the library reads on in texts without labels and becomes a new one.

Gururangan et al. 2020 (arXiv:2004.10964): reading the task's own texts before fine-tuning helps
most where labels are few. Masked models and sentence encoders fill in hidden words, causal ones
write on.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from typing import Any

import torch

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.files import staged_folder
from ..core.places import measured_file
from ..core.ports import AdaptRequest
from ..core.project import open_project
from ..core.words import QT_TRANSLATE_NOOP
from ..data.unlabelled import Texts, texts_of
from ..prompts.tokens import Tokens
from .adapting_card import about, papers
from .adapting_chunks import Ids, chunks, token_stream
from .adapting_loop import Learner, Pace, autocast, judge, learn
from .adapting_models import between, load_for_text, write_model
from .cards import ModelCard, make_card, write_card
from .device import choose_device, choose_precision, fastest, set_threads
from .models import Library
from .waiting import waiting

LEAST_TOKENS = 1000
MINUTES = 10.0  # where neither minutes nor steps are given
_HELD_OUT = 0.1  # of the texts, to see whether reading helps
_MOST_HELD_OUT = 96  # rows
_LENGTH = 128  # tokens a row
_MOST_ROWS = {"causal": 8}  # a step; others 32
_EPOCHS = {"causal": 4}  # others hide other words each time, and may read a hundred times


def adapt(request: AdaptRequest, library: Library) -> Generator[Event, None, None]:
    """Read on in the request's texts; the result is the new model's card and what it cost.

    Stopped or failed, nothing is kept. Raises UserError for a model that cannot, too few texts, a
    taken name, too little memory or disk, and where reading did not help.
    """
    yield ev.Started("adapt", facts={"model": request.model})
    began = time.monotonic()
    card, folder = library.get(request.model), library.path(request.model)
    name = library.check_new(request.name or free_name(library, card.name), 2 * card.parameters)
    check_memory(card)
    yield ev.PhaseChanged("tokenising")
    texts = yield from waiting(lambda: gathered(request))
    yield from texts.warnings
    yield ev.PhaseChanged("loading")
    device = choose_device(request.device)
    set_threads(0)
    torch.manual_seed(request.seed)
    tokens = Tokens(folder)
    model, objective = yield from waiting(lambda: load_for_text(folder, card.family, tokens))
    yield ev.PhaseChanged("tokenising")
    rows, held_out, told = yield from rows_of(texts, tokens, card, request.seed)
    pace = pace_for(request, card, len(rows), rows.shape[1], device)
    learner = Learner(model.to(device), objective, rows, pace)
    yield ev.PhaseChanged("measuring")
    learner.precision = yield from _precision(learner, card)
    before, _ = yield from judge(learner, held_out)
    yield ev.Evaluated(0, "held_out", before, {"perplexity": math.exp(before)})
    yield ev.Started("adapting", pace.steps, {"device": str(device), **told})
    yield ev.PhaseChanged("training")
    yield from learn(learner)
    yield ev.PhaseChanged("validating")
    after, _ = yield from judge(learner, held_out)
    yield ev.Evaluated(learner.step, "held_out", after, {"perplexity": math.exp(after)})
    _check_helped(before, after, request)
    yield ev.PhaseChanged("saving")
    facts = {
        "base": card.name,
        "base_sha256": card.sha256,
        "texts": texts.counts | {"used": len(texts.texts)},
        "tokens": told["tokens"],
        "steps": learner.step,
        "epochs": learner.step * pace.rows / len(rows),
        "learning_rate": pace.rate,
        "precision": learner.precision,
        "before": {"loss": before, "perplexity": math.exp(before)},
        "after": {"loss": after, "perplexity": math.exp(after)},
        "seconds": time.monotonic() - began,
    }
    made = yield from waiting(lambda: _kept(learner, card, library, name, facts), join=True)
    yield ev.Finished({**made.as_record(), "path": str(library.folder / name), "adapted": facts})


def gathered(request: AdaptRequest) -> Texts:
    project = None if request.project is None else open_project(request.project)
    return texts_of(
        project,
        request.files,
        own=request.own_rows,
        column=request.column,
        read_as=request.read_as,
    )


def free_name(library: Library, base: str) -> str:
    """`base-adapted`, or with the first number that is free."""
    known = {card.casefold() for card in (path.name for path in library.folder.iterdir())}
    names = (f"{base[:60]}-adapted{'' if n == 1 else f'-{n}'}" for n in range(1, 10_000))
    return next(name for name in names if name.casefold() not in known)


def rows_of(
    texts: Texts, tokens: Tokens, card: ModelCard, seed: int
) -> Generator[Event, None, tuple[Ids, Ids, dict[str, Any]]]:
    """Rows to learn from, rows held out to judge by (of other texts), and their numbers."""
    order = torch.randperm(len(texts.texts), generator=torch.Generator().manual_seed(seed)).tolist()
    held = max(1, round(_HELD_OUT * len(order))) if len(order) > 1 else 0
    behind, before, after = between(tokens, card.family)
    length = min(_LENGTH, card.context_length or _LENGTH)
    parts = []
    for chosen in (order[held:], order[:held]):
        some = [texts.texts[place] for place in chosen]
        parts.append((yield from token_stream(some, tokens, behind)))
    stream, other = parts
    if len(stream) + len(other) < LEAST_TOKENS or not len(other):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "{count} texts of {tokens} tokens are too few to adapt a model to; it takes some "
                "hundreds of texts.",
            ),
            QT_TRANSLATE_NOOP("engine", "Give files with more texts of the same kind."),
            count=len(texts.texts),
            tokens=len(stream) + len(other),
        )
    rows = chunks(stream, length, before, after)
    held_out = chunks(other, length, before, after)[:_MOST_HELD_OUT]
    told = {"texts": len(order), "tokens": len(stream), "rows": len(rows), "held_out": held}
    return rows, held_out, told


def pace_for(
    request: AdaptRequest, card: ModelCard, rows: int, length: int, device: torch.device
) -> Pace:
    """How fast and how long: rates by kind and size, ends by what the request says.

    Small models take larger rates; 16 steps an epoch at least, where there are rows enough.
    """
    size = card.parameters
    if card.family == "causal":
        rate = 1e-4 if size < 500e6 else 2e-5
    else:
        rate = 3e-4 if size < 50e6 else 1e-4
    batch = max(2, min(_MOST_ROWS.get(card.family, 32), rows // 16))
    # rows at a time that a CPU works off in half a second or so, lest a stop has to wait
    half_a_second = max(1, int(1e11 / (6.0 * size * length)))
    at_once = batch if device.type == "cuda" else min(batch, half_a_second)
    most = math.ceil(_EPOCHS.get(card.family, 100) * rows / batch)
    minutes = request.minutes or (0.0 if request.steps else MINUTES)
    return Pace(
        rate=rate,
        head_rate=max(rate, 1e-3 if card.family == "encoder" else rate),
        rows=batch,
        at_once=at_once,
        steps=min(request.steps or most, most),
        seconds=60.0 * minutes,
        warm_up=max(1, min(50, (request.steps or most) // 10)),
        seed=request.seed,
    )


def check_memory(card: ModelCard) -> None:
    """Weights, gradients and two moments in float32, and half a gigabyte to compute in."""
    import psutil

    needed, free = 16 * card.parameters + 2**29, psutil.virtual_memory().available
    if free < needed:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "Adapting this model takes {needed} GB of memory; {free} GB are free.",
            ),
            QT_TRANSLATE_NOOP("engine", "Close other programs or choose a smaller model."),
            field="model",
            needed=round(needed / 2**30, 1),
            free=round(free / 2**30, 1),
        )


def _precision(learner: Learner, card: ModelCard) -> Generator[Event, None, str]:
    ids = torch.from_numpy(learner.rows[: learner.pace.at_once]).long().to(learner.device)

    def seconds_of_step(name: str) -> Generator[Event, None, float]:
        learner.precision = name

        def step() -> None:
            with autocast(learner):
                loss, _, _ = learner.objective.loss(
                    learner.model, ids, torch.Generator().manual_seed(0)
                )
            torch.autograd.grad(loss, list(learner.trained.values()), allow_unused=True)

        return (yield from fastest(step))

    key = f"adapt {card.sha256[:16]} {learner.rows.shape[1]}"
    found, _ = yield from choose_precision(
        "auto", learner.device, key, measured_file(), seconds_of_step
    )
    return found


def _check_helped(before: float, after: float, request: AdaptRequest) -> None:
    if after < before:
        return
    raise UserError(
        QT_TRANSLATE_NOOP(
            "engine",
            "After reading, the model finds texts that it had not read no easier (loss {before} "
            "before, {after} after), so nothing is kept.",
        ),
        QT_TRANSLATE_NOOP("engine", "Give more texts, or adapt it for fewer steps."),
        before=round(before, 3),
        after=round(after, 3),
    )


def _kept(
    learner: Learner, card: ModelCard, library: Library, name: str, facts: dict[str, Any]
) -> ModelCard:
    base = library.folder / card.name
    with staged_folder(library.folder / name) as room:
        write_model(learner.model, base, room)
        papers(room, card, name, facts)
        made = make_card(
            room,
            name,
            title=f"{card.title or card.name}, adapted",
            licence=card.licence,
            source=f"{card.name} ({card.sha256[:12]})",
        )
        if made.refusal is not None:
            raise made.refusal.error()
        made = made.model_copy(update={"notes": [*made.notes, about(card, facts)]})
        write_card(room, made)
        library.check_new(name, 0)
    return made
