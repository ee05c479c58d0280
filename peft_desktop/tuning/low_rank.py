"""LoRA's forward and backward as few, large products, on peft's own layers.

peft casts the input to the precision of A and keeps two more copies of it for the backward pass.
Here the frozen weight and the product share one pass: y = x W' + s (x A') B', and only x and x A'
are kept. Names, files and everything else stay peft's.
"""

from __future__ import annotations

from typing import Any

import torch
from peft.tuners.lora.layer import Linear
from torch import Tensor


class _Product(torch.autograd.Function):
    """x [N, in], W [out, in], A [r, in], B [out, r] -> x W' + s (x A') B'."""

    @staticmethod
    def forward(
        context: Any, x: Tensor, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, s: float
    ) -> Tensor:
        low_a, low_b = (a * s).to(x.dtype), b.to(x.dtype)
        inner = x @ low_a.t()
        # The small product first, the large one onto it: a matrix product adds in float32 and is
        # rounded once. The other way round, bf16 swallows most of what LoRA adds.
        out = inner @ low_b.t() if bias is None else torch.addmm(bias, inner, low_b.t())
        out.addmm_(x, weight.t())
        context.save_for_backward(x, weight, low_a, low_b, inner)
        context.s = s
        context.kinds = (a.dtype, b.dtype)
        return out

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> Any:
        x, weight, low_a, low_b, inner = context.saved_tensors
        gradient = gradients[0].to(x.dtype)
        lowered = gradient @ low_b
        grad_x = None
        if context.needs_input_grad[0]:
            grad_x = lowered @ low_a
            grad_x.addmm_(gradient, weight)
        grad_a = (lowered.t() @ x).to(context.kinds[0]) * context.s
        grad_b = (gradient.t() @ inner).to(context.kinds[1])
        return grad_x, None, None, grad_a, grad_b, None


class QuickLinear(Linear):
    """peft's LoRA layer over a frozen linear layer, with the product above."""

    def forward(self, x: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        if self.merged or self.disable_adapters or args or kwargs:
            return super().forward(x, *args, **kwargs)
        name = self.active_adapters[0]
        base: Any = self.base_layer
        low_a: Any = self.lora_A[name]
        low_b: Any = self.lora_B[name]
        with torch.autocast(x.device.type, enabled=False):
            flat = x.reshape(-1, x.shape[-1]).to(base.weight.dtype)
            out = _Product.apply(  # type: ignore[no-untyped-call]
                flat,
                base.weight,
                base.bias,
                low_a.weight,
                low_b.weight,
                self.scaling[name],
            )
        result: Tensor = out.view(*x.shape[:-1], out.shape[-1])
        return result


def quicken(model: torch.nn.Module) -> int:
    """Turn the plain LoRA layers of a model into quick ones; gives how many were turned."""
    turned = 0
    for module in model.modules():
        if type(module) is not Linear or type(module.base_layer) is not torch.nn.Linear:
            continue
        active = module.active_adapters
        plain = (
            len(active) == 1
            and isinstance(module.lora_dropout[active[0]], torch.nn.Identity)
            and not getattr(module, "use_dora", {}).get(active[0], False)
            and not getattr(module, "fan_in_fan_out", False)
            and not module.base_layer.weight.requires_grad
            and module.lora_B[active[0]].bias is None
        )
        if plain:
            module.__class__ = QuickLinear
            turned += 1
    return turned
