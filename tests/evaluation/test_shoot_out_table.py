from __future__ import annotations

from typing import Any

import pytest

from peft_desktop.evaluation.shoot_out_table import (
    Contender,
    Outcome,
    holm,
    paired,
    randomised,
    spread,
    table,
)


def facts(valid: float, test: float, loss: float = 0.5, parameters: int = 10) -> dict[str, Any]:
    baselines = {"majority": {"accuracy": 0.5}, "zero_shot": {"accuracy": 0.6}}
    return {
        "trained_parameters": parameters,
        "training_seconds": 2.0,
        "memory_bytes": 100,
        "size_bytes": 7,
        "valid": {"metrics": {"accuracy": valid, "log_loss": loss}, "baselines": baselines},
        "test": {"metrics": {"accuracy": test}, "baselines": baselines},
    }


def contender(key: str, *of: dict[str, Any], failures: tuple[str, ...] = ()) -> Contender:
    outcomes = [Outcome(seed, f"{key} {seed}", found) for seed, found in enumerate(of)]
    where = {"method": key, "model": "tiny", "template": "{text} {mask}"}
    return Contender(key, where, outcomes, len(of) + len(failures), failures)


def nothing(run: str) -> None:
    return None


def test_that_the_winner_is_picked_by_validation_though_another_is_better_on_the_test_rows() -> (
    None
):
    rows = table([contender("a", facts(0.8, 0.95)), contender("b", facts(0.9, 0.85))], nothing)
    assert [row["row"] for row in rows if row["kind"] == "trained"] == ["b", "a"]
    assert [row["best"] for row in rows[:2]] == [True, False]


def test_that_a_tie_goes_to_the_lower_loss_and_then_to_fewer_parameters() -> None:
    a, b = contender("a", facts(0.9, 0.9, 0.4)), contender("b", facts(0.9, 0.9, 0.2))
    assert table([a, b], nothing)[0]["row"] == "b"
    a, b = contender("a", facts(0.9, 0.9)), contender("b", facts(0.9, 0.9, parameters=3))
    assert table([a, b], nothing)[0]["row"] == "b"


def test_that_mean_and_spread_are_those_of_the_sample() -> None:
    found = spread([0.8, 0.9, 1.0])
    assert found["mean"] == pytest.approx(0.9)
    assert found["std"] == pytest.approx(0.1)
    assert spread([0.8])["std"] is None


def test_that_a_row_without_a_finished_run_comes_last_with_its_reason() -> None:
    rows = table([contender("a", failures=("too hot",)), contender("b", facts(0.6, 0.6))], nothing)
    assert [row["row"] for row in rows[:2]] == ["b", "a"]
    assert rows[1]["failures"] == ["too hot"]
    assert "valid" not in rows[1]
    assert not rows[1]["best"]


def test_that_baselines_stand_below_once_for_each_model_and_prompt() -> None:
    rows = table([contender("a", facts(0.9, 0.9), facts(0.8, 0.9))], nothing)
    below = [row for row in rows if row["kind"] == "baseline"]
    assert [row["row"] for row in below] == ["majority", "zero_shot"]
    assert below[1]["test"]["accuracy"]["mean"] == 0.6


def test_that_one_seed_is_compared_by_mcnemars_exact_test() -> None:
    # 6 rows only the best has right, 1 only the other: 2 * P(X <= 1 | 7, 1/2) = 16 / 128
    best = {0: {i: i != 0 for i in range(20)}}
    other = {0: {i: i == 0 or i >= 7 for i in range(20)}}
    found = paired(best, other)
    assert found is not None
    assert found["p_alone"] == pytest.approx(0.125)
    assert found["difference"] == pytest.approx(-5 / 20)
    assert found["interval"]["low"] < -5 / 20 < found["interval"]["high"]


def test_that_random_signs_agree_with_counting_all_of_them() -> None:
    import itertools

    each = [1.0, 0.5, 0.5, -0.5, 1.0, 0.5]
    signed = itertools.product((1, -1), repeat=len(each))
    sums = [abs(sum(s * d for s, d in zip(signs, each, strict=True))) for signs in signed]
    exact = sum(total >= 3.0 - 1e-9 for total in sums) / len(sums)
    assert randomised(each) == pytest.approx(exact, abs=0.02)


def test_that_rows_answered_alike_say_nothing() -> None:
    assert randomised([0.0, 0.0]) == 1.0
    assert paired({0: {1: True}}, {1: {1: True}}) is None


def test_that_only_rows_and_seeds_of_both_are_compared() -> None:
    found = paired({0: {1: True, 2: True}, 1: {1: True}}, {0: {2: False, 3: True}})
    assert found is not None
    assert (found["rows"], found["seeds"], found["difference"]) == (1, 1, -1.0)


def test_that_p_values_are_raised_for_their_number() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []
