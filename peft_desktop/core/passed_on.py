"""A tuner in front of another one: each piece of work, by name, to one place."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from .ports import (
    AdaptRequest,
    EvaluateRequest,
    Events,
    ExportRequest,
    PredictRequest,
    ProbeRequest,
)
from .recipe import Recipe


class PassedOn:
    """The port's pieces of work (`core.ports.Tuner`), each given to `_work(name, *arguments)`."""

    def _work(self, name: str, *arguments: Any) -> Generator[Any, None, Any]:
        raise NotImplementedError

    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events:
        return self._work("train", recipe, run_folder, resume)

    def rehearse(self, recipe: Recipe, project: Path) -> Events:
        return self._work("rehearse", recipe, project)

    def evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events:
        return self._work("evaluate", run_folder, request)

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        return self._work("predict", run_folder, request)

    def probe(self, request: ProbeRequest) -> Events:
        return self._work("probe", request)

    def words(self, request: ProbeRequest) -> Events:
        return self._work("words", request)

    def export(self, run_folder: Path, request: ExportRequest) -> Events:
        return self._work("export", run_folder, request)

    def install_model(self, name: str, source: Path | None = None) -> Events:
        return self._work("install_model", name, source)

    def add_model(self, source: Path, name: str | None = None) -> Events:
        return self._work("add_model", source, name)

    def adapt(self, request: AdaptRequest) -> Events:
        return self._work("adapt", request)
