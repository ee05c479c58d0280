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
from peft_desktop.tuning.loading import set_precision
from peft_desktop.tuning.loop import copied
from peft_desktop.tuning.prompt_model import PromptModel
from peft_desktop.tuning.trained import put_back

Tiny = Callable[[str], Path]
EXAMPLES = {"causal": "llama", "masked": "bert", "encoder": "minilm", "seq2seq": "t5"}
# every method as it is by default (but smaller), and each of its options that changes what it is
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "lora": ("lora", {"rank": 4, "dropout": 0.1}),
    "dora": ("lora", {"rank": 4, "dora": True}),
    "rslora": ("lora", {"rank": 4, "rank_stabilised": True}),
    "full": ("full", {}),
    "ia3": ("ia3", {}),
    "bitfit": ("bitfit", {"norms": True}),  # Llama has no biases
    "prefix_tuning": ("prefix_tuning", {"prefix_tokens": 4, "dropout": 0.1}),
    "p_tuning": ("p_tuning", {"soft_tokens": 4}),
    "p_tuning_lstm": ("p_tuning", {"soft_tokens": 4, "encoder": "lstm", "encoder_width": 8}),
    "prompt_tuning": ("prompt_tuning", {"soft_tokens": 4}),
    "head_only": ("head_only", {}),
    "contrastive": ("contrastive", {}),
}
PAIRS = [
    (way, family)
    for way, (method, _) in WAYS.items()
    for family in FAMILIES
    if METHODS[method].supports(family, "classification") is None
]
# the learning rate with which tiny models learn, and how far
RATES = {
    "lora": (1e-2, 0.2),
    "dora": (1e-2, 0.2),
    "rslora": (1e-2, 0.2),
    "full": (3e-3, 0.2),
    "ia3": (1e-1, 0.8),
    "bitfit": (3e-2, 0.8),
    "prefix_tuning": (3e-1, 0.8),
    "p_tuning": (1e-1, 1.2),
    "p_tuning_lstm": (1e-1, 1.2),
    "prompt_tuning": (3e-1, 1.2),
    "head_only": (1e-1, 0.8),
    "contrastive": (3e-3, 1.6),  # of vectors that are all alike, L_contrast is log 3 alone
}


def made(tiny: Tiny, way: str, family: str, **more: Any) -> PromptModel:
    method, settings = WAYS[way]
    return loaded(tiny(EXAMPLES[family]), family, method=method, settings=settings, **more)


def is_trained(way: str, name: str) -> bool:
    """Whether the tensor `name` may change, as the method's summary says it."""
    if name.startswith("head."):
        return True
    last = name.rsplit(".", 1)[-1]
    return {
        "full": True,
        "lora": ".lora_A." in name or ".lora_B." in name or ".lora_magnitude_vector." in name,
        "ia3": ".ia3_l." in name,
        "bitfit": "pooler" not in name and (last == "bias" or "norm" in name.lower()),
        "prefix_tuning": name.startswith("prefix."),
        "p_tuning": name.startswith("encoder."),
        "prompt_tuning": name == "soft.vectors",
        "head_only": name == "shift",
        "contrastive": "word_embeddings" not in name,
    }[WAYS[way][0]]


def test_that_every_pair_was_thought_of() -> None:
    for name, method in METHODS.items():
        for family in FAMILIES:
            reason = method.supports(family, "classification")
            assert reason is None or (isinstance(reason, Sentence) and str(reason).endswith("."))
        assert any(WAYS[way][0] == name for way, _ in PAIRS)
    assert WAYS.keys() == RATES.keys()


@pytest.mark.parametrize(("way", "family"), PAIRS)
def test_that_only_what_the_method_trains_is_changed(tiny: Tiny, way: str, family: str) -> None:
    model = made(tiny, way, family)
    before = {name: t.clone() for name, t in model.state_dict().items()}
    losses_of(trainee_of(model, max_steps=3))
    after = model.state_dict()
    assert after.keys() == before.keys()
    changed = {name for name in after if not torch.equal(after[name], before[name])}
    assert {name for name in changed if not is_trained(way, name)} == set()
    assert set(model.trained()) == {
        name for name, _ in model.named_parameters() if is_trained(way, name)
    }
    # what is trained does change, but for weights that no gradient reaches (a pooler)
    still = {name for name in model.trained() if name not in changed and "pooler" not in name}
    assert {name for name in still if "bias" not in name} == set()


@pytest.mark.parametrize(("way", "family"), PAIRS)
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_that_eight_rows_are_learnt_by_heart(
    tiny: Tiny, way: str, family: str, precision: str
) -> None:
    model = made(tiny, way, family)
    without_dropout(model)
    set_precision(model, precision)
    rate, bound = RATES[way]
    steps = 30 if precision == "fp32" else 10  # in bf16 it is enough to see that it learns
    losses = losses_of(
        trainee_of(model, rate=rate, head_rate=3e-2, max_steps=steps, precision=precision)
    )
    # the loss starts at 2 log 2 = 1.39 and above
    last = sum(losses[-3:]) / 3
    assert last < (bound if precision == "fp32" else losses[0])
    assert last < 0.8 * losses[0] or precision == "bf16"


@pytest.mark.parametrize(("way", "family"), PAIRS)
def test_that_a_saved_model_says_the_same(
    tiny: Tiny, tmp_path: Path, way: str, family: str
) -> None:
    model = made(tiny, way, family)
    losses_of(trainee_of(model, max_steps=3))
    save_file(model.kept(copied(model)), tmp_path / "trained.safetensors")
    torch.manual_seed(1)
    again = made(tiny, way, family)
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
        assert field.choices or field.kind in (bool, str) or (field.low is not None)
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
    assert files - {"__init__", "contract", "start"} == set(METHODS)


def test_that_an_unknown_method_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="lora, full, ia3, bitfit"):
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
