"""The ways to a new project: a file, a paste, a sample; each asks, works, and opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ..core.errors import UserError
from ..core.events import Event, Finished, Warned
from ..core.project import PROJECT_FILE
from .data_import import ImportDialog, stop_asked
from .help_desk import with_help
from .import_plan import free_folder, prepare, samples
from .pages.page import Surroundings

_KINDS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.json *.jsonl *.ndjson *.parquet"


class NewProject(QObject):
    """`opened(warnings)` when the project is open; `failed(error)` and `told(text)` for the page.

    Dialogs have `parent` as their window; `dialog` is the one that is open.
    """

    opened = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._window = around, parent
        self.dialog: ImportDialog | None = None
        self._made: Path | None = None
        self._warnings: list[Warned] = []

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file, then show how it will be read."""
        settings = self._around.settings
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import a table of texts"),
            settings.text("import_folder"),
            self.tr("Tables ({kinds});;All files (*)").format(kinds=_KINDS),
        )
        if chosen:
            settings.put("import_folder", str(Path(chosen).parent))
            self.import_file(Path(chosen))

    @Slot(object)
    def import_file(self, path: Path) -> None:
        """Show the import dialog for a file; a project is opened instead."""
        if path.name == PROJECT_FILE or (path / PROJECT_FILE).is_file():
            self._open(path, [])
        elif self.dialog is None:
            self._show(ImportDialog(self._around, path, self._window))

    @Slot()
    def paste(self) -> None:
        """Import what was copied: a file, or text with tabs or commas between the fields."""
        # an empty clipboard has none, whatever the type says
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.import_file(files[0])
        elif not mime.text().strip():
            self.told.emit(
                self.tr("Nothing to paste: copy rows with their header in a spreadsheet first.")
            )
        else:
            self.import_text(mime.text())

    @Slot(str)
    def import_text(self, text: str) -> None:
        """Show the import dialog for rows of text with tabs or commas between the fields."""
        if self.dialog is None:
            self._show(ImportDialog.of_text(self._around, text, self._window))

    @Slot(str)
    def try_sample(self, name: str) -> None:
        """Make a project of a sample in the folder for projects, and open it."""
        sample = next((each for each in samples() if each.name == name), None)
        if sample is None:
            return
        folder = free_folder(self._around.settings.projects_folder, name)
        events = prepare(sample.plan(folder), self._around.library, stop_asked)
        self._made, self._warnings = None, []
        work = self._around.work
        if not work.start(self.tr("Import"), events, self, self._on_events, self._on_end):
            self.told.emit(self.tr("Something else is at work; wait for it or stop it first."))

    def _show(self, dialog: ImportDialog) -> None:
        self.dialog = dialog
        dialog.made.connect(self._on_made)
        dialog.finished.connect(self._on_finished)
        with_help(dialog).open()

    @Slot()
    def _on_finished(self) -> None:
        self.dialog = None

    @Slot(object)
    def _on_made(self, folder: Path) -> None:
        self._open(folder, self.dialog.warnings if self.dialog is not None else [])

    def _on_events(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Finished):
                self._made = Path(event.result["folder"])
            elif isinstance(event, Warned):
                self._warnings.append(event)

    def _on_end(self, outcome: str) -> None:
        work = self._around.work
        if outcome == "failed" and work.error is not None:
            self.failed.emit(work.error)
        elif outcome == "done" and self._made is not None:
            self._open(self._made, self._warnings)

    def _open(self, path: Path, warnings: list[Warned]) -> None:
        try:
            self._around.document.open(path)
        except UserError as error:
            self.failed.emit(error)
        else:
            self.opened.emit(warnings)
