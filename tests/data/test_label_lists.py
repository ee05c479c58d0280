"""Cells that hold several labels are read the way they are written."""

from __future__ import annotations

import pytest

from peft_desktop.data.label_lists import known_names, names_in, separator_of, written


@pytest.mark.parametrize(
    ("cell", "separator", "names"),
    [
        ('["a", "b c"]', None, ["a", "b c"]),
        ("[]", None, []),
        ("a; b ;a;", ";", ["a", "b"]),
        ("[1, 2]", None, ["1", "2"]),
        ("价格、环境", "、", ["价格", "环境"]),
        ("one name", None, ["one name"]),
        ("[not json", None, ["[not json"]),
    ],
)
def test_that_a_cell_becomes_names(cell: str, separator: str | None, names: list[str]) -> None:
    assert names_in(cell, separator) == names
    assert names_in(written(names)) == names


def test_that_the_separator_is_found_in_the_data() -> None:
    assert separator_of(["a; b", "b", "a; c", "c", "b; c"]) == ";"
    assert separator_of(["食物、价格", "价格", "食物、环境", "环境"]) == "、"
    assert separator_of(["red|blue", "blue|green", "red", "green"]) == "|"


def test_that_names_with_a_comma_are_not_parted() -> None:
    assert separator_of(["good", "bad", "good", "bad"]) is None
    assert separator_of(["Doe, John", "Roe, Jane", "Poe, Edgar", "Low, Ann"]) is None


def test_that_one_cell_with_a_sign_proves_nothing() -> None:
    assert separator_of(["a/b", *["a", "b"] * 50]) is None


def test_that_a_judged_files_cells_are_read_by_the_labels_that_are_known() -> None:
    labels = {"a", "b", "c, d"}
    assert known_names("a;b", labels) == ["a", "b"]
    assert known_names("a, b", labels) == ["a", "b"]
    assert known_names("c, d", labels) == ["c, d"]
    assert known_names("a; x", labels) == ["a; x"]
