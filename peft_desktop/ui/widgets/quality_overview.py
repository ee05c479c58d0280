"""The data at a glance: labels in each split, lengths in characters and tokens, languages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ..data_desk import Checked
from ..wording import number, plain, tip, translated
from .bar_cell import SHARE, BarCell
from .class_bars import MOST_SHOWN, ClassBars
from .length_histogram import LengthHistogram

_SPLITS = ("train", "valid", "test")


class SplitBars(QTableWidget):
    """A row a label: its rows as a bar with the number, and how many of them each split has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self.setItemDelegateForColumn(1, BarCell(self, digits=6))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.retranslate()

    def show_counts(self, classes: list[tuple[str, int]], by_split: dict[str, Any]) -> None:
        shown = classes[:MOST_SHOWN]
        most = max((count for _, count in shown), default=1) or 1
        self.setRowCount(len(shown))
        for row, (label, count) in enumerate(shown):
            name = QTableWidgetItem(" ".join(label[:200].split()))
            name.setToolTip(tip(label[:500]))
            self.setItem(row, 0, name)
            bar = self._number(row, 1, count)
            bar.setData(SHARE, count / most)
            for column, split in enumerate(_SPLITS, 2):
                self._number(row, column, by_split.get(split, {}).get(label, 0))
        metrics = self.fontMetrics()
        names = (metrics.horizontalAdvance(label[:60]) for label, _ in shown[:200])
        self.setColumnWidth(0, min(max(70, max(names, default=0) + 16), 160))

    def _number(self, row: int, column: int, value: int) -> QTableWidgetItem:
        item = QTableWidgetItem(number(value))
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, column, item)
        return item

    def retranslate(self) -> None:
        self.setHorizontalHeaderLabels(
            [self.tr("Label"), self.tr("Rows"), self.tr("Train"), self.tr("Valid"), self.tr("Test")]
        )
        self.setAccessibleName(self.tr("Rows of each label by split"))
        self.setToolTip(
            self.tr(
                "Class balance: rows of each label, in all and in each split. The shares should be "
                "about the same in every split."
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class QualityOverview(QWidget):
    """Shows the figures of a `Checked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: Checked | None = None
        self.labels, self.languages = SplitBars(self), ClassBars(self)
        self.characters = LengthHistogram(self)
        self.tokens = LengthHistogram(self, tokens=True)
        self._heads = [plain(QLabel(self)) for _ in range(4)]
        self.cut = plain(QLabel(self))
        self.cut.setWordWrap(True)
        shown = (self.labels, self.languages, self.characters, self.tokens)
        for head, widget in zip(self._heads, shown, strict=True):
            head.setBuddy(widget)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, widget in ((0, self.labels), (2, self.languages)):
            grid.addWidget(self._heads[place // 2], place, 0)
            grid.addWidget(widget, place + 1, 0)
        lengths = QVBoxLayout()
        for head, widget in ((self._heads[2], self.characters), (self._heads[3], self.tokens)):
            lengths.addWidget(head)
            lengths.addWidget(widget)
        lengths.addWidget(self.cut)
        lengths.addStretch(1)
        grid.addLayout(lengths, 0, 1, 4, 1)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(3, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.retranslate()

    def fields(self) -> list[QWidget]:
        return [self.labels, self.characters, self.languages, self.tokens]

    def show_checked(self, checked: Checked | None) -> None:
        self._checked = checked
        report = checked.report if checked is not None else None
        self.labels.show_counts(
            report.classes if report else [], report.split_classes if report else {}
        )
        self._set(self.characters, report.lengths if report else {})
        tokens = checked.tokens if checked is not None else {}
        self._set(self.tokens, tokens)
        self.retranslate()

    def _set(self, widget: LengthHistogram, found: Any) -> None:
        edges, counts = list(found.get("edges", [])), list(found.get("counts", []))
        widget.set_lengths(edges, counts, found.get("median", 0), found.get("longest", 0), 0)

    def language_name(self, code: str) -> str:
        names = {
            "en": self.tr("English"),
            "de": self.tr("German"),
            "fr": self.tr("French"),
            "es": self.tr("Spanish"),
            "it": self.tr("Italian"),
            "pt": self.tr("Portuguese"),
            "nl": self.tr("Dutch"),
            "latin": self.tr("Latin letters"),
            "zh": self.tr("Chinese"),
            "ja": self.tr("Japanese"),
            "ko": self.tr("Korean"),
            "ru": self.tr("Cyrillic letters"),
            "el": self.tr("Greek"),
            "ar": self.tr("Arabic"),
            "he": self.tr("Hebrew"),
            "th": self.tr("Thai"),
            "hi": self.tr("Devanagari"),
        }
        return names.get(code, code)

    def retranslate(self) -> None:
        said = (
            self.tr("Labels in each &split"),
            self.tr("&Languages and scripts"),
            self.tr("Length in c&haracters"),
            self.tr("Length in &tokens, with the prompt"),
        )
        for head, text in zip(self._heads, said, strict=True):
            head.setText(text)
        self.cut.setText(self._cut_in_words())
        if self._checked is not None:
            found = self._checked.report.languages
            self.languages.set_classes([(self.language_name(code), n) for code, n in found])
        else:
            self.languages.set_classes([])
        self.languages.setHorizontalHeaderLabels([self.tr("Language"), self.tr("Rows")])
        self.languages.setAccessibleName(self.tr("Rows of each language"))
        self.languages.setToolTip(
            self.tr(
                "Scripts are certain; languages with Latin letters are told by their small words. "
                "“Latin letters” are texts whose words do not tell."
            )
        )
        self.tokens.setToolTip(
            self.tr(
                "Tokens are the pieces in which the chosen model reads: what is longer than its "
                "room is cut at the text, never at the prompt."
            )
        )

    def _cut_in_words(self) -> str:
        tokens = self._checked.tokens if self._checked is not None else {}
        if not tokens:
            return self.tr("Choose a model on the Train page to see lengths in its tokens.")
        error = tokens.get("error")
        if error is not None:
            said = error.in_words(translated) if isinstance(error, UserError) else str(error)
            return self.tr("Tokens cannot be counted: {why}").format(why=said)
        if "limit" not in tokens:
            return ""
        rows = max(1, tokens["rows"])
        return self.tr(
            "{share} % of {rows} rows are longer than {limit} tokens of {model} and would be cut."
        ).format(
            share=number(100 * tokens["cut"] / rows, 1),
            rows=number(tokens["rows"]),
            limit=number(tokens["limit"]),
            model=tokens["model"],
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
