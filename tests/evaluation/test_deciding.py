"""Thresholds: what they answer, how they are found, kept and refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scored_rows import drawn, write_answers

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.deciding import (
    FOR_A_PERSON,
    Costs,
    Decisions,
    added_columns,
    applied,
    clear_decisions,
    read_decisions,
    with_thresholds,
    write_decisions,
)
from peft_desktop.evaluation.scored import read_scored
from peft_desktop.evaluation.thresholds import choose, difference, outcome


def test_that_without_thresholds_the_most_probable_label_wins():
    rows = drawn(200)
    answers, unsure = Decisions.plain(rows.labels).decide(rows.chances)
    assert (answers == rows.answers).all() and not unsure.any()


def test_that_with_two_labels_a_threshold_means_from_there_on():
    two = with_thresholds(Decisions.plain(["no", "yes"]), {"yes": 0.8})
    answers, _ = two.decide([[0.21, 0.79], [0.19, 0.81], [0.9, 0.1]])
    assert answers.tolist() == [0, 1, 0]


def test_that_costs_move_the_threshold_to_where_bayes_puts_it():
    """Calling a "b" row "a" costs four times as much: answer "a" only from 0.8 on."""
    valid, test = drawn(20_000, 2), drawn(20_000, 2, seed=1)
    costs = Costs.given(["a", "b"], {("b", "a"): 4.0})
    found = choose(valid, costs).decisions
    assert found.thresholds[0] == pytest.approx(0.8, abs=0.04)
    brought = difference(test, found)
    assert brought is not None and brought["high"] < 0
    bayes = with_thresholds(Decisions(("a", "b"), (0.5, 0.5), costs=costs), {"a": 0.8})
    assert outcome(test, found)["mean_cost"] == pytest.approx(
        outcome(test, bayes)["mean_cost"], rel=0.02
    )


def test_that_a_person_is_asked_where_that_costs_less_than_the_mistakes():
    valid = drawn(20_000, 2)
    found = choose(valid, Costs.given(["a", "b"], {}, person=0.25)).decisions
    assert found.person_below == pytest.approx(0.75, abs=0.03)  # wrong with more than 1 in 4
    told = outcome(valid, found)
    assert 0 < told["coverage"] < 1 and told["accuracy_answered"] > told["accuracy_all"]
    never = choose(valid, Costs.given(["a", "b"], {}, person=0.9)).decisions
    assert never.person_below == 0.0


def test_that_thresholds_for_f1_help_a_rare_label():
    random = np.random.default_rng(3)
    rows = drawn(6_000, 2)
    lean = rows.chances * np.array([0.9, 0.1])
    lean /= lean.sum(axis=1, keepdims=True)
    gold = (random.random(len(rows)) < lean[:, 1]).astype(int)
    skewed = type(rows)(rows.labels, gold, lean.argmax(axis=1), lean, rows.ids)
    found = choose(skewed, goal="macro_f1").decisions
    plain = outcome(skewed, Decisions.plain(rows.labels))
    assert outcome(skewed, found)["macro_f1_answered"] > plain["macro_f1_answered"] + 0.015


def test_that_few_rows_leave_the_thresholds_alone_and_say_so():
    found = choose(drawn(20))
    assert found.decisions.thresholds == Decisions.plain("abc").thresholds
    assert found.note is not None and "there are 20" in str(found.note)


def test_that_figures_without_an_answered_row_are_none_and_not_0():
    told = outcome(drawn(60), Decisions(("a", "b", "c"), (1 / 3,) * 3, person_below=1.0))
    assert told["answered"] == 0
    assert told["accuracy_answered"] is told["macro_f1_answered"] is told["mean_cost"] is None


def test_that_decisions_are_kept_with_the_model_and_applied(tmp_path):
    with pytest.raises(UserError, match="has no model"):
        write_decisions(tmp_path, Decisions.plain("ab"))
    (tmp_path / "model").mkdir()
    assert read_decisions(tmp_path) is None
    chosen = with_thresholds(Decisions(("a", "b"), (0.5, 0.5), 0.6), {"b": 0.9})
    write_decisions(tmp_path, chosen)
    kept = read_decisions(tmp_path)
    assert kept is not None and kept.thresholds == chosen.thresholds
    assert added_columns(kept) == [FOR_A_PERSON]
    asked = {"predicted_label": "b", "probability": 0.85}
    said = applied(kept, [{**asked, "probability_a": 0.15, "probability_b": 0.85}])
    assert said[0]["predicted_label"] == "a" and said[0]["probability"] == 0.15
    assert said[0][FOR_A_PERSON] == "yes"
    assert clear_decisions(tmp_path) and not clear_decisions(tmp_path)


def test_that_damaged_and_newer_thresholds_are_refused(tmp_path):
    (tmp_path / "model").mkdir()
    path = write_decisions(tmp_path, Decisions.plain("ab"))
    held = json.loads(path.read_text())
    path.write_text(json.dumps({**held, "version": 99}))
    with pytest.raises(UserError, match="newer version"):
        read_decisions(tmp_path)
    path.write_text(json.dumps({**held, "thresholds": {"a": 7}}))
    with pytest.raises(UserError, match="cannot be read"):
        read_decisions(tmp_path)
    path.write_text("{")
    with pytest.raises(UserError, match="cannot be read"):
        read_decisions(tmp_path)


@pytest.mark.parametrize(
    "wanted, said",
    [({"x": 0.5}, "does not know"), ({"a": 0.0}, "above 0"), ({"a": 1.5}, "above 0")],
)
def test_that_thresholds_that_are_none_are_refused(wanted, said):
    with pytest.raises(UserError, match=said):
        with_thresholds(Decisions.plain("abc"), wanted)


@pytest.mark.parametrize("cost", [-1.0, float("nan"), float("inf")])
def test_that_costs_that_are_none_are_refused(cost):
    with pytest.raises(UserError, match="cost is a number"):
        Costs.given("ab", {("a", "b"): cost})
    with pytest.raises(UserError, match="does not know"):
        Costs.given("ab", {("a", "x"): 1.0})
    with pytest.raises(UserError, match="costs nothing"):
        Costs.given("ab", {("a", "a"): 1.0})


def test_that_answers_come_back_as_they_were_written(tmp_path):
    rows = drawn(30)
    write_answers(tmp_path, "test", rows)
    found = read_scored(tmp_path, list(rows.labels), "test")
    assert (found.chances == rows.chances).all() and (found.answers == rows.answers).all()


def test_that_answers_that_do_not_belong_to_the_model_are_refused(tmp_path):
    rows = drawn(30)
    with pytest.raises(UserError, match="not judged"):
        read_scored(tmp_path, list(rows.labels), "test")
    with pytest.raises(UserError, match="is gone"):
        read_scored(tmp_path / "away", list(rows.labels), "test")
    path = write_answers(tmp_path, "test", rows)
    with pytest.raises(UserError, match="not judged"):
        read_scored(tmp_path, list(rows.labels), "valid")
    with pytest.raises(UserError, match=r"other labels \(a, b, c\)"):
        read_scored(tmp_path, ["a", "b", "x"], "test")
    recipe = {"prompt": {"template": "{text} It was {mask}."}, "labels": ["a", "b", "c"]}
    (tmp_path / "recipe.json").write_text(json.dumps({**recipe, "name": "one"}))
    write_answers(tmp_path, "test", rows)
    (tmp_path / "recipe.json").write_text(json.dumps({**recipe, "name": "renamed"}))
    assert len(read_scored(tmp_path, list(rows.labels), "test")) == 30
    (tmp_path / "recipe.json").write_text(
        json.dumps({**recipe, "prompt": {"template": "{text} {mask}"}})
    )
    with pytest.raises(UserError, match="prompt or model was changed"):
        read_scored(tmp_path, list(rows.labels), "test")
    rows.chances[3] = np.nan
    write_answers(tmp_path, "test", rows)
    with pytest.raises(UserError, match="not a number: 1 of 30"):
        read_scored(tmp_path, list(rows.labels), "test")
    path.write_bytes(b"PAR1 half written")
    with pytest.raises(UserError, match="cannot be read"):
        read_scored(tmp_path, list(rows.labels), "test")
