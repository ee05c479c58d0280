"""Why rows are rejected: all the reasons there are, and the way back from their English words.

Files of rejected rows are written in English, so that they read the same everywhere; a window in
another language finds the sentence again.
"""

from __future__ import annotations

import re

from peft_desktop.core.words import Sentence

from .delimited import NUL, QUOTE, TOO_FEW, TOO_MANY
from .json_values import BROKEN, HALF, NO_OBJECT, TOO_DEEP, TWICE

REASONS = (TOO_MANY, TOO_FEW, QUOTE, NUL, BROKEN, NO_OBJECT, TWICE, TOO_DEEP, HALF)


def reason_in(words: str) -> Sentence:
    """The sentence that `words` are the English of; anything else stays as it is."""
    for template in REASONS:
        parts = re.split(r"\{(\w+)\}", template)
        pattern = "".join(f"(?P<{p}>.*)" if n % 2 else re.escape(p) for n, p in enumerate(parts))
        found = re.fullmatch(pattern, words, re.DOTALL)
        if found is not None:
            return Sentence(template, found.groupdict())
    return Sentence("{words}", {"words": words})
