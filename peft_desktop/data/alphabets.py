"""The letters beyond ASCII of languages that are written in alphabets, the frequent ones first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_MARKS = "’“”„‘«»–—…°€§№"


@dataclass(frozen=True)
class Alphabet:
    """`letters` make up most of what is not ASCII, `more` nearly all the rest.

    `alone`: the whole word is in this alphabet, ASCII letters do not occur in it.
    """

    name: str
    codecs: tuple[str, ...]
    letters: str
    more: str
    alone: bool = False
    prior: float = 0.0

    def shares(self) -> Callable[[str], float]:
        """The probability of a character in running text."""
        table = dict.fromkeys(_MARKS, 0.02 / len(_MARKS))
        table |= dict.fromkeys(self.more, 0.1 / len(self.more))
        table |= dict.fromkeys(self.letters, 0.87 / len(self.letters))
        return lambda character: table.get(character, 1e-5)


_RUSSIAN_MORE = "бгжзйфхцчшщъыьэюёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯІЇЄ"
_HEBREW_MORE = "גדזחטךכםןסעףפץצקְִֵַָֹּ"

ALPHABETS = (
    Alphabet("French", ("cp1252",), "éèàêç", "ôûîùâëïœÉÀÈÊÇÔÎ"),
    Alphabet("German", ("cp1252",), "äöüß", "ÄÖÜé"),
    Alphabet("Spanish", ("cp1252",), "áéíóúñ", "¿¡üÁÉÍÓÚÑ"),
    Alphabet("Portuguese", ("cp1252",), "ãçáéíóêõ", "âàúôÁÉÃÇÀÓ"),
    Alphabet("Italian", ("cp1252",), "àèùòìé", "ÈÀÉ"),
    Alphabet("Nordic", ("cp1252",), "åäöøæ", "éÅÄÖØÆ"),
    Alphabet("Polish", ("cp1250", "iso8859_2"), "łżęąśóćńź", "ŁŻŚĆŹÓ", prior=-2.0),
    Alphabet("Czech", ("cp1250", "iso8859_2"), "áíéěýřžčšů", "úťďňóôľŠŽČŘÚÁĎ", prior=-2.0),
    Alphabet("Hungarian", ("cp1250", "iso8859_2"), "áéöóőíüúű", "ÁÉÖÓŐÍÜÚŰ", prior=-2.0),
    Alphabet("Romanian", ("cp1250", "iso8859_2"), "ăîâşţ", "ĂÎÂŞŢ", prior=-2.0),
    Alphabet("Croatian", ("cp1250", "iso8859_2"), "čćžšđ", "ČĆŽŠĐ", prior=-2.0),
    Alphabet("Turkish", ("cp1254",), "ıüşöçğ", "İŞÇÖÜĞâîû", prior=-2.0),
    Alphabet("Lithuanian", ("cp1257",), "ėšųžąįūčę", "ĖŠŲŽĄĮŪČĘ", prior=-2.5),
    Alphabet("Latvian", ("cp1257",), "āīēšņūļžģķč", "ĀĪĒŠŅŪĻŽĢĶČ", prior=-2.5),
    Alphabet("Estonian", ("cp1257",), "äõöü", "šžÄÕÖÜŠŽ", prior=-2.5),
    Alphabet(
        "Russian", ("cp1251", "koi8_r", "cp866"), "оеаинтсрвлкмдпуя", _RUSSIAN_MORE, alone=True
    ),
    Alphabet("Ukrainian", ("cp1251",), "оанивітрлсекудмпя", _RUSSIAN_MORE, alone=True, prior=-0.5),
    Alphabet(
        "Greek",
        ("cp1253", "iso8859_7"),
        "αειοτνσςρηπκλυμγδωάέήίόύώ",
        "θχφβξζψΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        alone=True,
    ),
    Alphabet("Hebrew", ("cp1255",), "יוהלאתמרבשנ", _HEBREW_MORE, alone=True),
    Alphabet("Arabic", ("cp1256",), "اليمنوتبةرعدفسكهقأحجشصطخى", "ءآؤإئثذزضظغپچژگ،؟؛", alone=True),
)
