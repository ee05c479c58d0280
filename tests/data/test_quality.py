"""The checks of the data find what makes figures lie, and name the rows."""

from __future__ import annotations

import random
from typing import Any

import pyarrow as pa
import pytest

from peft_desktop.data.quality import Finding, Look, Report, check
from peft_desktop.data.quality.labels import alike
from peft_desktop.data.quality.languages import latin_language
from peft_desktop.data.quality.near import SIMILAR, near_pairs
from peft_desktop.data.quality.personal import hints_in, masked
from peft_desktop.data.quality.texts import unmangled

STORY = "a fine film with a good cast and a story that is told with care and wit"


def ended(work: Any) -> Any:
    """What a generator returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def report_of(texts: list[str], labels: list[str] | None = None, **look: Any) -> Report:
    columns: dict[str, Any] = {"text": pa.array(texts, pa.string())}
    if labels is not None:
        columns["label"] = pa.array(labels, pa.string())
    columns["_row_id"] = pa.array(range(len(texts)), pa.int64())
    table = pa.table(columns)
    roles = {"text": "text", "label": "label"}
    wanted = Look("text", "label" if labels else None, roles=roles, **look)
    report: Report = ended(check(table, wanted))
    return report


def only(report: Report, kind: str) -> Finding:
    found = [each for each in report.findings if each.kind == kind]
    assert len(found) == 1, [each.kind for each in report.findings]
    return found[0]


def test_that_blank_texts_are_found_in_any_script() -> None:
    report = report_of(["a", "", " \t", "\u3000", "b"])
    assert only(report, "blank").rows.tolist() == [1, 2, 3]
    assert only(report, "blank").repairs[0].rows.tolist() == [1, 2, 3]


def test_that_exact_and_normalised_duplicates_are_told_apart() -> None:
    report = report_of(["One text", "one  TEXT", "ONE text", "other", "other"])
    assert only(report, "duplicate").rows.tolist() == [3, 4]
    assert only(report, "alike").rows.tolist() == [0, 1, 2]
    assert only(report, "alike").repairs[0].rows.tolist() == [1, 2]


def test_that_width_counts_for_nothing() -> None:
    assert only(report_of(["\uff21\uff22\uff23 text", "abc text"]), "alike").rows.tolist() == [0, 1]


def test_that_of_duplicates_the_row_to_train_on_stays() -> None:
    report = report_of(["x", "x", "x"], ["a", "a", ""], splits={"test": [0], "train": [1]})
    assert only(report, "duplicate").repairs[0].rows.tolist() == [0, 2]


def test_that_a_text_with_two_labels_is_a_contradiction_and_the_majority_may_win() -> None:
    report = report_of(["x", "X", "x", "y", "y"], ["a", "a", "b", "a", "b"])
    found = only(report, "contradiction")
    assert found.rows.tolist() == [0, 1, 2, 3, 4]
    assert found.groups.tolist() == [0, 0, 0, 1, 1]
    assert found.repairs[0].kind == "majority" and found.repairs[0].rows.tolist() == [2]


def test_that_test_texts_in_training_are_a_leak() -> None:
    report = report_of(
        ["one", "two", "ONE", "three", "two"],
        ["a", "b", "a", "b", "b"],
        splits={"train": [0, 1], "valid": [4], "test": [2, 3]},
    )
    found = only(report, "leak")
    assert found.severity == "lies" and set(found.rows.tolist()) == {0, 1, 2, 4}
    assert {each.kind: each.rows.tolist() for each in found.repairs} == {
        "exclude": [2, 4],
        "move": [2, 4],
    }


def test_that_near_duplicates_are_found_across_splits() -> None:
    near = STORY.replace("care", "great care")
    report = report_of([STORY, "nothing like it at all, not in one single word", near],
                       splits={"train": [0, 1], "test": [2]})  # fmt: skip
    assert only(report, "near").rows.tolist() == [0, 2]
    assert only(report, "near_leak").repairs[0].rows.tolist() == [2]


def test_that_chinese_near_duplicates_are_found() -> None:
    text = "这家酒店的房间非常干净,服务员的态度也很好,下次来北京出差一定还会选择住在这里。"
    report = report_of(
        [text, text.replace("北京", "上海"), "手机的电池不耐用,充电也很慢,不推荐大家购买。"]
    )
    assert only(report, "near").rows.tolist() == [0, 1]


def test_that_near_pairs_are_those_that_comparing_all_finds() -> None:
    dice = random.Random(3)
    words = ["".join(dice.choices("abcdefghij", k=dice.randint(2, 8))) for _ in range(300)]
    texts = [" ".join(dice.choices(words, k=30)) for _ in range(150)]
    for _ in range(80):
        again = dice.choice(texts).split()
        for _ in range(dice.randint(1, 4)):
            again[dice.randrange(len(again))] = dice.choice(words)
        texts.append(" ".join(again))
    texts = list(dict.fromkeys(texts))
    sets = [{text[n : n + 5] for n in range(len(text) - 4)} for text in texts]
    expected = {
        (one, other)
        for one in range(len(texts))
        for other in range(one + 1, len(texts))
        if len(sets[one] & sets[other]) >= SIMILAR * len(sets[one] | sets[other])
    }
    found = {tuple(pair) for pair in ended(near_pairs(pa.array(texts))).tolist()}
    assert found <= expected and len(found) >= 0.97 * len(expected) > 20


def test_that_slips_of_labels_are_merged_into_the_commonest() -> None:
    counts = {"positive": 50, "positive ": 2, "Positive": 1, "postive": 3, "negative": 40}
    assert alike(counts) == {"positive": ["Positive", "positive ", "postive"]}


def test_that_numbered_and_short_labels_are_meant() -> None:
    assert alike({"item 1": 90, "item 2": 5, "yes": 50, "yet": 1}) == {}


def test_that_full_width_labels_are_the_same() -> None:
    assert alike({"\uff21": 1, "A": 5}) == {"A": ["\uff21"]}


def test_that_a_label_that_is_one_of_two_near_ones_is_merged_once() -> None:
    found = alike({"sports": 200, "sport s": 10, "sprts": 1})
    assert found == {"sports": ["sport s", "sprts"]}


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("café crème, très délicieux", "cp1252"),
        ("café crème, très délicieux", "latin-1"),
        ("这部电影非常好看,值得推荐。你好世界", "latin-1"),
        ("我们今天学习", "gb18030"),
        ("非常满意下次再来", "gb18030"),
        ("мир и труд", "latin-1"),
    ],
)
def test_that_mojibake_is_undone_where_it_can_be(text: str, codec: str) -> None:
    garbled = text.encode("utf-8").decode(codec)
    assert unmangled(garbled) == text
    assert only(report_of([text, garbled]), "mojibake").rows.tolist() == [1]


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "café crème",
        "这部电影非常好看",
        "Ångström – 20 €",
        "ÄÖÜ",
        "мир и труд",
        "日本語のテキスト",
    ],
)
def test_that_sound_texts_are_not_taken_for_mojibake(text: str) -> None:
    assert unmangled(text) is None


def test_that_lost_characters_are_found() -> None:
    assert only(report_of(["good", "lost \ufffd", "锟斤拷"]), "lost").rows.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("write to me@example.org", ["e-mail"]),
        ("电话13800138000谢谢", ["telephone"]),
        ("call +49 30 1234567 now", ["telephone"]),
        ("身份证11010519491231002X", ["identity number"]),
        ("身份证110105194912310021", []),  # the check digit is wrong
        ("card 4111 1111 1111 1111", ["account number"]),
        ("card 4111 1111 1111 1112", []),
        ("GB82 WEST 1234 5698 7654 32", ["account number"]),
        ("order 123456789 of 2024-01-02, 10:30", []),
        ("it cost 1,000,000.00 dollars", []),
    ],
)
def test_that_personal_data_is_told_by_pattern_and_check_digit(text: str, kinds: list[str]) -> None:
    assert hints_in(text) == kinds


def test_that_masking_leaves_nothing_that_is_found() -> None:
    text = masked("me@example.org, 13800138000, 11010519491231002X")
    assert text == "[e-mail], [telephone], [identity number]"


def test_that_languages_are_told_by_script_and_small_words() -> None:
    assert latin_language("der Film ist nicht gut und die Musik auch nicht") == "de"
    texts = ["the film is good and it was fun"] * 5 + [
        "这部电影",
        "アニメを見る",
        "привет как дела",
        "안녕하세요",
    ]
    report = report_of(texts)
    assert dict(report.languages) == {"en": 5, "zh": 1, "ja": 1, "ru": 1, "ko": 1}
    assert sorted(only(report, "language").rows.tolist()) == [5, 6, 7, 8]


def test_that_columns_that_number_rows_or_say_nothing_are_told() -> None:
    rows = 30
    table = pa.table(
        {
            "text": [f"text {n} of some words" for n in range(rows)],
            "label": ["a", "b"] * 15,
            "answer": ["1", "2"] * 15,
            "same": ["x"] * rows,
            "number": [str(n) for n in range(rows)],
            "_row_id": pa.array(range(rows), pa.int64()),
        }
    )
    look = Look("text", "label", roles={"text": "text", "label": "label"})
    kinds = {
        each.kind: each.what.values["column"]
        for each in ended(check(table, look)).findings
        if "column" in each.what.values
    }
    assert kinds == {"gives_away": "answer", "constant": "same", "id_like": "number"}


def test_that_rows_left_out_are_not_looked_at_but_listed() -> None:
    report = report_of(["x", "x", "y"], excluded=[1])
    assert report.rows == 2 and report.excluded == 1
    assert [each.kind for each in report.findings] == ["excluded"]
    assert only(report, "excluded").repairs[0].kind == "include"


def test_that_an_empty_table_has_no_findings() -> None:
    assert report_of([], []).findings == []


def test_that_the_check_can_be_stopped_at_any_event() -> None:
    table = pa.table({"text": [STORY, STORY], "_row_id": pa.array([0, 1], pa.int64())})
    count = sum(1 for _ in check(table, Look("text")))
    for stop in range(count):
        work = check(table, Look("text"))
        for _ in range(stop + 1):
            next(work)
        work.close()
