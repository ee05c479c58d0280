"""Both languages: every text has its translation, and the window changes while it is open."""

from __future__ import annotations

import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from peft_desktop.core.errors import UserError
from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.pages.page import Page, Surroundings
from peft_desktop.ui.settings import AppSettings
from peft_desktop.ui.translations import Translations
from peft_desktop.ui.wording import translated

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "resources" / "i18n" / "peft_desktop_zh_CN.ts"


def messages(file: Path = TARGET) -> list[tuple[str, str, str]]:
    """Context, text, translation of every message."""
    return [
        (
            context.findtext("name") or "",
            message.findtext("source") or "",
            message.findtext("translation") or "",
        )
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
    ]


def test_that_every_text_of_the_program_is_translated(tmp_path: Path) -> None:
    """Fails when a text is new or changed: python packaging/translations.py DICT.json"""
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import translations
    finally:
        sys.path.remove(str(ROOT / "packaging"))
    copy = tmp_path / TARGET.name
    shutil.copyfile(TARGET, copy)
    translations.update(copy)
    untranslated = [text for _, text, said in messages(copy) if not said]
    assert untranslated == []


def test_that_a_translation_can_be_meant_for_one_place(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import translations
    finally:
        sys.path.remove(str(ROOT / "packaging"))
    file = tmp_path / "some.ts"
    one = "<message><source>Precision</source><translation/></message>"
    file.write_text(
        f"<TS><context><name>Table</name>{one}</context>"
        f"<context><name>settings</name>{one}</context></TS>",
        encoding="utf-8",
    )
    assert translations.fill_in(file, {"Precision": "a", "Table|Precision": "b"}) == []
    assert messages(file) == [("Table", "Precision", "b"), ("settings", "Precision", "a")]


def test_that_translations_keep_the_values_and_the_keys() -> None:
    wrong = []
    for context, text, said in messages():
        if not said:
            continue
        names = [re.findall(r"(?<!\{)\{(\w+)\}(?!\})", each) for each in (text, said)]
        if set(names[0]) != set(names[1]):
            wrong.append((context, text, said))
        key = re.search(r"&([^&\s])", text)
        if key and context != "engine" and "&&" not in text:
            there = re.search(r"&(\w)", said)
            if there is None or there.group(1).lower() != key.group(1).lower():
                wrong.append((context, text, said))
    assert wrong == []


def test_that_the_compiled_file_is_that_of_the_sources(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(TARGET.with_suffix(".qm")))
    stale = [
        text for context, text, said in messages() if said != translator.translate(context, text)
    ]
    assert [text for text in stale if text] == []


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Translations]:
    """The languages of the application; English again at the end."""
    made = Translations(qapp)
    before = QLocale()
    yield made
    made.use("en")
    QLocale.setDefault(before)
    made.deleteLater()


class Plain(Page):
    def texts(self) -> tuple[str, str]:
        return translated("story", "Data"), ""


def test_that_the_window_changes_its_language_while_it_is_open(
    qtbot: QtBot, around: Surroundings, language: Translations
) -> None:
    around.settings.put("started", "true")
    pages = dict.fromkeys(("data", "prompt", "train", "evaluate", "predict"), Plain)
    window = MainWindow(around, pages)
    qtbot.addWidget(window)
    window.show()
    language.use("zh_CN")
    qtbot.waitUntil(lambda: window.doings["new"].text().startswith("从数据新建"), timeout=2000)
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    assert window.side.pages.topLevelItem(0).text(0) == "数据"  # type: ignore[union-attr]
    assert window.bar.working.text() == "空闲"
    error = UserError("There is no such file.", "Check the name and the folder.", file="a.csv")
    assert error.in_words(translated) == "a.csv: 没有这个文件。 请检查名称和文件夹。"
    language.use("en")
    qtbot.waitUntil(lambda: window.doings["new"].text() == "&New from data...", timeout=2000)
    assert window.bar.working.text() == "Nothing is at work"
    window.close()


def test_that_buttons_of_qt_itself_are_translated(
    qapp: QApplication, language: Translations
) -> None:
    language.use("zh_CN")
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


def test_that_an_unknown_language_is_the_systems(settings: AppSettings) -> None:
    settings.put("language", "tlh")
    assert settings.language == ""
