"""The README.md of an exported folder: what the model is, how good, and how to use it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .. import __version__
from ..core.errors import UserError
from ..evaluation.record_report import telling
from ..evaluation.report import read_metrics
from ..methods import method_called
from .cards import ModelCard
from .trained import Ready

_SHOWN = ("accuracy", "macro_precision", "macro_recall", "macro_f1")
_MOST_LABELS = 100
_KINDS = {
    "classification": "text classifier",
    "generation": "model that writes texts",
    "question_answering": "model that answers questions on a text",
    "extraction": "model that fills the fields of a record from a text",
}
_TAGS = {"generation": "text-generation", "question_answering": "question-answering"}
_BY_PEFT = ("lora", "ia3")  # methods whose adapter is in peft's own format


def export_card(ready: Ready, card: ModelCard, form: str, run_folder: Path) -> str:
    """A model card in the format of the Hugging Face hub (YAML, then Markdown), in English."""
    recipe = ready.recipe
    method = method_called(recipe.method).title
    front = _front_matter(ready, card, form)
    needs = "torch, transformers, tokenizers, safetensors"
    if form == "adapter" and recipe.method in _BY_PEFT:
        needs += ", peft"
    base = f"`{card.name}` (weights with the sha256 `{card.sha256}`)"
    parts = [
        front,
        f"# {_plain(recipe.name)}\n",
        f"A {_KINDS.get(recipe.task, 'model')}, trained with {method} on {base}, by "
        "prompt-based fine-tuning with "
        f"PEFT Desktop {__version__}.\n",
        "## Use\n",
        f"```\npython predict.py INPUT.csv{' --base FOLDER' * (form == 'adapter')} > OUTPUT.csv\n"
        f"```\n\nNeeds Python 3.10 or newer and {needs}. Nothing is downloaded.",
        _base_sentence(form),
        f"The output has the input's columns, then {_told(ready)}. It is "
        "computed in float32; the program itself may compute in bfloat16, which moves "
        "probabilities a little.\n",
        _how_it_reads(ready),
        _results(run_folder),
        _files(form, recipe.method),
        "## Licence and limits\n",
        f"The base model's licence holds for its weights: {card.licence or 'not stated'}. The "
        "labels that this model gives are guesses; they are as good as the rows it was trained "
        "on, and say nothing about texts of another kind.\n",
    ]
    return "\n".join(part for part in parts if part)


def _told(ready: Ready) -> str:
    """The columns of an answer, in words."""
    if ready.recipe.task == "question_answering":
        return (
            "`predicted_label` (a list of the answer's text and the character where it starts; "
            "`[]`: not in the text), `predicted_answer`, its text alone, and `probability`"
        )
    if ready.recipe.task == "extraction":
        return "`predicted_label` (an object with each field's value or null) and `probability`"
    labels = " and `probability_<label>` for each label" * bool(ready.recipe.prompt.words)
    return f"`predicted_label`, `probability`{labels}"


def _front_matter(ready: Ready, card: ModelCard, form: str) -> str:
    peft = form == "adapter" and ready.recipe.method in _BY_PEFT
    lines = [
        "---",
        *([f"license: {json.dumps(card.licence)}"] if card.licence else []),
        f"base_model: {json.dumps(card.name)}",
        f"library_name: {'peft' if peft else 'transformers'}",
        f"pipeline_tag: {_TAGS.get(ready.recipe.task, 'text-classification')}",
        "tags: [prompt-based-fine-tuning, peft-desktop]",
        "---\n",
    ]
    return "\n".join(lines)


def _base_sentence(form: str) -> str:
    if form == "merged":
        return ""
    return (
        "This folder holds only what was trained. The base model is looked for by its hash in the "
        "library of PEFT Desktop; elsewhere, give its folder with `--base`.\n"
    )


def _how_it_reads(ready: Ready) -> str:
    prompt = ready.recipe.prompt
    lines = ["## Prompt\n", _fenced(prompt.template), ""]
    if prompt.also:
        lines += ["The answer is the mean of those to this template and to the following:\n"]
        lines += [line for template in prompt.also for line in (_fenced(template), "")]
    for name, value in prompt.parameters.items():
        lines.append(f"- `{{{name}}}` is {_plain(value)}")
    if prompt.virtual:
        lines.append("- A label word of several tokens is one trained token of its own.")
    if prompt.words:
        asked = "field | question" if ready.recipe.task == "extraction" else "label | label words"
        lines += ["", f"| {asked} |", "|---|---|"]
    for label, words in list(prompt.words.items())[:_MOST_LABELS]:
        lines.append(f"| {_plain(label)} | {_plain(', '.join(words))} |")
    if len(prompt.words) > _MOST_LABELS:
        lines.append(f"| ... | {len(prompt.words)} labels in all: see prompt/prompt.json |")
    return "\n".join(lines) + "\n"


def _results(run_folder: Path) -> str:
    splits: Mapping[str, Mapping[str, Any]] = {}
    with suppress(UserError, ValueError, OSError):
        splits = read_metrics(run_folder)
    rows: list[str] = []
    names: Sequence[str] = _SHOWN
    for split, record in splits.items():
        metrics = record.get("metrics", {})
        names = _SHOWN if "accuracy" in metrics else telling(metrics, 4)
        shown = [f"{metrics[name]:.3f}" if name in metrics else "" for name in names]
        rows.append(f"| {_plain(split)} | {' | '.join(shown)} |")
    if not rows:
        return "## Results\n\nNot evaluated before the export.\n"
    head = " | ".join(name.replace("_", " ") for name in names)
    rule = "|---" * (1 + len(names)) + "|"
    return "\n".join(["## Results\n", f"| rows | {head} |", rule, *rows]) + "\n"


def _files(form: str, method: str) -> str:
    lines = ["## Files\n"]
    if form == "merged":
        lines.append("- `config.json`, `*.safetensors`, `tokenizer*`: the whole model.")
    elif method in _BY_PEFT:
        lines.append("- `adapter_config.json`, `adapter_model.safetensors`: the adapter, for peft.")
    elif method in ("full", "bitfit"):
        lines.append("- `prompt/trained.safetensors`: the weights, by their names in transformers.")
    lines += [
        "- `prompt/prompt.json`: how texts are read, the label words as tokens, how to decide.",
        "- `prompt/head.safetensors` (if any): the classification head, soft prompt or prefix.",
        "- `predict.py`, `prompt/*.py`: the program.\n",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text of the user's that Markdown must not take for markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
