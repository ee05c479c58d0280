"""The whole road where the system itself has no network: import, train, evaluate, export."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tiny_families
from engine_project import table_rows

ROOT = Path(__file__).parents[2]
_TRY = "import socket; s = socket.socket(); s.settimeout(2); s.connect(('192.0.2.1', 9))"


def _without_network() -> list[str]:
    """A command prefix: a network namespace of its own, with no interface that is up."""
    words = ["unshare", "--user", "--map-root-user", "--net"]
    if shutil.which("unshare") is None:
        pytest.skip("this system has no unshare")
    if subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("namespaces are not allowed here")
    return words


@pytest.fixture
def command(home: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """`peft-desktop ... --json` in a process without network; gives its result."""
    before = _without_network()

    def call(*words: object) -> dict[str, Any]:
        done = subprocess.run(
            [*before, sys.executable, "-m", "peft_desktop", *map(str, words), "--json"],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PEFT_DESKTOP_HOME": str(home)},
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr[-2000:]
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    return call


def test_that_the_namespace_has_no_network() -> None:
    tried = subprocess.run(
        [*_without_network(), sys.executable, "-c", _TRY],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert tried.returncode != 0 and "unreachable" in tried.stderr


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_that_the_whole_road_is_walked_without_any_network(
    command: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    tiny_families.make("llama", tmp_path / "tiny")
    lines = ["text,label", *(f"{text},{label}" for text, label in table_rows(60))]
    (tmp_path / "reviews.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text("text\na good film\n", encoding="utf-8")
    command("models", "add", tmp_path / "tiny", "--name", "tiny")
    project = tmp_path / "p"
    words = ["--word", "pos=great", "--word", "neg=terrible"]
    template = ["--template", "{text} It was {mask}"]
    command(
        "init", project, "--data", tmp_path / "reviews.csv", "--model", "tiny", *template, *words
    )
    trained = command("train", project, "--set", "max_steps=3", "--set", "device=cpu")
    assert trained["steps"] == 3
    assert "accuracy" in command("evaluate", project)["metrics"]
    command("predict", project, tmp_path / "new.csv", "--out", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith("text,predicted_label")
    exported = command("export", project, "--to", tmp_path / "exported")
    assert exported["checked_rows"] > 0
    command("pack", project, "--to", tmp_path / "p.peftpack")
    command("unpack", tmp_path / "p.peftpack", "--to", tmp_path / "again")
    assert len(command("runs", "list", tmp_path / "again")["runs"]) == 1
