"""What the Help menu does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from .diagnostics import Checkup, diagnostics
from .help import About, Guide, explain
from .settings import AppSettings
from .translations import system_language


class HelpDesk(QObject):
    """Opens what helps, on top of `window`; one of each at a time."""

    def __init__(
        self,
        settings: AppSettings,
        command: list[str],
        facts: Callable[[], dict[str, str]],
        tell: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._settings, self._command, self._facts = settings, command, facts
        self._tell, self._window = tell, window

    @Slot()
    def help_here(self) -> None:
        """Explain the field in focus; the guide where there is none."""
        if not explain(QApplication.focusWidget()):
            self.show_guide()

    @Slot()
    def show_guide(self) -> None:
        self._show(Guide(self._settings.language or system_language(), self._window))

    @Slot()
    def show_checkup(self) -> None:
        self._show(Checkup(self._command, self._window))

    @Slot()
    def copy_diagnostics(self) -> None:
        QGuiApplication.clipboard().setText(diagnostics(self._facts()))
        self._tell(
            self.tr("Copied: versions and the end of the log, without names, folders and texts.")
        )

    @Slot()
    def show_about(self) -> None:
        self._show(About(self._window))

    def _show(self, dialog: QDialog) -> None:
        for other in self._window.findChildren(type(dialog)):
            if other is not dialog:
                other.close()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.raise_()
