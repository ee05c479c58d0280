"""The rows that did not fit, with their line numbers and why."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from ..errands import Ask, Errands
from ..wording import in_words, number, plain
from .data_table import DataTable
from .notices import Notices
from .row_view import RowView


def _read(path: Path, ask: Ask) -> Any:
    """The rows with their reasons in the language in force, whole and cut for display."""
    import pyarrow as pa

    from ...data.readers import ReadSettings, read_file
    from ...data.reasons import reason_in
    from .table_model import cut_for_display

    table = read_file(path, ReadSettings(encoding="utf-8", delimiter=",")).table
    reasons = [in_words(reason_in(said)) for said in table["reason"].to_pylist()]
    table = table.set_column(2, "reason", pa.array(reasons, pa.string()))
    return table, cut_for_display(table)


class RejectedRows(QDialog):
    """Shows a project's `rejected.csv`."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = -1
        self._head = plain(QLabel(self))
        self._head.setWordWrap(True)
        self.notices = Notices(self)
        self.table = DataTable(self, roles=False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(self.notices)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._buttons)
        self.resize(1000, 460)
        self.table.row_opened.connect(self.open_row)
        self.errands = Errands(self)
        self.errands.run("rejected", partial(_read, path), self._show, self.notices.error)
        self.retranslate()

    @Slot(object)
    def _show(self, found: Any) -> None:
        full, shown = found
        self._count = full.num_rows
        titles = [self.tr("File"), self.tr("Line"), self.tr("Reason"), self.tr("As it stood there")]
        full, shown = full.rename_columns(titles), shown.rename_columns(titles)
        self.table.text_model.set_table(shown, full, numeric=(titles[1],))
        self.table.refresh_columns(dict.fromkeys(titles[2:], "text"))
        self.retranslate()

    @Slot()
    def open_row(self) -> None:
        """The row of the current cell in full."""
        index = self.table.currentIndex()
        if index.isValid():
            rows = self.table.text_model.as_rows()
            view = RowView(rows, index.row(), index.column(), self)
            view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            view.open()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Rejected rows"))
        self.table.setAccessibleName(self.tr("Rejected rows"))
        self.table.setToolTip("")
        if self._count < 0:
            self._head.setText(self.tr("Reading..."))
            return
        self._head.setText(
            self.tr(
                "{count} rows did not fit and are not in the table. Line is the line in the file "
                "you imported; mend it there and import again."
            ).format(count=number(self._count))
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
