"""`thresholds`: when a run's model answers what, and what it leaves to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder, RunName

if TYPE_CHECKING:
    from ..core.project import Project
    from ..core.runs import Run
    from ..evaluation.scored import Scored
    from .screen import Screen


def thresholds(
    project: ProjectFolder,
    run: RunName = None,
    goal: Annotated[str, typer.Option("--goal", help="cost (of mistakes) or macro_f1.")] = "cost",
    cost: Annotated[
        list[str] | None,
        typer.Option("--cost", metavar="TRUE>ANSWER=N", help="A mistake's cost (1); repeat."),
    ] = None,
    person_cost: Annotated[
        float | None, typer.Option("--person-cost", help="What it costs to ask a person.")
    ] = None,
    person_below: Annotated[
        float | None,
        typer.Option("--person-below", help="A person answers below this probability."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LABEL=P", help="A threshold by hand; repeat."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would bring, keep nothing.")
    ] = False,
    clear: Annotated[
        bool, typer.Option("--clear", help="Back to the most probable label.")
    ] = False,
    json: Json = False,
) -> None:
    """Choose thresholds on the validation rows, show them on the test rows, keep them."""
    from ..core.project import open_project
    from ..core.runs import find_run
    from ..evaluation.deciding import (
        Costs,
        Decisions,
        clear_decisions,
        with_thresholds,
        write_decisions,
    )
    from ..evaluation.thresholds import choose
    from .evaluate import check_idle
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    found = find_run(opened.runs_folder, run)
    check_idle(found.name, found.state)
    check_classification(found)
    if clear:
        gone = clear_decisions(found.folder)
        screen.result({"run": found.name, "cleared": gone}, lambda: _cleared(found.name, gone))
        return
    labels = found.recipe.labels
    costs = Costs.given(labels, _costs(cost or []), person_cost)
    valid = scored_of(opened, found, "valid", screen)
    by_hand = _thresholds(set_ or [])
    if by_hand:
        plain = Decisions.plain(labels)
        chosen = Decisions(plain.labels, plain.thresholds, person_below or 0.0, costs)
        chosen, note = with_thresholds(chosen, by_hand), None
    else:
        result = choose(valid, costs, goal, person_below)
        chosen, note = result.decisions, result.note
    record: dict[str, Any] = {
        "run": found.name,
        "kept": not dry_run,
        "note": None if note is None else str(note),
        **chosen.to_dict(),
        "valid": _brought(valid, chosen),
    }
    test = _test_rows(opened, found)
    if test is not None:
        record["test"] = _brought(test, chosen)
        record["test_peeks"] = opened.file.test_peeks
    if not dry_run:
        record["file"] = str(write_decisions(found.folder, chosen))
    screen.result(record, lambda: _in_words(record))


def scored_of(project: Project, run: Run, split: str, screen: Screen) -> Scored:
    """The answers of a run to a split; it is judged on it first where it was not yet."""
    from ..core.errors import UserError
    from ..core.ports import EvaluateRequest
    from ..evaluation.scored import read_scored
    from .evaluate import judged

    labels = run.recipe.labels
    try:
        return read_scored(run.folder, labels, split)
    except UserError:
        if not run.folder.is_dir() or not run.recipe.data.rows.get(split):
            raise
    judged(project, run.name, EvaluateRequest(split=split), screen)
    return read_scored(run.folder, labels, split)


def check_classification(run: Run) -> None:
    """Raise UserError for a task whose answers are not one label of a list."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if run.recipe.task != "classification":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'This is for classification; "{name}" is {task}.'),
            QT_TRANSLATE_NOOP("engine", "See what evaluate says of this run."),
            name=run.name,
            task=run.recipe.task.replace("_", " "),
        )


def _test_rows(project: Project, run: Run) -> Scored | None:
    """The answers to the test rows where they are there; that is a look at them, and counted."""
    from ..core.errors import UserError
    from ..evaluation.scored import read_scored

    try:
        test = read_scored(run.folder, run.recipe.labels, "test")
    except UserError:
        return None
    project.update(test_peeks=project.file.test_peeks + 1)
    return test


def _brought(scored: Scored, chosen: Any) -> dict[str, Any]:
    from ..evaluation.deciding import Decisions
    from ..evaluation.thresholds import difference, outcome

    plain = Decisions(chosen.labels, Decisions.plain(chosen.labels).thresholds, 0.0, chosen.costs)
    return {
        "with": outcome(scored, chosen),
        "without": outcome(scored, plain),
        "cost_difference": difference(scored, chosen),
    }


def _costs(texts: list[str]) -> dict[tuple[str, str], float]:
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    found = {}
    for text in texts:
        pair, sign, value = text.rpartition("=")
        gold, arrow, answer = pair.partition(">")
        try:
            if not (sign and arrow):
                raise ValueError(text)
            found[gold.strip(), answer.strip()] = float(value)
        except ValueError as error:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", '"--cost {text}" is no cost of a mistake.'),
                QT_TRANSLATE_NOOP("engine", 'Write for example: --cost "complaint>praise=5"'),
                text=text,
            ) from error
    return found


def _thresholds(texts: list[str]) -> dict[str, float]:
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP
    from .options import pairs

    found = {}
    for label, value in pairs(texts, "--set"):
        try:
            found[label] = float(value)
        except ValueError as error:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", '"{value}" is no probability.'),
                QT_TRANSLATE_NOOP("engine", "Write it as a probability, for example 0.7."),
                field=label,
                value=value,
            ) from error
    return found


def _cleared(name: str, gone: bool) -> str:
    if gone:
        return f'The run "{name}" answers with the most probable label again.'
    return f'The run "{name}" had no thresholds.'


def _in_words(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    parts = [f'Run "{record["run"]}"' + ("" if record["kept"] else " (nothing was kept)")]
    lines = [["Label", "Threshold"]]
    lines += [[label, f"{value:.3f}"] for label, value in record["thresholds"].items()]
    parts.append(aligned(lines))
    if record["person_below"]:
        parts.append(f"A person answers below a probability of {record['person_below']:.3f}.")
    if record["note"]:
        parts.append(record["note"])
    for split in ("valid", "test"):
        if split not in record:
            parts.append("The run was not judged on the test rows yet, so they are not shown.")
            continue
        parts.append(_table(split, record[split]))
    if (peeks := record.get("test_peeks", 0)) > 1:
        parts.append(f"The test rows of this project have been looked at {peeks} times.")
    return "\n\n".join(parts)


def _table(split: str, found: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    def said(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    titles = {
        "coverage": "Answered by the model",
        "accuracy_answered": "Right of those",
        "macro_f1_answered": "F1, macro, of those",
        "mean_cost": "Cost a row",
    }
    lines = [[f"{split} ({found['with']['rows']} rows)", "Most probable", "With thresholds"]]
    for key, title in titles.items():
        lines.append([title, said(found["without"][key]), said(found["with"][key])])
    table = aligned(lines)
    apart = found["cost_difference"]
    if apart is None:
        return f"{table}\n(no cost of asking a person is given, so costs cannot be compared)"
    low, high = apart["low"], apart["high"]
    table += f"\nCost difference a row {apart['difference']:+.3f} (95 %: {low:+.3f} to {high:+.3f})"
    if low <= 0 <= high:
        table += "\nThat cannot be told apart from no difference on so few rows."
    return table
