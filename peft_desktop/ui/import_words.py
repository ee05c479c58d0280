"""Encodings and delimiters as people call them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 (简体中文)"),
    ("big5", "Big5 (繁體中文)"),
    ("utf-16", "UTF-16"),
    ("shift_jis", "Shift JIS (日本語)"),
    ("euc_kr", "EUC-KR (한국어)"),
    ("cp1252", "Windows-1252 (Western)"),
    ("cp1250", "Windows-1250 (Central European)"),
    ("cp1251", "Windows-1251 (Кириллица)"),
)
DELIMITERS = (",", "\t", ";", "|", "，")


def encoding_title(codec: str) -> str:
    """`UTF-8` for `utf-8-sig`: without the finer points."""
    known = dict(ENCODINGS)
    plain = codec.lower().removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    return known.get(plain, codec.upper()).partition(" (")[0]


def delimiter_title(delimiter: str | None) -> str:
    """A delimiter's name in the language in force; None means a file of one column."""
    translate = QCoreApplication.translate
    if delimiter is None:
        return translate("ImportWords", "one column")
    names = {
        ",": translate("ImportWords", "comma"),
        "\t": translate("ImportWords", "tab"),
        ";": translate("ImportWords", "semicolon"),
        "|": translate("ImportWords", "bar |"),
        "，": translate("ImportWords", "full-width comma"),
    }
    return names.get(delimiter, delimiter)
