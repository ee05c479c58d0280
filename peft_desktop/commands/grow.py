"""`append` and `split`: more rows for a project, and its rows dealt out anew."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import (
    Decimal,
    Delimiter,
    Encoding,
    JoinExtra,
    Json,
    NoHeader,
    ProjectFolder,
    Quote,
    Sheet,
    TagColumn,
    read_as,
)

if TYPE_CHECKING:
    from ..core.project import Project


def append(
    project: ProjectFolder,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Tables, a folder, or a ZIP of them.")
    ],
    to: Annotated[
        str, typer.Option("--to", help="The split to join: train, valid, test, deal or none.")
    ] = "train",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    no_header: NoHeader = False,
    tag_column: TagColumn = None,
    quote: Quote = None,
    decimal: Decimal = None,
    join_extra: JoinExtra = None,
    json: Json = False,
) -> None:
    """Add rows to a project; old rows stay in their split. `check --undo` takes it back."""
    from ..core.project import open_project
    from ..projects.growing import append as grow
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    how = read_as(encoding, delimiter, sheet, no_header, tag_column, quote, decimal, join_extra)
    with _held(opened):
        grown = grow(opened, files[0] if len(files) == 1 else files, to, how, screen.show)
    record = {
        "rows": grown.rows,
        "rejected": grown.rejected,
        "joined": grown.joined,
        "new_labels": grown.new_labels,
        "version": grown.version,
        "splits": {name: len(ids) for name, ids in opened.file.splits.items()},
    }

    def in_words() -> str:
        joined = ", ".join(f"{count} to {name}" for name, count in grown.joined.items() if count)
        return (
            f"{grown.rows} rows were added ({grown.rejected} rejected): "
            f"{joined or 'to no split'}.\n"
            f"The data is now version {grown.version}."
        )

    screen.result(record, in_words)


def split(
    project: ProjectFolder,
    by_date: Annotated[
        str | None,
        typer.Option("--by-date", metavar="COL", help="The oldest rows teach, the newest judge."),
    ] = None,
    by_column: Annotated[
        str | None, typer.Option("--by-column", metavar="COL", help="As a column says.")
    ] = None,
    valid_value: Annotated[
        list[str] | None,
        typer.Option("--valid-value", help="What it says for validation; repeat."),
    ] = None,
    test_value: Annotated[
        list[str] | None, typer.Option("--test-value", help="What it says for the test; repeat.")
    ] = None,
    folds: Annotated[
        int | None, typer.Option("--folds", metavar="K", help="Cross-validation: K folds.", min=2)
    ] = None,
    fold: Annotated[int, typer.Option("--fold", help="The fold that judges.", min=1)] = 1,
    group: Annotated[
        str | None,
        typer.Option("--group", metavar="COL", help="Rows of one value stay together."),
    ] = None,
    valid: Annotated[
        float, typer.Option("--valid", help="Share of the rows to validate on.")
    ] = 0.15,
    test: Annotated[float, typer.Option("--test", help="Share of the rows to judge on.")] = 0.15,
    per_class: Annotated[
        int | None, typer.Option("--per-class", metavar="K", help="K training rows a class.", min=1)
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The project's own.", min=0)] = None,
    json: Json = False,
) -> None:
    """Deal a project's rows out anew; runs keep the rows that they were trained on."""
    from ..core.project import open_project
    from ..data.store import load_table
    from ..projects.resplit import SplitPlan, dealt
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    plan = SplitPlan(
        seed=opened.file.seed if seed is None else seed,
        valid=valid,
        test=test,
        per_class=per_class,
        by_date=by_date,
        by_column=by_column,
        valid_values=valid_value or (),
        test_values=test_value or (),
        folds=folds,
        fold=fold,
        group=group,
    )
    with _held(opened):
        table, file = load_table(opened.folder), opened.file
        if by_column is not None and not (valid_value or test_value):
            file = file.model_copy(
                update={"roles": file.roles.model_copy(update={"split": by_column})}
            )
        splits = dealt(table, file, plan, screen.show)
        roles = file.roles.model_copy(update={"group": group}) if group else file.roles
        opened.update(splits=splits, roles=roles, per_class=per_class, seed=plan.seed)
    counts = {name: len(ids) for name, ids in splits.items()}
    screen.result(
        {"splits": counts, "seed": plan.seed},
        lambda: "Rows: " + ", ".join(f"{count} {name}" for name, count in counts.items()),
    )


def _held(project: Project) -> AbstractContextManager[None]:
    """The project's lock, as the window has it while it is open there."""
    from .check import _held as held

    lock: AbstractContextManager[None] = held(project)
    return lock
