"""What the model makes of a label's words: their tokens, what is wrong, what to do at a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...prompts.doctor import Finding
from ...prompts.repairs import Repair
from ..preview_chips import spelt
from ..word_asking import Rank, WordAsking
from ..word_marks import SEVERITIES, SIGNS, Mark, worst
from ..wording import in_words, number, plain
from .chip_line import ChipLine, faces_of, faces_of_mark
from .flow import in_flow

_MOST_WORDS = 8  # of one label


class WordDoctor(QWidget):
    """`repair(Repair)` when a way out is taken; `word_wanted(label)` to type another word."""

    repair = Signal(object)
    word_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: Mapping[str, tuple[Mark, ...]] = {}
        self._picked = ""
        self._shown: object = None
        self._asking: WordAsking | None = None
        self.title = plain(QLabel(self))
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.ask_button = QPushButton(self)
        self.ask_button.clicked.connect(self._on_ask)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.ask_button)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.StyledPanel)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(70)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        self.retranslate()

    def set_asking(self, asking: WordAsking) -> None:
        """Who asks the model about words."""
        self._asking = asking
        asking.changed.connect(self._on_asking)
        self._on_asking()

    def set_marks(self, marks: Mapping[str, tuple[Mark, ...]]) -> None:
        """What was found about all words."""
        self._marks = marks
        self._show()

    def pick(self, label: str) -> None:
        """Show this label's words; "" shows those that need it most."""
        self._picked = label
        self._show()

    @property
    def label(self) -> str:
        """The label on show."""
        if self._picked in self._marks:
            return self._picked
        order = {name: SEVERITIES.index(worst(self._marks, name)) for name in self._marks}
        return max(order, key=order.__getitem__, default="")

    def buttons(self) -> list[QPushButton]:
        """The ways out on show, in their order."""
        inside = self.area.widget()
        return [] if inside is None else inside.findChildren(QPushButton)

    def retranslate(self) -> None:
        self.area.setAccessibleName(self.tr("What the model makes of the words"))
        self.area.setToolTip(
            self.tr(
                "How the model's tokenizer cuts each word, what is wrong with it, and ways out; "
                "words of one token that begin with a blank work best."
            )
        )
        self._shown = None
        self._on_asking()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_ask(self) -> None:
        if self._asking is None:
            return
        if self._asking.at_work:
            self._asking.stop()
        else:
            self._asking.ask()

    @Slot()
    def _on_asking(self) -> None:
        """Say on the button what it would do, or why it cannot."""
        asking = self._asking
        at_work = asking is not None and asking.at_work
        why_not = "" if asking is None else asking.why_not
        self.ask_button.setText(self.tr("Stop") if at_work else self.tr("Ask the model"))
        self.ask_button.setEnabled(asking is not None and not why_not)
        self.ask_button.setToolTip(
            why_not
            or self.tr(
                "Asks the untrained model how likely each word is in the slot (rank and prior); "
                "takes some seconds."
            )
        )
        self._show()

    def _show(self) -> None:
        label = self.label
        marks = self._marks.get(label, ())
        ranks = tuple(self._rank(mark.word) for mark in marks)
        nothing = self._asking is not None and self._asking.said_nothing
        at_work = self._asking is not None and self._asking.at_work
        content = (label, marks, ranks, nothing, at_work)
        if content == self._shown:
            return
        self._shown = content
        name = " ".join(label.split())
        if at_work:
            self.title.setText(self.tr("Asking the model …"))
        else:
            self.title.setText(self.tr("Words of “{label}”").format(label=name) if label else "")
        inside = QWidget(self.area)
        inside.setBackgroundRole(inside.palette().ColorRole.Base)
        column = QVBoxLayout(inside)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        if not marks:
            column.addWidget(self._sentence(self.tr("Choose a model and give words first.")))
        for mark, rank in zip(marks[:_MOST_WORDS], ranks, strict=False):
            self._add_word(column, mark, rank)
        if len(marks) > _MOST_WORDS:
            more = self.tr("… and {count} more.").format(count=number(len(marks) - _MOST_WORDS))
            column.addWidget(self._sentence(more))
        if nothing:
            column.addWidget(
                self._sentence(
                    self.tr("This model compares whole prompts, so its words have no rank.")
                )
            )
        column.addStretch(1)
        self.area.setWidget(inside)
        self.area.setAccessibleDescription(
            "\n".join(one.text() for one in inside.findChildren(QLabel))
        )

    def _add_word(self, column: QVBoxLayout, mark: Mark, rank: Rank | None) -> None:
        whole, line = in_flow(self)
        name = self._sentence(f"{SIGNS[mark.severity]} {spelt(mark.word)}", wrap=False)
        line.addWidget(name)
        said = self.tr("{count} tokens: {pieces}").format(
            count=number(len(mark.tokens)), pieces=" · ".join(map(spelt, mark.tokens))
        )
        line.addWidget(ChipLine(faces_of_mark(mark), said))
        other = mark.without_space if mark.spaced else mark.with_space
        if other and other != mark.tokens:
            how = (
                self.tr("without a blank before it:")
                if mark.spaced
                else self.tr("with a blank before it:")
            )
            line.addWidget(self._sentence(how, wrap=False))
            line.addWidget(ChipLine(faces_of(mark.word, other), " · ".join(map(spelt, other))))
        column.addWidget(whole)
        if rank is not None:
            column.addWidget(self._sentence(self._in_words(rank)))
        if not mark.findings:
            column.addWidget(self._sentence(self.tr("One token, not shared: nothing to mend.")))
        for finding in mark.findings:
            self._add_finding(column, finding)

    def _add_finding(self, column: QVBoxLayout, finding: Finding) -> None:
        column.addWidget(self._sentence(f"{SIGNS[finding.severity]} {in_words(finding.sentence)}"))
        whole, flow = in_flow(self)
        for repair in finding.repairs:
            button = QPushButton(in_words(repair.sentence).replace("&", "&&"), whole)
            button.setAccessibleName(in_words(repair.sentence))
            button.setToolTip(self.tr("Mends it; one step to undo."))
            button.clicked.connect(partial(self._take, repair))
            flow.addWidget(button)
        column.addWidget(whole)

    def _take(self, repair: Repair, _checked: bool = False) -> None:
        if repair.kind == "another_word":
            self.word_wanted.emit(repair.label)
        else:
            self.repair.emit(repair)

    def _sentence(self, text: str, wrap: bool = True) -> QLabel:
        label = plain(QLabel(text))
        label.setWordWrap(wrap)
        if not wrap:  # beside tokens
            label.setMinimumHeight(label.fontMetrics().height() + 7)
        return label

    def _rank(self, word: str) -> Rank | None:
        return None if self._asking is None else self._asking.rank_of(word)

    def _in_words(self, rank: Rank) -> str:
        said = self.tr(
            "Rank {rank} of {all} tokens in the slot of an empty text; prior {share}"
        ).format(rank=number(rank.rank), all=number(rank.vocabulary), share=percent(rank.prior))
        if rank.unlikely:
            said += " — " + self.tr("far down: hard to teach from a few rows")
        return said


def percent(share: float) -> str:
    """A probability such that small ones can be told apart."""
    if share >= 0.001:
        return number(100 * share, 1 if share < 0.1 else 0) + " %"
    return f"{100 * share:.1g} %"


def ranks_of(asking: WordAsking | None, words: Sequence[str]) -> str:
    """The ranks of some words, as short as can be."""
    found = [] if asking is None else [asking.rank_of(word) for word in words]
    return (
        " · ".join("–" if one is None else number(one.rank) for one in found) if any(found) else ""
    )
