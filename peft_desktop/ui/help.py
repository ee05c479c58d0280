"""Help: the user guide offline, the field in focus, and whose work this program stands on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QUrl, Slot
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QTextBrowser,
    QVBoxLayout,
    QWhatsThis,
    QWidget,
)

from ..core.places import resources
from .wording import plain, tip

PARTS = (
    *("PySide6-Essentials", "pyqtgraph", "torch", "transformers", "peft", "accelerate"),
    *("tokenizers", "safetensors", "gguf", "pandas", "pyarrow", "numpy", "scikit-learn", "scipy"),
    *("pydantic", "typer", "rich", "platformdirs", "psutil", "python-calamine", "xlsxwriter"),
    *("jinja2", "rapidfuzz", "charset-normalizer"),
)


def docs_folder() -> Path:
    return resources().parent / "docs"


def guide_file(language: str) -> Path:
    return docs_folder() / f"user-guide.{'zh' if language.startswith('zh') else 'en'}.md"


class OfflineBrowser(QTextBrowser):
    """Shows Markdown and loads nothing but pictures that lie beside the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self._folder = Path()
        self.anchorClicked.connect(self._follow)

    def show_file(self, file: Path) -> None:
        self._folder = file.parent.resolve()
        try:
            text = file.read_text(encoding="utf-8")
        except OSError:
            text = self.tr("The guide is missing from this installation: {file}").format(
                file=file.name
            )
        self.document().setMarkdown(
            text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )  # fmt: skip
        self.moveCursor(self.textCursor().MoveOperation.Start)

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: N802
        name = QUrl(name)
        if name.scheme() not in ("", "file"):
            return None
        path = (self._folder / (name.toLocalFile() or name.path())).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            return None
        return path.read_bytes()

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        """Only to other texts of the guide, and to places in this one."""
        if url.scheme() == "" and not url.path() and url.fragment():
            self.scrollToAnchor(url.fragment())
        elif url.scheme() == "" and url.path().endswith(".md"):
            file = (self._folder / url.path()).resolve()
            if file.is_relative_to(self._folder) and file.is_file():
                self.show_file(file)


class Guide(QDialog):
    """The user guide in the window's language."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser = OfflineBrowser(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)
        layout.addWidget(buttons)
        self.resize(860, 640)
        self.setWindowTitle(self.tr("User guide"))
        self.browser.setAccessibleName(self.windowTitle())
        self.show_in(language)

    def show_in(self, language: str) -> None:
        self.setWindowTitle(self.tr("User guide"))
        self.browser.show_file(guide_file(language))


def explain(widget: QWidget | None) -> bool:
    """Show what the focused field is, beside it; False when it has nothing to say."""
    while widget is not None:
        text = widget.whatsThis() or widget.toolTip() or widget.accessibleDescription()
        if text:
            QWhatsThis.showText(widget.mapToGlobal(QPoint(0, widget.height())), text, widget)
            return True
        widget = widget.parentWidget()
    return False


class About(QDialog):
    """Version, licence, and the works of others that this one stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from .. import __version__

        self.setWindowTitle(self.tr("About PEFT Desktop"))
        head = plain(QLabel(f"PEFT Desktop {__version__}", self))
        font = QFont(head.font())
        font.setBold(True)
        head.setFont(font)
        what = plain(QLabel(self))
        what.setWordWrap(True)
        what.setText(
            self.tr(
                "From a spreadsheet of texts to a model you can trust: prompt-based fine-tuning "
                "on your own computer, offline. Free software under the Apache License 2.0."
            )
        )
        parts = QPlainTextEdit(self)
        parts.setReadOnly(True)
        parts.setPlainText(licences(self.tr("Built on:"), self.tr("Samples:")))
        parts.setAccessibleName(self.tr("Licences"))
        parts.setToolTip(tip(self.tr("The parts this program is built on, and their licences.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (head, what, parts, buttons):
            layout.addWidget(widget)
        self.resize(620, 460)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.reject()  # it is read once; it opens in the new language
        super().changeEvent(event)


def licences(parts_title: str, samples_title: str) -> str:
    """Every part with its version and licence as its own papers name it."""
    from importlib import metadata

    lines = [parts_title]
    for name in PARTS:
        try:
            papers: Any = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        said = papers.get("License-Expression") or _classified(papers) or papers.get("License")
        first = str(said or "?").splitlines()[0][:80]
        lines.append(f"  {name} {papers['Version']}: {first}")
    lines += ["", samples_title]
    for file in sorted((resources() / "samples").glob("*/sample.json")):
        found = re.search(r'"licence":\s*"([^"]+)"', file.read_text(encoding="utf-8"))
        lines.append(f"  {file.parent.name}: {found.group(1) if found else '?'}")
    for file in (resources().parent / "LICENSE", resources() / "samples" / "NOTICE"):
        if file.is_file():
            lines += ["", file.read_text(encoding="utf-8")]
    return "\n".join(lines)


def _classified(papers: Any) -> str:
    named = [c for c in papers.get_all("Classifier") or () if c.startswith("License :: ")]
    return ", ".join(c.rpartition(" :: ")[2] for c in named)
