"""Which language a text is in: by its script, and by small words where the script is Latin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from typing import TYPE_CHECKING

from peft_desktop.core.events import Event, PhaseChanged, Progressed, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .findings import NOTE, Finding, Look, Repair, Rows
from .texts import main_texts

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_CHUNK = 20_000  # texts
_LOOKED_AT = 50_000  # Latin texts whose words are looked at
_LONGEST = 400  # bytes of a text that decide
# by the first byte of a character's UTF-8: which script it is of
_SCRIPTS = ("latin", "zh", "ja", "ko", "ru", "el", "ar", "he", "th", "hi")
_SMALL_WORDS = {
    "en": "the and of to is in that it was for with this you are not have be as but his they",
    "de": "der die und das ist nicht ein eine zu den mit sich auf für im ich sie auch wie dem",
    "fr": "le la les des et est une que dans pour qui pas sur au avec ce il elle du je",
    "es": "el los las y que es una por con para su lo como más pero no se del al muy",
    "it": "il che di è una per non sono gli della con del nel ma anche più questo si",
    "pt": "o que não uma os para com é do da em um mais as no na mas foi ao muito",
    "nl": "het een en van is niet dat op te voor zijn met de ik er maar aan ook bij was",
}
_HOME = {
    word: frozenset(code for code, words in _SMALL_WORDS.items() if word in words.split())
    for words in _SMALL_WORDS.values()
    for word in words.split()
}


def languages_of(texts: pa.Array) -> np.ndarray:
    """The script of each text as a place in `_SCRIPTS`; -1 where no letter tells."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    short = pc.binary_slice(texts.cast(pa.binary()), 0, _LONGEST)
    plain = pc.string_is_ascii(texts).to_numpy(zero_copy_only=False)
    letters = pc.match_substring_regex(texts, "[A-Za-z]").to_numpy(zero_copy_only=False)
    found = np.where(plain & letters, 0, -1).astype(np.int64)
    rest = np.flatnonzero(~plain)
    if len(rest):
        found[rest] = _scripts(short.take(pa.array(rest)))
    return found


def _scripts(short: pa.Array) -> np.ndarray:
    """The same for beginnings of texts in UTF-8 that hold more than ASCII."""
    import numpy as np
    import pyarrow.compute as pc

    size = pc.binary_length(short).to_numpy(zero_copy_only=False).astype(np.int64)
    filled = np.flatnonzero(size)
    found = np.full(len(short), -1, dtype=np.int64)
    data = np.frombuffer(b"".join(short.to_pylist()), dtype=np.uint8)
    begins = (np.cumsum(size) - size)[filled]
    kinds = _table()[data]
    # E3 81..83 begins kana, E0 A4..A5 Devanagari, E0 B8..B9 Thai
    after = np.concatenate((data[1:], [0]))
    kinds[(data == 0xE3) & (after >= 0x81) & (after <= 0x83)] = _SCRIPTS.index("ja")
    kinds[(data == 0xE0) & (after >= 0xB8) & (after <= 0xB9)] = _SCRIPTS.index("th")
    kinds[(data == 0xE0) & (after >= 0xA4) & (after <= 0xA5)] = _SCRIPTS.index("hi")
    counts = np.stack(
        [np.add.reduceat((kinds == n).astype(np.int32), begins) for n in range(len(_SCRIPTS))]
    )
    # a Chinese character says as much as four letters; kana mark Japanese among them
    counts[1:] *= 4
    ja, zh = _SCRIPTS.index("ja"), _SCRIPTS.index("zh")
    counts[ja] = np.where(counts[ja] * 8 > counts[zh], counts[ja] + counts[zh], 0)
    best = counts.argmax(axis=0)
    found[filled] = np.where(counts.max(axis=0) > 0, best, -1)
    return found


def _table() -> np.ndarray:
    import numpy as np

    table = np.full(256, 100, dtype=np.uint8)
    for low, high, name in (
        *((0x41, 0x5A, "latin"), (0x61, 0x7A, "latin"), (0xC3, 0xCA, "latin")),
        *((0xE4, 0xE9, "zh"), (0xEA, 0xED, "ko"), (0xD0, 0xD3, "ru"), (0xCE, 0xCF, "el")),
        *((0xD8, 0xDB, "ar"), (0xD6, 0xD7, "he")),
    ):
        table[low : high + 1] = _SCRIPTS.index(name)
    return table


def latin_language(text: str) -> str:
    """The language whose small words a Latin text uses; empty where they do not tell."""
    votes: Counter[str] = Counter()
    for word in text[:_LONGEST].lower().split():
        for code in _HOME.get(word.strip(".,;:!?\"'()"), ()):
            votes[code] += 1
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return ""
    if len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]:
        return ""
    return ranked[0][0]


def check_languages(
    rows: Rows, look: Look
) -> Generator[Event, None, tuple[list[Finding], list[tuple[str, int]]]]:
    """Rows in another language than most, and how many rows each language has."""
    import numpy as np

    yield PhaseChanged("languages")
    main, code = main_texts(rows, look)
    script = np.full(len(main), -1, dtype=np.int64)
    for start in range(0, len(main), _CHUNK):
        part = main.slice(start, _CHUNK)
        script[start : start + len(part)] = languages_of(part)
        yield Progressed(start + len(part), len(main), "texts")
    names = [*_SCRIPTS, *_SMALL_WORDS]
    latin = np.flatnonzero(script == 0)
    step = max(1, -(-len(latin) // _LOOKED_AT))
    for number, place in enumerate(latin[::step].tolist()):
        language = latin_language(main[place].as_py())
        if language:
            script[place] = names.index(language)
        if number % 5000 == 4999:
            yield Tick()
    if not len(code):
        return [], []
    by_row = script[code]
    known = by_row[by_row >= 0]
    counts = np.bincount(known, minlength=len(names))
    order = np.argsort(-counts, kind="stable")
    listed = [(names[n], int(counts[n])) for n in order.tolist() if counts[n]]
    return _findings(rows, by_row, counts, names), listed


def _findings(
    rows: Rows, by_row: np.ndarray, counts: np.ndarray, names: list[str]
) -> list[Finding]:
    import numpy as np

    # Latin texts whose words do not tell may be in any language: they count with none
    sure = counts.copy()
    sure[0] = 0
    best = int(sure.argmax()) if sure.any() else 0
    others = (by_row > 0) & (by_row != best)
    if best == 0:
        return []
    if names[best] not in _SMALL_WORDS:
        others |= by_row == 0  # Latin letters among another script
    places = np.flatnonzero(others)
    if not len(places):
        return []
    places = places[np.argsort(by_row[places], kind="stable")]
    _, groups = np.unique(by_row[places], return_inverse=True)
    told = sorted((int((by_row[places] == n).sum()), n) for n in np.unique(by_row[places]))
    shown = ", ".join(f"{names[n]} {count}" for count, n in reversed(told[-5:]))
    what = Sentence(
        QT_TRANSLATE_NOOP(
            "engine", "{count} texts are in another language than most ({most}): {others}."
        ),
        {"count": len(places), "most": names[best], "others": shown},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "Check that the model knows these languages, and that its prompt fits them. Scripts "
            "are certain; Latin languages are told by their small words.",
        )
    )
    ids = rows.ids[places]
    title = Sentence(QT_TRANSLATE_NOOP("engine", "Leave out {count} rows"), {"count": len(places)})
    repair = Repair("exclude", title, ids, {"why": "language"})
    return [Finding("language", NOTE, what, why, ids, groups.astype(np.int64), (repair,))]
