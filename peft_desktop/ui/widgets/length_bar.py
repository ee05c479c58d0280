"""How long a row is against the longest input: used, left, over; in colours and in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..wording import number
from .piece_formats import hue_of, mixed, tint_of

_HEIGHT = 8  # of the bar itself


@dataclass(frozen=True, slots=True)
class Length:
    """Tokens of a row: `cut` of the `used` ones do not fit, `text` of the others are columns'."""

    used: int
    text: int
    cut: int
    limit: int


class LengthBar(QWidget):
    """A line of words, and below it a bar: the prompt's part, the text's part, what is left, and
    hatched behind the limit what is cut off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length: Length | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_length(self, length: Length | None) -> None:
        """None: nothing is known."""
        if length != self._length:
            self._length = length
            self._say()

    def text(self) -> str:
        """The length in words."""
        found = self._length
        if found is None:
            return self.tr("tokens: not known")
        values = {"tokens": number(found.used), "limit": number(found.limit)}
        if found.cut:
            return self.tr("{tokens} of {limit} tokens: {cut} cut off").format(
                cut=number(found.cut), **values
            )
        return self.tr("{tokens} of {limit} tokens, {left} left").format(
            left=number(max(0, found.limit - found.used)), **values
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        metrics = self.fontMetrics()
        return QSize(max(230, metrics.horizontalAdvance(self.text()) + 6), self._tall())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 6, self._tall())

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Tokens of this row"))
        self.setToolTip(
            self.tr(
                "Tokens, the pieces that the model reads, against the longest input (1 to what "
                "the model takes); longer texts are cut at the text, never at the prompt."
            )
        )
        self._say()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        palette = self.palette()
        line = self._line
        painter.setPen(palette.windowText().color())
        where = QRectF(0, 0, self.width(), line)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft), self.text())
        bar = QRectF(0.5, line + 2.5, self.width() - 1, _HEIGHT)
        frame = mixed(palette.text().color(), palette, 0.6)
        painter.setPen(QPen(frame))
        painter.setBrush(palette.base())
        painter.drawRect(bar)
        found = self._length
        if found is not None and found.limit > 0:
            scale = bar.width() / max(found.limit, found.used)
            kept = found.used - found.cut
            prompt = max(0, kept - found.text) * scale
            painter.setPen(Qt.PenStyle.NoPen)
            inner = bar.adjusted(1, 1, 0, 0)
            painter.fillRect(QRectF(inner.left(), inner.top(), prompt, inner.height()), frame)
            text = max(0.0, kept * scale - prompt)
            hue = hue_of("column")
            assert hue is not None
            painter.fillRect(
                QRectF(inner.left() + prompt, inner.top(), text, inner.height()),
                mixed(hue, palette, 0.8),
            )
            if found.cut:
                left = inner.left() + kept * scale
                over = QRectF(left, inner.top(), bar.right() - left, inner.height())
                tint, cut = tint_of("cut", palette), hue_of("cut")
                assert tint is not None and cut is not None
                painter.fillRect(over, tint)
                painter.fillRect(over, QBrush(cut, Qt.BrushStyle.BDiagPattern))
                painter.setPen(QPen(palette.text().color(), 2))
                painter.drawLine(int(left), int(bar.top() - 1), int(left), int(bar.bottom() + 1))
        painter.end()

    def _tall(self) -> int:
        return self._line + _HEIGHT + 5

    @property
    def _line(self) -> int:
        """The height of the words; Chinese letters of another font may be taller than the font."""
        metrics = self.fontMetrics()
        return max(metrics.height(), metrics.boundingRect(self.text()).height() + 3)

    def _say(self) -> None:
        self.setAccessibleDescription(self.text())
        self.updateGeometry()
        self.update()
