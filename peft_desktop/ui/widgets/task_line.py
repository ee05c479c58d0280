"""The task of the open project; another one can be chosen at any time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ...tasks import TASKS
from ..errands import Errands
from ..pages.page import Surroundings
from ..task_change import Changed, under_task
from ..task_words import task_summary, task_titles
from ..wording import plain, without_key
from .editors import QuietComboBox


class TaskLine(QWidget):
    """`changed(warnings)` when the project has another task; `failed(error)` when it cannot."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around, self._document = around, around.document
        self.errands = Errands(self)
        self._head, self.about = QLabel(self), plain(QLabel(self))
        self.box = QuietComboBox(self)
        for task in TASKS:
            self.box.addItem("", task.name)
        self._head.setBuddy(self.box)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self.box)
        layout.addWidget(self.about, 1)
        self.box.activated.connect(self._pick)
        self._document.opened.connect(self.refresh)
        self._document.changed.connect(self._on_changed)
        self._document.runs_changed.connect(self.refresh)
        self.retranslate()

    @property
    def runs(self) -> int:
        """How many runs there are; they keep the task that they were trained for."""
        folder: Path | None = self._document.folder
        runs = None if folder is None else folder / "runs"
        return 0 if runs is None or not runs.is_dir() else len(list(runs.iterdir()))

    @Slot(object)
    def _on_changed(self, names: tuple[str, ...]) -> None:
        if "task" in names:
            self.refresh()

    @Slot()
    def _pick(self) -> None:
        name, project = str(self.box.currentData()), self._document.project
        if project is None or name == self._document.file.task:
            return
        self.box.setEnabled(False)
        file, library = self._document.file, self._around.library
        work = partial(under_task, project.folder, file, name, library, self.runs)
        self.errands.run("task", work, self._done, self._not_done)

    def _done(self, found: Changed) -> None:
        self._document.edit(self.tr("Change task"), **found.fields)
        self.refresh()
        self.changed.emit(list(found.warnings))

    def _not_done(self, error: Exception) -> None:
        self.refresh()
        self.failed.emit(error)

    @Slot()
    def refresh(self) -> None:
        """Show the task there is, and what another one would mean for runs."""
        self.setVisible(self._document.project is not None)
        task = self._document.file.task
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(task))
        self.box.setEnabled(True)
        said = task_summary(task)
        if self.runs:
            said = self.tr("{about} Runs keep the task that they were trained for.").format(
                about=said
            )
        self.about.setText(said)
        self.about.setToolTip(said)

    def retranslate(self) -> None:
        self._head.setText(self.tr("Tas&k"))
        self.box.setAccessibleName(without_key(self._head.text()))
        self.box.setToolTip(
            self.tr(
                "What the model learns to do with each text. With another task, labels, split and "
                "prompt are made anew (Undo brings them back); runs stay as they are, and can "
                "still be used."
            )
        )
        titles = task_titles()
        for place in range(self.box.count()):
            self.box.setItemText(place, titles[self.box.itemData(place)])
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
