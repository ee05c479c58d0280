"""What came of a file: where it lies, how many rows got which label, and its first rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..predicting_desk import SHOWN_ROWS, Written
from ..wording import number, plain, tip
from .data_table import DataTable

_MOST_COUNTS = 8


class BatchResult(QWidget):
    """`show_written`, then `show_rows`; before there is anything it says what could be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written: Written | None = None
        self._at_work = False
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.said.setMinimumWidth(1)  # a long file name must not widen the window
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_folder = QPushButton(self)
        self.table = DataTable(self, roles=False)
        came = QHBoxLayout()
        came.addWidget(self.said, 1)
        came.addWidget(self.open_folder, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(came)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.open_folder.clicked.connect(self._open_folder)
        self.retranslate()

    @property
    def written(self) -> Written | None:
        return self._written

    def show_written(self, written: Written | None) -> None:
        """What came of the file; None while nothing has."""
        self._written = written
        if written is None:
            self.table.text_model.set_table(None)
        self._tell()

    def show_rows(self, full: Any, shown: Any, main: str) -> None:
        """The first rows of the written file; `main` is its column with the texts."""
        names = shown.column_names
        chances = tuple(name for name in names if name.startswith("probability"))
        self.table.text_model.set_table(shown, full, numeric=chances)
        self._tell()
        self.table.refresh_columns({main: "text"} if main in names else {})

    def set_at_work(self, at_work: bool) -> None:
        self._at_work = at_work
        self._tell()

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        return self.open_folder, self.table

    @Slot()
    def _open_folder(self) -> None:
        if self._written is not None:
            folder = QUrl.fromLocalFile(str(self._written.target.parent))
            QDesktopServices.openUrl(folder)

    @Slot()
    def _tell(self) -> None:
        written = self._written if not self._at_work else None
        self.open_folder.setVisible(written is not None)
        self.table.setVisible(written is not None and self.table.text_model.columnCount() > 0)
        self.said.setText(self._hint() if written is None else self._in_words(written))
        self.said.setToolTip("" if written is None else tip(self.said.text()))

    def _hint(self) -> str:
        if self._at_work:
            return ""
        return self.tr(
            "Choose a table (CSV, Excel, Parquet, JSON) that has the columns the prompt needs, or "
            "drop it here. The answer is a new file: all its columns, the label, and a "
            "probability for each label. Your file is not changed."
        )

    def _in_words(self, written: Written) -> str:
        lines = [
            self.tr("Rows labelled: {count}, written to {file}").format(
                count=number(written.rows), file=written.target
            )
        ]
        ranked = sorted(written.counts.items(), key=lambda pair: -pair[1])
        parts = [f"{label[:60]}: {number(count)}" for label, count in ranked[:_MOST_COUNTS]]
        if len(ranked) > _MOST_COUNTS:
            parts.append("\u2026")
        if parts:
            lines.append(self.tr(", ").join(parts))
        if written.rejected:
            lines.append(
                self.tr("Rows that could not be read: {count}, kept in {file}").format(
                    count=number(written.rejected), file=written.rejected_file
                )
            )
        if written.rows > SHOWN_ROWS:
            lines.append(
                self.tr("Below are the first {count} rows.").format(count=number(SHOWN_ROWS))
            )
        return "\n".join(lines)

    def retranslate(self) -> None:
        self.open_folder.setText(self.tr("Show in &folder"))
        self.open_folder.setToolTip(self.tr("Opens the folder in which the written file lies."))
        self.table.setAccessibleName(self.tr("First rows of the written file"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
