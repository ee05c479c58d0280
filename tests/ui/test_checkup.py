"""The check of the installation, said in the window's language."""

from __future__ import annotations

import json
import sys
from typing import Any

from pytestqt.qtbot import QtBot

from peft_desktop.core.checkup import as_record, in_words, problem
from peft_desktop.ui.diagnostics import Checkup


def record(**changes: Any) -> dict[str, Any]:
    found = {
        "version": "1.0",
        "python": "3.11",
        "system": "Linux",
        "packages": {"torch": "2.10", "gone": ""},
        "devices": [
            {"name": "cpu", "title": "Eight cores", "total_bytes": 16 * 2**30, "why_not": ""},
            {"name": "cuda", "title": "", "total_bytes": 0, "why_not": "No NVIDIA GPU."},
        ],
        "threads": {"physical": 4, "logical": 8},
        "bf16": {"processor": None},
        "models": [],
        "folders": {"home": {"path": "/data", "writable": False}},
        "offline": {"guarded": True},
        "problem_sentences": [],
    }
    return {**found, **changes}


def test_that_every_finding_has_its_line() -> None:
    assert in_words(record()).splitlines() == [
        "PEFT Desktop 1.0, Python 3.11, Linux",
        "Packages: torch 2.10",
        "Device cpu: Eight cores, 16 GiB",
        "Device cuda: no. No NVIDIA GPU.",
        "Threads: 4 cores (8 logical)",
        "bf16 in the processor: found out by measuring",
        "Models: none",
        "Data folder: /data (NOT writable)",
        "Network: closed, nothing is fetched",
        "Everything is in order.",
    ]


def test_that_findings_and_problems_are_said_in_the_language_asked_for() -> None:
    amiss = [as_record(problem("room", free=7, folder="/data"))]
    said = in_words(
        record(problem_sentences=json.loads(json.dumps(amiss))),
        lambda context, text: f"[{context}] {text}",
    )
    assert "[engine] Problem: [engine] Only 7 MB are free on the drive of /data." in said
    assert "[engine] Device cuda: no. [engine] No NVIDIA GPU." in said
    assert "in order" not in said


def test_that_the_window_says_what_the_doctor_recorded(qtbot: QtBot) -> None:
    script = f"print('warming up'); print({json.dumps(record())!r})"
    dialog = Checkup([sys.executable, "-c", script])
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.finished_checking, timeout=20_000):
        pass
    assert dialog.text.toPlainText() == in_words(record())


def test_that_everything_can_be_tried_after_the_check(qtbot: QtBot) -> None:
    script = (
        "import sys; print('{}' if sys.argv[1:2] == ['doctor'] else "
        "' '.join(['tried', *sys.argv[1:]]))"
    )
    dialog = Checkup([sys.executable, "-c", script, "doctor"])
    qtbot.addWidget(dialog)
    assert not dialog.self_test.isEnabled()
    with qtbot.waitSignal(dialog.finished_checking, timeout=10_000):
        pass
    with qtbot.waitSignal(dialog.finished_checking, timeout=10_000):
        dialog.self_test.click()
    assert dialog.text.toPlainText().splitlines()[-1] == "tried selftest"
    assert "open it anew" in dialog.self_test.toolTip()
