"""A file in, a file out: which, where to, how far, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..predicting_desk import Written, taken, target_for
from ..wording import number, plain, tip
from .data_table import DataTable
from .drop_area import dropped_file
from .trained_choice import short

_MOST_COUNTS = 8


class BatchForm(QWidget):
    """`label_asked(source, target)`: the button; `failed(error)`: why not. `show_state`,
    `show_written` and `show_rows` tell it how things stand."""

    label_asked = Signal(object, object)
    models_asked = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._written: Written | None = None
        self._has_model, self._waits_for, self._working, self._done = False, "", False, 0
        self._suggested = self._may_replace = ""
        self._source_head, self._target_head = QLabel(self), QLabel(self)
        self.source, self.target = QLineEdit(self), QLineEdit(self)
        self.choose_source, self.choose_target = QPushButton(self), QPushButton(self)
        self._source_head.setBuddy(self.source)
        self._target_head.setBuddy(self.target)
        self.button = QPushButton(self)
        self.button.setMinimumHeight(30)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self._count = plain(QLabel(self))
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.said.setMinimumWidth(1)  # a long file name must not widen the window
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_folder = QPushButton(self)
        self.table = DataTable(self, roles=False)
        grid = QGridLayout()
        for line, parts in enumerate(
            (
                (self._source_head, self.source, self.choose_source),
                (self._target_head, self.target, self.choose_target),
            )
        ):
            for column, widget in enumerate(parts):
                grid.addWidget(widget, line, column)
        act, came = QHBoxLayout(), QHBoxLayout()
        act.addWidget(self.button)
        act.addWidget(self.progress, 1)
        act.addWidget(self._count)
        act.addStretch(1)
        came.addWidget(self.said, 1)
        came.addWidget(self.open_folder)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addLayout(act)
        layout.addLayout(came)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.source.textChanged.connect(self._source_changed)
        self.target.textChanged.connect(self._tell)
        self.choose_source.clicked.connect(self._choose_source)
        self.choose_target.clicked.connect(self._choose_target)
        self.button.clicked.connect(self.ask)
        self.open_folder.clicked.connect(self._open_folder)
        self.retranslate()

    # ---- what is told to it

    def show_state(self, has_model: bool, waits_for: str, working: bool, done: int) -> None:
        self._has_model, self._waits_for = has_model, waits_for
        self._working, self._done = working, done
        self._tell()

    def show_written(self, written: Written | None) -> None:
        """What came of the file; None while nothing has."""
        self._written = written
        if written is None:
            self.table.text_model.set_table(None)
        elif self.target.text() in (self._suggested, ""):
            self._suggest()  # that name is taken now
        self._tell()

    def show_rows(self, full: Any, shown: Any, main: str) -> None:
        """The first rows of the written file; `main` is its column with the texts."""
        names = shown.column_names
        chances = tuple(name for name in names if name.startswith("probability"))
        self.table.text_model.set_table(shown, full, numeric=chances)
        self._tell()
        self.table.refresh_columns({main: "text"} if main in names else {})

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        files = (self.source, self.choose_source, self.target, self.choose_target)
        return (*files, self.button, self.open_folder, self.table)

    def set_source(self, path: Path) -> None:
        self.source.setText(str(path))

    # ---- what the user does

    @property
    def missing(self) -> str:
        if not self._has_model:
            return "model"
        if not self.source.text().strip():
            return "source"
        return "" if self.target.text().strip() else "target"

    @Slot()
    def ask(self) -> None:
        """Label, or ask for what is missing."""
        kind = self.missing
        if kind == "model":
            self.models_asked.emit()
        elif kind == "source":
            self._choose_source()
        elif kind == "target":
            self._choose_target()
        elif not self._working and not self._waits_for:
            source = Path(self.source.text().strip()).absolute()
            target = Path(self.target.text().strip()).absolute()
            if target.exists() and self.target.text() != self._may_replace:
                self.failed.emit(taken(target))
                return
            self.label_asked.emit(source, target)

    @Slot()
    def _source_changed(self) -> None:
        if self.target.text() in ("", self._suggested):
            self._suggest()
        self._tell()

    def _suggest(self) -> None:
        source = Path(self.source.text().strip())
        self._suggested = str(target_for(source)) if source.is_file() else ""
        self.target.setText(self._suggested)

    @Slot()
    def _choose_source(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("The file to label"),
            str(Path(self.source.text()).parent) if self.source.text() else "",
            self.tr("Tables ({names})").format(names="*.csv *.tsv *.xlsx *.parquet *.json *.jsonl")
            + ";;"
            + self.tr("All files (*)"),
        )
        if chosen:
            self.source.setText(chosen)

    @Slot()
    def _choose_target(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where to write the labelled rows"),
            self.target.text() or self.source.text(),
            "CSV (*.csv);;Excel (*.xlsx);;Parquet (*.parquet);;TSV (*.tsv)",
        )
        if chosen:
            self._may_replace = chosen  # the dialog has asked
            self.target.setText(chosen)

    @Slot()
    def _open_folder(self) -> None:
        if self._written is not None:
            folder = QUrl.fromLocalFile(str(self._written.target.parent))
            QDesktopServices.openUrl(folder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.set_source(path)

    # ---- how things stand

    @Slot()
    def _tell(self) -> None:
        kind = self.missing
        said = {
            "model": self.tr("Choose a model first"),
            "source": self.tr("Choose a file"),
            "target": self.tr("Say where to write"),
        }.get(kind, self.tr("&Label the rows of the file"))
        about = self.tr("Writes the file's columns, the label and each label's probability.")
        if kind:
            about = self.tr("This is missing before the file can be labelled; press to give it.")
        elif self._working:
            said, about = self.tr("Labelling …"), self.tr("The status bar can stop it.")
        elif self._waits_for:
            said = self.tr("Wait: {work}").format(work=short(self._waits_for))
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        self.button.setText(said)
        self.button.setAccessibleName(said.replace("&", ""))
        self.button.setToolTip(tip(about))
        busy = self._working or bool(self._waits_for)
        self.button.setEnabled(bool(kind) or not busy)
        self.progress.setVisible(self._working)
        self._count.setVisible(self._working)
        self._count.setText(self.tr("Rows: {count}").format(count=number(self._done)))
        written = self._written if not self._working else None
        self.open_folder.setVisible(written is not None)
        self.table.setVisible(written is not None and self.table.text_model.columnCount() > 0)
        self.said.setText(self._hint() if written is None else self._in_words(written))
        self.said.setToolTip("" if written is None else tip(self.said.text()))

    def _hint(self) -> str:
        if self._working:
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
            parts.append("…")
        if parts:
            lines.append(self.tr(", ").join(parts))
        if written.rejected:
            lines.append(
                self.tr("Rows that could not be read: {count}, kept in {file}").format(
                    count=number(written.rejected), file=written.rejected_file
                )
            )
        return "\n".join(lines)

    def retranslate(self) -> None:
        self._source_head.setText(self.tr("File to la&bel:"))
        self.source.setAccessibleName(self.tr("File to label"))
        self.source.setToolTip(self.tr("A table whose columns the run's prompt knows."))
        self._target_head.setText(self.tr("&Write to:"))
        self.target.setAccessibleName(self.tr("Write to"))
        self.target.setToolTip(
            self.tr("A new file; its ending says the format: .csv, .tsv, .xlsx or .parquet.")
        )
        self.choose_source.setText(self.tr("Ch&oose..."))
        self.choose_source.setAccessibleName(self.tr("Choose the file to label"))
        self.choose_source.setToolTip(self.tr("Asks for the file whose rows are to be labelled."))
        self.choose_target.setText(self.tr("Choo&se..."))
        self.choose_target.setAccessibleName(self.tr("Choose where to write"))
        self.choose_target.setToolTip(self.tr("Asks for the name of the file to write."))
        self.progress.setAccessibleName(self.tr("Progress of the labelling"))
        self.open_folder.setText(self.tr("Show in &folder"))
        self.open_folder.setToolTip(self.tr("Opens the folder in which the written file lies."))
        self.table.setAccessibleName(self.tr("First rows of the written file"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
