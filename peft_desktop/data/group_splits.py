"""Splits that keep groups together: rows of one author, thread or patient never part.

A model that saw a group's other rows knows more about its test rows than it ever will about new
ones, so its score would flatter. scikit-learn's StratifiedGroupKFold keeps groups together too,
but deals equal parts only and takes 15 s for 100,000 groups (this: 1 s).
A row whose group is blank is a group of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .splits import NAMES, Splits, _check_shares, _place


@dataclass(slots=True)
class _Group:
    rows: list[tuple[int, str]]  # (row id, label)
    labels: Counter[str] = field(default_factory=Counter)


def grouped(
    labels: Sequence[str],
    ids: Sequence[int],
    groups: Sequence[str],
    seed: int,
    valid: float = 0.15,
    test: float = 0.15,
) -> Splits:
    """Row ids by split; all rows of a group in one split, classes in about the same shares.

    `labels[i]` and `groups[i]` belong to row `ids[i]`; `valid` and `test` are shares of 0 to 1.
    Shares are met as nearly as the groups allow. Each class keeps rows to train on. Rows without
    a label are in no split. Raises UserError where the groups leave nothing to hold out.
    """
    _check_shares(valid, test)
    units = _groups(labels, ids, groups, seed)
    shares = {"train": 1 - valid - test, "test": test, "valid": valid}
    wanted = [name for name, share in shares.items() if share > 0]
    totals = sum((unit.labels for unit in units), Counter[str]())
    have: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    dealt: dict[str, list[_Group]] = {name: [] for name in NAMES}
    for unit in units:

        def need(name: str, unit: _Group = unit) -> float:
            """How much the split lacks of the group's classes, as it would be half way in."""
            return sum(
                count / totals[label] * (1 - (have[name][label] + count / 2) / room)
                for label, count in unit.labels.items()
                if (room := shares[name] * totals[label])
            )

        home = max(wanted, key=need)
        dealt[home].append(unit)
        have[home].update(unit.labels)
    _teach_every_class(dealt, totals)
    _fill_empty(dealt, [name for name in wanted if name != "train"], totals)
    return {name: _ids(dealt[name]) for name in NAMES}


def grouped_few_shot(
    labels: Sequence[str], ids: Sequence[int], groups: Sequence[str], k: int, seed: int
) -> Splits:
    """`k` rows of each class to train, `k` to validate, the rest to test; groups never part.

    Rows that share a group with training or validation rows and are not among the `k` are in no
    split. Raises UserError where the groups leave no row for the test.
    """
    units = _groups(labels, ids, groups, seed)
    units.sort(key=lambda unit: len(unit.rows))  # large ones would use up rows for nothing
    result: Splits = {name: [] for name in NAMES}
    lacking: Counter[str] = Counter()
    classes = {label for unit in units for label in unit.labels}
    name, later = "train", iter(("valid", "test"))
    lacking.update(dict.fromkeys(classes, k))
    left = units
    while name != "test":
        kept: list[_Group] = []
        for place, unit in enumerate(left):
            # the last groups are kept for the splits to come
            spare = len(kept) + len(left) - place > (2 if name == "train" else 1)
            useful = any(lacking[label] > 0 for label in unit.labels)
            if not useful or not (spare or _only_here(unit, left[place + 1 :] + kept)):
                kept.append(unit)
                continue
            for row, label in unit.rows:
                if lacking[label] > 0:
                    lacking[label] -= 1
                    result[name].append(row)
        left, name = kept, next(later)
        lacking = Counter(dict.fromkeys(classes, k))
    result["test"] = _ids(left)
    if not result["test"]:
        raise _nothing_left()
    return {name: sorted(rows) for name, rows in result.items()}


def parted_groups(groups: Mapping[int, str], splits: Mapping[str, Iterable[int]]) -> int:
    """How many groups are in more than one split; `groups` maps row ids to theirs."""
    homes: dict[str, set[str]] = {}
    for name, rows in splits.items():
        for row in rows:
            if groups.get(row, "").strip():
                homes.setdefault(groups[row], set()).add(name)
    return sum(len(names) > 1 for names in homes.values())


def _groups(
    labels: Sequence[str], ids: Sequence[int], groups: Sequence[str], seed: int
) -> list[_Group]:
    """The groups in the seed's order, the larger ones first (by powers of two)."""
    found: dict[tuple[str, int], _Group] = {}
    for label, row, group in zip(labels, ids, groups, strict=True):
        if label.strip():
            key = (group, -1) if group.strip() else ("", int(row))
            unit = found.setdefault(key, _Group([]))
            unit.rows.append((int(row), label))
            unit.labels[label] += 1
    place = _place(seed)
    for unit in found.values():
        unit.rows.sort(key=lambda pair: place(pair[0]))
    return sorted(
        found.values(),
        key=lambda unit: (-len(unit.rows).bit_length(), place(min(row for row, _ in unit.rows))),
    )


def _ids(units: Sequence[_Group]) -> list[int]:
    return sorted(row for unit in units for row, _ in unit.rows)


def _only_here(unit: _Group, others: Sequence[_Group]) -> bool:
    return any(all(label not in other.labels for other in others) for label in unit.labels)


def _teach_every_class(dealt: dict[str, list[_Group]], totals: Counter[str]) -> None:
    """A class without training rows could not be learnt: its smallest group moves to train."""
    taught: Counter[str] = sum((unit.labels for unit in dealt["train"]), Counter())
    for label in sorted(totals):
        if taught[label]:
            continue
        homes = [
            (len(u.rows), n, u) for n in ("valid", "test") for u in dealt[n] if u.labels[label]
        ]
        _, name, unit = min(homes, key=lambda home: home[:2])
        dealt[name].remove(unit)
        dealt["train"].append(unit)
        taught.update(unit.labels)


def _fill_empty(dealt: dict[str, list[_Group]], held_out: list[str], totals: Counter[str]) -> None:
    """An empty split gets the smallest group that another can spare."""
    for name in held_out:
        if dealt[name]:
            continue
        taught: Counter[str] = sum((unit.labels for unit in dealt["train"]), Counter())
        spare = [
            (len(unit.rows), home, unit)
            for home in NAMES
            for unit in dealt[home]
            if len(dealt[home]) > 1
            and (home != "train" or all(taught[label] > n for label, n in unit.labels.items()))
        ]
        if spare:
            _, home, unit = min(spare, key=lambda found: found[:2])
            dealt[home].remove(unit)
            dealt[name].append(unit)
    if held_out and not any(dealt[name] for name in held_out):
        raise _nothing_left()


def _nothing_left() -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP(
            "engine",
            "The rows cannot be split so that each group stays together and every label is "
            "taught: too few groups hold a label.",
        ),
        QT_TRANSLATE_NOOP(
            "engine", "Choose another group column or none, or add rows of other groups."
        ),
    )
