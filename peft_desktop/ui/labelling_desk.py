"""Labelling by hand: which row is next, what was said of it, and when it goes into the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ..core import events as ev
from ..core.events import Event
from ..core.ports import PredictRequest
from ..core.project import ProjectFile
from ..core.runs import Run
from .data_desk import DataDesk
from .document import Document
from .errands import Ask
from .judging import has_model
from .work import Work

KEEP_MS = 1500  # labels are put into the data when one rests for so long
MANY = 25  # or when so many wait


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows to label, in order: ids, their rows (column -> text), and what a run says of each."""

    ids: tuple[int, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    guesses: tuple[dict[str, Any], ...] = ()
    run: str = ""

    def __len__(self) -> int:
        return len(self.ids)


class LabellingDesk(QObject):
    """`changed`: another row, another count, or busy; `failed(error)`."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, document: Document, work: Work, tuner: Any, desk: DataDesk, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._document, self._work, self._tuner, self._owner = document, work, tuner, owner
        self.desk = desk
        self.queue = Queue()
        self.place = 0
        self.given: dict[int, str] = {}  # all of this session, by row id
        self.asking = self.loaded = False
        self._pending: dict[int, str] = {}
        self._past: list[tuple[int, str]] = []  # (place, what the row had before)
        self._asked: tuple[Queue, Run] | None = None
        self._answers: list[dict[str, Any]] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(KEEP_MS)
        self._rest.timeout.connect(self.keep)
        document.opened.connect(self._on_opened)
        document.closing.connect(self.keep_now)

    # -- the queue --------------------------------------------------------------------------

    def load(self) -> None:
        """The rows without a label, in the order of the file."""
        folder = self._document.folder
        if folder is not None and self._document.file.roles.label:
            self.keep()
            work = partial(_load, folder, self._document.file, dict(self._pending))
            self.desk.errands.run("labelling", work, self._on_loaded, self.failed.emit)

    def runs(self) -> list[Run]:
        """Runs whose model can say where it hesitates, the newest first."""
        task = self._document.file.task
        return [
            run
            for run in reversed(self._document.runs())
            if has_model(run) and run.recipe.task == task
        ]

    def ask(self, run: Run) -> bool:
        """Let a run's model look at the rows; then the most useful come first."""
        from ..projects.labelling import POOL

        left = self._left()
        if self._work.busy or not left:
            return False
        step = max(1, -(-len(left) // POOL))
        chosen = left[::step][:POOL]
        part = Queue(
            tuple(self.queue.ids[place] for place in chosen),
            tuple(self.queue.rows[place] for place in chosen),
        )
        self._asked, self._answers = (part, run), []
        events = self._tuner.predict(run.folder, PredictRequest(rows=part.rows))
        title = self.tr("asking {run} which rows to label").format(run=run.name)
        self.asking = self._work.start(title, events, self._owner, self._take, self._ended)
        self.changed.emit()
        return self.asking

    def _left(self) -> list[int]:
        return [n for n, row in enumerate(self.queue.ids) if row not in self.given]

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, ev.Finished):
                self._answers = list(event.result.get("rows") or [])

    def _ended(self, outcome: str) -> None:
        self.asking = False
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        asked = self._asked
        if outcome == "done" and asked is not None and len(self._answers) == len(asked[0]):
            work = partial(_ranked, asked[0], self._answers, asked[1].name)
            column = self._document.file.roles.text
            self.desk.errands.run(
                "ranking", partial(work, column), self._on_ranked, self.failed.emit
            )
        self.changed.emit()

    def _on_ranked(self, ranked: Queue) -> None:
        """What was asked comes first; the rest of the rows follows as it was."""
        first = set(ranked.ids)
        rest = [n for n, row in enumerate(self.queue.ids) if row not in first]
        self.queue = Queue(
            (*ranked.ids, *(self.queue.ids[n] for n in rest)),
            (*ranked.rows, *(self.queue.rows[n] for n in rest)),
            ranked.guesses,
            ranked.run,
        )
        self._past.clear()
        self.place = 0
        self._on_from(0)

    def _on_loaded(self, queue: Queue) -> None:
        self.queue, self.loaded = queue, True
        self.given = dict(self._pending)
        self._past.clear()
        self._on_from(0)

    # -- one row ----------------------------------------------------------------------------

    @property
    def row(self) -> dict[str, str] | None:
        return self.queue.rows[self.place] if self.place < len(self.queue) else None

    @property
    def guess(self) -> dict[str, Any]:
        """What the run says of the row; empty where it was not asked."""
        return self.queue.guesses[self.place] if self.place < len(self.queue.guesses) else {}

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    def give(self, label: str) -> None:
        """The current row has this label; on to the next."""
        if self.place >= len(self.queue):
            return
        row = self.queue.ids[self.place]
        self._past.append((self.place, self.given.get(row, "")))
        self._say(row, label)
        self._on_from(self.place + 1)

    def skip(self) -> None:
        self._on_from(self.place + 1)

    def back(self) -> None:
        """To the row before."""
        if self.place > 0:
            self.place -= 1
            self.changed.emit()

    def leave_out(self) -> None:
        """Leave the current row out of the data; Undo in the Edit menu takes it back."""
        if self.place < len(self.queue):
            row = self.queue.ids[self.place]
            self.desk.exclude([row], self.tr("Leave out a row"))
            self.queue = Queue(
                self.queue.ids[: self.place] + self.queue.ids[self.place + 1 :],
                self.queue.rows[: self.place] + self.queue.rows[self.place + 1 :],
                self.queue.guesses[: self.place] + self.queue.guesses[self.place + 1 :],
                self.queue.run,
            )
            self._past.clear()  # places are others now
            self.changed.emit()

    def undo(self) -> None:
        """Take the last label back and show its row again."""
        if self._past:
            self.place, before = self._past.pop()
            self._say(self.queue.ids[self.place], before)
            self.changed.emit()

    def _say(self, row: int, label: str) -> None:
        self._pending[row] = label
        if label:
            self.given[row] = label
        else:
            self.given.pop(row, None)
        self._rest.start()
        if len(self._pending) >= MANY:
            self.keep()

    def _on_from(self, place: int) -> None:
        """The next row without a label from this place on."""
        while place < len(self.queue) and self.queue.ids[place] in self.given:
            place += 1
        self.place = place
        self.changed.emit()

    # -- into the data ----------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Put the labels that wait into the data, as one step of Undo."""
        self._rest.stop()
        pending, self._pending = self._pending, {}
        if pending:
            self.desk.label(pending, self._name(len(pending)))

    @Slot()
    def keep_now(self) -> None:
        """The same, done when it returns."""
        self._rest.stop()
        pending, self._pending = self._pending, {}
        if pending:
            self.desk.label_now(pending, self._name(len(pending)))

    def _name(self, count: int) -> str:
        return self.tr("Label {count} rows").format(count=count)

    @Slot()
    def _on_opened(self) -> None:
        self._rest.stop()
        self.queue, self.place, self.loaded = Queue(), 0, False
        self.given, self._pending, self._past = {}, {}, []
        self.changed.emit()


def _load(folder: Path, file: ProjectFile, pending: dict[int, str], ask: Ask) -> Queue:
    from ..data.store import load_table, rows_by_id
    from ..projects.labelling import unlabelled

    table = load_table(folder)
    ids: Sequence[int] = unlabelled(table, file)
    columns = [name for name in table.column_names if name != "_row_id"]
    return Queue(tuple(ids), tuple(rows_by_id(table, ids, columns)))


def _ranked(part: Queue, answers: list[dict[str, Any]], run: str, column: str, ask: Ask) -> Queue:
    from ..projects.labelling import most_useful, uncertainty

    order = most_useful([row.get(column, "") for row in part.rows], uncertainty(answers))
    return Queue(
        tuple(part.ids[n] for n in order),
        tuple(part.rows[n] for n in order),
        tuple(answers[n] for n in order),
        run,
    )
