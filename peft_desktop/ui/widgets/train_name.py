"""What the next run is called: a name of the user's, or the next free one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ...core.errors import UserError
from ...core.runs import check_free_name, free_name
from ..wording import plain, translated

_WIDTH = 150
_LONGEST = 80


class RunName(QWidget):
    """An empty field means the name shown in grey. `changed()`: another name, or another verdict.

    `error` says why a run cannot be called so; None when it can.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error: UserError | None = None
        self._runs: Path | None = None
        self._method = ""
        self.line = QLineEdit(self)
        self.line.setMinimumWidth(_WIDTH)
        self.line.setMaxLength(_LONGEST)
        self.line.textEdited.connect(self._judge)
        self._complaint = plain(QLabel(self))
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.line)
        layout.addWidget(self._complaint)
        self.setFocusProxy(self.line)
        self.retranslate()

    @property
    def wanted(self) -> str:
        """What the user typed; empty: whatever is free."""
        return self.line.text().strip()

    def set_project(self, runs: Path | None, method: str) -> None:
        """The folder of the project's runs, and the method that names them."""
        self._runs, self._method = runs, method
        self.line.setPlaceholderText(free_name(runs, method) if runs is not None else "")
        self._judge()

    def clear(self) -> None:
        """The name was used: the next run gets another one."""
        self.line.clear()
        self._judge()

    def _judge(self) -> None:
        before, self.error = self.error, None
        if self.wanted and self._runs is not None:
            try:
                check_free_name(self._runs, self.wanted)
            except UserError as error:
                # the place is plain here: it is this project
                self.error = UserError(
                    error.what.template, error.do.template, **dict(error.what.values)
                )
        self._say()
        if self.sender() is self.line or (before is None) != (self.error is None):
            self.changed.emit()

    def _say(self) -> None:
        said = "" if self.error is None else self.error.in_words(translated)
        self._complaint.setText(f"\u2716 {said}" if said else "")
        self._complaint.setVisible(bool(said))
        about = self.tr("Letters, digits, spaces and hyphens; empty: the next free name.")
        self.line.setAccessibleDescription(said or about)

    def retranslate(self) -> None:
        self.line.setAccessibleName(self.tr("Run name"))
        self.line.setToolTip(
            self.tr(
                "Under this name the run stands in the list at the left and in the project's "
                "folder. Empty: the next free name. On the command line: --name"
            )
        )
        self._say()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
