"""`check`: what in a project's data would make the figures lie, and repairs for it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder

if TYPE_CHECKING:
    from ..core.events import Event
    from ..core.project import Project
    from ..data.history import Step
    from ..data.quality import Report

_LENGTHS = 20_000  # rows whose tokens are counted
_SHOWN = 8  # row numbers of a finding


def check(
    project: ProjectFolder,
    repair: Annotated[
        list[str] | None,
        typer.Option(
            "--repair",
            metavar="FINDING[=REPAIR]",
            help="Repair what was found so, e.g. duplicate or leak=move; may be repeated.",
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last change back.")] = False,
    history: Annotated[
        bool, typer.Option("--history", help="List what was done to the data.")
    ] = False,
    near: Annotated[
        bool, typer.Option("--near/--no-near", help="Also look for near duplicates.")
    ] = True,
    tokens: Annotated[
        bool, typer.Option("--tokens/--no-tokens", help="Also count the model's tokens.")
    ] = True,
    json: Json = False,
) -> None:
    """Check the project's data; nothing is changed without --repair or --undo."""
    from ..core.project import open_project
    from ..projects.data_changes import undo_last
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    if history:
        steps = _steps(opened)
        screen.result({"steps": steps}, lambda: _steps_in_words(steps))
        return
    if undo:
        with _held(opened):
            step = undo_last(opened)
        screen.result({"undone": _step(step)}, lambda: f"Taken back: {step.what}")
        return
    kept: list[Report] = []
    record = screen.follow(_checked(opened, near, tokens, kept))
    if repair:
        record["repaired"] = _repair(opened, kept[0], repair)
    screen.result(record, lambda: _in_words(record))


def _checked(
    project: Project, near: bool, tokens: bool, kept: list[Report]
) -> Generator[Event, None, None]:
    """Check; the whole report goes to `kept`, what is plain data into the result."""
    from ..core.events import Finished, Started
    from ..data import quality
    from ..data.store import load_table
    from ..projects.data_changes import look_of

    yield Started("check", facts={"project": project.file.name})
    table = load_table(project.folder)
    report = yield from quality.check(table, look_of(project.file, near))
    kept.append(report)
    result: dict[str, Any] = report.record()
    if tokens and project.file.model:
        result["tokens"] = yield from _tokens(project, table)
    yield Finished(result)


def _tokens(project: Project, table: Any) -> Generator[Event, None, dict[str, Any]]:
    """Lengths of the inputs in the model's tokens; why not, where they cannot be counted."""
    from ..core.errors import UserError
    from ..core.steps import longest_reading
    from ..data.quality.lengths import histogram, spread
    from ..families import family_called
    from ..families.contract import PlanSettings
    from ..families.input_lengths import input_lengths
    from ..prompts.tokens import Tokens
    from .library import library, usable

    file = project.file
    try:
        card = usable(file.model)
        wanted = file.training.get("max_length")
        limit = longest_reading(card.context_length, 0, wanted if isinstance(wanted, int) else None)
        settings = PlanSettings(
            prompt=file.prompt.model_copy(update={"also": []}),
            columns=file.columns,
            text_column=file.roles.text,
            max_length=limit,
            facts={"pooling": card.pooling},
        )
        plan = family_called(card.family).plan(settings, Tokens(library().path(card.name)))
    except UserError as error:
        return {"model": file.model, "error": str(error)}
    import numpy as np

    places = spread(table.num_rows, _LENGTHS)
    rows = table.take(places).to_pylist()
    found = yield from input_lengths(plan, rows, limit)
    return {
        "model": card.name,
        "rows": len(rows),
        "limit": limit,
        "cut": len(found.cut),
        **histogram(np.asarray(found.lengths, dtype=np.int64)),
    }


def _repair(project: Project, report: Report, wishes: list[str]) -> list[dict[str, Any]]:
    """Do the wished repairs, each as a step of its own. Raises UserError for one that is none."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP
    from ..projects.data_changes import change_project, repaired

    chosen = []
    for wish in wishes:
        kind, _, way = wish.partition("=")
        offers = [
            each
            for finding in report.findings
            if finding.kind == kind
            for each in [r for r in finding.repairs if way in ("", r.kind)][:1]
        ]
        if not offers:
            known = sorted({f"{f.kind}={r.kind}" for f in report.findings for r in f.repairs})
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'There is nothing to repair called "{wish}".'),
                QT_TRANSLATE_NOOP("engine", "There is: {known}. Nothing was changed."),
                field="repair",
                wish=wish,
                known=", ".join(known) or "-",
            )
        chosen += offers
    done = []
    with _held(project):
        for offer in chosen:
            prepared = repaired(project.folder, project.file, offer)
            if prepared is not None:
                change_project(project, prepared)
                done.append(_step(prepared.step))
    return done


def _held(project: Project) -> Any:
    """The project's lock; UserError while a window holds it."""
    from ..core.locks import locked
    from ..core.words import QT_TRANSLATE_NOOP, Sentence

    what = Sentence(
        QT_TRANSLATE_NOOP("engine", 'The project "{name}"'), {"name": project.file.name}
    )
    return locked(project.folder / "project.lock", what)


def _steps(project: Project) -> list[dict[str, Any]]:
    from ..data.history import steps_of

    return [_step(step) for step in steps_of(project.folder)]


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "at": step.at,
        "kind": step.kind,
        "what": str(step.what),
        "rows": step.rows,
        "data_before": step.before,
        "data_after": step.after,
        "undone": step.undone,
    }


def _steps_in_words(steps: list[dict[str, Any]]) -> str:
    if not steps:
        return "Nothing was done to the data since it was imported."
    return "\n".join(
        f"{step['number']:4}  {step['at']}  {step['rows']:8} rows  {step['what']}"
        + ("  (taken back)" if step["undone"] else "")
        for step in steps
    )


def _in_words(record: dict[str, Any]) -> str:
    lines = [f"{record['rows']} rows, {record['excluded']} left out."]
    classes = list(record["classes"].items())
    if classes:
        shown = ", ".join(f"{name} {count}" for name, count in classes[:12])
        more = f", {len(classes) - 12} more" if len(classes) > 12 else ""
        lines.append(f"Labels: {shown}{more}; without: {record['unlabelled']}.")
    lengths, tokens = record["lengths"], record.get("tokens")
    lines.append(f"Characters: median {lengths['median']}, longest {lengths['longest']}.")
    if tokens and "error" not in tokens:
        share = tokens["cut"] / max(1, tokens["rows"])
        lines.append(
            f"Tokens of {tokens['model']} with the prompt: median {tokens['median']}, longest "
            f"{tokens['longest']}; {share:.1%} of {tokens['rows']} rows are longer than "
            f"{tokens['limit']} and would be cut."
        )
    signs = {"lies": "!!", "harms": " !", "note": "  "}
    for each in record["findings"]:
        lines.append(f"{signs[each['severity']]} {each['kind']}: {each['what']}")
        lines.append(f"      {each['why']}")
        if each["rows"]:
            rows = ", ".join(str(row + 1) for row in each["rows"][:_SHOWN])
            lines.append(f"      rows {rows}{', ...' if each['count'] > _SHOWN else ''}")
        lines += [
            f"      --repair {each['kind']}={offer['kind']}: {offer['title']}"
            for offer in each["repairs"]
        ]
    if not record["findings"]:
        lines.append("Nothing was found that is wrong with the data.")
    for step in record.get("repaired", []):
        lines.append(f"Done: {step['what']} ({step['rows']} rows). --undo takes it back.")
    return "\n".join(lines)
