"""Whatever operation of the drive fails, and wherever the power is cut: the old or the new opens.

Each case is done once on a whole drive to count its operations, then once for every one of them
and every way to fail.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from faulty_disk import BROKEN, FULL, FaultyDisk, PowerCut
from safetensors.torch import load_file

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.locks import holder_of, locked
from peft_desktop.core.ports import ReadAs
from peft_desktop.core.project import ProjectFile, create_project, open_project
from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe
from peft_desktop.core.runs import (
    create_run,
    delete_run,
    find_run,
    list_runs,
    load_recipe,
    recorded,
    rename_run,
    replay,
    rewind,
)
from peft_desktop.data.readers import read_file
from peft_desktop.data.store import load_table, store
from peft_desktop.data.versions import add_version, hash_of, put_in_force
from peft_desktop.data.writers import open_writer
from peft_desktop.evaluation.report import write_record
from peft_desktop.projects.first_prompt import ChosenModel
from peft_desktop.projects.prepare import Wishes, prepare_project
from peft_desktop.tuning import checkpoint as checkpoints
from peft_desktop.tuning.trained import FOLDER, TrainedFile, save_trained


@dataclass(frozen=True)
class Case:
    """`begin` makes the old state in an empty folder, `act` makes the new one of it, and
    `state` says which of them is there: it raises where neither opens."""

    begin: Callable[[Path], None]
    act: Callable[[Path], Any]
    state: Callable[[Path], Any]


def _nothing(folder: Path) -> None:
    folder.mkdir(exist_ok=True)


ROWS = "text,label\n" + "".join(f"good film {n},pos\nbad film {n},neg\n" for n in range(12))


# --- the project's file ---
def _project(folder: Path) -> None:
    create_project(folder / "p", ProjectFile(name="p", seed=1))


def _save(folder: Path) -> None:
    open_project(folder / "p").update(seed=2)


def _seed(folder: Path) -> int:
    return open_project(folder / "p").file.seed


# --- import of a table into a new project ---
def _table_file(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "in.csv").write_text(ROWS, encoding="utf-8")
    (folder / "more.csv").write_text(ROWS + "a new one,pos\n", encoding="utf-8")


def _import(folder: Path) -> None:
    prepare_project(
        folder / "p",
        folder / "in.csv",
        Wishes(template="{text} It was {mask}", words={"pos": ["great"], "neg": ["terrible"]}),
        model=ChosenModel("", "causal", cast(Any, None), lambda *_: []),
        read_as=ReadAs(),
    )


def _imported(folder: Path) -> Any:
    if not (folder / "p").exists():
        return None
    project = open_project(folder / "p")
    table = load_table(project.folder)
    assert hash_of(project.table_path) == project.file.data_sha256
    return table.num_rows, sorted(map(len, project.file.splits.values()))


# --- the table of a project that is there: another one in its place ---
def _with_data(folder: Path) -> None:
    _table_file(folder)
    _project(folder)
    store([("data", read_file(folder / "in.csv"))], folder / "p")


def _store_more(folder: Path) -> None:
    store([("data", read_file(folder / "more.csv"))], folder / "p")


def _rows(folder: Path) -> int:
    open_project(folder / "p")
    receipt = json.loads((folder / "p" / "data" / "receipt.json").read_text(encoding="utf-8"))
    count = load_table(folder / "p").num_rows
    assert receipt["files"][0]["rows"][1] == count
    return int(count)


def _repair(folder: Path) -> None:
    project = open_project(folder / "p")
    before = hash_of(project.table_path)
    after = add_version(project.folder, load_table(project.folder).slice(0, 4))
    put_in_force(project.folder, before, after)
    project.update(data_sha256=after)


def _rows_alone(folder: Path) -> int:
    open_project(folder / "p")
    return int(load_table(folder / "p").num_rows)


# --- runs ---
def _recipe(name: str) -> Recipe:
    return Recipe(
        name=name,
        model=ModelRef(name="m", family="causal", sha256=""),
        prompt=PromptSpec(template="{text} {mask}", words={"a": ["b"]}),
        data=DataRef(text="text"),
    )


def _make_run(folder: Path) -> None:
    create_run(folder / "p" / "runs", _recipe("one"))


def _runs(folder: Path) -> list[str]:
    open_project(folder / "p")
    names = [run.name for run in list_runs(folder / "p" / "runs")]
    visible = [f.name for f in (folder / "p" / "runs").iterdir() if not f.name.startswith(".")]
    assert visible == names  # no name is taken by what is no run
    return names


def _with_run(folder: Path) -> None:
    _project(folder)
    _make_run(folder)


def _rename(folder: Path) -> None:
    rename_run(find_run(folder / "p" / "runs", "one"), "two")


def _delete(folder: Path) -> None:
    delete_run(find_run(folder / "p" / "runs", "one"))


def _record(folder: Path) -> None:
    def work() -> Any:
        for step in range(4):
            yield ev.CheckpointSaved(step, "")
        yield ev.Finished()

    list(recorded(work(), folder / "p" / "runs" / "one"))


def _recorded(folder: Path) -> int:
    run = folder / "p" / "runs" / "one"
    steps = [event.step for event in replay(run) if isinstance(event, ev.CheckpointSaved)]
    assert steps == list(range(len(steps)))  # a beginning of what was told, nothing out of order
    load_recipe(run)
    return len(steps)


def _with_record(folder: Path) -> None:
    _with_run(folder)
    _record(folder)


def _rewind(folder: Path) -> None:
    rewind(folder / "p" / "runs" / "one", 1)


def _lock(folder: Path) -> None:
    with locked(folder / "p" / "runs" / "one" / "run.lock", "it"):
        pass


def _lock_free(folder: Path) -> None:
    # the holder is this very process, which lives on here: what counts is that it can be read
    holder = holder_of(folder / "p" / "runs" / "one" / "run.lock")
    assert holder is None or holder["pid"]


# --- weights ---
def _snapshot(step: int) -> checkpoints.Snapshot:
    parameter = torch.nn.Parameter(torch.full((3, 2), float(step)))
    optimizer = torch.optim.AdamW([parameter], lr=0.1)
    parameter.sum().backward()
    optimizer.step()
    return checkpoints.Snapshot(
        step=step,
        trained={"w": parameter.detach()},
        best={"w": torch.ones(3, 2)},
        optimizer=optimizer.state_dict(),
        state={"precision": "fp32"},
        scores={"prompt": torch.ones(4, 2)},
    )


def _checkpoints(folder: Path) -> None:
    for step in (1, 2):
        checkpoints.save_checkpoint(folder, _snapshot(step))


def _third(folder: Path) -> None:
    checkpoints.save_checkpoint(folder, _snapshot(3))


def _newest(folder: Path) -> int:
    newest = checkpoints.newest_whole(folder)
    assert newest is not None
    return checkpoints.load_checkpoint(newest).step


def _trained(value: float) -> Callable[[Path], None]:
    def save(folder: Path) -> None:
        run = folder / "p" / "runs" / "one"
        if not run.exists():
            _with_run(folder)
        file = TrainedFile(
            family="causal",
            base="b",
            base_sha256="",
            labels=["a"],
            columns=["text"],
            use_head=False,
            separate=False,
            max_length=8,
            precision="fp32",
            weight=value,
            temperature=1.0,
        )
        save_trained(run, file, {"w": torch.full((2,), value)})

    return save


def _weights(folder: Path) -> float:
    open_project(folder / "p")
    model = folder / "p" / "runs" / "one" / FOLDER
    tensors = load_file(model / "trained.safetensors")
    record = json.loads((model / "model.json").read_text(encoding="utf-8"))
    assert float(tensors["w"][0]) == record["weight"]
    return float(tensors["w"][0])


# --- what is written for others ---
def _answers(ending: str) -> tuple[Callable[[Path], None], Callable[[Path], Any]]:
    def write(folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        there = (folder / f"out{ending}").exists()
        with open_writer(folder / f"out{ending}", ["text"]) as out:
            out.write({"text": ["new" if there else "old"] * 3})

    def read(folder: Path) -> str:
        read_back = read_file(folder / f"out{ending}").table["text"].to_pylist()
        assert len(read_back) == 3 and len(set(read_back)) == 1
        return str(read_back[0])

    return write, read


def _report(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    write_record(folder, "valid" if (folder / "metrics.json").exists() else "test", {"metrics": {}})


def _reported(folder: Path) -> Any:
    path = folder / "metrics.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


CASES = {
    "project, save": Case(_project, _save, _seed),
    "project, import": Case(_table_file, _import, _imported),
    "data, another table": Case(_with_data, _store_more, _rows),
    "data, repaired": Case(_with_data, _repair, _rows_alone),
    "run, new": Case(_project, _make_run, _runs),
    "run, renamed": Case(_with_run, _rename, _runs),
    "run, deleted": Case(_with_run, _delete, _runs),
    "run, its events": Case(_with_run, _record, _recorded),
    "run, events cut back": Case(_with_record, _rewind, _recorded),
    "run, its lock": Case(_with_run, _lock, _lock_free),
    "checkpoint": Case(_checkpoints, _third, _newest),
    "metrics": Case(_report, _report, _reported),
    "trained weights": Case(_trained(1.0), _trained(2.0), _weights),
    **{
        f"predictions, {ending}": Case(write, write, read)
        for ending in (".csv", ".tsv", ".parquet")
        for write, read in [_answers(ending)]
    },
}


WAYS = ((FULL, False), (BROKEN, False), (0, True))
# a resumed run cuts its record back first; a lock that could not be removed is this process's own
NOT_TWICE = ("run, its events", "run, its lock")


@pytest.mark.parametrize("name", CASES)
def test_that_the_old_or_the_new_opens_whatever_fails(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    case.begin(tmp_path / "old")
    old = case.state(tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    with FaultyDisk(tmp_path / "new").at_work() as counted:
        case.act(tmp_path / "new")
    new = case.state(tmp_path / "new")
    assert counted.count > 0 and (new != old or name in NOT_TWICE)
    between = range(old, new) if name == "run, its events" else ()
    for number in range(1, counted.count + 1):
        for error, cut in WAYS:
            place = tmp_path / f"{number}-{error}-{cut}"
            shutil.copytree(tmp_path / "old", place)
            what = f"{counted.log[number - 1]}, operation {number}, error {error}, cut {cut}"
            said = ""
            with FaultyDisk(place, number, error, cut).at_work():
                try:
                    case.act(place)
                except PowerCut:
                    assert cut
                except UserError as problem:
                    said = str(problem)
            try:
                found = case.state(place)
            except Exception as problem:
                raise AssertionError(f"{what}: neither opens") from problem
            assert found in (old, new) or found in between, what
            if said and error == FULL:
                assert "The disk is full" in said and "MB" in said, what
            if found == old and name not in NOT_TWICE:  # it can be done after all
                case.act(place)
                assert case.state(place) == new, what
            shutil.rmtree(place)
