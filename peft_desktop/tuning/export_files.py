"""What an exported folder holds: weights in their usual formats, the prompt, a program, a card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from ..core.places import resources
from ..families.ensemble import plans_of, readers_of
from ..families.word_tree import takes_tree
from ..prompts.parts import Column, Literal, Parameter, Soft
from ..prompts.reading import Reader
from .cards import ModelCard
from .crafts.span_model import SpanModel
from .crafts.writing_model import WritingPlan
from .export_answers import answering_of, spans_of
from .export_card import export_card
from .label_list_model import LabelListModel
from .models import Library
from .trained import Ready, base_model

FORMATS = ("adapter", "merged")
OURS = "prompt"  # the folder of what is not a usual model file
VERSION = 1
_WRITING = ("max_new_tokens", "temperature", "top_p", "repetition_penalty", "stop")
_OURS = ("head.", "soft.", "prefix.", "shift", "virtual.")
_TASK_TYPES = {
    "causal": "CAUSAL_LM",
    "encoder": "FEATURE_EXTRACTION",
    "seq2seq": "SEQ_2_SEQ_LM",
}
_TAKEN_ALONG = (
    "tokenizer",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.",
    "merges.txt",
    "chat_template",
    "modules.json",
    "sentence_bert_config.json",
    "LICENSE",
    "LICENCE",
    "NOTICE",
    "COPYING",
)


def write_export(stage: Path, form: str, ready: Ready, library: Library, run_folder: Path) -> None:
    """Fill the new folder `stage`. `ready` is in float32 on the CPU, and is not changed."""
    card = base_model(library, ready.file.base, ready.file.base_sha256)
    base = library.path(card.name)
    tensors = {name: t.detach().clone().contiguous() for name, t in ready.model.kept().items()}
    (stage / OURS).mkdir()
    beside = {name: t for name, t in tensors.items() if name.startswith(_OURS)}
    inside = {n.removeprefix("model."): t for n, t in tensors.items() if n not in beside}
    virtual = getattr(ready.model, "virtual", None)
    for name, tensor in ({} if virtual is None else virtual.state_dict()).items():
        beside.setdefault(f"virtual.{name}", tensor.detach().float().contiguous())
    if beside:
        save_file(beside, stage / OURS / "head.safetensors")
    if form == "merged":
        _write_merged(stage, ready, base, inside)
    else:
        _write_adapter(stage, ready, card, inside)
    described = json.dumps(description(ready, card, form), ensure_ascii=False, indent=1)
    (stage / OURS / "prompt.json").write_text(described + "\n", encoding="utf-8")
    program = resources() / "export"
    shutil.copyfile(program / "predict.py", stage / "predict.py")
    for file in (program / OURS).glob("*.py"):
        shutil.copyfile(file, stage / OURS / file.name)
    (stage / "README.md").write_text(
        export_card(ready, card, form, run_folder), encoding="utf-8", newline="\n"
    )


def description(ready: Ready, card: ModelCard, form: str) -> dict[str, Any]:
    """`prompt.json`: all that the program needs to read rows and to decide."""
    if isinstance(ready.model, SpanModel):
        return _of_spans(ready, card, form)
    plan: Any = ready.model.plan
    if isinstance(plan, WritingPlan):
        return _of_writing(ready, plan, card, form)
    asked = [_asked(ready, some) for some in plans_of(plan)]
    first = plans_of(plan)[0]
    return {
        "version": VERSION,
        "format": form,
        "family": ready.file.family,
        "base": ready.file.base,
        "base_sha256": card.sha256,
        "labels": list(ready.recipe.labels),
        "thresholds": _thresholds(ready),
        "asked": asked,
        "pooling": getattr(first, "pooling", None),
        "prefix": None if ready.model.prefix is None else ready.model.prefix.places,
        "plain_reader": None if first.plain_reader is None else _reader(first.plain_reader),
        "adds_blank": readers_of(first)[0].tokens.adds_blank,
        "pad_id": plan.pad_id,
        "sentinel": getattr(first, "sentinel", None),
        "weight": ready.file.weight,
        "temperature": ready.file.temperature,
        "templates": ready.recipe.prompt.templates,
        "parameters": ready.recipe.prompt.parameters,
        "verbalizer": ready.recipe.prompt.words,
    }


def _thresholds(ready: Ready) -> list[float] | None:
    """From which probability on each label is given, where a text may have several."""
    if not isinstance(ready.model, LabelListModel):
        return None
    from .crafts.several_labels import thresholds_of

    return [float(each) for each in thresholds_of(ready)]


def _of_spans(ready: Ready, card: ModelCard, form: str) -> dict[str, Any]:
    """`prompt.json` of a model that points at parts of the text."""
    return {
        "version": VERSION,
        "format": form,
        "family": ready.file.family,
        "base": ready.file.base,
        "base_sha256": card.sha256,
        "labels": [],
        "asked": [],
        "prefix": None if ready.model.prefix is None else ready.model.prefix.places,
        "plain_reader": None,
        "adds_blank": ready.model.reader.tokens.adds_blank,
        "pad_id": ready.model.pad_id,
        "spans": spans_of(ready, _reader),
        "templates": ready.recipe.prompt.templates,
        "parameters": ready.recipe.prompt.parameters,
        "verbalizer": ready.recipe.prompt.words,
    }


def _of_writing(ready: Ready, plan: WritingPlan, card: ModelCard, form: str) -> dict[str, Any]:
    """`prompt.json` of a model that writes its answers."""
    settings = ready.model.settings
    reader = _reader(plan.reader)
    room = max(0, plan.length + settings.max_new_tokens - plan.context)
    reader["length"] -= 0 if plan.decodes_apart else min(room, plan.length // 2)
    asked = {"words": [], "tree": None, "readers": [reader], "label_soft": None, "virtual": None}
    return {
        "version": VERSION,
        "format": form,
        "family": ready.file.family,
        "base": ready.file.base,
        "base_sha256": card.sha256,
        "labels": [],
        "asked": [asked],
        "prefix": None if ready.model.prefix is None else ready.model.prefix.places,
        "plain_reader": None,
        "adds_blank": plan.tokens.adds_blank,
        "pad_id": plan.pad_id,
        "writing": {
            **settings.model_dump(include=set(_WRITING)),
            "stop": settings.stop.replace("\\n", "\n"),
            "ends": list(plan.ends),
            "begin": list(plan.begin),
            "context": plan.context,
            "seed": ready.recipe.seed,
        },
        "answering": answering_of(ready),
        "templates": ready.recipe.prompt.templates,
        "parameters": ready.recipe.prompt.parameters,
    }


def _asked(ready: Ready, plan: Any) -> dict[str, Any]:
    """How one template is read and answered; `virtual`: the number of its words' virtual rows."""
    return {
        "words": [[list(word) for word in of_label] for of_label in plan.words],
        "tree": None if getattr(plan, "tree", None) is None else _tree(ready, plan),
        "readers": [_reader(reader) for reader in readers_of(plan)],
        "label_soft": _label_soft(plan),
        "virtual": ready.model.virtual_of(plan),
    }


def _tree(ready: Ready, plan: Any) -> dict[str, Any]:
    """Label words of several tokens; `at_once`: all in one pass, also for the longest row."""
    tree = plan.tree
    longest = plan.reader.ahead + plan.reader.max_length + len(tree.nodes)
    return {
        "nodes": tree.nodes,
        "pairs": tree.pairs,
        "words": tree.words,
        "branches": tree.branches,
        "at_once": takes_tree(ready.model.model.config, longest),
    }


def _label_soft(plan: Any) -> list[list[tuple[int, int]]] | None:
    """The soft tokens (position, number) of each label's prompt, for an encoder."""
    prompts = getattr(plan, "prompts", None)
    return None if prompts is None else [list(reading.soft) for reading in prompts]


def _reader(reader: Reader) -> dict[str, Any]:
    parts: list[tuple[str, Any]] = []
    importances = []
    for part in reader.template.parts:
        importances.append(getattr(part, "importance", 0))
        match part:
            case Literal(text=text):
                parts.append(("literal", text))
            case Column(name=name):
                parts.append(("column", name))
            case Parameter(name=name):
                parts.append(("parameter", reader.parameters[name]))
            case Soft(places=places):
                parts.append(("soft", list(places)))
            case _:
                parts.append(("slot", ""))
    return {
        "parts": parts,
        "importances": importances,
        "ahead": reader.ahead,
        "keeper": reader.keeper,
        "before": list(reader.before),
        "after": list(reader.after),
        "slot_ids": list(reader.slot_ids),
        "length": reader.max_length - reader.reserve,
    }


def _write_adapter(
    stage: Path, ready: Ready, card: ModelCard, inside: Mapping[str, Tensor]
) -> None:
    """What peft trained as peft writes it; what else was trained inside the model by its names."""
    if not inside:
        return
    configs = getattr(ready.model.model, "peft_config", None)
    if not configs:
        save_file(dict(inside), stage / OURS / "trained.safetensors")
        return
    from peft import get_peft_model_state_dict

    ((adapter, config),) = configs.items()
    written = copy(config)
    written.base_model_name_or_path = card.name
    written.inference_mode = True
    written.task_type = _TASK_TYPES.get(ready.file.family)
    written.save_pretrained(stage)
    # peft's own names: without the adapter's, in DoRA's case without more
    found = get_peft_model_state_dict(
        ready.model.model, dict(inside), adapter, save_embedding_layers=False
    )
    assert len(found) == len(inside)
    named = {f"base_model.model.{name}": tensor for name, tensor in found.items()}
    save_file(named, stage / "adapter_model.safetensors", metadata={"format": "pt"})


def _write_merged(stage: Path, ready: Ready, base: Path, inside: Mapping[str, Tensor]) -> None:
    """A whole model folder: the base model's own files where nothing inside it was trained."""
    if inside:
        model = ready.family.load(base, torch.float32)
        if getattr(ready.model.model, "peft_config", None):
            model = _with_adapter(model, ready.model.model, inside)
        else:
            wrong = model.load_state_dict(dict(inside), strict=False).unexpected_keys
            assert not wrong, wrong
        model.save_pretrained(stage)
    else:
        for file in base.iterdir():
            if file.name == "config.json" or ".safetensors" in file.name:
                shutil.copyfile(file, stage / file.name)
    for file in base.iterdir():
        if file.is_file() and file.name.startswith(_TAKEN_ALONG):
            shutil.copyfile(file, stage / file.name)
        if file.name.endswith("_Pooling") and (file / "config.json").is_file():
            (stage / file.name).mkdir()
            shutil.copyfile(file / "config.json", stage / file.name / "config.json")


def _with_adapter(model: Any, trained: Any, inside: Mapping[str, Tensor]) -> Any:
    """The base model with the low-rank products added to its weights, in float32."""
    from peft import get_peft_model

    ((adapter, config),) = trained.peft_config.items()
    wrapped = get_peft_model(model, copy(config), adapter_name=adapter)
    wrong = model.load_state_dict(dict(inside), strict=False).unexpected_keys
    assert not wrong, wrong
    merged = wrapped.merge_and_unload()
    with suppress(AttributeError):
        del merged.peft_config
    return merged
