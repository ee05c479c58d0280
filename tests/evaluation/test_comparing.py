"""Runs side by side: differences, McNemar, settings that differ, seeds and folds together."""

from __future__ import annotations

import numpy as np
import pytest
from scored_rows import drawn

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.comparing import Judged, compare, settings_apart
from peft_desktop.evaluation.scored import Scored


def worse(rows: Scored, share: float, seed: int = 1) -> Scored:
    """The same answers, but for some rows guessed."""
    random = np.random.default_rng(seed)
    chances = rows.chances.copy()
    some = random.random(len(rows)) < share
    chances[some] = random.dirichlet(np.ones(chances.shape[1]), int(some.sum()))
    return Scored(rows.labels, rows.gold, chances.argmax(axis=1), chances, rows.ids)


def run(name: str, scored: Scored, seed: int = 1, **settings: object) -> Judged:
    metrics = {"accuracy": float(scored.right.mean()), "kappa": 0.5}
    recipe = {"name": name, "seed": seed, "training": {"learning_rate": 0.1, **settings}}
    return Judged(name, scored, metrics, recipe)


def test_that_a_worse_run_is_told_apart_and_mcnemar_is_exact():
    from scipy.stats import binomtest

    rows = drawn(800)
    found = compare([run("good", rows), run("bad", worse(rows, 0.5), rate=2)], rounds=300)
    accuracy = found["metrics"][0]
    apart = accuracy["differences"]["bad"]
    wanted = worse(rows, 0.5).right.mean() - rows.right.mean()
    assert apart["difference"] == pytest.approx(wanted)
    assert apart["low"] < wanted < apart["high"] < 0
    pair = found["pairs"][0]
    assert len(pair["mended_rows"]) == pair["mended"] < pair["broken"]
    changed = pair["mended"] + pair["broken"]
    assert pair["p_value"] == pytest.approx(binomtest(pair["mended"], changed).pvalue)
    assert [each["setting"] for each in found["settings"]] == ["training.rate"]
    assert found["groups"] == []
    kappa = next(entry for entry in found["metrics"] if entry["metric"] == "kappa")
    assert kappa["differences"]["bad"]["low"] is None  # of no draws, so of no interval


def test_that_macro_f1_and_loss_are_scikit_learns_on_the_common_rows():
    from sklearn.metrics import brier_score_loss, f1_score, log_loss

    rows = drawn(300)
    part = worse(rows, 0.3).at(np.arange(299, 49, -1))  # fewer rows, in another order
    found = compare([run("one", rows), run("two", part)], rounds=50)
    assert found["rows"] == 250 and found["rows_of_each"] == {"one": 300, "two": 250}
    values = {entry["metric"]: entry["values"]["two"] for entry in found["metrics"]}
    assert values["macro_f1"] == pytest.approx(f1_score(part.gold, part.answers, average="macro"))
    assert values["log_loss"] == pytest.approx(log_loss(part.gold, part.chances))
    assert values["brier"] == pytest.approx(brier_score_loss(part.gold, part.chances))


def test_that_labels_in_another_order_are_the_same_labels():
    rows = drawn(100)
    turned = Scored(
        rows.labels[::-1], 2 - rows.gold, 2 - rows.answers, rows.chances[:, ::-1], rows.ids
    )
    pair = compare([run("one", rows), run("two", turned)], rounds=20)["pairs"][0]
    assert pair["mended"] == pair["broken"] == 0 and pair["p_value"] == 1.0


def test_that_seeds_and_folds_are_averaged():
    rows = drawn(200)
    seeds = [run(f"s{seed}", worse(rows, 0.2, seed), seed) for seed in (1, 2, 3)]
    group = compare(seeds, rounds=20)["groups"][0]
    accuracies = [each.metrics["accuracy"] for each in seeds]
    assert group["metrics"]["accuracy"]["mean"] == pytest.approx(np.mean(accuracies))
    assert group["metrics"]["accuracy"]["std"] == pytest.approx(np.std(accuracies, ddof=1))
    folds = [run(f"f{k}", rows.at(np.arange(k * 50, k * 50 + 50))) for k in range(4)]
    found = compare(folds)
    assert found["rows"] == 0 and found["pairs"] == [] and len(found["groups"][0]["runs"]) == 4


def test_that_what_cannot_be_compared_is_said():
    rows = drawn(60)
    with pytest.raises(UserError, match="Two runs or more"):
        compare([run("one", rows)])
    with pytest.raises(UserError, match="different labels"):
        compare([run("one", rows), run("two", drawn(60, 2))])
    with pytest.raises(UserError, match="none in common"):
        compare([run("one", rows.at(rows.ids < 30)), run("two", rows.at(rows.ids >= 30), depth=2)])
    other = Scored(rows.labels, (rows.gold + 1) % 3, rows.answers, rows.chances, rows.ids)
    with pytest.raises(UserError, match="60 rows got another label"):
        compare([run("one", rows), run("two", other)])


def test_that_rows_and_hashes_are_told_in_short():
    one = {
        "data": {"rows": {"train": [1, 2]}, "sha256": "a" * 64},
        "prompt": {"words": {"x": ["y"]}},
    }
    two = {"data": {"rows": {"train": [1]}, "sha256": "b" * 64}}
    two["prompt"] = {"words": {"x": ["z"]}}
    found = {e["setting"]: e["values"] for e in settings_apart([("one", one), ("two", two)])}
    assert found["data.rows"] == {"one": {"train": 2}, "two": {"train": 1}}
    assert found["data.sha256"]["one"] == "a" * 12
    assert found["prompt.words"]["two"] == {"x": ["z"]}
