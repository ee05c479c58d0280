"""The stand-ins of the window's tests keep to the shapes of the real engine."""

from __future__ import annotations

from pathlib import Path

from window_fakes import FakeLibrary, FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.ports import EvaluateRequest, PredictRequest, Tuner
from peft_desktop.core.project import open_project
from peft_desktop.core.runs import create_run, list_runs, recorded
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for


def trained(folder: Path, library: FakeLibrary, tuner: Tuner) -> Path:
    recipe = recipe_for(open_project(folder), library=library, methods=METHODS)
    run = create_run(folder / "runs", recipe)
    assert isinstance(list(recorded(tuner.train(recipe, run), run))[-1], ev.Finished)
    return run


def test_that_a_scripted_training_leaves_a_finished_run_behind(
    project_folder: Path, library: FakeLibrary
) -> None:
    trained(project_folder, library, FakeTuner())
    assert [run.state for run in list_runs(project_folder / "runs")] == ["finished"]


def test_that_evaluation_and_prediction_end_with_results(
    project_folder: Path, library: FakeLibrary
) -> None:
    tuner = FakeTuner()
    run = trained(project_folder, library, tuner)
    judged = list(tuner.evaluate(run, EvaluateRequest("test")))[-1]
    assert isinstance(judged, ev.Finished)
    assert judged.result["metrics"]["accuracy"] == 0.8
    assert {"baselines", "per_class", "confusion", "intervals", "rows"} <= judged.result.keys()
    said = list(tuner.predict(run, PredictRequest(rows=({"text": "positive"},))))[-1]
    assert isinstance(said, ev.Finished)
    assert said.result["rows"][0]["predicted_label"] == "positive"
