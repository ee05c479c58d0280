"""How much a decoded text reads like a language: character classes and how often each occurs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from .alphabets import ALPHABETS, Alphabet
from .frequent import HANGUL, SIMPLIFIED, TRADITIONAL

ASCII = math.log(1 / 40)  # an ASCII character that another reading takes for half a foreign one
_UNLIKELY = math.log(0.05)
_SIGN_IN_A_WORD = math.log(0.01)
_CAPITAL_IN_A_WORD = math.log(0.01)
_HAN_MARKS = set("，。！？、；：“”‘’（）《》…—·「」『』【】～％￥　〈〉")
_WESTERN = set("éèàêçöäüßñóáíúôâîûœÉÈÀÖÄÜÑ’“”‘–—«»°€£¿¡…")
_WESTERN_TOO = set("ãåæëìïðòõøùýþÿÂÃÅÆÊËÌÍÎÏÐÒÓÔÕØÙÚÛÝÞŒšžŠŽ§·©®™¼½¾²³×¢•\u00a0")
_JOINS = set("’'‘·-‐–—­")  # may stand between two letters


@dataclass(frozen=True)
class Language:
    """`share(character)` is the probability of one non-ASCII character in running text."""

    name: str
    codecs: tuple[str, ...]
    share: Callable[[str], float]
    letters: bool = False  # written in an alphabet: a word has no signs and no capitals inside
    pairs_are_rare: bool = False  # in Western text accented letters stand alone
    mixes_with_ascii: bool = True  # a Cyrillic word holds no Latin letters
    prior: float = 0.0  # natural log

    def log_likelihood(self, text: str) -> tuple[float, float]:
        """The natural log of the text's probability: of ASCII characters, of all others."""
        ascii_part, total, before = 0.0, 0.0, "\n"
        known: dict[str, float] = {}
        for character in text:
            if character < "\x80":
                if character > " ":
                    ascii_part += ASCII
                if before >= "\x80":
                    if not self.mixes_with_ascii and character.isalpha():
                        total += _UNLIKELY
                    elif self.letters and character.isalpha() and _is_sign(before):
                        total += _SIGN_IN_A_WORD
            else:
                if character not in known:
                    known[character] = math.log(self.share(character))
                total += known[character]
                if before >= "\x80":
                    total += _UNLIKELY if self.pairs_are_rare else 0.0
                elif not self.mixes_with_ascii and before.isalpha():
                    total += _UNLIKELY
                if self.letters and before.islower() and character.isupper():
                    total += _CAPITAL_IN_A_WORD
            before = character
        return ascii_part, total


def _is_sign(character: str) -> bool:
    return not character.isalpha() and character not in _JOINS


def _within(character: str, codec: str, low: int, high: int) -> bool:
    """Whether the character has a two-byte code whose first byte lies in a range."""
    try:
        code = character.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and low <= code[0] <= high


def _han(common: str, codec: str, low: int, high: int, size: int) -> Callable[[str], float]:
    """Three of four characters are among the common ones, nearly all the rest in level 1."""
    frequent = frozenset(common)

    def share(character: str) -> float:
        if character in frequent:
            return 0.64 / len(frequent)
        if character in _HAN_MARKS:
            return 0.12 / len(_HAN_MARKS)
        if _within(character, codec, low, high):
            return 0.22 / size
        if "\uff01" <= character <= "\uff5e":
            return 0.01 / 94
        return 1e-6 if "\u4e00" <= character <= "\u9fff" else 1e-7

    return share


def _japanese(character: str) -> float:
    if "\u3041" <= character <= "\u3093":
        return 0.48 / 83
    if "\u30a1" <= character <= "\u30f6" or character == "ー":
        return 0.14 / 87
    if character in _HAN_MARKS:
        return 0.08 / len(_HAN_MARKS)
    if _within(character, "euc_jp", 0xB0, 0xCF):
        return 0.28 / 2965
    if "\uff01" <= character <= "\uff5e":
        return 0.01 / 94
    return 1e-6 if "\u4e00" <= character <= "\u9fff" else 1e-7  # half-width kana too


_FREQUENT_HANGUL = frozenset(HANGUL)


def _korean(character: str) -> float:
    if character in _FREQUENT_HANGUL:
        return 0.75 / len(_FREQUENT_HANGUL)
    if _within(character, "euc_kr", 0xB0, 0xC8):
        return 0.23 / 2350
    if character in _HAN_MARKS:
        return 0.01 / len(_HAN_MARKS)
    return 1e-6 if "\uac00" <= character <= "\ud7a3" else 1e-7


def _western(character: str) -> float:
    if character in _WESTERN:
        return 0.93 / len(_WESTERN)
    return 0.06 / len(_WESTERN_TOO) if character in _WESTERN_TOO else 1e-5


def _of(alphabet: Alphabet) -> Language:
    return Language(
        alphabet.name,
        alphabet.codecs,
        alphabet.shares(),
        letters=True,
        pairs_are_rare=not alphabet.alone,
        mixes_with_ascii=not alphabet.alone,
        prior=alphabet.prior,
    )


LANGUAGES = (
    Language("simplified Chinese", ("gb18030",), _han(SIMPLIFIED, "gb2312", 0xB0, 0xD7, 3755)),
    Language("traditional Chinese", ("big5", "cp950"), _han(TRADITIONAL, "big5", 0xA4, 0xC6, 5401)),
    Language("Japanese", ("shift_jis", "cp932", "euc_jp"), _japanese),
    Language("Korean", ("euc_kr", "cp949"), _korean),
    Language("Western European", ("cp1252",), _western, letters=True, pairs_are_rare=True),
    *map(_of, ALPHABETS),
)
