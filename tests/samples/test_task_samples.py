"""The samples of the other tasks: each becomes a project, and carries its licence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from peft_desktop.core.events import Warned
from peft_desktop.core.project import Project
from peft_desktop.core.words import Sentence
from peft_desktop.data.store import load_table, rows_by_id
from peft_desktop.data.task_guess import guess_task
from peft_desktop.projects.prepare import ChosenModel, Wishes, prepare_project

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
# (task, rows to learn from and validate on, test rows, labels)
KNOWN = {
    "banking_pairs": ("classification", 800, 300, 2),
    "restaurant_fields": ("extraction", 600, 200, 7),
    "restaurant_texts": ("generation", 600, 200, 0),
    "restaurant_topics": ("several_labels", 600, 200, 7),
    "snips_slots": ("tagging", 700, 280, 39),
    "wnut_entities": ("tagging", 800, 400, 6),
    "xquad_en": ("question_answering", 496, 191, 0),
    "xquad_zh": ("question_answering", 496, 191, 0),
}
OPENINGS = {
    "CC BY 4.0": ("LICENSE-CC-BY-4.0.txt", "Attribution 4.0 International"),
    "CC BY-SA 4.0": ("LICENSE-CC-BY-SA-4.0.txt", "Attribution-ShareAlike 4.0 International"),
    "CC0 1.0": ("LICENSE-CC0-1.0.txt", "CC0 1.0 Universal"),
}


def about(sample: str) -> dict[str, Any]:
    held = json.loads((SAMPLES / sample / "sample.json").read_text(encoding="utf-8"))
    assert isinstance(held, dict)
    return held


def made(sample: str, folder: Path, told: list[Any], **more: Any) -> Project:
    record = about(sample)
    wishes = Wishes(
        text=record["text"],
        label=record["label"],
        question=record.get("question"),
        task=record["task"],
        template=record.get("template"),
        words=record.get("words", {}),
        **more,
    )
    none = ChosenModel("", "causal", cast(Any, None), lambda prompt, columns, text: [])
    base = SAMPLES / sample
    return prepare_project(
        folder,
        base / record["train"],
        wishes,
        model=none,
        test=base / record["test"],
        report=told.append,
    )


@pytest.mark.parametrize("sample", KNOWN)
def test_that_a_sample_becomes_a_project_of_its_task(sample: str, tmp_path: Path) -> None:
    told: list[Any] = []
    file = made(sample, tmp_path / "p", told).file
    task, learnt, judged, labels = KNOWN[sample]
    assert file.task == task
    assert len(file.splits["train"]) + len(file.splits["valid"]) == learnt
    assert len(file.splits["test"]) == judged
    assert len(file.labels) == labels
    assert "{text}" in file.prompt.template or "{question_1}" in file.prompt.template
    warnings = [
        str(Sentence(event.template, event.values)) for event in told if isinstance(event, Warned)
    ]
    assert not [text for text in warnings if "cannot be used" in text or "no training row" in text]


@pytest.mark.parametrize("sample", KNOWN)
def test_that_the_task_is_guessed_as_the_sample_says(sample: str, tmp_path: Path) -> None:
    from peft_desktop.data.readers import read_file

    record = about(sample)
    if sample == "snips_slots":  # it has a column of intents, too
        return
    found = guess_task(read_file(SAMPLES / sample / record["train"]).table)
    assert found.task == record["task"]
    assert found.roles.text == record["text"]
    assert found.roles.label == record["label"]
    assert found.roles.question == record.get("question")
    assert found.second == ("question_2" if sample == "banking_pairs" else None)


@pytest.mark.parametrize("sample", ["xquad_en", "xquad_zh"])
def test_that_no_article_is_in_two_splits(sample: str, tmp_path: Path) -> None:
    project = made(sample, tmp_path / "p", [])
    assert project.file.roles.group is not None
    table = load_table(project.folder)
    contexts = [
        {row["context"] for row in rows_by_id(table, ids, ["context"])}
        for ids in project.file.splits.values()
    ]
    assert not contexts[0] & contexts[1]
    assert not (contexts[0] | contexts[1]) & contexts[2]


@pytest.mark.parametrize("sample", KNOWN)
def test_that_licence_attribution_and_titles_are_there(sample: str) -> None:
    record = about(sample)
    assert record["title"]["en"] and record["title"]["zh"]
    name, opening = OPENINGS[record["licence"]]
    licence = (SAMPLES / sample / name).read_text(encoding="utf-8")
    assert licence.lstrip().startswith(opening)
    attribution = (SAMPLES / sample / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert name in attribution
    assert "Changes:" in attribution
    assert sample in (SAMPLES / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", KNOWN)
def test_that_a_sample_is_small(sample: str) -> None:
    assert sum(path.stat().st_size for path in (SAMPLES / sample).iterdir()) < 600_000
