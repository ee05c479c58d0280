"""Cells of the ranking: a prompt in two lines, and an accuracy as a bar with its interval."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
BAR = Qt.ItemDataRole.UserRole + 2  # (accuracy, low, high, majority or None, verdict), or None
SLOT = "\u25a2"  # as it is shown in a template of one line
_GAP = 4

Index = QModelIndex | QPersistentModelIndex


class PromptCell(QStyledItemDelegate):
    """The cell's text, and what SECOND_LINE says below it in grey; both are cut, never wrapped."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, palette = option.rect, option.palette
        selected = _panel(painter, option)
        metrics = painter.fontMetrics()
        width = rect.width() - 2 * _GAP
        top = rect.top() + max(0, (rect.height() - 2 * metrics.lineSpacing()) // 2)
        lines = (
            (index.data(Qt.ItemDataRole.DisplayRole), QPalette.ColorRole.Text),
            (index.data(SECOND_LINE), QPalette.ColorRole.PlaceholderText),
        )
        for number, (text, role) in enumerate(lines):
            text = str(text or "")
            role = QPalette.ColorRole.HighlightedText if selected else role
            painter.setPen(palette.color(role))
            shown = fitting(text, width, metrics) if number == 0 else text
            shown = metrics.elidedText(shown, _side(shown), width)
            baseline = top + metrics.ascent() + number * metrics.lineSpacing()
            painter.drawText(rect.left() + _GAP, baseline, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(120, 2 * option.fontMetrics.lineSpacing() + 2 * _GAP)


def fitting(text: str, width: int, metrics: QFontMetrics) -> str:
    """A template of one line without its beginning, where it does not fit and ends in the slot:
    what tells templates apart stands before the slot."""
    if _side(text) == Qt.TextElideMode.ElideRight:
        return text
    for cut in ("\u2026", "\u21b5 "):
        if metrics.horizontalAdvance(text) > width and cut in text:
            text = text[text.index(cut) :].removeprefix("\u21b5 ")
    return text


def _side(text: str) -> Qt.TextElideMode:
    at_end = text.find(SLOT) > len(text) // 2
    return Qt.TextElideMode.ElideLeft if at_end else Qt.TextElideMode.ElideRight


class AccuracyCell(QStyledItemDelegate):
    """A bar from 0 to 1 with a whisker for the interval and a dashed line for the majority.

    The bar is filled where the prompt is better than the majority, and an outline where it is not
    or where that cannot be told.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = _panel(painter, option)
        rect, palette = option.rect, option.palette
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        ink = palette.color(role)
        digits = painter.fontMetrics().horizontalAdvance("0.000") + _GAP
        painter.setPen(ink)
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(0, 0, -_GAP, 0), side, text)
        bar = index.data(BAR)
        field = QRect(rect.left() + _GAP, rect.top(), rect.width() - digits - 3 * _GAP, 0)
        if bar is None or field.width() < 10:
            return
        accuracy, low, high, majority, verdict = bar
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Highlight
        middle, left = rect.center().y(), field.left()

        def at(share: float) -> int:
            return left + round(share * field.width())

        filled = QRect(left, middle - 5, max(2, at(accuracy) - left), 11)
        if verdict == "better":
            painter.fillRect(filled, palette.color(role))
        else:
            painter.setPen(palette.color(role))
            painter.drawRect(filled.adjusted(0, 0, -1, -1))
        if majority is not None:
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
            painter.drawLine(at(majority), rect.top() + 2, at(majority), rect.bottom() - 2)
        # a seam of the ground's colour keeps the whisker apart from the bar
        ground = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base
        for colour, width in ((palette.color(ground), 3), (ink, 1)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(at(low), middle, at(high), middle)
            for end in (low, high):
                painter.drawLine(at(end), middle - 3, at(end), middle + 3)


def _panel(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """Draw the ground as the style does, with the focus; whether the cell is selected."""
    style = option.widget.style()
    style.drawPrimitive(style.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
    return bool(option.state & style.StateFlag.State_Selected)
