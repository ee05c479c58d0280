"""How a file shall be read: encoding, delimiter, sheet, header, and its two columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from ..import_plan import Preview
from ..import_words import DELIMITERS, ENCODINGS, delimiter_title, encoding_title
from ..task_words import answer_column
from ..wording import plain, without_key

NO_LABEL = ""  # no column has an empty name
_DELIMITED = ("csv", "tsv")
_NAME_SHOWN = 80  # characters


class ReadForm(QWidget):
    """`changed` when the user chooses another way to read; each box first says what was found.

    `roles_chosen` when a box for the columns is used.

    Without `roles` there are no boxes for text and label, and, as it then stands in a page with
    keys of its own, no letters to press.
    """

    changed = Signal()
    roles_chosen = Signal()

    def __init__(self, parent: QWidget | None = None, roles: bool = True) -> None:
        super().__init__(parent)
        self._found: Preview | None = None
        self._roles = roles
        self._task = "classification"
        self._said_none = False  # by the user, who is not asked again
        self.encoding, self.delimiter, self.sheet = (QComboBox(self) for _ in range(3))
        self.text, self.label = QComboBox(self), QComboBox(self)
        self.header = QCheckBox(self)
        self.header.setChecked(True)
        places = {
            "encoding": (0, 0),
            "delimiter": (0, 2),
            "sheet": (0, 4),
            "text": (1, 0),
            "label": (1, 2),
        }
        self._heads = {name: plain(QLabel(self)) for name in places}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for name, (row, column) in places.items():
            editor = getattr(self, name)
            editor.setMinimumContentsLength(14)
            editor.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self._heads[name].setBuddy(editor)
            grid.addWidget(self._heads[name], row, column)
            grid.addWidget(editor, row, column + 1)
            grid.setColumnStretch(column + 1, 1)
        if roles:
            grid.addWidget(self.header, 1, 4, 1, 2)
        else:
            grid.addWidget(self.header, 0, 6)
            for widget in (self.text, self.label, self._heads["text"], self._heads["label"]):
                widget.hide()
        order = (self.encoding, self.delimiter, self.sheet, self.text, self.label, self.header)
        for number in range(len(order) - 1):
            QWidget.setTabOrder(order[number], order[number + 1])
        for box in (self.encoding, self.delimiter, self.sheet):
            box.activated.connect(self.changed)
        self.header.toggled.connect(self.changed)
        self.text.activated.connect(self.roles_chosen)
        self.label.activated.connect(self._on_label)
        self.retranslate()
        self.show_found(None)

    def show_found(self, found: Preview | None, columns: bool = False) -> None:
        """Say what was found; `columns`: the column boxes are filled anew as well."""
        self._found = found
        self._fill_boxes()
        if found is not None and columns:
            for box, guess in ((self.text, found.text), (self.label, found.label)):
                self._fill_columns(box, found.columns, guess)
        delimited = found is None or found.format in _DELIMITED
        workbook = found is not None and bool(found.sheets)
        self.encoding.setEnabled(found is None or found.encoding is not None)
        self.delimiter.setEnabled(delimited)
        self.header.setEnabled(delimited or workbook)
        for widget in (self._heads["sheet"], self.sheet):
            widget.setVisible(workbook)

    def show_task(self, task: str, text: str = "", label: str = "") -> None:
        """Name the label column as the task does; columns that are given are chosen."""
        self._task = task
        for box, column in ((self.text, text), (self.label, label)):
            place = box.findData(column) if column else -1
            if place >= 0:
                box.setCurrentIndex(place)
        self.retranslate()

    def _fill_columns(self, box: QComboBox, columns: list[str], guess: str) -> None:
        """The columns, for the label also none; a choice stays while there is such a column."""
        chosen = box.currentData()
        kept = chosen in columns or (box is self.label and chosen == NO_LABEL and self._said_none)
        box.clear()
        if box is self.label:
            box.addItem(self.tr("none: texts without labels"), NO_LABEL)
        for name in columns:
            short = " ".join(name[: 4 * _NAME_SHOWN].split())
            box.addItem(short[:_NAME_SHOWN] + ("…" if len(name) > _NAME_SHOWN else ""), name)
        box.setCurrentIndex(max(0, box.findData(chosen if kept else guess)))

    @property
    def labelled(self) -> bool:
        """Whether a column holds the labels."""
        return bool(self.label.currentData() != NO_LABEL)

    @Slot()
    def _on_label(self) -> None:
        self._said_none = not self.labelled
        self.roles_chosen.emit()

    def _fill_boxes(self) -> None:
        found = self._found
        encoding = encoding_title(found.encoding) if found and found.encoding else ""
        self._fill(self.encoding, encoding, [(title, codec) for codec, title in ENCODINGS])
        delimited = found is not None and found.format in _DELIMITED
        delimiters: list[tuple[str, str]] = [(delimiter_title(d), d) for d in DELIMITERS]
        delimiters.append((self.tr("none: one column"), "none"))
        known = delimiter_title(found.delimiter) if found and delimited else ""
        self._fill(self.delimiter, known, delimiters)
        sheets = [(name, name) for name in found.sheets] if found else []
        if sheets or not self.sheet.count():
            self._fill(self.sheet, (found.sheet or "") if found else "", sheets)

    def _fill(self, box: QComboBox, found: str, items: list[tuple[str, str]]) -> None:
        chosen = box.currentData()
        box.clear()
        box.addItem(
            self.tr("found: {what}").format(what=found) if found else self.tr("find out"), None
        )
        for title, value in items:
            box.addItem(title, value)
        box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)

    def retranslate(self) -> None:
        texts = {
            "encoding": (
                self.tr("&Encoding"),
                self.tr("How the file writes its characters; wrong, and texts look odd."),
            ),
            "delimiter": (
                self.tr("&Delimiter"),
                self.tr("The character between two fields of a row."),
            ),
            "sheet": (self.tr("&Sheet"), self.tr("The sheet of the workbook that is read.")),
            "text": (self.tr("&Text column"), self.tr("The column that the model reads.")),
            "label": answer_column(self._task),
        }
        for name, (title, tip) in texts.items():
            self._heads[name].setText(title if self._roles else without_key(title))
            getattr(self, name).setAccessibleName(without_key(title))
            getattr(self, name).setToolTip(tip)
        header = self.tr("First &row has the names")
        self.header.setText(header if self._roles else without_key(header))
        self.header.setToolTip(self.tr("Off: the columns are called column_1, column_2 and so on."))
        self._fill_boxes()
        if self.label.count():
            self.label.setItemText(0, self.tr("none: texts without labels"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
