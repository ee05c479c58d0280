"""The tabs of the Data page beside its rows: what is wrong with the data, and labelling by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ..core.words import Sentence
from .data_desk import Checked, DataDesk
from .labelling_desk import LabellingDesk
from .pages.page import Surroundings
from .widgets.labelling_view import LabellingView
from .widgets.quality_view import QualityView

_TOUCHES = {"data_sha256", "splits", "excluded", "roles", "labels", "model", "prompt"}
_REST_MS = 400  # several changes at once are checked once


class QualityTab(QObject):
    """Keeps a `QualityView` up to date while it shows. `failed(error)`, `told(text)`."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, around: Surroundings, desk: DataDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = around.document
        self.desk = desk
        self.view = QualityView(parent)
        self._shows = False
        self._fresh = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._check)
        self.view.check_asked.connect(desk.check)
        self.view.stop_asked.connect(desk.stop_check)
        self.view.finding.repair_asked.connect(self._on_repair)
        self.view.finding.exclude_asked.connect(self._on_exclude)
        self.view.finding.label_asked.connect(self._on_label)
        desk.checked.connect(self._on_checked)
        desk.progress.connect(self.view.set_progress)
        desk.changed.connect(self._on_desk)
        desk.done.connect(self._on_done)
        desk.failed.connect(self.failed)
        self._document.changed.connect(self._on_changed)
        self._document.opened.connect(self._on_opened)

    @property
    def missing(self) -> str:
        """What must be there before anything can be checked; empty where nothing is missing."""
        if self._document.project is None:
            return self.tr("Import a file first.")
        if not self._document.file.roles.text:
            return self.tr("Choose the text column first.")
        return ""

    def set_shown(self, shown: bool) -> None:
        """Whether the tab is the one in front."""
        self._shows = shown
        if shown and not self._fresh and not self.desk.checking:
            self._check()

    @Slot()
    def _check(self) -> None:
        if self._shows and not self.missing:
            self._fresh = True
            self.desk.check()

    @Slot()
    def _on_opened(self) -> None:
        self._fresh = False
        self.view.show_checked(None, None)
        if self._shows:
            self._rest.start()

    @Slot(object)
    def _on_changed(self, names: Sequence[str]) -> None:
        if _TOUCHES & set(names):
            self._fresh = False
            self.view.set_stale()
            if self._shows and {"data_sha256", "splits", "excluded", "roles"} & set(names):
                self._rest.start()

    @Slot(object)
    def _on_checked(self, found: Checked) -> None:
        self.view.show_checked(found, self._document.file)

    @Slot()
    def _on_desk(self) -> None:
        self.view.set_checking(self.desk.checking)
        waits = self.tr("Wait until the last change is done.") if self.desk.changing else ""
        self.view.finding.set_usable(waits)

    @Slot(object)
    def _on_repair(self, repair: Any) -> None:
        self.desk.repair(repair)

    @Slot(object)
    def _on_exclude(self, rows: Sequence[int]) -> None:
        self.desk.exclude(rows, self.tr("Leave out rows"))

    @Slot(object, str)
    def _on_label(self, rows: Sequence[int], label: str) -> None:
        self.desk.label(dict.fromkeys(rows, label), self.tr("Label rows"))

    @Slot(object, int)
    def _on_done(self, what: Sentence, rows: int) -> None:
        self._fresh = False


class LabellingTab(QObject):
    """Keeps a `LabellingView` up to date while it shows. `failed(error)`."""

    failed = Signal(object)

    def __init__(self, around: Surroundings, desk: DataDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._work = around.document, around.work
        self.desk = LabellingDesk(around.document, around.work, around.tuner, desk, parent)
        self.view = LabellingView(self.desk, parent)
        self._shows = False
        self.desk.failed.connect(self.failed)
        self._document.changed.connect(self._on_changed)
        self._document.opened.connect(self._on_opened)
        self._document.runs_changed.connect(self._on_runs)
        self._work.started.connect(self._on_work)
        self._work.ended.connect(self._on_work)
        parent.installEventFilter(self)

    def set_shown(self, shown: bool) -> None:
        """Whether the tab is the one in front; labels that wait are kept when it no longer is."""
        if self._shows and not shown:
            self.desk.keep()
        self._shows = shown
        if shown:
            self._set_labels()
            self.view.show_runs()
            if not self.desk.loaded:
                self.desk.load()
            self.view.text.setFocus()

    def _why_not(self) -> str:
        file = self._document.file
        if not file.roles.text:
            return self.tr("Choose the text column first.")
        if not file.roles.label:
            return self.tr("Choose the label column first.")
        if file.task != "classification":
            return self.tr("Only labels of a text can be given by keys, not answers of this task.")
        if not file.labels:
            return self.tr("There are no labels yet: label a few rows in the file first.")
        return ""

    def _set_labels(self) -> None:
        file = self._document.file
        why_not = self._why_not()
        self.view.set_labels([] if why_not else file.labels, file.roles.text, why_not)

    @Slot()
    def _on_opened(self) -> None:
        if self._shows and self._document.project is not None:
            self.set_shown(True)

    @Slot()
    def _on_runs(self) -> None:
        if self._shows:
            self.view.show_runs()

    @Slot()
    def _on_work(self) -> None:
        self.view.set_busy(self._work.busy)

    @Slot(object)
    def _on_changed(self, names: Sequence[str]) -> None:
        if {"roles", "labels", "task"} & set(names):
            self._set_labels()
            if "roles" in names:
                self.desk.load()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._set_labels)
        return False
