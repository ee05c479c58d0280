"""Records of fields: their spellings, columns that become fields, fields that never occur."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data import read_file
from peft_desktop.data.field_records import RecordError, record_in, written
from peft_desktop.tasks import task_named

TASK = task_named("extraction")


def test_that_slots_and_objects_say_the_same() -> None:
    slots = record_in("name[Blue Spice], customer rating[5 out of 5], area[]")
    assert slots == {"name": ["Blue Spice"], "customer rating": ["5 out of 5"]}
    assert (
        record_in('{"name": "Blue Spice", "customer rating": "5 out of 5", "area": null}') == slots
    )


def test_that_lists_numbers_and_truth_values_are_texts_as_written() -> None:
    assert record_in('{"a": ["x", " y "], "b": 1.50, "c": true, "d": []}') == {
        "a": ["x", "y"],
        "b": ["1.50"],
        "c": ["true"],
    }


@pytest.mark.parametrize("cell", ['{"a": {"b": 1}}', '{"a": 1', "[1, 2]", "just a text"])
def test_that_what_is_no_record_is_refused(cell: str) -> None:
    with pytest.raises(RecordError):
        record_in(cell)
    assert TASK.fault(cell, {}, "text") is not None


def test_that_written_records_have_every_field() -> None:
    cell = written({"b": ["x", "y"], "c": ["z"]}, ["a", "b"])
    assert cell == '{"a": null, "b": ["x", "y"], "c": "z"}'


def test_that_a_field_that_never_has_a_value_is_left_out_and_told() -> None:
    cells = ['{"name": "A", "fax": null}', '{"name": "B", "fax": ""}']
    assert TASK.labels_of(cells) == ["name"]
    assert any("fax" in str(warning.values) for warning in TASK.check(cells))
    with pytest.raises(UserError):
        TASK.check(['{"fax": null}'])


def test_that_columns_become_fields_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("id,text,name,area\n1,Ann lives in Ulm.,Ann,Ulm\n2,Ben waits.,Ben,\n", "utf-8")
    imported = TASK.tidied(read_file(path))
    assert imported.table["record"].to_pylist() == [
        '{"name": "Ann", "area": "Ulm"}',
        '{"name": "Ben", "area": null}',
    ]


def test_that_a_column_of_slots_is_rewritten_as_objects(tmp_path: Path) -> None:
    path = tmp_path / "e2e.csv"
    path.write_text('mr,ref\n"name[Aromi], area[riverside]","Aromi is at the river."\n', "utf-8")
    imported = TASK.tidied(read_file(path))
    assert imported.table["mr"].to_pylist() == ['{"name": "Aromi", "area": "riverside"}']


def test_that_questions_are_asked_in_the_language_of_the_texts() -> None:
    assert TASK.first_words(["eatType"], ["a text"]) == {"eatType": ["What is the eat type?"]}
    assert TASK.first_words(["名称"], ["这家店叫蓝香料，在河边。"]) == {"名称": ["名称是什么？"]}
