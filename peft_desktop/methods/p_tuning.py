"""P-tuning: a soft prompt that a small network makes, so that its vectors move together.

Liu et al. 2021, "GPT Understands, Too", arXiv:2103.10385; the network is peft's `PromptEncoder`.
What it gives is added to the vectors that the prompt starts from (Razdaibiedina et al. 2023,
"Residual Prompt Tuning", arXiv:2305.03937), and its last layer starts at zero: training begins at
real words. After training only the sums are kept; prediction needs no network.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason
from .start import StartSettings, soft_count, start_vectors


class PTuningSettings(StartSettings):
    soft_tokens: int = setting(
        10,
        label=QT_TRANSLATE_NOOP("settings", "Soft tokens"),
        help=QT_TRANSLATE_NOOP("settings", "How many trained vectors stand before the input."),
        low=1,
        high=1000,
        typical="6 .. 20",
    )
    encoder: Literal["mlp", "lstm"] = setting(
        "mlp",
        label=QT_TRANSLATE_NOOP("settings", "Prompt encoder"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The network that makes the soft prompt. The LSTM lets neighbours see each other.",
        ),
        choices=("mlp", "lstm"),
    )
    encoder_width: int | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Width of the prompt encoder"),
        help=QT_TRANSLATE_NOOP("settings", "Its hidden units; automatic is the model's own width."),
        low=1,
        high=65_536,
        typical="128 .. 1024",
    )


class PTuning:
    name = "p_tuning"
    title = QT_TRANSLATE_NOOP("methods", "P-tuning")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains a soft prompt through a small network; steadier than prompt tuning."
    )
    settings: type[Settings] = PTuningSettings
    places_soft = True

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: PTuningSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        import torch
        from peft import PromptEncoder, PromptEncoderConfig

        model.requires_grad_(False)
        count = soft_count(settings.soft_tokens, hints)
        soft = torch.nn.Module()
        start = start_vectors(settings, count, backbone.get_input_embeddings(), hints)
        soft.register_buffer("vectors", start)
        width = start.shape[1]
        encoder: Any = PromptEncoder(  # type: ignore[no-untyped-call]
            PromptEncoderConfig(
                num_virtual_tokens=count,
                token_dim=width,
                num_transformer_submodules=1,
                encoder_reparameterization_type=settings.encoder.upper(),
                encoder_hidden_size=settings.encoder_width or width,
            )
        )
        torch.nn.init.zeros_(encoder.mlp_head[-1].weight)
        torch.nn.init.zeros_(encoder.mlp_head[-1].bias)
        return Prepared(model, soft=soft, encoder=encoder)
