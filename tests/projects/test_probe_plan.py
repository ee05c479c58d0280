"""What a probe tries, on which rows, and what is kept of it in the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.files import sha256_of
from peft_desktop.core.project import Project, ProjectFile, Roles, create_project
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.projects.probe_plan import key_of, prompts_to_try, request_for
from peft_desktop.projects.probe_record import (
    MOST_OWN,
    PROBE_FILE,
    ProbeRecord,
    keep_probe,
    load_probe,
    own_prompts,
    tried_before,
)

LABELS = ["negative", "positive"]
MINE = PromptSpec(
    template="{review}\nI felt {mask}", words={"negative": ["sad"], "positive": ["glad"]}
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """60 reviews in the column `review`: 30 to train on, 10 to validate, 20 to test."""
    from peft_desktop.data.readers import ReadSettings, read_file
    from peft_desktop.data.store import store

    source = tmp_path / "reviews.csv"
    lines = [f"film number {n} was {LABELS[n % 2]},{LABELS[n % 2]}" for n in range(60)]
    source.write_text("review,label\n" + "\n".join(lines) + "\n", encoding="utf-8")
    file = ProjectFile(
        name="reviews",
        roles=Roles(text="review", label="label"),
        columns=["review", "label"],
        labels=LABELS,
        prompt=MINE,
        model="a-model",
        splits={
            "train": list(range(30)),
            "valid": list(range(30, 40)),
            "test": list(range(40, 60)),
        },
    )
    made = create_project(tmp_path / "project", file)
    store([("data", read_file(source, ReadSettings()))], made.folder)
    made.update(data_sha256=sha256_of(made.table_path))
    return made


def record_of(project: Project, **changes: object) -> ProbeRecord:
    ranked = [{"template": MINE.template, "words": MINE.words, "accuracy": 0.8}]
    made = ProbeRecord.of(project.file, "a-model", [1, 2, 30], {"ranked": ranked}, own=[MINE])
    return made.model_copy(update=changes)


def test_that_no_test_row_is_ever_looked_at(project: Project) -> None:
    test = set(project.file.splits["test"])
    for way in ("", "amulap"):
        request = request_for(project, "a-model", "causal", 200, find_words=way)
        assert request.rows and not test & {*request.rows, *request.word_rows}
        assert not set(request.rows) & set(request.word_rows)
    assert len(request_for(project, "a-model", "causal", 200).rows) == 40


def test_that_rows_of_all_labels_are_taken_in_turn(project: Project) -> None:
    rows = request_for(project, "a-model", "causal", 8).rows
    assert [row % 2 for row in rows].count(0) == 4


def test_that_each_template_of_the_bank_is_tried_with_the_bank_s_words_and_with_mine(
    project: Project,
) -> None:
    found = prompts_to_try(project.file, ["a film"], "causal")
    assert found[0] == MINE
    by_template: dict[str, list[dict[str, list[str]]]] = {}
    for spec in found[1:]:
        by_template.setdefault(spec.template, []).append(spec.words)
    assert len(by_template) >= 8
    assert all(len(words) == 2 and words[1] == MINE.words for words in by_template.values())


def test_that_prompts_that_read_alike_are_tried_once(project: Project) -> None:
    again = MINE.model_copy(update={"template": r"{text}\nI felt {mask}"})
    assert key_of(again, project.file) == key_of(MINE, project.file)
    found = prompts_to_try(project.file, ["a film"], "causal", [again])
    assert len(found) == len(prompts_to_try(project.file, ["a film"], "causal"))
    other = MINE.model_copy(update={"template": "{review} So {mask}"})
    assert other in prompts_to_try(project.file, ["a film"], "causal", [other])


def test_that_a_prompt_of_other_labels_or_none_at_all_is_passed_over(project: Project) -> None:
    strange = MINE.model_copy(update={"words": {"x": ["a"], "y": ["b"]}})
    assert strange not in prompts_to_try(project.file, ["a film"], "causal", [strange])
    project.update(prompt=PromptSpec())
    found = prompts_to_try(project.file, ["a film"], "causal")
    assert found and all(spec.template for spec in found)


def test_that_a_project_without_labelled_rows_is_told(project: Project) -> None:
    project.update(splits={"test": [1, 2]})
    with pytest.raises(UserError, match="no labelled rows"):
        request_for(project, "a-model", "causal", 10)


def test_that_a_probe_is_there_again_when_the_project_is_opened(project: Project) -> None:
    assert load_probe(project.folder) is None
    record = record_of(project)
    keep_probe(project, record)
    assert load_probe(project.folder) == record
    assert [path.name for path in project.folder.glob("*.tmp*")] == []
    assert tried_before(project) == [MINE]


def test_that_what_changed_since_is_named(project: Project) -> None:
    record, file = record_of(project), project.file
    assert record.outdated(file) == ()
    other_words = MINE.model_copy(update={"words": {"negative": ["no"], "positive": ["yes"]}})
    for changes, why in (
        ({"model": "another"}, "model"),
        ({"data_sha256": "0"}, "data"),
        ({"labels": [*LABELS, "mixed"]}, "data"),
        ({"splits": {"train": [1, 2], "test": [30]}}, "data"),
        ({"prompt": other_words}, "words"),
    ):
        assert record.outdated(file.model_copy(update=changes)) == (why,)
    retold = MINE.model_copy(update={"template": "{review} So {mask}"})
    assert record.outdated(file.model_copy(update={"prompt": retold})) == ()


def test_that_a_newer_or_damaged_file_is_told_and_can_be_replaced(project: Project) -> None:
    keep_probe(project, record_of(project, schema_version=99))
    with pytest.raises(UserError, match="newer version"):
        load_probe(project.folder)
    for text in ("{", "[]", '{"schema_version": 1, "ranked": 3}'):
        (project.folder / PROBE_FILE).write_text(text, encoding="utf-8")
        with pytest.raises(UserError, match="damaged"):
            load_probe(project.folder)
    assert tried_before(project) == [MINE]
    keep_probe(project, record_of(project))
    assert load_probe(project.folder) is not None


def test_that_the_user_s_newest_prompts_are_remembered() -> None:
    many = [PromptSpec(template=f"{n} {{text}} {{mask}}") for n in range(MOST_OWN + 3)]
    kept: list[PromptSpec] = []
    for spec in many:
        kept = own_prompts(kept, spec)
    assert kept == many[3:]
    assert own_prompts(kept, many[5])[-1] == many[5] and len(own_prompts(kept, many[5])) == MOST_OWN
    assert own_prompts(kept, PromptSpec()) == kept
