"""Which encoding a text file is in: proof where there is one, a score and a question otherwise."""

from __future__ import annotations

import codecs
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .languages import ASCII, LANGUAGES, Language

_BLOCK = 2**20
_SAMPLE = 64 * 1024
MARGIN = 0.95  # below this share of belief the user is asked

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: the marks begin alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_NOT_FOR_FILES = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs"}


@dataclass(frozen=True)
class Encoding:
    """`codec` is the name that Python knows; `confidence` is 1 where it is proved or told."""

    codec: str
    confidence: float


def find_encoding(path: Path, wanted: str | None = None) -> Encoding:
    """The encoding of a text file; `wanted` is the user's own word and is only checked.

    Order: the user's word, a byte-order mark, strict UTF-8 over the whole file, UTF-16 by its
    zero bytes, then candidates scored by how much like their language the text reads.
    Raises UserError where the bytes do not fit, or where two readings are too close to call.
    """
    if wanted is not None:
        return _told(path, wanted)
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return _proved(path, codec)
    wide = wide_without_mark(start)
    if wide is not None and first_bad_line(path, wide) is None:
        return Encoding(wide, 0.99)
    bad_line = first_bad_line(path, "utf-8")
    if bad_line is None:
        return Encoding("utf-8", 1.0)
    return _scored(path, bad_line)


def first_bad_line(path: Path, codec: str) -> int | None:
    """The line (from 1) where the bytes stop making sense in `codec`; None if they all do."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    line = 1
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            held = _held(decoder)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                good = (held + block)[: error.start]
                return line + good.count(b"\n")
            line += text.count("\n")
            if not block:
                return None


def _held(decoder: codecs.IncrementalDecoder) -> bytes:
    state = decoder.getstate()[0]
    return state if isinstance(state, bytes) else b""


def _told(path: Path, wanted: str) -> Encoding:
    try:
        codec = codecs.lookup(wanted.strip())
    except (LookupError, ValueError) as error:
        raise _unknown(path, wanted) from error
    if not codec._is_text_encoding or codec.name in _NOT_FOR_FILES:
        raise _unknown(path, wanted)
    name = {"utf-8": "utf-8-sig"}.get(codec.name, codec.name)  # a mark may or may not be there
    return _proved(path, name)


def _unknown(path: Path, wanted: str) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'The encoding "{encoding}" is not known.'),
        QT_TRANSLATE_NOOP(
            "engine", "Use one of utf-8, utf-16, gb18030, big5, shift_jis, euc_kr, cp1252."
        ),
        file=path,
        field="encoding",
        encoding=wanted,
    )


def _proved(path: Path, codec: str) -> Encoding:
    bad = first_bad_line(path, codec)
    if bad is not None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This line is not valid in the encoding {encoding}."),
            QT_TRANSLATE_NOOP(
                "engine", "Give another encoding with --encoding, or save the file as UTF-8."
            ),
            file=path,
            row=bad,
            encoding=codec,
        )
    return Encoding(codec, 1.0)


def wide_without_mark(start: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by where the zero bytes of a file's first bytes stand."""
    if 0 not in start:
        return None
    whole = start[: len(start) // 4 * 4]
    if len(start) % 4 == 0 and len(whole) >= 8:
        for codec, high in (("utf-32-le", whole[3::4]), ("utf-32-be", whole[0::4])):
            if not any(high) and _decoded(whole, codec) is not None:
                return codec
    if len(start) % 2:
        return None
    half = max(1, len(start) // 2)
    for codec, zeros, others in (
        ("utf-16-le", start[1::2].count(0), start[0::2].count(0)),
        ("utf-16-be", start[0::2].count(0), start[1::2].count(0)),
    ):
        if others > 0.02 * half:
            continue
        if zeros > 0.25 * half:  # Western text: every other byte
            return codec
        # other scripts: a few line ends and commas
        if zeros > 1 and not others and _decoded(start.replace(b"\0", b""), "utf-8") is None:
            text = start.decode(codec, errors="ignore")
            if sum(map(_is_of_a_script, text)) > 0.98 * half:
                return codec
    return None


def _is_of_a_script(character: str) -> bool:
    """ASCII, Greek, Cyrillic, kana, Chinese, Hangul, or their marks."""
    return (
        character in "\t\r\n"
        or " " <= character <= "~"
        or "\u0370" <= character <= "\u04ff"
        or "\u2010" <= character <= "\u2026"
        or "\u3000" <= character <= "\u30ff"
        or "\u4e00" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7a3"
        or "\uff00" <= character <= "\uffe5"
    )


def _foreign_lines(path: Path) -> list[bytes]:
    """The first lines that hold more than ASCII, wherever they stand, up to a sample's worth."""
    lines: list[bytes] = []
    size = 0
    for line in _byte_lines(path):
        if not line.isascii():
            lines.append(line[:4096] if len(line) > 8192 else line)
            size += len(lines[-1])
            if size > _SAMPLE:
                break
    return lines


def _byte_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        first = file.read(_BLOCK)
        file.seek(0)
        if b"\n" in first or b"\r" not in first:
            while line := file.readline(_BLOCK):
                yield line
        else:  # old Macintosh line ends
            while block := file.read(_BLOCK):
                yield from block.split(b"\r")


@dataclass(frozen=True)
class _Reading:
    codec: str
    score: float  # natural log of how likely the sample is, prior included
    per_byte: float  # the same over the foreign bytes alone
    texts: tuple[str | None, ...]  # the sample as it reads, None where it does not decode


_BROKEN = math.log(1e-5)  # per foreign byte that does not decode: worse than any real character
_UNREADABLE = -5.6  # per foreign byte; running text of every language here lies above -5
_BELIEVED = 0.25  # neighbouring characters are not independent


def _scored(path: Path, utf8_bad_line: int) -> Encoding:
    lines = _foreign_lines(path)
    utf8 = sum(1 for line in lines if _decoded(line, "utf-8") is not None)
    if utf8 > 0.9 * len(lines):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file is UTF-8, but this line holds broken bytes."),
            QT_TRANSLATE_NOOP(
                "engine",
                "Mend the line and save the file as UTF-8, or tell another encoding with "
                "--encoding.",
            ),
            file=path,
            row=utf8_bad_line,
        )
    readings = sorted(
        (_best_of(language, lines) for language in LANGUAGES), key=lambda r: r.score, reverse=True
    )
    best = readings[0]
    # two encodings that give the very same text are no reason to ask
    second = next((r for r in readings[1:] if r.texts != best.texts), readings[-1])
    belief = 1 / (1 + math.exp(min(50.0, second.score - best.score)))
    if best.per_byte < _UNREADABLE or belief < MARGIN:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The encoding cannot be told for sure (perhaps {first} or {second})."
            ),
            QT_TRANSLATE_NOOP("engine", "Give it with --encoding, or save the file as UTF-8."),
            file=path,
            first=best.codec,
            second=second.codec,
        )
    bad = first_bad_line(path, best.codec)
    if bad is not None:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The file looks like {encoding}, but this line holds broken bytes."
            ),
            QT_TRANSLATE_NOOP("engine", "Mend the line, or tell another encoding with --encoding."),
            file=path,
            row=bad,
            encoding=best.codec,
        )
    return Encoding(best.codec, round(belief, 3))


def _decoded(line: bytes, codec: str) -> str | None:
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        return None


def _best_of(language: Language, lines: list[bytes]) -> _Reading:
    readings = [_reading(language, codec, lines) for codec in language.codecs]
    return max(readings, key=lambda r: r.score)  # the first of equals


def _reading(language: Language, codec: str, lines: list[bytes]) -> _Reading:
    plain, foreign, high = 0.0, 0.0, 0
    texts: list[str | None] = []
    for line in lines:
        bytes_here = sum(1 for byte in line if byte >= 0x80)
        high += bytes_here
        text = _decoded(line, codec)
        texts.append(text)
        if text is None:
            foreign += bytes_here * _BROKEN
            plain += sum(1 for byte in line if 0x20 < byte < 0x80) * ASCII
            continue
        here = language.log_likelihood(text)
        plain += here[0]
        foreign += here[1]
    score = (plain + foreign) * _BELIEVED + language.prior
    return _Reading(codec, score, foreign / max(1, high), tuple(texts))
