"""A tuner without a model that does what the recipe's `method_settings` say, and leaves a trace."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import (
    Evaluated,
    Finished,
    PhaseChanged,
    Progressed,
    Started,
    Stepped,
    Warned,
)
from peft_desktop.core.ports import (
    AdaptRequest,
    EvaluateRequest,
    Events,
    ExportRequest,
    PredictRequest,
    ProbeRequest,
    Tuner,
)
from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe
from peft_desktop.core.words import QT_TRANSLATE_NOOP


class OddError(Exception):
    """An exception that cannot be rebuilt from its arguments, as some libraries have."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def script(name: str = "run", **what: Any) -> Recipe:
    """A recipe whose `method_settings` tell a `ScriptedTuner` what to do."""
    return Recipe(
        name=name,
        model=ModelRef(name="none"),
        method_settings=what,
        prompt=PromptSpec(words={"no": ["bad"], "yes": ["good"]}),
        data=DataRef(),
    )


def make() -> Tuner:
    return ScriptedTuner()


def refuse() -> Tuner:
    raise UserError(QT_TRANSLATE_NOOP("engine", "There is no torch here."))


def trace(folder: Path) -> list[str]:
    """What the work wrote into the folder, one word a line."""
    file = folder / "trace"
    return file.read_text(encoding="utf-8").split() if file.exists() else []


class ScriptedTuner:
    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events:
        says: dict[str, Any] = {
            "steps": 6,
            "pause_s": 0.0,
            "at": 3,
            "then": "",
            **recipe.method_settings,
        }

        def note(word: str) -> None:
            with (run_folder / "trace").open("a", encoding="utf-8") as file:
                file.write(f"{word}\n")

        try:
            note("started")
            yield Started("train", int(says["steps"]), {"resume": resume, "pid": os.getpid()})
            yield PhaseChanged("training")
            for step in range(1, int(says["steps"]) + 1):
                time.sleep(float(says["pause_s"]))
                if step == says["at"]:
                    _happen(str(says["then"]))
                note(f"step{step}")
                yield Stepped(step, step / 6, 0.5, None, 0.25, 1e-3, 1.0, 9.5, 2**20)
            yield Evaluated(int(says["steps"]), "valid", 0.1, {"accuracy": 0.75}, best=True)
            yield Warned(QT_TRANSLATE_NOOP("engine", "{n} rows left out"), {"n": 2})
            yield Finished({"pid": os.getpid(), "text": "é计算机", "none": None, "list": [1, 2.5]})
        finally:
            note("closed")
            _happen(str(says.get("finally", "")))

    def rehearse(self, recipe: Recipe, project: Path) -> Events:
        yield Finished({"verdict": "fits"})

    def evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events:
        yield Progressed(1, 1)
        yield Finished({"split": request.split, "torch": "torch" in sys.modules})

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        yield Finished({"rows": [dict(row) for row in request.rows]})

    def probe(self, request: ProbeRequest) -> Events:
        yield Finished({"rows": list(request.rows)})

    def words(self, request: ProbeRequest) -> Events:
        yield Finished({"words": [list(prompt.words) for prompt in request.prompts]})

    def export(self, run_folder: Path, request: ExportRequest) -> Events:
        print("to standard output")
        os.write(1, b"to handle 1\n")
        os.system("echo to the output of a program")
        yield Finished({"target": str(request.target)})

    def install_model(self, name: str, source: Path | None = None) -> Events:
        yield Finished({"name": name})

    def add_model(self, source: Path, name: str | None = None) -> Events:
        yield Finished({"name": name})

    def adapt(self, request: AdaptRequest) -> Events:
        yield Finished({"name": request.name})

    def devices(self) -> list[dict[str, Any]]:
        return [{"device": "cpu", "pid": os.getpid()}]

    def close(self) -> None:
        pass


def _happen(what: str) -> None:
    match what:
        case "user error":
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The word {word!r} has {n} tokens ({share:.1%})."),
                QT_TRANSLATE_NOOP("engine", "Choose another."),
                file="a.csv",
                row=7,
                field="label",
                word="so",
                n=2,
                share=0.5,
            )
        case "bug":
            raise OddError("this", "that")
        case "exit":
            sys.exit(3)
        case "hang":
            time.sleep(60)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "vanish":
            os._exit(7)
