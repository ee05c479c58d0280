"""Our quick products are peft's and PyTorch's own, forwards and backwards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from peft import LoraConfig, inject_adapter_in_model
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from peft_desktop.tuning.attention import LONGEST, short_rows
from peft_desktop.tuning.low_rank import QuickLinear, quicken

PRECISIONS = [(torch.float32, 1e-5), (torch.bfloat16, 4e-2)]


class _Two(nn.Module):
    def __init__(self, bias: bool) -> None:
        super().__init__()
        self.first = nn.Linear(12, 20, bias=bias)
        self.second = nn.Linear(20, 6, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.second(torch.tanh(self.first(x)))


def pair(bias: bool, dtype: torch.dtype, **settings: Any) -> tuple[nn.Module, nn.Module]:
    """The same LoRA layers twice: peft's, and ours."""
    models = []
    for _ in range(2):
        torch.manual_seed(4)
        model: nn.Module = _Two(bias)
        model.requires_grad_(False)
        config = LoraConfig(r=4, lora_alpha=8, target_modules=["first", "second"], **settings)
        model = inject_adapter_in_model(config, model)
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                nn.init.normal_(parameter, std=0.3)
            if not parameter.requires_grad:
                parameter.data = parameter.data.to(dtype)
        models.append(model)
    return models[0], models[1]


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("shape", [(5, 12), (2, 3, 12)])
def test_that_a_quick_layer_is_peft_s_own(
    shape: tuple[int, ...], bias: bool, dtype: torch.dtype, tolerance: float
) -> None:
    plain, quick = pair(bias, dtype)
    assert quicken(quick) == 2
    x = torch.randn(shape)
    found = []
    for model in (plain, quick):
        given = x.clone().requires_grad_()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=dtype == torch.bfloat16):
            out = model(given)
        (out.float() ** 2).sum().backward()
        gradients = {n: p.grad for n, p in model.named_parameters() if p.requires_grad}
        found.append((out.detach().float(), given.grad, gradients))
    close = {"atol": tolerance, "rtol": tolerance}
    scale = found[0][1].abs().max()
    torch.testing.assert_close(found[1][0], found[0][0], **close)
    torch.testing.assert_close(found[1][1] / scale, found[0][1] / scale, **close)
    assert found[0][2].keys() == found[1][2].keys() and len(found[0][2]) == 4
    for name, wanted in found[0][2].items():
        assert found[1][2][name].dtype == torch.float32
        size = wanted.abs().max()
        torch.testing.assert_close(found[1][2][name] / size, wanted / size, **close)


def test_that_gradients_of_a_quick_layer_are_the_numerical_ones() -> None:
    _, quick = pair(True, torch.float64)
    quick.double()
    quicken(quick)
    x = torch.randn(3, 12, dtype=torch.float64, requires_grad=True)
    trained = [p for p in quick.parameters() if p.requires_grad]
    assert torch.autograd.gradcheck(lambda x, *_: quick(x), (x, *trained))


@pytest.mark.parametrize(
    "settings",
    [{"lora_dropout": 0.1}, {"use_dora": True}, {"lora_bias": True}],
    ids=["dropout", "dora", "bias"],
)
def test_that_layers_with_more_to_them_stay_peft_s(settings: dict[str, Any]) -> None:
    _, model = pair(True, torch.float32, **settings)
    assert quicken(model) == 0
    assert not any(isinstance(module, QuickLinear) for module in model.modules())


def test_that_a_quick_layer_can_still_be_switched_off() -> None:
    _, quick = pair(True, torch.float32)
    quicken(quick)
    x = torch.randn(2, 12)
    with torch.no_grad():
        tuned = quick(x)
        for module in quick.modules():
            if isinstance(module, QuickLinear):
                module.enable_adapters(False)
        base = quick(x)
    torch.manual_seed(4)
    torch.testing.assert_close(base, _Two(True)(x))
    assert (tuned - base).abs().max() > 1e-2


HEADS = [(4, 4), (4, 2), (4, 1)]
MASKS = ["none", "causal", "padding", "tree", "float"]


def _mask(kind: str, batch: int, length: int) -> Tensor | None:
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    if kind in ("none", "causal"):
        return None
    if kind == "padding":
        seen = torch.ones(batch, 1, 1, length, dtype=torch.bool)
        seen[0, ..., length - 3 :] = False
        return seen.expand(batch, 1, length, length)
    mask = (causal & (torch.rand(batch, 1, length, length) > 0.3)) | torch.eye(length).bool()
    if kind == "tree":
        return mask
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("kind", MASKS)
@pytest.mark.parametrize(("heads", "groups"), HEADS)
def test_that_short_rows_attend_as_the_fused_kernel_does(
    heads: int, groups: int, kind: str, dtype: torch.dtype, tolerance: float
) -> None:
    batch, length, width = 2, 9, 8
    module = SimpleNamespace(
        num_key_value_groups=heads // groups, is_causal=kind == "causal", training=True
    )
    mask = _mask(kind, batch, length)
    if mask is not None and mask.is_floating_point():
        mask = mask.to(dtype)
    shapes = [(batch, n, length, width) for n in (heads, groups, groups)]
    given = [torch.randn(shape).to(dtype) for shape in shapes]
    direction = torch.randn(batch, length, heads, width)
    found = []
    for function in (sdpa_attention_forward, short_rows):
        q, k, v = (t.clone().requires_grad_() for t in given)
        out, _ = function(module, q, k, v, mask, dropout=0.0, scaling=0.3)
        (out.float() * direction).sum().backward()
        found.append([out.detach(), q.grad, k.grad, v.grad])
    for wanted, ours in zip(*found, strict=True):
        assert ours.shape == wanted.shape and ours.dtype == wanted.dtype
        torch.testing.assert_close(ours, wanted, atol=tolerance, rtol=tolerance)


def test_that_long_rows_are_left_to_the_fused_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    import peft_desktop.tuning.attention as attention

    asked = []
    monkeypatch.setattr(attention, "sdpa_attention_forward", lambda *a, **k: asked.append(1))
    for length in (LONGEST, LONGEST + 1):
        x = torch.randn(1, 1, length, 2)
        short_rows(SimpleNamespace(is_causal=True), x, x, x, None)
    assert asked == [1]


def test_that_attention_drops_shares_out_only_when_told() -> None:
    x = torch.randn(1, 2, 6, 4)
    module = SimpleNamespace(is_causal=False)
    plain, _ = short_rows(module, x, x, x, None, dropout=0.0)
    again, _ = short_rows(module, x, x, x, None, dropout=0.0)
    dropped, _ = short_rows(module, x, x, x, None, dropout=0.5)
    assert torch.equal(plain, again) and not torch.equal(plain, dropped)
