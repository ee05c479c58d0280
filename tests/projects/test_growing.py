"""New rows join as wished, old rows stay where they are; rows are dealt out by date or in folds."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Event, Warned
from peft_desktop.core.project import Project, ProjectFile, Roles, create_project, open_project
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.data.date_splits import by_date, when
from peft_desktop.data.folds import fold_split, folds
from peft_desktop.data.history import steps_of
from peft_desktop.data.store import load_receipts, load_table, rejected_of
from peft_desktop.data.streaming import import_tables
from peft_desktop.data.versions import find_version, hash_of
from peft_desktop.projects.data_changes import undo_last
from peft_desktop.projects.growing import append
from peft_desktop.projects.resplit import SplitPlan, dealt

ROWS = "text,label,author,day\n" + "".join(
    f"text {n},{'ab'[n % 2]},author {n % 4},2024-01-{n + 1:02d}\n" for n in range(12)
)


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    file = ProjectFile(
        name="p",
        roles=Roles(text="text", label="label", group="author"),
        columns=["text", "label", "author", "day"],
        labels=["a", "b"],
        prompt=PromptSpec(template="{text} {mask}", words={"a": ["x"], "b": ["y"]}),
        splits={"train": [0, 4, 8, 1, 5, 9], "valid": [2, 6, 10], "test": [3, 7, 11]},
    )
    made = create_project(tmp_path / "p", file)
    import_tables(made.folder, [("data", put(tmp_path / "first.csv", ROWS))])
    made.update(data_sha256=hash_of(made.table_path))
    return made


def grown(project: Project, file: Path, to: str = "train") -> list[str]:
    told: list[Event] = []
    append(project, file, to, report=told.append)
    return [e.template.format(**e.values) for e in told if isinstance(e, Warned)]


def test_that_new_rows_get_new_ids_and_old_ones_stay(project: Project, tmp_path: Path) -> None:
    before = project.file.model_copy(deep=True)
    more = "text,label,source\nnew one,a,web\nodd,row,is,here\nno label,,web\n"
    grown(project, put(tmp_path / "more.csv", more))
    table = load_table(project.folder)
    assert table["_row_id"].to_pylist() == list(range(14))
    assert table["source"].to_pylist() == [""] * 12 + ["web", "web"]
    assert table["author"].to_pylist()[12:] == ["", ""]
    assert project.file.splits["train"] == [*before.splits["train"], 12]
    assert project.file.splits["test"] == before.splits["test"]
    assert project.file.columns == ["text", "label", "author", "day", "source"]
    assert rejected_of(project.folder) == [
        ("more.csv", 3, "4 instead of 3 fields: a delimiter in a text without quotation marks",
         "odd,row,is,here")
    ]  # fmt: skip
    assert [r.file for r in load_receipts(project.folder)] == ["first.csv", "more.csv"]
    # a run that was trained before finds its own version
    assert find_version(project.folder, before.data_sha256) not in (None, project.table_path)
    assert project.file.data_sha256 == hash_of(project.table_path) != before.data_sha256
    assert open_project(project.folder).file == project.file


def test_that_an_append_can_be_taken_back(project: Project, tmp_path: Path) -> None:
    before = project.file.model_copy(deep=True)
    rows = load_table(project.folder).to_pylist()
    grown(project, put(tmp_path / "more.csv", "text,label,source\nnew,a,web\n"))
    assert steps_of(project.folder)[-1].kind == "append"
    undo_last(project)
    assert load_table(project.folder).to_pylist() == rows
    assert project.file.splits == before.splits and project.file.columns == before.columns
    assert project.file.data_sha256 == before.data_sha256 == hash_of(project.table_path)
    assert len(load_receipts(project.folder)) == 1


def test_that_rows_of_a_known_group_join_its_split(project: Project, tmp_path: Path) -> None:
    more = "text,label,author\nnew,a,author 3\nother,b,author 9\n"
    told = grown(project, put(tmp_path / "more.csv", more))
    assert project.file.splits["test"][-1] == 12 and project.file.splits["train"][-1] == 13
    assert any("1 new rows join the split where their group is" in words for words in told)


def test_that_new_rows_may_be_dealt_out_judged_on_or_wait(project: Project, tmp_path: Path) -> None:
    old = {name: set(ids) for name, ids in project.file.splits.items()}
    many = "text,label\n" + "".join(f"more {n},{'ab'[n % 2]}\n" for n in range(40))
    grown(project, put(tmp_path / "many.csv", many), "deal")
    for name, ids in project.file.splits.items():
        assert old[name] < set(ids), name
    grown(project, put(tmp_path / "test.csv", "text,label\nz,a\n"), "test")
    assert 52 in project.file.splits["test"]
    grown(project, put(tmp_path / "wait.csv", "text,label\nw,a\n"), "none")
    assert all(53 not in ids for ids in project.file.splits.values())
    with pytest.raises(UserError, match='cannot join "nowhere"'):
        grown(project, tmp_path / "wait.csv", "nowhere")


def test_that_new_labels_teach_only_from_training_rows(project: Project, tmp_path: Path) -> None:
    file = put(tmp_path / "more.csv", "text,label\nnew,c\n")
    folder = sorted(p.name for p in (project.folder / "data").iterdir())
    with pytest.raises(UserError, match='No training row has these labels: "c"'):
        grown(project, file, "test")
    assert sorted(p.name for p in (project.folder / "data").iterdir()) == folder
    assert any('New labels: "c"' in words for words in grown(project, file))
    assert project.file.labels == ["a", "b", "c"]
    assert project.file.prompt.words["c"] == ["c"]


def test_that_a_file_without_the_text_column_changes_nothing(
    project: Project, tmp_path: Path
) -> None:
    before = hash_of(project.table_path)
    with pytest.raises(UserError, match='no column "text"'):
        grown(project, put(tmp_path / "more.csv", "body,label\nnew,a\nmore,b\n"))
    assert hash_of(project.table_path) == before and steps_of(project.folder) == []


def test_that_the_oldest_rows_teach_and_the_newest_judge(project: Project) -> None:
    splits = dealt(load_table(project.folder), project.file, SplitPlan(by_date="day"), print)
    assert splits == {"train": list(range(8)), "valid": [8, 9], "test": [10, 11]}
    with pytest.raises(UserError, match="holds no dates"):
        dealt(load_table(project.folder), project.file, SplitPlan(by_date="text"), print)


def test_that_rows_of_one_time_stay_together_and_odd_dates_are_named() -> None:
    days = ["2024-01-01"] * 8 + ["2024-01-02", "soon"]
    splits, lost = by_date(range(10), days, 0.2, 0.2)
    assert splits == {"train": list(range(8)), "valid": [], "test": [8]} and lost == [9]


@pytest.mark.parametrize(
    "text",
    ["2024-05-06", "2024/5/6", "6.5.2024", "2024年5月6日", "20240506", "6 May 2024", "1714953600"],
)
def test_that_dates_are_read_as_people_write_them(text: str) -> None:
    found = when(text)
    assert found is not None and (found.year, found.month, found.day) == (2024, 5, 6)


def test_that_a_column_s_values_decide(project: Project) -> None:
    plan = SplitPlan(by_column="author", test_values=["author 1"], valid_values=["author 2"])
    splits = dealt(load_table(project.folder), project.file, plan, print)
    assert splits["test"] == [1, 5, 9] and splits["valid"] == [2, 6, 10]
    assert splits["train"] == [0, 3, 4, 7, 8, 11]
    wrong = SplitPlan(by_column="author", test_values=["nobody"])
    with pytest.raises(UserError, match=r'No row has "nobody".*author 0'):
        dealt(load_table(project.folder), project.file, wrong, print)


def test_that_each_row_is_the_test_of_one_fold() -> None:
    labels, ids = ["a", "a", "b"] * 20, list(range(60))
    parts = folds(labels, ids, [""] * 60, 5, 1)
    assert sorted(row for part in parts for row in part) == ids
    assert {len(part) for part in parts} == {12}
    assert {sum(labels[row] == "b" for row in part) for part in parts} == {4}
    tests = [fold_split(parts, number)["test"] for number in range(1, 6)]
    assert sorted(row for test in tests for row in test) == ids
    for number in range(1, 6):
        splits = fold_split(parts, number)
        assert sorted(row for part in splits.values() for row in part) == ids
    assert parts == folds(labels, ids, [""] * 60, 5, 1) != folds(labels, ids, [""] * 60, 5, 2)


def test_that_folds_keep_groups_together(project: Project) -> None:
    table = load_table(project.folder)
    for fold in (1, 2, 3, 4):
        splits = dealt(table, project.file, SplitPlan(folds=4, fold=fold), print)
        groups = [{row % 4 for row in ids} for ids in splits.values()]
        assert sum(map(len, groups)) == 4
    with pytest.raises(UserError, match="no fold 5"):
        dealt(table, project.file, SplitPlan(folds=4, fold=5), print)
