"""What a task must answer so that the loop can train it, and the rest of the engine use it.

A craft is a task's hands: how rows become batches, what a step's loss is, how the validation rows
are looked at, and how answers come out in the end. The loop, checkpoints, best weights, early
stopping, events, the run's folder and the worker are the same for all (`tuning/loop.py`,
`training.py`, `evaluating.py`, `predicting.py`).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
import torch
from torch import Tensor

from ...core.events import Event, Warned
from ...core.fields import Settings, checked
from ...core.recipe import Recipe
from ...tasks import task_named
from ..loss import Weights

if TYPE_CHECKING:
    from ..loop import Fit, Trainee
    from ..models import Library, ModelCard
    from ..rows import TableRows
    from ..trained import Ready, TrainedFile
    from ..tuned_model import TunedModel
    from ..verdict import Watch

T = TypeVar("T")
Work = Generator[Event, None, T]
Row = Mapping[str, str]


class Prepared(Protocol):
    """Rows that are tokenised; `lengths` are the tokens that each costs in a batch."""

    @property
    def lengths(self) -> Sequence[int]: ...

    def __len__(self) -> int: ...


class Batch(Protocol):
    """Some rows as tensors; `size` is how many."""

    @property
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class StepLoss:
    """A batch's share of its step's loss (with gradient), and parts of it by name (without weights;
    `prompt`, `fine_tune` and `contrast` have a curve of their own)."""

    total: Tensor
    parts: Mapping[str, Tensor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the validation rows has found.

    `loss` is shown; `deciding` (lower is better) chooses the best step; `metrics` are shown beside
    it. `kept` is the craft's own: of the best step it lies in `Fit.valid` and, by `arrays`, in
    checkpoints. `weight`: the prompt's share, for tasks that answer in two ways.
    """

    loss: float
    deciding: float
    metrics: dict[str, float]
    kept: Any = None
    weight: float = 1.0


@dataclass(slots=True)
class Judging:
    """What `Craft.judge` works with: a trained model, and rows with their gold answers.

    `gold` is what `Craft.gold` made of `rows`; `split` is the split's name or the file's.
    """

    ready: Ready
    library: Library
    run_folder: Path
    table: TableRows
    split: str
    rows: list[dict[str, str]]
    gold: list[Any]


@dataclass(slots=True)
class Judged:
    """What was found: `record` for metrics.json (`metrics`, a flat map of numbers, `baselines`,
    and where they make sense `per_class`, `confusion`, `intervals`), `answers`, the columns of
    predictions.parquet behind `split` and `_row_id` (`label`, `predicted_label`, ...), `more`,
    which only the result has, and warnings."""

    record: dict[str, Any]
    answers: dict[str, Sequence[Any]]
    more: dict[str, Any] = field(default_factory=dict)
    warnings: list[Warned] = field(default_factory=list)


class Craft:
    """The defaults of a craft; one overrides what its task does otherwise.

    Must be given: `name`, `build`, `gold`, `rows`, `batches`, `loss`, `look`, `columns`,
    `answers`, `judge`. Generators yield `Progressed` or `Tick` at least every half second.
    """

    name: str = ""
    writes = False  # whether `answers` also takes `stream` and `settings`, as PredictRequest says

    # -- the model and its rows ----------------------------------------------------------------

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> TunedModel:
        """The untrained model of a recipe, on the CPU, as stored; `length` in tokens at most."""
        raise NotImplementedError

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Any]:
        """The gold answers of rows (of the table or file `source`); UserError where one cannot be
        used."""
        raise NotImplementedError

    def rows(
        self,
        model: Any,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[Any]:
        """The rows of a split, tokenised; warns of what was cut or left out. UserError where
        `split` is "train" and there are none."""
        raise NotImplementedError

    def settings(self, recipe: Recipe) -> Settings:
        """The task's settings as the recipe has them."""
        made: Settings = checked(task_named(self.name).settings, dict(recipe.task_settings))
        return made

    # -- training ------------------------------------------------------------------------------

    def weights(self, model: Any, recipe: Recipe) -> Weights:
        """The weights of the parts of the loss; UserError for settings that cannot work."""
        return Weights(recipe.training.weight_prompt, recipe.training.weight_fine_tune)

    def freeze(self, trainee: Trainee) -> Work[None]:
        """Compute what never changes in this training once and for all."""
        yield from ()

    def batches(
        self, trainee: Trainee, places: Sequence[Sequence[int]], chance: Random
    ) -> list[Any]:
        """The batches of one optimiser step, whose rows are at `places` (a list for each
        accumulated batch); `chance` is the step's own. Cut long ones with `pieces_of`."""
        raise NotImplementedError

    def measured(self, model: Any, rows: Any, places: Sequence[int], device: torch.device) -> Any:
        """The batch of the rows at `places`, to measure the speed of a step with."""
        raise NotImplementedError

    def shares(self, trainee: Trainee, batches: Sequence[Any]) -> Work[list[Any]]:
        """What each batch of a step must know of the whole step (how many rows or tokens it has),
        so that the shares of its batches sum to the step's loss."""
        yield from ()
        return [None] * len(batches)

    def loss(
        self,
        model: Any,
        batch: Any,
        weights: Weights,
        share: Any,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        """The batch's share of the loss. The model is asked inside `with computing:` (autocast),
        the loss is made outside of it, in float32. `share` None: the batch is the whole step."""
        raise NotImplementedError

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        """Answer the validation rows, of which there are some."""
        raise NotImplementedError

    def unseen_weight(self, trainee: Trainee) -> float:
        """`Look.weight` where there are no validation rows."""
        return 1.0

    def arrays(self, kept: Any) -> dict[str, np.ndarray]:
        """`Look.kept` as arrays for a checkpoint; by default it is a dict of arrays already."""
        return dict(kept or {})

    def restored(self, arrays: dict[str, np.ndarray]) -> Any:
        """`Look.kept` again."""
        return arrays or None

    def finish(self, trainee: Trainee, state: Fit) -> Work[bool]:
        """A last improvement of the best weights, which the model holds; whether there was one."""
        yield from ()
        return False

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        """Fields of `TrainedFile` that training has found beside the weights: thresholds and the
        like go into `extra`."""
        return {}

    def verdict(self, watch: Watch, trainee: Trainee, state: Fit, rate: float) -> Sequence[Warned]:
        """What the user should know of a training that is over."""
        return list(watch.losses_verdict(state, rate, None, len(trainee.valid) > 0))

    def valid_metrics(self, trainee: Trainee, state: Fit, file: TrainedFile) -> dict[str, float]:
        """The metrics of the best weights on the validation rows."""
        return dict(state.metrics)

    # -- use -----------------------------------------------------------------------------------

    def columns(self, recipe: Recipe) -> list[str]:
        """The columns that an answer has, `predicted_label` first."""
        return ["predicted_label"]

    def answers(self, ready: Ready, rows: Sequence[Row], quiet: bool = True) -> Work[list[Any]]:
        """One dict of `columns` for each row, in their order."""
        raise NotImplementedError

    def counted(self, recipe: Recipe, answer: Mapping[str, Any]) -> list[str]:
        """What of an answer is counted in the result of a file: its labels."""
        return []

    def judge(self, job: Judging) -> Work[Judged]:
        """Answer the rows and compare with the gold, beside what costs nothing."""
        raise NotImplementedError
