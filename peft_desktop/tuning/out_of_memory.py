"""When the memory runs out: how it is said, and how a step is done in smaller pieces."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TypeVar

import torch

from ..core.words import QT_TRANSLATE_NOOP

_Place = TypeVar("_Place")

# as torch, CUDA's libraries, Apple's and the allocators of Linux and Windows say it
_WORDINGS = (
    "out of memory",  # CUDA's caching allocator, "CUDA error: out of memory", MPS, HIP
    "cublas_status_alloc_failed",
    "cudnn_status_alloc_failed",
    "cusolver_status_alloc_failed",
    "hipblas_status_alloc_failed",
    "can't allocate memory",  # Linux: DefaultCPUAllocator
    "not enough memory",  # Windows: DefaultCPUAllocator, and its error 1455's kin
    "cannot allocate memory",
    "paging file is too small",
    "std::bad_alloc",
    "unable to allocate",  # numpy
)

HALVED = QT_TRANSLATE_NOOP(
    "engine",
    "The memory ran out at step {step}: a step is now done in pieces of at most {rows} rows, twice "
    "as many as before. The rows of a step stay the same, and so does what is learnt.",
)
NOTHING_LEFT = QT_TRANSLATE_NOOP("engine", "The memory is too small for a single row of this run.")
NO_MOMENTS = QT_TRANSLATE_NOOP(
    "engine", "The memory is too small for what the optimiser keeps of every trained parameter."
)
WHAT_TO_DO = QT_TRANSLATE_NOOP(
    "engine",
    "Close other programs, lower the maximal length, or choose a smaller model or a method that "
    "trains less.",
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether `error` says that the memory ran out, in any of its wordings."""
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    if not isinstance(error, (RuntimeError, OSError)):
        return False
    said = str(error).lower()
    return any(words in said for words in _WORDINGS)


def in_pieces(places: Sequence[list[_Place]], pieces: int) -> list[list[_Place]]:
    """Each batch of rows in `pieces` parts of about the same size, in the same order."""
    if pieces == 1:
        return list(places)
    found = []
    for batch in places:
        size = max(1, -(-len(batch) // pieces))
        found += [batch[start : start + size] for start in range(0, len(batch), size)]
    return found


def give_back() -> None:
    """Let go of what the failed step held; call it outside of the `except` that caught it."""
    gc.collect()
    if torch.cuda.is_initialized():
        torch.cuda.empty_cache()
