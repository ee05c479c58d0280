"""Hints of personal data: e-mail addresses, telephone, identity, bank and card numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peft_desktop.core.events import PhaseChanged, Progressed, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .findings import HARMS, Checking, Finding, Look, Repair, Rows, nothing
from .texts import code_rows, main_texts

if TYPE_CHECKING:
    import numpy as np

_CHUNK = 50_000  # texts
_EMAIL = r"[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
_PHONE = (
    r"(?<![\w.+])(?:(?:\+|00)[1-9]\d{0,2}[ \-./]?(?:\(0?\d{1,4}\)[ \-./]?)?\d(?:[ \-./]?\d){6,11}"
    r"|1[3-9]\d(?:[ \-]?\d{4}){2}"
    r"|\(\d{3}\) ?\d{3}[ .\-]\d{4}|\d{3}[.\-]\d{3}[.\-]\d{4}|0\d{2,3}-\d{7,8})(?![\w])"
)
_IDENTITY = r"(?<!\d)(?:\d{17}[\dXx]|\d{3}-\d{2}-\d{4})(?!\d)"
_BANK = (
    r"(?<!\w)(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"
    r"|\d(?:[ \-]?\d){12,18})(?!\w)"
)
PATTERNS: dict[str, re.Pattern[str]] = {
    "e-mail": re.compile(_EMAIL, re.ASCII),
    "identity number": re.compile(_IDENTITY, re.ASCII),
    "account number": re.compile(_BANK, re.ASCII),
    "telephone": re.compile(_PHONE, re.ASCII),
}
_SPOTS = r"@|\d[\d \-./()]{5,}\d|[A-Z]{2}\d{2}"  # what such a hint must hold; RE2


def check_personal(rows: Rows, look: Look) -> Checking:
    """Rows with hints of personal data, one finding for all kinds together."""
    import numpy as np
    import pyarrow.compute as pc

    yield PhaseChanged("personal data")
    main, code = main_texts(rows, look)
    hit = np.zeros(len(main), dtype=bool)
    counts = dict.fromkeys(PATTERNS, 0)
    many = np.bincount(code, minlength=len(main)) if len(code) else np.zeros(0, dtype=np.int64)
    for start in range(0, len(main), _CHUNK):
        part = main.slice(start, _CHUNK)
        spots = np.flatnonzero(
            pc.match_substring_regex(part, _SPOTS).to_numpy(zero_copy_only=False)
        )
        for number, place in enumerate(spots.tolist()):
            for kind in hints_in(part[place].as_py()):
                counts[kind] += int(many[start + place])
                hit[start + place] = True
            if number % 2000 == 1999:
                yield Tick()
        yield Progressed(start + len(part), len(main), "texts")
    places = code_rows(hit, code)
    return [_finding(rows.ids[places], counts)] if len(places) else []


def hints_in(text: str) -> list[str]:
    """The kinds of personal data that a text seems to hold."""
    return [kind for kind in PATTERNS if any(True for _ in _found(kind, text[:100_000]))]


def masked(text: str) -> str:
    """The text with a word in brackets in the place of each hint."""
    for kind, pattern in PATTERNS.items():
        text = pattern.sub(lambda m, k=kind: f"[{k}]" if _is(k, m.group()) else m.group(), text)  # type: ignore[misc]
    return text


def _found(kind: str, text: str) -> list[str]:
    return [m.group() for m in PATTERNS[kind].finditer(text) if _is(kind, m.group())]


def _is(kind: str, found: str) -> bool:
    """Whether the check digits are right, where there are any."""
    plain = re.sub(r"[ \-]", "", found)
    if kind == "identity number":
        return _is_identity(plain) if len(plain) == 18 else _is_social_security(found)
    if kind == "account number":
        return _is_iban(plain) if plain[0].isalpha() else _is_card(plain)
    return True


def _is_identity(text: str) -> bool:
    """A Chinese resident identity number (GB 11643): a date, and a check digit mod 11."""
    month, day = int(text[10:12]), int(text[12:14])
    if not (1 <= month <= 12 and 1 <= day <= 31 and text[6:8] in ("19", "20")):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c) * w for c, w in zip(text, weights, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def _is_social_security(text: str) -> bool:
    area, group, serial = text.split("-")
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def _is_iban(text: str) -> bool:
    if not 15 <= len(text) <= 34:
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _is_card(text: str) -> bool:
    """13 to 19 digits with the check digit of Luhn, that begin as cards do."""
    if not 13 <= len(text) <= 19 or text[0] not in "23456" or len(set(text)) < 2:
        return False
    digits = [int(c) for c in reversed(text)]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0


def _finding(ids: np.ndarray, counts: dict[str, int]) -> Finding:
    what = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "{count} texts seem to hold personal data: e-mail {mail}, telephone {phone}, identity "
            "number {identity}, card or account {account}.",
        ),
        {
            "count": len(ids),
            "mail": counts["e-mail"],
            "phone": counts["telephone"],
            "identity": counts["identity number"],
            "account": counts["account number"],
        },
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "A model can learn such data by heart and say it again. These are hints by pattern "
            "and check digit: names and addresses are not looked for.",
        )
    )
    count = {"count": len(ids)}
    repairs = (
        Repair(
            "mask",
            Sentence(QT_TRANSLATE_NOOP("engine", "Put marks in its place ({count} texts)"), count),
            ids,
        ),
        Repair(
            "exclude",
            Sentence(QT_TRANSLATE_NOOP("engine", "Leave out {count} rows"), count),
            ids,
            {"why": "personal"},
        ),
    )
    return Finding("personal", HARMS, what, why, ids, nothing(), repairs)
