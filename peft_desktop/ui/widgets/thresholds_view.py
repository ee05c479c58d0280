"""When the model answers and what it leaves to a person: thresholds, costs, and what they bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ...core.runs import Run
from ..errands import Ask, Errands
from ..judging import JudgedRows
from ..wording import in_words, number, plain

if TYPE_CHECKING:
    from ...evaluation.deciding import Decisions
    from ...evaluation.thresholds import Found

_MOST_LABELS = 12  # of which mistakes have a cost each
_DIGITS = 3


@dataclass(frozen=True)
class _Brought:
    """What decisions bring on the rows that were judged: with them, and without."""

    found: Found
    splits: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]]


class ThresholdsView(QWidget):
    """`show_judged(run, rows by split)`. Chosen on validation rows, shown on test rows too.

    `kept(text)`: the thresholds lie with the model now, or are gone.
    """

    failed = Signal(object)
    kept = Signal(str)
    looked = Signal()  # at test rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errands = Errands(self)
        self._run: Run | None = None
        self._rows: dict[str, JudgedRows] = {}
        self._brought: _Brought | None = None
        self._stored: Decisions | None = None
        self.goal = QComboBox(self)
        for key in ("cost", "macro_f1"):
            self.goal.addItem("", key)
        self.ask, self.person = QCheckBox(self), QDoubleSpinBox(self)
        self.person.setRange(0.0, 1000.0)
        self.person.setSingleStep(0.05)
        self.person.setValue(0.3)
        self.person.setEnabled(False)
        self.ask.toggled.connect(self.person.setEnabled)
        self.costs, self.table = QTableWidget(self), QTableWidget(self)
        for table in (self.costs, self.table):
            table.setTabKeyNavigation(False)
            table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.seek, self.keep, self.clear = (QPushButton(self) for _ in range(3))
        self._goal_head, self._costs_head = QLabel(self), QLabel(self)
        self._goal_head.setBuddy(self.goal)
        self._costs_head.setBuddy(self.costs)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self._build()
        self.seek.clicked.connect(self.look)
        self.keep.clicked.connect(self.store)
        self.clear.clicked.connect(self.forget)
        self.retranslate()

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow(self._goal_head, self.goal)
        form.addRow(self.ask, self.person)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(self._costs_head)
        left.addWidget(self.costs, 1)
        left.addWidget(self.seek)
        right = QVBoxLayout()
        right.addWidget(self.said)
        right.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.clear)
        buttons.addWidget(self.keep)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 1)
        layout.addLayout(right, 2)

    @property
    def busy(self) -> bool:
        return self._errands.busy

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        left = (self.goal, self.ask, self.person, self.costs, self.seek)
        return (*left, self.table, self.clear, self.keep)

    def show_judged(self, run: Run | None, rows: dict[str, JudgedRows]) -> None:
        """What is known of a run; of another run the costs begin anew."""
        labels = [] if run is None else run.recipe.labels
        if run is None or self._run is None or labels != self._run.recipe.labels:
            self._fill_costs(labels)
        self._run, self._rows, self._brought = run, rows, None
        self._read_stored()
        self._tell()

    def _read_stored(self) -> None:
        from ...evaluation.deciding import read_decisions

        self._stored = None
        try:
            self._stored = None if self._run is None else read_decisions(self._run.folder)
        except UserError as error:
            self.failed.emit(error)

    def _fill_costs(self, labels: list[str]) -> None:
        shown = labels if len(labels) <= _MOST_LABELS else []
        self.costs.setRowCount(len(shown))
        self.costs.setColumnCount(len(shown))
        names = [" ".join(label[:40].split()) for label in shown]
        self.costs.setHorizontalHeaderLabels(names)
        self.costs.setVerticalHeaderLabels(names)
        for row in range(len(shown)):
            for column in range(len(shown)):
                item = QTableWidgetItem("–" if row == column else "1")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if row == column:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self.costs.setItem(row, column, item)
        self.costs.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    @Slot()
    def look(self) -> None:
        """Look for thresholds on the validation rows, in a thread."""
        from ...evaluation.deciding import Costs

        run, rows = self._run, self._rows
        if run is None or "valid" not in rows:
            return
        try:
            person = self.person.value() if self.ask.isChecked() else None
            costs = Costs.given(run.recipe.labels, self._mistakes(), person)
        except UserError as error:
            self.failed.emit(error)
            return
        goal = str(self.goal.currentData())
        self.seek.setEnabled(False)

        def work(ask: Ask) -> _Brought:
            from ...evaluation.deciding import Decisions
            from ...evaluation.thresholds import choose, difference, outcome

            found = choose(rows["valid"].scored, costs, goal)
            plain_one = Decisions.plain(run.recipe.labels)
            before = Decisions(plain_one.labels, plain_one.thresholds, 0.0, costs)
            splits = {
                split: (
                    outcome(each.scored, found.decisions),
                    outcome(each.scored, before),
                    difference(each.scored, found.decisions),
                )
                for split, each in sorted(rows.items(), reverse=True)  # validation, then test
                if split in ("valid", "test")
            }
            return _Brought(found, splits)

        self._errands.run("look", work, self._found, self._failed)

    def _mistakes(self) -> dict[tuple[str, str], float]:
        labels = [] if self._run is None else self._run.recipe.labels
        found = {}
        for row in range(self.costs.rowCount()):
            for column in range(self.costs.columnCount()):
                if row == column:
                    continue
                item = self.costs.item(row, column)
                text = "1" if item is None else item.text().strip().replace(",", ".")
                try:
                    found[labels[row], labels[column]] = float(text)
                except ValueError:
                    found[labels[row], labels[column]] = float("nan")  # told as no cost
        return found

    def _found(self, brought: _Brought) -> None:
        self._brought = brought
        if "test" in brought.splits:
            self.looked.emit()
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._tell()
        self.failed.emit(error)

    @Slot()
    def store(self) -> None:
        """Keep what was found with the model."""
        from ...evaluation.deciding import write_decisions

        if self._run is None or self._brought is None:
            return
        try:
            write_decisions(self._run.folder, self._brought.found.decisions)
        except UserError as error:
            self.failed.emit(error)
            return
        self._read_stored()
        self._tell()
        self.kept.emit(
            self.tr(
                "{run} answers by these thresholds from now on, also on the Predict page."
            ).format(run=self._run.name)
        )

    @Slot()
    def forget(self) -> None:
        """Back to the most probable label."""
        from ...evaluation.deciding import clear_decisions

        if self._run is not None and clear_decisions(self._run.folder):
            self.kept.emit(
                self.tr("{run} answers with the most probable label again.").format(
                    run=self._run.name
                )
            )
        self._read_stored()
        self._tell()

    def _tell(self) -> None:
        ready = self._run is not None and "valid" in self._rows
        self.seek.setEnabled(ready and not self.busy)
        self.keep.setEnabled(self._brought is not None)
        self.clear.setEnabled(self._stored is not None)
        self.costs.setVisible(self.costs.rowCount() > 0)
        self._costs_head.setVisible(self.costs.rowCount() > 0)
        parts = []
        if not ready:
            parts.append(
                self.tr("Judge the run on its validation rows first: thresholds are chosen there.")
            )
        if self._stored is not None:
            parts.append(self._in_words(self.tr("In force"), self._stored))
        if self._brought is not None:
            found = self._brought.found
            parts.append(self._in_words(self.tr("Found"), found.decisions))
            if found.note is not None:
                parts.append(in_words(found.note))
            if "test" not in self._brought.splits:
                parts.append(self.tr("Judge the test rows to see what it brings on them."))
        elif ready and self._stored is None:
            parts.append(
                self.tr(
                    "The most probable label is the answer now. Say what mistakes cost, or what "
                    "asking a person costs, and let thresholds be found."
                )
            )
        self.said.setText("\n".join(parts))
        self._fill()

    def _in_words(self, head: str, decisions: Decisions) -> str:
        each = ", ".join(
            f"“{label[:30]}” {number(value, _DIGITS)}"
            for label, value in list(zip(decisions.labels, decisions.thresholds, strict=True))[:12]
        )
        said = f"{head}: {each}."
        if decisions.person_below > 0:
            said += " " + self.tr("Below {p} a person answers.").format(
                p=number(decisions.person_below, _DIGITS)
            )
        return said

    def _fill(self) -> None:
        splits = {} if self._brought is None else self._brought.splits
        self.table.setVisible(bool(splits))
        heads, names = [self.tr("What it brings")], self._split_names()
        for split in splits:
            rows = number(splits[split][0]["rows"])
            heads += [
                self.tr("{split} ({rows} rows)\nmost probable").format(
                    split=names[split], rows=rows
                ),
                self.tr("{split}\nwith thresholds").format(split=names[split]),
            ]
        said = {
            "coverage": self.tr("Answered by the model"),
            "accuracy_answered": self.tr("Right of those"),
            "macro_f1_answered": self.tr("Macro F1 of those"),
            "mean_cost": self.tr("Cost a row"),
        }
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(said) + 1)
        for row, (key, title) in enumerate(said.items()):
            cells = [title]
            for after, before, _ in splits.values():
                cells += [_shown(before[key]), _shown(after[key])]
            self._line(row, cells)
        apart = [self.tr("Cost difference (95 %)")]
        for _, _, differs in splits.values():
            apart += ["", self._apart(differs)]
        self._line(len(said), apart)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.resizeRowsToContents()

    def _apart(self, differs: dict[str, Any] | None) -> str:
        if differs is None:
            return self.tr("needs a person's cost")
        low, high = number(differs["low"], _DIGITS), number(differs["high"], _DIGITS)
        said = f"{number(differs['difference'], _DIGITS)}\n{low} – {high}"
        if differs["low"] <= 0 <= differs["high"]:
            said += "\n" + self.tr("may be luck")
        return said

    def _line(self, row: int, cells: list[str]) -> None:
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            if column:
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(side)
            self.table.setItem(row, column, item)

    def _split_names(self) -> dict[str, str]:
        return {"valid": self.tr("Validation"), "test": self.tr("Test")}

    def retranslate(self) -> None:
        self._goal_head.setText(self.tr("&Aim:"))
        self.goal.setItemText(0, self.tr("lowest cost of mistakes"))
        self.goal.setItemText(1, self.tr("highest macro F1"))
        self.goal.setAccessibleName(self.tr("What the thresholds aim at"))
        self.goal.setToolTip(
            self.tr("What the thresholds are chosen for; macro F1 helps rare labels.")
        )
        self.ask.setText(self.tr("Unsure rows to a &person, who costs"))
        self.ask.setToolTip(
            self.tr("Rows of which the model is so unsure that asking costs less than guessing.")
        )
        self.ask.setAccessibleName(self.tr("Leave unsure rows to a person"))
        self.person.setAccessibleName(self.tr("What it costs to ask a person"))
        self.person.setToolTip(
            self.tr("In the unit of the mistakes: 0.3 is a third of a mistake of 1 (0 – 1000).")
        )
        self._costs_head.setText(
            self.tr("C&osts of mistakes: lines are true labels, columns the answer")
        )
        self.costs.setAccessibleName(self.tr("Costs of mistakes"))
        self.costs.setToolTip(
            self.tr("What it costs to answer the column's label on a row of the line's (from 0).")
        )
        self.seek.setText(self.tr("&Find thresholds"))
        self.seek.setToolTip(
            self.tr("Chosen on the validation rows only; the test rows show what it brings.")
        )
        self.keep.setText(self.tr("&Keep with the model"))
        self.keep.setToolTip(self.tr("Prediction and export answer by them from then on."))
        self.clear.setText(self.tr("Back to &most probable"))
        self.clear.setToolTip(self.tr("Takes away the thresholds that lie with the model."))
        self.table.setAccessibleName(self.tr("What the thresholds bring"))
        self.setAccessibleName(self.tr("Thresholds"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _shown(value: float | None) -> str:
    return "–" if value is None else number(value, _DIGITS)
