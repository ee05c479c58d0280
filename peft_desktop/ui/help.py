"""The user guide in a window: offline, with its pictures, its contents and a search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from .guide_text import Heading, guide_file, parted
from .help_topics import About
from .theme import is_dark
from .wording import plain, tip

_MARGIN = 16  # around the text, in pixels
_CODE_INDENT = 24
_LEAST_WIDTH = 560  # the widest table
_AFTER_RESIZE_MS = 120
_IMAGE = int(QTextDocument.ResourceType.ImageResource.value)


class OfflineBrowser(QTextBrowser):
    """Shows Markdown and loads nothing but pictures that lie beside the text.

    `shown(file)`: another text is shown, because a link led there or because it was asked for.
    """

    shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all of it wraps
        self.setMinimumWidth(_LEAST_WIDTH)
        self.headings: list[Heading] = []
        self.file = Path()
        self._folder = Path()
        self._room = self._place = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_RESIZE_MS)
        self._later.timeout.connect(self._fit_pictures)
        self.anchorClicked.connect(self._follow)

    def show_file(self, file: Path) -> None:
        self.file, self._folder = file, file.parent.resolve()
        try:
            text = file.read_text(encoding="utf-8")
        except OSError:
            text = self.tr("The guide is missing from this installation: {file}").format(
                file=file.name
            )
        text, self.headings = parted(text)
        self._room = self._picture_room()
        document = self.document()
        document.clear()
        document.setMarkdown(
            text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )  # fmt: skip
        self._let_code_wrap()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._place = 0
        self.shown.emit(file)

    def show_section(self, name: str) -> bool:
        """Scroll a section to the top, by its name; False where there is none of that name."""
        for place, heading in enumerate(self.headings):
            if heading.name == name:
                self.show_heading(place)
                return True
        return False

    def show_heading(self, place: int) -> None:
        """Scroll the `place`-th heading to the top of the view, the caret with it."""
        blocks = self._heading_blocks()
        if not 0 <= place < len(blocks):
            return
        self.setTextCursor(QTextCursor(blocks[place]))
        self._scroll_to(blocks[place])

    def _scroll_to(self, block: QTextBlock) -> None:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top))
        self._place = block.position()

    def _let_code_wrap(self) -> None:
        """Long lines of code must not make the text wider than the window."""
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            if form.nonBreakableLines():
                form.setNonBreakableLines(False)
                form.setLeftMargin(_CODE_INDENT)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def _heading_blocks(self) -> list[QTextBlock]:
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                found.append(block)
            block = block.next()
        return found

    # -- pictures ------------------------------------------------------------------------

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: N802
        name = QUrl(name)
        if name.scheme() not in ("", "file"):
            return None
        path = (self._folder / (name.toLocalFile() or name.path())).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            return None
        dark = path.with_suffix(f".dark{path.suffix}")
        data = (dark if is_dark() and dark.is_file() else path).read_bytes()
        image = QImage.fromData(data)
        return data if image.isNull() else self._fitting(image)

    def _fitting(self, image: QImage) -> QImage:
        """No wider than the text, and as sharp as the screen."""
        ratio = self.devicePixelRatioF()
        room = round(self._room * ratio)
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    def _picture_room(self) -> int:
        return max(200, self.viewport().width() - 2 * _MARGIN - 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        if not self._later.isActive():  # what stands at the top shall stay there
            self._place = self.cursorForPosition(QPoint(_MARGIN, 0)).position()
        super().resizeEvent(event)
        if self.headings and self._picture_room() != self._room:
            self._later.start()

    @Slot()
    def _fit_pictures(self) -> None:
        """Draw the text anew with pictures of the new width, at the same place of the text."""
        document = self.document()
        self._room = self._picture_room()
        for name in self._pictures():
            document.addResource(_IMAGE, name, self.loadResource(_IMAGE, name))
        document.markContentsDirty(0, document.characterCount())
        self._scroll_to(document.findBlock(self._place))

    def _pictures(self) -> list[QUrl]:
        found, block = [], self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                form = pieces.fragment().charFormat()
                if form.isImageFormat():
                    found.append(QUrl(form.toImageFormat().name()))
                pieces += 1
            block = block.next()
        return found

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        """Only to other texts of the guide, and to places in this one."""
        if url.scheme() == "" and not url.path() and url.fragment():
            self.show_section(url.fragment())
        elif url.scheme() == "" and url.path().endswith(".md"):
            file = (self._folder / url.path()).resolve()
            if file.is_relative_to(self._folder) and file.is_file():
                self.show_file(file)
                if url.fragment():
                    self.show_section(url.fragment())


class Guide(QDialog):
    """The user guide in the window's language; `show_about` opens it where a field belongs."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.browser = OfflineBrowser(self)
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        self.about.setMargin(8)
        self.about.setFrameShape(QFrame.Shape.StyledPanel)
        self.about.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.about.hide()
        self.contents = QListWidget(self)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.back = QPushButton(self)
        self.back.setAutoDefault(False)
        self.back.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return belongs to the search
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        right = QWidget(self)
        text = QVBoxLayout(right)
        text.setContentsMargins(0, 0, 0, 0)
        text.addWidget(self.about)
        text.addWidget(self.browser, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([230, 800])
        below = QHBoxLayout()
        below.addWidget(self.back)
        below.addStretch(1)
        below.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addLayout(below)
        self.resize(1040, 690)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        buttons.rejected.connect(self.reject)
        self.back.clicked.connect(self._show_guide)
        self.search.returnPressed.connect(self.find_next)
        self.contents.currentRowChanged.connect(self.browser.show_heading)
        self.browser.shown.connect(self._on_shown)
        self.show_in(language)
        self.browser.setFocus()

    def show_in(self, language: str) -> None:
        """Show the guide in a language, from its beginning."""
        self._language = language
        self.about.hide()
        self.retranslate()
        self._show_guide()

    def show_about(self, about: About) -> None:
        """What is said of a field on top, and below it the section where it is explained."""
        if self.browser.file != guide_file(self._language):
            self._show_guide()
        said = f"{about.name}: {about.text}" if about.name and about.text else about.text
        self.about.setText(said or about.name)
        self.about.setVisible(bool(said or about.name))
        self.browser.show_section(about.section)
        self.browser.setFocus()

    @Slot()
    def find_next(self) -> bool:
        """Mark the next place with the words of the search line, from the top when at the end."""
        wanted = self.search.text().strip()
        if not wanted:
            return False
        if self.browser.find(wanted):
            return True
        before = self.browser.textCursor()
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        if self.browser.find(wanted):
            return True
        self.browser.setTextCursor(before)
        return False

    @Slot()
    def _show_guide(self) -> None:
        self.browser.show_file(guide_file(self._language))

    @Slot(object)
    def _on_shown(self, file: Path) -> None:
        self.back.setVisible(file != guide_file(self._language))
        with QSignalBlocker(self.contents):
            self.contents.clear()
            for heading in self.browser.headings:
                item = QListWidgetItem("    " * max(0, heading.level - 2) + heading.title)
                item.setToolTip(tip(heading.title))
                if heading.level <= 2:
                    font = QFont(self.contents.font())
                    font.setBold(True)
                    item.setFont(font)
                self.contents.addItem(item)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("User guide"))
        self.browser.setAccessibleName(self.windowTitle())
        self.contents.setAccessibleName(self.tr("Contents"))
        self.contents.setToolTip(self.tr("The sections of the guide; the arrow keys go there."))
        self.search.setPlaceholderText(self.tr("Search (Ctrl+F), Return for the next"))
        self.search.setAccessibleName(self.tr("Search in the guide"))
        self.search.setToolTip(self.tr("Marks the next place that has these words."))
        self.back.setText(self.tr("&Back to the guide"))
        self.back.setToolTip(self.tr("From this page back to the user guide."))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
