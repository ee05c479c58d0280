"""A row as the tokens that the model reads; only those in sight are painted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ..preview_chips import Chip
from ..wording import number, tip
from .chip_look import ChipLook, Face

_GAP = 3  # between tokens, and between lines
_MARGIN = 6
_MOST_READ_OUT = 1500  # tokens that a screen reader is given
_OURS = ("heading", "more", "word")


class TokenChips(QAbstractScrollArea):
    """Shows chips in lines. Arrow keys go from token to token; `current_changed(place)`.

    A screen reader gets all tokens as the widget's description, and the current one by `said`.
    """

    current_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: Sequence[Chip] = ()
        self._faces: list[Face] = []
        self._left: list[float] = []
        self._widths: list[float] = []
        self._firsts: list[int] = []  # the first chip of each line
        self._line_height = 1
        self._look = ChipLook(self.font())
        self.current = -1
        self.painted = 0  # chips painted last time
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.viewport().setAutoFillBackground(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @property
    def chips(self) -> Sequence[Chip]:
        return self._chips

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(500, 140)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show other tokens; the place in sight stays where it was."""
        if chips == self._chips:
            return
        self._chips = chips
        self._faces = [self._face(chip) for chip in chips]
        self._widths = [self._look.width(face) for face in self._faces]
        self.current = min(self.current, len(chips) - 1)
        self._lay_out()
        self.setAccessibleDescription(self.read_out())

    def retranslate(self) -> None:
        chips, self._chips = self._chips, ()
        self.set_chips(chips)

    def place_of(self, number_of_chip: int) -> QRectF:
        """Where a chip is in the viewport."""
        line = bisect_right(self._firsts, number_of_chip) - 1
        top = _MARGIN + line * self._line_height - self.verticalScrollBar().value()
        left, width = self._left[number_of_chip], self._widths[number_of_chip]
        return QRectF(left, top, width, self._look.height)

    def chip_at(self, point: QPoint) -> int:
        """The chip under a point of the viewport, or -1."""
        line = (point.y() + self.verticalScrollBar().value() - _MARGIN) // self._line_height
        if not 0 <= line < len(self._firsts):
            return -1
        start, end = self._line(line)
        found = bisect_right(self._left, point.x(), start, end) - 1
        inside = found >= start and point.x() <= self._left[found] + self._widths[found]
        return found if inside else -1

    def said(self, place: int) -> str:
        """A token in words: its number, its text, its id, what it is a piece of."""
        if not 0 <= place < len(self._chips):
            return ""
        chip = self._chips[place]
        kind = self.kind_in_words(chip)
        if chip.kind in ("heading", "more"):
            return self._faces[place].text
        if chip.kind == "slot" and chip.id < 0:
            return self.tr("The slot: the model chooses the label whose word fits here best")
        count = 1 + sum(
            c.kind not in _OURS and (c.id >= 0 or c.kind == "soft") for c in self._chips[:place]
        )
        if chip.kind == "word":
            said = self.tr("“{text}”, id {id}: {kind}").format(
                text=chip.text, id=chip.id, kind=kind
            )
        elif chip.id < 0:
            said = self.tr("Token {number}: {kind}").format(number=number(count), kind=kind)
        else:
            said = self.tr("Token {number}: “{text}”, id {id}; {kind}").format(
                number=number(count), text=chip.text, id=chip.id, kind=kind
            )
        which, of = chip.share
        if of > 1 and chip.kind != "soft":
            said += "; " + self.tr("part {which} of {of} of a character").format(which=which, of=of)
        if chip.unknown:
            said += "; " + self.tr("the model does not know this")
        if chip.cut:
            said += "; " + self.tr("cut off, the model does not see it")
        return said

    def kind_in_words(self, chip: Chip) -> str:
        """What a token is a piece of."""
        match chip.kind:
            case "column":
                return self.tr("column “{name}”").format(name=chip.part)
            case "parameter":
                return self.tr("parameter “{name}”").format(name=chip.part)
            case "slot":
                return self.tr("slot")
            case "word":
                return self.tr("a label word's token in the slot")
            case "soft":
                which, of = chip.share
                if chip.part:
                    return self.tr("soft token {which} of {of}, which starts from “{text}”").format(
                        which=which, of=of, text=chip.part
                    )
                return self.tr("soft token {which} of {of}").format(which=which, of=of)
            case "special":
                return self.tr("the model's own mark")
        return self.tr("template")

    def read_out(self) -> str:
        """All tokens as one text: "template: Review · : | column “text”: ␣a · ␣film"."""
        parts: list[str] = []
        last = None
        for chip, face in zip(self._chips[:_MOST_READ_OUT], self._faces, strict=False):
            key = (chip.kind, chip.part, chip.cut)
            if key == last and chip.kind != "heading":
                parts[-1] += f" · {face.text}"
            else:
                kind = "" if chip.kind in ("heading", "more") else self.kind_in_words(chip) + ": "
                cut = self.tr("cut off") + " " if chip.cut else ""
                parts.append(f"{cut}{kind}{face.text}")
            last = key
        return " | ".join(parts)

    def table(self) -> str:
        """All tokens as lines of text, id and kind, for the clipboard."""
        lines = []
        for chip, face in zip(self._chips, self._faces, strict=True):
            cut = self.tr("cut off") if chip.cut else ""
            shown = "" if chip.id < 0 else str(chip.id)
            lines.append("\t".join((face.text, shown, self.kind_in_words(chip), cut)).rstrip("\t"))
        return "\n".join(lines)

    def go_to(self, place: int) -> None:
        """Make a chip the current one and bring it into sight."""
        if not self._chips:
            return
        self.current = max(0, min(place, len(self._chips) - 1))
        bar, box = self.verticalScrollBar(), self.place_of(self.current)
        if box.top() < 0:
            bar.setValue(bar.value() + int(box.top()) - _MARGIN)
        elif box.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(box.bottom()) - self.viewport().height() + _MARGIN)
        self.viewport().update()
        self.current_changed.emit(self.current)
        if QAccessible.isActive():
            said = QAccessibleAnnouncementEvent(self, self.said(self.current))
            QAccessible.updateAccessibility(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, at = event.key(), max(self.current, 0)
        lines = max(1, self.viewport().height() // self._line_height - 1)
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.table())
        elif key == Qt.Key.Key_Right:
            self.go_to(self.current + 1)
        elif key == Qt.Key.Key_Left:
            self.go_to(at - 1)
        elif key == Qt.Key.Key_Down:
            self.go_to(self._above_or_below(at, 1))
        elif key == Qt.Key.Key_Up:
            self.go_to(self._above_or_below(at, -1))
        elif key == Qt.Key.Key_PageDown:
            self.go_to(self._above_or_below(at, lines))
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self._above_or_below(at, -lines))
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._chips) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self.chip_at(event.position().toPoint())
        if place >= 0:
            self.go_to(place)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            said = self.said(self.chip_at(event.pos()))
            if said:
                QToolTip.showText(event.globalPos(), tip(said), self)
                return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        if self.current < 0 and self._chips:
            self.go_to(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._look = ChipLook(self.font())
            self._widths = [self._look.width(face) for face in self._faces]
            self._lay_out()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        top = self.verticalScrollBar().value() - _MARGIN
        first = max(0, (event.rect().top() + top) // self._line_height)
        last = min(len(self._firsts), (event.rect().bottom() + top) // self._line_height + 1)
        self.painted = 0
        for line in range(first, last):
            start, end = self._line(line)
            y = line * self._line_height - top
            for place in range(start, end):
                box = QRectF(self._left[place], y, self._widths[place], self._look.height)
                self._look.paint(painter, box, self._faces[place], palette)
                if place == self.current and self.hasFocus():
                    _ring(painter, box, palette.highlight().color())
            self.painted += end - start
        painter.end()

    def _face(self, chip: Chip) -> Face:
        kind, (which, of) = chip.kind, chip.share
        note, text = "", chip.text
        if kind == "soft":
            text = chip.text if chip.part else self.tr("soft {number}").format(number=chip.text)
        elif kind == "more":
            text = self.tr("… {count} more").format(count=number(int(chip.text)))
        elif kind == "slot" and chip.id < 0:
            text = chip.text or self.tr("slot")
        elif of > 1:
            note = f"{which}/{of}"
        if chip.unknown:
            note = "?"
        return Face(text, kind, chip.cut, note, chip.unknown)

    def _lay_out(self) -> None:
        """Lines from left to right; a line break of the text, or a heading, ends a line."""
        room = self.viewport().width() - 2 * _MARGIN
        self._line_height = self._look.height + _GAP
        left, firsts = [], [0] if self._chips else []
        x = 0.0
        for place, (chip, width) in enumerate(zip(self._chips, self._widths, strict=True)):
            heading = chip.kind == "heading"
            if x and (x + width > room or heading):
                firsts.append(place)
                x = 0.0
            left.append(_MARGIN + x)
            x += width + _GAP
            if heading or (chip.text.endswith("↵") and place < len(self._chips) - 1):
                x = float(room) + 1  # the next one begins a line
        self._left, self._firsts = left, firsts
        bar = self.verticalScrollBar()
        height = len(firsts) * self._line_height + 2 * _MARGIN - _GAP
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(self._line_height)
        self.viewport().update()

    def _line(self, line: int) -> tuple[int, int]:
        last = line + 1 == len(self._firsts)
        return self._firsts[line], len(self._chips) if last else self._firsts[line + 1]

    def _above_or_below(self, place: int, lines: int) -> int:
        if not self._chips:
            return 0
        line = bisect_right(self._firsts, place) - 1
        wanted = max(0, min(line + lines, len(self._firsts) - 1))
        start, end = self._line(wanted)
        middle = self._left[place] + self._widths[place] / 2
        return min(end - 1, max(start, bisect_left(self._left, middle, start, end) - 1))


def _ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
