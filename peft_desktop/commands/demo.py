"""`demo`: the sample's whole job, from a file of reviews to a judged model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json

if TYPE_CHECKING:
    from .screen import Screen

SAMPLE = "movie_reviews"
PER_CLASS = 16
TEST_ROWS = 500


def demo(
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="FOLDER", help="Keep the project there.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Judge on all test rows, not on the first 500.")
    ] = False,
    model: Annotated[
        str | None, typer.Option("--model", help="A model of the library; the default one.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Decides which rows teach.", min=0)] = 42,
    preset: Annotated[
        str, typer.Option("--preset", help="quick, balanced, thorough or article.")
    ] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A setting; repeat.")
    ] = None,
    json: Json = False,
) -> None:
    """Do the sample's whole job: import, train, judge."""
    import tempfile

    from ..core.places import resources
    from .screen import Screen

    screen = Screen(json)
    source = resources() / "samples" / SAMPLE
    with tempfile.TemporaryDirectory(prefix="peft-desktop-demo-") as scratch:
        folder = Path(scratch) / SAMPLE if keep is None else keep.absolute()
        test = source / "test.csv"
        if not full:
            test = _first_rows(test, Path(scratch) / "test.csv", TEST_ROWS)
        result = _whole_job(
            folder,
            source / "train.csv",
            test,
            screen,
            model=model,
            settings=settings or [],
            seed=seed,
            preset=preset,
            resumable=keep is not None,
        )
    result["kept"] = keep is not None
    screen.result(result, lambda: in_words(result))


def _first_rows(source: Path, target: Path, rows: int) -> Path:
    import csv
    from itertools import islice

    from ..core.files import staged_file

    with (
        source.open(encoding="utf-8", newline="") as whole,
        staged_file(target) as stage,
        stage.open("w", encoding="utf-8", newline="") as part,
    ):
        csv.writer(part).writerows(islice(csv.reader(whole), rows + 1))
    return target


def _whole_job(
    folder: Path,
    train_file: Path,
    test_file: Path,
    screen: Screen,
    *,
    model: str | None,
    settings: list[str],
    seed: int,
    preset: str,
    resumable: bool,
) -> dict[str, Any]:
    from ..core.ports import EvaluateRequest
    from ..projects.prepare import Wishes, prepare_project
    from .evaluate import judged
    from .library import bring, chosen_model
    from .train import train_new

    bring(model, screen)
    project = prepare_project(
        folder,
        train_file,
        Wishes(text="text", label="label", per_class=PER_CLASS, seed=seed),
        model=chosen_model(model),
        test=test_file,
        report=screen.show,
    )
    trained = train_new(project, screen, settings=settings, preset=preset, resumable=resumable)
    result = judged(project, trained["name"], EvaluateRequest("test"), screen)
    return {
        **result,
        "project": str(folder),
        "model": project.file.model,
        "train_rows": len(project.file.splits["train"]),
        "valid_rows": len(project.file.splits["valid"]),
        "training_seconds": trained["seconds"],
    }


def in_words(result: dict[str, Any]) -> str:
    """Accuracy, precision, recall and F1 beside what the model had to beat."""
    from ..evaluation.metrics import Judgement
    from ..evaluation.report import metrics_table

    table = metrics_table(Judgement.from_dict(result), result.get("baselines") or {})
    lines = [
        f"{result['model']} learnt from {result['train_rows']} reviews in "
        f"{result['training_seconds']:.0f} s and was judged on {result['rows']} others.",
        "",
        table,
    ]
    if result["kept"]:
        lines += ["", f"The project is kept: {result['project']}"]
    return "\n".join(lines)
