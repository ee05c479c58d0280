"""What is said at the end of a training that has come to nothing, and when nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from engine_project import Workshop, of_kind

from peft_desktop.core import events as ev
from peft_desktop.core.events import Stepped
from peft_desktop.core.words import Sentence
from peft_desktop.tuning.loop import Fit
from peft_desktop.tuning.scoring import Scores
from peft_desktop.tuning.verdict import (
    DID_NOT_TRAIN,
    LOSS_GREW,
    NO_STEP_HELPED,
    ONE_LABEL,
    Watch,
)

Make = Callable[..., Workshop]
GOLD = [0, 1] * 8


def step(number: int, loss: float, prompt: float | None = None) -> Stepped:
    return Stepped(
        step=number,
        epoch=0.0,
        loss=loss,
        loss_prompt=prompt,
        loss_fine_tune=None,
        learning_rate=1e-3,
        gradient_norm=1.0,
        examples_per_second=1.0,
        memory_bytes=0,
        seconds_left=0.0,
    )


def said(losses: list[float], predictions: list[int] | None = None, best: int = 5) -> list[str]:
    watch = Watch({number: loss for number, loss in enumerate(losses, start=1)})
    chosen = GOLD if predictions is None else predictions
    logs = np.log(np.where(np.eye(2)[chosen] > 0, 0.9, 0.1))
    state = Fit(step=len(losses), best_step=best, valid=Scores(logs, None))
    found = list(watch.verdict(state, GOLD, ["a", "b"], 1e-3))
    for warned in found:
        words = str(Sentence(warned.template, warned.values))
        assert "{" not in words and "0.001" in words and words.endswith(".")
    return [warned.template for warned in found]


def test_that_a_training_that_goes_well_is_passed_over_in_silence() -> None:
    assert said([0.7 - 0.02 * i for i in range(30)]) == []
    assert said([0.05] * 30) == []  # there was nothing left to learn


def test_that_a_loss_that_stays_is_told() -> None:
    assert said([0.70, 0.69, 0.71] * 10) == [DID_NOT_TRAIN]


def test_that_a_loss_that_grows_is_told() -> None:
    assert said([0.7 + 0.05 * i for i in range(30)]) == [LOSS_GREW]


def test_that_one_label_for_all_rows_is_told() -> None:
    assert said([0.7 - 0.02 * i for i in range(30)], [1] * 16) == [ONE_LABEL]
    assert said([0.70, 0.69, 0.71] * 10, [0] * 16) == [DID_NOT_TRAIN, ONE_LABEL]


def test_that_a_training_that_only_did_harm_is_told() -> None:
    assert said([0.7 - 0.02 * i for i in range(30)], best=0) == [NO_STEP_HELPED]


def test_that_little_is_not_judged() -> None:
    assert said([0.70] * 9) == []
    watch = Watch({number: 0.7 - 0.02 * number for number in range(30)})
    few = Fit(best_step=5, valid=Scores(np.zeros((3, 2)), None))
    assert list(watch.verdict(few, [0, 1, 0], ["a", "b"], 1e-3)) == []
    assert list(watch.verdict(Fit(best_step=5), [], ["a", "b"], 1e-3)) == []


def test_that_the_prompts_own_loss_counts_where_it_is_trained() -> None:
    watch = Watch()
    for number in range(1, 31):  # the head beside it learns; the prompt does not
        watch.note(step(number, 1.4 - 0.02 * number, 0.69))
    templates = [w.template for w in watch.verdict(Fit(best_step=5), GOLD, ["a", "b"], 1e-3)]
    assert templates == [DID_NOT_TRAIN]


def test_that_a_run_that_learns_nothing_ends_with_a_warning(workshop: Make) -> None:
    shop = workshop("llama")
    how = {"max_steps": 12, "learning_rate": 1e-9, "head_learning_rate": 1e-9}
    warned = [w.template for w in of_kind(shop.training(shop.recipe(**how)), ev.Warned)]
    assert DID_NOT_TRAIN in warned


@pytest.mark.parametrize("method", ["prompt_tuning", "p_tuning"])
def test_that_a_run_records_the_words_of_its_soft_prompt(workshop: Make, method: str) -> None:
    shop = workshop("llama")
    recipe = shop.recipe(method=method, method_settings={"soft_tokens": 3}, max_steps=2)
    *_, last = shop.training(recipe)
    assert isinstance(last, ev.Finished)
    assert len(last.result["soft_words"]) == 3
    for words in last.result["soft_words"]:
        assert all(isinstance(word, str) and -1.0 <= cosine <= 1.01 for word, cosine in words)


def test_that_a_resumed_run_is_judged_by_all_of_its_steps(workshop: Make, tmp_path: Path) -> None:
    shop = workshop("llama")
    recipe = shop.recipe(max_steps=4)
    list(shop.training(recipe))
    assert sorted(Watch.of(shop.run_folder(recipe)).losses) == [1, 2, 3, 4]
    assert Watch.of(None).losses == {}
