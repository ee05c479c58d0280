"""The right side of the Train page: one run, live or past, in the same widgets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ...core.events import Event
from ...core.recipe import Recipe
from .first_rows import FirstRows
from .run_log import RunLog
from .run_status import RunStatus
from .soft_words import SoftWords

if TYPE_CHECKING:
    from .curves import Curves


class RunView(QScrollArea):
    """Status, curves, log, learnt vectors, first rows. Curves come with `load_curves`."""

    def __init__(self, library: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(300)
        inside = QWidget(self)
        self.status = RunStatus(inside)
        self.curves: Curves | None = None
        self.log = RunLog(inside)
        self.soft = SoftWords(inside)
        self.rows = FirstRows(library, inside)
        self._waiting: list[Event] = []
        below = QWidget(inside)
        folds = QVBoxLayout(below)
        folds.setContentsMargins(0, 0, 0, 0)
        folds.setSpacing(2)
        folds.addWidget(self.log)
        folds.addWidget(self.soft)
        folds.addWidget(self.rows)
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.status)
        self._layout.addStretch(1)
        self._layout.addWidget(below)
        self.setWidget(inside)
        self._show_rows(False)

    def load_curves(self) -> None:
        """Import pyqtgraph and draw what came before."""
        if self.curves is None:
            from .curves import Curves

            self.curves = Curves(self.widget())
            self._layout.takeAt(1)  # the stretch that kept its place
            self._layout.insertWidget(1, self.curves, 1)
            self.curves.take(self._waiting)
            self._waiting = []

    def begin(self, name: str, live: bool) -> None:
        """Empty everything for another run."""
        self.status.clear(name, live)
        self.log.clear()
        self.soft.clear()
        self._waiting = []
        if self.curves is not None:
            self.curves.clear()

    def set_recipe(self, project: Path, recipe: Recipe, data_sha256: str) -> None:
        self.rows.set_run(project, recipe, data_sha256)
        self._show_rows(True)

    def _show_rows(self, shown: bool) -> None:
        for part in (self.status, self.rows, self.log):
            part.setVisible(shown)

    def take(self, events: Sequence[Event]) -> None:
        self.status.take(events)
        self.log.take(events)
        self.soft.take(events)
        if self.curves is None:
            self._waiting += events
        else:
            self.curves.take(events)

    def forget(self) -> None:
        """No run is shown."""
        self.begin("", live=False)
        self._show_rows(False)
