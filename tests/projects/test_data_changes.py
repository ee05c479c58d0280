"""Repairs change what they say, nothing else, and can be taken back; old runs keep their data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.files import sha256_of
from peft_desktop.core.project import Project, ProjectFile, Roles, create_project, open_project
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.data.history import steps_of
from peft_desktop.data.quality import Repair, check
from peft_desktop.data.store import load_table
from peft_desktop.data.versions import find_version
from peft_desktop.projects.data_changes import (
    change_project,
    forget_unneeded,
    look_of,
    repaired,
    undo_last,
)

TEXTS = ["good film", "bad film", " good film ", "bad", "cafÃ© crÃ¨me", "", "me@example.org"]
LABELS = ["positive", "negative", "postive", "negative", "positive", "negative", ""]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    file = ProjectFile(
        name="p",
        roles=Roles(text="text", label="label"),
        columns=["text", "label"],
        labels=["negative", "positive", "postive"],
        prompt=PromptSpec(template="{text} {mask}", words={"negative": ["bad"], "postive": ["ok"]}),
        splits={"train": [0, 1, 4], "valid": [3], "test": [2, 5]},
    )
    made = create_project(tmp_path / "p", file)
    table = pa.table(
        {"text": TEXTS, "label": LABELS, "_row_id": pa.array(range(len(TEXTS)), pa.int64())}
    )
    (made.folder / "data").mkdir()
    pq.write_table(table, made.table_path)
    made.update(data_sha256=sha256_of(made.table_path))
    return made


def done(project: Project, kind: str, rows: list[int], **settings: Any) -> bool:
    import numpy as np

    from peft_desktop.core.words import Sentence

    repair = Repair(kind, Sentence("done"), np.asarray(rows), settings)
    prepared = repaired(project.folder, project.file, repair)
    if prepared is not None:
        change_project(project, prepared)
    return prepared is not None


def column(project: Project, name: str, sha256: str = "") -> list[str]:
    cells: list[str] = load_table(project.folder, sha256)[name].to_pylist()
    return cells


def test_that_rows_left_out_stay_in_the_data_and_in_no_split(project: Project) -> None:
    assert done(project, "exclude", [2, 5], why="leak")
    assert project.file.excluded == {"leak": [2, 5]} and project.file.splits["test"] == []
    assert column(project, "text") == TEXTS
    assert open_project(project.folder).file.excluded == {"leak": [2, 5]}


def test_that_leaving_out_twice_does_nothing(project: Project) -> None:
    assert done(project, "exclude", [2]) and not done(project, "exclude", [2])


def test_that_taking_back_brings_them_into_no_split(project: Project) -> None:
    done(project, "exclude", [2], why="leak")
    assert done(project, "include", [2])
    assert project.file.excluded == {} and project.file.splits["test"] == [5]


def test_that_rows_move_to_training(project: Project) -> None:
    assert done(project, "move", [2], to="train")
    assert project.file.splits == {"train": [0, 1, 4, 2], "valid": [3], "test": [5]}


def test_that_merged_labels_leave_the_list_and_hand_their_words_on(project: Project) -> None:
    assert done(project, "merge", [2], **{"to": "positive", "from": ["postive"]})
    assert project.file.labels == ["negative", "positive"]
    assert project.file.prompt.words == {"negative": ["bad"], "positive": ["ok"]}
    assert column(project, "label")[2] == "positive"


def test_that_texts_are_trimmed_and_mojibake_brought_back(project: Project) -> None:
    assert done(project, "trim", [2]) and done(project, "unmangle", [4])
    assert done(project, "mask", [6])
    assert column(project, "text") == [
        *["good film", "bad film", "good film", "bad", "café crème", "", "[e-mail]"]
    ]


def test_that_an_unlabelled_row_joins_training_with_its_label(project: Project) -> None:
    assert done(project, "label", [6], to="positive")
    assert column(project, "label")[6] == "positive"
    assert project.file.splits["train"] == [0, 1, 4, 6]


def test_that_a_row_keeps_its_split_when_it_is_labelled_anew(project: Project) -> None:
    assert done(project, "label", [2], to="positive")
    assert project.file.splits["test"] == [2, 5]


@pytest.mark.parametrize(
    ("kind", "rows", "settings"),
    [
        ("exclude", [0, 2, 6], {"why": "x"}),
        ("move", [2], {"to": "train"}),
        ("merge", [2], {"to": "positive", "from": ["postive"]}),
        ("trim", [2], {}),
        ("label", [6], {"to": "negative"}),
    ],
)
def test_that_every_repair_can_be_undone(
    project: Project, kind: str, rows: list[int], settings: dict[str, Any]
) -> None:
    file, table = project.file, load_table(project.folder)
    assert done(project, kind, rows, **settings)
    undo_last(project)
    assert load_table(project.folder).equals(table)
    assert {n: sorted(ids) for n, ids in project.file.splits.items()} == dict(file.splits)
    assert project.file.excluded == file.excluded
    assert sorted(project.file.labels) == sorted(file.labels)
    assert project.file.data_sha256 == sha256_of(project.table_path)
    assert [step.undone for step in steps_of(project.folder)] == [True]
    with pytest.raises(UserError, match="Nothing was done"):
        undo_last(project)


def test_that_each_step_is_written_down(project: Project) -> None:
    done(project, "trim", [2])
    done(project, "exclude", [5])
    steps = steps_of(project.folder)
    assert [(step.number, step.kind, step.rows) for step in steps] == [
        (1, "trim", 1),
        (2, "exclude", 1),
    ]
    assert steps[0].before != steps[0].after == steps[1].before == steps[1].after


def test_that_the_data_of_before_is_found_by_its_hash(project: Project) -> None:
    before = project.file.data_sha256
    done(project, "trim", [2])
    assert column(project, "text", before) == TEXTS
    assert find_version(project.folder, project.file.data_sha256) == project.table_path


def test_that_versions_without_a_run_are_forgotten(project: Project) -> None:
    before = project.file.data_sha256
    done(project, "trim", [2])
    assert forget_unneeded(project) > 0
    assert find_version(project.folder, before) is None


def test_that_a_table_changed_behind_our_back_is_left_alone(project: Project) -> None:
    pq.write_table(load_table(project.folder).slice(0, 3), project.table_path)
    with pytest.raises(UserError, match="Another program"):
        done(project, "exclude", [1])


def test_that_a_project_repaired_as_offered_has_nothing_left_to_repair(project: Project) -> None:
    seen = set()
    for _ in range(20):
        work = check(load_table(project.folder), look_of(project.file))
        report = None
        while report is None:
            try:
                next(work)
            except StopIteration as end:
                report = end.value
        offers = [(f.kind, f.repairs[0]) for f in report.findings if f.repairs]
        offers = [(kind, repair) for kind, repair in offers if kind != "excluded"]
        if not offers:
            break
        kind, repair = offers[0]
        prepared = repaired(project.folder, project.file, repair)
        assert prepared is not None, kind
        change_project(project, prepared)
        seen.add(kind)
    assert {"blank", "mojibake", "personal", "leak"} <= seen and not offers
