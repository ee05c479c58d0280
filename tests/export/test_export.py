"""The whole export: checked by a clean process, or not there at all."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from trained_run import TEXTS, TrainedRun, make_run

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Finished, PhaseChanged, Started
from peft_desktop.core.ports import ExportRequest
from peft_desktop.tuning import export as exporting
from peft_desktop.tuning.tuner import LocalTuner

# what peft says of transformers
pytestmark = pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
Tiny = Callable[[str], Path]


@pytest.fixture
def run(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainedRun:
    """A run in a home of its own: the project's folder is the home."""
    made = make_run(tmp_path / "home", tiny("minilm"), "encoder")
    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(tmp_path / "home"))
    return made


def export(run: TrainedRun, target: Path, form: str = "adapter") -> dict[str, Any]:
    *events, last = LocalTuner().export(run.folder, ExportRequest(target, form))
    phases = [event.phase for event in events if isinstance(event, PhaseChanged)]
    assert any(isinstance(event, Started) for event in events)
    assert phases[-4:] == ["loading", "evaluating", "saving", "checking"]
    assert isinstance(last, Finished)
    return last.result


def predict(folder: Path, source: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """What a stranger does: another process, which does not know of this program."""
    return subprocess.run(
        [sys.executable, "-P", str(folder / "predict.py"), str(source), *more],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder.parent,
    )


def write_csv(path: Path, texts: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "text"], *enumerate(texts)])
    return path


def answers(said: str) -> list[dict[str, str]]:
    return list(csv.DictReader(said.splitlines(keepends=True)))


@pytest.mark.slow
def test_that_an_adapter_finds_its_base_in_the_library(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(tmp_path / "home", tiny("llama"), "causal")
    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(tmp_path / "home"))
    target = tmp_path / "deep" / "out"
    result = export(run, target)
    assert result["checked_rows"] == len(TEXTS)
    assert result["largest_difference"] < 1e-4
    assert {"adapter_config.json", "adapter_model.safetensors", "README.md"} < {*result["files"]}
    assert not [name for name in result["files"] if "pycache" in name]
    assert [path.name for path in target.parent.iterdir()] == ["out"]
    run.base.rename(run.base.with_name("renamed"))  # by its hash, not by its name
    (run.base.with_name("renamed") / "peft-desktop.json").unlink()
    done = predict(target, write_csv(tmp_path / "in.csv", TEXTS))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    rows = answers(done.stdout)
    assert [row["text"] for row in rows] == TEXTS
    assert list(rows[0]) == [
        *("id", "text", "predicted_label", "probability", "probability_pos", "probability_neg")
    ]
    shutil.rmtree(tmp_path / "home" / "models")
    gone = predict(target, tmp_path / "in.csv")
    assert (gone.returncode, gone.stdout) == (2, "")
    assert "--base" in gone.stderr
    assert len(gone.stderr.splitlines()) == 1


def test_that_an_adapter_is_in_pefts_own_format(tiny: Tiny, tmp_path: Path) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    from peft_desktop.tuning.export_files import write_export

    run = make_run(tmp_path / "home", tiny("llama"), "causal")
    ready = run.exact()
    (tmp_path / "out").mkdir()
    write_export(tmp_path / "out", "adapter", ready, run.library, run.folder)
    config = json.loads((tmp_path / "out" / "adapter_config.json").read_text(encoding="utf-8"))
    assert (config["peft_type"], config["task_type"]) == ("LORA", "CAUSAL_LM")
    assert config["base_model_name_or_path"] == "llama"
    base = AutoModelForCausalLM.from_pretrained(run.base, dtype=torch.float32)
    theirs = PeftModel.from_pretrained(base, tmp_path / "out").eval()
    ids = torch.tensor([[5, 9, 30, 7]])
    torch.testing.assert_close(
        theirs(input_ids=ids).logits, ready.model.model(input_ids=ids).logits
    )


@pytest.mark.slow
def test_that_a_merged_model_stands_alone(run: TrainedRun, tmp_path: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    target = tmp_path / "out"
    target.mkdir()  # an empty folder is as good as none
    result = export(run, target, "merged")
    shutil.rmtree(run.base)
    assert result["bytes"] == sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
    AutoModel.from_pretrained(target, local_files_only=True)
    AutoTokenizer.from_pretrained(target, local_files_only=True)
    assert {"LICENSE", "tokenizer.json", "modules.json", "1_Pooling/config.json"} < {
        *result["files"]
    }
    done = predict(target, write_csv(tmp_path / "in.csv", TEXTS))
    assert done.returncode == 0, done.stderr
    assert len(answers(done.stdout)) == len(TEXTS)


def test_that_a_wrong_answer_removes_the_export(
    run: TrainedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(stage: Path, *more: Any) -> None:
        write(stage, *more)
        prompt = stage / "prompt" / "prompt.json"
        said = json.loads(prompt.read_text(encoding="utf-8"))
        prompt.write_text(json.dumps({**said, "temperature": 1.5}), encoding="utf-8")

    write = exporting.write_export
    monkeypatch.setattr(exporting, "write_export", spoilt)
    with pytest.raises(UserError, match="a probability of the exported model differs by 0"):
        export(run, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_that_a_program_that_fails_removes_the_export(
    run: TrainedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(stage: Path, *more: Any) -> None:
        write(stage, *more)
        (stage / "predict.py").write_text("raise SystemExit('no way')", encoding="utf-8")

    write = exporting.write_export
    monkeypatch.setattr(exporting, "write_export", spoilt)
    with pytest.raises(UserError, match=r"exit code 1: no way"):
        export(run, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_that_stopping_the_check_leaves_nothing(
    run: TrainedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(stage: Path, *more: Any) -> None:
        write(stage, *more)
        (stage / "predict.py").write_text("import time; time.sleep(60)", encoding="utf-8")

    write = exporting.write_export
    monkeypatch.setattr(exporting, "write_export", spoilt)
    events = LocalTuner().export(run.folder, ExportRequest(tmp_path / "out"))
    while next(events) != PhaseChanged("checking"):
        pass
    next(events)
    assert [c for c in psutil.Process().children() if "predict.py" in " ".join(c.cmdline())]
    events.close()
    assert not [c for c in psutil.Process().children() if "predict.py" in " ".join(c.cmdline())]
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("form", ["onnx", "", "ADAPTER"])
def test_that_an_unknown_format_is_refused(run: TrainedRun, tmp_path: Path, form: str) -> None:
    with pytest.raises(UserError, match="adapter, merged"):
        list(LocalTuner().export(run.folder, ExportRequest(tmp_path / "out", form)))
    assert not (tmp_path / "out").exists()


def test_that_a_taken_place_is_left_alone(run: TrainedRun, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for name in ("out", "file"):
        with pytest.raises(UserError, match="taken"):
            list(LocalTuner().export(run.folder, ExportRequest(tmp_path / name)))
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_that_a_run_without_a_model_says_so(run: TrainedRun, tmp_path: Path) -> None:
    shutil.rmtree(run.folder / "model")
    with pytest.raises(UserError, match="has no model"):
        list(LocalTuner().export(run.folder, ExportRequest(tmp_path / "out")))


def test_that_an_export_does_not_need_the_projects_data(run: TrainedRun, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "home" / "data")
    assert export(run, tmp_path / "out")["checked_rows"] > 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a plain user")
def test_that_an_unwritable_place_is_said(run: TrainedRun, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(UserError, match="cannot be written"):
        list(LocalTuner().export(run.folder, ExportRequest(closed / "out")))


def test_that_the_card_tells_what_the_model_is(run: TrainedRun, tmp_path: Path) -> None:
    from peft_desktop.tuning.export_files import write_export

    (run.folder / "metrics.json").write_text(
        json.dumps({"version": 1, "splits": {"test": {"metrics": {"accuracy": 0.8771}}}}),
        encoding="utf-8",
    )
    (tmp_path / "out").mkdir()
    write_export(tmp_path / "out", "adapter", run.exact(), run.library, run.folder)
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    for words in ("0.877", "great, wonderful", "{text} It was {mask}.", "--base", "apache-2.0"):
        assert words in card
