"""Language and theme as the settings say, from the start and whenever they change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from .settings import AppSettings
from .theme import Theme
from .translations import Translations


class Looks(QObject):
    """Puts both in force before the first window, and follows the settings."""

    def __init__(self, app: QApplication, settings: AppSettings) -> None:
        super().__init__(app)
        self._settings = settings
        self.theme, self.translations = Theme(app), Translations(app)
        self.theme.use(settings.theme)
        self.translations.use(settings.language)
        settings.changed.connect(self._follow)

    @Slot(str)
    def _follow(self, name: str) -> None:
        if name == "theme":
            self.theme.use(self._settings.theme)
        elif name == "language":
            self.translations.use(self._settings.language)
