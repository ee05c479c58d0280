"""About: the version, and whose work this program stands on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..core.places import resources
from .icon import program_icon
from .wording import plain, tip

PARTS = (
    *("PySide6-Essentials", "shiboken6", "pyqtgraph", "torch", "transformers", "peft"),
    *("accelerate", "tokenizers", "safetensors", "huggingface-hub", "gguf", "pandas", "pyarrow"),
    *("numpy", "scikit-learn", "scipy", "pydantic", "typer", "rich", "platformdirs", "psutil"),
    *("python-calamine", "xlsxwriter", "jinja2", "rapidfuzz", "charset-normalizer"),
)
# They come with the set-up; what else is in the library was added by the user.
STARTER_MODELS = (
    ("SmolLM2-135M-Instruct", "Hugging Face, quantised (GGUF, Q4_1)", "Apache-2.0"),
    ("all-MiniLM-L6-v2", "the Sentence Transformers team", "Apache-2.0"),
    ("MiniLM-L6 masked LM", "made for PEFT Desktop from all-MiniLM-L6-v2", "Apache-2.0"),
)
_ICON_SIZE = 64


class About(QDialog):
    """Version, licence, and the works of others that this one stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from .. import __version__

        self.setWindowTitle(self.tr("About PEFT Desktop"))
        picture = QLabel(self)
        picture.setPixmap(program_icon().pixmap(_ICON_SIZE))
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
        words = QVBoxLayout()
        words.addWidget(head)
        words.addWidget(what)
        top = QHBoxLayout()
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.parts = QPlainTextEdit(self)
        self.parts.setReadOnly(True)
        self.parts.setTabChangesFocus(True)
        self.parts.setPlainText(
            licences(self.tr("Built on:"), self.tr("Starter models:"), self.tr("Samples:"))
        )
        said = self.tr("The parts this program is built on, and their licences.")
        self.parts.setAccessibleName(self.tr("Licences"))
        self.parts.setToolTip(tip(said))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.parts, 1)
        layout.addWidget(buttons)
        self.resize(680, 520)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.reject()  # it is read once; it opens in the new language
        super().changeEvent(event)


def licences(parts_title: str, models_title: str, samples_title: str) -> str:
    """Every part with its version and licence as its own papers name it, then the full texts."""
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
    lines += ["", models_title, *(f"  {line}" for line in _models())]
    lines += ["", samples_title, *(f"  {line}" for line in _samples())]
    for file in _full_texts():
        if file.is_file():
            lines += ["", "-" * 72, "", file.read_text(encoding="utf-8").rstrip()]
    return "\n".join(lines) + "\n"


def _models() -> list[str]:
    return [f"{name}, {maker}: {licence}" for name, maker, licence in STARTER_MODELS]


def _samples() -> list[str]:
    import json

    lines = []
    for file in sorted((resources() / "samples").glob("*/sample.json")):
        held = json.loads(file.read_text(encoding="utf-8"))
        title = held.get("title", {}).get("en", "")
        lines.append(f"{file.parent.name}: {held.get('licence', '?')} ({title})")
    return lines


def _full_texts() -> list[Path]:
    samples = resources() / "samples"
    return [
        samples / "NOTICE",
        *sorted(samples.glob("*/ATTRIBUTION.md")),
        resources().parent / "LICENSE",
    ]


def _classified(papers: Any) -> str:
    named = [c for c in papers.get_all("Classifier") or () if c.startswith("License :: ")]
    return ", ".join(c.rpartition(" :: ")[2] for c in named)
