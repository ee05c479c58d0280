"""The pages load nothing heavy before they are shown."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ["torch", "transformers", "peft", "sklearn", "pandas", "pyarrow", "scipy", "pyqtgraph"]


@pytest.mark.parametrize("page", ["data", "prompt", "train", "evaluate", "predict"])
def test_that_a_page_loads_nothing_heavy(page: str) -> None:
    code = (
        f"import sys; from peft_desktop.ui.pages import {page}_page; "
        f"print(sorted(set({HEAVY}) & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout.strip() == "[]"
