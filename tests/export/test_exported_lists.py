"""A model for several labels a text gives the same lists outside this program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from trained_run import SEVERAL_TOKENS, make_run

from peft_desktop.core.events import Finished
from peft_desktop.core.ports import ExportRequest
from peft_desktop.tuning.tuner import LocalTuner

pytestmark = pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
Tiny = Callable[[str], Path]
CASES = (
    ("minilm", "encoder", "adapter"),
    ("bert", "masked", "merged"),
    ("llama", "causal", "adapter"),
)


@pytest.mark.parametrize(("model", "family", "form"), CASES)
def test_that_lists_are_exported_and_checked_by_a_clean_process(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str, family: str, form: str
) -> None:
    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(tmp_path / "home"))
    words = {**SEVERAL_TOKENS, "odd": ["awful"]}
    run = make_run(
        tmp_path / "home",
        tiny(model),
        family,
        words=words,
        task="several_labels",
        extra={"thresholds": [0.5, 0.4, 0.6]},
        also=["{text} is {mask} ."] if family == "masked" else [],
    )
    target = tmp_path / "out"
    *_, last = LocalTuner().export(run.folder, ExportRequest(target, form))
    assert isinstance(last, Finished)
    assert last.result["largest_difference"] < 1e-3
    told = json.loads((target / "prompt" / "prompt.json").read_text(encoding="utf-8"))
    assert told["labels"] == list(words)
    assert told["thresholds"] == [0.5, 0.4, 0.6]
