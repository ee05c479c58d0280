"""Adapt to texts: what is counted, what is missing, what the tuner is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from window_fakes import DEFAULT_MODEL, FakeTuner, card

from peft_desktop.core.ports import AdaptRequest
from peft_desktop.ui.adapt_dialog import AdaptDialog
from peft_desktop.ui.models_dialog import ModelsDialog
from peft_desktop.ui.pages.page import Surroundings

CARDS = [card(name) for name in (DEFAULT_MODEL, "all-minilm-l6-v2", "broken-bert")]


def is_ready(dialog: AdaptDialog) -> bool:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


@pytest.fixture
def dialog(qtbot: QtBot, opened: Surroundings) -> Iterator[AdaptDialog]:
    made = AdaptDialog(opened, CARDS, "all-minilm-l6-v2")
    qtbot.waitUntil(lambda: not made._counting, timeout=3000)
    yield made
    qtbot.waitUntil(lambda: not made._errands.busy, timeout=3000)
    made.close()
    made.deleteLater()


def test_that_the_project_s_training_texts_are_counted_and_named(
    dialog: AdaptDialog, opened: Surroundings
) -> None:
    project = opened.document.project
    assert project is not None and is_ready(dialog)
    assert dialog._texts is not None
    assert len(dialog._texts.texts) <= len(project.file.splits["train"])
    assert "fills gaps (masked)" in dialog.plan.text()
    request = dialog.request()
    assert (request.model, request.name) == ("all-minilm-l6-v2", "all-minilm-l6-v2-adapted")
    assert (request.project, request.own_rows, request.minutes) == (project.folder, True, 10.0)


def test_that_models_that_cannot_be_used_are_not_offered(dialog: AdaptDialog) -> None:
    offered = [dialog.model.itemData(n) for n in range(dialog.model.count())]
    assert offered == [DEFAULT_MODEL, "all-minilm-l6-v2"]


def test_that_judged_rows_in_a_file_are_told_and_left_out(
    qtbot: QtBot, dialog: AdaptDialog, opened: Surroundings, tmp_path: Path
) -> None:
    from peft_desktop.data.store import load_table, rows_by_id

    project = opened.document.project
    assert project is not None
    column = project.file.roles.text
    rows = rows_by_id(load_table(project.folder), project.file.splits["test"][:2], [column])
    file = tmp_path / "more.txt"
    file.write_text("\n".join([*(row[column] for row in rows), "a new text"]), encoding="utf-8")
    dialog.add([file, file])
    assert dialog.files.count() == 1
    qtbot.waitUntil(lambda: not dialog._counting, timeout=3000)
    assert "Left out: 2 that are among the test rows" in dialog.plan.text()
    assert dialog.request().files == (file,)


def test_that_it_says_what_is_missing(qtbot: QtBot, dialog: AdaptDialog, tmp_path: Path) -> None:
    dialog.name.setText(DEFAULT_MODEL.upper())
    dialog._on_name()
    assert not is_ready(dialog) and "already" in dialog.plan.text()
    dialog.name.setText("mine")
    dialog._on_name()
    assert is_ready(dialog)
    dialog.own_rows.setChecked(False)
    assert not is_ready(dialog) and "which texts" in dialog.plan.text()
    dialog.add([tmp_path / "gone.txt"])
    qtbot.waitUntil(lambda: bool(dialog.notices.texts()), timeout=3000)
    assert "no such file" in dialog.notices.texts()[0] and not is_ready(dialog)


def test_that_the_name_follows_the_model_until_one_is_written(dialog: AdaptDialog) -> None:
    dialog.model.setCurrentIndex(0)
    assert dialog.name.text() == f"{DEFAULT_MODEL}-adapted"
    dialog.name.setText("mine")
    dialog._on_name()
    dialog.model.setCurrentIndex(1)
    assert dialog.name.text() == "mine"


def test_that_the_models_window_lets_the_tuner_adapt(
    qtbot: QtBot, opened: Surroundings, tuner: FakeTuner
) -> None:
    models = ModelsDialog(opened)
    qtbot.waitUntil(lambda: not models._errands.busy, timeout=3000)
    models.adapt.click()
    dialog = models.findChild(AdaptDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: is_ready(dialog), timeout=3000)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(models.notices.texts()), timeout=3000)
    assert models.notices.texts()[-1].endswith("-adapted is ready.")
    name, request = tuner.asked[-1]
    assert name == "adapt" and isinstance(request, AdaptRequest)
    qtbot.waitUntil(lambda: not opened.work.busy and not models._errands.busy, timeout=3000)
    models.close()
    models.deleteLater()
