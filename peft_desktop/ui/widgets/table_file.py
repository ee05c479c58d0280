"""A table of the user's to work on: which file, how it is read, and which column is which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ...core.ports import ReadAs
from ..errands import Errands
from ..import_plan import Preview, asked_columns, read_preview
from ..import_words import delimiter_title, encoding_title
from ..wording import number, plain, tip, translated
from .column_match import ColumnMatch, Needed
from .read_form import ReadForm

_REST_MS = 250  # of typing, before the file is looked at


@dataclass(frozen=True, slots=True)
class Purpose:
    """The texts that differ: the line's title and what it says of itself, the dialog's title."""

    title: str
    about: str
    choose: str


class TableFile(QWidget):
    """`changed`: another file, another way to read it, or more is known of it.

    `purpose` gives the texts in the language in force.
    """

    changed = Signal()

    def __init__(self, purpose: Callable[[], Purpose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self._errands = Errands(self)
        self._found: Preview | None = None
        self._error: Exception | None = None
        self._head, self.line, self.choose = QLabel(self), QLineEdit(self), QPushButton(self)
        self._head.setBuddy(self.line)
        self.form = ReadForm(self, roles=False)
        self.match = ColumnMatch(self)
        self._said = plain(QLabel(self))
        self._said.setWordWrap(True)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        above = QHBoxLayout()
        for widget in (self._head, self.line, self.choose):
            above.addWidget(widget)
        self._more = QWidget(self)
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        for part in (self.form, self.match, self._said):
            more.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(above)
        layout.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.look)
        self.line.textChanged.connect(self._typed)
        self.choose.clicked.connect(self.ask)
        self.form.changed.connect(self._read_anew)
        self.match.changed.connect(self._tell)
        self.retranslate()

    # ---- what is known

    @property
    def path(self) -> Path | None:
        """The file, which may not be there; None when none is named."""
        text = self.line.text().strip()
        return Path(text).absolute() if text else None

    @property
    def read_as(self) -> ReadAs:
        """How the user says that it reads; what was found out is left to be found out again."""
        delimiter = self.form.delimiter.currentData()
        return ReadAs(
            encoding=self.form.encoding.currentData(),
            delimiter=delimiter,
            sheet=self.form.sheet.currentData(),
            header=self.form.header.isChecked(),
            columns=self.match.pairs(),
        )

    @property
    def missing(self) -> str:
        """ "file", "reading", "columns", or empty when work can begin."""
        if self.path is None:
            return "file"
        if self._rest.isActive() or (self._found is None and self._error is None):
            # a file that is not there is told by whoever works on it
            return "reading" if self.path.is_file() else ""
        if self._error is not None:
            return "settings"
        return "columns" if self._found is not None and self.match.open else ""

    @property
    def rows(self) -> int:
        """How many rows it has; 0 while that is not known."""
        return self._found.rows_read if self._found is not None and self._found.complete else 0

    @property
    def busy(self) -> bool:
        """Whether the file is being looked at, or soon will be."""
        return self._errands.busy or self._rest.isActive()

    # ---- what is told to it

    def set_needed(self, needed: Sequence[Needed]) -> None:
        """The columns that the work needs, by the names under which the run knows them."""
        self.match.set_needed(needed)
        self._tell()

    def set_path(self, path: Path) -> None:
        self.line.setText(str(path))
        self.look()

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        form = self.form
        files = (self.line, self.choose)
        return (*files, form.encoding, form.delimiter, form.sheet, form.header, *self.match.boxes)

    def go_to_missing(self) -> None:
        """Lead to where what is missing can be given."""
        kind = self.missing
        if kind == "file":
            self.ask()
        elif kind == "settings":
            usable = (box for box in (self.form.encoding, self.form.sheet) if box.isEnabled())
            next(usable, self.line).setFocus()
        elif kind == "columns":
            boxes = (box for box in self.match.boxes if not box.currentData())
            next(boxes, self.match.boxes[0]).setFocus()

    # ---- looking at the file

    @Slot()
    def ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self._purpose().choose,
            str(Path(self.line.text()).parent) if self.line.text() else "",
            self.tr("Tables ({names})").format(names="*.csv *.tsv *.xlsx *.parquet *.json *.jsonl")
            + ";;"
            + self.tr("All files (*)"),
        )
        if chosen:
            self.set_path(Path(chosen))

    @Slot()
    def _typed(self) -> None:
        self._found, self._error = None, None
        self._errands.drop("preview")
        for box in (self.form.encoding, self.form.delimiter, self.form.sheet):
            box.setCurrentIndex(0)  # what held for one file need not hold for another
        self._rest.start()
        self._tell()

    @Slot()
    def look(self) -> None:
        """Read the file in a thread: its columns soon, its rows counted in the end."""
        self._rest.stop()
        self._found, self._error = None, None
        self._errands.drop("preview")
        path = self.path
        if path is not None and path.is_file():
            from ...data.source import ReadSettings

            how = self.read_as
            settings = ReadSettings(how.encoding, how.delimiter, how.sheet, how.header)
            work = partial(read_preview, path, settings)
            self._errands.run("preview", work, self._read, self._not_read, self._news)
        self._tell()

    @Slot()
    def _read_anew(self) -> None:
        self.look()

    def _news(self, found: Preview) -> None:
        first, self._found = self._found is None, found
        if first:
            self.form.show_found(found)
            question, asked_of = asked_columns(found)
            text = asked_of if self.match.asks else found.text
            self.match.set_columns(found.columns, text, found.label, question)
        self._tell()

    def _read(self, found: Preview | None) -> None:
        if found is not None:
            self._news(found)

    def _not_read(self, error: Exception) -> None:
        self._found, self._error = None, error
        self._tell()

    # ---- how things stand

    @Slot()
    def _tell(self) -> None:
        path = self.path
        there = path is not None and path.is_file()
        self._more.setVisible(there)
        self.match.setVisible(self._found is not None)
        self._said.setText(self._in_words())
        self._said.setToolTip(tip(self._said.text()))
        self.changed.emit()

    def _in_words(self) -> str:
        found, error = self._found, self._error
        if isinstance(error, UserError):  # which file stands above, and what to do as well
            hint = self.tr("Change above how it is read, or choose another file.")
            return f"\u2716 {error.what.in_words(translated)} {hint}"
        if error is not None:
            return f"\u2716 {error}"
        if found is None:
            return self.tr("Reading the file...")
        words = [
            self.tr("{count} rows") if found.complete else self.tr("{count} rows so far..."),
        ]
        words[0] = words[0].format(count=number(found.rows_read))
        if found.encoding:
            words.append(encoding_title(found.encoding))
        if found.format in ("csv", "tsv"):
            words.append(delimiter_title(found.delimiter))
        elif found.sheet:
            words.append(found.sheet)
        if found.rows_rejected:
            words.append(
                self.tr("{count} cannot be read").format(count=number(found.rows_rejected))
            )
        said = self.tr(", ").join(words)
        open_ones = self.match.open
        if open_ones:
            names = self.tr(", ").join(f"\u201c{name[:40]}\u201d" for name in open_ones)
            said += " \u2013 " + self.tr("say which column is {names}").format(names=names)
        return said

    def retranslate(self) -> None:
        purpose = self._purpose()
        self._head.setText(purpose.title)
        plain_title = purpose.title.replace("&", "").rstrip(":\uff1a")
        self.line.setAccessibleName(plain_title)
        self.line.setToolTip(purpose.about)
        self.choose.setText(self.tr("Ch&oose..."))
        self.choose.setAccessibleName(purpose.choose)
        self.choose.setToolTip(purpose.about)
        self._said.setAccessibleName(self.tr("What is known of the file"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
