"""One text at a time, and a key for each label."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..labelling_desk import LabellingDesk
from ..wording import number, plain, tip
from .label_keys import LabelKeys

_LONGEST = 50_000  # characters shown


class LabellingView(QWidget):
    """Shows a `LabellingDesk`; what is missing is told by the sentence above the text."""

    def __init__(self, desk: LabellingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._why_not = ""
        self._labels: list[str] = []
        self._column = ""
        self._busy = False
        self._run_head = QLabel(self)
        self.run_box = QComboBox(self)
        self._run_head.setBuddy(self.run_box)
        self.ask = QPushButton(self)
        self.order = plain(QLabel(self))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(220)
        self.count = plain(QLabel(self))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.text.setFont(font)
        self.text.setMinimumHeight(QFontMetrics(font).height() * 4)
        self.others = plain(QLabel(self))
        self.others.setWordWrap(True)
        self.guess = plain(QLabel(self))
        self.guess.setWordWrap(True)
        self.keys = LabelKeys(self)
        self.back, self.skip = QPushButton(self), QPushButton(self)
        self.undo, self.leave_out = QPushButton(self), QPushButton(self)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.count)
        top.addWidget(self.progress)
        top.addStretch(1)
        top.addWidget(self._run_head)
        top.addWidget(self.run_box)
        top.addWidget(self.ask)
        for button in (self.back, self.skip, self.undo):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.leave_out)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.order)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.others)
        layout.addWidget(self.guess)
        layout.addWidget(self.keys)
        layout.addLayout(below)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.keys.listen(self.text)
        self.keys.picked.connect(self.desk.give)
        self.ask.clicked.connect(self._on_ask)
        self.back.clicked.connect(self.desk.back)
        self.skip.clicked.connect(self.desk.skip)
        self.undo.clicked.connect(self.desk.undo)
        self.leave_out.clicked.connect(self.desk.leave_out)
        for keys, slot in (
            (("Space", "Right"), self.desk.skip),
            (("Left",), self.desk.back),
            (("Backspace",), self.desk.undo),
            (("Delete",), self.desk.leave_out),
        ):
            action = QAction(self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.text.addAction(action)
        self.desk.changed.connect(self.refresh)

    def order_tabs(self) -> None:
        order = [self.text, *self.keys.buttons, self.back, self.skip, self.undo, self.leave_out]
        for one, other in pairwise([self.run_box, self.ask, *order]):
            QWidget.setTabOrder(one, other)

    # -- what is shown ----------------------------------------------------------------------

    def set_labels(self, labels: list[str], column: str, why_not: str) -> None:
        """The labels that can be given and the text's column; `why_not`: why none can be given."""
        self._labels, self._column, self._why_not = list(labels), column, why_not
        self.keys.set_labels(labels)
        self.order_tabs()
        self.refresh()

    def set_busy(self, busy: bool) -> None:
        """Whether the engine is at something else."""
        self._busy = busy
        self.refresh()

    def show_runs(self) -> None:
        chosen = self.run_box.currentData()
        self.run_box.clear()
        for run in self.desk.runs():
            self.run_box.addItem(run.name, run)
        names = [self.run_box.itemText(n) for n in range(self.run_box.count())]
        if chosen is not None and chosen.name in names:
            self.run_box.setCurrentIndex(names.index(chosen.name))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        desk = self.desk
        row = desk.row
        text = "" if row is None else row.get(self._column, "")
        if self.text.toPlainText() != text[:_LONGEST]:
            self.text.setPlainText(text[:_LONGEST])
        done, total = len(desk.given), len(desk.queue)
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        self.count.setText(
            self.tr("{done} of {total} rows labelled").format(
                done=number(done), total=number(total)
            )
        )
        self.others.setText(self._other_columns(row))
        self.others.setVisible(bool(self.others.text()))
        self.guess.setText(self._guess_in_words())
        self.guess.setVisible(bool(self.guess.text()))
        self.order.setText(self._situation())
        self.keys.set_usable(self._why_not or ("" if row is not None else self._situation()))
        self._refresh_buttons(row is not None)

    def _other_columns(self, row: Any) -> str:
        """The rest of the row: it may tell what the text does not."""
        if row is None:
            return ""
        parts = [
            f"{name}: {' '.join(cell[:80].split())}"
            for name, cell in row.items()
            if name != self._column and cell.strip()
        ]
        return "   ".join(parts[:6])

    def _guess_in_words(self) -> str:
        guess = self.desk.guess
        if not guess or self.desk.row is None:
            return ""
        said = str(guess.get("predicted_label", ""))[:200]
        return self.tr("{run} says: {label} ({chance} %)").format(
            run=self.desk.queue.run,
            label=said,
            chance=number(100 * float(guess.get("probability") or 0.0)),
        )

    def _situation(self) -> str:
        desk = self.desk
        if self._why_not:
            return self._why_not
        if not desk.loaded:
            return self.tr("Looking for rows without a label")
        if not len(desk.queue):
            return self.tr(
                "Every row with a text has a label. To label a row anew, choose it in the Quality "
                "tab or on the Evaluate page and press the number of the label."
            )
        if desk.row is None:
            return self.tr("No row is left: all were labelled or skipped.")
        if desk.queue.run:
            return self.tr("The most useful rows first, as {run} sees them.").format(
                run=desk.queue.run
            )
        return self.tr("In the order of the file. Labelled rows join the training rows.")

    def _refresh_buttons(self, has_row: bool) -> None:
        desk = self.desk
        no_row = self._why_not or ("" if has_row else self.tr("There is no row to label."))
        first = self._why_not or ("" if desk.place > 0 else self.tr("This is the first row."))
        nothing = "" if desk.can_undo else self.tr("No label was given yet.")
        for button, why, about in (
            (self.back, first, self.tr("To the row before (left arrow).")),
            (self.skip, no_row, self.tr("Leaves the row without a label (Space).")),
            (self.undo, nothing, self.tr("Takes the last label back (Backspace).")),
            (
                self.leave_out,
                no_row,
                self.tr("Keeps the row in the data but out of every split (Delete)."),
            ),
        ):
            button.setEnabled(not why)
            button.setToolTip(tip(why or about))
        why = no_row
        if not why and not self.run_box.count():
            why = self.tr("Train a model first: it tells where it hesitates.")
        if not why and (self._busy or desk.asking):
            why = self.tr("Wait until the work at hand is done.")
        self.ask.setEnabled(not why)
        self.run_box.setEnabled(self.run_box.count() > 0)
        self.ask.setToolTip(
            tip(
                why
                or self.tr(
                    "Lets the model look at the rows without a label and puts those first of which "
                    "it is least sure and that are least alike (uncertainty with diversity)."
                )
            )
        )

    @Slot()
    def _on_ask(self) -> None:
        run = self.run_box.currentData()
        if run is not None:
            self.desk.ask(run)
            self.text.setFocus()

    def retranslate(self) -> None:
        self._run_head.setText(self.tr("&Model:"))
        self.run_box.setAccessibleName(self.tr("Model that is asked"))
        self.run_box.setToolTip(self.tr("The run whose model says which rows are worth a label."))
        self.ask.setText(self.tr("Most &useful first"))
        self.back.setText(self.tr("&Back"))
        self.skip.setText(self.tr("S&kip"))
        self.undo.setText(self.tr("U&ndo label"))
        self.leave_out.setText(self.tr("&Leave out"))
        self.text.setAccessibleName(self.tr("Text to label"))
        self.text.setToolTip(
            self.tr(
                "Press the number of a label. Space skips, left arrow goes back, Backspace takes "
                "the last label back, Delete leaves the row out."
            )
        )
        self.progress.setAccessibleName(self.tr("Rows labelled"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
