"""What is said about the data before training."""

from __future__ import annotations

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.data.checks import blank_texts, check_labels, normalised, overlap


def words(warnings: list[Warned]) -> list[str]:
    return [w.template.format(**w.values) for w in warnings]


@pytest.mark.parametrize("labels", [["pos"] * 5, ["pos", "", " "], ["", " "], []])
def test_that_fewer_than_two_classes_are_an_error(labels: list[str]) -> None:
    with pytest.raises(UserError, match="needs two classes") as caught:
        check_labels(labels, file="a.csv", column="label")
    assert str(caught.value).startswith('a.csv, field "label": ')


def test_that_good_labels_pass_without_a_word() -> None:
    assert check_labels(["pos", "neg"] * 5) == []


def test_that_a_class_of_one_row_is_told() -> None:
    assert words(check_labels(["pos", "neg", "neg"])) == [
        "1 classes have one row only; they can be trained, not judged: pos."
    ]


def test_that_rows_without_a_label_are_counted() -> None:
    assert words(check_labels(["a", "b", "a", "b", "", " "])) == [
        "2 rows have no label; they are kept as unlabelled rows."
    ]


def test_that_labels_that_look_alike_are_told() -> None:
    told = words(check_labels(["pos", "pos ", "Pos", "ｎｅｇ", "neg"] * 3))
    assert told == [
        'The labels "Pos", "pos", "pos " differ only in case, width or blanks; are they one class?',
        'The labels "neg", "ｎｅｇ" differ only in case, width or blanks; are they one class?',
    ]


def test_that_a_slip_is_suspected_and_numbered_labels_are_not() -> None:
    assert words(check_labels(["positive"] * 30 + ["postive"] * 2 + ["neutral"] * 5)) == [
        'Is the label "postive" (2 rows) a slip of "positive" (30)?'
    ]
    assert check_labels(["class_1"] * 30 + ["class_2"] * 2) == []


def test_that_blank_texts_are_told_with_their_rows() -> None:
    assert words(blank_texts(["a", "", " \u3000\t", "b"])) == [
        "2 rows have no text, for example row 2, 3."
    ]
    assert words(blank_texts([""] * 7, rows=range(10, 17)))[0].endswith("10, 11, 12, 13, 14, ....")
    assert blank_texts(["a"]) == []


def test_that_overlap_sees_through_case_width_and_blanks() -> None:
    told = overlap(["Hello  World", "ＡＢＣ", ""], ["hello world ", "abc", "new", ""])
    assert told[0].values == {"count": 2, "example": "hello world "}
    assert overlap(["a"], ["b"]) == []
    assert normalised(" Ｓtraße\u3000x ") == "strasse x"
