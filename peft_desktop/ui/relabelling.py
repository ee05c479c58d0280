"""Mending labels from the list of judged rows: a number key gives the chosen row another label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ..core.words import Sentence
from .data_desk import DataDesk
from .document import Document
from .widgets.rows_list import RowsList
from .wording import number


class Relabelling(QObject):
    """`told(text)`: what was done. The rows are those of the project's own table."""

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, document: Document, rows: RowsList, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._rows = document, rows
        self.desk = DataDesk(document, None, parent)
        rows.label_asked.connect(self._on_label)
        self.desk.done.connect(self._on_done)
        self.desk.failed.connect(self.failed)

    def allow(self, own_rows: bool) -> None:
        """`own_rows`: the list shows rows of the project, not those of a file outside it."""
        file = self._document.file
        usable = own_rows and file.task == "classification" and bool(file.roles.label)
        self._rows.set_labels(list(file.labels) if usable else [])

    @Slot(object, str)
    def _on_label(self, rows: Sequence[int], label: str) -> None:
        self.desk.label(dict.fromkeys(rows, label), self.tr("Label rows anew"))

    @Slot(object, int)
    def _on_done(self, what: Sentence, rows: int) -> None:
        self.told.emit(
            self.tr(
                "{count} rows have another label now; the run was judged on the old one. Undo "
                "(Ctrl+Z) takes it back; train and judge again to see what it changes."
            ).format(count=number(rows))
        )
