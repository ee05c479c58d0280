"""From a folder in the library to a model that can be trained, in its precision."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..families.contract import Family, Plan
from ..methods.contract import Method, Prepared
from .attention import use_short_rows
from .prefix import Prefix, add_prefix
from .prompt_model import PromptModel


def load_prompt_model(
    folder: Path,
    family: Family,
    plan: Plan,
    method: Method,
    method_settings: Any,
    *,
    use_head: bool,
    separate: bool,
    hints: Mapping[str, Any],
    kind: type[PromptModel] = PromptModel,
) -> PromptModel:
    """As `load_prepared`, with the label words' scores and the head of a classification."""
    prepared, prefix = load_prepared(
        folder, family, method, method_settings, {**hints, "soft_ids": plan.soft_ids}
    )
    return kind(family, plan, prepared, prefix, use_head=use_head, separate=separate)


def load_prepared(
    folder: Path, family: Family, method: Method, method_settings: Any, hints: Mapping[str, Any]
) -> tuple[Prepared, Prefix | None]:
    """Load the base model and let the method freeze and inject; weights are float32 or as stored.

    `hints` as in `Method.prepare`. Raises UserError when the files cannot be read as a model of
    this family.
    """
    try:
        model = family.load(folder, torch.float32 if method.name == "full" else "auto")
    except UserError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This model cannot be loaded: {why}."),
            QT_TRANSLATE_NOOP("engine", "Remove it and add it again, or choose another model."),
            file=folder,
            why=" ".join(str(error).split())[:300],
        ) from error
    use_short_rows(model)
    part = family.trained_part(model)
    prepared = method.prepare(model, part, method_settings, hints)
    if method.name == "lora":
        from .low_rank import quicken

        quicken(prepared.model)
    wish = prepared.prefix
    return prepared, None if wish is None else add_prefix(model, part, wish)


def set_precision(model: nn.Module, precision: str) -> None:
    """Trained weights stay float32 (small updates would be lost); frozen ones take the precision.

    Frozen weights in bf16 need no cast at every step, and half the memory.
    """
    frozen = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(precision, torch.float32)
    whole = _beside_trained(model)
    for parameter in model.parameters():
        wanted = torch.float32 if parameter.requires_grad or parameter in whole else frozen
        if parameter.is_floating_point() and parameter.dtype != wanted:
            parameter.data = parameter.data.to(wanted)
    for buffer in model.buffers():
        if buffer.is_floating_point() and buffer.dtype in (torch.bfloat16, torch.float16):
            buffer.data = buffer.data.float()


def _beside_trained(model: nn.Module) -> set[nn.Parameter]:
    """A norm's weight beside a trained bias (BitFit): a norm wants both in one precision."""
    found: set[nn.Parameter] = set()
    for module in model.modules():
        own = list(module.parameters(recurse=False))
        if any(parameter.requires_grad for parameter in own):
            found.update(parameter for parameter in own if parameter.ndim == 1)
    return found
