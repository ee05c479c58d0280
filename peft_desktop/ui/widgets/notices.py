"""Bars inside a page: what happened, what to do, and the details behind a button."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ...core.words import Sentence
from ..wording import translated

Say = Callable[[], str]


class Notices(QWidget):
    """A stack of bars, newest below; each can be put away."""

    MOST = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def error(self, error: BaseException) -> None:
        """An error of the user's as a sentence; a bug of ours with its traceback to copy."""
        if isinstance(error, UserError):
            self._add("error", lambda: error.in_words(translated), "")
            return
        what = str(error) or type(error).__name__

        def said() -> str:
            return self.tr("Something went wrong in the program itself: {what}").format(what=what)

        self._add("error", said, "".join(traceback.format_exception(error)))

    def warning(self, sentence: Sentence) -> None:
        self._add("warning", lambda: sentence.in_words(translated), "")

    def tell(self, text: str) -> None:
        """Something good or neutral to know."""
        self._add("info", lambda: text, "")

    def clear(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.hide()

    def texts(self) -> list[str]:
        """What stands there, for tests and screen readers."""
        items = [self._layout.itemAt(i) for i in range(self._layout.count())]
        bars = [item.widget() for item in items if item is not None]
        return [bar.text for bar in bars if isinstance(bar, _Bar)]

    def _add(self, kind: str, say: Say, details: str) -> None:
        """`say` puts it into words, and again when the language changes."""
        if say() in self.texts():
            return
        while self._layout.count() >= self.MOST:
            item = self._layout.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        bar = _Bar(kind, say, details, self)
        self._layout.addWidget(bar)
        self.show()

    @Slot()
    def _gone(self) -> None:
        bar = self.sender().parent() if self.sender() else None
        if isinstance(bar, _Bar):
            self._layout.removeWidget(bar)
            bar.deleteLater()
        if not self._layout.count():
            self.hide()


_SIGNS = {"error": "\u2716", "warning": "\u26a0", "info": "\u2139"}  # never by colour alone


class _Bar(QFrame):
    def __init__(self, kind: str, say: Say, details: str, parent: Notices) -> None:
        super().__init__(parent)
        self.text = ""
        self._kind, self._say = kind, say
        self.setObjectName(f"{kind}Bar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        label = self._label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        self._details: QPlainTextEdit | None = None
        if details:
            self._details = QPlainTextEdit(details, self)
            self._details.setReadOnly(True)
            self._details.hide()
            self._more = QPushButton(self)
            self._more.setCheckable(True)
            self._more.toggled.connect(self._details.setVisible)
            row.addWidget(self._more)
            layout.addWidget(self._details)
        self._close = QPushButton(self)
        self._close.clicked.connect(parent._gone)
        row.addWidget(self._close)
        self._retranslate()

    def _retranslate(self) -> None:
        self.text = self._say()
        self._label.setText(f"{_SIGNS[self._kind]}  {self.text}")
        self.setAccessibleName(self.text)
        if self._details is not None:
            self._details.setAccessibleName(self.text)
            self._more.setText(self.tr("Details"))
            self._more.setToolTip(self.tr("Shows what a developer needs to mend this."))
        self._close.setText(self.tr("Put away"))
        self._close.setToolTip(self.tr("Takes this message off the page."))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
