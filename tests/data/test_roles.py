"""Which column is which: exact names first, then what the columns hold."""

from __future__ import annotations

import pyarrow as pa
import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.roles import Roles, guess_roles, require, roles_for

LONG = [f"a long text about the film number {n}" for n in range(20)]


def table(**columns: list[str]) -> pa.Table:
    return pa.table({name.replace("__", " "): values for name, values in columns.items()})


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("text", "label"),
        ("Sentence", "LABEL"),
        ("文本", "标签"),
        ("评论", "类别"),
        (" review_text ", "Sentiment"),
        ("內容", "標籤"),
        ("utterance", "intent"),
    ],
)
def test_that_names_in_english_and_chinese_are_known(text: str, label: str) -> None:
    made = pa.table({"id": LONG, label: ["a", "b"] * 10, text: ["x"] * 20})
    roles = guess_roles(made)
    assert (roles.text, roles.label, roles.id) == (text, label, "id")


def test_that_a_name_inside_a_name_does_not_count() -> None:
    made = table(context=["short"] * 20, labeled_by=["me"] * 20, note=LONG)
    assert guess_roles(made) == Roles(text="note", label=None)


def test_that_statistics_decide_without_names() -> None:
    made = table(a=[str(n) for n in range(20)], b=LONG, c=["yes", "no"] * 10)
    assert guess_roles(made) == Roles(text="b", label="c")


def test_that_constant_and_ever_new_columns_are_no_labels() -> None:
    made = table(a=["same"] * 20, b=LONG, c=[str(n) for n in range(20)])
    assert guess_roles(made) == Roles(text="b")


def test_that_one_column_is_the_text() -> None:
    assert guess_roles(table(x=["a", "b"])) == Roles(text="x")
    assert guess_roles(table(label=["a", "b"])).text == "label"


def test_that_the_users_choice_wins() -> None:
    made = table(text=LONG, label=["a", "b"] * 10, other=["c", "d"] * 10)
    assert roles_for(made, text="other", label="text") == Roles(text="other", label="text")
    assert roles_for(made, label="other") == Roles(text="text", label="other")
    with pytest.raises(UserError, match="text and label at once"):
        roles_for(made, text="text", label="text")


def test_that_a_missing_column_is_named_with_the_nearest() -> None:
    with pytest.raises(UserError) as caught:
        roles_for(table(reviews=LONG, label=["a", "b"] * 10), text="review", file="a.csv")
    assert str(caught.value) == (
        'a.csv, field "text": There is no column "review". '
        'Did you mean "reviews"? The columns are: reviews, label.'
    )
    with pytest.raises(UserError, match=r'no column "zzz"\. The columns are: a\.$'):
        require(["a", "_row_id"], "zzz")
