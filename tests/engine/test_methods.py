"""Every method with every family: it trains what it says, it learns, and it comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import LABELLED, batch, loaded, losses_of, trainee_of, without_dropout
from safetensors.torch import save_file

from peft_desktop.core.errors import UserError
from peft_desktop.core.fields import fields_of
from peft_desktop.core.words import Sentence
from peft_desktop.families import FAMILIES
from peft_desktop.methods import METHODS, Facts, method_called
from peft_desktop.tuning.loop import copied
from peft_desktop.tuning.prompt_model import PromptModel
from peft_desktop.tuning.trained import put_back

Tiny = Callable[[str], Path]
EXAMPLES = {"causal": "llama", "masked": "bert", "encoder": "minilm"}
SETTINGS: dict[str, dict[str, Any]] = {
    "lora": {"rank": 4, "dropout": 0.1},
    "prompt_tuning": {"soft_tokens": 4},
}
PAIRS = [
    (method, family)
    for method in METHODS
    for family in FAMILIES
    if METHODS[method].supports(family, "classification") is None
]


def made(tiny: Tiny, method: str, family: str, **more: Any) -> PromptModel:
    settings = more.pop("settings", SETTINGS.get(method))
    return loaded(tiny(EXAMPLES[family]), family, method=method, settings=settings, **more)


def is_trained(method: str, name: str) -> bool:
    """Whether the tensor `name` may change, as the method's summary says it."""
    if name.startswith("head."):
        return True
    return {
        "full": True,
        "lora": ".lora_A." in name or ".lora_B." in name,
        "prompt_tuning": name == "soft.vectors",
        "head_only": name == "shift",
    }[method]


def test_that_every_pair_was_thought_of() -> None:
    for name, method in METHODS.items():
        for family in FAMILIES:
            reason = method.supports(family, "classification")
            assert reason is None or (isinstance(reason, Sentence) and str(reason).endswith("."))
        assert any(pair[0] == name for pair in PAIRS)


@pytest.mark.parametrize(("method", "family"), PAIRS)
def test_that_only_what_the_method_trains_is_changed(tiny: Tiny, method: str, family: str) -> None:
    model = made(tiny, method, family)
    before = {name: t.clone() for name, t in model.state_dict().items()}
    losses_of(trainee_of(model, max_steps=3))
    after = model.state_dict()
    assert after.keys() == before.keys()
    changed = {name for name in after if not torch.equal(after[name], before[name])}
    assert {name for name in changed if not is_trained(method, name)} == set()
    assert set(model.trained()) == {
        name for name, _ in model.named_parameters() if is_trained(method, name)
    }
    # what is trained does change, but for weights that no gradient reaches (a pooler)
    still = {name for name in model.trained() if name not in changed and "pooler" not in name}
    assert {name for name in still if "bias" not in name} == set()


# the loss starts at 2 log 2 = 1.39 and above; the bound is for the mean of the last three steps
BOUNDS = {"full": 0.2, "lora": 0.2, "prompt_tuning": 1.2, "head_only": 0.8}


@pytest.mark.parametrize(("method", "family"), PAIRS)
def test_that_eight_rows_are_learnt_by_heart(tiny: Tiny, method: str, family: str) -> None:
    model = made(tiny, method, family)
    without_dropout(model)
    rate = {"full": 3e-3, "lora": 1e-2, "prompt_tuning": 3e-1, "head_only": 1e-1}[method]
    losses = losses_of(trainee_of(model, rate=rate, head_rate=3e-2, max_steps=30))
    last = sum(losses[-3:]) / 3
    assert last < BOUNDS[method]
    assert last < 0.8 * losses[0]


@pytest.mark.parametrize(("method", "family"), PAIRS)
def test_that_a_saved_model_says_the_same(
    tiny: Tiny, tmp_path: Path, method: str, family: str
) -> None:
    model = made(tiny, method, family)
    losses_of(trainee_of(model, max_steps=3))
    save_file(copied(model), tmp_path / "trained.safetensors")
    torch.manual_seed(1)
    again = made(tiny, method, family)
    with torch.inference_mode():
        fresh = again.eval()(batch(again))
        put_back(again, tmp_path / "trained.safetensors")
        wanted, found = model.eval()(batch(model)), again(batch(again))
    assert torch.equal(found.prompt, wanted.prompt) and torch.equal(found.head, wanted.head)
    assert not torch.equal(fresh.prompt, wanted.prompt)  # training did change it


@pytest.mark.parametrize("damage", ["missing", "renamed", "shape", "torn"])
def test_that_tensors_that_do_not_fit_are_refused(tiny: Tiny, tmp_path: Path, damage: str) -> None:
    model = made(tiny, "lora", "causal")
    tensors, path = copied(model), tmp_path / "trained.safetensors"
    name = next(iter(tensors))
    if damage == "missing":
        del tensors[name]
    elif damage == "renamed":
        tensors["else"] = tensors.pop(name)
    elif damage == "shape":
        tensors[name] = tensors[name][:1].clone()
    save_file(tensors, path)
    if damage == "torn":
        path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(UserError, match=r"trained\.safetensors"):
        put_back(model, path)


@pytest.mark.parametrize(
    "name", ["llama", "gpt2", "gpt_neox", "opt", "falcon", "lfm2", "albert", "mpnet"]
)
@pytest.mark.parametrize("layers", ["all", "attention"])
def test_that_lora_finds_the_layers_of_other_architectures(
    tiny: Tiny, name: str, layers: str
) -> None:
    from tiny_families import FAMILY_OF

    settings = {"rank": 2, "layers": layers}
    model = loaded(tiny(name), FAMILY_OF[name], method="lora", settings=settings)
    output = model.model.get_output_embeddings()
    assert not any(p is output.weight and p.requires_grad for p in model.parameters())
    names = [name for name in model.trained() if "lora_A" in name]
    assert names
    losses_of(trainee_of(model, max_steps=2))
    # B starts at zero: every layer that was found is on the way to the loss
    still = [name for name, t in model.trained().items() if "lora_B" in name and not t.any()]
    assert still == []
    # "all" is more than "attention"
    if layers == "attention":
        every = loaded(tiny(name), FAMILY_OF[name], method="lora", settings={"rank": 2})
        assert set(names) < set(every.trained())


def test_that_lora_changes_nothing_before_the_first_step(tiny: Tiny) -> None:
    for name, family in (("llama", "causal"), ("gpt2", "causal"), ("bert", "masked")):
        model = loaded(tiny(name), family, method="lora")
        plain = loaded(tiny(name), family)
        with torch.no_grad():
            a, b = (m.score(batch(m)).label_logits for m in (model, plain))
        torch.testing.assert_close(a, b, atol=1e-5, rtol=1e-5)


def test_that_a_soft_prompt_starts_from_the_words_of_the_task(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="prompt_tuning", settings={"soft_tokens": 7})
    embedding = model.family.backbone(model.model).get_input_embeddings().weight
    assert torch.equal(model.soft.vectors[3], embedding[5])  # 5 6 7 5 6 7 5, over and over
    assert torch.equal(model.soft.vectors[2], embedding[7])


@pytest.mark.parametrize("name", METHODS)
def test_that_every_setting_explains_itself(name: str) -> None:
    method = METHODS[name]
    assert method.name == name and method.title and method.summary.endswith(".")
    fields = fields_of(method.settings)
    assert {field.name for field in fields} == set(method.settings.model_fields)
    for field in fields:
        assert field.label and field.help.endswith(".")
        assert field.choices or field.kind is bool or (field.low is not None)
        assert field.choices or field.high is None or field.low < field.high
        method.settings.model_validate({field.name: field.default})


@pytest.mark.parametrize("name", METHODS)
def test_that_every_method_has_its_own_default_rates(name: str) -> None:
    for family in FAMILIES:
        for size in (0, 20_000_000, 135_000_000):
            facts = Facts(family, parameters=size)
            assert 1e-6 < METHODS[name].learning_rate(facts) < 1.0
            assert 1e-6 < METHODS[name].head_learning_rate(facts) < 1.0
    whole = METHODS["full"].learning_rate(Facts("causal", parameters=135_000_000))
    assert name == "full" or METHODS[name].learning_rate(Facts("causal")) > whole


def test_that_the_list_of_methods_is_the_folder() -> None:
    import peft_desktop.methods as room

    files = {path.stem for path in Path(room.__file__).parent.glob("*.py")}
    assert files - {"__init__", "contract", "matrix"} == set(METHODS)


def test_that_an_unknown_method_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="lora, full, prompt_tuning, head_only"):
        method_called("dreambooth")


def test_that_head_only_reads_every_row_once_and_gives_the_same_numbers(tiny: Tiny) -> None:
    from engine_models import CPU

    from peft_desktop.tuning.scoring import frozen_states

    first, second = (made(tiny, "head_only", "causal") for _ in range(2))
    plain = trainee_of(first, max_steps=5, batch_size=3)
    kept = trainee_of(second, max_steps=5, batch_size=3)
    assert first.frozen and not made(tiny, "lora", "causal").frozen
    work = frozen_states(second, kept.train, CPU, "fp32")
    try:
        while True:
            next(work)
    except StopIteration as end:
        kept.frozen_train = end.value
    torch.testing.assert_close(losses_of(plain), losses_of(kept), atol=1e-5, rtol=1e-5)
    assert len(LABELLED) == len(kept.frozen_train.label_logits)
