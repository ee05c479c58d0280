"""How tokens look: each kind by colour, by shape and by the line under it, in any theme."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPolygonF,
)

from .piece_formats import hue_of, mixed, tint_of

PAD = 4.0  # left and right of the text
_CORNER = 4.0
_SMALL = 0.72  # the size of "1/3", of the text's
_LINES = {
    "column": Qt.PenStyle.SolidLine,
    "parameter": Qt.PenStyle.DotLine,
}
_BOLD = ("slot", "word")


@dataclass(frozen=True, slots=True)
class Face:
    """What is painted of a token: `note` is small and raised behind the text ("1/3", "?")."""

    text: str
    kind: str
    cut: bool = False
    note: str = ""
    unknown: bool = False


class ChipLook:
    """Widths and painting of tokens in one font; make a new one when the font changes."""

    def __init__(self, font: QFont) -> None:
        self._fonts = {"": QFont(font), "bold": QFont(font), "italic": QFont(font)}
        self._fonts["bold"].setBold(True)
        self._fonts["italic"].setItalic(True)
        self._small = QFont(font)
        self._small.setPointSizeF(max(5.0, font.pointSizeF() * _SMALL))
        self._metrics = {name: QFontMetricsF(each) for name, each in self._fonts.items()}
        self._small_metrics = QFontMetricsF(self._small)
        self._widths: dict[tuple[str, str], float] = {}
        self._notes: dict[str, float] = {}
        metrics = self._metrics[""]
        self.height = round(metrics.height()) + 7
        self._base = 3 + metrics.ascent()

    def width(self, face: Face) -> float:
        """How wide a token is, in pixels."""
        style = _style(face.kind)
        known = self._widths.get((face.text, style))
        if known is None:
            known = self._metrics[style].horizontalAdvance(face.text)
            self._widths[face.text, style] = known
        return max(known, 4.0) + 2 * PAD + self._note_width(face.note)

    def _note_width(self, note: str) -> float:
        if not note:
            return 0.0
        if note not in self._notes:
            self._notes[note] = self._small_metrics.horizontalAdvance(note) + 2
        return self._notes[note]

    def paint(self, painter: QPainter, place: QRectF, face: Face, palette: QPalette) -> None:
        """One token into its place; what is cut is struck through, what is unknown is hatched."""
        kind = face.kind
        ours = kind in ("heading", "more", "mark")
        text = palette.text().color()
        quiet = mixed(text, palette, 0.72)
        if not ours:
            self._outline(painter, place, face, palette)
        painter.setPen(quiet if ours or kind == "special" else text)
        style = _style(kind)
        painter.setFont(self._fonts[style])
        left, base = place.left() + PAD, place.top() + self._base
        painter.drawText(QPointF(left, base), face.text)
        if face.note:
            painter.setFont(self._small)
            at = place.right() - PAD - self._note_width(face.note) + 2
            painter.drawText(QPointF(at, base - 3), face.note)
        line = _LINES.get(kind)
        if line is not None and not face.cut:
            painter.setPen(QPen(text, 1.4, line))
            low = place.bottom() - 2.2
            painter.drawLine(QPointF(place.left() + 3, low), QPointF(place.right() - 3, low))
        if face.cut:
            painter.setPen(QPen(text, 1.4))
            middle = place.center().y() + 0.5
            painter.drawLine(QPointF(place.left() + 2, middle), QPointF(place.right() - 2, middle))

    def _outline(self, painter: QPainter, place: QRectF, face: Face, palette: QPalette) -> None:
        """Square for the template, round corners for the row's text, a pill for soft tokens,
        bevelled corners for special ones, a thick frame for the slot."""
        kind = face.kind
        frame = mixed(palette.text().color(), palette, 0.45)
        tint = tint_of("cut" if face.cut else kind, palette)
        hue = hue_of("cut" if face.cut else kind)
        if hue is not None:
            frame = mixed(hue, palette, 0.9)
        pen = QPen(frame, 1.0)
        if kind == "slot":
            pen.setWidthF(2.0)
        elif kind in ("soft", "word"):
            pen.setStyle(Qt.PenStyle.DashLine)
        box = place.adjusted(1.0, 1.0, -1.0, -1.0)
        painter.setPen(pen)
        painter.setBrush(tint if tint is not None else Qt.BrushStyle.NoBrush)
        path = _shape(kind, box)
        painter.drawPath(path)
        if face.unknown:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(frame))
            brush = painter.brush()
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
            painter.setBrush(brush)
            painter.setOpacity(0.45)
            painter.drawPath(path)
            painter.setOpacity(1.0)


def _style(kind: str) -> str:
    if kind in _BOLD:
        return "bold"
    return "italic" if kind in ("special", "heading", "more") else ""


def _shape(kind: str, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    if kind in ("column", "parameter", "word"):
        path.addRoundedRect(box, _CORNER, _CORNER)
    elif kind == "soft":
        path.addRoundedRect(box, box.height() / 2, box.height() / 2)
    elif kind == "special":
        bevel = box.height() / 4
        left, right, top, low = box.left(), box.right(), box.top(), box.bottom()
        corners = [
            QPointF(left + bevel, top),
            QPointF(right - bevel, top),
            QPointF(right, top + bevel),
            QPointF(right, low - bevel),
            QPointF(right - bevel, low),
            QPointF(left + bevel, low),
            QPointF(left, low - bevel),
            QPointF(left, top + bevel),
        ]
        path.addPolygon(QPolygonF(corners))
        path.closeSubpath()
    else:
        path.addRect(box)
    return path
