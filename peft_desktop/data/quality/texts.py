"""The texts themselves: blank, untidy at the edges, garbled by a wrong encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import PhaseChanged, Progressed, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .findings import HARMS, LIES, NOTE, Checking, Finding, Look, Repair, Rows, nothing

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_CHUNK = 50_000  # texts
# control characters but tab and line ends, and marks that nobody sees
CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}\x{200b}\x{2060}\x{feff}]"
LOST = ("\ufffd", "ï¿½", "锟斤拷", "烫烫烫", "屯屯屯")
# what UTF-8 looks like when it is read as a Western or a Chinese encoding
_WESTERN = r"[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑ×ØÙÚÛâãåæèéêëìíîï][\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_CYRILLIC = r"[РСГ][‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Ї°±Ііґµ¶·ё№є»јЅѕї]"
# a Chinese character in UTF-8 begins with E4..E9 and 80..BF, which GB18030 takes for one of these
_CHINESE = "".join(
    bytes((one, two)).decode("gb18030") for one in range(0xE4, 0xEA) for two in range(0x80, 0xC0)
)
MANGLED = f"{_WESTERN}|{_CYRILLIC}|[{_CHINESE}]"
WRONG_CODECS = ("cp1252", "latin-1", "gb18030", "cp1251")


def check_texts(rows: Rows, look: Look) -> Checking:
    """Blank texts, blanks and control characters around them, mojibake, lost characters."""
    import numpy as np
    import pyarrow.compute as pc

    yield PhaseChanged("texts")
    main, code = main_texts(rows, look)
    masks = {name: np.zeros(len(main), dtype=bool) for name in ("controls", "lost", "suspect")}
    blank, edges = np.zeros(len(main), dtype=bool), np.zeros(len(main), dtype=bool)
    for start in range(0, len(main), _CHUNK):
        part = main.slice(start, _CHUNK)
        here = slice(start, start + len(part))
        trimmed = pc.utf8_trim_whitespace(part)
        blank[here] = _mask(pc.equal(trimmed, ""))
        edges[here] = _mask(pc.not_equal(trimmed, part))
        masks["controls"][here] = _mask(pc.match_substring_regex(part, CONTROLS))
        if not bool(pc.all(pc.string_is_ascii(part)).as_py()):
            masks["suspect"][here] = _mask(pc.match_substring_regex(part, MANGLED))
            masks["lost"][here] = _mask(pc.match_substring_regex(part, "|".join(LOST)))
        yield Progressed(start + len(part), len(main), "texts")
    fixable = np.zeros(len(main), dtype=bool)
    suspects = np.flatnonzero(masks["suspect"])
    for number, place in enumerate(suspects.tolist()):
        fixable[place] = unmangled(main[place].as_py()) is not None
        if number % 2000 == 1999:
            yield Tick()
    of = {
        "blank": code_rows(blank, code),
        "edges": code_rows(edges & ~blank, code),
        "controls": code_rows(masks["controls"] & ~blank, code),
        "lost": code_rows(masks["lost"], code),
        "mojibake": code_rows(fixable, code),
    }
    yield Tick()
    found = []
    for kind, places in of.items():
        if len(places):
            found.append(_finding(kind, rows.ids[places]))
    return found


def code_rows(mask: np.ndarray, code: np.ndarray) -> np.ndarray:
    """Places of the rows whose distinct text is marked."""
    import numpy as np

    return np.flatnonzero(mask[code]) if len(code) else np.zeros(0, dtype=np.int64)


def main_texts(rows: Rows, look: Look) -> tuple[pa.Array, np.ndarray]:
    """Distinct texts of the text column alone, and each row's place among them."""
    import pyarrow.compute as pc

    if not look.beside:
        return rows.texts, rows.code
    found = pc.dictionary_encode(rows.table[look.text]).combine_chunks()
    return found.dictionary, found.indices.to_numpy(zero_copy_only=False)


def _mask(found: Any) -> np.ndarray:
    mask: np.ndarray = found.to_numpy(zero_copy_only=False)
    return mask


def unmangled(text: str) -> str | None:
    """The text as it was before UTF-8 was read in another encoding; None where that is not sure.

    Sure means: all of it turns back into UTF-8, again into what stands there, and into fewer
    characters, none of them a control character.
    """
    if text.isascii():
        return None
    for codec in WRONG_CODECS:
        try:
            raw = _encoded(text, codec)
            fixed = raw.decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if len(fixed) >= len(text) or not _is_text(fixed):
            continue
        # three odd characters or more in a row do not turn into UTF-8 by chance
        if sum(c > "\x7f" for c in text) < (6 if codec == "gb18030" else 2):
            continue
        return fixed
    return None


def _encoded(text: str, codec: str) -> bytes:
    """cp1252 as browsers have it: the five bytes that it leaves open stand for themselves."""
    if codec != "cp1252":
        return text.encode(codec)
    return b"".join(
        bytes((ord(c),)) if c in "\x81\x8d\x8f\x90\x9d" else c.encode("cp1252") for c in text
    )


def _is_text(text: str) -> bool:
    return all((c >= " " and not "\x7f" <= c <= "\x9f") or c in "\t\n\r" for c in text)


_ABOUT: dict[str, tuple[str, str, str, tuple[tuple[str, str, str], ...]]] = {
    "blank": (
        HARMS,
        QT_TRANSLATE_NOOP("engine", "{count} rows have no text."),
        QT_TRANSLATE_NOOP("engine", "There is nothing to read in them, and nothing to learn."),
        (("exclude", "blank", QT_TRANSLATE_NOOP("engine", "Leave out {count} rows")),),
    ),
    "edges": (
        NOTE,
        QT_TRANSLATE_NOOP("engine", "{count} texts begin or end with blanks."),
        QT_TRANSLATE_NOOP(
            "engine", "Models see the blanks as tokens; equal texts look different by them."
        ),
        (("trim", "", QT_TRANSLATE_NOOP("engine", "Trim {count} texts")),),
    ),
    "controls": (
        HARMS,
        QT_TRANSLATE_NOOP("engine", "{count} texts hold control characters that nobody sees."),
        QT_TRANSLATE_NOOP("engine", "They come from copying, and mean nothing to a model."),
        (("controls", "", QT_TRANSLATE_NOOP("engine", "Remove them from {count} texts")),),
    ),
    "mojibake": (
        LIES,
        QT_TRANSLATE_NOOP("engine", "{count} texts are garbled: UTF-8 read as something else."),
        QT_TRANSLATE_NOOP(
            "engine", "All of their letters can be brought back; the model cannot read them so."
        ),
        (("unmangle", "", QT_TRANSLATE_NOOP("engine", "Bring back {count} texts")),),
    ),
    "lost": (
        HARMS,
        QT_TRANSLATE_NOOP("engine", "{count} texts hold marks of characters that were lost."),
        QT_TRANSLATE_NOOP(
            "engine",
            "A wrong encoding destroyed them before the import: only the source can bring them "
            "back.",
        ),
        (("exclude", "lost", QT_TRANSLATE_NOOP("engine", "Leave out {count} rows")),),
    ),
}


def _finding(kind: str, ids: Any) -> Finding:
    severity, what, why, offers = _ABOUT[kind]
    count = {"count": len(ids)}
    repairs = tuple(
        Repair(kind_of, Sentence(title, count), ids, {"why": reason} if reason else {})
        for kind_of, reason, title in offers
    )
    return Finding(kind, severity, Sentence(what, count), Sentence(why), ids, nothing(), repairs)
