"""A trained model on disk: the tensors that training changed, and how to put them back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pydantic
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from ..core.errors import UserError
from ..core.fields import Settings, checked
from ..core.files import staged_folder
from ..core.project import broken, read_record
from ..core.recipe import Recipe
from ..core.steps import LENGTH_LIMIT, longest_reading
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.deciding import DECISIONS, Decisions, check_labels, read_decisions
from ..evaluation.mixing import log_softmax, mixed
from ..families import family_called
from ..families.contract import Family, PlanSettings
from ..families.ensemble import plan_for
from ..methods import method_called
from ..methods.contract import Method
from ..prompts.soft import has_soft, refuse_untrained
from ..prompts.tokens import Tokens
from .device import choose_device, set_threads
from .loading import load_prompt_model, set_precision
from .models import Library, ModelCard
from .prompt_model import PromptModel
from .scoring import Scores
from .tuned_model import TunedModel

if TYPE_CHECKING:
    from .crafts.contract import Craft

FOLDER = "model"


class TrainedFile(Settings):
    """`model.json`: what the tensors beside it belong to; `extra` is the task's own."""

    version: int = 1
    family: str
    base: str
    base_sha256: str
    labels: list[str]
    columns: list[str]
    use_head: bool
    separate: bool
    max_length: int
    precision: str
    weight: float  # the prompt's share in the prediction
    temperature: float = 1.0
    best_step: int = 0
    extra: dict[str, Any] = pydantic.Field(default_factory=dict)


@dataclass(slots=True)
class Ready:
    """A model that can predict, with all that it needs to read rows; `model` is the craft's."""

    model: Any
    family: Family
    recipe: Recipe
    file: TrainedFile
    device: torch.device
    decisions: Decisions | None = None  # thresholds, where some were chosen for this model

    @property
    def craft(self) -> Craft:
        from .crafts import craft_called

        return craft_called(self.recipe.task)

    def probabilities(self, scores: Scores) -> np.ndarray:
        """The prediction: both ways to decide, mixed and tempered; [N, C], rows sum to 1."""
        result: np.ndarray = np.exp(combined(scores, self.file.weight, self.file.temperature))
        return result


def combined(scores: Scores, weight: float, temperature: float = 1.0) -> np.ndarray:
    """Mixed log-probabilities [N, C] of both ways to decide, after the temperature."""
    logs = scores.prompt if scores.head is None else mixed(scores.prompt, scores.head, weight)
    result: np.ndarray = log_softmax(logs / temperature)
    return result


def save_trained(run_folder: Path, file: TrainedFile, tensors: dict[str, Tensor]) -> None:
    """Write `model/` as a whole; what was there before stays until the new one is complete."""
    with staged_folder(run_folder / FOLDER) as stage:
        whole = {name: t.detach().cpu().contiguous().clone() for name, t in tensors.items()}
        save_file(whole, stage / "trained.safetensors")
        (stage / "model.json").write_text(file.model_dump_json(indent=1) + "\n", encoding="utf-8")


def longest_input(recipe: Recipe, card: ModelCard, method: str) -> int:
    """The length in tokens that inputs are cut to."""
    settings = checked(method_called(method).settings, recipe.method_settings)
    soft = soft_ahead(method_called(method), settings)
    if soft and has_soft(recipe.prompt.templates):
        soft = 0  # the templates' own are a part of the input
    room = (card.context_length or LENGTH_LIMIT) - soft
    wanted = recipe.training.max_length
    if wanted is not None and wanted > room:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The model reads {room} tokens at most, not {wanted}."),
            QT_TRANSLATE_NOOP("engine", "Set max_length to {room} or less, or leave it empty."),
            field="max_length",
            room=room,
            wanted=wanted,
        )
    return longest_reading(card.context_length, soft, wanted)


def places_soft(method: Method) -> bool:
    """Whether the method trains vectors in the input."""
    return bool(getattr(method, "places_soft", False))


def soft_ahead(method: Method, settings: Any) -> int:
    """The vectors that the method puts in front of the input."""
    return int(getattr(settings, "soft_tokens", 0)) if places_soft(method) else 0


def build(
    recipe: Recipe, card: ModelCard, library: Library, columns: list[str], max_length: int
) -> Any:
    """The untrained model of a recipe, on the CPU, as stored, as the task's craft makes it."""
    from .crafts import craft_called

    return craft_called(recipe.task).build(recipe, card, library, columns, max_length)


def method_for(recipe: Recipe, family: str) -> tuple[Method, Any]:
    """The recipe's method and its settings; UserError where it cannot train such a model."""
    method = method_called(recipe.method)
    refuse_untrained(recipe.prompt.templates, places_soft(method), method.title)
    reason = method.supports(family, recipe.task)
    if reason is not None:
        raise UserError(reason.template, field="method", **dict(reason.values))
    return method, checked(method.settings, recipe.method_settings)


def hints_for(recipe: Recipe, tokens: Tokens) -> dict[str, Any]:
    """What `Method.prepare` may start from: the prompt's tokens and those of its words."""
    words = " ".join(word for of_label in recipe.prompt.words.values() for word in of_label)
    asked = f"{recipe.prompt.template} {words}".replace("{", " ").replace("}", " ")
    return {"init_ids": tokens.ids(asked), "label_ids": tokens.ids(words), "tokens": tokens}


def build_prompt_model(
    recipe: Recipe,
    card: ModelCard,
    library: Library,
    columns: list[str],
    max_length: int,
    kind: type[PromptModel] = PromptModel,
) -> PromptModel:
    """The untrained model of a recipe whose labels have words."""
    folder = library.path(card.name)
    family = family_called(card.family)
    method, chosen = method_for(recipe, card.family)
    training = recipe.training
    use_head = training.weight_fine_tune > 0
    separate = training.fine_tune_pass == "separate"
    tokens = Tokens(folder)
    plan = plan_for(
        family,
        PlanSettings(
            prompt=recipe.prompt,
            columns=columns,
            text_column=recipe.data.text,
            max_length=max_length,
            plain=separate and use_head,
            facts={"pooling": card.pooling, "ahead": soft_ahead(method, chosen)},
        ),
        tokens,
    )
    return load_prompt_model(
        folder,
        family,
        plan,
        method,
        chosen,
        use_head=use_head,
        separate=separate,
        hints=hints_for(recipe, tokens),
        kind=kind,
    )


def load_trained(run_folder: Path, recipe: Recipe, library: Library, device: str = "auto") -> Ready:
    """The run's model, ready to predict.

    Raises UserError when the run has no model yet, its files are damaged, or its base model is
    gone or another one.
    """
    file = read_trained(run_folder)
    card = base_model(library, file.base, file.base_sha256)
    place = choose_device(device if device != "auto" else recipe.training.device)
    set_threads(recipe.training.threads)
    model = build(recipe, card, library, file.columns, file.max_length)
    put_back(model, run_folder / FOLDER / "trained.safetensors")
    set_precision(model, file.precision)
    model.to(place)
    model.eval()
    decisions = read_decisions(run_folder)
    check_labels(decisions, recipe.labels, run_folder / FOLDER / DECISIONS)
    return Ready(model, family_called(file.family), recipe, file, place, decisions)


def read_trained(run_folder: Path) -> TrainedFile:
    source = run_folder / FOLDER / "model.json"
    if not source.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This run has no model: it ended before one was saved."),
            QT_TRANSLATE_NOOP("engine", "Resume it or train again."),
            file=run_folder,
        )
    try:
        return TrainedFile.model_validate(read_record(source))
    except pydantic.ValidationError as error:
        raise broken(source, None) from error


def base_model(library: Library, name: str, sha256: str) -> ModelCard:
    """The base model with that hash, whatever it is called in this library."""
    card = library.find_by_hash(sha256)
    if card is not None:
        return card
    raise UserError(
        QT_TRANSLATE_NOOP(
            "engine", 'The base model "{name}" of this run is not in the library, or has changed.'
        ),
        QT_TRANSLATE_NOOP("engine", "Add the model with the hash {sha256} again."),
        name=name,
        sha256=sha256[:16],
    )


def put_back(model: TunedModel, source: Path) -> None:
    """Load trained tensors; every one must fit, none may be missing."""
    try:
        tensors = load_file(source)
    except (OSError, SafetensorError) as error:
        raise broken(source, None) from error
    put_tensors(model, tensors, source)


def put_tensors(model: TunedModel, tensors: dict[str, Tensor], source: Path | None = None) -> None:
    if "soft.vectors" in tensors:
        model.settle()
    wanted = model.trained()
    same = wanted.keys() == tensors.keys() and all(
        wanted[name].shape == tensors[name].shape for name in wanted
    )
    if not same:
        raise broken(source or Path("trained.safetensors"), None)
    with torch.no_grad():
        for name, parameter in wanted.items():
            parameter.data.copy_(tensors[name].to(parameter.dtype))
    model.forget()


def write_json(path: Path, record: dict[str, Any]) -> None:
    from ..core.files import atomic_write

    atomic_write(path, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
