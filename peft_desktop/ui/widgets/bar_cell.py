"""A cell of a table that is painted as a bar with its number."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

SHARE = Qt.ItemDataRole.UserRole  # how long the bar is, 0 to 1


class BarCell(QStyledItemDelegate):
    """A bar from the left for the share in SHARE, the cell's text at the right end.

    It has room for so many `digits` at least: bars of one column begin and end alike.
    """

    def __init__(self, parent: QObject, digits: int = 5) -> None:
        super().__init__(parent)
        self._digits = digits

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        share = float(index.data(SHARE) or 0.0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        palette: QPalette = option.palette
        rect: QRect = option.rect
        widget = option.widget
        style = widget.style()
        style.drawPrimitive(style.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        selected = bool(option.state & style.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Highlight
        digits = painter.fontMetrics().horizontalAdvance("0" * max(self._digits, len(text))) + 8
        space = max(0, rect.width() - digits - 6)
        width = max(2, round(space * min(share, 1.0))) if share > 0 else 0
        bar = QRect(rect.left() + 3, rect.top() + 4, width, rect.height() - 8)
        painter.fillRect(bar, QColor(palette.color(role)))
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(0, 0, -6, 0), side, text)
