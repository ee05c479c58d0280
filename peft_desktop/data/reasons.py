"""Why rows are rejected: all the reasons there are, and the way back from their English words.

Files of rejected rows are written in English, so that they read the same everywhere; a window in
another language finds the sentence again.
"""

from __future__ import annotations

import re

from peft_desktop.core.words import Sentence

from .conll import FEW_COLUMNS, NO_TOKEN
from .csv_records import NUL, QUOTE
from .delimited import TOO_FEW, TOO_MANY
from .joined_tokens import NOT_IN_TEXT
from .json_values import BROKEN, HALF, NO_OBJECT, TOO_DEEP, TWICE
from .tag_schemes import UNKNOWN_TAG

REASONS = (
    *(TOO_MANY, TOO_FEW, QUOTE, NUL, BROKEN, NO_OBJECT, TWICE, TOO_DEEP, HALF),
    *(FEW_COLUMNS, NO_TOKEN, UNKNOWN_TAG, NOT_IN_TEXT),
)


def reason_in(words: str) -> Sentence:
    """The sentence that `words` are the English of; anything else stays as it is."""
    for template in REASONS:
        parts = re.split(r"\{(\w+)\}", template)
        pattern = "".join(f"(?P<{p}>.*)" if n % 2 else re.escape(p) for n, p in enumerate(parts))
        found = re.fullmatch(pattern, words, re.DOTALL)
        if found is not None:
            return Sentence(template, found.groupdict())
    return Sentence("{words}", {"words": words})
