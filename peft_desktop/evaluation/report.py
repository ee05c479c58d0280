"""A judgement as a table for the terminal and as `metrics.json` in the run's folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.files import atomic_write
from ..core.words import QT_TRANSLATE_NOOP, Sentence, Translate
from .baselines import BASELINE_TITLES
from .intervals import Interval, sentence_for
from .metrics import METRIC_TITLES, Judgement

METRICS_FILE = "metrics.json"
METRICS_VERSION = 1
_WIDEST_LABEL = 32  # terminal cells
_MATRIX_LABELS = 8  # more than these do not fit beside each other
_MOST_MISTAKES = 10

Baselines = Mapping[str, Mapping[str, float]]
Intervals = Mapping[str, Interval]


def evaluation_record(
    judgement: Judgement, baselines: Baselines, intervals: Intervals | None = None
) -> dict[str, Any]:
    """What `evaluate --json` and `metrics.json` hold for one split, ready for JSON."""
    record = judgement.to_dict()
    record["baselines"] = {name: dict(metrics) for name, metrics in baselines.items()}
    if intervals is not None:
        record["intervals"] = {name: each.to_dict() for name, each in intervals.items()}
    return record


def write_metrics(
    run_folder: Path,
    split: str,
    judgement: Judgement,
    baselines: Baselines,
    intervals: Intervals | None = None,
) -> Path:
    """Put the result on `split` into the run's `metrics.json`, as `write_record` does."""
    return write_record(run_folder, split, evaluation_record(judgement, baselines, intervals))


def write_record(run_folder: Path, split: str, record: Mapping[str, Any]) -> Path:
    """Put a task's record of `split` into the run's `metrics.json`; other splits in it stay.

    A file that cannot be read is kept beside it under another name. Raises UserError for a file
    of a newer version.
    """
    path = run_folder / METRICS_FILE
    try:
        splits = read_metrics(run_folder)
    except ValueError:
        atomic_write(_free_name(run_folder), path.read_bytes())
        splits = {}
    splits[split] = dict(record)
    text = json.dumps(
        {"version": METRICS_VERSION, "splits": splits},
        ensure_ascii=False,
        allow_nan=False,
        indent=1,
    )
    # a lone surrogate in a label has no UTF-8; its backslash form is what JSON calls it anyway
    atomic_write(path, (text + "\n").encode("utf-8", "backslashreplace"))
    return path


def read_metrics(run_folder: Path) -> dict[str, dict[str, Any]]:
    """Split -> what `evaluation_record` wrote; empty where nothing was evaluated yet.

    Raises UserError for a file of a newer version, ValueError for one that is none of ours.
    """
    path = run_folder / METRICS_FILE
    if not path.exists():
        return {}
    held = json.loads(path.read_bytes().decode("utf-8"))
    version = held.get("version") if isinstance(held, dict) else None
    if isinstance(version, int) and version > METRICS_VERSION:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This file was written by a newer version."),
            QT_TRANSLATE_NOOP("engine", "Update the program to open it."),
            file=path,
        )
    splits = held.get("splits") if isinstance(held, dict) else None
    if version != METRICS_VERSION or not isinstance(splits, dict):
        raise ValueError(f"{path} holds no metrics")
    return splits


def _free_name(run_folder: Path) -> Path:
    number = 1
    while (path := run_folder / f"metrics.broken-{number}.json").exists():
        number += 1
    return path


def report(
    judgement: Judgement,
    baselines: Baselines,
    intervals: Intervals | None = None,
    translate: Translate | None = None,
) -> str:
    """The whole result as plain text: headline, metrics beside the baselines, classes, mistakes."""
    say = _speaker(translate)
    majority = baselines.get("majority", {}).get("accuracy")
    parts = [_said(sentence_for(judgement, majority), translate)]
    parts.append(metrics_table(judgement, baselines, intervals, translate))
    parts.append(classes_table(judgement, translate))
    parts.append(confusion_table(judgement, translate))
    parts += [_printable(_said(note, translate)) for note in judgement.notes]
    reasons = {name: _said(why, translate) for name, why in judgement.unknown.items()}
    parts += [f"{say(METRIC_TITLES[name])}: {why}" for name, why in reasons.items()]
    return "\n\n".join(part for part in parts if part) + "\n"


def metrics_table(
    judgement: Judgement,
    baselines: Baselines,
    intervals: Intervals | None = None,
    translate: Translate | None = None,
) -> str:
    """One line a metric: the model, its interval where known, every baseline."""
    say = _speaker(translate)
    names = [n for n in BASELINE_TITLES if n in baselines]
    names += [n for n in baselines if n not in BASELINE_TITLES]
    head = ["", say(QT_TRANSLATE_NOOP("engine", "Model"))]
    if intervals:
        level = next(iter(intervals.values())).level
        head.append(
            say(QT_TRANSLATE_NOOP("engine", "{percent} % interval")).format(
                percent=f"{100 * level:g}"
            )
        )
    head += [say(BASELINE_TITLES.get(name, name)) for name in names]
    lines = [head]
    for metric, title in METRIC_TITLES.items():
        if metric not in judgement.metrics:
            if metric in judgement.unknown:
                lines.append([say(title), "-", *[""] * (len(head) - 2)])
            continue
        line = [say(title), _number(judgement.metrics[metric])]
        if intervals:
            each = intervals.get(metric)
            line.append(f"{_number(each.low)} - {_number(each.high)}" if each else "")
        line += [_number(baselines[name].get(metric)) for name in names]
        lines.append(line)
    return aligned(lines)


def classes_table(judgement: Judgement, translate: Translate | None = None) -> str:
    """One line a class: precision, recall, F1, its rows, how often it was predicted."""
    say = _speaker(translate)
    lines = [
        [
            say(QT_TRANSLATE_NOOP("engine", "Label")),
            say(QT_TRANSLATE_NOOP("engine", "Precision")),
            say(QT_TRANSLATE_NOOP("engine", "Recall")),
            "F1",
            say(QT_TRANSLATE_NOOP("engine", "Rows")),
            say(QT_TRANSLATE_NOOP("engine", "Predicted")),
        ]
    ]
    for score in judgement.per_class:
        lines.append(
            [
                _printable(score["label"]),
                _number(score["precision"]),
                _number(score["recall"]),
                _number(score["f1"]),
                str(score["support"]),
                str(score["predicted"]),
            ]
        )
    return aligned(lines)


def confusion_table(judgement: Judgement, translate: Translate | None = None) -> str:
    """The confusion matrix; with many labels the commonest mistakes instead. Empty: no mistake."""
    say = _speaker(translate)
    matrix = judgement.confusion["matrix"]
    labels = [_printable(label) for label in judgement.labels]
    if len(labels) <= _MATRIX_LABELS:
        corner = say(QT_TRANSLATE_NOOP("engine", "True \\ predicted"))
        rows = zip(labels, matrix, strict=True)
        return aligned([[corner, *labels], *([name, *map(str, row)] for name, row in rows)])
    mistakes = sorted(
        (-count, i, j)
        for i, row in enumerate(matrix)
        for j, count in enumerate(row)
        if count and i != j
    )[:_MOST_MISTAKES]
    if not mistakes:
        return ""
    lines = [
        [
            say(QT_TRANSLATE_NOOP("engine", "Commonest mistakes")),
            say(QT_TRANSLATE_NOOP("engine", "Taken for")),
            say(QT_TRANSLATE_NOOP("engine", "Rows")),
        ]
    ]
    return aligned(lines + [[labels[i], labels[j], str(-count)] for count, i, j in mistakes])


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Columns under each other, the first to the left, the others to the right.

    Widths are terminal cells: a Chinese character takes two. Long cells are cut at 32.
    """
    from rich.cells import cell_len, set_cell_size

    def cut(cell: str) -> str:
        wide = cell_len(cell) > _WIDEST_LABEL
        return set_cell_size(cell, _WIDEST_LABEL - 3).rstrip() + "..." if wide else cell

    cells = [[cut(cell) for cell in line] for line in lines]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*cells, strict=True)]
    rows = []
    for line in cells:
        padded = [" " * (w - cell_len(c)) for c, w in zip(line, widths, strict=True)]
        first = line[0] + padded[0]
        rest = [blank + cell for cell, blank in zip(line[1:], padded[1:], strict=True)]
        rows.append("  ".join([first, *rest]).rstrip())
    return "\n".join(rows)


def _said(sentence: Sentence, translate: Translate | None) -> str:
    return str(sentence) if translate is None else sentence.in_words(translate)


def _speaker(translate: Translate | None) -> Any:
    return (lambda text: text) if translate is None else (lambda text: translate("engine", text))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _printable(text: str) -> str:
    """Control characters, odd spaces and lone surrogates shown as escapes, never obeyed."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
