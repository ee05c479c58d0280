"""The empty Data page: a big place to drop a file on, and three buttons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..wording import plain, tip


def dropped_file(event: QDropEvent) -> Path | None:
    """The one local file that is dragged; None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None


def dropped_text(event: QDropEvent) -> str:
    """Rows that are dragged out of another program as text; empty where a file is."""
    mime = event.mimeData()
    text = "" if mime.hasUrls() else mime.text()
    return text if "\n" in text.strip() else ""


class DropArea(QWidget):
    """`dropped(path)`, `text_dropped(text)`, `open_asked`, `paste_asked`, `sample_asked(name)`.

    `samples` are (name, title) pairs in the language in force.
    """

    dropped = Signal(object)
    text_dropped = Signal(str)
    open_asked = Signal()
    paste_asked = Signal()
    sample_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._over = False
        self._head = plain(QLabel(self))
        font = self._head.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self._head.setFont(font)
        self._head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._kinds = plain(QLabel(self))
        self._kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = QPushButton(self)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.open_asked)
        self.paste_button = QPushButton(self)
        self.paste_button.clicked.connect(self.paste_asked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.paste_button)
        row.addStretch(1)
        self._samples_head = plain(QLabel(self))
        self._samples_head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._samples = QVBoxLayout()
        self._samples.setSpacing(4)
        self._sample_buttons: list[QPushButton] = []
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._head)
        layout.addWidget(self._kinds)
        layout.addSpacing(12)
        layout.addLayout(row)
        layout.addSpacing(28)
        layout.addWidget(self._samples_head)
        layout.addLayout(self._samples)
        layout.addStretch(3)
        self.retranslate()

    def set_samples(self, samples: list[tuple[str, str]]) -> None:
        if [name for name, _ in samples] != [b.objectName() for b in self._sample_buttons]:
            for button in self._sample_buttons:
                self._samples.removeWidget(button)
                button.deleteLater()
            self._sample_buttons = [self._sample_button(name) for name, _ in samples]
        for button, (_, title) in zip(self._sample_buttons, samples, strict=True):
            button.setText(title.replace("&", "&&"))
            button.setAccessibleName(title)
            button.setToolTip(tip(self._sample_tip()))
        self._samples_head.setVisible(bool(samples))

    def _sample_button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.clicked.connect(self._on_sample)
        self._samples.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def _sample_tip(self) -> str:
        return self.tr("Makes a project of a sample that comes with the program, ready to train.")

    @Slot()
    def _on_sample(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.sample_asked.emit(button.objectName())

    def retranslate(self) -> None:
        self._head.setText(self.tr("Drop a file of texts and labels here"))
        self._kinds.setText(
            self.tr("CSV, TSV, Excel, JSON, JSON Lines or Parquet; one row for each text")
        )
        self.open_button.setText(self.tr("&Open a file..."))
        self.open_button.setToolTip(
            self.tr("Chooses a table of texts, shows how it will be read, then makes a project.")
        )
        self.paste_button.setText(self.tr("P&aste"))
        self.paste_button.setToolTip(
            self.tr("Makes a table of what you copied in a spreadsheet or a text editor.")
        )
        self._samples_head.setText(self.tr("No file at hand? Try a sample:"))
        self.setAccessibleName(self.tr("No data yet"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.Highlight if self._over else QPalette.ColorRole.PlaceholderText
        painter.setPen(QPen(self.palette().color(role), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(4, 4, -5, -5), 10, 10)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if dropped_file(event) is not None or dropped_text(event):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._set_over(False)
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)
        elif text := dropped_text(event):
            event.acceptProposedAction()
            self.text_dropped.emit(text)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()
