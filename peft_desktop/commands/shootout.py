"""`shootout`: which method, model and prompt is best here, over several seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder

if TYPE_CHECKING:
    from ..core.project import Project
    from ..core.recipe import PromptSpec
    from ..projects.shoot_out_plan import ShootOut
    from .screen import Screen


def shootout(
    project: ProjectFolder,
    methods: Annotated[
        str | None, typer.Option("--methods", help="lora,full,...; all that fit where left out.")
    ] = None,
    models: Annotated[
        str | None, typer.Option("--models", help="Models of the library; the project's own.")
    ] = None,
    templates: Annotated[
        list[str] | None,
        typer.Option("--template", help="A prompt to compare; repeat. The project's own."),
    ] = None,
    seeds: Annotated[str, typer.Option("--seeds", help="A run for each, e.g. 1,2,3.")] = "1,2,3",
    name: Annotated[
        str | None, typer.Option("--name", help="What to call it; with --resume: which one.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="For all, or METHOD.KEY=VALUE; repeat."),
    ] = None,
    rows_test: Annotated[
        int | None, typer.Option("--rows-test", help="Judge on a sample of so many.", min=1)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with one that ended.")] = False,
    pick: Annotated[
        bool, typer.Option("--pick", help="Put the winner into the project when all is done.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and how long it takes.")
    ] = False,
    json: Json = False,
) -> None:
    """Train every method (and model, prompt) with every seed on one frozen split; compare."""
    from ..core.places import measured_file
    from ..core.project import open_project
    from ..projects import shoot_out
    from ..projects.shoot_out_plan import load
    from .engine import make_tuner
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    if resume:
        given: dict[str, Any] = {"--methods": methods, "--models": models, "--template": templates}
        given |= {"--set": settings, "--rows-test": rows_test}
        check_alone([option for option, value in given.items() if value])
        plan = load(opened, name)
    else:
        plan = _new(opened, screen, methods, models, templates, seeds, name, settings, rows_test)
    _tell(opened, plan, screen)
    if dry_run:
        screen.result(_outline(opened, plan), lambda: "")
        return
    saved = f"What is done is kept; go on with: shootout {project} --name {plan.name} --resume"
    if all(cell.state == "done" for cell in plan.cells):
        result = shoot_out.result_of(opened, plan)
    else:
        tuner = make_tuner()
        try:
            work = shoot_out.carry_out(opened, plan, tuner, measured_file())
            result = screen.follow(work, saved)
        finally:
            tuner.close()
    if pick:
        done = load(opened, plan.name)
        result["picked"] = shoot_out.pick(open_project(project), done)
    screen.result(result, lambda: in_words(result))


def _new(
    opened: Project,
    screen: Screen,
    methods: str | None,
    models: str | None,
    templates: list[str] | None,
    seeds: str,
    name: str | None,
    settings: list[str] | None,
    rows_test: int | None,
) -> ShootOut:
    from ..core.events import Warned
    from ..methods import METHODS
    from ..projects.shoot_out_plan import planned
    from .library import chosen_model, library, usable

    chosen_models = _several(models) or [opened.file.model]
    cards = {model: usable(model) for model in chosen_models}
    fitting = [
        m.name
        for m in METHODS.values()
        if all(m.supports(card.family, opened.file.task) is None for card in cards.values())
    ]
    made: dict[str, Any] = {}

    def check(model: str, prompt: PromptSpec) -> list[Warned]:
        if model not in made:
            made[model] = chosen_model(model)
        file = opened.file
        found: list[Warned] = made[model].check(prompt, file.columns, file.roles.text)
        return found

    plan, warnings = planned(
        opened,
        name,
        _several(methods) or fitting,
        chosen_models,
        _prompts(opened, templates or []),
        seeds_of(seeds),
        settings or [],
        rows_test,
        library=library(),
        known=METHODS,
        check=check,
    )
    for warning in warnings:
        screen.show(warning)
    return plan


def _several(text: str | None) -> list[str]:
    """The names in a list with commas, each once."""
    names = [part.strip() for part in (text or "").split(",")]
    return list(dict.fromkeys(name for name in names if name))


def seeds_of(text: str) -> list[int]:
    """The seeds in a list with commas; UserError for what is none."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    names = _several(text)
    if not names or not all(name.isascii() and name.isdigit() for name in names):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", '"--seeds {text}" is not a list of whole numbers.'),
            QT_TRANSLATE_NOOP("engine", "Write for example: --seeds 1,2,3"),
            text=text,
        )
    return [int(name) for name in names]


def _prompts(opened: Project, templates: list[str]) -> list[PromptSpec]:
    own = opened.file.prompt
    written = [text.replace("\\n", "\n") for text in templates]
    return [own.model_copy(update={"template": text, "also": []}) for text in written] or [own]


def check_alone(given: list[str]) -> None:
    """Raise UserError for options that a plan which goes on cannot take."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if given:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "What goes on keeps its own plan: {given} cannot be given."
            ),
            QT_TRANSLATE_NOOP("engine", "Leave it out, or start another without --resume."),
            given=", ".join(given),
        )


def _outline(opened: Project, plan: ShootOut) -> dict[str, Any]:
    from ..core.places import measured_file
    from ..projects.run_time import seconds_left
    from ..projects.shoot_out import expected

    return {
        "name": plan.name,
        "runs": [
            {"row": c.row, "seed": c.seed, "run": c.run, "state": c.state} for c in plan.cells
        ],
        "rows": {split: len(ids) for split, ids in plan.data.rows.items()},
        "seconds": seconds_left(plan.cells, expected(opened, plan, measured_file())),
    }


def _tell(opened: Project, plan: ShootOut, screen: Screen) -> None:
    from .progress import clock

    outline = _outline(opened, plan)
    waiting = sum(cell.state != "done" for cell in plan.cells)
    seconds = outline["seconds"]
    time = f"at most {clock(seconds)}" if seconds is not None else "time known after the first"
    rows = ", ".join(f"{count} {split}" for split, count in outline["rows"].items())
    screen.aside(
        f'Shoot-out "{plan.name}": {waiting} of {len(plan.cells)} runs to do ({time}); rows: {rows}'
    )


def in_words(result: dict[str, Any]) -> str:
    """The table: accuracy and macro F1 over seeds, what it cost, and the paired test."""
    lines = [
        f"{'':28} {'valid':>6} {'test':>6} {'std':>6} {'macro F1':>8} {'seeds':>5} "
        f"{'p':>6} {'trained':>11} {'seconds':>8} {'MB':>6} {'on disk':>8}"
    ]
    for row in result["table"]:
        lines.append(_line(row))
        lines += [f"    failed: {why}" for why in dict.fromkeys(row.get("failures", []))]
    rows = result["rows"]
    lines += [
        "",
        f"Rows: {rows['train']} to train, {rows['valid']} to pick by (*), {rows['test']} to test.",
        "p: paired with the best row on the same test rows (random signs; Holm).",
    ]
    if result.get("picked"):
        lines.append(f"The project now uses: {result['picked']}.")
    return "\n".join(lines)


def _line(row: dict[str, Any]) -> str:
    name = row["row"].replace("_", "-")
    if row["kind"] == "baseline" and row["model"]:
        name = f"{name} {row['model']}"
    name = ("* " if row["best"] else "  ") + name[:26]
    valid, test = row.get("valid"), row.get("test")
    if not valid:
        return f"{name:28} {'-':>6}"
    cells = [f"{name:28}", f"{valid['accuracy']['mean']:6.3f}"]
    found = test or {}
    accuracy, f1 = found.get("accuracy"), found.get("macro_f1")
    deviation = accuracy and accuracy["std"]
    cells.append(f"{accuracy['mean']:6.3f}" if accuracy else f"{'':6}")
    cells.append(f"{deviation:6.3f}" if deviation is not None else f"{'':6}")
    cells.append(f"{f1['mean']:8.3f}" if f1 else f"{'':8}")
    if row["kind"] == "baseline":
        return " ".join(cells)
    against = row.get("against_best")
    cells.append(f"{row['done']:>5}")
    cells.append(f"{against['p_value']:6.3f}" if against else f"{'':6}")
    cells.append(f"{row['trained_parameters']:11,}")
    cells.append(f"{row['training_seconds']:8.1f}")
    cells.append(f"{row['memory_bytes'] / 1e6:6.0f}")
    cells.append(f"{row['size_bytes'] / 1e6:7.1f}M")
    return " ".join(cells)
