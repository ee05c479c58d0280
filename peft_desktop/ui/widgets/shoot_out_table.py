"""The table of a shoot-out: a row a contender, then what costs no training; sorts by any column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ..shoot_out_words import p_in_words, row_in_words, share_in_words
from ..wording import number, size, tip
from .live_cells import Index

NAME, RUNS, VALID, VALID_F1, TEST, TEST_F1, AGAINST, TRAINED, SECONDS, MEMORY, DISK = range(11)
_COLUMNS = 11
_SHARES = {
    VALID: ("valid", "accuracy"),
    VALID_F1: ("valid", "macro_f1"),
    TEST: ("test", "accuracy"),
    TEST_F1: ("test", "macro_f1"),
}
_COSTS = {
    TRAINED: "trained_parameters",
    SECONDS: "training_seconds",
    MEMORY: "memory_bytes",
    DISK: "size_bytes",
}
_SMALLEST_FIRST = (NAME, *_COSTS)
_DASH = "\u2013"


def _size(size_bytes: float) -> str:
    """900 MB: whole numbers where they are large enough."""
    return size(size_bytes, 0 if size_bytes >= 1e8 else 1)


class ShootOutModel(QAbstractTableModel):
    """`rows` as `projects.shoot_out.table_of` gives them, `running` the key of the one at work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: list[dict[str, Any]] = []
        self.rows: list[dict[str, Any]] = []
        self._running = ""
        self._by, self._down = -1, False

    def show_rows(self, rows: Sequence[dict[str, Any]], running: str) -> None:
        if list(rows) == self._given and running == self._running:
            return
        self.beginResetModel()
        self._given, self._running = list(rows), running
        self.rows = self._sorted()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; -1: the best by validation first, what costs no training last."""
        self.beginResetModel()
        self._by, self._down = column, order == Qt.SortOrder.DescendingOrder
        self.rows = self._sorted()
        self.endResetModel()

    def _sorted(self) -> list[dict[str, Any]]:
        if self._by < 0:
            return list(self._given)
        known = [row for row in self._given if self._value(row, self._by) is not None]
        rest = [row for row in self._given if self._value(row, self._by) is None]
        return sorted(known, key=lambda r: self._value(r, self._by), reverse=self._down) + rest

    def _value(self, row: Mapping[str, Any], column: int) -> Any:
        """What a column sorts by; None where there is nothing."""
        if column == NAME:
            return row_in_words(row, self._given).casefold()
        if column in _SHARES:
            split, name = _SHARES[column]
            return row.get(split, {}).get(name, {}).get("mean")
        if column == AGAINST:
            return 0.0 if row["best"] else row.get("against_best", {}).get("difference")
        if column in _COSTS:
            return row.get(_COSTS[column])
        return row.get("done") if row["kind"] == "trained" else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and row["best"]:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.in_words(row))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == NAME:
            return self.in_words(row)
        return None

    def shown(self, row: Mapping[str, Any], column: int) -> str:
        if column == NAME:
            mark = "\u2605 " if row["best"] else ""
            return mark + row_in_words(row, self._given)
        if column in _SHARES:
            split, name = _SHARES[column]
            return share_in_words(row.get(split, {}).get(name))
        if column == AGAINST:
            return self._against(row)
        if row["kind"] == "baseline":
            return ""
        if column == RUNS:
            return self._runs(row)
        value = row.get(_COSTS[column])
        if value is None:
            return _DASH
        if column == SECONDS:
            return number(value, 1 if value < 100 else 0)
        return number(value) if column == TRAINED else _size(value)

    def _against(self, row: Mapping[str, Any]) -> str:
        if row["best"]:
            return self.tr("best")
        found = row.get("against_best")
        if not found:
            return "" if row["kind"] == "baseline" else _DASH
        points = number(100 * found["difference"], 1)
        sign = "+" if found["difference"] > 0 else ""
        return f"{sign}{points} ({p_in_words(found['p_value'])})"

    def _runs(self, row: Mapping[str, Any]) -> str:
        said = f"{number(row['done'])}/{number(row['planned'])}"
        if row["failed"]:
            said += " \u2716"
        return f"\u25b8 {said}" if row["row"] == self._running else said

    def in_words(self, row: Mapping[str, Any]) -> str:
        """A row as sentences: its template, its figures, what failed and why."""
        lines = [row_in_words(row, self._given)]
        if row.get("template"):
            lines.append(str(row["template"]))
        for split, said in (
            ("valid", self.tr("validation: accuracy {accuracy}, macro F1 {f1}")),
            ("test", self.tr("test: accuracy {accuracy}, macro F1 {f1}")),
        ):
            if row.get(split):
                accuracy = share_in_words(row[split].get("accuracy"))
                f1 = share_in_words(row[split].get("macro_f1"))
                lines.append(said.format(accuracy=accuracy, f1=f1))
        found = row.get("against_best")
        if found:
            interval = found["interval"]
            said = self.tr("{points} points against the best, between {low} and {high} (95 %), {p}")
            lines.append(
                said.format(
                    points=number(100 * found["difference"], 1),
                    low=number(100 * interval["low"], 1),
                    high=number(100 * interval["high"], 1),
                    p=p_in_words(found["p_value"]),
                )
            )
        if row["kind"] == "trained":
            said = self.tr("{done} of {planned} trainings are done")
            lines.append(said.format(done=row["done"], planned=row["planned"]))
            lines += [
                "\u2716 " + self.tr("failed: {why}").format(why=why)
                for why in dict.fromkeys(row["failures"])
            ]
        return "\n".join(lines)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            sorts = self.tr("A click sorts by this column, another the other way round.")
            return f"{self._heads()[section][1]}\n{sorts}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _heads(self) -> list[tuple[str, str]]:
        spread = self.tr("Mean over the seeds \u00b1 standard deviation.")
        f1 = self.tr("Macro F1: the mean over the labels, so that rare ones count.")
        return [
            (self.tr("Method"), self.tr("A star marks the best by the validation rows.")),
            (
                self.tr("Runs"),
                self.tr("Done of planned; \u25b8 is at work, \u2716: some failed (see the row)."),
            ),
            (
                self.tr("Validation"),
                self.tr("Accuracy on the validation rows; they choose the winner.") + f" {spread}",
            ),
            (self.tr("F1 (val.)"), f"{f1} {spread}"),
            (
                self.tr("Test"),
                self.tr("Accuracy on the test rows; they only report.") + f" {spread}",
            ),
            (self.tr("F1 (test)"), f"{f1} {spread}"),
            (
                self.tr("Against best"),
                self.tr(
                    "Difference in points of accuracy on the same test rows, and how often chance "
                    "alone gives as large a one (paired; Holm). Above 0.05 it may well be luck."
                ),
            ),
            (self.tr("Trained"), self.tr("Parameters that were trained.")),
            (self.tr("Seconds"), self.tr("Of training, mean over the seeds.")),
            (self.tr("Memory"), self.tr("The most memory that a training took.")),
            (self.tr("On disk"), self.tr("What a trained model takes, without its base model.")),
        ]

    def as_text(self) -> str:
        """The whole table, columns between tabs."""
        lines = ["\t".join(head for head, _ in self._heads())]
        for row in self.rows:
            lines.append("\t".join(self.shown(row, column) for column in range(_COLUMNS)))
        return "\n".join(lines)


class ShootOutTable(QTableView):
    """`opened(row)`: Return or a double click on a contender; `picked()`: another one is current.

    Ctrl+C copies the whole table as text.
    """

    opened = Signal(object)
    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = ShootOutModel(self)
        self.setModel(self.rows_model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(40)
        header.sectionClicked.connect(self._sort_by)
        self._by, self._down = -1, False
        self.activated.connect(self._on_activated)
        self.retranslate()

    def show_rows(self, rows: Sequence[dict[str, Any]], running: str) -> None:
        """The row that is chosen stays chosen."""
        kept = self.row
        self.rows_model.show_rows(rows, running)
        if kept is not None:
            self.choose(str(kept["row"]), str(kept.get("template", "")))
        self._fit()

    @property
    def row(self) -> dict[str, Any] | None:
        """The chosen row."""
        place = self.currentIndex().row()
        rows = self.rows_model.rows
        return rows[place] if 0 <= place < len(rows) else None

    def choose(self, key: str, template: str = "") -> None:
        for place, row in enumerate(self.rows_model.rows):
            if row["row"] == key and (not template or row.get("template") == template):
                self.setCurrentIndex(self.rows_model.index(place, 0))
                return

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.picked.emit()

    @Slot(int)
    def _sort_by(self, column: int) -> None:
        """Best first, then the other way round, then as it was."""
        first_down = column not in _SMALLEST_FIRST
        if column != self._by:
            self._by, self._down = column, first_down
        elif self._down == first_down:
            self._down = not first_down
        else:
            self._by = -1
        orders = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._by >= 0)
        header.setSortIndicator(self._by, orders[self._down])
        kept = self.row
        self.rows_model.sort(self._by, orders[self._down])
        if kept is not None:
            self.choose(str(kept["row"]), str(kept.get("template", "")))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows_model.rows[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.rows_model.as_text())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.resizeColumnsToContents()
        self.setColumnWidth(NAME, min(max(self.columnWidth(NAME), 110), 300))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Comparison of the methods"))
        self.setToolTip(
            self.tr(
                "Return or a double click opens the best run of a row; a click on a head sorts; "
                "Ctrl+C copies the table."
            )
        )
        header = self.horizontalHeader()
        header.headerDataChanged(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.rows_model.layoutChanged.emit()
            self.retranslate()
        super().changeEvent(event)
