"""The frozen answer to "what shall be trained, and how": enough to do it again."""

from __future__ import annotations

from typing import Any, Literal

import pydantic

from .fields import Settings, setting
from .words import QT_TRANSLATE_NOOP

RECIPE_VERSION = 1


class PromptSpec(Settings):
    """Template, parameters and verbalizer as the user wrote them.

    `words` maps each label (in the order of the model's outputs) to its label words; where they
    are `virtual`, a word of several tokens is one token of its own, which starts as their mean.
    `also` holds further templates: training draws one for each row, prediction asks them all.
    """

    template: str = ""
    parameters: dict[str, str] = pydantic.Field(default_factory=dict)
    words: dict[str, list[str]] = pydantic.Field(default_factory=dict)
    virtual: bool = False
    also: list[str] = pydantic.Field(default_factory=list)

    @property
    def templates(self) -> list[str]:
        """All templates, the first one first."""
        return [self.template, *self.also]


class ModelRef(Settings):
    """Which base model: its name in the library, its family, the hash of its weights."""

    name: str
    family: str = ""
    sha256: str = ""


class DataRef(Settings):
    """Which rows: a table (path relative to the project), its hash, columns, row ids by split."""

    table: str = "data/table.parquet"
    sha256: str = ""
    text: str = ""
    question: str | None = None
    label: str | None = None
    rows: dict[str, list[int]] = pydantic.Field(default_factory=dict)


class SoftLabels(Settings):
    """Rows labelled by other models: a Parquet file in the run's folder, and its hash.

    It holds the table's columns and `_log_scores`, a list of numbers in the order of the labels.
    """

    file: str = "soft_labels.parquet"
    sha256: str
    rows: int
    temperature: float = pydantic.Field(2.0, gt=0.0)


class TrainingSettings(Settings):
    """How to train. Where a value is None the method's own default holds."""

    learning_rate: float | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Learning rate"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "How big each step is. Empty: the method's own default (LoRA 5e-4, full 3e-5, "
            "prompt tuning 1e-2).",
        ),
        low=0.0,
        high=10.0,
        typical="1e-5 .. 1e-1",
        main=True,
    )
    max_steps: int = setting(
        300,
        label=QT_TRANSLATE_NOOP("settings", "Steps at most"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The step budget. Training ends earlier when the validation rows are answered no "
            "better.",
        ),
        low=1,
        high=10_000_000,
        typical="100 .. 2000",
        main=True,
    )
    epochs: float | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Epochs"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "How often every training row is seen. When set, it takes the place of the step "
            "budget and early stopping is off unless you set it.",
        ),
        low=0.01,
        high=100_000,
        typical="3 .. 20",
        main=True,
    )
    batch_size: int = setting(
        8,
        label=QT_TRANSLATE_NOOP("settings", "Batch size"),
        help=QT_TRANSLATE_NOOP("settings", "Rows that the model sees at a time."),
        low=1,
        high=4096,
        typical="4 .. 32",
        main=True,
    )
    accumulation: int = setting(
        1,
        label=QT_TRANSLATE_NOOP("settings", "Gradient accumulation"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Batches summed up before each step; a larger batch in less memory."
        ),
        low=1,
        high=4096,
        typical="1 .. 16",
    )
    optimizer: Literal["adamw", "adam", "sgd"] = setting(
        "adamw",
        label=QT_TRANSLATE_NOOP("settings", "Optimizer"),
        help=QT_TRANSLATE_NOOP("settings", "The gradient method: AdamW, Adam or SGD."),
        choices=("adamw", "adam", "sgd"),
    )
    schedule: Literal["linear", "cosine", "constant"] = setting(
        "linear",
        label=QT_TRANSLATE_NOOP("settings", "Learning-rate schedule"),
        help=QT_TRANSLATE_NOOP(
            "settings", "How the learning rate falls after the warm-up: linear, cosine or not."
        ),
        choices=("linear", "cosine", "constant"),
    )
    warm_up: float = setting(
        0.02,
        label=QT_TRANSLATE_NOOP("settings", "Warm-up"),
        help=QT_TRANSLATE_NOOP(
            "settings", "The share of the steps in which the learning rate rises from zero."
        ),
        low=0.0,
        high=1.0,
        typical="0 .. 0.1",
    )
    weight_decay: float = setting(
        0.01,
        label=QT_TRANSLATE_NOOP("settings", "Weight decay"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Pulls weights towards zero (AdamW); never used on biases and norms."
        ),
        low=0.0,
        high=10.0,
        typical="0 .. 0.1",
    )
    gradient_clip: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Gradient clip"),
        help=QT_TRANSLATE_NOOP("settings", "The longest gradient that is let through; 0 is off."),
        low=0.0,
        high=1000.0,
        typical="0.5 .. 5",
    )
    weight_prompt: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Weight of the prompt loss"),
        help=QT_TRANSLATE_NOOP(
            "settings", "w_prompt in L = w_prompt L_prompt + w_fine_tune L_fine_tune."
        ),
        low=0.0,
        high=1000.0,
        typical="0 .. 1",
        main=True,
    )
    weight_fine_tune: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Weight of the fine-tuning loss"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "w_fine_tune: how much the ordinary classification head counts beside the prompt.",
        ),
        low=0.0,
        high=1000.0,
        typical="0 .. 1",
        main=True,
    )
    fine_tune_pass: Literal["shared", "separate"] = setting(
        "shared",
        label=QT_TRANSLATE_NOOP("settings", "Pass of the fine-tuning loss"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "shared: the head reads the text's tokens inside the prompted input (one pass). "
            "separate: the text runs once more without the prompt, as the formula is written.",
        ),
        choices=("shared", "separate"),
    )
    prompt_share: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Rows for the prompt loss"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The share of the training rows that teach the prompt (N). The shares are taken from "
            "both ends of one seeded shuffle: 0.5 and 0.5 never meet.",
        ),
        low=0.0,
        high=1.0,
    )
    fine_tune_share: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Rows for the fine-tuning loss"),
        help=QT_TRANSLATE_NOOP(
            "settings", "The share of the training rows that teach the classification head (N')."
        ),
        low=0.0,
        high=1.0,
    )
    head_learning_rate: float | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Learning rate of the head"),
        help=QT_TRANSLATE_NOOP("settings", "Empty: the method's own default, about 1e-3."),
        low=0.0,
        high=10.0,
        typical="1e-4 .. 1e-1",
    )
    max_length: int | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Longest input"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "In tokens. Longer texts are cut at the text, never at the prompt. Empty: what the "
            "model can read, 512 at most.",
        ),
        low=8,
        high=1_000_000,
        unit="tokens",
        typical="64 .. 512",
    )
    evaluate_every_steps: int | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Validate every"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Steps between two looks at the validation rows. Empty: about an epoch."
        ),
        low=1,
        high=10_000_000,
        unit="steps",
    )
    patience: int | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Patience"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "Training ends after so many validations without better answers. 0: never. Empty: 4, "
            "or 0 when you set epochs.",
        ),
        low=0,
        high=100_000,
    )
    checkpoint_every_steps: int = setting(
        0,
        label=QT_TRANSLATE_NOOP("settings", "Checkpoint every"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Steps between two checkpoints to resume from. 0: about one a minute."
        ),
        low=0,
        high=10_000_000,
        unit="steps",
    )
    device: str = setting(
        "auto",
        label=QT_TRANSLATE_NOOP("settings", "Device"),
        help=QT_TRANSLATE_NOOP("settings", "auto, cpu, cuda:0 (the first GPU) or mps (Apple)."),
    )
    precision: Literal["auto", "fp32", "bf16", "fp16"] = setting(
        "auto",
        label=QT_TRANSLATE_NOOP("settings", "Precision"),
        help=QT_TRANSLATE_NOOP(
            "settings", "auto: bf16 where a few measured steps show that it is faster."
        ),
        choices=("auto", "fp32", "bf16", "fp16"),
    )
    threads: int = setting(
        0,
        label=QT_TRANSLATE_NOOP("settings", "Threads"),
        help=QT_TRANSLATE_NOOP("settings", "Processor cores to use; 0: all physical ones."),
        low=0,
        high=1024,
    )


class Recipe(Settings):
    """Everything that decides a training run; written before any heavy import."""

    schema_version: int = RECIPE_VERSION
    name: str
    task: str = "classification"
    task_settings: dict[str, Any] = pydantic.Field(default_factory=dict)
    model: ModelRef
    method: str = "lora"
    method_settings: dict[str, Any] = pydantic.Field(default_factory=dict)
    prompt: PromptSpec
    data: DataRef
    training: TrainingSettings = TrainingSettings()
    seed: int = 42
    preset: str = ""
    created_at: str = ""
    soft_labels: SoftLabels | None = None

    @property
    def labels(self) -> list[str]:
        """The labels in the order of the model's outputs."""
        return list(self.prompt.words)
