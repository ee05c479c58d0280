"""Cells that hold several labels: a JSON list, or names with a sign between them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

# in order of preference: a comma is also a part of many names
SEPARATORS = (";", "；", "|", "、", "\n", ",", "，", "/")
_LEAST_SHARE = 0.05  # of the cells hold the sign
_LOOKED_AT = 5000


def is_list(cell: str) -> bool:
    """Whether the cell is a JSON list of texts (numbers count as texts)."""
    return _json_list(cell) is not None


def names_in(cell: str, separator: str | None = None) -> list[str]:
    """The labels of a cell, each once, in its order; blanks around them are no part of them.

    `separator`: the sign between names where the cell is no JSON list; None: the cell is one name.
    """
    found = _json_list(cell)
    if found is None:
        found = cell.split(separator) if separator else [cell]
    return list(dict.fromkeys(name.strip() for name in found if name.strip()))


def written(names: Iterable[str]) -> str:
    """The labels as a cell of the table holds them: a JSON list."""
    return json.dumps(list(names), ensure_ascii=False)


def separator_of(cells: Iterable[str]) -> str | None:
    """The sign that stands between the names of some cells; None where there is none.

    It parts enough of the cells, and what it parts them into comes back: there are fewer
    different names than different cells, and more than half of the names occur again.
    """
    some = [cell for cell in _first(cells) if cell.strip() and not is_list(cell)]
    for sign in SEPARATORS:
        parted = [cell for cell in some if sign in cell]
        if len(parted) < max(2, _LEAST_SHARE * len(some)):
            continue
        names = Counter(name for cell in some for name in names_in(cell, sign))
        again = sum(count > 1 for count in names.values())
        if len(names) < len(set(some)) and 2 * again > len(names) and _are_short(names):
            return sign
    return None


def known_names(cell: str, labels: Collection[str]) -> list[str]:
    """The labels of a cell of a file that is judged: a JSON list, or names between whichever sign
    gives labels that are known. Names that are not known stay in the result."""
    best = names_in(cell)
    if all(name in labels for name in best):
        return best
    for sign in SEPARATORS:
        found = names_in(cell, sign)
        if len(found) > 1 and all(name in labels for name in found):
            return found
    return best


def lists_share(cells: Sequence[str]) -> float:
    """The share of the cells that are not blank which are JSON lists of texts."""
    some = [cell for cell in _first(cells) if cell.strip()]
    return sum(is_list(cell) for cell in some) / len(some) if some else 0.0


def _first(cells: Iterable[str]) -> list[str]:
    found = []
    for cell in cells:
        found.append(cell)
        if len(found) == _LOOKED_AT:
            break
    return found


def _are_short(names: Iterable[str]) -> bool:
    """Names of labels, not parts of sentences: few words each."""
    lengths = sorted(len(name) for name in names)
    return lengths[int(0.9 * (len(lengths) - 1))] <= 40


def _json_list(cell: str) -> list[str] | None:
    if not cell.lstrip().startswith("["):
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    if not all(isinstance(name, (str, int)) and not isinstance(name, bool) for name in found):
        return None
    return [str(name) for name in found]
