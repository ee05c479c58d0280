"""The windows that train several runs one after another: shoot-out, several patterns (PET)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from .help_desk import with_help
from .pages.page import Surroundings


class SeveralRuns(QObject):
    """One window of each kind over `window`; they stay, hidden, so that their work goes on.

    `run_wanted(name)`: a run is to be shown on the pages.
    """

    run_wanted = Signal(str)

    def __init__(self, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around, self._window = around, window
        self._made: dict[str, Any] = {}

    @Slot()
    def show_shoot_out(self) -> None:
        """Compare methods, models and prompts."""
        if "shoot_out" not in self._made:
            from .shoot_out_window import ShootOutWindow

            window = ShootOutWindow(self._around, self._window)
            window.run_wanted.connect(self.run_wanted)
            self._made["shoot_out"] = with_help(window)
        self._show("shoot_out")

    @Slot()
    def show_pet(self) -> None:
        """Let several prompts label texts, and one model learn from them."""
        if "pet" not in self._made:
            from .pet_window import PetWindow

            window = PetWindow(self._around, self._window)
            window.run_wanted.connect(self.run_wanted)
            self._made["pet"] = with_help(window)
        self._show("pet")

    def library_changed(self) -> None:
        """Models came or went."""
        for window in self._made.values():
            window.library_changed()

    def _show(self, name: str) -> None:
        window = self._made[name]
        window.show()
        window.raise_()
        window.activateWindow()
