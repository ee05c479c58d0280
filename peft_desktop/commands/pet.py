"""`pet`: several patterns label unlabelled texts, and one classifier learns from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Delimiter, Encoding, Json, NoHeader, ProjectFolder, Sheet, read_as

if TYPE_CHECKING:
    from ..core.events import Warned
    from ..core.project import Project
    from ..core.recipe import PromptSpec
    from ..projects.pet_plan import Pet
    from ..projects.pet_pool import Pool
    from .screen import Screen

MOST_ROWS = 2000


def pet(
    project: ProjectFolder,
    unlabelled: Annotated[
        Path | None,
        typer.Option("--unlabelled", help="A file of texts; rows without a label count too."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="COL", help="The file's column of texts.")
    ] = None,
    pool: Annotated[
        int, typer.Option("--pool", help="Unlabelled rows at most, drawn with the seed.", min=1)
    ] = MOST_ROWS,
    patterns: Annotated[
        int, typer.Option("--patterns", help="How many: the project's prompt, then the bank's.")
    ] = 3,
    templates: Annotated[
        list[str] | None, typer.Option("--template", help="A pattern of your own; repeat.")
    ] = None,
    seeds: Annotated[str, typer.Option("--seeds", help="Teachers of each pattern.")] = "1,2,3",
    model: Annotated[
        str | None, typer.Option("--model", help="The teachers' model; the project's own.")
    ] = None,
    method: Annotated[
        str | None, typer.Option("--method", help="The teachers' method; the project's own.")
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="For teachers; repeat.")
    ] = None,
    student: Annotated[
        str | None, typer.Option("--student", help="The student's model; the teachers'.")
    ] = None,
    student_method: Annotated[
        str | None, typer.Option("--student-method", help="Its method; full for encoders.")
    ] = None,
    student_template: Annotated[
        str | None, typer.Option("--student-template", help="Its prompt; one that fits.")
    ] = None,
    student_settings: Annotated[
        list[str] | None,
        typer.Option("--student-set", metavar="KEY=VALUE", help="For the student; repeat."),
    ] = None,
    mean: Annotated[
        bool, typer.Option("--mean", help="All teachers count alike, however good their pattern.")
    ] = False,
    temperature: Annotated[
        float, typer.Option("--temperature", help="How soft the labels are.", min=0.1, max=20.0)
    ] = 2.0,
    name: Annotated[
        str | None, typer.Option("--name", help="What to call it; with --resume: which one.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with one that ended.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and how long it takes.")
    ] = False,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    no_header: NoHeader = False,
    json: Json = False,
) -> None:
    """Pattern-exploiting training: teachers label texts, one student learns from them."""
    from ..core.places import measured_file
    from ..core.project import open_project
    from ..projects import pet as training
    from ..projects import pet_plan
    from ..projects.pet_pool import pool_of
    from .engine import make_tuner
    from .screen import Screen
    from .shootout import check_alone, seeds_of

    screen = Screen(json)
    opened = open_project(project)
    if resume:
        given = {"--unlabelled": unlabelled, "--template": templates, "--model": model}
        given |= {"--method": method, "--set": settings, "--student": student}
        given |= {"--student-set": student_settings}
        check_alone([option for option, value in given.items() if value])
        plan = pet_plan.load(opened, name)
        _tell(opened, plan, screen)
    else:
        prompts = _patterns(opened, model, templates or [], patterns)
        columns = pet_plan.columns_of(opened, prompts)
        how = read_as(encoding, delimiter, sheet, no_header)
        found = pool_of(opened, unlabelled, columns, pool, text, how)
        wishes = pet_plan.Wishes(
            name=name,
            model=model,
            method=method,
            settings=tuple(settings or ()),
            student=student,
            student_method=student_method,
            student_settings=tuple(student_settings or ()),
            student_prompt=_student_prompt(opened, student or model, student_template),
            seeds=tuple(seeds_of(seeds)),
            weighted=not mean,
            temperature=temperature,
        )
        plan = _planned(opened, screen, prompts, found, wishes)
        _tell(opened, plan, screen)
        if dry_run:
            screen.result(outline(opened, plan), lambda: "")
            return
        pet_plan.begin(opened, plan, found)
    saved = f"What is done is kept; go on with: pet {project} --name {plan.name} --resume"
    if plan.cells[-1].state == "done":
        result = training.result_of(plan)
    else:
        tuner = make_tuner()
        try:
            work = training.carry_out(opened, plan, tuner, measured_file())
            result = screen.follow(work, saved)
        finally:
            tuner.close()
    screen.result(result, lambda: in_words(result))


def _planned(
    opened: Project, screen: Screen, prompts: list[PromptSpec], pool: Pool, wishes: Any
) -> Pet:
    from ..methods import METHODS
    from ..projects.pet_plan import planned
    from .library import chosen_model, library, usable

    for name in (wishes.model or opened.file.model, wishes.student):
        if name:
            usable(name)
    made: dict[str, Any] = {}

    def check(model: str, prompt: PromptSpec) -> list[Warned]:
        if model not in made:
            made[model] = chosen_model(model)
        file = opened.file
        found: list[Warned] = made[model].check(prompt, file.columns, file.roles.text)
        return found

    plan, warnings = planned(
        opened, prompts, pool, wishes, library=library(), known=METHODS, check=check
    )
    for warning in warnings:
        screen.show(warning)
    return plan


def _patterns(
    opened: Project, model: str | None, templates: list[str], count: int
) -> list[PromptSpec]:
    """The patterns written, or the project's prompt and then those of the bank."""
    from .library import usable

    own = opened.file.prompt
    if templates:
        written = [text.replace("\\n", "\n") for text in templates]
        return [own.model_copy(update={"template": text, "also": []}) for text in written]
    family = usable(model or opened.file.model).family
    found = [own] if own.template and model in (None, opened.file.model) else []
    for prompt in _from_the_bank(opened, family):
        if prompt.template not in [known.template for known in found]:
            found.append(prompt)
    return found[: max(1, count)]


def _student_prompt(opened: Project, model: str | None, template: str | None) -> PromptSpec | None:
    """The template given; of another kind of model than the project's the bank's best."""
    from .library import usable

    own = opened.file.prompt
    if template is not None:
        text = template.replace("\\n", "\n")
        return own.model_copy(update={"template": text, "also": []})
    family = usable(model or opened.file.model).family
    if family == usable(opened.file.model).family:
        return None
    return next(iter(_from_the_bank(opened, family)), None)


def _from_the_bank(opened: Project, family: str) -> list[PromptSpec]:
    """Prompts for this kind of model, with the words that the project has."""
    from ..data.store import load_table, rows_by_id
    from ..prompts.bank import suggest

    file = opened.file
    ids = file.splits.get("train", [])[:200]
    rows = rows_by_id(load_table(opened.folder), ids, [file.roles.text])
    texts = [row[file.roles.text] for row in rows]
    parameters = file.prompt.parameters
    found = suggest(file.labels, texts, family, parameters=parameters)
    if not any(file.prompt.words.values()):
        return found
    return [prompt.model_copy(update={"words": file.prompt.words}) for prompt in found]


def outline(opened: Project, plan: Pet) -> dict[str, Any]:
    """What will be done and how long it takes at most, ready for JSON."""
    from ..core.places import measured_file
    from ..projects.pet import expected
    from ..projects.run_time import seconds_left

    return {
        "name": plan.name,
        "pool_rows": plan.pool_rows,
        "pool_counts": plan.pool_counts,
        "patterns": [pattern.prompt.model_dump() for pattern in plan.patterns],
        "student": {"model": plan.student.model.name, "method": plan.student.method},
        "runs": [cell.model_dump(include={"row", "seed", "run", "state"}) for cell in plan.cells],
        "seconds": seconds_left(plan.cells, expected(opened, plan, measured_file())),
    }


def _tell(opened: Project, plan: Pet, screen: Screen) -> None:
    from .progress import clock

    told = outline(opened, plan)
    waiting = sum(cell.state != "done" for cell in plan.cells)
    seconds = told["seconds"]
    time = f"at most {clock(seconds)}" if seconds is not None else "time known after the first"
    left_out = {k: n for k, n in plan.pool_counts.items() if n and not k.startswith("of_")}
    names = {"in_test": "test rows", "in_valid": "validation rows", "in_train": "training rows"}
    said = ", ".join(f"{n} {names.get(k, k.replace('_', ' '))}" for k, n in left_out.items())
    screen.aside(
        f'PET "{plan.name}": {waiting} of {len(plan.cells)} trainings to do ({time}); '
        f"pool: {plan.pool_rows} texts" + (f" (left out: {said})" if said else "")
    )
    for pattern in plan.patterns:
        template = pattern.prompt.template.replace("\n", "\\n")
        screen.aside(f"  {pattern.key}: {template}")
    screen.aside(f"  student: {plan.student.method} on {plan.student.model.name}")


def in_words(result: dict[str, Any]) -> str:
    """Every teacher's scores, what they say together, the student's."""
    lines = [f"{'':14} {'seed':>5} {'weight':>7} {'valid':>6} {'test':>6}  pattern"]
    for row in result["table"]:
        numbers = [f"{row['row']:14}", f"{row['seed']:>5}"]
        weight = row["weight"]
        numbers.append(f"{weight:7.3f}" if weight is not None else f"{'':7}")
        for split in ("valid", "test"):
            found = row.get(split)
            numbers.append(f"{found['accuracy']:6.3f}" if found else f"{'':6}")
        template = row["template"].replace("\n", "\\n")
        lines.append(" ".join(numbers) + f"  {template}")
        if row["why"]:
            lines.append(f"    failed: {row['why']}")
    if ensemble := result.get("ensemble"):
        lines.append(f"{'all teachers':14} {'':5} {'':7} {ensemble['accuracy']:6.3f}")
    lines.append("")
    if agreement := result.get("agreement"):
        lines.append(
            f"The teachers agree on {100 * agreement['all']:.0f} of 100 texts (two of them on "
            f"{100 * agreement['pairs']:.0f})."
        )
    counts = ", ".join(f"{label} {n}" for label, n in result.get("label_counts", {}).items())
    lines.append(f"{result['pool_rows']} texts were labelled: {counts}.")
    lines.append(f'The student is the run "{result["run"]}".')
    return "\n".join(lines)
