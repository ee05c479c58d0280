"""Help without a network: the guide, the field in focus, diagnostics without secrets, licences."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from peft_desktop.core.errors import UserError
from peft_desktop.ui.about import About, licences
from peft_desktop.ui.diagnostics import Checkup, diagnostics, redacted
from peft_desktop.ui.errors import Uncaught
from peft_desktop.ui.guide_text import guide_file, parted
from peft_desktop.ui.help import Guide, OfflineBrowser
from peft_desktop.ui.help_topics import About as AboutField
from peft_desktop.ui.icon import program_icon


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_the_guide_opens_in_both_languages(qtbot: QtBot, language: str) -> None:
    guide = Guide(language)
    qtbot.addWidget(guide)
    text = guide.browser.toPlainText()
    assert len(text) > 1000
    assert ("用户指南" in text) is (language == "zh_CN")
    assert guide_file(language).is_file()


def test_that_the_guide_loads_nothing_from_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "docs" / "here.png").write_bytes(b"picture")
    page = tmp_path / "docs" / "page.md"
    page.write_text(
        "# Page\n\n![a](here.png) ![b](../secret.png) ![c](http://127.0.0.1/x.png)\n\n"
        "<script>alert(1)</script> <b>bold</b>\n",
        encoding="utf-8",
    )
    browser = OfflineBrowser()
    qtbot.addWidget(browser)
    browser.show_file(page)
    assert browser.loadResource(2, QUrl("here.png")) == b"picture"
    for url in ("../secret.png", "http://127.0.0.1/x.png", "file:///etc/hostname", "data:x"):
        assert browser.loadResource(2, QUrl(url)) is None
    assert "<b>bold</b>" in browser.toPlainText()


def test_that_a_picture_is_no_wider_than_the_text(qtbot: QtBot, tmp_path: Path) -> None:
    QImage(1600, 400, QImage.Format.Format_RGB32).save(str(tmp_path / "wide.png"))
    (tmp_path / "page.md").write_text("# Page\n\n![a](wide.png)\n", encoding="utf-8")
    browser = OfflineBrowser()
    qtbot.addWidget(browser)
    browser.resize(800, 400)
    browser.show()
    browser.show_file(tmp_path / "page.md")
    qtbot.waitUntil(lambda: browser.document().size().width() <= browser.viewport().width())
    browser.resize(600, 400)
    qtbot.waitUntil(lambda: browser.document().size().width() <= browser.viewport().width())


def test_that_headings_have_names_that_no_language_changes() -> None:
    text, headings = parted('# One\n\n<a id="two"></a>\n## Two `x`\n\n    # code\n### Three\n')
    assert [(h.level, h.title, h.name) for h in headings] == [
        (1, "One", ""),
        (2, "Two x", "two"),
        (3, "Three", ""),
    ]
    assert "<a id" not in text


def test_that_the_guide_goes_to_a_section_and_says_what_the_field_is(qtbot: QtBot) -> None:
    guide = Guide("en")
    qtbot.addWidget(guide)
    guide.show()
    guide.show_about(AboutField("Batch size", "Rows at a time.", "settings"))
    assert guide.about.text() == "Batch size: Rows at a time."
    assert guide.browser.textCursor().block().text() == "Settings"
    guide.browser.anchorClicked.emit(QUrl("#trust"))
    assert guide.browser.textCursor().block().text() == "When not to trust the figures"
    guide.search.setText("gb18030")
    assert guide.find_next()
    assert guide.browser.textCursor().selectedText() == "gb18030"
    guide.search.setText("no such words in it")
    assert not guide.find_next()


def test_that_the_guide_comes_back_from_the_pages_it_links_to(qtbot: QtBot) -> None:
    guide = Guide("en")
    qtbot.addWidget(guide)
    guide.show()
    guide.browser.anchorClicked.emit(QUrl("article.md"))
    assert guide.browser.file.name == "article.md"
    assert guide.back.isVisible()
    guide.browser.anchorClicked.emit(QUrl("https://example.org/"))
    assert guide.browser.file.name == "article.md"
    guide.back.click()
    assert guide.browser.file == guide_file("en")
    assert not guide.back.isVisible()


def test_that_the_program_has_an_icon_for_small_and_large(qtbot: QtBot) -> None:
    sizes = {size.width() for size in program_icon().availableSizes()}
    assert {16, 24, 32, 48, 64, 128, 256} <= sizes


def test_that_diagnostics_hold_no_name_folder_or_text_of_the_user(qtbot: QtBot, home: Path) -> None:
    log = home / "logs" / "peft-desktop.log"
    log.parent.mkdir(parents=True)
    log.write_text(
        "2026-11-23T10:00:00.123456+00:00 peft-desktop 0.1.0\n"
        "Traceback (most recent call last):\n"
        f'  File "{Path.home()}/private/plan.py", line 3, in run\n'
        "    raise ValueError(row)\n"
        f"ValueError: my patient {getpass.getuser()} said so\n"
        "    and the rest of the letter\n"
        "\n"
        "in its own words\n"
        "\n"
        "During handling of the above exception, another exception occurred:\n"
        "\n"
        "Traceback (most recent call last):\n"
        '  File "D:\\Users\\li\\hidden\\diagnoses.csv", line 1\n'
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for X\n"
        "labels\n"
        "  Input should be a string [input_value='diabetes']\n",
        encoding="utf-8",
    )
    text = diagnostics({"page": "train"})
    assert "page: train" in text
    assert "ValueError: <message>" in text
    assert "ValidationError: <message>" in text
    assert 'plan.py", line 3, in run' in text and "raise ValueError(row)" in text
    assert "During handling" in text
    for told in (
        *("private", "patient", "letter", "own words", "hidden", "diagnoses", "Users", "labels\n"),
        *("diabetes", str(home), str(Path.home()) + "/"),
    ):
        assert told not in text, told


def test_that_redacting_keeps_versions_and_lines() -> None:
    said = 'torch 2.10.0, File "/srv/data/project/a.py", line 12, in run'
    assert redacted(said) == 'torch 2.10.0, File "<path>/a.py", line 12, in run'


def test_that_the_checkup_shows_what_the_doctor_says(qtbot: QtBot) -> None:
    dialog = Checkup([sys.executable, "-c", "print('Everything is in order.')"])
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.finished_checking, timeout=10_000):
        pass
    assert dialog.text.toPlainText() == "Everything is in order."


def test_that_a_checkup_closed_early_leaves_no_process(qtbot: QtBot) -> None:
    dialog = Checkup([sys.executable, "-c", "import time; time.sleep(60)"])
    qtbot.addWidget(dialog)
    dialog.close()


def test_that_about_names_the_licences(qtbot: QtBot) -> None:
    about = About()
    qtbot.addWidget(about)
    text = licences("Built on:", "Starter models:", "Samples:")
    assert about.parts.toPlainText() == text.rstrip("\n") or about.parts.toPlainText() == text
    assert "PySide6-Essentials" in text and "LGPL" in text
    assert "SmolLM2-135M-Instruct" in text and "all-MiniLM-L6-v2" in text
    for sample, licence, author in (
        ("movie_reviews", "CC BY 4.0", "Bo Pang"),
        ("banking_intents", "CC BY 4.0", "PolyAI"),
        ("keyword_zh", "CC BY-SA 4.0", "CMRC 2018"),
    ):
        assert f"{sample}: {licence}" in text and author in text
    assert "Apache License" in text


def test_that_uncaught_errors_are_logged_and_told(qtbot: QtBot) -> None:
    told: list[BaseException] = []
    logged: list[Exception] = []
    before = sys.excepthook
    catcher = Uncaught(told.append, logged.append)
    try:
        bug, mistake = ValueError("bug"), UserError("Yours.")
        sys.excepthook(type(bug), bug, None)
        sys.excepthook(type(mistake), mistake, None)
    finally:
        catcher.release()
    assert told == [bug, mistake]
    assert logged == [bug]
    assert sys.excepthook is before


def test_that_an_error_of_another_thread_is_told_on_the_windows(qtbot: QtBot) -> None:
    import threading

    told: list[str] = []
    catcher = Uncaught(
        lambda error: told.append(threading.current_thread().name), lambda error: None
    )

    def fail() -> None:
        raise ValueError("in a thread")

    try:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(told), timeout=2000)
    finally:
        catcher.release()
    assert told == ["MainThread"]
