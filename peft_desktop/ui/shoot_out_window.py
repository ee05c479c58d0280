"""The window of shoot-outs: what to compare, the table that grows, and the winner taken over."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ..core.words import Sentence
from .pages.page import Surroundings
from .shoot_out_desk import ShootOutDesk
from .shoot_out_planner import ShootOutPlanner
from .shoot_out_words import row_in_words
from .widgets.notices import Notices
from .widgets.queue_status import QueueStatus
from .widgets.shoot_out_plot import ShootOutPlot
from .widgets.shoot_out_table import ShootOutTable
from .wording import plain, tip

_SIZE = (1340, 700)
_LEFT = 345


class ShootOutWindow(QDialog):
    """Modeless: the rest of the window can be used beside it.

    `run_wanted(name)`: a run is to be shown on the pages.
    """

    run_wanted = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around, self._document, self._work = around, around.document, around.work
        self.desk = ShootOutDesk(around, self)
        self._sentence = plain(QLabel(self))
        self._sentence.setWordWrap(True)
        self.notices = Notices(self)
        self.planner = ShootOutPlanner(around, self.desk, self)
        self.planner.setMinimumWidth(_LEFT - 25)
        self.table, self.plot = ShootOutTable(self), ShootOutPlot(self)
        self.status = QueueStatus(self.desk.progress, self)
        self.use, self.open_run = QPushButton(self), QPushButton(self)
        self.copy, self.picture = QPushButton(self), QPushButton(self)
        self._close = QPushButton(self)
        self._build()
        self._connect()
        self.resize(*_SIZE)
        self.retranslate()
        self._desk_changed()

    def _build(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.addWidget(self.table)
        right.addWidget(self.plot)
        right.setStretchFactor(0, 1)
        right.setStretchFactor(1, 1)
        right.setChildrenCollapsible(False)
        right.setSizes([_SIZE[1] // 2, _SIZE[1] // 2])
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.planner)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([_LEFT, _SIZE[0] - _LEFT])
        buttons = QHBoxLayout()
        for button in (self.use, self.open_run, self.copy, self.picture):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        for button in (self.use, self.open_run, self.copy, self.picture, self._close):
            button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        for part in (self._sentence, self.notices):
            whole.addWidget(part)
        whole.addWidget(split, 1)
        whole.addWidget(self.status)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self.planner.failed.connect(self._failed)
        self.planner.fresh.connect(self.notices.clear)
        self.planner.drafted.connect(self._desk_changed)
        self.status.stop_asked.connect(self.desk.stop)
        self.table.opened.connect(self._open_best)
        self.table.picked.connect(self._refresh)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.use.clicked.connect(self._use)
        self.open_run.clicked.connect(self._open_chosen)
        self.copy.clicked.connect(self._copy)
        self.picture.clicked.connect(self._save_picture)
        self._close.clicked.connect(self.close)
        self.desk.changed.connect(self._desk_changed)
        self.desk.failed.connect(self._failed)
        self.desk.warned.connect(self._warned)
        self._document.opened.connect(self.notices.clear)

    def library_changed(self) -> None:
        """Models came or went."""
        self.planner.library_changed()

    @Slot()
    def _desk_changed(self) -> None:
        plan, progress = self.desk.plan, self.desk.progress
        running = ""
        if plan is not None and self.desk.at_work:
            running = next((cell.row for cell in plan.cells if cell.run == progress.run), "")
        self.table.show_rows(self.desk.rows if plan is not None else self.planner.rows, running)
        self.plot.show_rows(self.desk.rows)
        self.plot.setVisible(bool(self.desk.winner))
        self.status.set_working(self.desk.at_work)
        self._refresh()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.notices.error(error)

    @Slot(object)
    def _warned(self, sentence: Sentence) -> None:
        self.notices.warning(sentence)

    # ---- the winner, the runs, the picture

    @Slot()
    def _use(self) -> None:
        key = self._useful()
        if key and self.desk.use(key):
            self.notices.tell(
                self.tr("{row} is now in the project; Undo brings back what was there.").format(
                    row=self._called(key)
                )
            )

    def _useful(self) -> str:
        """The key of the chosen row if it has results, else the best one's."""
        row = self.table.row
        if row is not None and row["kind"] == "trained" and row["done"]:
            return str(row["row"])
        return self.desk.winner

    def _called(self, key: str) -> str:
        rows = self.desk.rows
        return next((row_in_words(row, rows) for row in rows if row["row"] == key), key)

    @Slot(object)
    def _open_best(self, row: dict[str, Any]) -> None:
        """The run of a row that did best on the validation rows."""
        each = row.get("valid", {}).get("accuracy", {}).get("each", [])
        runs = row.get("runs", [])
        if runs and len(each) == len(runs):
            self.run_wanted.emit(runs[max(range(len(runs)), key=lambda n: each[n])])
        elif runs:
            self.run_wanted.emit(runs[0])

    @Slot()
    def _open_chosen(self) -> None:
        row = self._openable()
        if row is not None:
            self._open_best(row)

    def _openable(self) -> dict[str, Any] | None:
        """The chosen row if it has runs, else the best one."""
        if self.table.row is not None and self.table.row.get("runs"):
            return self.table.row
        return next((row for row in self.desk.rows if row.get("best")), None)

    @Slot(object)
    def _show_menu(self, place: Any) -> None:
        """Every run of the row under the pointer."""
        row = self.table.row
        if row is None or not row.get("runs"):
            return
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for seed, run in zip(row["seeds"], row["runs"], strict=True):
            said = self.tr("Open seed {seed}: {run}").format(seed=seed, run=run)
            action = menu.addAction(said.replace("&", "&&"))
            action.setData(run)
        menu.triggered.connect(self._open_named)
        menu.popup(self.table.viewport().mapToGlobal(place))

    @Slot(QAction)
    def _open_named(self, action: QAction) -> None:
        self.run_wanted.emit(str(action.data()))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.rows_model.as_text())
        self.notices.tell(self.tr("The table was copied, with tabs between its columns."))

    @Slot()
    def _save_picture(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the plot"), "shoot-out.png", self.tr("Pictures (*.png)")
        )
        if chosen and not self.plot.grab().save(chosen):
            self.notices.tell(self.tr("The picture could not be written there."))

    # ---- how things stand

    @Slot()
    def _refresh(self) -> None:
        desk = self.desk
        key = self._useful()
        best = bool(key) and key == desk.winner
        self.use.setText(
            self.tr("&Use the winner") if best or not key else self.tr("&Use this row")
        )
        self.use.setEnabled(bool(key))
        self.use.setToolTip(
            tip(
                self.tr("Puts into the project, as one step that can be undone: {row}").format(
                    row=self._called(key)
                )
                if key
                else self.tr("A training must be finished first.")
            )
        )
        self.open_run.setEnabled(self._openable() is not None)
        self.copy.setEnabled(bool(desk.rows))
        self.picture.setEnabled(bool(desk.winner))
        self._say()

    def _say(self) -> None:
        desk = self.desk
        if desk.plan is None:
            said = self.tr("Nothing is compared yet.")
        elif desk.waiting:
            said = self.tr("{count} trainings are still to do.").format(count=desk.waiting)
        else:
            said = self.tr("All trainings are done. The winner is {row}.").format(
                row=self._called(desk.winner)
            )
        failed = [cell for cell in desk.plan.cells if cell.state == "failed"] if desk.plan else []
        if failed:
            said += " \u2716 " + self.tr("Failed: {count}, the first: {why}").format(
                count=len(failed), why=" ".join(failed[0].why.split())
            )
        self.status.say(said)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Compare methods (shoot-out)"))
        self._sentence.setText(
            self.tr(
                "Trains each method with each seed on the same rows; the validation rows choose "
                "the winner, the test rows only report."
            )
        )
        self.open_run.setText(self.tr("&Open the run"))
        self.open_run.setToolTip(
            self.tr("Shows the row's best run on Train and Evaluate (Return in the table).")
        )
        self.copy.setText(self.tr("&Copy the table"))
        self.copy.setToolTip(self.tr("As text with tabs, for a spreadsheet."))
        self.picture.setText(self.tr("Save the p&lot..."))
        self.picture.setToolTip(self.tr("As a PNG picture."))
        self._close.setText(self.tr("Close"))
        self._close.setToolTip(self.tr("Closes this window; work that is going on goes on."))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
