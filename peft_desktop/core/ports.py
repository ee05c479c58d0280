"""Where the two wings meet: what the window and the command line may ask of the engine."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .events import Event
from .recipe import PromptSpec, Recipe

Events = Generator[Event, None, None]


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How to read a file of the user's; None means: find out. Without a `header` the columns are
    called column_1, column_2 and so on."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: bool = True
    columns: tuple[tuple[str, str], ...] = ()  # (the name a run knows, the file's column for it)
    tag_column: int | None = None  # of a CoNLL file, from 1
    quote: str | None = None  # double, single or none
    decimal: str | None = None  # a comma: 1,5 becomes 1.5
    join: str | None = None  # the column that takes fields too many


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """Judge a run's model on a split of its recipe, or on the labelled rows of `data`; the answer
    to each row of `data` is written to the Parquet file `answers` where one is named."""

    split: str = "test"
    data: Path | None = None
    read_as: ReadAs = field(default_factory=ReadAs)
    answers: Path | None = None


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """Label `rows` (column -> text) or the file `source`, written to `target` as it goes.

    `stream`: tell the answer to each of `rows` as it is written (`Wrote`), for tasks whose model
    writes. `settings`: task settings that take the place of the run's own.
    """

    rows: tuple[dict[str, str], ...] = ()
    source: Path | None = None
    target: Path | None = None
    read_as: ReadAs = field(default_factory=ReadAs)
    stream: bool = False
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """Rank prompts without training, on `rows` (row ids) of the project's table.

    `find_words`, a name of `tuning.word_search.WAYS`, also looks for label words in what the model
    expects in the slot on the rows `word_rows`, for each of the templates; prompts with the words
    found for the best of them are ranked along. Rows of both lists are computed once.
    """

    project: Path
    model: str
    prompts: tuple[PromptSpec, ...]
    rows: tuple[int, ...]
    text: str
    label: str
    device: str = "auto"
    find_words: str = ""
    word_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Write a run's model so that it works without this program; checked by a clean process."""

    target: Path
    format: str = "adapter"


@dataclass(frozen=True, slots=True)
class AdaptRequest:
    """Let the library's `model` get used to texts; the result is a new model called `name`.

    The texts are those of the project's training rows (`own_rows`) and of `files` (`column` of
    tables), without what stands among its test and validation rows. It ends after `minutes` or
    `steps` (0: not limited so), or when it has read the texts often enough.
    """

    model: str
    name: str = ""
    project: Path | None = None
    own_rows: bool = True
    files: tuple[Path, ...] = ()
    column: str | None = None
    read_as: ReadAs = field(default_factory=ReadAs)
    minutes: float = 0.0
    steps: int = 0
    device: str = "auto"
    seed: int = 42


class Tuner(Protocol):
    """Every piece of work is a generator of events; to stop, close it; to pause, do not ask.

    The last event is `Finished`, whose `result` is plain data. UserError is raised for what the
    user can mend; anything else is a bug.
    """

    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events: ...

    def rehearse(self, recipe: Recipe, project: Path) -> Events:
        """Measure what training the recipe will need; writes nothing."""
        ...

    def evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events: ...

    def predict(self, run_folder: Path, request: PredictRequest) -> Events: ...

    def probe(self, request: ProbeRequest) -> Events: ...

    def words(self, request: ProbeRequest) -> Events:
        """How likely each word of the first prompt is before any row is read."""
        ...

    def export(self, run_folder: Path, request: ExportRequest) -> Events: ...

    def install_model(self, name: str, source: Path | None = None) -> Events: ...

    def add_model(self, source: Path, name: str | None = None) -> Events: ...

    def adapt(self, request: AdaptRequest) -> Events:
        """Stopped, it keeps nothing: a model that is half adapted is none."""
        ...

    def devices(self) -> list[dict[str, Any]]: ...

    def close(self) -> None: ...
