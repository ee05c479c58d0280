"""The labels: very uneven ones, slips of the pen, and spellings that mean the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import PhaseChanged, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from ..checks import normalised
from .findings import HARMS, NOTE, SPLITS, Checking, Finding, Look, Repair, Rows, nothing

if TYPE_CHECKING:
    import numpy as np

_TOO_MANY = 1000  # labels, to compare each with each
FEW = 8  # rows of a class, below which little can be learnt or judged
UNEVEN = 10  # times as many rows


def counts_of(rows: Rows, look: Look) -> tuple[dict[str, int], int, dict[str, dict[str, int]]]:
    """Rows of each label, rows without any, and the rows of each label by split."""
    import numpy as np
    import pyarrow.compute as pc

    if look.label is None:
        return {}, len(rows.ids), {}
    coded = pc.dictionary_encode(rows.table[look.label]).combine_chunks()
    cells = coded.dictionary.to_pylist()
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    by_split = {
        name: np.bincount(codes[rows.split == number], minlength=len(cells))
        for number, name in enumerate(SPLITS, 1)
    }
    every = np.bincount(codes, minlength=len(cells))
    counts: dict[str, int] = {}
    split_counts: dict[str, dict[str, int]] = {name: {} for name in SPLITS}
    blank = 0
    for place, cell in enumerate(cells):
        names = labels_in(cell, look)
        if not names:
            blank += int(every[place])
        for name in names:
            counts[name] = counts.get(name, 0) + int(every[place])
            for split in SPLITS:
                here = split_counts[split]
                here[name] = here.get(name, 0) + int(by_split[split][place])
    return counts, blank, split_counts


def labels_in(cell: str, look: Look) -> list[str]:
    """The labels in a cell; a cell that cannot be read has none."""
    if not cell.strip():
        return []
    return look.classes_of(cell) if look.classes_of is not None else [cell]


def check_labels(rows: Rows, look: Look) -> Checking:
    """Slips and spellings to merge, rows without a label, uneven classes."""
    yield PhaseChanged("labels")
    if look.label is None:
        return []
    counts, blank, _ = counts_of(rows, look)
    yield Tick()
    found = []
    if look.one_label:
        for keep, others in alike(counts).items():
            found.append(_to_merge(rows, look, counts, keep, others))
            yield Tick()
    if blank:
        found.append(_unlabelled(rows, look, blank))
    found += _uneven(rows, look, counts)
    yield Tick()
    return found


def alike(counts: Mapping[str, int]) -> dict[str, list[str]]:
    """Labels that are likely meant to be one: the commonest spelling -> the others.

    They differ in width, case and blanks only, or a rare one is a letter away from a common one
    (two letters in words of ten or more). Numbered labels ("item 1", "item 2") are meant.
    """
    groups: dict[str, list[str]] = {}
    for label in counts:
        groups.setdefault(normalised(label), []).append(label)
    keep_of: dict[str, str] = {}
    for plain, group in groups.items():
        keep_of[plain] = max(group, key=lambda label: (counts[label], label == label.strip()))
    totals = {plain: sum(counts[label] for label in group) for plain, group in groups.items()}
    home = {plain: plain for plain in groups}
    if len(groups) <= _TOO_MANY:
        for rare, few in sorted(totals.items()):
            near = [
                (many, common)
                for common, many in totals.items()
                if few * 10 <= many and _is_slip(rare, common)
            ]
            if near:
                home[rare] = max(near)[1]
    found: dict[str, list[str]] = {}
    for plain, group in groups.items():
        target = home[plain]
        while home[target] != target:
            target = home[target]
        keep = keep_of[target]
        others = [label for label in group if label != keep]
        if others:
            found.setdefault(keep, []).extend(sorted(others))
    return found


def _is_slip(rare: str, common: str) -> bool:
    from rapidfuzz.distance import OSA

    short = min(len(rare), len(common))
    if rare == common or short < 5 or _digits(rare) != _digits(common):
        return False
    most = 2 if short >= 10 else 1
    return OSA.distance(rare, common, score_cutoff=most) <= most


def _digits(label: str) -> str:
    return "".join(c for c in label if c.isdigit())


def rows_with(rows: Rows, column: str, values: Any) -> np.ndarray:
    """Places of the rows that have one of the values in a column."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    inside = pc.is_in(rows.table[column], value_set=pa.array(list(values), pa.string()))
    return np.flatnonzero(inside.to_numpy())


def _to_merge(
    rows: Rows, look: Look, counts: Mapping[str, int], keep: str, others: list[str]
) -> Finding:
    assert look.label is not None
    places = rows_with(rows, look.label, others)
    named = ", ".join(f'"{label}" ({counts[label]})' for label in others[:5])
    more = ", …" if len(others) > 5 else ""
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", 'Is {others} the same label as "{keep}" ({count} rows)?'),
        {"others": named + more, "keep": keep, "count": counts[keep]},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine", "Two spellings are two classes: the model would have to tell them apart."
        )
    )
    title = Sentence(
        QT_TRANSLATE_NOOP("engine", 'Make {count} rows "{keep}"'),
        {"count": len(places), "keep": keep},
    )
    ids = rows.ids[places]
    repair = Repair("merge", title, ids, {"to": keep, "from": list(others)})
    return Finding("spelling", HARMS, what, why, ids, nothing(), (repair,))


def _unlabelled(rows: Rows, look: Look, count: int) -> Finding:
    import numpy as np
    import pyarrow.compute as pc

    assert look.label is not None
    column = rows.table[look.label]
    blank = pc.equal(pc.utf8_trim_whitespace(column), "").to_numpy()
    what = Sentence(QT_TRANSLATE_NOOP("engine", "{count} rows have no label."), {"count": count})
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "They are in no split. Label them (tab Label), or let teachers label them "
            "(Train, Pattern-exploiting training).",
        )
    )
    return Finding("unlabelled", NOTE, what, why, rows.ids[np.flatnonzero(blank)], nothing())


def _uneven(rows: Rows, look: Look, counts: Mapping[str, int]) -> list[Finding]:
    if len(counts) < 2:
        return []
    assert look.label is not None
    ordered = sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))
    few = [name for name, count in ordered if count < FEW]
    found = []
    if few:
        places = rows_with(rows, look.label, few) if look.one_label else nothing()
        named = ", ".join(f'"{name}"' for name in few[:5]) + (", …" if len(few) > 5 else "")
        what = Sentence(
            QT_TRANSLATE_NOOP("engine", "{count} labels have fewer than {few} rows: {labels}."),
            {"count": len(few), "few": FEW, "labels": named},
        )
        why = Sentence(
            QT_TRANSLATE_NOOP(
                "engine", "So few rows can hardly be learnt, and say nothing when judged."
            )
        )
        found.append(Finding("few", HARMS, what, why, rows.ids[places], nothing()))
    (small, least), (large, most) = ordered[0], ordered[-1]
    if most >= UNEVEN * least:
        places = rows_with(rows, look.label, [small]) if look.one_label else nothing()
        what = Sentence(
            QT_TRANSLATE_NOOP(
                "engine", '"{large}" has {most} rows, "{small}" only {least}: {times} times less.'
            ),
            {
                "large": large,
                "most": most,
                "small": small,
                "least": least,
                "times": round(most / max(1, least)),
            },
        )
        why = Sentence(
            QT_TRANSLATE_NOOP(
                "engine", "Look at macro F1: accuracy hides what becomes of the small classes."
            )
        )
        found.append(Finding("uneven", NOTE, what, why, rows.ids[places], nothing()))
    return found
