"""The import dialog: how a file will be read, shown live, before a project is made of it."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QThread, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..core.errors import UserError
from ..core.events import Event, Finished, Warned
from ..core.ports import ReadAs
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..data.steady import stamp_of
from .errands import Errands
from .file_watch import FileWatch
from .import_plan import Plan, Preview, free_folder, prepare, read_preview, write_pasted
from .pages.page import Surroundings
from .widgets.data_table import DataTable
from .widgets.folder_choice import FolderChoice
from .widgets.notices import Notices
from .widgets.path_line import PathLine
from .widgets.read_form import ReadForm
from .widgets.task_form import TaskForm
from .wording import number, plain, translated


def stop_asked() -> bool:
    """Whether the thread that asks shall stop; given to `prepare`, which runs in a Job."""
    return QThread.currentThread().isInterruptionRequested()


def gone(path: Path) -> UserError:
    """The sentence for a file that went while it was shown."""
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The file is no longer there."),
        QT_TRANSLATE_NOOP("engine", "Put it back, or choose another."),
        file=path,
    )


class ImportDialog(QDialog):
    """Settings, a preview of the first rows, and the folder of the new project.

    `made(folder)` when the project is there; warnings of the import are in `warnings`. Nothing is
    left behind when the user cancels.
    """

    made = Signal(object)

    def __init__(self, around: Surroundings, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._around = around
        self._path = path
        self._scratch: str | None = None
        self._found: Preview | None = None
        self._failed = False
        self._importing = False
        self._folder: Path | None = None
        self.warnings: list[Warned] = []
        self.errands = Errands(self)
        self._watch = FileWatch(self)
        self._build()
        self.form.changed.connect(self.read_again)
        self.form.roles_chosen.connect(self._refresh)
        self.task.chosen.connect(self._choose_task)
        self._watch.changed.connect(self._on_changed_on_disk)
        self._watch.gone.connect(self._on_gone)
        self._watch.watch(path)
        self.folder.changed.connect(self._refresh)
        self.go.clicked.connect(self.start)
        self.cancel.clicked.connect(self.reject)
        self.retranslate()
        self.read_again()

    @classmethod
    def of_text(
        cls, around: Surroundings, text: str, parent: QWidget | None = None
    ) -> ImportDialog:
        """For copied text, which is kept in a file until the dialog is gone."""
        scratch = tempfile.mkdtemp(prefix="peft-desktop-paste-")
        dialog = cls(around, write_pasted(text, Path(scratch)), parent)
        dialog._scratch = scratch
        dialog.retranslate()
        return dialog

    def _build(self) -> None:
        self._file = PathLine(self)
        self.form = ReadForm(self)
        self.task = TaskForm(self)
        self._hint = plain(QLabel(self))
        self._hint.setWordWrap(True)
        self.notices = Notices(self)
        self.table = DataTable(self, roles=False)
        self._status = plain(QLabel(self))
        self._status.setWordWrap(True)
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        default = free_folder(self._around.settings.projects_folder, self._path.stem)
        self.folder = FolderChoice(default, self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.hide()
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setDefault(True)
        layout = QVBoxLayout(self)
        for widget in (self._file, self.task, self.form, self._hint, self.notices):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._status)
        layout.addWidget(self.folder)
        layout.addWidget(self._bar)
        layout.addWidget(buttons)
        self.resize(880, 560)

    # -- reading ---------------------------------------------------------------------------

    @Slot()
    def read_again(self) -> None:
        """Read the file as the settings say, in a thread, and show how it goes."""
        from ..data.source import ReadSettings

        settings = ReadSettings(
            encoding=self.form.encoding.currentData(),
            delimiter=self.form.delimiter.currentData(),
            sheet=self.form.sheet.currentData(),
            header=self.form.header.isChecked(),
        )
        self._found, self._failed = None, False
        self.notices.clear()
        work = partial(read_preview, self._path, settings)
        self.errands.run("preview", work, self._on_read, self._on_not_read, self._on_news)
        self._refresh()

    def _on_news(self, found: Preview) -> None:
        first = self._found is None
        self._found = found
        if first:
            self.table.text_model.set_table(found.shown)
            self.table.refresh_columns({found.text: "text"})
            self.form.show_found(found, columns=True)
        self.task.show_found(found, columns=first)
        if first:
            self._show_task()
        self._refresh()

    @Slot()
    def _choose_task(self) -> None:
        """Another task by the user: its roles for the columns, as far as they can be guessed."""
        self._show_task(anew=True)
        self._refresh()

    def _show_task(self, anew: bool = False) -> None:
        found, task = self._found, self.task.name
        guess = found.guesses.get(task) if found is not None else None
        if guess is not None and (anew or self.task.by_user):
            self.form.show_task(task, guess.roles.text, guess.roles.label or "")
        else:
            self.form.show_task(task)

    @Slot()
    def _on_changed_on_disk(self) -> None:
        if not self._importing:  # the import notices by itself
            self.read_again()
            self.notices.tell(self.tr("The file was changed just now; this is what it holds."))

    @Slot()
    def _on_gone(self) -> None:
        if not self._importing:
            self.errands.drop("preview")
            self._on_not_read(gone(self._path))

    def _on_read(self, found: Preview | None) -> None:
        if found is None:
            return
        self._on_news(found)
        for warning in found.warnings[:3]:
            self.notices.warning(Sentence(warning.template, warning.values))

    def _on_not_read(self, error: Exception) -> None:
        self._found, self._failed = None, True
        self.table.text_model.set_table(None)
        self.notices.error(error)
        self._refresh()

    # -- texts -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Import {name}").format(name=self._path.name))
        pasted = self._scratch is not None
        self._file.set_path(self.tr("Pasted text") if pasted else str(self._path))
        self.table.setAccessibleName(self.tr("The first rows as they will be read"))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _refresh(self) -> None:
        problem, why = "" if self._importing else self.folder.problem(), ""
        if self._importing:
            why = self.tr("Importing...")
        elif self._failed:
            there = self._path.exists()
            why = self.tr("Change the settings above") if there else self.tr("The file is gone")
        elif self._found is None:
            why = self.tr("Reading...")
        elif problem:
            why = self.tr("Choose another folder")
        self.go.setText(why or self.tr("&Import"))
        self.go.setEnabled(not why)
        self.go.setToolTip(self.tr("Makes the project and opens it."))
        self.cancel.setText(self.tr("Stop") if self._importing else self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Closes the dialog; nothing is added."))
        self._status.setText(problem or self._count())
        unlabelled = self.task.name == "classification" and not self.form.labelled
        self._hint.setVisible(self._found is not None and unlabelled)
        self._hint.setText(
            self.tr(
                "Without labels nothing can be learnt: the project shows the texts until a label "
                "column is chosen. To label texts with a trained model, use the Predict page."
            )
        )
        for widget in (self.form, self.task, self.folder):
            widget.setEnabled(not self._importing)

    def _count(self) -> str:
        found = self._found
        if found is None:
            return self.tr("No rows yet.") if self._failed else self.tr("Reading the file...")
        words = (
            self.tr("{read} rows read, {rejected} rejected.")
            if found.complete
            else self.tr("{read} rows read, {rejected} rejected so far...")
        )
        said = words.format(read=number(found.rows_read), rejected=number(found.rows_rejected))
        if found.first_rejected is not None:
            said += " " + self.tr("The first is line {line}: {reason}.").format(
                line=number(found.first_rejected.line),
                reason=found.first_rejected.in_words(translated),
            )
        return said

    # -- making ----------------------------------------------------------------------------

    def plan(self) -> Plan:
        from ..projects.prepare import Wishes

        form, task = self.form, self.task.name
        text, label = form.text.currentData() or None, form.label.currentData() or None
        asked = self.task.question.currentData() if self.task.needs_question else None
        guess = self._found.guesses.get(task) if self._found is not None else None
        if guess is not None and task != "classification":
            # what is only guessed is guessed again, when the task has tidied the whole table
            text = None if text == guess.roles.text else text
            label = None if label == guess.roles.label else label
            asked = None if asked == guess.roles.question else asked
        return Plan(
            self.folder.folder(),
            self._path,
            Wishes(
                text=text,
                label=label,
                labelled=form.labelled or task != "classification",
                task=task,
                question=asked,
            ),
            ReadAs(
                encoding=form.encoding.currentData(),
                delimiter=form.delimiter.currentData(),
                sheet=form.sheet.currentData(),
                header=form.header.isChecked(),
            ),
            self._found,
        )

    @Slot()
    def start(self) -> None:
        """Make the project; the dialog closes when it is there."""
        if not self.go.isEnabled():
            return
        self.notices.clear()
        self.errands.drop("preview")
        self._folder, self.warnings = None, []
        events = prepare(self.plan(), self._around.library, stop_asked)
        self._importing = self._around.work.start(
            self.tr("Import"), events, self, self._on_events, self._on_end
        )
        if not self._importing:
            self.notices.tell(self.tr("Something else is at work; wait for it or stop it first."))
        self._bar.setVisible(self._importing)
        self._refresh()

    def _on_events(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Warned):
                self.warnings.append(event)
            elif isinstance(event, Finished):
                self._folder = Path(event.result["folder"])

    def _on_end(self, outcome: str) -> None:
        self._importing = False
        self._bar.hide()
        error = self._around.work.error
        if outcome == "failed" and error is not None:
            if stamp_of(self._path) != (self._found.stamp if self._found else None):
                self.read_again()  # what is shown is not what is there
            self.notices.error(error)
        if outcome == "done" and self._folder is not None:
            self.made.emit(self._folder)
            self.accept()
        elif outcome == "stopped":
            super().reject()
        else:
            self._refresh()

    @Slot()
    def reject(self) -> None:
        """Cancel: while the project is being made, first stop that."""
        if self._importing:
            self._around.work.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.errands.drop_all()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self._importing:
            return  # Esc never kills work
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self._importing:
            self._around.work.stop()
            event.ignore()
        else:
            super().closeEvent(event)
