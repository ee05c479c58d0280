"""The bank of templates, and which of them suit some labels and texts best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..core.recipe import PromptSpec
from . import bank_chinese, bank_english, label_names
from .template import Template

LANGUAGES = ("en", "zh")
KINDS = ("sentiment", "topic", "intent", "question", "subjectivity", "yes_no", "general")
_MOVIE_WORDS = ("movie", "film", "cinema", "actor", "director", "电影", "影片", "演员", "导演")


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One template in two forms: `template` has the slot at its end (causal models), `cloze` reads
    well around the slot (masked models) and gives label prompts (encoders). `words` maps what a
    label means (see `label_names`) to suggested words; it is empty where the labels' own names
    serve. `parameters` are the named constants that it needs."""

    id: str
    language: str
    kind: str
    template: str
    cloze: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    movies: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        known = ("text", "mask")
        return tuple(n for n in Template.parse(self.template).columns if n not in known)


@cache
def entries(language: str | None = None, kind: str | None = None) -> tuple[BankEntry, ...]:
    """The bank, or its part for a language ("en", "zh") and a kind, best first."""
    found = []
    for code, module in (("en", bank_english), ("zh", bank_chinese)):
        for name in KINDS:
            rows = getattr(module, name.upper())
            if name == "sentiment":
                rows = (*module.MOVIES, *rows)
            for number, (template, cloze, words) in enumerate(rows, start=1):
                movies = name == "sentiment" and number <= len(module.MOVIES)
                found.append(
                    BankEntry(f"{code}-{name}-{number}", code, name, template, cloze, words, movies)
                )
    return tuple(e for e in found if language in (None, e.language) and kind in (None, e.kind))


def suggest(
    labels: Sequence[str],
    texts_sample: Iterable[str] = (),
    family: str = "causal",
    *,
    parameters: Mapping[str, str] | None = None,
) -> list[PromptSpec]:
    """Prompts for these labels, best first; at least eight, all different, words never colliding.

    `texts_sample`: some of the texts (language, and whether films are spoken of). `family`:
    "causal" gets templates that end in the slot, the others cloze ones. `parameters`: named
    constants that the user gave; templates that need one are left out without it. The templates
    say `{text}`.
    """
    texts = [text[:2000] for text in texts_sample]
    given = dict(parameters or {})
    language = language_of(texts or labels)
    kind = kind_of(labels)
    if given and any(set(e.parameters) & set(given) for e in entries(None, "yes_no")):
        kind = "yes_no"
    chosen = list(entries(language, kind))
    if kind == "sentiment":
        about_movies = _about_movies(texts)
        chosen = [e for e in chosen if about_movies or not e.movies]
    if kind != "general":
        chosen += entries(language, "general")[:2]
    elif {label.strip() for label in labels} == {"0", "1"}:
        chosen += entries(language, "yes_no")[1:3]
    found: list[PromptSpec] = []
    for entry in chosen:
        if not set(entry.parameters) <= set(given):
            continue
        spec = PromptSpec(
            template=entry.template if family == "causal" else entry.cloze,
            parameters={name: given[name] for name in entry.parameters},
            words=words_for(labels, entry),
        )
        if spec not in found:
            found.append(spec)
    return found


def words_for(labels: Sequence[str], entry: BankEntry) -> dict[str, list[str]]:
    """Label words in the order of the labels: what is known for a label's meaning, else its name.

    No two labels share a word, in whatever case (labels that differ in case alone excepted).
    """
    prefix = _common_prefix(labels)
    found: dict[str, list[str]] = {}
    for label in labels:
        short = label[len(prefix) :]
        own = label_names.readable(short if entry.kind == "topic" else label)
        found[label] = list(_known_words(short, label, entry) or [own or label])
    for fallback in (label_names.readable, str.strip):
        for label in _colliding(found):
            found[label] = [fallback(label) or label]
    return found


def _known_words(short: str, label: str, entry: BankEntry) -> tuple[str, ...]:
    if entry.kind == "topic":
        meant = label_names.meaning(short, "topic") or label_names.meaning(label, "topic")
        word = label_names.TOPIC_WORDS[entry.language].get(meant or "")
        return (word,) if word else ()
    if entry.kind not in label_names.MEANINGS:
        return ()
    meant = label_names.meaning(label, entry.kind)
    if meant is None and entry.kind == "yes_no":
        meant = {"1": "yes", "0": "no"}.get(label.strip())
    return tuple(entry.words.get(meant or "", ()))


def _colliding(words: Mapping[str, Sequence[str]]) -> list[str]:
    owners: dict[str, list[str]] = {}
    for label, several in words.items():
        for word in several:
            owners.setdefault(word.casefold(), []).append(label)
    return sorted({label for owner in owners.values() if len(owner) > 1 for label in owner})


def _common_prefix(labels: Sequence[str]) -> str:
    """What all labels begin with up to an underscore (`news_` in news_tech, news_car)."""
    if len(labels) < 2:
        return ""
    first, last = min(labels), max(labels)  # what these two share, all share
    same = next((i for i, c in enumerate(first) if not last.startswith(c, i)), len(first))
    return first[: first.rfind("_", 0, same) + 1]


def language_of(texts: Iterable[str]) -> str:
    """ "zh" where at least three in ten letters are Han characters, else "en"."""
    letters = [c for text in texts for c in text if c.isalpha()]
    han = sum("\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" for c in letters)
    return "zh" if letters and han / len(letters) >= 0.3 else "en"


def kind_of(labels: Sequence[str]) -> str:
    """What kind of question some labels answer; "general" where their names do not tell."""
    names = [label for label in labels if label.strip()]
    for kind in ("sentiment", "question", "subjectivity", "yes_no"):
        meant = [label_names.meaning(label, kind) for label in names]
        if len(names) > 1 and None not in meant and len(set(meant)) == len(names):
            return kind
    prefix = _common_prefix(names)
    topics = sum(
        1
        for label in names
        if label_names.meaning(label[len(prefix) :], "topic") or label_names.meaning(label, "topic")
    )
    if names and topics >= len(names) / 2:
        return "topic"
    spoken = sum(" " in label_names.readable(label) for label in names)
    if len(names) > 2 and spoken >= len(names) / 2:
        return "intent"
    return "general"


def _about_movies(texts: Sequence[str]) -> bool:
    hits = sum(any(word in text.casefold() for word in _MOVIE_WORDS) for text in texts)
    return bool(texts) and hits / len(texts) >= 0.05
