"""Where the commands get their engine from: one place, so that a test can put in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.ports import Tuner


def make_tuner() -> Tuner:
    """The engine in this process; it is the caller's to close."""
    from ..tuning.tuner import LocalTuner

    return LocalTuner()
