"""The window's language: English as written, or a translation that ships with the program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from ..core.places import resources

NAMES = {"en": "English", "zh_CN": "简体中文"}  # as their speakers call them


class Translations(QObject):
    """Puts a language in force while the window is open."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self._said: list[bytes] = []
        self.language = "en"

    def use(self, code: str) -> None:
        """`en`, `zh_CN`, or "" for what the system speaks."""
        language = code or system_language()
        locale = QLocale(code) if code else QLocale.system()
        QLocale.setDefault(locale)
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        self.language = language
        if language == "en":
            return
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (
            (f"qtbase_{language}", qt),
            (f"peft_desktop_{language}", str(resources() / "i18n")),
        ):
            translator = QTranslator(self)
            # Qt maps a file and crashes when it is rewritten meanwhile (an update): it gets a copy
            said = _read(Path(folder) / f"{name}.qm")
            self._said.append(said)  # Qt does not keep it alive
            if said and translator.load(said):
                self._app.installTranslator(translator)
                self._installed.append(translator)
            else:  # without it the window is in English, which is still a window
                translator.deleteLater()


def _read(file: Path) -> bytes:
    with suppress(OSError):
        return file.read_bytes()
    return b""


def system_language() -> str:
    """The first of the system's languages that we speak."""
    for name in QLocale.system().uiLanguages():
        if name.startswith("zh"):
            return "zh_CN"
        if name.startswith("en"):
            return "en"
    return "en"
