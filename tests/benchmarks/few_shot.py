"""Few labelled rows: every method on the protocol of LM-BFF (Gao et al. 2021, arXiv:2012.15723).

16 rows a class to train, 16 to select by, five seeds, a fixed sample of 1,000 test rows, mean and
standard deviation. Every row of the table has the same budget (the program's own defaults: 300
steps of 8 rows at most, ended early by the selection rows) and the same templates. Each cell is the
command line as a user runs it, and is kept when it is done: stop it and start it again at will. Two
processes may measure different cells at a time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import _common as common
import _few_shot_tasks as few
import _setfit

MINILM, SMOLLM2, MASKED = "all-minilm-l6-v2", "smollm2-135m-instruct", "minilm-l6-mlm"
PROMPT = "weight_fine_tune=0"
BASELINES = ("majority", "zero-shot", "zero-shot, calibrated")
SETFIT = "SetFit"


@dataclass(frozen=True)
class Way:
    """One row of the table: a method and its settings; `kind` says how it is carried out."""

    title: str
    method: str
    settings: tuple[str, ...] = ()
    kind: str = "train"  # or "ensemble", "pet", "pet into minilm", "setfit"
    families: tuple[str, ...] = ("causal", "masked", "encoder", "seq2seq")


MAIN = "main"  # the method that suits the family best
# the cheap and telling ones first
WAYS = (
    Way("head only", "head_only"),
    Way("sum loss", MAIN),
    Way("contrastive", "contrastive", families=("encoder",)),
    Way(SETFIT, "", kind="setfit", families=("encoder",)),
    Way("prompt, LoRA", "lora", (PROMPT,)),
    Way("template ensemble", MAIN, kind="ensemble"),
    Way("PET", MAIN, (PROMPT,), kind="pet"),
    Way("standard fine-tuning", "full", ("weight_prompt=0",)),
    Way("prompt, full", "full", (PROMPT,)),
    Way("PET into MiniLM", MAIN, (PROMPT,), kind="pet into minilm", families=("causal", "masked")),
    Way("prompt, BitFit", "bitfit", (PROMPT,)),
    Way("prompt, IA3", "ia3", (PROMPT,)),
    Way("prompt, prefix", "prefix_tuning", (PROMPT,)),
    Way("prompt, P-tuning", "p_tuning", (PROMPT,)),
    Way("prompt, prompt tuning", "prompt_tuning", (PROMPT,)),
)
FAMILIES = {MINILM: "encoder", SMOLLM2: "causal", MASKED: "masked"}
ENGLISH_ONLY = (MINILM, MASKED)  # they know hardly a Chinese character
FIRST = ("head only", "sum loss", "contrastive", SETFIT, "prompt, LoRA", "template ensemble", "PET")


@dataclass(frozen=True)
class Cell:
    task: str
    model: str
    way: Way
    seed: int
    test_rows: int

    @property
    def key(self) -> str:
        return f"{self.task} | {self.model} | {self.way.title} | {self.seed} | {self.test_rows}"


def family_of(model: str) -> str:
    if model in FAMILIES:
        return FAMILIES[model]
    from peft_desktop.tuning.models import Library

    return str(Library().get(model).family)


def main_method(family: str) -> str:
    return "lora" if family == "causal" else "full"


def project_of(cell: Cell, files: few.Files, work: Path, also: bool) -> Path:
    """The project of a split and a model, made once: its runs share what the untrained model says.

    With `also`, one whose prompt has the task's other templates as well.
    """
    name = f"{cell.task}-{cell.model}-{cell.seed}-{cell.test_rows}" + ("-also" if also else "")
    project = work / "projects" / name
    if (project / "project.peftproj").exists():
        return project
    shutil.rmtree(project, ignore_errors=True)
    task = few.TASKS[cell.task]
    wording = task.wording(family_of(cell.model))
    pairs = zip(task.labels, wording.words, strict=True)
    words = [part for label, word in pairs for part in ("--word", f"{label}={word}")]
    common.command(
        "init", project, "--data", files.train, "--valid", files.valid, "--test", files.test,
        "--text", "sentence", "--label", "label", "--model", cell.model,
        "--template", wording.templates[0].replace("\n", "\\n"), *words, "--seed", str(cell.seed),
    )  # fmt: skip
    if also:
        from peft_desktop.core.project import open_project

        opened = open_project(project)
        others = {"also": list(wording.templates[1:])}
        opened.update(prompt=opened.file.prompt.model_copy(update=others))
    return project


def measured(cell: Cell, data: Path, work: Path, threads: int) -> dict[str, Any]:
    """One cell: train and judge; its figures."""
    files = few.files(data, work, cell.task, cell.seed, cell.test_rows)
    if cell.way.kind == "setfit":
        from peft_desktop.tuning.models import Library

        folder = Library().path(cell.model)
        return _setfit.measure(work, folder, files.train, files.test, cell.seed, threads)
    project = project_of(cell, files, work, cell.way.kind == "ensemble")
    family = family_of(cell.model)
    method = main_method(family) if cell.way.method == MAIN else cell.way.method
    settings = [*cell.way.settings, *([f"threads={threads}"] if threads else [])]
    if method == "bitfit" and family == "causal":
        settings.append("norms=true")  # Llama has no biases
    if cell.way.kind.startswith("pet"):
        return _pet(cell, project, files, method, settings)
    run = cell.way.title.replace(",", "")
    shutil.rmtree(project / "runs" / run, ignore_errors=True)
    trained = common.command(
        "train", project, "--method", method, "--seed", str(cell.seed), "--name", run,
        *_sets("--set", settings),
    )  # fmt: skip
    judged = common.command("evaluate", project, run)
    _drop_weights(project, run)
    return _figures(trained, judged)


def _drop_weights(project: Path, runs: str) -> None:
    """Hundreds of models would fill the disk; what they said is kept."""
    for folder in project.glob(f"runs/{runs}/model"):
        shutil.rmtree(folder)


def _sets(option: str, settings: Sequence[str]) -> list[str]:
    return [part for setting in settings for part in (option, setting)]


def _pet(
    cell: Cell, project: Path, files: few.Files, method: str, settings: list[str]
) -> dict[str, Any]:
    """Three patterns, a teacher each, one student; `training_seconds` are those of all four."""
    wording = few.TASKS[cell.task].wording(family_of(cell.model))
    patterns = [t.replace("\n", "\\n") for t in wording.templates]
    of_student = [s for s in settings if s.startswith("threads")]
    name = cell.way.title.replace(" ", "-")
    student: list[str] = ["--student-method", method]
    if cell.way.kind == "pet into minilm":
        template = few.TASKS[cell.task].wording("encoder").templates[0]
        student = ["--student", MINILM, "--student-template", template]
    if (project / "pet" / name / "plan.json").exists():  # stopped in the middle: teachers are kept
        found = common.command("pet", project, "--name", name, "--resume")
    else:
        found = common.command(
            "pet", project, "--unlabelled", files.pool, "--name", name, "--seeds", str(cell.seed),
            "--method", method, *_sets("--template", patterns), *_sets("--set", settings),
            *student, *_sets("--student-set", of_student),
        )  # fmt: skip
    judged = common.command("evaluate", project, found["run"])
    _drop_weights(project, f"{name} *")
    teachers = [row["valid"]["accuracy"] for row in found["table"] if row["weight"] is not None]
    seconds = sum(row["took"] for row in found["table"])
    return {
        **_figures({**found["student"], "wall_seconds": found["wall_seconds"]}, judged),
        "training_seconds": seconds,
        "pool_rows": found["pool_rows"],
        "teachers_valid": teachers,
        "ensemble_valid": found.get("ensemble", {}).get("accuracy"),
        "agreement": found.get("agreement"),
    }


def _figures(trained: dict[str, Any], judged: dict[str, Any]) -> dict[str, Any]:
    names = ("zero_shot", "zero_shot_calibrated", "majority")
    return {
        "accuracy": judged["metrics"]["accuracy"],
        "macro_f1": judged["metrics"]["macro_f1"],
        "training_seconds": trained["training_seconds"],
        "wall_seconds": trained["wall_seconds"] + judged["wall_seconds"],
        "trained_parameters": trained["trained_parameters"],
        "steps": trained["steps"],
        "best_step": trained["best_step"],
        "baselines": {n: judged["baselines"][n]["accuracy"] for n in names},
    }


def cells(given: argparse.Namespace) -> Iterator[Cell]:
    """In the order of worth: the first ways on all models before the others; MiniLM first."""
    for first in (True, False):
        for model in given.models:
            for way in WAYS:
                wanted = not given.rows or way.title in given.rows
                if (way.title in FIRST) != first or not wanted:
                    continue
                if family_of(model) not in way.families:
                    continue
                if way.kind == "setfit" and model != MINILM:
                    continue
                for task in given.tasks:
                    reads_english = model in ENGLISH_ONLY or way.kind == "pet into minilm"
                    if reads_english and task not in few.ENGLISH:
                        continue
                    for seed in given.seeds:
                        yield Cell(task, model, way, seed, given.test_rows)


def print_table(results: common.Results, given: argparse.Namespace) -> None:
    """All that is kept for this number of test rows."""
    of_row: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = {}
    for key, figures in results.kept.items():
        task, model, title, _, test_rows = key.split(" | ")
        if int(test_rows) != given.test_rows:
            continue
        of_row.setdefault((model, title), {}).setdefault(task, []).append(figures)
        for name, title in zip(("majority", "zero_shot", "zero_shot_calibrated"), BASELINES,
                               strict=True):  # fmt: skip
            if title_of := figures.get("baselines"):
                whose = "" if name == "majority" else model
                seen = of_row.setdefault((whose, title), {}).setdefault(task, [])
                if len(seen) < 1:
                    seen.append({"accuracy": title_of[name]})
    tasks = [t for t in few.TASKS if any(t in of for of in of_row.values())]
    titles = [*BASELINES, *(way.title for way in WAYS)]
    order = sorted(of_row, key=lambda row: (row[0] != "", row[0], titles.index(row[1])))
    lines = []
    for model, title in order:
        cells_of = of_row[model, title]
        shown = [f"{title}{f', {model}' if model else ''}"]
        for task in tasks:
            found = cells_of.get(task, [])
            values = [f["accuracy"] for f in found]
            text = common.spread(values) if len(values) > 1 else "".join(f"{v:.3f}" for v in values)
            seconds = [f["training_seconds"] for f in found if "training_seconds" in f]
            missing = f" [{len(values)}]" if 1 < len(values) < len(common.SEEDS) else ""
            shown += [text + missing, f"{common.mean(seconds):.0f}" if seconds else ""]
        lines.append(shown)
    head = ["row", *(part for task in tasks for part in (f"{task}, mean (std)", "s"))]
    print(f"\n{common.table(head, lines)}\n", flush=True)


def _arguments() -> argparse.Namespace:
    def several(text: str) -> list[str]:
        return [part.strip() for part in text.split(",") if part.strip()]

    def titles(text: str) -> list[str]:
        return [part.strip() for part in text.split(";") if part.strip()]

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled data")
    parser.add_argument("--again", action="store_true", help="forget kept results")
    parser.add_argument(
        "--tasks", type=several, default=list(few.ENGLISH), help="a,b: of " + ", ".join(few.TASKS)
    )
    parser.add_argument(
        "--models", type=several, default=[MINILM, SMOLLM2], help="names of the library"
    )
    parser.add_argument(
        "--rows", type=titles, default=[], help="a; b: of " + "; ".join(w.title for w in WAYS)
    )
    parser.add_argument(
        "--seeds",
        type=several,
        default=list(common.SEEDS),
        help="of " + ", ".join(map(str, common.SEEDS)),
    )
    parser.add_argument("--test-rows", type=int, default=1000, help="a fixed sample; 0: all")
    parser.add_argument("--threads", type=int, default=0, help="cores to use; 0: all")
    parser.add_argument("--list", action="store_true", help="say what is to do, and do nothing")
    given = parser.parse_args()
    given.seeds = [int(seed) for seed in given.seeds]
    unknown = [t for t in given.tasks if t not in few.TASKS]
    unknown += [r for r in given.rows if r not in [w.title for w in WAYS]]
    unknown += [str(s) for s in given.seeds if s not in common.SEEDS]
    if unknown:
        parser.error(f"not known: {', '.join(unknown)}")
    if not given.data.is_dir():
        parser.error(f"--data: there is no folder {given.data}")
    return given


def main() -> None:
    given = _arguments()
    results = common.Results("few-shot", given.again)
    wanted = list(cells(given))
    todo = [cell for cell in wanted if cell.key not in results.kept]
    print(f"{len(wanted)} cells, {len(todo)} to do; {common.machine()}", file=sys.stderr)
    for name in given.tasks:
        print(f"  {name}: unlabelled texts are {few.TASKS[name].pool}", file=sys.stderr)
    if given.list:
        print("\n".join(cell.key for cell in todo))
        return
    failed = []
    row = None
    for number, cell in enumerate(todo, 1):
        if row not in (None, (cell.model, cell.way)):
            print_table(results, given)
        row = (cell.model, cell.way)
        try:
            found = results.once(
                cell.key, lambda c=cell: measured(c, given.data, results.work, given.threads)
            )
        except SystemExit as error:  # one that fails must not keep the others from being measured
            failed.append(cell.key)
            said = str(error).strip().splitlines()[-1]
            print(f"FAILED {cell.key}: {said}", file=sys.stderr, flush=True)
            continue
        told = f"{found['accuracy']:.3f} in {found['training_seconds']:.0f} s"
        print(f"[{number}/{len(todo)}] {cell.key}: {told}", file=sys.stderr, flush=True)
    print(common.machine())
    print_table(results, given)
    if failed:
        sys.exit(f"{len(failed)} cells failed: " + "; ".join(failed))


if __name__ == "__main__":
    main()
