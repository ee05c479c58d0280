"""What the Help menu does, and what F1 does in every window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from .about import About
from .diagnostics import Checkup, diagnostics
from .help import Guide
from .help_topics import about
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
        settings.changed.connect(self._follow)

    @Slot()
    def help_here(self) -> None:
        """The guide where the field in focus is explained, and what the field says of itself."""
        widget, modal = QApplication.focusWidget(), QApplication.activeModalWidget()
        if widget is not None and isinstance(widget.window(), Guide):
            return
        if modal is not None and (widget is None or widget.window() is not modal.window()):
            widget = modal
        self._guide().show_about(about(widget or self._window))

    @Slot()
    def show_guide(self) -> None:
        self._guide().show_in(self._language)

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

    @property
    def _language(self) -> str:
        return self._settings.language or system_language()

    def _guide(self) -> Guide:
        """The guide on top of the window in front, which may be a dialog that shuts others out."""
        owner = QApplication.activeModalWidget() or self._window
        own = owner.findChildren(Guide, options=Qt.FindChildOption.FindDirectChildrenOnly)
        guide = own[0] if own else Guide(self._language, owner)  # kept: its pictures take a while
        guide.show()
        guide.raise_()
        guide.activateWindow()
        return guide

    @Slot(str)
    def _follow(self, name: str) -> None:
        if name == "language":
            for guide in self._window.findChildren(Guide):
                guide.show_in(self._language)

    def _show(self, dialog: QDialog) -> None:
        for other in self._window.findChildren(type(dialog)):
            if other is not dialog:
                other.close()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.raise_()


def with_help(dialog: QDialog) -> QDialog:
    """F1 in a dialog, which the window's own keys do not reach, explains the field in focus."""
    owner = dialog.parentWidget()
    while owner is not None:
        desk = owner.findChild(HelpDesk)
        if desk is not None:
            QShortcut(QKeySequence("F1"), dialog, desk.help_here)
            break
        owner = owner.parentWidget()
    return dialog
