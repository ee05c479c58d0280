"""Texts without labels: from a project, from lines, from tables; what is left out is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.project import Project, ProjectFile, Roles, create_project
from peft_desktop.data.unlabelled import texts_of


@pytest.fixture
def project(tmp_path: Path) -> Project:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [("Read me", "a"), ("me too", "b"), ("judge", "a"), ("choose", "b"), ("no label", "")]
    splits = {"train": [0, 1], "test": [2], "valid": [3]}
    file = ProjectFile(name="p", roles=Roles(text="body", label="kind"), splits=splits)
    made = create_project(tmp_path / "p", file)
    table = {"body": [t for t, _ in rows], "kind": [k for _, k in rows], "_row_id": range(5)}
    made.table_path.parent.mkdir()
    pq.write_table(pa.table(table), made.table_path)
    return made


def test_that_training_rows_and_rows_without_a_label_are_read(project: Project) -> None:
    assert texts_of(project).texts == ["Read me", "me too", "no label"]


def test_that_judged_rows_of_a_file_are_left_out_whatever_their_case(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "more.txt"
    file.write_text("JUDGE\n\nnew one\n choose  \nread  ME\nnew one\n", encoding="utf-8")
    found = texts_of(project, [file])
    assert found.texts == ["Read me", "me too", "no label", "new one"]
    expected = {"of_project": 3, "of_files": 5, "in_test": 1, "in_valid": 1, "repeated": 2}
    assert found.counts == expected | {"blank": 0}
    assert [warned.values for warned in found.warnings] == [{"test": 1, "valid": 1}]
    assert texts_of(project, [file], own=False).texts == ["new one", "read  ME"]


def test_that_a_table_gives_the_column_named_else_the_project_s_else_the_likeliest(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("id,body,note\n1,short,a far longer remark\n2,other,another remark\n", "utf-8")
    assert texts_of(project, [file], own=False).texts == ["short", "other"]
    assert texts_of(project, [file], own=False, column="id").texts == ["1", "2"]
    alone = texts_of(None, [file])
    assert alone.texts == ["a far longer remark", "another remark"] or "body" in str(alone.warnings)
    with pytest.raises(UserError, match="boddy"):
        texts_of(project, [file], column="boddy")


def test_that_chinese_lines_in_an_old_encoding_are_read(tmp_path: Path) -> None:
    file = tmp_path / "zh.txt"
    file.write_text("我正在学习计算机编程，感觉非常有趣。\n今天天气很好。\n", encoding="gb18030")
    assert texts_of(None, [file]).texts == [
        "我正在学习计算机编程，感觉非常有趣。",
        "今天天气很好。",
    ]


def test_that_no_text_and_no_file_are_said(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        texts_of(project, [tmp_path / "gone.txt"])
    file = tmp_path / "judged.txt"
    file.write_text("judge\n", encoding="utf-8")
    with pytest.raises(UserError, match="no texts to learn from"):
        texts_of(project, [file], own=False)
