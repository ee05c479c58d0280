"""Runs side by side: metrics with differences, labels, flipped rows, settings, curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.runs import Run
from ..errands import Ask, Errands
from ..wording import number, plain, translated
from .score_curves import ScoreCurves
from .tabs import Tabs

if TYPE_CHECKING:
    from ...evaluation.scored import Scored

_DIGITS = 3
_MOST_FLIPPED = 200
_SURE = 0.05
_LEFT = 210


@dataclass(frozen=True)
class _Answers:
    """The answers of one run, as curves are drawn of them."""

    labels: list[str]
    scored: Scored
    temperature: float = 1.0


@dataclass(frozen=True)
class _Compared:
    split: str
    record: dict[str, Any]
    answers: list[tuple[str, _Answers]]
    flipped: list[list[str]]  # row, text, true label, run, its answer, the first run's


class CompareView(QWidget):
    """`show_runs(runs, chosen)`; the ticked ones are compared, the chosen one is the first.

    `looked`: test rows were looked at.
    """

    failed = Signal(object)
    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errands = Errands(self)
        self._runs: list[Run] = []
        self._first = ""
        self._compared: _Compared | None = None
        self._list_head, self._split_head = QLabel(self), QLabel(self)
        self.list, self.split = QListWidget(self), QComboBox(self)
        for split in ("valid", "test"):
            self.split.addItem("", split)
        self._list_head.setBuddy(self.list)
        self._split_head.setBuddy(self.split)
        self.button = QPushButton(self)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.tables = {name: _table(self) for name in ("metrics", "labels", "rows", "settings")}
        self.curves = ScoreCurves(self)
        self.tabs = Tabs(self)
        for part in (*self.tables.values(), self.curves):
            self.tabs.addTab(part, "")
        left = QVBoxLayout()
        for widget in (self._list_head, self.list, self._split_head, self.split, self.button):
            left.addWidget(widget)
        self.list.setMaximumWidth(_LEFT)
        right = QVBoxLayout()
        right.addWidget(self.said)
        right.addWidget(self.tabs, 1)
        layout = QHBoxLayout(self)
        layout.addLayout(left)
        layout.addLayout(right, 1)
        self.button.clicked.connect(self.compare)
        self.list.itemChanged.connect(self._tell)
        self.curves.failed.connect(self.failed)
        self.retranslate()

    @property
    def busy(self) -> bool:
        return self._errands.busy

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        tables = tuple(self.tables.values())
        return (
            *(self.list, self.split, self.button, self.tabs.tabBar()),
            *(*tables, *self.curves.in_order()),
        )

    def show_runs(self, runs: Sequence[Run], chosen: Run | None) -> None:
        """The runs that were judged; those that were ticked stay so."""
        ticked = set(self.ticked())
        self._first = "" if chosen is None else chosen.name
        self._runs = [
            run
            for run in runs
            if run.recipe.task == "classification"
            and (run.folder / "predictions.parquet").is_file()
        ]
        with QSignalBlocker(self.list):
            self.list.clear()
            for run in self._runs:
                item = QListWidgetItem(run.name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                on = run.name in ticked or run.name == self._first or len(self._runs) == 2
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self._tell()

    def ticked(self) -> list[str]:
        """The names of the ticked runs; the run that is shown on the page comes first."""
        items = [self.list.item(row) for row in range(self.list.count())]
        names = [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]
        return sorted(names, key=lambda name: name != self._first)

    @Slot()
    def compare(self) -> None:
        """Compare the ticked runs, in a thread."""
        known = {run.name: run for run in self._runs}
        runs, split = [known[name] for name in self.ticked()], str(self.split.currentData())
        self.button.setEnabled(False)
        self._errands.run(
            "compare", partial(_compared, runs, split), self._take, self._not_compared
        )

    def _take(self, compared: _Compared) -> None:
        self._compared = compared
        if compared.split == "test":
            self.looked.emit()
        self._fill()
        self._tell()

    def _not_compared(self, error: Exception) -> None:
        self._tell()
        self.failed.emit(error)

    @Slot()
    def _tell(self) -> None:
        enough = len(self.ticked()) > 1
        self.button.setEnabled(enough and not self.busy)
        self.button.setText(self.tr("Co&mpare") if enough else self.tr("Tick two runs"))
        self.tabs.setVisible(self._compared is not None)
        if self._compared is None:
            self.said.setText(
                self.tr(
                    "Tick two runs or more that were judged on the same rows. The run chosen above "
                    "is the one that the others are compared with."
                )
            )
        else:
            self.said.setText("\n".join(self._sentences(self._compared.record)))

    def _sentences(self, record: dict[str, Any]) -> list[str]:
        found = []
        for pair in record["pairs"]:
            values = {**pair, "p": number(pair["p_value"], _DIGITS)}
            if pair["p_value"] < _SURE:
                said = self.tr(
                    "{other} mends {mended} rows of {first} and breaks {broken}: more than luck "
                    "(McNemar p = {p})."
                )
            else:
                said = self.tr(
                    "{other} mends {mended} rows of {first} and breaks {broken}: these rows cannot "
                    "tell them apart (McNemar p = {p})."
                )
            found.append(said.format(**values))
        for group in record["groups"]:
            accuracy = group["metrics"].get("accuracy")
            if accuracy:
                found.append(
                    self.tr("{runs} differ in seed or rows only: accuracy {mean} ± {std}.").format(
                        runs=", ".join(group["runs"]),
                        mean=number(accuracy["mean"], _DIGITS),
                        std=number(accuracy["std"], _DIGITS),
                    )
                )
        return found or [self.tr("These runs have no row in common.")]

    def _fill(self) -> None:
        if self._compared is None:
            return
        record, names = self._compared.record, self._compared.record["runs"]
        others = names[1:] if record["pairs"] else []
        apart = [self.tr("Difference: {run}").format(run=name) for name in others]
        f1 = [self.tr("F1: {run}").format(run=name) for name in names]
        lines = [self._metric_line(entry) for entry in record["metrics"]]
        _show(self.tables["metrics"], [self.tr("Metric"), *names, *apart], lines)
        lines = [
            [each["label"], number(each["rows"])]
            + [number(each["f1"][name], _DIGITS) for name in names]
            for each in record["per_class"]
        ]
        _show(self.tables["labels"], [self.tr("Label"), self.tr("Rows"), *f1], lines)
        heads = [self.tr("Row"), self.tr("Text"), self.tr("True label"), self.tr("Run")]
        heads += [self.tr("Its answer"), self.tr("Answer of {run}").format(run=names[0])]
        _show(self.tables["rows"], heads, self._compared.flipped, left=5)
        _show(
            self.tables["settings"],
            [self.tr("Setting that differs"), *names],
            [
                [each["setting"], *(str(each["values"][name]) for name in names)]
                for each in record["settings"]
            ],
            left=9,
        )
        self.curves.show_runs(self._compared.answers if others else [])

    def _metric_line(self, entry: dict[str, Any]) -> list[str]:
        from ...evaluation.metrics import METRIC_TITLES

        title = METRIC_TITLES.get(entry["metric"])
        line = [translated("engine", title) if title else entry["metric"]]
        line += [number(value, _DIGITS) for value in entry["values"].values()]
        for apart in entry["differences"].values():
            said = number(apart["difference"], _DIGITS)
            if apart["low"] is not None:
                low, high = number(apart["low"], _DIGITS), number(apart["high"], _DIGITS)
                said += f" ({low} – {high})"
            line.append(said)
        return line

    def retranslate(self) -> None:
        self._list_head.setText(self.tr("Runs to com&pare:"))
        self._split_head.setText(self.tr("On th&e rows:"))
        self.list.setAccessibleName(self.tr("Runs to compare"))
        self.list.setToolTip(self.tr("The runs of this project that were judged; tick some."))
        self.split.setAccessibleName(self.tr("Rows to compare on"))
        self.split.setToolTip(
            self.tr(
                "Choose between runs by the validation rows; each look at test rows is counted."
            )
        )
        self.split.setItemText(0, self.tr("validation rows"))
        self.split.setItemText(1, self.tr("test rows"))
        self.button.setToolTip(
            self.tr("Differences with 95 % intervals, McNemar's test, and the rows that flipped.")
        )
        heads = [self.tr("Metrics"), self.tr("Labels"), self.tr("Flipped rows")]
        heads += [self.tr("Settings that differ"), self.tr("Curves")]
        for place, head in enumerate(heads):
            self.tabs.setTabText(place, head)
        for table, head in zip(self.tables.values(), heads, strict=False):
            table.setAccessibleName(head)
        self.tabs.setAccessibleName(self.tr("Comparison of runs"))
        self.setAccessibleName(self.tr("Comparison of runs"))
        self._fill()
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _table(parent: QWidget) -> QTableWidget:
    table = QTableWidget(parent)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    return table


def _show(table: QTableWidget, heads: list[str], lines: list[list[str]], left: int = 1) -> None:
    """`left`: so many columns hold words, the others numbers."""
    table.setColumnCount(len(heads))
    table.setHorizontalHeaderLabels(heads)
    table.setRowCount(len(lines))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            item = QTableWidgetItem(text)
            if column >= left:
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(side)
            table.setItem(row, column, item)
    table.resizeColumnsToContents()
    for column in range(len(heads)):
        table.setColumnWidth(column, min(table.columnWidth(column) + 8, 420))


def _compared(runs: list[Run], split: str, ask: Ask) -> _Compared:
    from ...data.store import load_table, rows_by_id
    from ...evaluation.comparing import compare
    from ...evaluation.curves import temperature_of
    from ...projects.judged import judged_run

    judged = [judged_run(run, split) for run in runs]
    record = compare(judged)
    answers = [
        (run.name, _Answers(list(each.scored.labels), each.scored, temperature_of(run.folder)))
        for run, each in zip(runs, judged, strict=True)
    ]
    said = {
        each.name: dict(zip(each.scored.ids.tolist(), each.scored.answers.tolist(), strict=True))
        for each in judged
    }
    first, data = judged[0], runs[0].recipe.data
    gold = dict(zip(first.scored.ids.tolist(), first.scored.gold.tolist(), strict=True))
    lines = []
    for pair, other in zip(record["pairs"], judged[1:], strict=False):
        ids = [*pair["broken_rows"], *pair["mended_rows"]][:_MOST_FLIPPED]
        table = load_table(runs[0].folder.parent.parent, data.sha256)
        texts = rows_by_id(table, ids, [data.text])
        for row, text in zip(ids, texts, strict=True):
            shown = " ".join(text[data.text].split())[:200]
            own = other.scored.labels[said[other.name][row]]
            before = first.scored.labels[said[first.name][row]]
            true = first.scored.labels[gold[row]]
            lines.append([str(row + 1), shown, true, other.name, own, before])
    return _Compared(split, record, answers, lines)
