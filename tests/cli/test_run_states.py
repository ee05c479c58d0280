"""How a run stands is told by the end of its events, however long they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peft_desktop.core import events as ev
from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe
from peft_desktop.core.runs import EVENTS, create_run, list_runs, recorded

STEPS = [ev.Stepped(step, 1.0, 0.5, None, None, 1e-4, 1.0, 10.0, 1, 1.0) for step in range(900)]


def state_after(runs_folder: Path, *more: ev.Event) -> str:
    recipe = Recipe(name="long", model=ModelRef(name="tiny"), prompt=PromptSpec(), data=DataRef())
    folder = create_run(runs_folder, recipe)
    events = (event for event in (ev.Started("train"), *STEPS, *more))
    list(recorded(events, folder))
    assert (folder / EVENTS).stat().st_size > 1 << 16
    [run] = list_runs(runs_folder)
    return run.state


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ([], "interrupted"),
        ([ev.Finished({})], "finished"),
        ([ev.Stopped()], "stopped"),
        ([ev.Failed("no memory")], "failed"),
        ([ev.Stopped(), ev.Started("train"), *STEPS], "interrupted"),
    ],
)
def test_that_a_long_run_is_told_by_its_end(
    tmp_path: Path, more: list[ev.Event], state: str
) -> None:
    assert state_after(tmp_path / "runs", *more) == state


def test_that_a_torn_last_line_does_not_count(tmp_path: Path) -> None:
    assert state_after(tmp_path / "runs") == "interrupted"
    with (tmp_path / "runs" / "long" / EVENTS).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": "Finished", "result": {}})[:-3])
    assert [run.state for run in list_runs(tmp_path / "runs")] == ["interrupted"]
