"""The line over the table: import something else, and how what is here was read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from ..help_desk import with_help
from ..import_words import delimiter_title, encoding_title
from ..project_rows import ProjectRows
from ..wording import number, plain, tip
from .rejected_rows import RejectedRows


class ImportBar(QWidget):
    """`open_asked`, `paste_asked`, `sample_asked(name)`."""

    open_asked = Signal()
    paste_asked = Signal()
    sample_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ProjectRows | None = None
        self._folder: Path | None = None
        self._open, self._paste, self._sample = (QPushButton(self) for _ in range(3))
        self._open.clicked.connect(self.open_asked)
        self._paste.clicked.connect(self.paste_asked)
        self._samples = QMenu(self)
        self._samples.triggered.connect(self._on_sample)
        self._sample.setMenu(self._samples)
        self.receipt = plain(QLabel(self))
        self.receipt.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.receipt.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.receipt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rejected = QPushButton(self)
        self.rejected.clicked.connect(self.show_rejected)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._open, self._paste, self._sample):
            row.addWidget(widget)
        row.addWidget(self.receipt, 1)
        row.addWidget(self.rejected)
        self.retranslate()

    def set_rows(self, rows: ProjectRows | None, folder: Path | None) -> None:
        self._rows, self._folder = rows, folder
        self._tell()

    def set_samples(self, samples: list[tuple[str, str]]) -> None:
        self._samples.clear()
        for name, title in samples:
            self._samples.addAction(title.replace("&", "&&")).setData(name)
        self._sample.setVisible(bool(samples))

    def retranslate(self) -> None:
        self._open.setText(self.tr("&Open a file..."))
        self._open.setToolTip(self.tr("Imports a file as a new project; this one stays."))
        self._paste.setText(self.tr("P&aste"))
        self._paste.setToolTip(
            self.tr("Imports what you copied in a spreadsheet or an editor as a new project.")
        )
        self._sample.setText(self.tr("Try a sa&mple"))
        self._sample.setToolTip(
            self.tr("Makes a new project of a sample that comes with the program.")
        )
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tell(self) -> None:
        receipts = self._rows.receipts if self._rows is not None else []
        rejected = sum(receipt.rows_rejected for receipt in receipts)
        read = sum(receipt.rows_read for receipt in receipts)
        parts = []
        if receipts:
            parts.append(self.tr("{count} rows read").format(count=number(read)))
            parts.append(self.tr("{count} rejected").format(count=number(rejected)))
        for receipt in receipts:
            words = [encoding_title(receipt.encoding)] if receipt.encoding else []
            if receipt.format in ("csv", "tsv"):
                words.append(delimiter_title(receipt.delimiter))
            else:
                words.append(receipt.sheet or receipt.format.upper())
            parts += [word for word in words if word not in parts]
        self.receipt.setText(self.tr(", ").join(parts))
        self.receipt.setAccessibleName(self.tr("Receipt of the import"))
        files = self.tr(", ").join(receipt.file for receipt in receipts)
        told = self.tr("How the data was read, from: {files}").format(files=files)
        self.receipt.setToolTip(tip(f"{self.receipt.text()}\n{told}") if receipts else "")
        self.rejected.setText(self.tr("Re&jected rows..."))
        self.rejected.setEnabled(bool(rejected))
        self.rejected.setToolTip(
            self.tr("Shows the rows that did not fit, with their lines and why.")
            if rejected
            else self.tr("No row was rejected.")
        )

    @Slot(QAction)
    def _on_sample(self, action: QAction) -> None:
        self.sample_asked.emit(action.data())

    @Slot()
    def show_rejected(self) -> None:
        """The rows that did not fit, in a window of their own."""
        if self._folder is not None:
            from ...data.store import REJECTED

            dialog = RejectedRows(self._folder / "data" / REJECTED, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            with_help(dialog).open()
