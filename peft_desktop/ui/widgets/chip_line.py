"""A few tokens in one line: on their own, or in a cell of a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...prompts.tokens import word_pieces
from ..preview_chips import spelt
from ..word_marks import Mark
from .chip_look import ChipLook, Face
from .live_cells import Index

FACES = Qt.ItemDataRole.UserRole + 2  # a cell's tokens
SIGN = Qt.ItemDataRole.UserRole + 3  # what stands before them
BEHIND = Qt.ItemDataRole.UserRole + 4  # what stands behind them
_GAP = 2


def faces_of(word: str, pieces: Sequence[str]) -> list[Face]:
    """A label word's tokens; those that are parts of a character show it, with their part."""
    return [
        Face(spelt(text), "word", note=f"{part}/{of}" if of > 1 else "")
        for text, part, of in word_pieces(word.strip(), pieces)
    ]


def faces_of_mark(mark: Mark) -> list[Face]:
    """A label word's tokens; of an unreadable one the word itself, hatched."""
    if mark.unknown:
        return [Face(spelt(mark.word.strip()), "word", note="?", unknown=True)]
    return faces_of(mark.word, mark.tokens)


class ChipLine(QWidget):
    """Tokens side by side; what does not fit is clipped. `said`: all of it in words."""

    def __init__(self, faces: Sequence[Face], said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = list(faces)
        self._look = ChipLook(self.font())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said)
        self.setToolTip(said)

    def sizeHint(self) -> QSize:  # noqa: N802
        wide = sum(self._look.width(face) + _GAP for face in self._faces)
        return QSize(round(wide), self._look.height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(24, self._look.height)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._look = ChipLook(self.font())
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _line(painter, self._look, self._faces, 0.0, 0.0, self.palette())
        painter.end()


class ChipCell(QStyledItemDelegate):
    """A cell of SIGN, FACES and BEHIND; one without FACES shows its text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        faces = index.data(FACES)
        if not faces:
            super().paint(painter, option, index)
            return
        widget, rect, palette = option.widget, option.rect, QPalette(option.palette)
        style = widget.style()
        style.drawPrimitive(style.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        selected = bool(option.state & style.StateFlag.State_Selected)
        look = ChipLook(option.font)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        sign, behind = str(index.data(SIGN) or ""), str(index.data(BEHIND) or "")
        painter.drawText(rect.adjusted(4, 0, 0, 0), side, sign)
        left: float = rect.left() + 8 + painter.fontMetrics().horizontalAdvance("✖  ")
        top = rect.top() + (rect.height() - look.height) / 2
        left = _line(painter, look, faces, left, top, palette)
        painter.setFont(option.font)
        painter.setPen(palette.color(role))
        painter.drawText(rect.adjusted(round(left) + 6 - rect.left(), 0, 0, 0), side, behind)
        painter.restore()


def _line(
    painter: QPainter,
    look: ChipLook,
    faces: Sequence[Face],
    left: float,
    top: float,
    palette: QPalette,
) -> float:
    """Paint from `left` on; gives where it ends."""
    for face in faces:
        width = look.width(face)
        look.paint(painter, QRectF(left, top, width, look.height), face, palette)
        left += width + _GAP
    return left
