"""Compose `wnut_entities` and `snips_slots`: texts with marked entities, a JSON object a line."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tables import normalised, write_jsonl

WNUT = {"train": "wnut17train.conll", "test": "emerging.test.annotated"}
WNUT_ROWS = {"train": (500, 300), "test": (200, 200)}  # with entities, without
SNIPS_ROWS = {"train": 100, "test": 40}  # of each intent
Row = dict[str, Any]


def compose_wnut(data: Path, out: Path, seed: int) -> None:
    """Sentences of WNUT-17; tokens are joined by single blanks."""
    seen: set[str] = set()
    for split in ("test", "train"):
        rows = _new(_sentences(data / "wnut17" / WNUT[split]), seen)
        random.Random(seed).shuffle(rows)
        named, bare = WNUT_ROWS[split]
        chosen = [row for row in rows if row["entities"]][:named]
        chosen += [row for row in rows if not row["entities"]][:bare]
        random.Random(seed).shuffle(chosen)
        write_jsonl(out / f"{split}.jsonl", chosen)


def compose_snips(data: Path, out: Path, seed: int) -> None:
    """Requests of the seven intents, as many of each."""
    seen: set[str] = set()
    for split, pattern in (("test", "validate_{}.json"), ("train", "train_{}_full.json")):
        chosen: list[Row] = []
        for path in sorted((data / "snips").glob(pattern.format("*"))):
            intent = path.stem.removesuffix("_full").partition("_")[2]
            rows = _new(_requests(path, intent), seen)
            random.Random(f"{seed} {intent}").shuffle(rows)
            chosen += rows[: SNIPS_ROWS[split]]
        random.Random(seed).shuffle(chosen)
        write_jsonl(out / f"{split}.jsonl", chosen)


def _new(rows: Sequence[Row], seen: set[str]) -> list[Row]:
    """The rows whose text was not there before, but for case, spaces and marks."""
    kept = []
    for row in rows:
        key = normalised(row["text"])
        if key and key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _sentences(path: Path) -> list[Row]:
    rows = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").replace("\r", "")):
        pairs = [line.split("\t")[:2] for line in block.split("\n") if "\t" in line]
        tokens = [(token.strip(), tag.strip()) for token, tag in pairs if token.strip()]
        if tokens:
            rows.append(_joined(tokens))
    return rows


def _joined(tokens: Sequence[tuple[str, str]]) -> Row:
    text, entities = "", []
    for token, tag in tokens:
        start = len(text) + bool(text)
        text = f"{text} {token}" if text else token
        prefix, _, label = tag.partition("-")
        if prefix == "B" or (prefix == "I" and not entities):
            entities.append({"start": start, "end": len(text), "label": label})
        elif prefix == "I":
            entities[-1]["end"] = len(text)
    return {"text": text, "entities": entities}


def _requests(path: Path, intent: str) -> list[Row]:
    raw = path.read_bytes()
    try:
        content = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        content = json.loads(raw.decode("latin-1"))
    rows = []
    for request in content[intent]:
        text, entities = "", []
        for piece in request["data"]:
            words = piece["text"]
            if "entity" in piece and words.strip():
                start = len(text) + len(words) - len(words.lstrip())
                end = len(text) + len(words.rstrip())
                entities.append({"start": start, "end": end, "label": piece["entity"]})
            text += words
        lead = len(text) - len(text.lstrip())
        for entity in entities:
            entity["start"] -= lead
            entity["end"] -= lead
        rows.append({"text": text.strip(), "entities": entities, "intent": intent})
    return rows
