"""Splits by time: the oldest rows teach, newer ones choose, the newest judge, as in real use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from .splits import NAMES, Splits, _check_shares

_FORMS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y%m%d", "%Y-%m", "%d-%m-%Y")
_ENGLISH = ("%d %b %Y", "%b %d %Y", "%d %B %Y", "%B %d %Y")
_MORE = ("%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%Y-%m-%d %H")


def when(text: str) -> datetime | None:
    """The time that a cell means; None where it cannot be told.

    ISO 8601, 2020/1/2, 2.1.2020 (day first), 2020年1月2日, 2 Jan 2020, or seconds since 1970.
    """
    plain = text.strip()
    if re.fullmatch(r"\d{9,10}(\.\d+)?|\d{12,13}", plain):
        seconds = float(plain) / (1000 if len(plain.partition(".")[0]) > 11 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        pass
    else:
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    plain = re.sub(r"[年月/.]", "-", plain.replace(",", " ")).replace("日", " ")
    plain = " ".join(plain.split())
    for form in (*_FORMS, *_MORE, *_ENGLISH):
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def by_date(
    ids: Sequence[int], dates: Sequence[str], valid: float, test: float
) -> tuple[Splits, list[int]]:
    """Splits by the order of dates, and the ids of rows whose date cannot be read.

    Rows of one time stay together, on the older side. Shares are of 0 to 1.
    """
    _check_shares(valid, test)
    read = [(when(date), row) for row, date in zip(ids, dates, strict=True)]
    known = sorted((at, row) for at, row in read if at is not None)
    lost = [row for at, row in read if at is None]
    result: Splits = {name: [] for name in NAMES}
    if not known:
        return result, lost
    ends = [round(len(known) * (1 - valid - test)), round(len(known) * (1 - test)), len(known)]
    start = 0
    for name, wanted in zip(("train", "valid", "test"), ends, strict=True):
        end = max(wanted, start)
        while start < end < len(known) and known[end][0] == known[end - 1][0]:
            end += 1
        result[name] = sorted(row for _, row in known[start:end])
        start = end
    return result, lost
