"""Which names a file in a pack may have: such as every system takes, inside of the folder."""

from __future__ import annotations

import re
import unicodedata

from ..core.words import QT_TRANSLATE_NOOP

OUTSIDE = QT_TRANSLATE_NOOP("engine", "it leads out of the folder")
TOO_LONG = QT_TRANSLATE_NOOP("engine", "its name is too long")
NO_NAME = QT_TRANSLATE_NOOP("engine", "not every system takes its name")
HIDDEN = QT_TRANSLATE_NOOP("engine", "it is hidden")
TWICE = QT_TRANSLATE_NOOP("engine", "it is there twice")
LINK = QT_TRANSLATE_NOOP("engine", "it is a link")
SECRET = QT_TRANSLATE_NOOP("engine", "it is encrypted")
STRANGER = QT_TRANSLATE_NOOP("engine", "the list of contents does not name it")
TOO_MANY = QT_TRANSLATE_NOOP("engine", "there are too many of them")

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_PART = 255  # bytes
_LONGEST = 1000
_DEEPEST = 16


def fault_of_name(name: str) -> str:
    """What is wrong with the name, as a marked sentence; empty where nothing is."""
    parts = name.split("/")
    if len(name) > _LONGEST or len(parts) > _DEEPEST:
        return TOO_LONG
    if name.startswith("/") or ".." in parts:
        return OUTSIDE
    for part in parts:
        if not part or part == "." or part != part.strip() or part.endswith("."):
            return NO_NAME
        if _FORBIDDEN.search(part) or _RESERVED.fullmatch(part):
            return NO_NAME
        try:
            if len(part.encode("utf-8")) > _LONGEST_PART:
                return TOO_LONG
        except UnicodeEncodeError:
            return NO_NAME
    return HIDDEN if any(part.startswith(".") for part in parts) else ""


def same_place(name: str) -> str:
    """Names that are one file on some system give the same."""
    return unicodedata.normalize("NFC", name).casefold()
