"""Real rows as the model will read them: browsing, the text, its tokens, what is cut."""

from __future__ import annotations

import random

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..cut_counting import Counted
from ..previewing import Seen
from ..wording import in_words, number, plain
from .piece_legend import PieceLegend
from .preview_text import PreviewWriter


class PreviewRows(QGroupBox):
    """`row_wanted(place)` when another row shall be shown; its place counts from 0."""

    row_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._counted: Counted | None = None
        self._words: list[tuple[str, list[str]]] = []
        self.previous_button, self.next_button = QPushButton(self), QPushButton(self)
        self.random_button, self.cut_button = QPushButton(self), QPushButton(self)
        self.place = QSpinBox(self)
        self.place.setMinimum(1)
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.place.setGroupSeparatorShown(True)
        self.place.setKeyboardTracking(False)
        self._place_label = plain(QLabel(self))
        self._place_label.setBuddy(self.place)
        self._of = plain(QLabel(self))
        self.slot_choice = QComboBox(self)
        self.slot_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.slot_choice.setMaximumWidth(220)
        self._slot_label = plain(QLabel(self))
        self._slot_label.setBuddy(self.slot_choice)
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setUndoRedoEnabled(False)
        self.tokens = QProgressBar(self)
        self.tokens.setMinimumWidth(220)
        self.cuts = plain(QLabel(self))
        self.cuts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self._build()
        self.previous_button.clicked.connect(self._previous)
        self.next_button.clicked.connect(self._next)
        self.random_button.clicked.connect(self._random)
        self.cut_button.clicked.connect(self._next_cut)
        self.place.valueChanged.connect(self._typed)
        self.slot_choice.currentIndexChanged.connect(self._show_text)
        self.retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        for widget in (
            self.previous_button,
            self.next_button,
            self.random_button,
            self.cut_button,
            self._place_label,
            self.place,
            self._of,
        ):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self._slot_label)
        top.addWidget(self.slot_choice)
        below = QHBoxLayout()
        below.addWidget(PieceLegend(self))
        below.addStretch(1)
        below.addWidget(self.cuts)
        below.addWidget(self.tokens)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.said)
        layout.addWidget(self.text, 1)
        layout.addLayout(below)

    @property
    def row(self) -> int:
        """The place of the row on show, from 0."""
        return self.place.value() - 1

    def show_seen(self, seen: Seen) -> None:
        """Show what was found out; a prompt that cannot be read leaves the last text, greyed."""
        row = seen.row
        self.place.blockSignals(True)
        self.place.setMaximum(max(1, row.total if row else 1))
        self.place.setValue(row.index + 1 if row else 1)
        self.place.blockSignals(False)
        words = seen.asked.file.prompt.words
        self._set_words([(label, list(several)) for label, several in words.items()])
        readable = seen.spans is not None
        if readable or row is None or self._seen is None:
            self._seen = seen
            self._show_text()
        self.text.setEnabled(readable)
        self._said(seen)
        self._show_numbers(seen)

    def show_counted(self, counted: Counted | None) -> None:
        """How many training rows would be cut; None: that cannot be said."""
        self._counted = counted
        if counted is None:
            self.cuts.setText("")
        elif counted.done < counted.total:
            self.cuts.setText(
                self.tr("{cut} cut so far ({done} of {total} rows looked at)").format(
                    cut=number(len(counted.cut_rows)),
                    done=number(counted.done),
                    total=number(counted.total),
                )
            )
        else:
            self.cuts.setText(
                self.tr("{cut} of {total} training rows would be cut").format(
                    cut=number(len(counted.cut_rows)), total=number(counted.total)
                )
            )
        self._dead_or_alive()

    def retranslate(self) -> None:
        self.setTitle(self.tr("As the model will read it"))
        for button, text, name, help_text in (
            (
                self.previous_button,
                self.tr("◀ Previo&us"),
                self.tr("Previous row"),
                self.tr("Shows the training row before this one."),
            ),
            (
                self.next_button,
                self.tr("&Next ▶"),
                self.tr("Next row"),
                self.tr("Shows the training row after this one."),
            ),
            (
                self.random_button,
                self.tr("Rando&m"),
                self.tr("Random row"),
                self.tr("Shows a training row by chance."),
            ),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(help_text)
        self.cut_button.setText(self.tr("Ne&xt cut"))
        self.cut_button.setAccessibleName(self.tr("Next row that would be cut"))
        self._place_label.setText(self.tr("R&ow"))
        self.place.setAccessibleName(self.tr("Number of the training row"))
        self.place.setToolTip(self.tr("The row's place among the training rows."))
        self._slot_label.setText(self.tr("Slot filled &by"))
        self.slot_choice.setAccessibleName(self.tr("Word in the slot"))
        self.slot_choice.setToolTip(
            self.tr("Fills the slot with all label words, or with those of one label.")
        )
        self.text.setAccessibleName(self.tr("The row as the model will read it"))
        self.text.setToolTip(
            self.tr("A row of your data inside the template; ↵ is a line break the model sees.")
        )
        self.tokens.setAccessibleName(self.tr("Tokens of this row"))
        self.tokens.setToolTip(
            self.tr(
                "Tokens, the pieces that the model reads, against the longest input (1 to what "
                "the model takes); longer texts are cut at the text, never at the prompt."
            )
        )
        self.cuts.setToolTip(
            self.tr("Training rows that are longer than the longest input and lose their end.")
        )
        self._list_words()
        if self._seen is not None:
            self.show_seen(self._seen)
        self.show_counted(self._counted)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_text()

    def _set_words(self, words: list[tuple[str, list[str]]]) -> None:
        if words != self._words:
            same = [label for label, _ in words] == [label for label, _ in self._words]
            self._words = words
            if not same:
                self._list_words()

    def _list_words(self) -> None:
        chosen = self.slot_choice.currentData()
        self.slot_choice.blockSignals(True)
        self.slot_choice.clear()
        self.slot_choice.addItem(self.tr("all words"), None)
        for label, _ in self._words:
            shown = " ".join(label.split()) or repr(label)
            self.slot_choice.addItem(shown if len(shown) <= 40 else shown[:39] + "…", label)
        at = self.slot_choice.findData(chosen) if chosen is not None else 0
        self.slot_choice.setCurrentIndex(max(0, at))
        self.slot_choice.blockSignals(False)

    @Slot()
    def _show_text(self) -> None:
        seen = self._seen
        if seen is None:
            return
        more = self.tr("{count} more characters")
        writer = PreviewWriter(self.text.document(), self.palette(), more)
        if seen.spans is None:
            return
        chosen = self.slot_choice.currentData()
        words = [w for label, several in self._words for w in several if chosen in (None, label)]
        writer.row(seen.spans, words, seen.space)
        if seen.label_prompts:
            writer.heading(self.tr("It is compared with the prompt of each label:"))
            shown = [p for p in seen.label_prompts if chosen in (None, p[0])]
            for label, prompt in shown[:50]:
                writer.write(prompt, "slot")
                writer.remark(f"   ({label[:60]})")
            if len(shown) > 50:
                writer.remark(self.tr("… and {count} more.").format(count=len(shown) - 50))

    def _said(self, seen: Seen) -> None:
        """One line: why there is nothing to see, or which row this is."""
        said = ""
        error = seen.rows_error or seen.model_error
        if error is not None:
            said = f"✖ {in_words(error.what)} {in_words(error.do)}"
        elif seen.row is None:
            said = self.tr("There is no row to show: import data with rows to train on first.")
        elif seen.spans is None:
            said = self.tr("The template cannot be read yet; below is the last one that could.")
        elif not seen.asked.file.model:
            said = self.tr("Choose a model on the Train page to see how many tokens it reads.")
        elif seen.shortened:
            said = self.tr("This row is very long; only its beginning was looked at.")
        elif seen.reads is not None:
            said = f"{seen.asked.file.model}: {in_words(seen.reads)}"
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def _show_numbers(self, seen: Seen) -> None:
        row = seen.row
        parts = []
        if row is not None:
            total = number(row.total)
            parts.append(
                self.tr("of {total} training rows").format(total=total)
                if row.split
                else self.tr("of {total} rows").format(total=total)
            )
            if row.label:
                label = " ".join(row.label.split())
                shown = label if len(label) <= 40 else label[:39] + "…"
                parts.append(self.tr("label: {label}").format(label=shown))
        self._of.setText("  ·  ".join(parts))
        known = bool(seen.limit and seen.spans is not None and row is not None)
        self.tokens.setRange(0, max(1, seen.limit))
        self.tokens.setValue(min(seen.tokens, seen.limit) if known else 0)
        values = {
            "tokens": number(seen.tokens),
            "limit": number(seen.limit),
            "cut": number(seen.cut),
        }
        if not known:
            said = self.tr("tokens: not known")
        elif seen.cut:
            said = self.tr("{tokens} of {limit} tokens: {cut} cut off").format(**values)
        else:
            said = self.tr("{tokens} of {limit} tokens").format(**values)
        self.tokens.setFormat(said.replace("%", "%%"))
        self.tokens.setAccessibleDescription(said)
        self._dead_or_alive()

    def _dead_or_alive(self) -> None:
        several = self.place.maximum() > 1
        for widget in (self.previous_button, self.next_button, self.random_button):
            widget.setEnabled(several)
        cut = bool(self._counted and self._counted.cut_rows)
        self.cut_button.setEnabled(cut)
        self.cut_button.setToolTip(
            self.tr("Shows the next training row that loses its end.")
            if cut
            else self.tr("No training row is cut.")
        )

    @Slot(int)
    def _typed(self, value: int) -> None:
        self.row_wanted.emit(value - 1)

    @Slot()
    def _previous(self) -> None:
        self.row_wanted.emit((self.row - 1) % self.place.maximum())

    @Slot()
    def _next(self) -> None:
        self.row_wanted.emit((self.row + 1) % self.place.maximum())

    @Slot()
    def _random(self) -> None:
        steps = random.randrange(1, max(2, self.place.maximum()))
        self.row_wanted.emit((self.row + steps) % self.place.maximum())

    @Slot()
    def _next_cut(self) -> None:
        rows = self._counted.cut_rows if self._counted else ()
        if rows:
            self.row_wanted.emit(next((n for n in rows if n > self.row), rows[0]))
