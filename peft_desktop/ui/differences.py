"""Where two texts differ, word by word (character by character where no spaces part words)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_LONGEST = 4000  # tokens; beyond that nothing is marked
# runs of letters and digits; every character of scripts without spaces by itself
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|\s+|[^\W_]+|\W|_")


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def common(text: str, other: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether `other` has it, too, at the same point of the order."""
    mine, theirs = tokens(text), tokens(other)
    if max(len(mine), len(theirs)) > _LONGEST:
        return [(text, True)]
    kept = [False] * len(mine)
    matcher = SequenceMatcher(
        None, [t.casefold() for t in mine], [t.casefold() for t in theirs], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for place in range(block.a, block.a + block.size):
            kept[place] = True
    return _joined(mine, kept)


def _joined(parts: Sequence[str], kept: Sequence[bool]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for part, same in zip(parts, kept, strict=True):
        same = same or (part.isspace() and (not found or found[-1][1]))
        if found and found[-1][1] == same:
            found[-1] = (found[-1][0] + part, same)
        else:
            found.append((part, same))
    return found
