"""Scoring rows with a model that is not being trained: batches in, log-probabilities out."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from ..core.events import Event, Progressed, Tick
from ..families.contract import Scored
from .batches import RowBatch, Rows, batch_of, rows_of, scoring_order
from .device import AUTOCAST
from .prompt_model import PromptModel


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-probabilities over the labels, float64 [N, C]; `head` is None without a head."""

    prompt: np.ndarray
    head: np.ndarray | None


@contextmanager
def computing(device: torch.device, precision: str) -> Iterator[None]:
    """Autocast in the chosen precision; fp32 leaves everything as it is."""
    if precision in AUTOCAST:
        with torch.autocast(device.type, dtype=AUTOCAST[precision]):
            yield
    else:
        yield


def scores_of(
    model: PromptModel,
    rows: Rows,
    device: torch.device,
    precision: str,
    batch_size: int = 32,
    frozen: Scored | None = None,
    quiet: bool = False,
) -> Generator[Event, None, Scores]:
    """Score all rows, in their order; yields after every batch, so that stopping never waits."""
    labels = len(model.plan.labels)
    prompt = np.zeros((len(rows), labels))
    head = np.zeros((len(rows), labels)) if model.head is not None else None
    was_training = model.training
    model.eval()
    done, told = 0, time.monotonic()
    try:
        for places in scoring_order(rows.lengths, batch_size):
            with torch.inference_mode(), computing(device, precision):
                batch = (
                    batch_of(rows, places, model.plan.pad_id, device)
                    if frozen is None
                    else picked(rows, frozen, places, device)
                )
                outputs = model(batch)
            prompt[places] = log_softmax(outputs.prompt)
            if head is not None:
                head[places] = log_softmax(outputs.head)
            done += len(places)
            if not quiet and time.monotonic() - told > 0.5:
                told = time.monotonic()
                yield Progressed(done, len(rows))
            else:
                yield Tick()
    finally:
        model.train(was_training)
    return Scores(prompt, head)


CONTENT_FREE = ("N/A", "", "...")  # inputs that say nothing: Zhao et al. 2021


def content_free_scores(
    model: PromptModel, columns: Sequence[str], device: torch.device, precision: str
) -> Generator[Event, None, np.ndarray]:
    """What the prompt alone makes the model say: log-probabilities [3, C] for empty texts."""
    texts: list[dict[str, str]] = [dict.fromkeys(columns, text) for text in CONTENT_FREE]
    rows = rows_of(model.plan.read_many(texts), [0] * len(texts))
    scores = yield from scores_of(model, rows, device, precision, quiet=True)
    return scores.prompt


def frozen_states(
    model: PromptModel, rows: Rows, device: torch.device, precision: str
) -> Generator[Event, None, Scored]:
    """What a frozen model says of every row, once and for all: label scores and states."""
    pieces: dict[int, tuple[Any, Any, Any]] = {}
    model.eval()
    for places in scoring_order(rows.lengths, 32):
        with torch.inference_mode(), computing(device, precision):
            scored = model.score(batch_of(rows, places, model.plan.pad_id, device))
        for place, *parts in zip(places, *(part.float() for part in scored), strict=True):
            pieces[place] = (parts[0], parts[1], parts[2])
        yield Progressed(len(pieces), len(rows))
    model.train()
    stacked = [
        torch.stack([pieces[i][part] for i in range(len(rows))]).clone() for part in range(3)
    ]
    return Scored(*stacked)


def picked(rows: Rows, frozen: Scored, places: list[int], device: torch.device) -> RowBatch:
    """A batch of rows whose states are known."""
    index = torch.tensor(places, device=device)
    return RowBatch(
        variants=[],
        plain=None,
        gold=torch.tensor([rows.gold[place] for place in places], device=device),
        for_prompt=torch.tensor([float(rows.for_prompt[p]) for p in places], device=device),
        for_head=torch.tensor([float(rows.for_head[p]) for p in places], device=device),
        scored=Scored(*(part[index] for part in frozen)),
        soft=None if rows.soft is None else rows.soft[places].to(device),
        temperature=rows.temperature,
    )


def log_softmax(logits: torch.Tensor) -> np.ndarray:
    """Log-probabilities in float64 [B, C]."""
    result: np.ndarray = torch.log_softmax(logits.double(), dim=-1).cpu().numpy()
    return result
