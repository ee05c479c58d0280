"""The verbalizer doctor: how a model reads each label word, what is wrong, what to do about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .parts import Literal
from .repairs import MOST_LETTERS, Kind, Repair
from .repairs import apply as apply
from .segments import begins_with_slot, space_before_slot
from .synonyms import synonyms
from .template import Template
from .tokens import Tokens, word_pieces
from .verbalizer import (
    CASE_ONLY,
    EMPTY_WORD,
    SAME_TOKENS,
    SHARED_WORD,
    TWICE,
    UNKNOWN_WORD,
)

Severity = OneOf["refused", "warned", "told"]
_MOST_SYNONYMS = 3
_SPACE = {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "HANGUL", "DEVANAGARI"}

SHARED_START = QT_TRANSLATE_NOOP(
    "engine",
    '"{word}" ({label}) and "{other}" ({other_label}) begin with the same token "{piece}", so the '
    "first token alone does not tell them apart; all their tokens are scored.",
)
PREFIX = QT_TRANSLATE_NOOP(
    "engine",
    'To the model "{other}" ({other_label}) begins with the whole of "{word}" ({label}): the two '
    "are hard to tell apart.",
)
SEVERAL_TOKENS = QT_TRANSLATE_NOOP(
    "engine",
    'The model reads "{word}" as {count} tokens ({pieces}); it is scored by their mean, which is '
    "slower and often less sure than one token.",
)
NO_SPACE = QT_TRANSLATE_NOOP(
    "engine",
    'No space stands before the slot, so the model reads "{word}" as if it went on with the word '
    "before it.",
)
NEEDLESS_SPACE = QT_TRANSLATE_NOOP(
    "engine",
    'A space stands before the slot; with it the model reads "{word}" as {count} tokens, without '
    "it as {fewer}.",
)
ADD_SPACE = QT_TRANSLATE_NOOP("engine", "Add the space")
DROP_SPACE = QT_TRANSLATE_NOOP("engine", "Take the space out")
SYNONYM = QT_TRANSLATE_NOOP("engine", 'Use "{replacement}", which is one token')
SEVERAL_MASKS = QT_TRANSLATE_NOOP("engine", "Write {masks} slots, one for each token")
VIRTUAL = QT_TRANSLATE_NOOP("engine", "Make it one virtual token")
NO_VIRTUAL = QT_TRANSLATE_NOOP("engine", "Score all its tokens")
VIRTUAL_TOKEN = QT_TRANSLATE_NOOP(
    "engine",
    '"{word}" is one virtual token, which starts as the mean of {count} ({pieces}) and is trained.',
)
LETTERS = QT_TRANSLATE_NOOP("engine", "Ask with options A, B, C")
REMOVE = QT_TRANSLATE_NOOP("engine", 'Leave "{word}" out')
ANOTHER_WORD = QT_TRANSLATE_NOOP("engine", "Choose another word")


@dataclass(frozen=True, slots=True)
class WordReading:
    """How the model reads one word in the slot: `pieces` as they stand there, and both ways.

    `unknown`: some of it is no token of the model's.
    """

    label: str
    word: str
    ids: tuple[int, ...]
    pieces: tuple[str, ...]
    with_space: tuple[str, ...]
    without_space: tuple[str, ...]
    unknown: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a word: `refused` cannot be trained, `warned` may harm, `told` is good to
    know. `kind` names it; the repairs are in order, best first."""

    kind: str
    severity: Severity
    label: str
    word: str
    sentence: Sentence
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`space`: a blank goes before the words, as they are tokenised in the slot."""

    words: tuple[WordReading, ...]
    findings: tuple[Finding, ...]
    space: bool

    @property
    def refused(self) -> bool:
        return any(finding.severity == "refused" for finding in self.findings)

    def of(self, label: str, word: str) -> list[Finding]:
        """What was found about one word."""
        return [f for f in self.findings if (f.label, f.word.strip()) == (label, word.strip())]


def examine(
    prompt: PromptSpec,
    tokens: Tokens,
    family: str,
    columns: Collection[str] = (),
    text_column: str | None = None,
) -> Diagnosis:
    """Read every label word as `family` does and say what is wrong, in the order of the words.

    Raises UserError for a template whose braces do not match.
    """
    template = Template.parse(prompt.template, columns, prompt.parameters, text_column)
    return _Examination(prompt, tokens, family, template).diagnosis()


class _Examination:
    def __init__(self, prompt: PromptSpec, tokens: Tokens, family: str, template: Template) -> None:
        self.prompt, self.tokens, self.template = prompt, tokens, template
        self.in_slot = family != "encoder"  # an encoder reads the words within its label prompts
        self.masked = family == "masked"
        self.space = self.in_slot and space_before_slot(template, prompt.words)
        self.start = not self.in_slot or (family != "causal" and begins_with_slot(template))
        self.words = [self._reading(lb, word) for lb, ws in prompt.words.items() for word in ws]

    def diagnosis(self) -> Diagnosis:
        findings = [*self._each(), *self._pairs()]
        order = {(w.label, w.word): place for place, w in reversed([*enumerate(self.words)])}
        rank = {"refused": 0, "warned": 1, "told": 2}
        findings.sort(key=lambda f: (order[f.label, f.word], rank[f.severity]))
        return Diagnosis(tuple(self.words), tuple(findings), self.space)

    def _reading(self, label: str, word: str) -> WordReading:
        bare = word.strip()
        if not bare:
            return WordReading(label, word, (), (), (), (), False)
        ids = self._ids(bare)
        pieces = [
            tuple(map(self.tokens.token, self.tokens.word_ids(bare, space)))
            for space in (True, False)
        ]
        unknown = not ids or self.tokens.unk_id in ids
        shown = tuple(map(self.tokens.token, ids))
        return WordReading(label, word, ids, shown, pieces[0], pieces[1], unknown)

    def _ids(self, word: str) -> tuple[int, ...]:
        return tuple(self.tokens.word_ids(word.strip(), self.space, start=self.start))

    def _each(self) -> Iterator[Finding]:
        """What is wrong with a word by itself."""
        seen: set[tuple[str, str]] = set()
        for word in self.words:
            bare = word.word.strip()
            if not bare:
                told = {"label": word.label}
                yield self._finding("empty", "refused", word, EMPTY_WORD, told, ["remove"])
            elif (word.label, bare) in seen:
                told = {"word": bare, "label": word.label}
                yield self._finding("twice", "warned", word, TWICE, told, ["remove"])
            elif word.unknown:
                told = {"word": bare, "label": word.label}
                ways: list[Kind] = ["synonym", "letters", "remove"]
                yield self._finding("unknown", "refused", word, UNKNOWN_WORD, told, ways)
            elif self.in_slot:
                yield from self._in_the_slot(word, bare)
            seen.add((word.label, bare))

    def _in_the_slot(self, word: WordReading, bare: str) -> Iterator[Finding]:
        with_space, without = len(word.with_space), len(word.without_space)
        if (
            not self.space
            and not self.start
            and self._glued(bare)
            and word.with_space != word.pieces
        ):
            yield self._finding("no_space", "warned", word, NO_SPACE, {"word": bare}, ["add_space"])
        elif self.space and without < with_space and not _spoken_with_spaces(bare):
            told = {"word": bare, "count": with_space, "fewer": without}
            yield self._finding(
                "needless_space", "warned", word, NEEDLESS_SPACE, told, ["drop_space"]
            )
        count = len(word.ids)
        if count > 1:
            pieces = " | ".join(
                (text.strip() or text) + (f" {part}/{of}" if of > 1 else "")
                for text, part, of in word_pieces(bare, word.pieces)
            )
            told = {"word": bare, "count": count, "pieces": pieces}
            if self.prompt.virtual:
                yield self._finding(
                    "virtual_token", "told", word, VIRTUAL_TOKEN, told, ["no_virtual"]
                )
                return
            ways: list[Kind] = ["synonym", "virtual"]
            if self.masked and self.template.slots == 1 and self._all_of_length(count):
                ways.append("several_masks")
            ways.append("letters")
            yield self._finding("several_tokens", "told", word, SEVERAL_TOKENS, told, ways)

    def _pairs(self) -> Iterator[Finding]:
        """What is wrong between the words of two labels."""
        strings: dict[str, WordReading] = {}
        folded: dict[str, WordReading] = {}
        by_ids: dict[tuple[int, ...], WordReading] = {}
        firsts: dict[int, WordReading] = {}
        readable = [w for w in self.words if w.word.strip() and not w.unknown]
        for word in (w for w in self.words if w.word.strip()):
            bare = word.word.strip()
            other = strings.setdefault(bare, word)
            if other.label != word.label:
                told = {"word": bare, "first": other.label, "second": word.label}
                yield self._finding("duplicate", "refused", word, SHARED_WORD, told, _APART)
                continue
            same = None if word.unknown else by_ids.setdefault(word.ids, word)
            if same is not None and same.label != word.label:
                told = {"word": bare, "label": word.label, "first_word": same.word.strip()}
                told["first"] = same.label
                yield self._finding("same_tokens", "refused", word, SAME_TOKENS, told, _APART)
                continue
            other = folded.setdefault(bare.casefold(), word)
            if other.label != word.label:
                told = {"word": bare, "label": word.label, "first_word": other.word.strip()}
                told["first"] = other.label
                yield self._finding("case_only", "warned", word, CASE_ONLY, told, _APART)
        if not self.in_slot or self.prompt.virtual:
            return
        for word in readable:
            other = firsts.setdefault(word.ids[0], word)
            if other.label == word.label or other.ids == word.ids:
                continue
            yield self._start(word, other)

    def _start(self, word: WordReading, other: WordReading) -> Finding:
        """Two words of different labels that begin with the same token."""
        short, long = sorted((word, other), key=lambda w: len(w.ids))
        if long.ids[: len(short.ids)] == short.ids:
            told = {"word": short.word.strip(), "label": short.label}
            told |= {"other": long.word.strip(), "other_label": long.label}
            return self._finding("prefix", "warned", long, PREFIX, told, _ONE_EACH)
        told = {"word": word.word.strip(), "label": word.label, "piece": word.pieces[0].strip()}
        told |= {"other": other.word.strip(), "other_label": other.label}
        return self._finding("shared_start", "warned", word, SHARED_START, told, _ONE_EACH)

    def _finding(
        self,
        kind: str,
        severity: Severity,
        word: WordReading,
        template: str,
        values: Mapping[str, object],
        ways: Sequence[Kind],
    ) -> Finding:
        repairs = [repair for way in ways for repair in self._repairs(way, word)]
        if kind not in ("no_space", "needless_space", "twice", "virtual_token"):
            repairs.append(Repair("another_word", Sentence(ANOTHER_WORD), word.label, word.word))
        sentence = Sentence(template, values)
        return Finding(kind, severity, word.label, word.word, sentence, tuple(repairs))

    def _repairs(self, kind: Kind, word: WordReading) -> Iterator[Repair]:
        label, said = word.label, word.word
        if kind == "add_space":
            yield Repair(kind, Sentence(ADD_SPACE), label, said)
        elif kind == "drop_space":
            yield Repair(kind, Sentence(DROP_SPACE), label, said)
        elif kind == "several_masks":
            masks = len(word.ids)
            sentence = Sentence(SEVERAL_MASKS, {"masks": masks})
            yield Repair(kind, sentence, label, said, masks=masks)
        elif kind == "virtual" and self.template.slots == 1:
            yield Repair(kind, Sentence(VIRTUAL), label, said)
        elif kind == "no_virtual":
            yield Repair(kind, Sentence(NO_VIRTUAL), label, said)
        elif kind == "letters" and self._letters_help():
            yield Repair(kind, Sentence(LETTERS), label, said)
        elif kind == "remove" and len(self.prompt.words.get(label, ())) > 1:
            sentence = Sentence(REMOVE, {"word": said.strip()})
            yield Repair(kind, sentence, label, said)
        elif kind == "synonym":
            for other in self._synonyms(word):
                sentence = Sentence(SYNONYM, {"replacement": other})
                yield Repair(kind, sentence, label, said, other)

    def _synonyms(self, word: WordReading) -> list[str]:
        """Words of the same meaning that are one token, and nobody's yet."""
        taken = {other.word.strip().casefold() for other in self.words}
        ids_taken = {other.ids for other in self.words}
        found: list[str] = []
        for other in synonyms(word.word):
            ids = self._ids(other)
            free = ids not in ids_taken and other not in taken
            if free and len(ids) == 1 and self.tokens.unk_id not in ids:
                found.append(other)
            if len(found) == _MOST_SYNONYMS:
                break
        return found

    def _letters_help(self) -> bool:
        few = 2 <= len(self.prompt.words) <= MOST_LETTERS
        return (
            self.in_slot
            and few
            and not any(
                len(several) == 1 and len(several[0].strip()) == 1 and several[0].strip().isupper()
                for several in self.prompt.words.values()
            )
        )

    def _all_of_length(self, count: int) -> bool:
        return all(len(word.ids) == count for word in self.words)

    def _glued(self, word: str) -> bool:
        """Whether a word of a language with spaces hangs on the text before the slot."""
        slot = self.template.slot
        if not slot or not _spoken_with_spaces(word):
            return False
        before = self.template.parts[slot - 1]
        if not isinstance(before, Literal):
            return True
        return before.text[-1].isalnum() or before.text[-1] in ".,:;!?"


_APART: tuple[Kind, ...] = ("synonym", "letters", "remove")
_ONE_EACH: tuple[Kind, ...] = ("synonym", "virtual", "letters", "remove")


def _spoken_with_spaces(word: str) -> bool:
    """Whether a word is of a script that writes spaces between words."""
    letter = next((c for c in word if c.isalpha()), "")
    return bool(letter) and unicodedata.name(letter, "").split(" ")[0] in _SPACE
