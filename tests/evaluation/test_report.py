"""The table for the terminal and the file in the run."""

import json

import numpy as np
import pytest
from rich.cells import cell_len

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.intervals import intervals_for
from peft_desktop.evaluation.metrics import Judgement, judge
from peft_desktop.evaluation.report import (
    aligned,
    confusion_table,
    metrics_table,
    read_metrics,
    report,
    write_metrics,
)

LABELS = ["消极", "good"]


def judged(labels=LABELS):
    return judge(labels, [0, 0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.4, 0.6]])


BESIDE = {"zero_shot": {"accuracy": 0.5, "macro_f1": 0.25}, "majority": {"accuracy": 0.75}}


def test_that_columns_stand_under_each_other_with_chinese_too():
    table = aligned([["", "行数", "Rows"], ["消极", "12", "3"], ["good", "1", "300"]])
    assert len({cell_len(line) for line in table.splitlines()}) == 1
    assert table.splitlines()[1] == "消极    12     3"


def test_that_long_cells_are_cut_by_terminal_cells():
    table = aligned([["计算机编程" * 10, "1"], ["x" * 32, "2"]])
    first, second = table.splitlines()
    assert cell_len(first) == cell_len(second) == 32 + 3
    assert "..." in first and "..." not in second


def test_that_the_model_stands_beside_its_baselines_in_their_order():
    lines = metrics_table(judged(), BESIDE).splitlines()
    assert lines[0].split() == ["Model", "Majority", "Zero-shot"]
    assert lines[1].split() == ["Accuracy", "0.750", "0.750", "0.500"]
    f1 = next(line for line in lines if line.startswith("F1, macro"))
    assert f1.split() == ["F1,", "macro", "0.733", "0.250"]
    assert len(lines) == 1 + 12


def test_that_intervals_stand_beside_the_model():
    lines = metrics_table(judged(), {}, intervals_for(judged())).splitlines()
    assert "95 % interval" in lines[0]
    assert lines[1].split() == ["Accuracy", "0.750", "0.301", "-", "0.954"]


def test_that_the_report_has_the_headline_the_classes_the_confusion_and_the_notes():
    text = report(judge([*LABELS, "fair"], [0, 1], predicted=[0, 1]), BESIDE)
    assert text.startswith("Right in 100 of 100, between 34 and 100; the majority would be right")
    assert "Label" in text and "True \\ predicted" in text
    assert text.endswith('No rows here: "fair". How well they are found is not known.\n')


def test_that_every_word_can_be_translated():
    text = report(judged(), BESIDE, intervals_for(judged()), lambda _, words: f"<{words}>")
    for words in ("<Right in 75 of", "<95 % interval>", "<Accuracy>", "<Majority>", "<Recall>"):
        assert words in text


def test_that_a_label_cannot_command_the_terminal():
    text = report(judged(["a\x1b[31m", "b\nc\ud800"]), {})
    assert "\x1b" not in text and "a\\x1b[31m" in text and "b\\nc\\ud800" in text
    text.encode("utf-8")


def test_that_many_labels_show_the_commonest_mistakes_instead():
    labels = [f"intent {i}" for i in range(20)]
    judgement = judge(labels, [0, 0, 0, 1, 2], predicted=[3, 3, 0, 2, 2])
    lines = confusion_table(judgement).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["intent", "0", "intent", "3", "2"],
        ["intent", "1", "intent", "2", "1"],
    ]
    assert confusion_table(judge(labels, [0], predicted=[0])) == ""


def test_that_metrics_are_kept_by_split(tmp_path):
    path = write_metrics(tmp_path, "valid", judged(), {})
    write_metrics(tmp_path, "test", judged(), BESIDE, intervals_for(judged()))
    held = json.loads(path.read_text(encoding="utf-8"))
    assert held["version"] == 1 and list(held["splits"]) == ["valid", "test"]
    test = held["splits"]["test"]
    assert test["metrics"] == judged().metrics and test["baselines"] == BESIDE
    assert test["intervals"]["accuracy"]["level"] == 0.95
    assert "消极" in path.read_text(encoding="utf-8")
    assert Judgement.from_dict(read_metrics(tmp_path)["test"]) == judged()
    assert [p.name for p in tmp_path.iterdir()] == ["metrics.json"]


def test_that_a_run_without_metrics_has_none(tmp_path):
    assert read_metrics(tmp_path) == {}


def test_that_a_lone_surrogate_in_a_label_is_kept(tmp_path):
    judgement = judged(["a\ud800", "b\\ud800"])
    write_metrics(tmp_path, "test", judgement, {})
    assert Judgement.from_dict(read_metrics(tmp_path)["test"]) == judgement


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b"{}", b'{"version": 1}'])
def test_that_a_broken_file_is_kept_beside_the_new_one(tmp_path, content):
    (tmp_path / "metrics.broken-1.json").write_bytes(b"older")
    (tmp_path / "metrics.json").write_bytes(content)
    write_metrics(tmp_path, "test", judged(), {})
    assert (tmp_path / "metrics.broken-1.json").read_bytes() == b"older"
    assert (tmp_path / "metrics.broken-2.json").read_bytes() == content
    assert list(read_metrics(tmp_path)) == ["test"]


def test_that_a_newer_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "metrics.json"
    path.write_text('{"version": 2, "splits": []}', encoding="utf-8")
    with pytest.raises(UserError, match="newer version"):
        write_metrics(tmp_path, "test", judged(), {})
    assert path.read_text(encoding="utf-8") == '{"version": 2, "splits": []}'


def test_that_what_is_no_number_never_reaches_the_file(tmp_path):
    write_metrics(tmp_path, "test", judged(), {})
    before = (tmp_path / "metrics.json").read_bytes()
    with pytest.raises(ValueError):
        write_metrics(tmp_path, "test", judged(), {"zero_shot": {"log_loss": np.inf}})
    assert (tmp_path / "metrics.json").read_bytes() == before
