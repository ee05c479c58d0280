"""The confusion matrix: a cell a pair of labels, each with its number, each with its rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ..judging import Result
from ..wording import number, tip

_Index = QModelIndex | QPersistentModelIndex
_SHARE, _RIGHT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_STRONGEST = 0.45  # more colour than this, and the numbers are no longer easy to read
_MISTAKE = QColor("#e69f00")  # Okabe and Ito's orange
_HEAD_SHOWN = 40  # characters
FEW = 12  # so many labels stand above their columns; more are numbered


class _Model(QAbstractTableModel):
    def __init__(self, grid: ConfusionGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.labels: list[str] = []
        self.matrix: list[list[int]] = []
        self._sums: list[int] = []

    def set_matrix(self, labels: list[str], matrix: list[list[int]]) -> None:
        self.beginResetModel()
        self.labels, self.matrix = labels, matrix
        self._sums = [max(1, sum(row)) for row in matrix]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.matrix)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.matrix)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        count = self.matrix[row][column]
        if role == Qt.ItemDataRole.DisplayRole:
            return number(count)
        if role == _SHARE:
            return count / self._sums[row]
        if role == _RIGHT:
            return row == column
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._grid.cell_in_words(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._grid.cell_in_words(row, column))
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not 0 <= section < len(self.labels):
            return None
        label = self.labels[section]
        if role == Qt.ItemDataRole.DisplayRole:
            shown = " ".join(label[:_HEAD_SHOWN].split())
            if len(self.labels) <= FEW:
                return shown
            # narrow columns would cut all names to the same three letters
            place = number(section + 1)
            return place if orientation == Qt.Orientation.Horizontal else f"{place}  {shown}"
        return tip(label[:500]) if role == Qt.ItemDataRole.ToolTipRole else None


class ConfusionGrid(QTableView):
    """Lines are true labels, columns predicted ones. `picked(gold, predicted)` at a click, and at
    Return or the space bar on the current cell."""

    picked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(True)
            header.setSectionsClickable(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMaximumWidth(170)
        self.clicked.connect(self._on_clicked)
        self.retranslate()

    def show_result(self, result: Result | None) -> None:
        if result is None:
            self._model.set_matrix([], [])
            return
        self._model.set_matrix(result.labels, result.matrix)
        metrics = self.fontMetrics()
        most = max((max(row, default=0) for row in result.matrix), default=0)
        wide = metrics.horizontalAdvance(number(most)) + 18
        heads = [metrics.horizontalAdvance(label[:_HEAD_SHOWN]) + 14 for label in result.labels]
        few = len(result.labels) <= FEW
        for column, head in enumerate(heads):
            self.setColumnWidth(column, max(wide, 54, min(head, 120 if few else 54)))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + (14 if few else 8))
        if result.labels:
            self.setCurrentIndex(self._model.index(0, 0))

    def cell_in_words(self, gold: int, predicted: int) -> str:
        """What a cell says, for tool tips and screen readers."""
        labels, count = self._model.labels, number(self._model.matrix[gold][predicted])
        if gold == predicted:
            said = self.tr("Rows of “{label}” that are right: {count}")
            return said.format(count=count, label=labels[gold])
        said = self.tr("Rows of “{label}” taken for “{other}”: {count}")
        return said.format(count=count, label=labels[gold], other=labels[predicted])

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Confusion matrix: lines are true, columns predicted"))
        self.setToolTip(
            self.tr(
                "Confusion matrix: each line is a true label, each column what was predicted. A "
                "click or Return shows the rows of a cell."
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.row(), index.column())


class _Cell(QStyledItemDelegate):
    """The ground's strength is the share of the line; right cells are bold, the current framed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        palette: QPalette = option.palette
        share, right = float(index.data(_SHARE) or 0.0), bool(index.data(_RIGHT))
        colour = palette.color(QPalette.ColorRole.Highlight) if right else _MISTAKE
        ground = palette.color(QPalette.ColorRole.Base)
        painter.save()
        painter.fillRect(option.rect, _mixed(ground, colour, _STRONGEST * share))
        font = QFont(option.font)
        font.setBold(right)
        painter.setFont(font)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        empty = text == "0"
        role = QPalette.ColorRole.PlaceholderText if empty else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(option.rect.adjusted(4, 0, -7, 0), side, text)
        state = option.widget.style().StateFlag
        if option.state & state.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()


def _mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    def part(one: int, other: int) -> int:
        return round(one + (other - one) * share)

    return QColor(
        part(ground.red(), colour.red()),
        part(ground.green(), colour.green()),
        part(ground.blue(), colour.blue()),
    )
