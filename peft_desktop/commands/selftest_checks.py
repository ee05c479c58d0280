"""The self-test's checks: small, real, on a model of a few kilobytes that is made on the spot."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..core.events import Event
    from ..core.ports import Tuner
    from ..core.project import Project
    from ..core.recipe import Recipe

Tell = Callable[[dict[str, Any]], None]
_MODEL = "selftest"
_SETTINGS = (
    "max_steps=4",
    "batch_size=4",
    "checkpoint_every_steps=2",
    "evaluate_every_steps=2",
    "patience=0",
    "device=cpu",
    "precision=fp32",
    "threads=1",
)


@dataclass(slots=True)
class _State:
    """What the checks hand on to each other."""

    folder: Path
    attempts: list[str]
    tuner: Tuner | None = None
    project: Project | None = None
    losses: list[float] | None = None


def run_checks(tell: Tell) -> list[dict[str, Any]]:
    """Run all checks in order; one that needs an earlier one's work fails with it."""
    found = []
    with tempfile.TemporaryDirectory(prefix="peft-desktop-selftest-") as scratch:
        folder = Path(scratch)
        with _own_home(folder / "home"), _no_network() as attempts:
            state = _State(folder, attempts)
            for name, check in CHECKS.items():
                found.append(_checked(name, check, state))
                tell(found[-1])
            if state.tuner is not None:
                state.tuner.close()
    return found


def _checked(name: str, check: Callable[[_State], str], state: _State) -> dict[str, Any]:
    since = time.monotonic()
    try:
        ok, detail = True, check(state)
    except Exception as error:  # every check is tried, whatever the one before did
        ok, detail = False, f"{type(error).__name__}: {error}"
    return {"name": name, "ok": ok, "seconds": time.monotonic() - since, "detail": detail}


@contextmanager
def _own_home(folder: Path) -> Iterator[None]:
    before = os.environ.get("PEFT_DESKTOP_HOME")
    os.environ["PEFT_DESKTOP_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PEFT_DESKTOP_HOME"]
        else:
            os.environ["PEFT_DESKTOP_HOME"] = before


@contextmanager
def _no_network() -> Iterator[list[str]]:
    """Refuse every connection to another machine and keep who was asked for."""
    import socket

    attempts: list[str] = []
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def refusing(name: str) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family == getattr(socket, "AF_UNIX", None):
                return real[name](self, address)  # processes of this machine among themselves
            attempts.append(str(address))
            raise ConnectionRefusedError("the self-test runs without the network")

        return connect

    for name in real:
        setattr(socket.socket, name, refusing(name))
    try:
        yield attempts
    finally:
        for name, method in real.items():
            setattr(socket.socket, name, method)


def _imports(state: _State) -> str:
    from importlib import import_module

    names = "numpy pandas pyarrow sklearn tokenizers safetensors torch transformers peft accelerate"
    versions = {name: getattr(import_module(name), "__version__", "") for name in names.split()}
    return f"torch {versions['torch']}, transformers {versions['transformers']}"


def _make_model(state: _State) -> str:
    from ..tuning.tiny_model import make_tiny_model
    from .engine import make_tuner

    source = state.folder / "tiny"
    make_tiny_model(source)
    state.tuner = make_tuner()
    result = _finished(list(state.tuner.add_model(source, _MODEL)))
    return f"{result['parameters']} weights"


def _read_files(state: _State) -> str:
    import csv

    import pyarrow as pa
    import pyarrow.parquet as pq

    from ..data.readers import read_file

    rows = [("正文", "标签"), ("这部电影很好看", "好"), ("这部电影不好看", "差")]
    plain = state.folder / "gb18030.csv"
    with plain.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([rows[0], *rows[1:] * 8])
    columns = list(zip(*rows[1:], strict=True))
    table = pa.table([pa.array(column) for column in columns], names=list(rows[0]))
    parquet = state.folder / "table.parquet"
    pq.write_table(table, parquet)
    workbook = state.folder / "table.xlsx"
    _write_workbook(workbook, rows)
    for path in (plain, parquet, workbook):
        imported = read_file(path)
        assert imported.table.column_names == list(rows[0]), path.name
        assert imported.table.column(0)[0].as_py() == rows[1][0], path.name
    return "GB18030, Parquet, XLSX"


def _write_workbook(path: Path, rows: list[tuple[str, str]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def _make_project(state: _State) -> str:
    import csv

    from ..projects.prepare import Wishes, prepare_project
    from .library import chosen_model

    data = state.folder / "reviews.csv"
    kinds = (("good", "warm and clever"), ("bad", "dull and noisy"))
    with data.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "label"))
        for number in range(40):
            label, words = kinds[number % 2]
            writer.writerow((f"film {number} is {words}", label))
    state.project = prepare_project(
        state.folder / "project", data, Wishes(per_class=8), model=chosen_model(_MODEL)
    )
    return f"{len(state.project.file.splits['train'])} training rows"


def _train(state: _State) -> str:
    events = _work(state, "straight")
    state.losses = _losses(events)
    result = _finished(events)
    assert len(state.losses) == 4, f"{len(state.losses)} steps"
    assert all(loss == loss for loss in state.losses), "the loss is not a number"
    return f"{result['steps']} steps"


def _resume(state: _State) -> str:
    from ..core.events import CheckpointSaved
    from ..core.runs import load_recipe, recorded, replay

    _, tuner = _made(state)
    recipe, folder = _new_run(state, "resumed")
    first = recorded(tuner.train(recipe, folder), folder)
    for event in first:
        if isinstance(event, CheckpointSaved):
            first.close()
    again = recorded(tuner.train(load_recipe(folder), folder, resume=True), folder)
    _finished(list(again))
    losses = _losses(replay(folder))
    assert losses == state.losses, f"{losses} after resuming, not {state.losses}"
    return "same losses as without a stop"


def _evaluate(state: _State) -> str:
    from ..core.ports import EvaluateRequest

    project, tuner = _made(state)
    request = EvaluateRequest("test")
    result = _finished(list(tuner.evaluate(project.runs_folder / "straight", request)))
    assert 0.0 <= result["metrics"]["accuracy"] <= 1.0
    return f"accuracy {result['metrics']['accuracy']:.2f} of a random model"


def _predict(state: _State) -> str:
    from ..core.ports import PredictRequest
    from ..data.readers import read_file

    project, tuner = _made(state)
    run = project.runs_folder / "straight"
    source = state.folder / "reviews.csv"
    for ending in ("csv", "xlsx", "parquet"):
        target = state.folder / f"labelled.{ending}"
        _finished(list(tuner.predict(run, PredictRequest(source=source, target=target))))
        written = read_file(target).table
        assert written.num_rows == 40, f"{written.num_rows} rows in {target.name}"
        assert "predicted_label" in written.column_names, target.name
    return "CSV, XLSX, Parquet"


def _export(state: _State) -> str:
    from ..core.ports import ExportRequest

    project, tuner = _made(state)
    target = state.folder / "export"
    events = list(tuner.export(project.runs_folder / "straight", ExportRequest(target)))
    _finished(events)
    assert any(target.iterdir()), "the export is empty"
    return "reloaded"


def _network(state: _State) -> str:
    assert not state.attempts, f"asked for {', '.join(state.attempts[:3])}"
    return "no connection was tried"


def _worker(state: _State) -> str:
    """The child process trains, is killed after its first checkpoint, and a new one goes on."""
    from ..core.errors import UserError
    from ..core.events import CheckpointSaved
    from ..core.runs import load_recipe, recorded, replay
    from ..tuning.worker import WorkerTuner

    recipe, folder = _new_run(state, "killed")
    with WorkerTuner() as worker:
        first = recorded(worker.train(recipe, folder), folder)
        try:
            for event in first:
                if isinstance(event, CheckpointSaved) and worker.pid is not None:
                    _kill(worker.pid)
        except UserError:
            pass  # this is how the death of a worker is told
        else:
            raise RuntimeError("the worker process was not missed")
        again = recorded(worker.train(load_recipe(folder), folder, resume=True), folder)
        _finished(list(again))
    losses = _losses(replay(folder))
    assert losses == state.losses, f"{losses} after the kill, not {state.losses}"
    return "killed, and gone on with the same losses"


def _kill(pid: int) -> None:
    """End a process at once, as a crash would (SIGKILL; TerminateProcess on Windows)."""
    import psutil

    psutil.Process(pid).kill()


def _plot(state: _State) -> str:
    """A process of its own draws curves without a screen: Qt and its plug-ins are whole."""
    import subprocess
    import sys

    from ..core.places import frozen_program, resources
    from ..tuning.export_check import RUN_SCRIPT

    script, picture = resources() / "selftest" / "draw_curves.py", state.folder / "curves.png"
    frozen = frozen_program()
    command = [sys.executable] if frozen is None else [frozen, RUN_SCRIPT]
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [*command, str(script), str(picture)],
        env=os.environ if frozen is not None else {**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=120,
    )
    said = done.stderr.strip().splitlines()
    assert done.returncode == 0, said[-1] if said else f"exit {done.returncode}"
    return f"{picture.stat().st_size / 1000:.0f} kB"


CHECKS: dict[str, Callable[[_State], str]] = {
    "imports": _imports,
    "make and add a model": _make_model,
    "read files": _read_files,
    "make a project": _make_project,
    "train": _train,
    "stop at a checkpoint and resume": _resume,
    "kill the worker process and resume": _worker,
    "evaluate": _evaluate,
    "predict": _predict,
    "export": _export,
    "draw a plot": _plot,
    "network": _network,
}


def _made(state: _State) -> tuple[Project, Tuner]:
    if state.project is None or state.tuner is None:
        raise RuntimeError("an earlier check failed")
    return state.project, state.tuner


def _new_run(state: _State, name: str) -> tuple[Recipe, Path]:
    from ..core.runs import create_run
    from ..methods import METHODS
    from ..projects.recipes import recipe_for
    from .library import library

    project, _ = _made(state)
    recipe = recipe_for(
        project, None, "lora", _SETTINGS, 1, name, library=library(), methods=METHODS
    )
    return recipe, create_run(project.runs_folder, recipe)


def _work(state: _State, name: str) -> list[Event]:
    from ..core.runs import recorded

    _, tuner = _made(state)
    recipe, folder = _new_run(state, name)
    return list(recorded(tuner.train(recipe, folder), folder))


def _losses(events: Any) -> list[float]:
    from ..core.events import Stepped

    return [event.loss for event in events if isinstance(event, Stepped)]


def _finished(events: list[Event]) -> dict[str, Any]:
    from ..core.events import Finished

    ends = [event.result for event in events if isinstance(event, Finished)]
    if not ends:
        raise RuntimeError("the work did not finish")
    return ends[-1]
