"""What a piece of work tells the outside while it goes on: a closed set of plain values.

Every generator of the engine yields these. They are recorded as JSON lines as they pass, and an
old run is the same events read again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Started:
    """Work begins; `total_steps` is 0 where it is not known yet."""

    what: str
    total_steps: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    """A new stretch: `loading`, `tokenising`, `measuring`, `training`, `evaluating`, `saving`..."""

    phase: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far the current phase has come, in `unit`s."""

    done: int
    total: int
    unit: str = "rows"


@dataclass(frozen=True, slots=True)
class Stepped:
    """One optimiser step. Losses are means over the step's rows; memory is the process's peak."""

    step: int
    epoch: float
    loss: float
    loss_prompt: float | None
    loss_fine_tune: float | None
    learning_rate: float
    gradient_norm: float
    examples_per_second: float
    memory_bytes: int
    seconds_left: float | None = None
    loss_contrast: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Metrics on a split (`valid`, `test`, ...) after `step`; `best` marks the best so far."""

    step: int
    split: str
    loss: float
    metrics: dict[str, float]
    best: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """The prompts of a probe after `rows` of `total` rows each at least, best first; the entries
    are those of the probe's result, with their own `rows` as far as they got."""

    ranked: list[dict[str, Any]]
    rows: int
    total: int


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """A verified checkpoint lies under `folder`, relative to the run."""

    step: int
    folder: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the user should know: a marked template and its values."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paused:
    step: int = 0


@dataclass(frozen=True, slots=True)
class Resumed:
    step: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """The user asked to stop; what was best so far is kept."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Work ended with an error; `user_error` tells a sentence for the user from a bug."""

    message: str
    user_error: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Nothing new, but still there: lets the asker stop while it waits. Never recorded."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """The answer to a row as far as it is written; only where it was asked for."""

    text: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """Work is done; `result` is plain data (numbers, names, lists), ready for JSON."""

    result: dict[str, Any] = field(default_factory=dict)


Event = (
    Started
    | PhaseChanged
    | Progressed
    | Stepped
    | Evaluated
    | Ranked
    | CheckpointSaved
    | Warned
    | Paused
    | Resumed
    | Stopped
    | Failed
    | Tick
    | Wrote
    | Finished
)
_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Started,
        PhaseChanged,
        Progressed,
        Stepped,
        Evaluated,
        Ranked,
        CheckpointSaved,
        Warned,
        Paused,
        Resumed,
        Stopped,
        Failed,
        Tick,
        Wrote,
        Finished,
    )
}


def to_record(event: Event) -> dict[str, Any]:
    return {"kind": type(event).__name__, **asdict(event)}


def from_record(record: dict[str, Any]) -> Event:
    """The event that `to_record` wrote; fields that a newer version added are passed over."""
    fields = dict(record)
    kind = _KINDS[fields.pop("kind")]
    known = kind.__dataclass_fields__
    event: Event = kind(**{name: value for name, value in fields.items() if name in known})
    return event
