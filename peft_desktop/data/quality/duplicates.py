"""The same text twice: in the data, with two labels, or on both sides of a split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import PhaseChanged, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .findings import HARMS, LIES, Checking, Finding, Look, Repair, Rows

if TYPE_CHECKING:
    import numpy as np

TRAIN, VALID, TEST = 1, 2, 3


def check_duplicates(rows: Rows, look: Look) -> Checking:
    """Repeated texts, exactly or but for width, case and blanks; contradictions; leaks."""
    import numpy as np

    yield PhaseChanged("duplicates")
    if not len(rows.ids):
        return []
    filled = _is_filled(rows)
    plain = np.where(filled, rows.plain, -1)
    labels = label_codes(rows, look)
    yield Tick()
    found = [
        *_leaks(rows, plain),
        *(_contradictions(rows, plain, labels) if look.one_label and look.label else []),
    ]
    yield Tick()
    found += _repeated(rows, plain, labels)
    yield Tick()
    return found


def label_codes(rows: Rows, look: Look) -> np.ndarray:
    """A number for each row's label; -1 where it is blank or there is no label column."""
    import numpy as np
    import pyarrow.compute as pc

    if look.label is None:
        return np.full(len(rows.ids), -1, dtype=np.int64)
    column = rows.table[look.label]
    found = pc.dictionary_encode(column).combine_chunks()
    codes = np.asarray(found.indices.to_numpy(zero_copy_only=False)).astype(np.int64)
    blank = pc.equal(pc.utf8_trim_whitespace(found.dictionary), "").to_numpy(zero_copy_only=False)
    return np.where(blank[codes], -1, codes) if len(codes) else codes


def _is_filled(rows: Rows) -> np.ndarray:
    import pyarrow.compute as pc

    filled = pc.not_equal(rows.plain_texts, "").to_numpy(zero_copy_only=False)
    mask: np.ndarray = filled[rows.plain]
    return mask


def together(groups: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The chosen places, those of one group side by side in the order of the file, and a number
    for each group in the order of its first row."""
    import numpy as np

    _, first, number = np.unique(groups[chosen], return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    number = rank[number]
    order = np.argsort(number, kind="stable")
    return chosen[order], number[order]


def _repeated(rows: Rows, plain: np.ndarray, labels: np.ndarray) -> list[Finding]:
    """Texts that stand there more than once."""
    import numpy as np

    known = plain >= 0
    often = np.bincount(plain[known], minlength=1) > 1
    chosen = np.flatnonzero(known & often[plain])
    exact = np.bincount(rows.code, minlength=1)[rows.code[chosen]] > 1
    found = []
    for kind, places in (("duplicate", chosen[exact]), ("alike", chosen[~exact])):
        if not len(places):
            continue
        if kind == "alike":  # with the row that it is like
            places = chosen[np.isin(plain[chosen], plain[places])]
        ordered, groups = together(plain, places)
        spare = spare_places(plain[ordered], labels[ordered], rows.split[ordered])
        found.append(_repeated_finding(kind, rows.ids[ordered], groups, rows.ids[ordered[spare]]))
    return found


def spare_places(groups: np.ndarray, labels: np.ndarray, split: np.ndarray) -> np.ndarray:
    """Places of the rows that say what another row of their group says too.

    Of each group and label one row stays: one to train on where there is one, so that a leak is
    mended along. Unlabelled rows are spare where another row of the group stays.
    """
    import numpy as np

    first = np.where(split == TRAIN, 0, np.where(split > TRAIN, 1, 2))
    order = np.lexsort((np.arange(len(groups)), first, labels < 0, labels, groups))
    same = np.zeros(len(groups), dtype=bool)
    g, lab = groups[order], labels[order]
    same[1:] = (g[1:] == g[:-1]) & (lab[1:] == lab[:-1])
    labelled = np.unique(groups[labels >= 0])
    idle = (lab < 0) & np.isin(g, labelled)
    return np.sort(order[same | idle])


def _repeated_finding(kind: str, ids: Any, groups: Any, spare: Any) -> Finding:
    values = {"count": len(ids), "texts": int(groups.max()) + 1}
    if kind == "duplicate":
        what = Sentence(
            QT_TRANSLATE_NOOP("engine", "{count} rows share {texts} texts, letter by letter."),
            values,
        )
    else:
        what = Sentence(
            QT_TRANSLATE_NOOP(
                "engine", "{count} rows share {texts} texts but for width, case and blanks."
            ),
            values,
        )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "What stands there twice counts twice when the model learns, and when it is judged.",
        )
    )
    return Finding(kind, HARMS, what, why, ids, groups, _keep_one(spare))


def _keep_one(spare: Any) -> tuple[Repair, ...]:
    if not len(spare):
        return ()
    title = Sentence(
        QT_TRANSLATE_NOOP("engine", "Keep one of each, leave out {count} rows"),
        {"count": len(spare)},
    )
    return (Repair("exclude", title, spare, {"why": "duplicate"}),)


def _contradictions(rows: Rows, plain: np.ndarray, labels: np.ndarray) -> list[Finding]:
    """The same text with different labels."""
    import numpy as np

    known = np.flatnonzero((plain >= 0) & (labels >= 0))
    if not len(known):
        return []
    width = int(labels.max()) + 1
    pairs, counts = np.unique(plain[known] * width + labels[known], return_counts=True)
    of_text = pairs // width
    texts, several = np.unique(of_text, return_counts=True)
    torn = texts[several > 1]
    chosen = known[np.isin(plain[known], torn)]
    if not len(chosen):
        return []
    ordered, groups = together(plain, chosen)
    # the label that most rows of a text have; none where two are as common
    best: dict[int, int] = {}
    tie: set[int] = set()
    most: dict[int, int] = {}
    inside = np.isin(of_text, torn)
    for pair, count in zip(pairs[inside].tolist(), counts[inside].tolist(), strict=True):
        text, label = divmod(pair, width)
        if count > most.get(text, 0):
            most[text], best[text] = count, label
            tie.discard(text)
        elif count == most[text]:
            tie.add(text)
    minority = np.array(
        [
            place
            for place in ordered.tolist()
            if int(plain[place]) not in tie and best[int(plain[place])] != int(labels[place])
        ],
        dtype=np.int64,
    )
    repairs = []
    if len(minority):
        title = Sentence(
            QT_TRANSLATE_NOOP("engine", "Give {count} rows the label that most others have"),
            {"count": len(minority)},
        )
        repairs.append(Repair("majority", title, rows.ids[minority]))
    title = Sentence(
        QT_TRANSLATE_NOOP("engine", "Leave out all {count} rows"), {"count": len(ordered)}
    )
    repairs.append(Repair("exclude", title, rows.ids[ordered], {"why": "contradiction"}))
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", "{texts} texts have different labels in {count} rows."),
        {"texts": len(torn), "count": len(ordered)},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "Nobody can answer these rightly: at least one of the labels is a mistake, or the "
            "label needs more than the text.",
        )
    )
    return [Finding("contradiction", HARMS, what, why, rows.ids[ordered], groups, tuple(repairs))]


def _leaks(rows: Rows, plain: np.ndarray) -> list[Finding]:
    """Test rows that also stand in training or validation, validation rows also in training."""
    import numpy as np

    homes = [np.unique(plain[(rows.split == split) & (plain >= 0)]) for split in range(4)]
    test = (rows.split == TEST) & (np.isin(plain, homes[TRAIN]) | np.isin(plain, homes[VALID]))
    valid = (rows.split == VALID) & np.isin(plain, homes[TRAIN])
    leaked = np.flatnonzero(test | valid)
    if not len(leaked):
        return []
    beside = np.isin(plain, plain[leaked]) & (rows.split > 0)
    ordered, groups = together(plain, np.flatnonzero(beside))
    what = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "{test} test rows and {valid} validation rows have texts that the model learns from.",
        ),
        {"test": int(test.sum()), "valid": int(valid.sum())},
    )
    return [leak_finding("leak", what, rows, ordered, groups, leaked)]


def leak_finding(
    kind: str, what: Sentence, rows: Rows, ordered: np.ndarray, groups: np.ndarray, leaked: Any
) -> Finding:
    """`leaked`: places of the rows to take out of test and validation."""
    count = {"count": len(leaked)}
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "A model is right on what it has learnt by heart, so the figures look better than "
            "they are.",
        )
    )
    repairs = (
        Repair(
            "exclude",
            Sentence(
                QT_TRANSLATE_NOOP("engine", "Leave these {count} test and validation rows out"),
                count,
            ),
            rows.ids[leaked],
            {"why": "leak"},
        ),
        Repair(
            "move",
            Sentence(QT_TRANSLATE_NOOP("engine", "Move these {count} rows to training"), count),
            rows.ids[leaked],
            {"to": "train"},
        ),
    )
    return Finding(kind, LIES, what, why, rows.ids[ordered], groups, repairs)
