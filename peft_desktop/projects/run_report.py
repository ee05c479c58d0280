"""A run as one HTML page: data, prompt, settings, metrics, curves, errors, hashes.

The page needs nothing beside it: no script, no picture file, no network.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP, Sentence, Translate
from .report_facts import data_part, environment_part, prompt_part, settings_part, training_part
from .report_parts import Part, Say, Table, plot

if TYPE_CHECKING:
    from ..core.project import Project
    from ..core.runs import Run

TEMPLATE = "report.html"
_MOST_ERRORS = 40
_LONGEST_TEXT = 400
_MOST_CLASSES = 200
_MATRIX_LABELS = 12
_SPLITS = {
    "test": QT_TRANSLATE_NOOP("engine", "Test rows"),
    "valid": QT_TRANSLATE_NOOP("engine", "Validation rows"),
    "train": QT_TRANSLATE_NOOP("engine", "Training rows"),
}
_CURVES = {
    "roc": QT_TRANSLATE_NOOP("engine", "ROC: hits and false alarms at every threshold"),
    "precision_recall": QT_TRANSLATE_NOOP("engine", "Precision and recall at every threshold"),
    "calibration": QT_TRANSLATE_NOOP("engine", "Calibration: is it right as often as it is sure?"),
    "coverage": QT_TRANSLATE_NOOP("engine", "Accuracy when only the surest rows are answered"),
}


def write_report(
    project: Project,
    run: Run,
    target: Path,
    translate: Translate | None = None,
    language: str = "en",
    replace: bool = False,
) -> int:
    """Write the page; its size in bytes. Raises UserError: the run's folder is gone or damaged,
    nothing was judged yet, or there is a file of this name already."""
    from ..core.files import atomic_write

    if target.is_dir() or (target.exists() and not replace):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is a file of this name already."),
            QT_TRANSLATE_NOOP("engine", "Choose another name; nothing was changed."),
            file=target,
        )
    page = report_page(project, run, translate, language)
    data = page.encode("utf-8", "backslashreplace")
    atomic_write(target, data)
    return len(data)


def report_page(
    project: Project, run: Run, translate: Translate | None = None, language: str = "en"
) -> str:
    """The page's text."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    from ..core.places import resources

    if not run.folder.is_dir():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The run's folder is gone."),
            QT_TRANSLATE_NOOP("engine", "Restore it from a copy, or choose another run."),
            file=run.folder,
        )
    words: Translate = translate or _as_written
    say = _speaker(words)
    parts = _judged_parts(project, run, words)
    parts += [training_part(run, say), prompt_part(run.recipe, say)]
    parts += [data_part(project, run.recipe, say), settings_part(run.recipe, say)]
    parts.append(environment_part(run, say))
    under = say(QT_TRANSLATE_NOOP("engine", "Project {project}, {task}, trained {when}"))
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(resources() / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template(TEMPLATE).render(
        language=language.replace("_", "-"),
        title=say(QT_TRANSLATE_NOOP("engine", 'Report of the run "{name}"')).format(name=run.name),
        under_title=under.format(
            project=project.file.name or project.folder.name,
            task=run.recipe.task.replace("_", " "),
            when=run.recipe.created_at[:16].replace("T", " ") or "-",
        ),
        parts=[part for part in parts if part is not None],
    )


def _judged_parts(project: Project, run: Run, words: Translate) -> list[Part | None]:
    from ..core.project import broken
    from ..evaluation.report import METRICS_FILE, read_metrics

    source = run.folder / METRICS_FILE
    try:
        splits = read_metrics(run.folder)
    except (ValueError, OSError) as error:
        raise broken(source, None) from error
    if not splits:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The run "{name}" was not judged yet.'),
            QT_TRANSLATE_NOOP("engine", "Judge it first, then make the report."),
            file=run.folder,
            name=run.name,
        )
    first = next((name for name in _SPLITS if name in splits), next(iter(splits)))
    order = [first, *(name for name in splits if name != first)]
    try:
        parts: list[Part | None] = [
            _metrics(name, splits[name], run.recipe.task, words) for name in order
        ]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise broken(source, None) from error
    say = _speaker(words)
    peeks = project.file.test_peeks
    if first == "test" and peeks and parts[0] is not None:
        looked = say(
            QT_TRANSLATE_NOOP(
                "engine", "How often the test rows of this project were looked at: {count}."
            )
        )
        parts[0].texts.append(looked.format(count=peeks))
    return [*parts, _curves(run, first, words), _errors(run, first, say)]


def _metrics(split: str, record: dict[str, Any], task: str, words: Translate) -> Part:
    from ..evaluation.baselines import BASELINE_TITLES
    from ..evaluation.intervals import sentence_for
    from ..evaluation.metrics import Judgement
    from ..evaluation.record_report import FURTHER_BASELINES, TITLES

    say = _speaker(words)
    part = Part(say(_SPLITS.get(split, split)))
    metrics, spread = record["metrics"], record.get("intervals") or {}
    baselines = record.get("baselines") or {}
    confusion = record.get("confusion") or {}
    if task == "classification" and record["rows"]:
        majority = (baselines.get("majority") or {}).get("accuracy")
        part.texts.append(sentence_for(Judgement.from_dict(record), majority).in_words(words))
    rows = say(QT_TRANSLATE_NOOP("engine", "{count} rows were judged."))
    part.texts.append(rows.format(count=record["rows"]))
    part.texts += [
        Sentence(note["template"], note["values"]).in_words(words)
        for note in record.get("notes") or ()
    ]
    part.texts += [
        f"{say(TITLES.get(name, _plain(name)))}: "
        + Sentence(why["template"], why["values"]).in_words(words)
        for name, why in (record.get("unknown") or {}).items()
    ]
    named = {**BASELINE_TITLES, **FURTHER_BASELINES}
    percent = say(QT_TRANSLATE_NOOP("engine", "{percent} % interval"))
    level = next((each.get("level", 0.95) for each in spread.values()), 0.95)
    head = [
        say(QT_TRANSLATE_NOOP("engine", "Measure")),
        say(QT_TRANSLATE_NOOP("engine", "Model")),
        percent.format(percent=f"{100 * level:g}"),
        *(say(named.get(name, _plain(name))) for name in baselines),
    ]
    lines = []
    for name, value in metrics.items():
        each = spread.get(name)
        between = f"{_number(each['low'])} – {_number(each['high'])}" if each else ""
        others = [_number(of.get(name)) for of in baselines.values()]
        lines.append([say(TITLES.get(name, _plain(name))), _number(value), between, *others])
    part.tables.append(Table(head, lines, frozenset(range(1, len(head)))))
    part.tables += _classes(record, confusion, say)
    return part


def _classes(record: dict[str, Any], confusion: dict[str, Any], say: Say) -> list[Table]:
    tables = []
    classes = [each for each in record.get("per_class") or () if isinstance(each, dict)]
    if classes:
        names = [name for name, value in classes[0].items() if not isinstance(value, list | dict)]
        titles = {
            "label": QT_TRANSLATE_NOOP("engine", "Label"),
            "precision": QT_TRANSLATE_NOOP("engine", "Precision"),
            "recall": QT_TRANSLATE_NOOP("engine", "Recall"),
            "f1": "F1",
            "support": QT_TRANSLATE_NOOP("engine", "Rows"),
            "predicted": QT_TRANSLATE_NOOP("engine", "Predicted"),
        }
        lines = [[_number(each.get(name)) for name in names] for each in classes[:_MOST_CLASSES]]
        head = [say(titles.get(name, _plain(name))) for name in names]
        tables.append(Table(head, lines, frozenset(range(1, len(head)))))
    labels, matrix = confusion.get("labels") or [], confusion.get("matrix") or []
    if 0 < len(labels) <= _MATRIX_LABELS and len(matrix) == len(labels):
        corner = say(QT_TRANSLATE_NOOP("engine", "True \\ predicted"))
        lines = [[name, *map(str, row)] for name, row in zip(labels, matrix, strict=True)]
        tables.append(Table([corner, *labels], lines, frozenset(range(1, len(labels) + 1))))
    return tables


def _curves(run: Run, split: str, words: Translate) -> Part | None:
    """Nothing where there are no probabilities; why, where they cannot be used."""
    if run.recipe.task != "classification":
        return None
    from ..evaluation.curves import drawing, temperature_of
    from ..evaluation.scored import read_scored

    say = _speaker(words)
    part = Part(say(QT_TRANSLATE_NOOP("engine", "Curves")))
    try:
        scored = read_scored(run.folder, run.recipe.labels, split)
    except UserError as error:
        part.texts.append(error.what.in_words(words))
        return part
    temperature = temperature_of(run.folder)
    for kind, title in _CURVES.items():
        drawn = drawing(kind, scored, None, temperature)
        if drawn.note is not None and not drawn.lines:
            part.texts.append(f"{say(title)}: {drawn.note.in_words(words)}")
            continue
        lines = [
            (
                line.name.in_words(words) if isinstance(line.name, Sentence) else line.name,
                [float(x) for x in line.x],
                [float(y) for y in line.y],
            )
            for line in drawn.lines
        ]
        axes = (say(drawn.axes[0]), say(drawn.axes[1]))
        part.plots.append(plot(say(title), axes, lines, unit=True, diagonal=drawn.diagonal))
    return part


def _errors(run: Run, split: str, say: Say) -> Part | None:
    """Wrong rows, those first of which the model was surest."""
    import pyarrow.parquet as pq

    from ..data.store import load_table, rows_by_id

    part = Part(say(QT_TRANSLATE_NOOP("engine", "Wrong answers")))
    source, recipe = run.folder / "predictions.parquet", run.recipe
    missing = QT_TRANSLATE_NOOP("engine", "The run's answers are not there any more.")
    if not source.is_file():
        part.texts.append(say(missing))
        return part
    try:
        table = pq.read_table(source, filters=[("split", "=", split)])
    except (OSError, ValueError):
        part.texts.append(say(missing))
        return part
    if not {"label", "predicted_label", "_row_id"} <= set(table.column_names):
        return None
    gold, said = table["label"].to_pylist(), table["predicted_label"].to_pylist()
    wrong = [i for i, (a, b) in enumerate(zip(gold, said, strict=True)) if a != b]
    counted = QT_TRANSLATE_NOOP(
        "engine", "{wrong} of {rows} rows were answered otherwise than they are labelled."
    )
    part.texts.append(say(counted).format(wrong=len(wrong), rows=len(gold)))
    chances = [name for name in table.column_names if name.startswith("probability")]
    sure = [max(row.values()) for row in table.select(chances).to_pylist()] if chances else []
    if sure:
        wrong.sort(key=lambda i: -(sure[i] or 0.0))
    ids = [int(table["_row_id"][i].as_py()) for i in wrong[:_MOST_ERRORS]]
    texts = [""] * len(ids)
    with suppress(UserError):  # the table is another one now: the answers stand without texts
        rows = load_table(run.folder.parent.parent, recipe.data.sha256)
        column = recipe.data.text
        texts = [row[column] for row in rows_by_id(rows, ids, [column])] if column else texts
    lines = [
        [str(row), _cut(text), _cut(gold[i]), _cut(said[i]), f"{sure[i]:.3f}" if sure else ""]
        for row, text, i in zip(ids, texts, wrong[:_MOST_ERRORS], strict=True)
    ]
    head = [
        say(QT_TRANSLATE_NOOP("engine", "Row")),
        say(QT_TRANSLATE_NOOP("engine", "Text")),
        say(QT_TRANSLATE_NOOP("engine", "Label")),
        say(QT_TRANSLATE_NOOP("engine", "Predicted")),
        say(QT_TRANSLATE_NOOP("engine", "Probability")),
    ]
    if lines:
        shown = QT_TRANSLATE_NOOP("engine", "The {count} of which the model was surest.")
        part.tables.append(Table(head, lines, frozenset({4}), say(shown).format(count=len(lines))))
    return part


def _cut(text: Any) -> str:
    said = str(text)
    return said if len(said) <= _LONGEST_TEXT else said[:_LONGEST_TEXT] + "…"


def _plain(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _number(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _as_written(context: str, text: str) -> str:
    return text


def _speaker(words: Translate) -> Callable[[str], str]:
    return lambda text: words("engine", text)
