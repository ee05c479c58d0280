"""A model that writes, exported: a clean process writes the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine_project import Workshop, result_of
from test_generation import ROWS, recipe_of

from peft_desktop.core.ports import ExportRequest

pytestmark = pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
Make = Callable[..., Workshop]


@pytest.mark.parametrize(
    ("name", "method", "settings", "form"),
    [
        ("llama", "lora", {}, "adapter"),
        ("gpt2", "prefix_tuning", {"prefix_tokens": 3}, "merged"),
        ("t5", "prompt_tuning", {"soft_tokens": 3}, "adapter"),
    ],
)
def test_that_the_exported_program_writes_the_same(
    workshop: Make, tmp_path: Path, name: str, method: str, settings: dict[str, Any], form: str
) -> None:
    shop = workshop(name, ROWS)
    recipe = recipe_of(
        shop, method=method, method_settings=settings, max_steps=20, learning_rate=2e-2
    )
    result_of(shop.training(recipe))
    target = tmp_path / "exported"
    result = result_of(shop.tuner.export(shop.run_folder(recipe), ExportRequest(target, form)))
    assert result["largest_difference"] == 0.0 and result["checked_rows"] == 6
    how = json.loads((target / "prompt" / "prompt.json").read_text(encoding="utf-8"))
    assert how["writing"]["max_new_tokens"] == 12 and how["labels"] == []
    card = (target / "README.md").read_text(encoding="utf-8")
    assert "pipeline_tag: text-generation" in card and "label words |" not in card
