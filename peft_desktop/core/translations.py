"""The program's own translations without a window: read from the sources that Qt compiles."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

from .errors import UserError
from .places import resources
from .words import QT_TRANSLATE_NOOP

_STEM = "peft_desktop_"


def languages() -> list[str]:
    """The languages besides English, by their codes (`zh_CN`)."""
    folder = resources() / "i18n"
    return sorted(path.stem.removeprefix(_STEM) for path in folder.glob(f"{_STEM}*.ts"))


def words_of(language: str) -> Callable[[str, str], str]:
    """A function (context, English text) -> the text in `language`, English where there is none.

    Raises UserError for a language that does not ship.
    """
    if language not in languages():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no language "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            name=language,
            known=", ".join(["en", *languages()]),
        )
    known: dict[tuple[str, str], str] = {}
    tree = ElementTree.parse(resources() / "i18n" / f"{_STEM}{language}.ts")
    for context in tree.iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            said = message.findtext("translation")
            if said:
                known[name, message.findtext("source") or ""] = said
    return lambda context, text: known.get((context, text), text)
