"""What pressing Train would do: what is missing first, how many steps, which command."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.fields import Settings, checked, fields_of, setting
from ..core.presets import PRESETS
from ..core.project import Project, ProjectFile
from ..core.recipe import TrainingSettings
from ..core.runs import free_name
from ..core.steps import total_steps
from ..core.words import QT_TRANSLATE_NOOP
from ..methods import METHODS
from .task_prompts import fewest_labels, names_in_prompt, needs_slot, scores_words, task_of

# every setting that a preset sets; choosing one gives the others their defaults again
PRESET_KEYS = frozenset(key for preset in PRESETS.values() for key in preset.training)
_BASE_BYTES = 900_000_000  # Python, the libraries and one batch; measured with the starter models
_BYTES_A_FROZEN_WEIGHT = 4
_BYTES_A_TRAINED_WEIGHT = 20  # weight, gradient, two moments, the best so far


class Chance(Settings):
    """What a project says of chance, for the form."""

    seed: int = setting(
        42,
        label=QT_TRANSLATE_NOOP("settings", "Seed"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "Where chance begins: the order of the rows and the first weights. The same seed gives "
            "the same run; another one shows how much of the result is luck. The split stays.",
        ),
        low=0,
        high=2**31 - 1,
        typical="42",
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between the user and training.

    `kind`: project, data, text, label, question, labels, rows, model, refused, method, prompt,
    words, wrong prompt, settings, name (of the run).
    `page` is where it can be given, "" here; `count` of what; `error` says more.
    """

    kind: str
    page: str = ""
    count: int = 0
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an earlier run tells of the next one with the same model and method."""

    model: str
    method: str
    method_settings: dict[str, Any]
    fine_tune_pass: str
    trained_parameters: int
    seconds_a_row: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen, in numbers; 0 is not known. `seconds` and `trained` come from earlier
    runs of the same model."""

    train_rows: int = 0
    valid_rows: int = 0
    steps: int = 0
    epochs: float = 0.0
    batch_size: int = 0
    accumulation: int = 1
    trained: int = 0
    parameters: int = 0
    seconds: float = 0.0
    memory_bytes: int = 0
    memory_measured: bool = False
    command: str = ""


def missing(
    file: ProjectFile | None,
    known_models: Collection[str] | None,
    refused: Mapping[str, UserError],
    wrong_settings: int,
    name_error: UserError | None = None,
) -> Missing | None:
    """The first thing that is missing, in the order in which a user would give it.

    `known_models` None: the library is not read yet, and every model is believed.
    """
    if file is None:
        return Missing("project", "data")
    if not file.columns:
        return Missing("data", "data")
    if not file.roles.text:
        return Missing("text", "data")
    if not file.roles.label:
        return Missing("label", "data")
    task = task_of(file)
    if task is not None and task.needs_question and not file.roles.question:
        return Missing("question", "data")
    if len(file.labels) < fewest_labels(file):
        return Missing("labels", "data", len(file.labels))
    if not file.splits.get("train"):
        return Missing("rows", "data")
    if not file.model or (known_models is not None and file.model not in known_models):
        return Missing("model")
    if file.model in refused:
        return Missing("refused", error=refused[file.model])
    if file.method not in METHODS:
        return Missing("method")
    found = _missing_of_prompt(file) or _missing_of_settings(file, wrong_settings)
    return found or (Missing("name", error=name_error) if name_error is not None else None)


def _missing_of_prompt(file: ProjectFile) -> Missing | None:
    from ..prompts.template import check
    from ..prompts.verbalizer import check_words
    from .template_findings import refuse_soft

    if not file.prompt.template.strip():
        return Missing("prompt", "prompt")
    unsaid = [label for label in file.labels if not any(file.prompt.words.get(label, ()))]
    if unsaid and fewest_labels(file):
        return Missing("words", "prompt", len(unsaid))
    try:
        check(
            file.prompt.template,
            names_in_prompt(file),
            file.prompt.parameters,
            file.roles.text,
            slot_needed=needs_slot(file),
            several_slots=True,  # where the model takes one only, its own check says so
            label_column=file.roles.label,
        )
        if scores_words(file):
            check_words(file.prompt.words, file.labels)
        refuse_soft(file)
    except UserError as error:
        return Missing("wrong prompt", "prompt", error=error)
    return None


def _missing_of_settings(file: ProjectFile, wrong: int) -> Missing | None:
    if wrong:
        return Missing("settings", count=wrong)
    try:
        settings_of(file)
        checked(METHODS[file.method].settings, file.method_settings)
        task = task_of(file)
        if task is not None:
            checked(task.settings, file.task_settings)
    except UserError as error:
        return Missing("settings", count=1, error=error)
    return None


def settings_of(file: ProjectFile) -> TrainingSettings:
    """The training settings in force. Raises UserError for a value that one does not take."""
    found: TrainingSettings = checked(TrainingSettings, dict(file.training))
    return found


def in_force(file: ProjectFile, preferred: Mapping[str, Any]) -> ProjectFile:
    """The project with the user's preferences (device, threads) where it says nothing else."""
    return file.model_copy(update={"training": {**preferred, **file.training}})


def with_value(
    values: Mapping[str, Any],
    settings: type,
    name: str,
    value: Any,
    preferred: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """`values` with one more; a default is left out, so that a file holds only what was chosen.

    Where the user's preferences say something else (`preferred`), the default is a choice too.
    """
    if preferred and name in preferred:
        return {**values, name: value}
    default = next(field.default for field in fields_of(settings) if field.name == name)
    new = {key: old for key, old in values.items() if key != name}
    return new if value == default and type(value) is type(default) else {**new, name: value}


def with_preset(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The settings with a preset put in; what no preset speaks of stays as it is."""
    kept = {key: value for key, value in values.items() if key not in PRESET_KEYS}
    return {**kept, **PRESETS[name].training}


def preset_of(values: Mapping[str, Any]) -> str:
    """The preset that these settings are, "" when they are the user's own."""
    defaults = {field.name: field.default for field in fields_of(TrainingSettings)}
    for name, preset in PRESETS.items():
        wanted = {**defaults, **preset.training}
        if all(values.get(key, defaults[key]) == wanted[key] for key in PRESET_KEYS):
            return name
    return ""


def epochs_of(settings: TrainingSettings, rows: int) -> float:
    """How often every row is seen in those steps."""
    seen = settings.batch_size * settings.accumulation
    return total_steps(settings, rows) * seen / max(1, rows)


def memory_needed(parameters: int, method: str) -> int:
    """Bytes that training will take, about: a rule of thumb, for before the first run."""
    trained = _BYTES_A_TRAINED_WEIGHT if method == "full" else _BYTES_A_FROZEN_WEIGHT
    return _BASE_BYTES + trained * parameters


def command_of(folder: Path, file: ProjectFile, run_name: str) -> str:
    """The command line that trains exactly this, ready to paste into a terminal."""
    words = ["peft-desktop", "train", str(folder), "--model", file.model, "--method", file.method]
    preset = preset_of(file.training)
    training = dict(file.training)
    if preset:
        words += ["--preset", preset]
        training = {k: v for k, v in training.items() if k not in PRESET_KEYS}
    for name, value in {**training, **file.method_settings}.items():
        words += ["--set", f"{name}={'' if value is None else value}"]
    for name, value in file.task_settings.items():
        words += ["--set", f"task.{name}={'' if value is None else value}"]
    words += ["--seed", str(file.seed), "--name", run_name]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def plan_of(
    project: Project,
    settings: TrainingSettings,
    parameters: int,
    lessons: Sequence[Lesson],
    run_name: str = "",
) -> Plan:
    """What training this project with `settings` would mean, judging by earlier runs.

    `run_name` is the wanted one; empty: the next that is free.
    """
    file = project.file
    rows = len(file.splits.get("train", ()))
    steps = total_steps(settings, rows) if rows else 0
    known = file.method in METHODS
    lesson = lesson_for(lessons, file.model, file.method, settings.fine_tune_pass)
    plan = Plan(
        train_rows=rows,
        valid_rows=len(file.splits.get("valid", ())),
        steps=steps,
        epochs=epochs_of(settings, rows) if rows else 0.0,
        batch_size=settings.batch_size,
        accumulation=settings.accumulation,
        parameters=parameters,
        memory_bytes=memory_needed(parameters, file.method) if parameters else 0,
    )
    if known and file.model:
        name = run_name or free_name(project.runs_folder, file.method)
        plan = replace(plan, command=command_of(project.folder, file, name))
    if lesson is not None and known:
        seen = steps * settings.batch_size * settings.accumulation
        own = checked(METHODS[file.method].settings, file.method_settings).model_dump()
        plan = replace(
            plan,
            trained=lesson.trained_parameters if own == lesson.method_settings else 0,
            seconds=seen * lesson.seconds_a_row,
            memory_bytes=lesson.memory_bytes,
            memory_measured=True,
        )
    return plan


def lesson_for(
    lessons: Sequence[Lesson], model: str, method: str, fine_tune_pass: str
) -> Lesson | None:
    """The newest lesson for this model and method, best one with the same pass."""
    fitting = [x for x in lessons if (x.model, x.method) == (model, method)]
    same = [x for x in fitting if x.fine_tune_pass == fine_tune_pass]
    return next(iter(same or fitting), None)
