"""The whole road of a first-time user, with the real starter model in the real worker process."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hands import Keyboard, Mouse, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from whole_program import program
from window_fakes import FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.ports import Events, Tuner
from peft_desktop.core.recipe import Recipe
from peft_desktop.core.runs import list_runs, replay
from peft_desktop.engine_choice import make_tuner
from peft_desktop.ui.data_import import ImportDialog
from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.widgets.words_table import WORDS


class Obedient(FakeTuner):
    """Goes through the motions for as many steps as the recipe says."""

    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events:
        self.steps = recipe.training.max_steps
        return super().train(recipe, run_folder, resume)


def motions_only(kind: str) -> Tuner:
    return Obedient()


# The real one: two trainings of SmolLM2 in a worker process, on cores that may have other work.
engines = pytest.mark.parametrize(
    "make",
    [
        motions_only,
        pytest.param(make_tuner, marks=[pytest.mark.slow, pytest.mark.timeout(600)]),
    ],
)
Make = Callable[[str], Tuner]
_LONG_MS = 150_000
_SHORT_MS = 20_000


class Road:
    """Where things are in the window, and what one waits for on the way."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def page(self) -> Any:
        return self.window.stack.page

    def until(self, what: Callable[[], object], ms: int = _SHORT_MS) -> None:
        import inspect
        import time

        t = time.time()
        self.qtbot.waitUntil(lambda: bool(what()), timeout=ms)
        if time.time() - t > 1:
            print(
                "T",
                round(time.time() - t, 1),
                inspect.stack()[1].function,
                inspect.stack()[1].lineno,
                inspect.stack()[2].lineno,
                flush=True,
            )

    def until_idle(self) -> None:
        self.until(lambda: not self.window.work.busy, _LONG_MS)

    def sample_comes(self) -> None:
        """The first start brings the sample, ready to train."""
        self.until(lambda: self.window.document.project is not None, 60_000)
        self.until(lambda: self.page.rows is not None)
        assert self.window.document.file.name == "movie_reviews"
        assert self.page.rows.table.num_rows == 2000
        assert self.window.windowTitle().startswith("movie_reviews")

    def train_page_is_ready(self) -> None:
        self.until(lambda: self.window.stack.now == "train" and self.page._missing is None)
        self.until(lambda: self.page.form.model.box.count() > 0)

    def watch_training(self, steps: int) -> None:
        """Everything a training shows while it goes on and at its end."""
        page, seen = self.page, []
        self.window.work.events.connect(seen.extend)
        self.until(lambda: page.desk.live)
        run = page.desk.live
        assert run in page.button.text() and not page.button.isEnabled()
        self.until_idle()
        self.window.work.events.disconnect(seen.extend)
        told = [type(event) for event in seen]
        assert told.count(ev.Stepped) == steps
        assert ev.Evaluated in told and told[-1] is ev.Finished
        page.view.curves._repaint()
        assert list(page.view.curves.series["loss"].x) == list(range(1, steps + 1))
        assert len(page.view.curves.series["valid"]) > 0
        assert f"{steps} / {steps}" in page.view.status._numbers[0].text()
        assert page.view.status.judge.isVisible() and page.button.isEnabled()
        project = self.window.document.project
        assert project is not None
        found = {each.name: each for each in list_runs(project.runs_folder)}[run]
        assert found.state == "finished"
        kept = [type(event) for event in replay(found.folder)]
        assert kept.count(ev.Stepped) == steps

    def evaluate_page_is_ready(self) -> None:
        self.until(lambda: self.window.stack.now == "evaluate" and self.page.run is not None)
        self.until(lambda: self.page.button.isEnabled())

    def read_evaluation(self, words: str, rows: int) -> None:
        """The headline says in words how good it is, with numbers and rows below."""
        page = self.page
        self.until(lambda: page.view.result is not None, _LONG_MS)
        self.until_idle()
        assert words in page.view.headline.text()
        assert page.view.headline.isVisible()
        assert page.view.result.rows == rows
        self.until(lambda: page.view.rows.count == rows)
        assert page.view.grid.isVisible() and page.view.tiles.isVisible()

    def read_answer(self, labels: set[str]) -> None:
        """The probabilities of the labels stand there and make one."""
        page = self.page
        self.until(lambda: page._chances, _LONG_MS)
        self.until(lambda: not page.live._timer.isActive() and not self.window.work.busy, _LONG_MS)
        self.until(lambda: set(page._chances) == labels)
        assert sum(page._chances.values()) == pytest.approx(1.0, abs=1e-3)
        assert page.answer.text() in labels

    def import_dialog(self) -> ImportDialog:
        def there() -> object:
            found = self.window.findChild(ImportDialog)
            return found is not None and found.isVisible() and found._found is not None

        self.until(there)
        dialog = self.window.findChild(ImportDialog)
        assert dialog is not None
        self.until(lambda: dialog._found is not None and dialog._found.complete)
        return dialog

    def imported(self, name: str, rows: int) -> None:
        self.until(lambda: self.window.document.file.name == name, 60_000)
        self.until_idle()
        self.until(lambda: self.window.stack.now == "data" and self.page.rows is not None)
        assert self.page.rows.table.num_rows == rows
        self.window.activateWindow()  # without a screen there is no window manager to do it
        self.until(self.window.isActiveWindow)

    def nothing_complains(self) -> None:
        for name, page in self.window.stack.made().items():
            assert page.notices.texts() == [], name


def write_csv(path: Path, head: list[str], rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@engines
def test_that_a_first_time_user_goes_the_whole_road_with_the_mouse(
    qtbot: QtBot, qapp: QApplication, starter_models: Path, tmp_path: Path, make: Make
) -> None:
    rows = [
        [
            ("the room was clean and the bed was soft", "the room was dirty and loud")[n % 2],
            f"seen by guest number {n} of the house, who stayed for a night and a day in spring",
            ("happy", "angry")[n % 2],
        ]
        for n in range(40)
    ]
    own = write_csv(tmp_path / "hotel.csv", ["words", "remark", "mood"], rows)
    with program(qtbot, qapp, "en", make) as window:
        road, mouse = Road(qtbot, window), Mouse(window)
        road.sample_comes()

        mouse.go_to("train")
        road.train_page_is_ready()
        page = road.page
        assert page.button.text() == "Train"
        mouse.type_into(page.form.main.rows["max_steps"].editor, "6")
        mouse.type_into(page.form.main.rows["batch_size"].editor, "2")
        mouse.click(page.button)
        road.watch_training(steps=6)

        mouse.click(page.view.status.judge)
        road.evaluate_page_is_ready()
        mouse.click(road.page.button)
        road.read_evaluation("Right in ", rows=32)

        mouse.go_to("predict")
        road.until(lambda: road.page.text.isEnabled())
        mouse.type_into(road.page.text.edits[0], "a warm and funny film")
        road.read_answer({"negative", "positive"})

        # now with rows of one's own, whose text column is not the one that was guessed
        mouse.drop(own)
        dialog = road.import_dialog()
        assert dialog.form.text.currentText() == "remark"
        mouse.choose(dialog.form.label, "mood")
        mouse.click(dialog.go)
        road.imported("hotel", 40)
        box = road.page.view.table.header.box_of("words")
        mouse.choose(box, "text")
        road.until(lambda: window.document.file.roles.text == "words")
        road.until(lambda: window.document.file.splits.get("test"))

        mouse.go_to("prompt")
        mouse.type_into(road.page.template.editor, "A guest says: {words} I was {mask}")
        table = road.page.words
        for row, label in enumerate(table.model.labels):
            word = {"happy": "glad", "angry": "angry"}[label]
            mouse.type_into_cell(table.model.index(row, WORDS), table.view, word)
        prompt = window.document.file.prompt
        assert prompt.template == "A guest says: {words} I was {mask}"
        assert prompt.words == {"happy": ["glad"], "angry": ["angry"]}
        road.until(lambda: road.page.state()[0] == "done")

        mouse.go_to("train")
        road.train_page_is_ready()
        mouse.type_into(page.form.main.rows["max_steps"].editor, "4")
        mouse.type_into(page.form.main.rows["batch_size"].editor, "2")
        mouse.click(page.button)
        road.watch_training(steps=4)
        mouse.click(page.view.status.judge)
        road.evaluate_page_is_ready()
        mouse.choose(road.page.split_box, "test")
        road.until(lambda: road.page.button.isEnabled())
        mouse.click(road.page.button)
        road.read_evaluation("Right in ", rows=len(window.document.file.splits["test"]))
        assert window.document.file.test_peeks == 1
        road.nothing_complains()


@engines
def test_that_a_first_time_user_goes_the_whole_road_in_chinese_with_keys_alone(
    qtbot: QtBot, qapp: QApplication, starter_models: Path, tmp_path: Path, make: Make
) -> None:
    rows = [
        [str(n), ("菜很好吃", "菜太难吃了")[n % 2] + f"，来过{n}次", ("满意", "不满")[n % 2]]
        for n in range(40)
    ]
    own = write_csv(tmp_path / "餐馆.csv", ["编号", "评论", "态度"], rows, "gb18030")
    with program(qtbot, qapp, "zh_CN", make) as window:
        road, keys = Road(qtbot, window), Keyboard(window)
        road.sample_comes()

        keys.go_to("train")
        road.train_page_is_ready()
        page = road.page
        assert page.button.text().startswith("开始训练")
        keys.type_into(page.form.main.rows["max_steps"].editor, "6")
        keys.type_into(page.form.main.rows["batch_size"].editor, "2")
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        road.watch_training(steps=6)

        keys.push(page.view.status.judge)
        road.evaluate_page_is_ready()
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        road.read_evaluation("每 100 行约对", rows=32)

        keys.go_to("predict")
        road.until(lambda: road.page.text.isEnabled())
        keys.type_into(road.page.text.edits[0], "好看 and funny")
        road.read_answer({"negative", "positive"})

        keys.choose_file(own, lambda: press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier))
        dialog = road.import_dialog()
        assert dialog.form.text.currentText() == "评论"
        press(Qt.Key.Key_Return)
        road.imported("餐馆", 40)
        box = road.page.view.table.header.box_of("编号")
        assert window.document.file.roles.id == "编号"
        keys.choose(box, "")
        road.until(lambda: window.document.file.roles.id is None)

        keys.go_to("prompt")
        keys.type_into(road.page.template.editor, "{评论} 总之，我很{mask}")
        table = road.page.words
        for row, label in enumerate(table.model.labels):
            keys.type_into_cell(row, table.view, {"满意": "高兴", "不满": "失望"}[label])
        prompt = window.document.file.prompt
        assert prompt.template == "{评论} 总之，我很{mask}"
        assert prompt.words == {"满意": ["高兴"], "不满": ["失望"]}
        road.until(lambda: road.page.state()[0] == "done")

        keys.go_to("train")
        road.train_page_is_ready()
        keys.type_into(page.form.main.rows["max_steps"].editor, "4")
        keys.type_into(page.form.main.rows["batch_size"].editor, "2")
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        road.watch_training(steps=4)
        keys.push(page.view.status.judge)
        road.evaluate_page_is_ready()
        keys.choose(road.page.split_box, "test")
        road.until(lambda: road.page.button.isEnabled())
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        road.read_evaluation("行", rows=len(window.document.file.splits["test"]))
        assert window.document.file.test_peeks == 1
        road.nothing_complains()
