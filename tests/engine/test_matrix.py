"""The table of methods and families in the documentation is what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.words import Sentence
from peft_desktop.families import FAMILIES
from peft_desktop.methods import METHODS
from peft_desktop.tuning.matrix import COMMAND, main, matrix, with_matrix

DOCUMENT = Path(__file__).parents[2] / "docs" / "methods.md"


def test_that_the_document_is_current() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    if with_matrix(text) != text:
        pytest.fail(f"docs/methods.md is out of date. Run: {COMMAND}", pytrace=False)


def test_that_the_command_writes_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "methods.md"
    path.write_text("a\n<!-- matrix: begin -->\nold\n<!-- matrix: end -->\nb\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["matrix", str(path)])
    main()
    text = path.read_text(encoding="utf-8")
    assert text.startswith("a\n") and text.endswith("\nb\n") and "old" not in text
    for name in (*METHODS, *FAMILIES):
        assert f"(`{name}`)" in text


def test_that_a_reason_stands_below_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = Sentence("It has no {part}.", {"part": "word head"})
    monkeypatch.setattr(type(METHODS["lora"]), "supports", lambda *_: reason)
    found = matrix()
    assert "| LoRA (`lora`) | no (1) | no (1) | no (1) |" in found
    assert "\n1. It has no word head.\n" in found


def test_that_a_document_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="matrix: begin"):
        with_matrix("nothing here")
