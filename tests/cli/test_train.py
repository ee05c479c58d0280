from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run
from fake_tuner import FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Resumed, Stepped, Stopped
from peft_desktop.core.recipe import TrainingSettings
from peft_desktop.core.runs import find_run, load_recipe, replay

Refused = Callable[..., str]


def steps_of(folder: Path) -> list[int]:
    return [event.step for event in replay(folder) if isinstance(event, Stepped)]


def test_that_training_leaves_a_finished_run_with_its_recipe(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("train", project, "--json")
    assert outcome.code == 0, outcome
    folder = project / "runs" / "lora-1"
    assert outcome.result["name"] == "lora-1"
    assert outcome.result["folder"] == str(folder)
    assert outcome.result["best_step"] == 4
    assert outcome.result["metrics"]["valid"]["accuracy"] == 1.0
    assert outcome.result["seconds"] >= 0
    assert find_run(project / "runs", None).state == "finished"
    recipe = load_recipe(folder)
    assert (recipe.method, recipe.model.name, recipe.model.family) == ("lora", "tiny", "causal")
    assert recipe.model.sha256
    assert recipe.data.sha256
    assert sorted(recipe.data.rows) == ["test", "train", "valid"]
    environment = json.loads((folder / "environment.json").read_text(encoding="utf-8"))
    assert environment["packages"]["torch"]
    assert not (folder / "run.lock").exists()
    assert fake.asked == ["train", "close"]


def test_that_events_are_json_lines_without_ticks_and_the_result_is_the_last(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("train", project, "--json")
    kinds = [event["kind"] for event in outcome.events]
    assert kinds[0] == "Started"
    assert kinds[-1] == "Finished"
    assert kinds.count("Stepped") == 4
    assert "Tick" not in kinds
    assert "kind" not in outcome.result
    step = next(event for event in outcome.events if event["kind"] == "Stepped")
    wanted = "step loss loss_prompt loss_fine_tune learning_rate gradient_norm"
    assert not set([*wanted.split(), "examples_per_second", "memory_bytes"]) - set(step)
    assert outcome.err == ""


def test_that_without_json_stdout_is_for_people_and_progress_is_on_stderr(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("train", project)
    assert "lora-1" in outcome.out
    assert "{" not in outcome.out
    assert "accuracy" in outcome.err


def test_that_settings_reach_the_recipe(run: Run, project: Path, fake: FakeTuner) -> None:
    given = ("--set", "epochs=2", "--set", "learning_rate=0.01", "--set", "rank=4")
    assert run("train", project, *given, "--seed", 7, "--name", "mine").code == 0
    recipe = load_recipe(project / "runs" / "mine")
    assert (recipe.training.epochs, recipe.training.learning_rate) == (2.0, 0.01)
    assert recipe.method_settings["rank"] == 4
    assert recipe.seed == 7


def test_that_the_article_preset_is_as_in_the_article(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    assert run("train", project, "--preset", "article", "--set", "epochs=1").code == 0
    training = load_recipe(project / "runs" / "lora-1").training
    assert (training.optimizer, training.learning_rate, training.batch_size) == ("adam", 1e-5, 1)
    assert (training.weight_prompt, training.weight_fine_tune) == (1.0, 1.0)
    assert training.epochs == 1, "what is set by hand wins over the preset"


@pytest.mark.parametrize("preset", ["quick", "balanced", "thorough", "article"])
def test_that_every_preset_is_made_of_settings_that_there_are(
    run: Run, project: Path, fake: FakeTuner, preset: str
) -> None:
    assert run("train", project, "--preset", preset).code == 0
    recipe = load_recipe(project / "runs" / "lora-1")
    assert recipe.preset == preset
    assert isinstance(recipe.training, TrainingSettings)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "epochz=2"], "rank"),
        (["--set", "epochs"], "KEY=VALUE"),
        (["--set", "epochs=many"], "0.01"),
        (["--set", "batch_size=0"], "batch_size"),
        (["--set", "rank=0"], "rank"),
        (["--method", "lorra"], "lora"),
        (["--preset", "slow"], "thorough"),
        (["--model", "nothing"], '"nothing"'),
        (["--name", "a/b"], '"a/b"'),
        (["--name", ""], "called"),
        (["--resume", "nothing"], "no runs"),
        (["--resume", "x", "--seed", "1"], "--seed"),
    ],
)
def test_that_a_wrong_wish_leaves_no_run(
    refused: Refused, project: Path, fake: FakeTuner, words: list[str], said: str
) -> None:
    assert said in refused("train", project, *words)
    assert not list((project / "runs").iterdir())
    assert fake.asked == []


def test_that_a_model_that_broke_since_is_refused_before_there_is_a_run(
    refused: Refused, project: Path, fake: FakeTuner, home: Path
) -> None:
    (home / "models" / "tiny" / "model.safetensors").write_bytes(b"")
    refused("train", project)
    refused("probe", project)
    assert not list((project / "runs").iterdir())


def test_that_a_taken_name_is_refused_and_the_run_is_kept(
    run: Run, refused: Refused, project: Path, fake: FakeTuner
) -> None:
    run("train", project, "--name", "one")
    before = (project / "runs" / "one" / "events.jsonl").read_bytes()
    assert '"one"' in refused("train", project, "--name", "one")
    assert (project / "runs" / "one" / "events.jsonl").read_bytes() == before


def test_that_a_project_without_labels_cannot_be_trained(
    run: Run, refused: Refused, model: str, tmp_path: Path
) -> None:
    data = tmp_path / "d.csv"
    data.write_text("text\n" + "".join(f"line {i}\n" for i in range(9)), encoding="utf-8")
    assert run("init", tmp_path / "p", "--data", data, "--model", model).code == 0
    assert "--label" in refused("train", tmp_path / "p")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
@pytest.mark.skipif(os.name != "posix", reason="a process of Windows cannot signal itself so")
def test_that_a_signal_closes_the_work_which_saves(
    run: Run, project: Path, fake: FakeTuner, number: signal.Signals, code: int
) -> None:
    before = signal.getsignal(number)
    fake.at_step[3] = lambda: os.kill(os.getpid(), number)
    outcome = run("train", project, "--json")
    assert outcome.code == code
    assert outcome.result["error"]["exit_code"] == code
    assert len(outcome.err.splitlines()) == 1
    assert "--resume lora-1" in outcome.err
    assert fake.saved
    folder = project / "runs" / "lora-1"
    assert isinstance(list(replay(folder))[-1], Stopped)
    assert find_run(project / "runs", None).state == "stopped"
    assert not (folder / "run.lock").exists()
    assert signal.getsignal(number) == before


def test_that_a_stopped_run_goes_on_from_its_checkpoint(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    fake.at_step[4] = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    assert run("train", project, "--name", "one").code == 130
    folder = project / "runs" / "one"
    assert steps_of(folder) == [1, 2, 3]
    outcome = run("train", project, "--resume", "one", "--json")
    assert outcome.code == 0, outcome
    assert outcome.result["name"] == "one"
    assert steps_of(folder) == [1, 2, 3, 4], "what lay past the checkpoint is not there twice"
    assert [e.step for e in replay(folder) if isinstance(e, Resumed)] == [2]
    assert fake.asked.count("resume") == 1
    assert find_run(project / "runs", "one").state == "finished"


def test_that_a_run_without_a_checkpoint_starts_again_from_its_recipe(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    fake.at_step[2] = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    run("train", project, "--name", "one", "--seed", 9)
    folder = project / "runs" / "one"
    with (folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"kind": "Step')  # as a power cut leaves it
    assert run("train", project, "--resume", "one").code == 0
    assert steps_of(folder) == [1, 2, 3, 4]
    assert load_recipe(folder).seed == 9


def test_that_resuming_a_finished_run_succeeds_and_does_nothing(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    run("train", project, "--name", "one")
    before = (project / "runs" / "one" / "events.jsonl").read_bytes()
    fake.asked.clear()
    outcome = run("train", project, "--resume", "one", "--json")
    assert outcome.code == 0
    assert outcome.result["best_step"] == 4
    assert fake.asked == []
    assert (project / "runs" / "one" / "events.jsonl").read_bytes() == before


def test_that_a_run_at_work_is_not_trained_twice(
    run: Run, refused: Refused, project: Path, fake: FakeTuner
) -> None:
    from peft_desktop.core.locks import locked

    fake.at_step[2] = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    run("train", project, "--name", "one")
    folder = project / "runs" / "one"
    before = (folder / "events.jsonl").read_bytes()
    with locked(folder / "run.lock", "The run"):
        assert "in use" in refused("train", project, "--resume", "one")
        assert "still training" in refused("evaluate", project)
        assert "at work" in refused("runs", "delete", project, "one", "--yes")
    assert (folder / "events.jsonl").read_bytes() == before


def test_that_the_lock_of_a_dead_process_is_taken_over(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    fake.at_step[2] = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    run("train", project, "--name", "one")
    lock = project / "runs" / "one" / "run.lock"
    lock.write_text('{"pid": 999999999, "born": 1.0, "host": ""}', encoding="utf-8")
    record = json.loads(lock.read_text(encoding="utf-8"))
    import platform

    lock.write_text(json.dumps({**record, "host": platform.node()}), encoding="utf-8")
    assert run("train", project, "--resume", "one").code == 0
    assert not lock.exists()


def test_that_a_user_error_of_the_engine_is_one_line_and_the_run_says_so(
    refused: Refused, project: Path, fake: FakeTuner
) -> None:
    def fail() -> None:
        raise UserError("The loss became NaN.", "Lower the learning rate.")

    fake.at_step[3] = fail
    assert "NaN" in refused("train", project, "--json")
    assert find_run(project / "runs", None).state == "failed"


def test_that_a_bug_of_the_engine_is_exit_code_1(run: Run, project: Path, fake: FakeTuner) -> None:
    def fail() -> None:
        raise RuntimeError("oops")

    fake.at_step[3] = fail
    outcome = run("train", project, "--json")
    assert outcome.code == 1
    assert "oops" in outcome.result["error"]["message"]
    assert find_run(project / "runs", None).state == "failed"
    assert fake.asked[-1] == "close"


def test_that_further_templates_and_virtual_words_reach_the_recipe(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    more = "{text} All in all it was {mask}"
    outcome = run("train", project, "--also-template", more, "--virtual", "--json")
    assert outcome.code == 0, outcome
    prompt = load_recipe(project / "runs" / "lora-1").prompt
    assert prompt.also == [more] and prompt.virtual
    assert more in run("runs", "show", project, "lora-1").out


def test_that_a_further_template_that_does_not_fit_leaves_no_run(
    refused: Refused, project: Path, fake: FakeTuner
) -> None:
    said = refused("train", project, "--also-template", "{mask} {text}")
    assert "{mask} {text}" in said and not list((project / "runs").glob("*/recipe.json"))
    said = refused("train", project, "--also-template", "{text} {soft:3} {mask}")
    assert "cannot train the soft tokens" in said


def test_that_a_dry_run_measures_and_leaves_no_run(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("train", project, "--dry-run")
    assert outcome.code == 0, outcome
    assert fake.asked == ["rehearse", "close"]
    assert "900 MB of 1000 MB" in outcome.out and "0.50 s a step, 120 steps" in outcome.out
    assert "--set batch_size=8 --set accumulation=2" in outcome.out
    assert not list((project / "runs").iterdir())
    assert run("train", project, "--dry-run", "--json").result["verdict"] == "tight"
