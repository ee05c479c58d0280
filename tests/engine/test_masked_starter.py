"""The masked language model that ships with the program knows its language and learns."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_starter_models import result_on_reviews

from peft_desktop.core.places import resources
from peft_desktop.tuning.catalogue import starter, starters

NAME = "minilm-l6-mlm"
MODEL = resources() / "models" / NAME


def test_that_it_is_offered_with_its_licence_and_notice() -> None:
    assert NAME in [one.name for one in starters()]
    files = starter(NAME).files
    assert {"LICENSE", "NOTICE", "model.safetensors", "tokenizer.json"} <= set(files)
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 50e6


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("paris is the capital of [MASK].", "france"),
        ("she opened the [MASK] and went into the house.", "door"),
        ("two plus two is [MASK].", "two"),
    ],
)
def test_that_it_expects_a_fitting_word(text: str, word: str) -> None:
    import torch
    from transformers import AutoModelForMaskedLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    model = AutoModelForMaskedLM.from_pretrained(MODEL, dtype=torch.float32).eval()
    read = tokenizer(text, return_tensors="pt")
    place = (read["input_ids"][0] == tokenizer.mask_token_id).nonzero().item()
    with torch.inference_mode():
        logits = model(**read).logits[0, place]
    assert word in tokenizer.convert_ids_to_tokens(logits.topk(20).indices.tolist())


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_it_learns_reviews_from_32_rows(tmp_path: Path) -> None:
    found = result_on_reviews(MODEL.parent, tmp_path, NAME, method="full", max_steps=60)
    assert found["metrics"]["accuracy"] >= 0.6
    assert found["said"] == "positive"
