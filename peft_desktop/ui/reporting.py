"""Makes the report of a run beside the window's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ..core.project import Project
from ..core.runs import Run
from .document import Document
from .errands import Ask, Errands
from .wording import translated


class Reporting(QObject):
    """`ask` asks where the report of `run` should go, and `write` makes it there.

    `told(text)` when it is written, `failed(error)` when it is not.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, document: Document, owner: QWidget) -> None:
        super().__init__(owner)
        self._document, self._owner = document, owner
        self._errands = Errands(self)
        self.run: Run | None = None

    @property
    def busy(self) -> bool:
        return self._errands.busy

    @Slot()
    def ask(self) -> None:
        """Ask for a file's name; the dialog asks before one is replaced."""
        project, run = self._document.project, self.run
        if project is None or run is None:
            return
        start = project.folder / f"{run.name}-report.html"
        chosen, _ = QFileDialog.getSaveFileName(
            self._owner, self.tr("Save the report"), str(start), self.tr("Web pages (*.html)")
        )
        if chosen:
            self.write(run, Path(chosen if Path(chosen).suffix else f"{chosen}.html"))

    def write(self, run: Run, target: Path) -> None:
        project = self._document.project
        if project is not None:
            language = QLocale().name() if QLocale().name().startswith("zh") else "en"
            make = partial(_write, project, run, target, language)
            self._errands.run("report", make, self._written, self._failed)

    @Slot(object)
    def _written(self, target: Path) -> None:
        self.told.emit(self.tr("The report is written: {file}").format(file=target))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _write(project: Project, run: Run, target: Path, language: str, ask: Ask) -> Path:
    from ..projects.run_report import write_report

    write_report(project, run, target, translated, language, replace=True)
    return target
