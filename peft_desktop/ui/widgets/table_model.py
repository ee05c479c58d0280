"""A table of texts for Qt: lazy, cut for display, whatever a cell holds."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from .row_view import Rows

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST_SHOWN = 300  # characters; painting longer ones takes seconds
_LONGEST_TIP = 1500

Index = QModelIndex | QPersistentModelIndex


def cut_for_display(table: pa.Table) -> pa.Table:
    """The table with each text cut to what is painted, on one line; made once, in a thread.

    A cell of 10 MB is never decoded again while the table is painted.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in table.columns:
        if not len(column):
            columns.append(pa.array([], pa.string()))
            continue
        short = pc.utf8_slice_codeunits(column, 0, LONGEST_SHOWN)
        lines = pc.replace_substring_regex(short, "\r\n|[\r\n\u2028\u2029]", " ↵ ")
        long = pc.greater(pc.utf8_length(column), LONGEST_SHOWN)
        shown = pc.if_else(long, pc.binary_join_element_wise(lines, "…", ""), lines)
        columns.append(shown.combine_chunks() if isinstance(shown, pa.ChunkedArray) else shown)
    return pa.table(columns, names=table.column_names)


class TextTableModel(QAbstractTableModel):
    """Rows of `shown` (see `cut_for_display`), all of them or those at `rows`, in that order.

    `full` is the uncut table for tool tips and `full_text`. `numeric` names columns whose values
    are set to the right.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: list[Any] = []
        self._names: list[str] = []
        self._full: pa.Table | None = None
        self._rows: Any = None
        self._total = 0
        self._numeric: frozenset[str] = frozenset()
        self.about_names = ""  # said below each column's name in its tool tip

    def set_table(
        self, shown: pa.Table | None, full: pa.Table | None = None, numeric: tuple[str, ...] = ()
    ) -> None:
        """Show another table, all of its rows; None: an empty one."""
        self.beginResetModel()
        self._names = [] if shown is None else list(shown.column_names)
        columns = [] if shown is None else [column.chunks for column in shown.columns]
        self._columns = [
            chunks[0] if len(chunks) == 1 else column
            for chunks, column in zip(columns, shown.columns if shown else [], strict=True)
        ]
        self._full = full
        self._total = 0 if shown is None else shown.num_rows
        self._rows = None
        self._numeric = frozenset(numeric)
        self.endResetModel()

    def set_rows(self, rows: Any) -> None:
        """Show these positions only (a numpy array of ints); None: all."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many rows there are without a filter."""
        return self._total

    @property
    def shows_all(self) -> bool:
        """Whether all rows show, in the order of the file."""
        return self._rows is None

    @property
    def names(self) -> list[str]:
        return self._names

    def position(self, row: int) -> int:
        """Where the shown row stands in the whole table."""
        return row if self._rows is None else int(self._rows[row])

    def full_text(self, index: Index, most: int | None = None) -> str:
        """The uncut text of a cell, or its first `most` characters."""
        if not index.isValid() or self._full is None:
            return str(self.data(index) or "")
        import pyarrow.compute as pc

        cell = self._full[self._names[index.column()]][self.position(index.row())]
        if most is not None:
            cell = pc.utf8_slice_codeunits(cell, 0, most)
        return str(cell.as_py())

    def full_length(self, index: Index) -> int:
        """The length of a cell in characters."""
        if not index.isValid() or self._full is None:
            return len(str(self.data(index) or ""))
        import pyarrow.compute as pc

        cell = self._full[self._names[index.column()]][self.position(index.row())]
        return int(pc.utf8_length(cell).as_py())

    def as_rows(self) -> Rows:
        """The shown rows for a `RowView`; they stay the same when the filter changes."""
        import pyarrow.compute as pc

        rows, full, names = self._rows, self._full, list(self._names)
        assert full is not None

        def cell(row: int, column: int) -> Any:
            return full[names[column]][row if rows is None else int(rows[row])]

        def text(row: int, column: int, start: int, stop: int) -> str:
            return str(pc.utf8_slice_codeunits(cell(row, column), start, stop).as_py())

        return Rows(
            names,
            self.rowCount(),
            lambda row: row if rows is None else int(rows[row]),
            text,
            lambda row, column: int(pc.utf8_length(cell(row, column)).as_py()),
        )

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        if parent is not None and parent.isValid():
            return 0
        return self._total if self._rows is None else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row = index.row()
            if self._rows is not None:
                row = int(self._rows[row])
            return self._columns[index.column()][row].as_py()
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self.full_text(index, _LONGEST_TIP + 1)
            if len(text) <= 40:
                return None
            cut = text[:_LONGEST_TIP] + "…" if len(text) > _LONGEST_TIP else text
            return f"<p style='white-space:pre-wrap'>{html.escape(cut)}</p>"
        if role == Qt.ItemDataRole.TextAlignmentRole and self._numeric:
            right = self._names[index.column()] in self._numeric
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if not 0 <= section < len(self._names):
                return None
            name = self._names[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return name
            if role == Qt.ItemDataRole.ToolTipRole:
                shown = html.escape(name[:_LONGEST_TIP])
                return f"{shown}<br>{html.escape(self.about_names)}" if self.about_names else shown
            return None
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < self.rowCount():
            return QLocale().toString(self.position(section) + 1)
        return None
