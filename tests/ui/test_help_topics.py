"""F1 everywhere: each control says what it is, or has a section of the guide; the guide holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMainWindow,
    QTabBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_parts import Answers

from peft_desktop.ui.adapt_dialog import AdaptDialog
from peft_desktop.ui.data_import import ImportDialog
from peft_desktop.ui.guide_text import docs_folder, guide_file, parted
from peft_desktop.ui.help import Guide
from peft_desktop.ui.help_desk import with_help
from peft_desktop.ui.help_topics import TOPICS, about, section_of
from peft_desktop.ui.main_window import MainWindow, Start
from peft_desktop.ui.models_dialog import ModelsDialog
from peft_desktop.ui.pages import PAGES
from peft_desktop.ui.pages.page import Page, Surroundings
from peft_desktop.ui.pet_window import PetWindow
from peft_desktop.ui.preferences import Preferences
from peft_desktop.ui.shoot_out_window import ShootOutWindow
from peft_desktop.ui.widgets.rejected_rows import RejectedRows

LANGUAGES = ("en", "zh_CN")


@pytest.fixture
def whole_window(
    qtbot: QtBot, around: Surroundings, trained: Path, answers: Answers
) -> Iterator[MainWindow]:
    """The window with all its pages on a project with a run."""
    window = MainWindow(around, PAGES, Start(trained), answers)
    window.begin()
    with qtbot.waitSignal(window.painted, timeout=5000):
        window.show()
    for name in PAGES:
        window.stack.show_page(name)
        QApplication.processEvents()
    window.show_run("lora-1")
    yield window
    answers.sure = True
    window.end()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    window.end_errands()
    window.deleteLater()


def controls(root: QWidget) -> list[QWidget]:
    """What the keyboard can reach in a window; not the insides of lists and spin boxes."""
    found = []
    for widget in root.findChildren(QWidget):
        inside = widget.objectName().startswith("qt_")
        reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        inside = inside or isinstance(widget, QTabWidget) or isinstance(widget.parent(), QTabBar)
        if reached and not inside and widget.window() is root:
            found.append(widget)
    return found


def bare(root: QWidget) -> list[str]:
    """The controls of a window that F1 would have nothing to say of."""
    told = []
    for widget in controls(root):
        if about(widget).text or _of_a_part(widget):
            continue
        chain = [type(widget).__name__]
        while (parent := (widget.parentWidget())) is not None:
            widget = parent
            chain.append(type(widget).__name__)
        told.append(" in ".join(chain[:5]))
    return told


def _of_a_part(widget: QWidget | None) -> bool:
    """Whether the control, or the part of a page that it stands in, has a section of its own."""
    if isinstance(widget, QTabBar):  # it names parts, and is none
        return bool(section_of(widget))
    while widget is not None and not isinstance(widget, Page | QMainWindow):
        if widget.objectName() in TOPICS or type(widget).__name__ in TOPICS:
            return True
        widget = widget.parentWidget()
    return False


def test_that_every_control_of_the_pages_has_help(whole_window: MainWindow) -> None:
    assert len(controls(whole_window)) > 60
    assert "\n".join(bare(whole_window)) == ""
    for page in whole_window.stack.made().values():
        assert section_of(page)


def test_that_every_control_of_the_dialogs_has_help(
    qtbot: QtBot, opened: Surroundings, tmp_path: Path
) -> None:
    table = tmp_path / "letters.csv"
    table.write_text("text,label\na,b\nc,d\n", encoding="utf-8")
    dialogs: list[QDialog] = [
        Preferences(opened.settings, opened.tuner),
        ModelsDialog(opened),
        AdaptDialog(opened, opened.library.list()),
        ImportDialog(opened, table),
        RejectedRows(tmp_path / "rejected.csv"),
        ShootOutWindow(opened),
        PetWindow(opened),
        Guide("en"),
    ]
    try:
        for dialog in dialogs:
            assert controls(dialog), type(dialog)
            assert bare(dialog) == []
    finally:
        for dialog in dialogs:
            dialog.close()
            dialog.deleteLater()


def test_that_a_control_without_words_or_section_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit(window)
    assert bare(window) == ["QLineEdit in QWidget"]
    assert about(field).section == "" and about(field).text == ""
    field.setToolTip("<qt>one &lt; two</qt>")
    assert about(field).text == "one < two"
    field.setObjectName("TemplateBox")
    assert about(field).section == "template"
    assert bare(window) == []


def test_that_f1_opens_the_guide_at_the_field_in_focus(
    qtbot: QtBot, whole_window: MainWindow
) -> None:
    page = whole_window.stack.show_page("train")
    whole_window.activateWindow()
    qtbot.waitUntil(whole_window.isActiveWindow)
    field = page.findChild(QLineEdit, "batch_size")
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F1)
    guide = whole_window.findChild(Guide)
    assert guide is not None and guide.isVisible()
    assert guide.about.text().startswith("Batch size: Rows")
    assert guide.browser.textCursor().block().text() == "Settings"
    whole_window.settings.put("language", "zh_CN")
    assert guide.browser.file == guide_file("zh_CN")
    guide.close()


def test_that_f1_works_in_a_dialog_that_shuts_the_window_out(
    qtbot: QtBot, whole_window: MainWindow
) -> None:
    dialog = with_help(Preferences(whole_window.settings, whole_window.around.tuner, whole_window))
    assert isinstance(dialog, Preferences)
    dialog.open()
    dialog.threads.setFocus()
    dialog.findChildren(QShortcut)[0].activated.emit()
    guide = dialog.findChild(Guide)
    assert guide is not None and guide.isVisible()
    assert guide.browser.textCursor().block().text() == "Preferences"
    guide.close()
    dialog.close()
    dialog.deleteLater()


def _sections(language: str) -> list[str]:
    _, headings = parted(guide_file(language).read_text(encoding="utf-8"))
    return [heading.name for heading in headings if heading.name]


def test_that_both_guides_have_the_same_sections_and_all_that_f1_needs() -> None:
    english = _sections("en")
    assert english == _sections("zh_CN")
    assert len(english) == len(set(english))
    assert set(TOPICS.values()) <= set(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_link_and_picture_of_the_guide_is_there(language: str) -> None:
    text = guide_file(language).read_text(encoding="utf-8")
    names = set(_sections(language))
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert sum(target.endswith(".png") for target in targets) >= 8
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in names, target
        else:
            assert (docs_folder() / target.partition("#")[0]).is_file(), target


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_line_of_the_guide_is_html_that_the_window_would_show(language: str) -> None:
    text, _ = parted(guide_file(language).read_text(encoding="utf-8"))
    assert not re.findall(r"</?[a-z]+[^>]*>", text)
