"""Questions that must be answered now. They collect answers and do no work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from ..core.project import PROJECT_FILE
from ..projects.pack import ENDING as PACK_ENDING


class Questions(QObject):
    """Asks on top of `window`. An answer may be None or False: the user thought better of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def project(self, start: Path) -> Path | None:
        """A project's file, or its folder."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a project"),
            str(start),
            self.tr("Projects ({names})").format(names=f"{PROJECT_FILE} *.peftproj"),
        )
        return Path(chosen) if chosen else None

    def copy_target(self, start: Path) -> Path | None:
        """A folder that does not exist yet."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy as (a new folder)"), str(start)
        )
        return Path(chosen) if chosen else None

    def pack_target(self, start: Path) -> Path | None:
        """A file that may be there: the dialog asks before it is replaced."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Pack the project as"), str(start), self._packs()
        )
        return Path(chosen) if chosen else None

    def pack(self, start: Path) -> Path | None:
        """A packed project."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Unpack a project"), str(start), self._packs()
        )
        return Path(chosen) if chosen else None

    def unpack_target(self, start: Path) -> Path | None:
        """A folder that does not exist yet."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Unpack into (a new folder)"), str(start)
        )
        return Path(chosen) if chosen else None

    def _packs(self) -> str:
        return self.tr("Packed projects ({names})").format(names=f"*{PACK_ENDING}")

    def run_name(self, now: str) -> str | None:
        name, fine = QInputDialog.getText(
            self._window,
            self.tr("Rename the run"),
            self.tr("New name (letters, digits, spaces and hyphens):"),
            QLineEdit.EchoMode.Normal,
            now,
        )
        new = str(name).strip()
        return new if fine and new and new != now else None

    def delete_run(self, name: str, size: str) -> bool:
        return self._sure(
            self.tr("Delete the run?"),
            self.tr('The run "{name}" takes {size}. Its model and curves are gone for good.'),
            self.tr("Delete"),
            self.tr("Keep"),
            name=name,
            size=size,
        )

    def delete_model(self, name: str, size: str) -> bool:
        return self._sure(
            self.tr("Remove the model?"),
            self.tr(
                'The model "{name}" takes {size}. Runs that were trained from it cannot be used '
                "until it is added again."
            ),
            self.tr("Remove"),
            self.tr("Keep"),
            name=name,
            size=size,
        )

    def lose_changes(self, name: str) -> bool:
        """Whether to leave a project whose last changes cannot be saved."""
        return self._sure(
            self.tr("Leave without saving?"),
            self.tr(
                'The last changes of the project "{name}" could not be saved: its folder is gone '
                "or cannot be written to. Leave it without them?"
            ),
            self.tr("Leave without saving"),
            self.tr("Stay"),
            name=name,
        )

    def move_data(self, old: Path, new: Path, size: str) -> bool:
        return self._sure(
            self.tr("Keep the data elsewhere?"),
            self.tr(
                "Models and settings ({size}) are copied to {new} and used from there. What is "
                "there already stays. Your projects stay where they are, and so does the old "
                "folder {old}: delete it yourself when all is well."
            ),
            self.tr("Copy and use it"),
            self.tr("Leave it as it is"),
            old=str(old),
            new=str(new),
            size=size,
        )

    def stop(self, what: str, training: bool, kept: str = "") -> bool:
        """Whether to stop what is going on; says what is `kept` or becomes of it."""
        consequence = (
            self.tr("{what} is going on. The best weights so far are kept, and you can resume it.")
            if training
            else self.tr("{what} is going on. What it has not finished yet is lost.")
        )
        if kept:
            consequence = self.tr("{what} is going on. {kept}").replace("{kept}", kept)
        return self._sure(
            self.tr("Stop the work?"),
            consequence,
            self.tr("Stop and save") if training else self.tr("Stop"),
            self.tr("Keep running"),
            what=what,
        )

    def _sure(self, title: str, text: str, yes: str, no: str, **values: str) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text.format(**values))
        act = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        sure = box.clickedButton() is act
        box.deleteLater()
        return sure
