"""Every pattern's teachers with their scores, what they say together, and the student."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...projects.pet_plan import STUDENT
from ..shoot_out_words import share_in_words
from ..wording import number, tip
from .bar_cell import SHARE, BarCell
from .probe_table import in_one_line

NAME, UNTRAINED, VALID, F1, TEST, STATE = range(6)
_RUN = Qt.ItemDataRole.UserRole + 1
_DASH = "\u2013"


class PetTree(QTreeWidget):
    """A line a pattern, its seeds below it. `opened(run)`: Return or a double click on a run.

    Ctrl+C copies all of it as text.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[dict[str, Any]] = []
        self._ensemble: Mapping[str, Any] = {}
        self._running = ""
        self.setColumnCount(6)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegateForColumn(VALID, BarCell(self, digits=13))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 6):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(VALID, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(VALID, 220)
        self.itemActivated.connect(self._on_activated)
        self.retranslate()

    @property
    def run(self) -> str:
        """The chosen line's run; empty where it is none."""
        item = self.currentItem()
        return str(item.data(NAME, _RUN) or "") if item is not None else ""

    def show_rows(
        self, rows: Sequence[dict[str, Any]], ensemble: Mapping[str, Any], running: str
    ) -> None:
        """Rows as `projects.pet.table_of` gives them; `ensemble` is what the teachers' answers
        together are worth on the validation rows; `running` the run at work."""
        if (list(rows), dict(ensemble), running) != (
            self._rows,
            dict(self._ensemble),
            self._running,
        ):
            self._rows, self._ensemble, self._running = list(rows), ensemble, running
            self._fill()

    def _fill(self) -> None:
        kept = self.run
        self.clear()
        of_pattern: dict[str, list[dict[str, Any]]] = {}
        for row in self._rows:
            of_pattern.setdefault(str(row["row"]), []).append(row)
        for key, several in of_pattern.items():
            if key == STUDENT:
                continue
            head = self._line(None, self._pattern(key, several[0]), several)
            for row in several:
                said = self.tr("seed {seed}").format(seed=row["seed"])
                self._line(head, said, [row], str(row["run"]))
        if of_pattern:
            together = QTreeWidgetItem(self, [self.tr("All teachers together")])
            if self._ensemble:
                self._score(together, VALID, [self._ensemble["accuracy"]])
                self._score(together, F1, [self._ensemble["macro_f1"]])
        for row in of_pattern.get(STUDENT, []):
            said = self.tr("Student: {template}").format(template=in_one_line(row["template"]))
            self._line(None, said, [row], str(row["run"]))
        self.expandAll()
        self._choose(kept)

    def _pattern(self, key: str, row: Mapping[str, Any]) -> str:
        which = key.rpartition(" ")[2]
        said = self.tr("Pattern {number}: {template}")
        return said.format(number=which, template=in_one_line(str(row["template"])))

    def _line(
        self,
        above: QTreeWidgetItem | None,
        title: str,
        rows: Sequence[dict[str, Any]],
        run: str = "",
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self if above is None else above, [title])
        item.setData(NAME, _RUN, run)
        weight = rows[0]["weight"]
        if weight is not None and (above is None):
            self._number(item, UNTRAINED, number(weight, 3))
        for column, split, name in (
            (VALID, "valid", "accuracy"),
            (F1, "valid", "macro_f1"),
            (TEST, "test", "accuracy"),
        ):
            self._score(item, column, [row[split][name] for row in rows if split in row])
        item.setText(STATE, self._state(rows))
        failed = next((str(row["why"]) for row in rows if row["why"]), "")
        about = f"{rows[0]['template']}\n{run}" if run else str(rows[0]["template"])
        item.setToolTip(NAME, tip(about))
        item.setToolTip(STATE, tip(failed or item.text(STATE)))
        return item

    def _state(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """Of one run its state; of several how many are done."""
        if len(rows) > 1:
            done = sum(row["state"] == "done" for row in rows)
            failed = sum(row["state"] == "failed" for row in rows)
            return f"{number(done)}/{number(len(rows))}" + (" \u2716" if failed else "")
        row = rows[0]
        if row["run"] == self._running:
            return "\u25b8 " + self.tr("at work")
        return {
            "done": "\u2714 " + self.tr("done"),
            "failed": "\u2716 " + self.tr("failed"),
            "waiting": self.tr("waits"),
        }[str(row["state"])]

    def _score(self, item: QTreeWidgetItem, column: int, values: Sequence[float]) -> None:
        if not values:
            self._number(item, column, _DASH if column != TEST else "")
            return
        mean = statistics.fmean(values)
        deviation = statistics.stdev(values) if len(values) > 1 else None
        self._number(item, column, share_in_words({"mean": mean, "std": deviation}))
        item.setData(column, SHARE, mean)

    def _number(self, item: QTreeWidgetItem, column: int, text: str) -> None:
        item.setText(column, text)
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        for place in range(self.topLevelItemCount()):
            item = self.topLevelItem(place)
            if item is not None:
                below = (item.child(n) for n in range(item.childCount()))
                found += [item, *(each for each in below if each is not None)]
        return found

    def _choose(self, run: str) -> None:
        for item in self._items():
            if run and item.data(NAME, _RUN) == run:
                self.setCurrentItem(item)

    def as_text(self) -> str:
        """All of it, columns between tabs."""
        head = self.headerItem()
        lines = ["\t".join(head.text(column) for column in range(6))]
        for item in self._items():
            lines.append("\t".join(item.text(column) for column in range(6)))
        return "\n".join(lines)

    @Slot(QTreeWidgetItem)
    def _on_activated(self, item: QTreeWidgetItem) -> None:
        run = str(item.data(NAME, _RUN) or "")
        if run:
            self.opened.emit(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.setHeaderLabels(
            [
                self.tr("Pattern"),
                self.tr("Untrained"),
                self.tr("Validation"),
                self.tr("Macro F1"),
                self.tr("Test"),
                self.tr("State"),
            ]
        )
        head = self.headerItem()
        for column, about in enumerate(
            (
                self.tr("A teacher for each pattern and seed, then the student."),
                self.tr("What the untrained model gets right with the pattern: its weight."),
                self.tr("Accuracy on the validation rows; mean over the seeds \u00b1 deviation."),
                self.tr("Macro F1 on the validation rows: rare labels count as much."),
                self.tr("Accuracy on the test rows; only the student is asked."),
                self.tr("Done, failed (why stands in the tool tip), at work, or waiting."),
            )
        ):
            head.setToolTip(column, about)
        self.setAccessibleName(self.tr("Teachers and student"))
        self.setToolTip(
            self.tr("Return or a double click opens a run; Ctrl+C copies all of it as text.")
        )
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
