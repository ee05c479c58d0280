"""The verbalizer: which words stand for which label, and whether a model can tell them apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .tokens import Tokens

Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class WordComplaint:
    """A label word that a model cannot use: what is wrong and what to do."""

    label: str
    word: str
    sentence: Sentence
    do: Sentence


def check_words(words: Words, labels: Collection[str]) -> list[Warned]:
    """Check label words against the labels of the data, blanks around a word aside.

    Returns warnings (words of two labels that differ in case only, a word given twice).
    Raises UserError for a label without words, an empty word, one word for two labels, a label
    of the data without words, and words for a label that the data does not have.
    """
    known = set(labels)
    for label in words:
        if label not in known:
            raise UserError(
                _STRANGE_LABEL,
                _STRANGE_LABEL_DO,
                field="words",
                label=label,
                labels=_listed(_nearest_first(label, labels)),
            )
    missing = [label for label in labels if not words.get(label)]
    if missing:
        raise UserError(
            _NO_WORDS, _NO_WORDS_DO, field="words", labels=_listed(missing), label=missing[0]
        )
    warnings: list[Warned] = []
    owner: dict[str, str] = {}
    folded: dict[str, tuple[str, str]] = {}
    for label, several in words.items():
        for written in several:
            word = written.strip()
            if not word:
                raise UserError(EMPTY_WORD, _NO_WORDS_DO, field="words", label=label)
            if word in owner and owner[word] != label:
                raise UserError(
                    SHARED_WORD,
                    _OTHER_WORD_DO,
                    field="words",
                    word=word,
                    first=owner[word],
                    second=label,
                )
            if word in owner:
                warnings.append(Warned(TWICE, {"word": word, "label": label}))
                continue
            first_label, first_word = folded.setdefault(word.casefold(), (label, word))
            if first_label != label:
                warnings.append(
                    Warned(
                        CASE_ONLY,
                        {
                            "word": word,
                            "label": label,
                            "first_word": first_word,
                            "first": first_label,
                        },
                    )
                )
            owner[word] = label
    return warnings


def word_complaints(
    words: Words, tokens: Tokens, space: bool, *, start: bool = False
) -> list[WordComplaint]:
    """Words that the model cannot read, and words of two labels that it reads alike.

    `space` and `start` as in `Tokens.word_ids`.
    """
    found = []
    owner: dict[tuple[int, ...], tuple[str, str]] = {}
    for label, several in words.items():
        for written in several:
            word = written.strip()
            ids = tuple(tokens.word_ids(word, space, start=start))
            if not ids or tokens.unk_id in ids:
                values = {"word": word, "label": label}
                found.append(_word(label, word, UNKNOWN_WORD, _UNKNOWN_WORD_DO, values))
                continue
            first_label, first_word = owner.setdefault(ids, (label, word))
            if first_label != label:
                values = {"word": word, "label": label, "first_word": first_word}
                values["first"] = first_label
                found.append(_word(label, word, SAME_TOKENS, _OTHER_WORD_DO, values))
    return found


def check_tokens(
    words: Words, tokens: Tokens, space: bool, *, start: bool = False
) -> dict[str, list[list[int]]]:
    """The token ids of every word of every label, in their order; every token counts.

    Raises UserError with the first of `word_complaints`.
    """
    for complaint in word_complaints(words, tokens, space, start=start):
        said = complaint.sentence
        raise UserError(said.template, complaint.do.template, field="words", **said.values)
    return {
        label: [tokens.word_ids(word, space, start=start) for word in several]
        for label, several in words.items()
    }


def _word(label: str, word: str, what: str, do: str, values: dict[str, str]) -> WordComplaint:
    return WordComplaint(label, word, Sentence(what, values), Sentence(do, values))


def _nearest_first(label: str, labels: Collection[str]) -> list[str]:
    from rapidfuzz import fuzz, utils

    def far(other: str) -> float:
        return -fuzz.ratio(label, other, processor=utils.default_process)

    return sorted(labels, key=far)


def _listed(labels: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(f'"{label}"' for label in labels[:most])
    return f"{shown}, ..." if len(labels) > most else shown


_STRANGE_LABEL = QT_TRANSLATE_NOOP(
    "engine", 'There are words for "{label}", but no row has this label.'
)
_STRANGE_LABEL_DO = QT_TRANSLATE_NOOP("engine", "Labels of the data: {labels}.")
_NO_WORDS = QT_TRANSLATE_NOOP("engine", "No label word is given for {labels}.")
_NO_WORDS_DO = QT_TRANSLATE_NOOP("engine", "Give every label at least one word ({label}=...).")
EMPTY_WORD = QT_TRANSLATE_NOOP("engine", 'A word of the label "{label}" is empty.')
SHARED_WORD = QT_TRANSLATE_NOOP(
    "engine", 'The word "{word}" stands for two labels, "{first}" and "{second}".'
)
_OTHER_WORD_DO = QT_TRANSLATE_NOOP("engine", "Give one of the two labels another word.")
TWICE = QT_TRANSLATE_NOOP("engine", 'The word "{word}" is given twice for the label "{label}".')
CASE_ONLY = QT_TRANSLATE_NOOP(
    "engine",
    'The words "{first_word}" ({first}) and "{word}" ({label}) differ only in upper and lower '
    "case; some models read them alike.",
)
UNKNOWN_WORD = QT_TRANSLATE_NOOP(
    "engine", 'The model cannot read the word "{word}" of the label "{label}".'
)
_UNKNOWN_WORD_DO = QT_TRANSLATE_NOOP(
    "engine", "Choose another word, or a model that knows the language."
)
SAME_TOKENS = QT_TRANSLATE_NOOP(
    "engine",
    'To the model the words "{first_word}" ({first}) and "{word}" ({label}) are the same.',
)
