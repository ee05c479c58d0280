"""Where a new project shall be: a path to type or to choose, and why one will not do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ...core.errors import UserError
from ...core.project import check_new_folder
from ..import_plan import free_folder
from ..wording import plain, translated


class FolderChoice(QWidget):
    """`changed` when the path is another; `name` is what a chosen folder's new folder is called."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = folder.name
        self._head = plain(QLabel(self))
        self.line = QLineEdit(str(folder), self)
        self.browse = QPushButton(self)
        self._head.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._head)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        self.line.textChanged.connect(self.changed)
        self.browse.clicked.connect(self._on_browse)
        self.retranslate()

    def folder(self) -> Path:
        return Path(self.line.text().strip()).expanduser()

    def problem(self) -> str:
        """Why no project can be made there; empty when one can."""
        if not self.line.text().strip():
            return self.tr("Name a folder for the new project.")
        try:
            check_new_folder(self.folder())
        except UserError as error:
            return error.in_words(translated)
        except (OSError, RuntimeError, ValueError) as error:
            return str(error)
        return ""

    def retranslate(self) -> None:
        self._head.setText(self.tr("&New project in"))
        self.line.setAccessibleName(self.tr("Folder of the new project"))
        self.line.setToolTip(
            self.tr("A new folder for the project; the file itself stays as it is.")
        )
        self.browse.setText(self.tr("&Browse..."))
        self.browse.setToolTip(self.tr("Chooses the folder in which the project's folder is made."))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self,
            self.tr("The folder in which the project's folder is made"),
            str(self.folder().parent),
        )
        if chosen:
            self.line.setText(str(free_folder(Path(chosen), self._name)))
