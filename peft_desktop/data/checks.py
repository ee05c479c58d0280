"""What is wrong with the data itself, before hours are spent on it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

_SHOWN = 5
_TOO_MANY_TO_COMPARE = 500  # labels


def check_labels(
    labels: Sequence[str], *, file: str | None = None, column: str | None = None
) -> list[Warned]:
    """Warnings about the classes: single rows, rows without a label, names that look alike.

    Raises UserError for fewer than two classes.
    """
    counts = Counter(labels)
    blank = sum(count for label, count in counts.items() if not label.strip())
    classes = {label: count for label, count in counts.items() if label.strip()}
    if len(classes) < 2:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", 'A classifier needs two classes; here there is only "{label}".'
            )
            if classes
            else QT_TRANSLATE_NOOP("engine", "A classifier needs two classes; here is no label."),
            QT_TRANSLATE_NOOP("engine", "Choose another label column, or add rows."),
            file=file,
            field=column,
            label=next(iter(classes), ""),
        )
    told = []
    if blank:
        told.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{count} rows have no label; they are kept as unlabelled rows."
                ),
                {"count": blank},
            )
        )
    single = sorted(label for label, count in classes.items() if count == 1)
    if single:
        told.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "{count} classes have one row only; they can be trained, not judged: {labels}.",
                ),
                {"count": len(single), "labels": _some(single)},
            )
        )
    return told + _look_alikes(classes)


def blank_texts(texts: Sequence[str], rows: Sequence[int] | None = None) -> list[Warned]:
    """A warning with the numbers of the rows whose text is empty or blank.

    `rows` are the numbers to show; without them rows count from 1.
    """
    numbers = rows if rows is not None else range(1, len(texts) + 1)
    blank = [row for row, text in zip(numbers, texts, strict=True) if not text.strip()]
    if not blank:
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP("engine", "{count} rows have no text, for example row {rows}."),
            {"count": len(blank), "rows": _some([str(row) for row in blank])},
        )
    ]


def overlap(train_texts: Iterable[str], test_texts: Iterable[str]) -> list[Warned]:
    """A warning when test texts are among the training texts, but for case, width and blanks."""
    known = {normalised(text) for text in train_texts}
    known.discard("")
    both = [text for text in test_texts if normalised(text) in known]
    if not both:
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                "{count} test texts are also in the training data, so the result will look "
                'better than it is; for example "{example}".',
            ),
            {"count": len(both), "example": _short(both[0])},
        )
    ]


def normalised(text: str) -> str:
    """The text without differences of width, case and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _look_alikes(classes: dict[str, int]) -> list[Warned]:
    told = []
    groups: dict[str, list[str]] = {}
    for label in classes:
        groups.setdefault(normalised(label), []).append(label)
    for group in groups.values():
        if len(group) > 1:
            told.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "The labels {labels} differ only in case, width or blanks; are they one "
                        "class?",
                    ),
                    {"labels": ", ".join(f'"{label}"' for label in sorted(group))},
                )
            )
    return told + _slips(classes)


def _slips(classes: dict[str, int]) -> list[Warned]:
    """A rare label one letter away from a common one ("postive"); numbered labels are meant."""
    if len(classes) > _TOO_MANY_TO_COMPARE:
        return []
    from rapidfuzz.distance import OSA

    told = []
    for rare, few in sorted(classes.items()):
        for common, many in sorted(classes.items()):
            if few * 10 > many or min(len(rare), len(common)) < 5:
                continue
            if normalised(rare) == normalised(common) or _digits(rare) != _digits(common):
                continue
            if OSA.distance(normalised(rare), normalised(common), score_cutoff=1) == 1:
                told.append(
                    Warned(
                        QT_TRANSLATE_NOOP(
                            "engine",
                            'Is the label "{rare}" ({few} rows) a slip of "{common}" ({many})?',
                        ),
                        {"rare": rare, "few": few, "common": common, "many": many},
                    )
                )
    return told


def _digits(label: str) -> str:
    return "".join(c for c in label if c.isdigit())


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:_SHOWN]) + (", ..." if len(words) > _SHOWN else "")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
