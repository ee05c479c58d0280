"""The engine's marked templates in the language in force; plain text for widgets that guess."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel

from ..core.words import Sentence


def translated(context: str, text: str) -> str:
    """`core.words.Translate` by Qt's translators."""
    return QCoreApplication.translate(context, text)


def in_words(sentence: Sentence) -> str:
    return sentence.in_words(translated)


def tip(text: str) -> str:
    """A tool tip that shows `text` as it is, whatever it holds."""
    # Qt guesses: what looks like HTML is shown as such, anything else letter by letter
    return f"<qt>{html.escape(text, quote=False)}</qt>" if GuiQt.mightBeRichText(text) else text


def plain(label: QLabel) -> QLabel:
    """A label that never reads its text as HTML."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def number(value: float, digits: int = 0) -> str:
    """A number with the locale's separators."""
    return QLocale().toString(value, "f", digits) if digits else QLocale().toString(int(value))


def size(size_bytes: float, digits: int = 1) -> str:
    return QLocale().formattedDataSize(
        int(size_bytes), digits, QLocale.DataSizeFormat.DataSizeSIFormat
    )


def duration(seconds: float) -> str:
    """0:38, 12:05, 1:02:03."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def without_key(text: str) -> str:
    """A title without the letter to press; Chinese has it in brackets behind the words."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "")
