"""The texts that the masked-LM starter learns from: their sources, licences, what is left out."""

from __future__ import annotations

import csv
import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = (  # (name, what is taken, licence)
    ("text_en", "English Wikipedia, 22,152 articles", "CC BY-SA"),
    ("nltk_sentence_polarity", "sentences of film reviews", "CC BY 4.0"),
    ("nltk_subjectivity", "sentences of film reviews and plots", "CC BY 4.0"),
    ("banking77", "questions to a bank, training side", "CC BY 4.0"),
    ("snips", "requests to a voice assistant, training side", "CC0 1.0"),
    ("wnut17", "short messages, training side", "CC BY 4.0"),
    ("e2e_nlg", "descriptions of restaurants, training side", "CC BY-SA 4.0"),
)
AGAIN = {"nltk_sentence_polarity": 2, "nltk_subjectivity": 2}  # read so often: few and wanted
_SHINGLE = 8  # words in a row that two texts share by no accident


@dataclass
class Gathered:
    """The texts, long ones as whole articles; how many of each source were taken and left out."""

    texts: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


def gather(data: Path, quick: bool = False) -> Gathered:
    """All texts but those that also stand, alike or in part, on any test or dev side."""
    judged = Judged(_judged_texts(data))
    found = Gathered()
    for name, _, _ in SOURCES:
        taken = left_out = 0
        for text in _READ[name](data / name):
            parts = text.split("\n")
            kept = "\n".join(part for part in parts if not judged.knows(part))
            left_out += len(parts) - len(kept.split("\n")) if kept else len(parts)
            if kept:
                taken += 1
                found.texts += [kept] * AGAIN.get(name, 1)
            if quick and taken == 500:
                break
        found.taken[name], found.left_out[name] = taken, left_out
    return found


class Judged:
    """The texts that models are judged by; two texts that share eight words in a row are one."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._shingles: set[str] = set()
        for text in texts:
            for part in text.split("<unk>"):
                words = _words(part)
                self._whole.add(" ".join(words))
                self._shingles.update(_shingles(words))

    def knows(self, text: str) -> bool:
        words = _words(text)
        return " ".join(words) in self._whole or any(s in self._shingles for s in _shingles(words))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def _shingles(words: list[str]) -> Iterator[str]:
    return (" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _judged_texts(data: Path) -> Iterator[str]:
    for file in sorted((data / "kshot16_en").rglob("*.tsv")):
        if file.stem in ("test", "dev"):
            for line in file.read_text(encoding="utf-8").splitlines()[1:]:
                yield line.rpartition("\t")[0]
    for name in ("valid", "test"):
        file = data / "text_en" / "wikitext-2" / f"{name}.txt"
        yield from file.read_text(encoding="utf-8").splitlines()
    yield from _column(data / "banking77" / "test.csv", "text")
    yield from _column(data / "e2e_nlg" / "testset_w_refs.csv", "ref")
    yield from _utterances(data / "snips", "validate_*.json")
    for file in sorted((data / "wnut17").glob("emerging.*")):
        yield from _sentences(file)


def _articles(folder: Path) -> Iterator[str]:
    with gzip.open(folder / "wiki_en.txt.gz", "rt", encoding="utf-8") as file:
        lines: list[str] = []
        for line in file:
            if line.strip():
                lines.append(line.strip())
            elif lines:
                yield "\n".join(lines)
                lines = []
        if lines:
            yield "\n".join(lines)


def _lines(folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for line in (folder / name).read_text(encoding="latin-1").splitlines():
            if line.strip():
                yield line.strip()


def _column(file: Path, name: str) -> Iterator[str]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            yield row[name].strip()


def _utterances(folder: Path, pattern: str) -> Iterator[str]:
    for file in sorted(folder.glob(pattern)):
        raw = file.read_bytes()
        try:
            content = json.loads(raw.decode("utf-8"))
        except UnicodeDecodeError:
            content = json.loads(raw.decode("latin-1"))
        for entries in content.values():
            for entry in entries:
                yield "".join(part["text"] for part in entry["data"]).strip()


def _sentences(file: Path) -> Iterator[str]:
    words: list[str] = []
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            words.append(line.split("\t")[0])
        elif words:
            yield " ".join(words)
            words = []


_READ = {
    "text_en": _articles,
    "nltk_sentence_polarity": lambda at: _lines(at, ("rt-polarity.pos", "rt-polarity.neg")),
    "nltk_subjectivity": lambda at: _lines(at, ("quote.tok.gt9.5000", "plot.tok.gt9.5000")),
    "banking77": lambda at: _column(at / "train.csv", "text"),
    "snips": lambda at: _utterances(at, "train_*_full.json"),
    "wnut17": lambda at: _sentences(at / "wnut17train.conll"),
    "e2e_nlg": lambda at: _column(at / "devset.csv", "ref"),
}
