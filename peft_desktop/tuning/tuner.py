"""The engine's door: every piece of work as a generator of events, in this process."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from ..core.events import Event
from ..core.ports import (
    AdaptRequest,
    EvaluateRequest,
    Events,
    ExportRequest,
    PredictRequest,
    ProbeRequest,
)
from ..core.recipe import Recipe


class LocalTuner:
    """Works in this process: for the command line, for tests, and inside the worker.

    Heavy imports happen when work begins, after its first event.
    """

    def __init__(self, models_folder: Path | None = None) -> None:
        self._models_folder = models_folder
        self._ready: tuple[Path, tuple[float, ...], Any] | None = (
            None  # the model asked last stays warm
        )

    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events:
        yield from _announced()
        from .training import train

        self._ready = None  # one model in memory at a time
        yield from train(recipe, run_folder, self._library(), resume)

    def rehearse(self, recipe: Recipe, project: Path) -> Events:
        yield from _announced()
        from .rehearsing import rehearse

        self._ready = None
        yield from rehearse(recipe, project, self._library())

    def evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events:
        yield from _announced()
        from .evaluating import evaluate

        self._ready = None
        yield from evaluate(run_folder, request, self._library())

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        yield from _announced()
        from .predicting import predict

        yield from predict(self._trained(run_folder), request)

    def probe(self, request: ProbeRequest) -> Events:
        yield from _announced()
        from .probing import probe

        self._ready = None
        yield from probe(request, self._library())

    def words(self, request: ProbeRequest) -> Events:
        yield from _announced()
        from .asking_words import ask_words

        self._ready = None
        yield from ask_words(request, self._library())

    def export(self, run_folder: Path, request: ExportRequest) -> Events:
        yield from _announced()
        from .export import export_run

        yield from export_run(run_folder, request, self._library())

    def install_model(self, name: str, source: Path | None = None) -> Events:
        yield from self._library().install(name, source)

    def add_model(self, source: Path, name: str | None = None) -> Events:
        yield from self._library().add(source, name)

    def adapt(self, request: AdaptRequest) -> Events:
        yield from _announced()
        from .adapting import adapt

        self._ready = None
        yield from adapt(request, self._library())

    def devices(self) -> list[dict[str, Any]]:
        from .device import devices

        return devices()

    def close(self) -> None:
        self._ready = None

    def _library(self) -> Any:
        from ..core.places import models_folder
        from .models import Library

        return Library(self._models_folder or models_folder())

    def _trained(self, run_folder: Path) -> Any:
        from ..core.runs import load_recipe
        from ..evaluation.deciding import DECISIONS
        from .trained import FOLDER, load_trained

        files = [run_folder / FOLDER / name for name in ("trained.safetensors", DECISIONS)]
        stamp = tuple(file.stat().st_mtime if file.exists() else 0.0 for file in files)
        if self._ready is not None and self._ready[:2] == (run_folder, stamp):
            return self._ready[2]
        ready = load_trained(run_folder, load_recipe(run_folder), self._library())
        self._ready = (run_folder, stamp, ready)
        return ready


def _announced() -> Generator[Event, None, None]:
    """Say that loading begins before torch and transformers are imported: that takes seconds."""
    from ..core.events import PhaseChanged, Tick

    yield PhaseChanged("starting")
    import torch  # noqa: F401

    yield Tick()
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    yield Tick()
