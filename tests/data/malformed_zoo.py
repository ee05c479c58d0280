"""Tables with something wrong in them, made so that each row can be found again by its mark."""

from __future__ import annotations

from dataclasses import dataclass

ROWS = 12
PLACE = 5  # the row that is odd


@dataclass(frozen=True)
class Malformed:
    """`marks` stand in one row each. `kept` is how many rows can be used; None: as it comes out.

    `whole` says that the file as a whole is refused.
    """

    name: str
    content: bytes
    marks: tuple[str, ...] = ()
    kept: int | None = None
    whole: bool = False


def mark(number: int) -> str:
    return f"<row{number}>"


# one row of two fields with something about it, and how many rows it makes that can be used
_ODD = {
    "unquoted delimiter": ("{m} one{d} two{d}a", 0),
    "many unquoted delimiters": ("{m}{d}{d}x{d}{d}y{d}a", 0),
    "short": ("{m} only", 0),
    "empty label": ("{m}{d}", 1),
    "empty text": ("{d}{m}", 1),
    "trailing empty fields": ("{m}{d}a{d}{d}", 1),
    "unclosed quote": ('"{m} open{d}a', 0),
    "unclosed quote in label": ('{m}{d}"a', 0),
    "quote inside": ('{m} 5" disk{d}a', None),
    "text after a closed quote": ('"{m}" more{d}a', 0),
    "backslash quotes": ('"{m} \\"said\\" so{d}"a"', None),
    "doubled quotes": ('"{m} ""said"" so"{d}a', 1),
    "single quotes": ("'{m} one'{d}a", 1),
    "quoted delimiter": ('"{m}{d} two"{d}a', 1),
    "quoted line end": ('"{m}{e}second line"{d}a', 1),
    "quoted lone CR": ('"{m}\rsecond line"{d}a', 1),
    "NUL": ("{m}\0{d}a", 0),
    "blank line before": ("{e}{m}{d}a", 1),
    "line of blanks before": ("   {e}{m}{d}a", 1),
    "line of delimiters before": ("{d}{e}{m}{d}a", 2),
    "line separator in a text": ("{m}\u2028next\u2029{d}a", 1),
    "form feed and friends": ("{m}\x0b\x0c\x1c\x85{d}a", 1),
    "mark in the middle": ("\ufeff{m}{d}a", 1),
    "a header again": ("text{d}label{e}{m}{d}a", 2),
    "control Z": ("{m}\x1a{d}a", 1),
    "a long text": ("{m}" + "long " * 60_000 + "{d}a", 1),
    "emoji": ("{m} \U0001f600\u200d\U0001f468{d}a", 1),
}


def zoo() -> list[Malformed]:
    found = []
    for delimiter in (",", "\t", "，"):
        for end_name, end in (("LF", "\n"), ("CRLF", "\r\n"), ("CR", "\r")):
            if delimiter != "," and end_name != "LF":
                continue
            for name, (odd, kept) in _ODD.items():
                if end_name == "CR" and "CR" in name:
                    continue
                lines = [f"text{delimiter}label"]
                lines += [f"{mark(n)} fine{delimiter}{'ab'[n % 2]}" for n in range(ROWS)]
                lines[PLACE + 1] = odd.format(m=mark(PLACE), d=delimiter, e=end)
                marks = tuple(mark(n) for n in range(ROWS))
                expected = None if kept is None or delimiter == "\t" else ROWS - 1 + kept
                for last in ("", end):
                    label = f"{name} / {delimiter!r} / {end_name} / ends {last!r}"
                    content = (end.join(lines) + last).encode()
                    found.append(Malformed(label, content, marks, expected))
    return found + _whole()


def _whole() -> list[Malformed]:
    many = "".join(f"{mark(n)}, and more,a\n" for n in range(ROWS))
    last = "text,label\n" + "".join(f"{mark(n)},a\n" for n in range(ROWS))
    marks = tuple(mark(n) for n in range(ROWS))
    twins = "text,text\n" + "".join(f"{mark(n)},a\n" for n in range(ROWS))
    return [
        Malformed("every row has a comma", ("text,label\n" + many).encode(), whole=True),
        Malformed("twin names", twins.encode(), whole=True),
        Malformed("header only", b"text,label\n", whole=True),
        Malformed("empty", b"", whole=True),
        Malformed("a mark alone", b"\xef\xbb\xbf", whole=True),
        Malformed("line ends alone", b"\n\r\n\n\r", whole=True),
        Malformed("zeros alone", b"\0" * 4096, whole=True),
        Malformed("an unclosed header", ('"' + last).encode(), whole=True),
        Malformed("an unclosed last row", (last[:-2] + '"a').encode(), marks, ROWS - 1),
        Malformed("a quote that never closes", (last + '"' + last).encode(), marks),
        Malformed("one column", last.replace(",a", "").replace(",label", "").encode(), marks, ROWS),
        Malformed("blank lines at both ends", ("\n\n" + last + "\n\n").encode(), marks, ROWS),
        Malformed("all short", ("a,b,c\n" + many).encode(), marks, ROWS),
        Malformed(
            "a line of many megabytes", (last + "x" * 8_000_000 + ",b\n").encode(), marks, ROWS + 1
        ),
        Malformed("every second row short", last.replace(",a\n<row1", "\n<row1").encode(), marks),
        Malformed("a quote in every row", last.replace("<row", '"<row').encode(), whole=True),
    ]
