from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from peft_desktop import __version__

ROOT = Path(__file__).parents[2]
MODULE = [sys.executable, "-m", "peft_desktop"]


def test_that_help_comes_at_once() -> None:
    """0.4 s on an idle machine; the best of a few, because others may be at work here."""
    seconds = []
    for _ in range(5):
        since = time.monotonic()
        subprocess.run([*MODULE, "--help"], cwd=ROOT, check=True, capture_output=True)
        seconds.append(time.monotonic() - since)
    assert min(seconds) < 0.4


def test_that_help_loads_neither_torch_nor_tables_nor_drawing() -> None:
    code = (
        "import sys, peft_desktop.cli as c; c.main(['--help']); "
        "print(*sorted({'torch', 'pandas', 'pyarrow', 'sklearn', 'rich', 'pydantic'}"
        " & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stderr.split() == []


def test_that_the_door_closes_the_network_before_anything_is_imported() -> None:
    code = (
        "import sys; sys.argv = ['peft-desktop', '--version']; import peft_desktop.__main__ as m; "
        "assert 'peft_desktop.cli' not in sys.modules; m.main(); import os; "
        "print(os.environ['HF_HUB_OFFLINE'], os.environ['HF_HUB_DISABLE_TELEMETRY'], "
        "os.environ['TOKENIZERS_PARALLELISM'])"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines() == [f"peft-desktop {__version__}", "1 1 false"]


def test_that_the_program_works_without_streams_as_in_a_windowed_build() -> None:
    code = (
        "import sys; sys.stdout = sys.stderr = None; sys.argv = ['peft-desktop', 'nonsense']; "
        "import peft_desktop.__main__ as m; sys.exit(m.main())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 2


def test_that_output_is_utf8_whatever_the_locale_says() -> None:
    done = subprocess.run(
        [*MODULE, "train", "项目"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=False,
        capture_output=True,
    )
    assert done.returncode == 2
    assert "项目" in done.stderr.decode("utf-8")
