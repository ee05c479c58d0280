"""The models dialog: what is there, adding, removing, and why one cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fakes import DEFAULT_MODEL, FakeLibrary, FakeTuner, card

from peft_desktop.core.errors import UserError
from peft_desktop.ui.models_dialog import ModelsDialog
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.questions import Questions


class Yes(Questions):
    def delete_model(self, name: str, size: str) -> bool:
        return True


@pytest.fixture
def dialog(qtbot: QtBot, around: Surroundings) -> Iterator[ModelsDialog]:
    made = ModelsDialog(around, Yes(None))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: not made._errands.busy, timeout=3000)
    yield made
    qtbot.waitUntil(lambda: not around.work.busy and not made._errands.busy, timeout=3000)
    made.close()
    made.deleteLater()


def choose(dialog: ModelsDialog, name: str) -> None:
    for place in range(dialog.list.topLevelItemCount()):
        item = dialog.list.topLevelItem(place)
        if item is not None and item.text(0) == name:
            dialog.list.setCurrentItem(item)


def test_that_models_are_listed_with_kind_size_and_licence(dialog: ModelsDialog) -> None:
    assert dialog.list.topLevelItemCount() == 3
    choose(dialog, DEFAULT_MODEL)
    item = dialog.list.currentItem()
    assert item is not None
    assert item.text(2) == "134.5 M"
    assert item.text(3) == "271.0 MB"
    assert "apache-2.0" in dialog.details.toPlainText()


def test_that_a_model_that_cannot_be_used_says_why_and_what_to_do(dialog: ModelsDialog) -> None:
    choose(dialog, "broken-bert")
    item = dialog.list.currentItem()
    assert item is not None and item.text(4).startswith("\u2716 no: This model needs code")
    assert dialog.details.toPlainText().startswith("This model needs code of its own to run.")
    choose(dialog, "all-minilm-l6-v2")
    assert "Cannot read: Chinese" in dialog.details.toPlainText()


def test_that_an_added_model_is_in_the_list_and_chosen(
    qtbot: QtBot, dialog: ModelsDialog, library: FakeLibrary, tuner: FakeTuner, tmp_path: Path
) -> None:
    library.cards["mine"] = card("mine")
    dialog.add(tmp_path / "mine")
    assert not dialog.add_file.isEnabled()
    assert "Wait" in dialog.add_file.toolTip()
    qtbot.waitUntil(lambda: dialog._chosen() == "mine", timeout=3000)
    assert tuner.asked[-1] == ("add_model", tmp_path / "mine")
    assert dialog.notices.texts() == ["The model mine is ready."]


def test_that_a_refused_model_is_told_as_a_sentence(
    qtbot: QtBot, dialog: ModelsDialog, tuner: FakeTuner, tmp_path: Path
) -> None:
    tuner.fail_with, tuner.fail_at_step = UserError("This is an archive.", "Unpack it."), 0
    dialog.add(tmp_path / "x.zip")
    qtbot.waitUntil(lambda: bool(dialog.notices.texts()), timeout=3000)
    assert dialog.notices.texts() == ["This is an archive. Unpack it."]


def test_that_removing_frees_room_and_offers_the_starter_again(
    qtbot: QtBot, dialog: ModelsDialog, library: FakeLibrary, tuner: FakeTuner
) -> None:
    assert dialog.install.isHidden()
    choose(dialog, DEFAULT_MODEL)
    dialog.remove.click()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2, timeout=3000)
    assert DEFAULT_MODEL not in library.cards
    assert "271.0 MB" in dialog.notices.texts()[0]
    assert not dialog.install.isHidden()
    actions = dialog.install.menu().actions()
    assert [action.text() for action in actions] == [DEFAULT_MODEL]
    actions[0].trigger()
    qtbot.waitUntil(lambda: bool(tuner.asked), timeout=3000)
    assert tuner.asked == [("install_model", DEFAULT_MODEL)]


def test_that_every_starter_that_is_missing_is_offered(
    qtbot: QtBot, dialog: ModelsDialog, library: FakeLibrary
) -> None:
    library.cards.clear()
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 0, timeout=3000)
    offered = [action.text() for action in dialog.install.menu().actions()]
    assert offered == list(library.starters())
