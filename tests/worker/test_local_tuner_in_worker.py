"""The real tuner keeps the contract too: in a child it gives the numbers that it gives here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_project

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Evaluated, Event, Finished, Stepped, Tick
from peft_desktop.core.ports import EvaluateRequest, Events, PredictRequest, Tuner
from peft_desktop.tuning.tuner import LocalTuner
from peft_desktop.tuning.worker import WorkerTuner

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning"),
]
ROWS = ({"text": "good film"}, {"text": "bad film"}, {"text": "好电影"})


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("shared")
    small_project.make_project(home)
    return home


@pytest.fixture(scope="module")
def worker(shared_home: Path) -> Iterator[Tuner]:
    with pytest.MonkeyPatch.context() as patch, WorkerTuner() as tuner:
        patch.setenv("PEFT_DESKTOP_HOME", str(shared_home))  # the child keeps what it is born with
        tuner.devices()
        yield tuner


@pytest.fixture
def here(worker: Tuner, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tuner]:
    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(shared_home))
    tuner = LocalTuner()
    yield tuner
    tuner.close()


def told(events: Events) -> list[Event]:
    return [event for event in events if not isinstance(event, Tick)]


def result(events: Events) -> dict[str, Any]:
    last = told(events)[-1]
    assert isinstance(last, Finished)
    return last.result


def test_that_a_run_gives_the_same_numbers_here_and_in_a_child(
    here: Tuner, worker: Tuner, shared_home: Path
) -> None:
    seen, answers, judged = [], [], []
    for name, tuner in (("here", here), ("child", worker)):
        recipe, folder = small_project.make_run(shared_home / "project", name)
        seen.append(told(tuner.train(recipe, folder)))
        judged.append(result(tuner.evaluate(folder, EvaluateRequest()))["metrics"])
        answers.append(result(tuner.predict(folder, PredictRequest(rows=ROWS)))["rows"])
    kinds = [[type(event) for event in events] for events in seen]
    assert kinds[0] == kinds[1]
    losses = [[e.loss for e in events if isinstance(e, (Stepped, Evaluated))] for events in seen]
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)
    assert len(losses[0]) > 8
    assert judged[0] == pytest.approx(judged[1], abs=1e-5)
    for ours, theirs in zip(*answers, strict=True):
        assert ours.pop("predicted_label") == theirs.pop("predicted_label")
        assert ours == pytest.approx(theirs, abs=1e-5)


@pytest.mark.parametrize("place", ["here", "child"])
def test_that_a_stop_keeps_the_best_weights(
    here: Tuner, worker: Tuner, shared_home: Path, place: str
) -> None:
    tuner = here if place == "here" else worker
    recipe, folder = small_project.make_run(
        shared_home / "project", f"stopped {place}", max_steps=10_000, evaluate_every_steps=2
    )
    events = tuner.train(recipe, folder)
    for event in events:
        if isinstance(event, Evaluated):
            break
    events.close()
    assert (folder / "model" / "model.json").is_file()
    assert len(result(tuner.predict(folder, PredictRequest(rows=ROWS)))["rows"]) == len(ROWS)


@pytest.mark.parametrize("place", ["here", "child"])
def test_that_a_missing_model_is_said(
    here: Tuner, worker: Tuner, shared_home: Path, place: str
) -> None:
    tuner = here if place == "here" else worker
    recipe, folder = small_project.make_run(shared_home / "project", f"without {place}")
    gone = recipe.model_copy(update={"model": recipe.model.model_copy(update={"name": "gone"})})
    with pytest.raises(UserError, match="gone"):
        list(tuner.train(gone, folder))
