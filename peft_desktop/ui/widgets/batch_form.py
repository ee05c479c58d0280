"""A file in, a file out: which and how it is read, where to, how far, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..needed_columns import columns_of, role_of
from ..predicting_desk import (
    FORMATS,
    Model,
    Pace,
    Written,
    taken,
    target_for,
)
from ..wording import duration, number, plain, tip
from .batch_result import BatchResult
from .column_match import Needed
from .drop_area import dropped_file
from .table_file import Purpose, TableFile
from .trained_choice import short

_FORMAT_TITLES = {".csv": "CSV", ".xlsx": "Excel (XLSX)", ".parquet": "Parquet", ".tsv": "TSV"}


class BatchForm(QWidget):
    """`label_asked(source, target, read_as)`: the button; `failed(error)`: why not; `stop_asked`.

    `set_model`, `show_state`, `show_written` and `show_rows` tell it how things stand.
    """

    label_asked = Signal(object, object, object)
    models_asked = Signal()
    stop_asked = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._has_model, self._waits_for, self._working, self._pace = False, "", False, Pace()
        self._suggested = self._may_replace = ""
        self._soon = False  # asked for while the file was still being looked at
        self.file = TableFile(self._purpose, self)
        self._target_head, self.target = QLabel(self), QLineEdit(self)
        self.format, self.choose_target = QComboBox(self), QPushButton(self)
        for ending in FORMATS:
            self.format.addItem(_FORMAT_TITLES[ending], ending)
        self._target_head.setBuddy(self.target)
        self.button, self.stop = QPushButton(self), QPushButton(self)
        self.button.setMinimumHeight(30)
        self.button.setDefault(True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self._count = plain(QLabel(self))
        self.result = BatchResult(self)
        to, act = QHBoxLayout(), QHBoxLayout()
        for widget in (self._target_head, self.target, self.format, self.choose_target):
            to.addWidget(widget)
        act.addWidget(self.button)
        act.addWidget(self.progress, 1)
        act.addWidget(self._count)
        act.addWidget(self.stop)
        act.addStretch(0)
        layout = QVBoxLayout(self)
        layout.addWidget(self.file)
        layout.addLayout(to)
        layout.addLayout(act)
        layout.addWidget(self.result, 1)
        self.file.changed.connect(self._file_changed)
        self.file.line.textChanged.connect(self._source_changed)
        self.target.textChanged.connect(self._target_changed)
        self.format.activated.connect(self._format_chosen)
        self.choose_target.clicked.connect(self._choose_target)
        self.button.clicked.connect(self.ask)
        self.stop.clicked.connect(self.stop_asked)
        self.retranslate()

    @property
    def table(self) -> Any:
        return self.result.table

    @property
    def said(self) -> QLabel:
        return self.result.said

    # ---- what is told to it

    def set_model(self, model: Model | None) -> None:
        """The model that labels: it says which columns are needed."""
        needed: list[Needed] = []
        if model is not None:
            recipe = model.run.recipe
            for name in columns_of(recipe):
                needed.append(Needed(name, role_of(recipe, name)))
        self.file.set_needed(needed)

    def show_state(self, has_model: bool, waits_for: str, working: bool, pace: Pace) -> None:
        self._has_model, self._waits_for = has_model, waits_for
        self._working, self._pace = working, pace
        self.result.set_at_work(working)
        self._tell()

    def show_written(self, written: Written | None) -> None:
        """What came of the file; None while nothing has."""
        self.result.show_written(written)
        if written is not None and self.target.text() in (self._suggested, ""):
            self._suggest()  # that name is taken now
        self._tell()

    def show_rows(self, full: Any, shown: Any, main: str) -> None:
        """The first rows of the written file; `main` is its column with the texts."""
        self.result.show_rows(full, shown, main)

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        to = (self.target, self.format, self.choose_target)
        return (*self.file.in_order(), *to, self.button, self.stop, *self.result.in_order())

    def set_source(self, path: Path) -> None:
        self.file.set_path(path)

    @property
    def source_column(self) -> str:
        """The file's column that has the texts; empty where it bears the run's own name."""
        return next((column for _, column in self.file.match.pairs()), "")

    # ---- what the user does

    @property
    def missing(self) -> str:
        """What stands in the way: "model", what the file lacks, "target", or nothing."""
        if not self._has_model:
            return "model"
        return self.file.missing or ("" if self.target.text().strip() else "target")

    @Slot()
    def ask(self) -> None:
        """Label, or ask for what is missing."""
        kind, self._soon = self.missing, False
        if kind == "model":
            self.models_asked.emit()
        elif kind == "reading":
            self._soon = True
        elif kind in ("file", "settings", "columns"):
            self.file.go_to_missing()
        elif kind == "target":
            self._choose_target()
        elif not self._working and not self._waits_for and self.file.path is not None:
            target = Path(self.target.text().strip()).absolute()
            if target.exists() and self.target.text() != self._may_replace:
                self.failed.emit(taken(target))
                return
            self.label_asked.emit(self.file.path, target, self.file.read_as)

    @Slot()
    def _file_changed(self) -> None:
        self._tell()
        if self._soon and self.missing != "reading":
            self.ask()

    @Slot()
    def _source_changed(self) -> None:
        if self.target.text() in ("", self._suggested):
            self._suggest()

    def _suggest(self) -> None:
        source = self.file.path
        kept = Path(self._suggested).suffix.lower()  # also the next file's answer is an Excel file
        there = source is not None and source.is_file()
        self._suggested = str(target_for(source, kept)) if there and source is not None else ""
        self.target.setText(self._suggested)

    @Slot()
    def _target_changed(self) -> None:
        place = self.format.findData(Path(self.target.text().strip()).suffix.lower())
        if place >= 0:
            self.format.setCurrentIndex(place)
        self._tell()

    @Slot()
    def _format_chosen(self) -> None:
        """The name's ending follows the format; a name that was suggested stays one."""
        text, ending = self.target.text().strip(), str(self.format.currentData())
        source = self.file.path
        if text and text == self._suggested and source is not None:
            self._suggested = str(target_for(source, ending))
            self.target.setText(self._suggested)
        elif text:
            known = Path(text).suffix.lower() in FORMATS
            self.target.setText(str(Path(text).with_suffix(ending)) if known else text + ending)

    @Slot()
    def _choose_target(self) -> None:
        kinds = {ending: f"{title} (*{ending})" for ending, title in _FORMAT_TITLES.items()}
        ending = str(self.format.currentData())
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where to write the labelled rows"),
            self.target.text() or self.file.line.text(),
            ";;".join(kinds.values()),
            kinds[ending],
        )
        if chosen:
            self._may_replace = chosen  # the dialog has asked
            self.target.setText(chosen)

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
            "file": self.tr("Choose a file"),
            "reading": self.tr("Reading the file..."),
            "settings": self.tr("Say how the file is read"),
            "columns": self.tr("Say which column has the texts"),
            "target": self.tr("Say where to write"),
        }.get(kind, self.tr("&Label the rows of the file"))
        about = self.tr("Writes the file's columns, the label and each label's probability.")
        if kind:
            about = self.tr("This is missing before the file can be labelled; press to give it.")
        elif self._working:
            said, about = self.tr("Labelling \u2026"), self.tr("Stop ends it; no file is written.")
        elif self._waits_for:
            said = self.tr("Wait: {work}").format(work=short(self._waits_for))
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        self.button.setText(said)
        self.button.setAccessibleName(said.replace("&", ""))
        self.button.setToolTip(tip(about))
        busy = self._working or bool(self._waits_for)
        self.button.setEnabled(bool(kind) or not busy)
        for widget in (self.progress, self._count, self.stop):
            widget.setVisible(self._working)
        for part in (self.file, self.target, self.format, self.choose_target):
            part.setEnabled(not self._working)
        self._tell_pace()

    def _tell_pace(self) -> None:
        pace = self._pace
        self.progress.setRange(0, pace.total)
        self.progress.setValue(min(pace.done, pace.total))
        if not pace.done:
            said = self.tr("Loading the model")
        elif pace.total:
            said = self.tr("Rows: {count} of {total}").format(
                count=number(pace.done), total=number(pace.total)
            )
        else:
            said = self.tr("Rows: {count}").format(count=number(pace.done))
        left = pace.seconds_left
        if left is not None:
            said += " \u00b7 " + self.tr("{time} left").format(time=duration(left))
        self._count.setText(said)
        self.progress.setAccessibleDescription(said)

    def _purpose(self) -> Purpose:
        return Purpose(
            self.tr("File to la&bel:"),
            self.tr("A table with the columns that the run's prompt needs, one row for each text."),
            self.tr("The file to label"),
        )

    def retranslate(self) -> None:
        self._target_head.setText(self.tr("&Write to:"))
        self.target.setAccessibleName(self.tr("Write to"))
        self.target.setToolTip(
            self.tr("A new file; its ending says the format: .csv, .tsv, .xlsx or .parquet.")
        )
        self.format.setAccessibleName(self.tr("Format of the file that is written"))
        self.format.setToolTip(
            self.tr("CSV opens everywhere; Excel holds a million rows; Parquet is small and exact.")
        )
        self.choose_target.setText(self.tr("Choo&se..."))
        self.choose_target.setAccessibleName(self.tr("Choose where to write"))
        self.choose_target.setToolTip(self.tr("Asks for the name of the file to write."))
        self.progress.setAccessibleName(self.tr("Progress of the labelling"))
        self.stop.setText(self.tr("St&op..."))
        self.stop.setAccessibleName(self.tr("Stop labelling"))
        self.stop.setToolTip(self.tr("Asks first; then no file is written and nothing is lost."))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
