"""From a project and a few wishes to a recipe: everything that decides a run, written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from ..core.errors import UserError
from ..core.fields import Settings, checked, fields_of, parsed
from ..core.presets import preset_called
from ..core.project import Project
from ..core.recipe import DataRef, ModelRef, Recipe, TrainingSettings
from ..core.runs import check_name, free_name
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..prompts.soft import refuse_untrained
from ..tasks import Task, task_named

_TASK = "task."  # in front of a setting's name: the task's own


class KnownModel(Protocol):
    """What a recipe says of a model in the library."""

    @property
    def name(self) -> str: ...

    @property
    def family(self) -> str: ...

    @property
    def sha256(self) -> str: ...


class Models(Protocol):
    """The library, as far as a recipe asks it."""

    def get(self, name: str) -> KnownModel: ...


class KnownMethod(Protocol):
    """A method, as far as a recipe asks it."""

    name: str
    settings: type[Settings]

    def supports(self, family: str, task: str) -> Sentence | None: ...


def recipe_for(
    project: Project,
    model: str | None = None,
    method: str | None = None,
    settings: Iterable[str] = (),
    seed: int | None = None,
    name: str | None = None,
    preset: str = "",
    *,
    library: Models,
    methods: Mapping[str, KnownMethod],
    also: Sequence[str] = (),
    virtual: bool = False,
) -> Recipe:
    """The recipe of a new run; what is not given comes from the project, then from defaults.

    `also`: templates beside the project's own; `virtual`: words of several tokens become one each.
    `settings` are KEY=VALUE texts: a training setting, one of the method's own, or one of the
    task's (`task.KEY=VALUE` where others have the name too). Raises UserError for an unknown
    model, method, preset or setting, a value out of range, a method that cannot train this kind
    of model, and a project without labels.
    """
    file = project.file
    task = task_named(file.task)
    if file.roles.label is None or (task.has_words and not file.labels):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This project has no labels to learn from."),
            QT_TRANSLATE_NOOP("engine", "Make one from a file with a label column (--label COL)."),
            file=project.folder,
        )
    known = library.get(model or file.model)
    chosen = _method(method or file.method, known.family, file.task, methods)
    prompt = file.prompt.model_copy(
        update={
            "also": [*file.prompt.also, *also],
            "virtual": file.prompt.virtual or virtual,
        }
    )
    trains_soft = bool(getattr(chosen, "places_soft", False))
    refuse_untrained(prompt.templates, trains_soft, getattr(chosen, "title", chosen.name))
    training = dict(file.training)
    if preset:
        training.update(preset_called(preset).training)
    own = dict(file.method_settings) if chosen.name == file.method else {}
    training_given, own_given, task_given = parse_settings(settings, chosen, task)
    run_name = name if name is not None else free_name(project.runs_folder, chosen.name)
    check_name(run_name)
    return Recipe(
        name=run_name,
        task=file.task,
        task_settings=checked(task.settings, {**file.task_settings, **task_given}).model_dump(),
        model=ModelRef(name=known.name, family=known.family, sha256=known.sha256),
        method=chosen.name,
        method_settings=checked(chosen.settings, {**own, **own_given}).model_dump(),
        prompt=prompt,
        data=DataRef(
            table=project.table_path.relative_to(project.folder).as_posix(),
            sha256=file.data_sha256,
            text=file.roles.text,
            label=file.roles.label,
            question=file.roles.question,
            rows=file.splits,
        ),
        training=checked(TrainingSettings, {**training, **training_given}),
        seed=file.seed if seed is None else seed,
        preset=preset,
    )


def parse_settings(
    settings: Iterable[str], method: KnownMethod, task: Task
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """KEY=VALUE texts as training settings, as the method's own and as the task's; the last of a
    key counts."""
    kinds: list[type[Settings]] = [TrainingSettings, method.settings, task.settings]
    found: tuple[dict[str, Any], ...] = ({}, {}, {})
    for text in settings:
        key, sign, value = text.partition("=")
        key = key.strip()
        if not sign:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", '"--set {text}" is not a KEY=VALUE pair.'),
                QT_TRANSLATE_NOOP("engine", "Write for example: --set batch_size=8"),
                text=text,
            )
        of_task = key.startswith(_TASK)
        name = key.removeprefix(_TASK)
        for number, kind in enumerate(kinds):
            if of_task and kind is not task.settings:
                continue
            if any(field.name == name for field in fields_of(kind)):
                found[number][name] = parsed(kind, name, value)
                break
        else:
            raise _unknown(key, method, task)
    return found[0], found[1], found[2]


def _unknown(key: str, method: KnownMethod, task: Task) -> UserError:
    names = [field.name for field in fields_of(TrainingSettings)]
    own = [field.name for field in fields_of(method.settings)]
    of_task = [f"{_TASK}{field.name}" for field in fields_of(task.settings)]
    if not own:
        return UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no setting "{key}".'),
            QT_TRANSLATE_NOOP("engine", "Known settings: {known}."),
            key=key,
            known=", ".join([*names, *of_task]),
        )
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'There is no setting "{key}".'),
        QT_TRANSLATE_NOOP("engine", "Known settings: {known}; of {method} alone: {own}."),
        key=key,
        known=", ".join([*names, *of_task]),
        method=method.name,
        own=", ".join(own),
    )


def _method(name: str, family: str, task: str, methods: Mapping[str, KnownMethod]) -> KnownMethod:
    if name not in methods:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no method "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            field="method",
            name=name,
            known=", ".join(methods),
        )
    reason = methods[name].supports(family, task)
    if reason is not None:
        raise UserError(reason.template, field="method", **reason.values)
    return methods[name]
