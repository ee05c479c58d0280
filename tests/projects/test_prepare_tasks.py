"""A new project of every task: guessed or chosen, its roles, its prompt, and what is refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.project import Project
from peft_desktop.core.words import Sentence
from peft_desktop.data.store import load_table, rows_by_id
from peft_desktop.projects.prepare import ChosenModel, Wishes, prepare_project

NONE = ChosenModel("", "causal", cast(Any, None), lambda prompt, columns, text: [])
Make = Callable[..., tuple[Project, list[str]]]


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a project of rows; gives it and what was told."""

    def made(
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        test: Sequence[Sequence[str]] = (),
        **wishes: Any,
    ) -> tuple[Project, list[str]]:
        told: list[Any] = []
        data = write(tmp_path / "data.csv", header, rows)
        other = write(tmp_path / "test.csv", header, test) if test else None
        project = prepare_project(
            tmp_path / "p", data, Wishes(**wishes), model=NONE, test=other, report=told.append
        )
        return project, [
            str(Sentence(event.template, event.values))
            for event in told
            if isinstance(event, Warned)
        ]

    return made


TEXTS = [f"the place number {i} is in the city and serves food" for i in range(40)]


def test_that_names_between_signs_are_several_labels_and_kept_as_lists(make: Make) -> None:
    cells = ["food; area", "area", "price", "price; food"] * 10
    project, told = make(("text", "label"), list(zip(TEXTS, cells, strict=True)))
    file = project.file
    assert file.task == "several_labels"
    assert file.labels == ["area", "food", "price"]
    assert file.prompt.words == {name: [name] for name in file.labels}
    stored = {row["label"] for row in rows_by_id(load_table(project.folder), range(40), ["label"])}
    assert '["food", "area"]' in stored
    assert any('";" between them' in text for text in told)
    assert any("Several labels" in text for text in told)


def test_that_every_split_has_every_label(make: Make) -> None:
    cells = [["a"], ["b"], ["a", "rare"], ["b", "a"], []] * 8
    rows = [(t, json.dumps(c)) for t, c in zip(TEXTS, cells, strict=True)]
    project, _ = make(("text", "label"), rows)
    table = load_table(project.folder)
    for ids in project.file.splits.values():
        names = {n for r in rows_by_id(table, ids, ["label"]) for n in json.loads(r["label"])}
        assert names == {"a", "b", "rare"}


def test_that_k_rows_of_each_label_are_taken(make: Make) -> None:
    cells = [["a"], ["b"], ["a", "b"], []] * 10
    rows = [(t, json.dumps(c)) for t, c in zip(TEXTS, cells, strict=True)]
    project, _ = make(("text", "label"), rows, per_class=3)
    assert 6 <= len(project.file.splits["train"]) <= 9
    assert len(project.file.splits["test"]) > 15


def test_that_two_columns_of_text_become_a_pair_in_the_template(make: Make) -> None:
    rows = [
        (f"where is my card number {i}", f"when will card {i} come to me", ("no", "yes")[i % 2])
        for i in range(40)
    ]
    project, _ = make(("first", "second", "label"), rows)
    file = project.file
    assert file.task == "classification"
    assert file.roles.text == "first"
    assert "{text}" in file.prompt.template or "{first}" in file.prompt.template
    assert "{second}" in file.prompt.template


def test_that_questions_have_a_column_of_their_own(make: Make) -> None:
    rows = [(f"{t} at gate-{i}.", f"where is it {i}", f"gate-{i}") for i, t in enumerate(TEXTS)]
    project, _ = make(("context", "question", "answer"), rows)
    file = project.file
    assert (file.task, file.roles.text, file.roles.question) == (
        "question_answering",
        "context",
        "question",
    )
    assert "{question}" in file.prompt.template
    assert file.labels == [] and file.prompt.words == {}
    stored = rows_by_id(load_table(project.folder), [3], ["answer"])[0]["answer"]
    assert json.loads(stored)[0]["text"] == "gate-3"


def test_that_a_question_column_of_another_name_is_found_by_the_users_word(make: Make) -> None:
    rows = [(t, f"what number {i}", "place") for i, t in enumerate(TEXTS)]
    project, _ = make(
        ("text", "asked", "gold"), rows, task="question_answering", question="asked", label="gold"
    )
    assert project.file.roles.question == "asked"
    assert "{asked}" in project.file.prompt.template


def test_that_questions_are_missed_in_a_sentence(make: Make) -> None:
    rows = [(t, "place") for t in TEXTS]
    with pytest.raises(UserError, match="--question"):
        make(("text", "label"), rows, task="question_answering")


def test_that_long_targets_are_to_be_written(make: Make) -> None:
    rows = [(f"name = {i}; food = {i}", t) for i, t in enumerate(TEXTS)]
    project, told = make(("facts", "reference"), rows)
    assert project.file.task == "generation"
    assert project.file.roles.text == "facts"
    assert project.file.prompt.template.endswith("{mask}")
    assert any("hardly come back" in text for text in told)


def test_that_objects_are_fields_to_be_drawn_out(make: Make) -> None:
    rows = [(t, json.dumps({"number": str(i), "food": None})) for i, t in enumerate(TEXTS)]
    rows[0] = (TEXTS[0], json.dumps({"number": "0", "food": "food"}))
    project, _ = make(("text", "record"), rows)
    assert project.file.task == "extraction"
    assert set(project.file.prompt.words) == set(project.file.labels)
    assert project.file.prompt.words["number"][0].endswith("?")


def test_that_spans_are_entities_and_broken_ones_are_told_by_row(make: Make) -> None:
    span = json.dumps([{"start": 4, "end": 9, "label": "place"}])
    rows = [(t, span if i % 2 else "[]") for i, t in enumerate(TEXTS)]
    rows[7] = (TEXTS[7], json.dumps([{"start": 4, "end": 900, "label": "place"}]))
    project, told = make(("text", "spans"), rows)
    assert project.file.task == "tagging"
    assert project.file.labels == ["place"]
    assert 7 not in [row for ids in project.file.splits.values() for row in ids]
    assert any("rows 8)" in text and "Row 8:" in text for text in told)


def test_that_chinese_texts_get_chinese_templates(make: Make) -> None:
    texts = [f"第{i}家餐馆的菜很好吃，价格也便宜" for i in range(40)]
    cells = ["味道；价格", "价格", "环境", "环境；味道"] * 10
    project, _ = make(("文本", "标签"), list(zip(texts, cells, strict=True)))
    assert project.file.task == "several_labels"
    assert project.file.labels == ["价格", "味道", "环境"]
    assert "这" in project.file.prompt.template or "提到" in project.file.prompt.template


def test_that_a_label_that_only_the_test_has_is_refused(make: Make) -> None:
    rows = [(t, '["a"]' if i % 2 else "[]") for i, t in enumerate(TEXTS)]
    with pytest.raises(UserError, match='"other"'):
        make(("text", "labels"), rows, test=[("a text", '["other"]')])


@pytest.mark.parametrize(
    ("cell", "task", "said"),
    [
        ('["only"]', "several_labels", 'the one label "only"'),
        ("[]", "several_labels", "No row has a label"),
        ("[]", "tagging", "No row has an entity"),
        ("[]", "question_answering", "No question has an answer"),
    ],
)
def test_that_what_cannot_be_learnt_is_refused_in_a_sentence(
    make: Make, cell: str, task: str, said: str
) -> None:
    rows = [(t, f"what is it {i}", cell) for i, t in enumerate(TEXTS)]
    with pytest.raises(UserError, match=said):
        make(("text", "question", "label"), rows, task=task, text="text", label="label")


def test_that_a_chosen_task_holds_against_the_guess(make: Make) -> None:
    rows = [(t, ("a; b", "b; c", "c; a", "b; c")[i % 4]) for i, t in enumerate(TEXTS)]
    project, _ = make(("text", "label"), rows, task="classification")
    assert project.file.labels == ["a; b", "b; c", "c; a"]
