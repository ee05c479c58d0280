"""The exported program's own code gives this program's numbers, for every family and method."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_families import FAMILY_OF
from trained_run import ONE_TOKEN, SEVERAL_TOKENS, TEXTS, TrainedRun, make_run

from peft_desktop.methods import METHODS
from peft_desktop.tuning.batches import rows_of
from peft_desktop.tuning.export_files import FORMATS, write_export
from peft_desktop.tuning.scoring import scores_of

# what peft says of transformers, and of GPT-2's layers
pytestmark = [
    pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning"),
    pytest.mark.filterwarnings("ignore:fan_in_fan_out is set:UserWarning"),
]
Tiny = Callable[[str], Path]
ONE_OF_EACH = {"causal": "llama", "masked": "roberta", "encoder": "minilm", "seq2seq": "t5"}


def own_probabilities(run: TrainedRun, rows: list[dict[str, str]]) -> np.ndarray:
    ready = run.exact()
    encoded = ready.model.plan.read_many(rows)
    scoring = scores_of(ready.model, rows_of(encoded, [0] * len(rows)), ready.device, "fp32")
    while True:
        try:
            next(scoring)
        except StopIteration as end:
            return ready.probabilities(end.value)


def exported_probabilities(run: TrainedRun, form: str, target: Path) -> np.ndarray:
    from prompt.scoring import Classifier

    target.mkdir()
    write_export(target, form, run.exact(), run.library, run.folder)
    classifier = Classifier(target, run.base if form == "adapter" else None)
    found = classifier.probabilities(run.rows)
    return np.array([[row[label] for label in run.recipe.labels] for row in found])


def assert_same(run: TrainedRun, form: str, tmp_path: Path) -> None:
    own = own_probabilities(run, run.rows)
    exported = exported_probabilities(run, form, tmp_path / "out")
    np.testing.assert_allclose(exported, own, atol=2e-5)
    assert np.ptp(own[:, 0]) > 1e-3, "answers that do not depend on the text prove nothing"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("family", ONE_OF_EACH)
def test_that_every_method_of_every_family_can_be_exported(
    tiny: Tiny, tmp_path: Path, family: str, method: str, form: str
) -> None:
    if METHODS[method].supports(family, "classification") is not None:
        pytest.skip("refused before training")
    # Llama has no biases
    settings = {"norms": True} if method == "bitfit" else {}
    name = ONE_OF_EACH[family]
    run = make_run(tmp_path / "project", tiny(name), family, method, settings=settings)
    assert_same(run, form, tmp_path)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("name", "method", "settings"),
    [
        ("gpt2", "lora", {"dora": True, "rank": 4}),
        ("llama", "lora", {"rank_stabilised": True, "rank": 4, "alpha": 4.0}),
        ("gpt2", "ia3", {}),
        ("bert", "bitfit", {}),
        ("gemma2", "prefix_tuning", {"prefix_tokens": 5}),
        ("modernbert", "prefix_tuning", {"prefix_tokens": 5}),
        ("albert", "prefix_tuning", {"prefix_tokens": 5}),
        ("gpt2", "p_tuning", {"soft_tokens": 5, "encoder": "lstm"}),
    ],
)
def test_that_what_methods_have_of_their_own_can_be_exported(
    tiny: Tiny, tmp_path: Path, name: str, method: str, settings: dict[str, Any], form: str
) -> None:
    run = make_run(tmp_path / "project", tiny(name), FAMILY_OF[name], method, settings=settings)
    assert_same(run, form, tmp_path)


@pytest.mark.parametrize("name", FAMILY_OF)
def test_that_every_architecture_can_be_exported(tiny: Tiny, tmp_path: Path, name: str) -> None:
    run = make_run(tmp_path / "project", tiny(name), FAMILY_OF[name])
    assert_same(run, "merged", tmp_path)


@pytest.mark.parametrize("words", [ONE_TOKEN, SEVERAL_TOKENS])
@pytest.mark.parametrize(
    "training", [{"weight_fine_tune": 0.0}, {"fine_tune_pass": "separate"}, {}]
)
@pytest.mark.parametrize("family", ONE_OF_EACH)
def test_that_heads_and_words_of_every_kind_can_be_exported(
    tiny: Tiny, tmp_path: Path, family: str, training: dict[str, Any], words: Any
) -> None:
    name = ONE_OF_EACH[family]
    run = make_run(tmp_path / "project", tiny(name), family, words=words, **training)
    assert_same(run, "adapter", tmp_path)


@pytest.mark.parametrize(
    ("family", "template"),
    [
        ("causal", "{other}: {text}\nIs it about {topic}? {mask}."),
        ("causal", "{text}{mask}"),
        ("causal", "给定一个句子，判断其是否包含以下关键词：{topic} {text} 答案是{mask}"),
        ("masked", "{mask} was it , {text} , {other}"),
        ("masked", "{text} it was {mask} : {other} {topic}"),
        ("encoder", "{other} - {text} , about {topic} : {mask} !"),
    ],
)
def test_that_templates_of_every_kind_can_be_exported(
    tiny: Tiny, tmp_path: Path, family: str, template: str
) -> None:
    run = make_run(
        tmp_path / "project",
        tiny(ONE_OF_EACH[family]),
        family,
        template=template,
        parameters={"topic": "计算机 film"} if "{topic}" in template else None,
        max_length=200 if family == "causal" else 60,
    )
    assert_same(run, "adapter", tmp_path)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("method", ["lora", "full", "head_only"])
@pytest.mark.parametrize(
    "name", ["llama", "gemma2", "bert", "roberta", "albert", "t5", "t5-untied"]
)
def test_that_virtual_words_can_be_exported(
    tiny: Tiny, tmp_path: Path, name: str, method: str, form: str
) -> None:
    run = make_run(tmp_path / "project", tiny(name), FAMILY_OF[name], method, virtual=True)
    assert len(run.exact().model.virtual) == 1
    assert_same(run, form, tmp_path)


FURTHER = {
    "causal": ["{other} {text} so {mask}", "{text}{mask}"],
    "masked": ["{other} {mask} is {text}", "{text} so{mask}"],
    "encoder": ["{other} {text} all in all {mask}", "{mask} is it: {text}"],
    "seq2seq": ["{other} {mask} is {text}", "{text} so{mask}"],
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("more", [{}, {"virtual": True}, {"fine_tune_pass": "separate"}], ids=str)
@pytest.mark.parametrize("method", ["lora", "head_only", "prompt_tuning"])
@pytest.mark.parametrize("family", ONE_OF_EACH)
def test_that_several_templates_can_be_exported(
    tiny: Tiny, tmp_path: Path, family: str, method: str, more: dict[str, Any], form: str
) -> None:
    name = ONE_OF_EACH[family]
    run = make_run(tmp_path / "project", tiny(name), family, method, also=FURTHER[family], **more)
    assert_same(run, form, tmp_path)


@pytest.mark.parametrize("method", ["prompt_tuning", "p_tuning"])
@pytest.mark.parametrize("family", ONE_OF_EACH)
def test_that_soft_tokens_of_several_templates_can_be_exported(
    tiny: Tiny, tmp_path: Path, family: str, method: str
) -> None:
    run = make_run(
        tmp_path / "project",
        tiny(ONE_OF_EACH[family]),
        family,
        method,
        template='{soft:2} {text} {soft:"It was"} {mask}',
        also=["{text} {soft:3} {mask}", "{text} so {mask}"],
    )
    assert_same(run, "adapter", tmp_path)


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_that_an_encoders_pooling_is_exported(tiny: Tiny, tmp_path: Path, pooling: str) -> None:
    run = make_run(tmp_path / "project", tiny("minilm"), "encoder", pooling=pooling)
    assert_same(run, "merged", tmp_path)


def test_that_a_soft_prompt_meets_words_of_several_tokens(tiny: Tiny, tmp_path: Path) -> None:
    for number, name in enumerate(("llama", "gpt2", "mistral", "bloom")):
        project = tmp_path / str(number)
        run = make_run(
            project / "project", tiny(name), "causal", "prompt_tuning", settings={"soft_tokens": 5}
        )
        assert_same(run, "adapter", project)


def test_that_texts_are_cut_as_this_program_cuts_them(tiny: Tiny, tmp_path: Path) -> None:
    texts = [*TEXTS, "计算机编程 " * 30, "x" * 500, "film " * 29 + "计", "é" * 60]
    run = make_run(tmp_path / "project", tiny("llama"), "causal", texts=texts, max_length=33)
    assert_same(run, "adapter", tmp_path)
