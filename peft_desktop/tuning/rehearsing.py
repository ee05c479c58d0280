"""A dry run: real steps on the longest rows, and from them what the whole run will need.

Memory and time are measured, not reckoned: the model is loaded, a step is done with 1, 2, 4 ...
of the longest rows up to the batch, forward, backward and the optimiser's, and then a few of the
run's first steps are timed. Nothing is written and the model is thrown away.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Generator
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.recipe import Recipe
from .crafts import craft_called
from .device import choose_device, forget_peak_memory, peak_memory_bytes, set_threads
from .loading import set_precision
from .loop import Trainee, groups_of_places, step_of
from .models import Library
from .out_of_memory import give_back, is_out_of_memory
from .rows import TableRows
from .trained import longest_input
from .training import _precision, _trainee, trainable

ROOMY = 0.8  # of the memory there is: above it is tight
FORWARD = 0.35  # of a training pass: a look has no gradients
_TIMED_STEPS = 4
_LONGEST_S = 20.0  # that the timed steps take together


def rehearse(recipe: Recipe, project: Path, library: Library) -> Generator[Event, None, None]:
    """Measure what training `recipe` will need; the result of Finished says it.

    `verdict` is fits, tight or does_not_fit; `peak_bytes` the most memory of the process (of the
    GPU there) and `available_bytes` what it may have; `seconds_per_step`, `seconds` of the whole
    run without early stopping; `suggested_batch_size` and `suggested_accumulation` for the same
    rows a step.
    """
    settings = recipe.training
    yield ev.Started("rehearsal", facts={"method": recipe.method, "model": recipe.model.name})
    yield ev.PhaseChanged("loading")
    torch.manual_seed(recipe.seed)
    device = choose_device(settings.device)
    forget_peak_memory(device)
    threads = set_threads(settings.threads)
    room = _room(device)
    card = trainable(library, recipe)
    table = TableRows.of(project, recipe)
    length = longest_input(recipe, card, recipe.method)
    craft = craft_called(recipe.task)
    model = craft.build(recipe, card, library, table.columns, length)
    folder = project / "runs" / recipe.name
    yield ev.PhaseChanged("tokenising")
    rows = yield from craft.rows(model, table, recipe, "train", length, folder)
    valid = yield from craft.rows(model, table, recipe, "valid", length, folder)
    yield ev.PhaseChanged("measuring")
    weights = craft.weights(model, recipe)
    precision, _ = yield from _precision(craft, model, rows, recipe, card, device, weights)
    set_precision(model, precision)
    model.to(device)
    trainee = _trainee(craft, model, rows, valid, recipe, card, device, precision, weights)
    yield from craft.freeze(trainee)
    batch = min(settings.batch_size, len(rows))
    peaks, reached = yield from _memory(trainee, batch, room)
    fitting = [size for size, peak in peaks.items() if peak <= ROOMY * room]
    suggested = max(fitting, default=1)
    peak = peaks.get(batch) or _at(peaks, batch)
    whole = reached and peak <= room
    pace, size = yield from _pace(trainee, batch if whole else suggested)
    per_step = pace * settings.accumulation * batch / size
    looks = sum(trainee.schedule.looks(step) for step in range(1, trainee.schedule.total_steps + 1))
    of_look = FORWARD * pace / size * len(valid) * _longer(valid, rows)
    accumulation = settings.accumulation
    if not whole or peak > ROOMY * room:
        accumulation = -(-batch * settings.accumulation // suggested)
    else:
        suggested = batch
    yield ev.Finished(
        {
            "verdict": "does_not_fit" if not whole else "fits" if peak <= ROOMY * room else "tight",
            "peak_bytes": peak,
            "available_bytes": room,
            "device": str(device),
            "precision": precision,
            "threads": threads,
            "longest_tokens": max(rows.lengths, default=0),
            "batch_size": settings.batch_size,
            "suggested_batch_size": settings.batch_size if suggested == batch else suggested,
            "suggested_accumulation": accumulation,
            "seconds_per_step": per_step,
            "total_steps": trainee.schedule.total_steps,
            "seconds": per_step * trainee.schedule.total_steps + of_look * looks,
            "measured": {str(size): peak for size, peak in peaks.items()},
        }
    )


def _room(device: torch.device) -> int:
    """Bytes that this process may have at most on the device."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return int(free + torch.cuda.memory_reserved(device))
    import psutil

    return int(psutil.virtual_memory().available + psutil.Process().memory_info().rss)


def _memory(
    trainee: Trainee, batch: int, room: int
) -> Generator[Event, None, tuple[dict[int, int], bool]]:
    """Peak bytes of a step with some of the longest rows; whether the whole batch was done.

    A size that would not fit, judging by the smaller ones, is not tried: a system that runs out
    of memory kills rather than tells.
    """
    device = trainee.accelerator.device
    longest = sorted(range(len(trainee.train)), key=lambda i: -trainee.train.lengths[i])
    peaks: dict[int, int] = {}
    sizes = sorted({*(2**n for n in range(20) if 2**n < batch), batch})
    for size in sizes:
        if len(peaks) > 1 and _at(peaks, size) > room:
            return peaks, False
        forget_peak_memory(device)
        try:
            yield from _step(trainee, [longest[:size]])
        except Exception as error:
            if not is_out_of_memory(error) and not _is_told(error):
                raise
            if not peaks:
                raise
        else:
            peaks[size] = peak_memory_bytes(device)
            yield ev.Progressed(len(peaks), len(sizes), "sizes")
            continue
        give_back()
        return peaks, False
    return peaks, True


def _is_told(error: BaseException) -> bool:
    return isinstance(error, UserError) and is_out_of_memory(error.__cause__ or error)


def _at(peaks: dict[int, int], size: int) -> int:
    """The peak for `size` rows along the line through the two largest that were measured."""
    known = sorted(peaks.items())
    if not known:
        return 0
    if len(known) == 1:
        return known[0][1]
    (a, low), (b, high) = known[-2:]
    return int(high + max(0, high - low) / (b - a) * (size - b))


def _step(trainee: Trainee, places: list[list[int]]) -> Generator[Event, None, None]:
    batches = trainee.craft.batches(trainee, places, random.Random(0))
    yield from step_of(trainee, batches)
    trainee.optimizer.zero_grad(set_to_none=True)


def _pace(trainee: Trainee, size: int) -> Generator[Event, None, tuple[float, int]]:
    """Seconds that `size` rows of the run's own first steps take; the size."""
    took: list[float] = []
    since = time.perf_counter()
    for group in islice(groups_of_places(trainee, 0), _TIMED_STEPS):
        batch = group.places[0][:size]
        begun = time.perf_counter()
        yield from _step(trainee, [batch])
        took.append((time.perf_counter() - begun) * size / len(batch))
        if time.perf_counter() - since > _LONGEST_S:
            break
    return statistics.fmean(took), size


def _longer(some: Any, others: Any) -> float:
    """How long rows are beside others, in the mean."""
    if not len(some) or not len(others):
        return 1.0
    return statistics.fmean(some.lengths) / max(1.0, statistics.fmean(others.lengths))
