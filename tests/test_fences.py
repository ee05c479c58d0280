"""The fences that conftest.py puts around every test do hold."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LEAKY = """
import os, socket, subprocess, sys, threading, time
import pytest

def test_thread():
    threading.Thread(target=time.sleep, args=(0.8,)).start()

def test_child():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.8)"])

def test_network():
    socket.create_connection(("127.0.0.1", 1))

def test_warning():
    import warnings
    warnings.warn("something is deprecated", DeprecationWarning)

def test_models(starter_models):
    pass

def test_quick_thread_is_fine():
    threading.Thread(target=time.sleep, args=(0.01,)).start()
"""


def test_that_leaks_network_and_warnings_fail_a_test(tmp_path: Path) -> None:
    fences = (HERE / "conftest.py").read_text(encoding="utf-8")
    impatient = fences.replace("_SECONDS_TO_END = 5.0", "_SECONDS_TO_END = 0.2")
    assert impatient != fences
    (tmp_path / "conftest.py").write_text(impatient, encoding="utf-8")
    (tmp_path / "test_leaky.py").write_text(LEAKY, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", encoding="utf-8")
    nowhere = {"PYTHONPATH": str(HERE.parent), "PEFT_DESKTOP_HOME": str(tmp_path / "none")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rfEp", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, **nowhere},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    failed = {word for word in ran.stdout.split() if word.startswith("test_leaky.py::")}
    assert "ERROR test_leaky.py::test_thread - Failed: left running" in ran.stdout, ran.stdout
    assert "ERROR test_leaky.py::test_child - Failed: left running" in ran.stdout
    assert "FAILED test_leaky.py::test_network - conftest.NetworkUsedError" in ran.stdout
    assert "FAILED test_leaky.py::test_warning" in ran.stdout
    assert "run python dev.py setup" in ran.stdout
    assert "PASSED test_leaky.py::test_quick_thread_is_fine" in ran.stdout
    assert len(failed) == 6


def test_that_each_test_has_its_own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from peft_desktop.core import places

    assert places.home() == home
    assert not list(home.iterdir())


def test_that_the_starter_models_can_be_removed_without_harm(
    starter_models: Path, real_models: Path
) -> None:
    names = sorted(folder.name for folder in starter_models.iterdir())
    assert names == ["all-minilm-l6-v2", "smollm2-135m-instruct"]
    shutil.rmtree(starter_models)
    for name in names:
        assert any((real_models / name).rglob("*.safetensors"))
