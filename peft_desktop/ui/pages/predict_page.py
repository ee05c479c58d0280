"""Predict: a trained model labels a text as it is typed, or the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ...core.ports import ReadAs
from ...core.words import Sentence
from ..errands import Ask, Errands
from ..needed_columns import columns_of, question_of
from ..predicting_desk import (
    FileLabelling,
    LiveText,
    Model,
    Written,
    first_rows,
    models_in,
    models_of,
)
from ..theme import as_title
from ..widgets.answer_view import AnswerView
from ..widgets.batch_form import BatchForm
from ..widgets.probability_bars import ProbabilityBars
from ..widgets.tabs import Tabs
from ..widgets.text_fields import TextFields
from ..widgets.trained_choice import TrainedChoice, short
from ..wording import number, plain
from .page import Page, Surroundings

_ANSWER_SHOWN = 300  # characters: the line wraps


class PredictPage(Page):
    """The page; `show_run(name)` uses a run, `run_chosen(name)` tells that the user chose one."""

    name = "predict"
    run_chosen = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._errands = Errands(self)
        self._folder = self.document.folder
        self._used: Model | None = None
        self._chances: dict[str, float] = {}
        self._waits_for, self._thinking = "", False
        self._said, self._number = "", 0  # an answer in words; how often one was asked for
        self._sure: float | None = None  # of an answer to a question
        self._main_column = ""  # of the file that was labelled: the texts
        self._was_shown = False
        self.live = LiveText(self.work, around.tuner, self)
        self.files = FileLabelling(self.work, around.tuner, self)
        self._build()
        self._connect()
        self.choice.set_project(self.document.project is not None)
        self.retranslate()

    def _build(self) -> None:
        self.choice = TrainedChoice(self)
        self.text = TextFields(self)
        self.answer = as_title(plain(QLabel(self)), 1.3)
        self.answer.setWordWrap(True)
        self._about = plain(QLabel(self))
        self._about.setWordWrap(True)
        self.bars = ProbabilityBars(self)
        self.view = AnswerView(self)
        self.view.hide()
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.answer)
        column.addWidget(self._about)
        column.addWidget(self.bars, 1)
        column.addWidget(self.view, 1)
        one = QSplitter(Qt.Orientation.Horizontal, self)
        one.addWidget(self.text)
        one.addWidget(right)
        one.setChildrenCollapsible(False)
        one.setSizes([560, 560])
        inside = QWidget(self)
        QVBoxLayout(inside).addWidget(one)
        self.batch = BatchForm(self)
        self.tabs = Tabs(self)
        self.tabs.addTab(inside, "")
        self.tabs.addTab(self.batch, "")
        self.body.addWidget(self.choice)
        self.body.addWidget(self.tabs, 1)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes through the page as one reads it, also through fields that came later."""
        choice = (self.choice.box, self.choice.other, self.choice.train, self.tabs.tabBar())
        text = (*self.text.edits, self.text.clear_button, self.bars, *self.view.in_order())
        for one, other in pairwise((*choice, *text, *self.batch.in_order())):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        self.document.opened.connect(self._opened)
        self.document.runs_changed.connect(self._read_models)
        self.work.started.connect(self._work_changed)
        self.work.ended.connect(self._work_changed)
        self.choice.chosen.connect(self._use_model)
        self.choice.picked.connect(self.run_chosen)
        self.choice.other_asked.connect(self._ask_for_project)
        self.choice.train_asked.connect(self._go_training)
        self.text.changed.connect(self._typed)
        self.live.told.connect(self._told)
        self.live.written.connect(self.view.show_written)
        self.live.answered.connect(self._answered)
        self.view.asked.connect(self._write)
        self.view.stop_asked.connect(self._stop_writing)
        self.live.waits.connect(self._waits)
        self.live.thinking.connect(self._thinks)
        self.live.failed.connect(self._failed)
        self.batch.label_asked.connect(self._label)
        self.batch.models_asked.connect(self._go_training)
        self.batch.failed.connect(self._failed)
        self.batch.stop_asked.connect(self._stop)
        self.batch.file.changed.connect(self._file_changed)
        self.files.changed.connect(self._refresh)
        self.files.wrote.connect(self._wrote)
        self.files.warned.connect(self._warned)
        self.files.failed.connect(self._failed)

    # ---- what the frame asks

    def texts(self) -> tuple[str, str]:
        return (
            self.tr("Predict"),
            self.tr("Let a trained model answer a text of yours, or all the rows of a file."),
        )

    def state(self) -> tuple[str, str]:
        if self.files.at_work:
            return "", self.tr("A file is being labelled.")
        return "", ""  # the project's file knows

    def shown(self) -> None:
        if not self._was_shown:
            self._was_shown = True
            self._read_models()

    def show_run(self, run_name: str) -> None:
        """Use a run of the open project."""
        self.choice.choose(run_name)

    @Slot()
    def main_action(self) -> None:
        """Label the file where the file is in front, else go to the text."""
        if self.choice.model is None:
            self._go_training()
        elif self.tabs.currentWidget() is self.batch:
            self.batch.ask()
        elif self._writes:
            self._write()
        else:
            self.text.edits[0].setFocus()
            self._typed()

    # ---- the model

    @Slot()
    def _opened(self) -> None:
        if self.document.folder == self._folder:
            return
        self._folder = self.document.folder
        self.notices.clear()
        self.batch.show_written(None)
        self.choice.set_project(self.document.project is not None)
        self._read_models()

    @Slot()
    def _read_models(self) -> None:
        """Read in a thread which runs have weights; not before the page was seen."""
        if not self._was_shown:
            return
        project = self.document.project
        folder = None if project is None else project.runs_folder
        self._errands.run("models", lambda _: models_in(folder), self.choice.set_own, self._failed)

    @Slot()
    def _use_model(self) -> None:
        """Fields and bars for the model that is chosen, and the text asked again."""
        model, before = self.choice.model, self._used
        self._used = model
        if model is None or before is None or model.folder != before.folder:
            self._chances = {}
            self.bars.set_labels([] if model is None else model.labels)
            self.batch.set_model(model)
            self._show_task(model)
            if model is not None:
                recipe = model.run.recipe
                asked = question_of(recipe)
                self.text.set_columns(columns_of(recipe), recipe.data.text, asked)
            self._order_tabs()
            self._typed()
        self._refresh()

    def _show_task(self, model: Model | None) -> None:
        """Bars for one label a text; what fits the task for the others."""
        recipe = None if model is None else model.run.recipe
        self._said = ""
        self.bars.setVisible(self._labels_one)
        self.view.setVisible(not self._labels_one)
        if recipe is not None and not self._labels_one:
            self.view.show_model(recipe.task, recipe.labels, dict(recipe.task_settings))

    @property
    def _labels_one(self) -> bool:
        """Whether the model gives each text one label of a list."""
        model = self.choice.model
        return model is None or model.run.recipe.task == "classification"

    @property
    def _writes(self) -> bool:
        return not self._labels_one and self.view.writes

    @Slot()
    def _ask_for_project(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("A project whose model to use"), str(self.document.folder or "")
        )
        if chosen:
            self.open_other(Path(chosen))

    def open_other(self, project: Path) -> None:
        """Use the models of a project that stays closed."""
        read = partial(_read_other, project)
        self._errands.run("other", read, self.choice.add_others, self._failed)

    @Slot()
    def _go_training(self) -> None:
        self.go.emit("train" if self.document.project is not None else "open")

    # ---- one text

    @Slot()
    def _typed(self) -> None:
        if self._writes:  # a text is written when it is asked for
            self._refresh()
        else:
            self.live.want(self.choice.model, self.text.row())

    @Slot()
    def _write(self) -> None:
        """Let the model write its answer to the text, as the form says."""
        if not self.text.blank and not self.work.busy:
            self._number += 1
            self.view.show_written("")
            settings = dict(self.view.settings)
            self.live.want(self.choice.model, self.text.row(), settings, self._number)

    @Slot()
    def _stop_writing(self) -> None:
        if self.live.at_work:
            self.work.stop()

    @Slot(object)
    def _told(self, row: dict[str, Any]) -> None:
        """All columns of the answer to the newest text."""
        if not self._labels_one and (row or not self._writes):
            main = self.text.main_text
            self._said = self.view.show_answer(main, row)
            asked = self.choice.model is not None and self.view.task == "question_answering"
            self._sure = row.get("probability") if asked else None

    @Slot(object)
    def _answered(self, chances: Mapping[str, float]) -> None:
        self._chances = dict(chances)
        self.bars.show_chances(self._chances)
        self._tell_answer()

    @Slot(str)
    def _waits(self, for_what: str) -> None:
        self._waits_for = for_what
        self._tell_answer()

    @Slot(bool)
    def _thinks(self, thinking: bool) -> None:
        self._thinking = thinking
        self._tell_answer()

    def _tell_answer(self) -> None:
        model, chances = self.choice.model, self._chances
        best = max(chances, key=lambda label: chances[label], default="")
        self.answer.setText(short(best) if chances else "\u2013")
        self.answer.setToolTip(self.tr("The likeliest label for the text."))
        self.answer.setVisible(not self._writes)
        if not self._labels_one:
            self.answer.setText(self._said[:_ANSWER_SHOWN] or "\u2013")
            self.answer.setToolTip(self.tr("The answer to the text, in short."))
        if model is None:
            said = self.tr("Train a model first, or use one of another project.")
        elif self._waits_for:
            said = self.tr("Waiting for: {work}. The answer comes when it is done.").format(
                work=short(self._waits_for)
            )
        elif self._thinking and not chances:
            said = self.tr("Loading the model; the first answer takes a few seconds.")
        elif self._writes:
            said = self.tr("Type or paste an input, then let the model write.")
        elif self._said:
            said = "" if self._sure is None else self._how_sure(self._sure)
        elif self.view.task == "question_answering" and not self._labels_one:
            said = self.tr("Give a document and a question; the answer comes as you type.")
        elif chances and self._labels_one:
            said = self._how_sure(chances[best])
        else:
            said = self.tr("Type or paste a text; the answer comes as you type.")
        self._about.setText(said)
        self._about.setVisible(bool(said))

    def _how_sure(self, share: float) -> str:
        return self.tr("The model is {percent} % sure.").format(percent=number(100 * share, 1))

    # ---- a file

    @Slot(object, object, object)
    def _label(self, source: Path, target: Path, read_as: ReadAs) -> None:
        model = self.choice.model
        if model is not None:
            self.notices.clear()
            self.batch.show_written(None)
            self._main_column = self.batch.source_column or model.run.recipe.data.text
            self.files.label(model, source, target, read_as, self.batch.file.rows)

    @Slot()
    def _file_changed(self) -> None:
        self.files.know_total(self.batch.file.rows)

    @Slot()
    def _stop(self) -> None:
        """The window asks before it stops anything."""
        self.go.emit("stop")

    @Slot(object)
    def _wrote(self, written: Written) -> None:
        self.batch.show_written(written)
        read = partial(_read_rows, written.target)
        self._errands.run("rows", read, self._show_rows, self._failed)

    def _show_rows(self, tables: tuple[Any, Any]) -> None:
        self.batch.show_rows(*tables, self._main_column)

    # ---- how things stand

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.notices.error(error)

    @Slot(object)
    def _warned(self, sentence: Sentence) -> None:
        self.notices.warning(sentence)

    @Slot(str)
    def _work_changed(self, _: str) -> None:
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        has_model = self.choice.model is not None
        other = self.work.busy and not self.files.at_work and not self.live.at_work
        self.batch.show_state(
            has_model, self.work.title if other else "", self.files.at_work, self.files.pace
        )
        self.text.setEnabled(has_model)
        waits = self.work.title if other else ""
        ready = has_model and not self.text.blank
        self.view.show_state(ready, self.live.at_work and self._writes, waits)
        self._tell_answer()
        self.state_changed.emit()

    def retranslate(self) -> None:
        super().retranslate()
        self.tabs.setTabText(0, self.tr("O&ne text"))
        self.tabs.setTabText(1, self.tr("A file"))
        self.tabs.setAccessibleName(self.tr("One text or a file"))
        self._refresh()


def _read_other(project: Path, ask: Ask) -> list[Model]:
    return models_of(project)


def _read_rows(target: Path, ask: Ask) -> tuple[Any, Any]:
    return first_rows(target)
