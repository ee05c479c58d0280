"""How long the texts are: a small histogram in characters, by mouse, by keys and in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionFocusRect, QToolTip, QWidget

from ..wording import number


class LengthHistogram(QWidget):
    """Bars over `edges` (characters, or `tokens`); left and right arrow read them one by one."""

    def __init__(self, parent: QWidget | None = None, tokens: bool = False) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._edges: list[int] = []
        self._counts: list[int] = []
        self._facts = (0, 0, 0)
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._copy = QAction(self)
        self._copy.triggered.connect(self.copy)
        self.addAction(self._copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.retranslate()

    def set_lengths(
        self, edges: list[int], counts: list[int], median: int, longest: int, blank: int
    ) -> None:
        self._edges, self._counts = edges, counts
        self._facts = (median, longest, blank)
        self._current = -1
        self.retranslate()
        self.update()

    @property
    def counts(self) -> list[int]:
        return self._counts

    def in_words(self, place: int) -> str:
        """One bar as a sentence."""
        last = place == len(self._counts) - 1 and self._facts[1] >= self._edges[-1]
        if self._tokens:
            words = self.tr("{low} tokens and more: {count} rows") if last else ""
            words = words or self.tr("{low} to {high} tokens: {count} rows")
        else:
            words = self._of_characters(last)
        return words.format(
            low=number(self._edges[place]),
            high=number(self._edges[place + 1] - 1),
            count=number(self._counts[place]),
        )

    def _of_characters(self, last: bool) -> str:
        return (
            self.tr("{low} characters and more: {count} rows")
            if last
            else self.tr("{low} to {high} characters: {count} rows")
        )

    def summary(self) -> str:
        median, longest, blank = self._facts
        if not self._counts:
            return self.tr("No texts yet")
        said = (
            self.tr("Half of the inputs have up to {median} tokens, the longest {longest}")
            if self._tokens
            else self.tr("Half of the texts have up to {median} characters, the longest {longest}")
        )
        said = said.format(median=number(median), longest=number(longest))
        if blank:
            said += self.tr("; without text: {blank}").format(blank=number(blank))
        return said

    def retranslate(self) -> None:
        self._copy.setText(self.tr("Copy as a table"))
        self.setAccessibleName(
            self.tr("Lengths of the inputs in tokens")
            if self._tokens
            else self.tr("Lengths of the texts")
        )
        rows = [self.in_words(place) for place in range(len(self._counts))]
        self.setAccessibleDescription("; ".join([self.summary(), *rows]))

    def copy(self) -> None:
        """The table behind the picture, on the clipboard."""
        lines = [
            f"{self._edges[place]}\t{self._edges[place + 1] - 1}\t{count}"
            for place, count in enumerate(self._counts)
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, 66 + 2 * self._line())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.update()
        super().changeEvent(event)

    def _line(self) -> int:
        """A line's height, with room for scripts that a second font has to write."""
        return round(self.fontMetrics().height() * 1.25)

    def _bars(self) -> list[QRect]:
        line = self._line()
        space = self.rect().adjusted(4, line + 4, -4, -line - 4)
        count, most = len(self._counts), max(self._counts, default=0)
        bars = []
        for place, rows in enumerate(self._counts):
            left = space.left() + space.width() * place // count
            right = space.left() + space.width() * (place + 1) // count
            high = max(2, round(space.height() * rows / most)) if rows else 0
            bars.append(QRect(left, space.bottom() - high, max(1, right - left - 1), high))
        return bars

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        palette, line = self.palette(), self._line()
        text = palette.color(QPalette.ColorRole.WindowText)
        painter.setPen(text)
        width = self.width() - 8
        if not self._counts:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.summary())
            return
        median, longest, _ = self._facts
        said = self.tr("median {median}, longest {longest}").format(
            median=number(median), longest=number(longest)
        )
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(4, 0, width, line + 2), int(left), said)
        for place, bar in enumerate(self._bars()):
            role = (
                QPalette.ColorRole.WindowText
                if place == self._current
                else QPalette.ColorRole.Highlight
            )
            painter.fillRect(bar, palette.color(role))
        base = self.height() - line - 4
        painter.drawLine(4, base, self.width() - 4, base)
        low, high = number(self._edges[0]), number(self._edges[-1])
        if longest >= self._edges[-1]:
            high = f"≥ {number(self._edges[-2])}"
        painter.drawText(QRect(4, base + 2, width, line + 2), int(left), low)
        painter.drawText(QRect(4, base + 2, width, line + 2), int(right), high)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(
                QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = event.position().toPoint()
        for place, bar in enumerate(self._bars()):
            if bar.left() <= at.x() <= bar.right() + 1:
                QToolTip.showText(event.globalPosition().toPoint(), self.in_words(place), self)
                return
        QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or not self._counts:
            super().keyPressEvent(event)
            return
        self._current = min(max(0, self._current + step), len(self._counts) - 1)
        bar = self._bars()[self._current]
        words = self.in_words(self._current)
        self.setAccessibleDescription(words)
        QToolTip.showText(self.mapToGlobal(bar.center()), words, self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._current = -1
        self.update()
        super().focusOutEvent(event)
