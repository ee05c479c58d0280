"""Changes of the project's data as steps that Undo takes back, and the check of it, in threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand

from ..core.errors import UserError
from ..core.events import PhaseChanged, Progressed
from ..core.project import ProjectFile
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .document import Document
from .errands import Ask, Errands
from .wording import in_words

if TYPE_CHECKING:
    from ..data.quality import Repair, Report
    from ..projects.data_changes import Prepared

_NEWS_S = 0.1  # between two pieces of news


@dataclass(frozen=True, slots=True)
class Checked:
    """The report, the rows it is about, and the lengths in tokens (`token_lengths`)."""

    report: Report
    table: Any
    tokens: Mapping[str, Any]


class DataDesk(QObject):
    """`checked(Checked)`, `progress(phase, done, total)`, `changed`: began or ended,
    `done(Sentence, rows)`: a change is in force, `failed(error)`."""

    checked = Signal(object)
    progress = Signal(str, int, int)
    changed = Signal()
    done = Signal(object, int)
    failed = Signal(object)

    def __init__(
        self, document: Document, library: Any, parent: QObject, tidy: bool = False
    ) -> None:
        super().__init__(parent)
        self._document, self._library, self._tidy = document, library, tidy
        self.errands = Errands(self)
        self.checking = self.changing = False
        self._waiting: list[tuple[Repair, str]] = []
        document.opened.connect(self._on_opened)
        document.closing.connect(self.finish_now)

    # -- checking ---------------------------------------------------------------------------

    def check(self) -> None:
        """Look at the data as it is now; an older look is given up."""
        folder, file = self._document.folder, self._document.file
        if folder is None or not file.roles.text:
            return
        self.checking = True
        self.changed.emit()
        work = partial(_check, folder, file, self._library)
        self.errands.run("check", work, self._on_checked, self._on_not_checked, self._on_news)

    def stop_check(self) -> None:
        self.errands.drop("check")
        self.checking = False
        self.changed.emit()

    def _on_news(self, event: Any) -> None:
        match event:
            case PhaseChanged(phase):
                self.progress.emit(phase, 0, 0)
            case Progressed(done, total):
                self.progress.emit("", done, total)

    def _on_checked(self, found: Checked | None) -> None:
        self.checking = False
        self.changed.emit()
        if found is not None:
            self.checked.emit(found)

    def _on_not_checked(self, error: Exception) -> None:
        self.checking = False
        self.changed.emit()
        self.failed.emit(error)

    # -- changing ---------------------------------------------------------------------------

    def repair(self, repair: Repair, text: str = "") -> None:
        """Make the change ready beside the window, then do it as one step called `text`."""
        if self._document.folder is None:
            return
        self._waiting.append((repair, text or in_words(repair.title)))
        self._next()

    def label(self, new: Mapping[int, str], text: str) -> None:
        """Give rows labels; rows in no split join training."""
        self.repair(_labelling(new), text)

    def label_now(self, new: Mapping[int, str], text: str) -> None:
        """The same at once: the project is about to be closed."""
        if new:
            self._now(_labelling(new), text)

    def _now(self, repair: Repair, text: str) -> None:
        folder = self._document.folder
        if folder is None:
            return
        try:
            prepared = _prepare(folder, self._document.file, repair)
        except UserError as error:
            self.failed.emit(error)
            return
        if prepared is not None:
            self._document.undo.push(_DataEdit(self._document, prepared, text, self.failed.emit))

    @Slot()
    def finish_now(self) -> None:
        """What waits is done when this returns: the project is about to be closed."""
        self.errands.drop("change")
        waiting, self._waiting, self.changing = self._waiting, [], False
        for repair, text in waiting:
            self._now(repair, text)

    def exclude(self, rows: Sequence[int], text: str) -> None:
        """Leave rows out by hand."""
        self.repair(_repair("exclude", rows, {"why": "by hand"}), text)

    def _next(self) -> None:
        folder = self._document.folder
        if self.changing or not self._waiting or folder is None:
            return
        self.changing = True
        self.changed.emit()
        work = partial(_prepared, folder, self._document.file, self._waiting[0][0])
        self.errands.run("change", work, self._on_prepared, self._on_not_prepared)

    def _on_prepared(self, prepared: Prepared | None) -> None:
        _, text = self._waiting.pop(0)
        self.changing = False
        if prepared is not None:
            edit = _DataEdit(self._document, prepared, text, self.failed.emit)
            self._document.undo.push(edit)
            if not edit.isObsolete():
                self.done.emit(prepared.step.what, prepared.step.rows)
        self.changed.emit()
        self._next()

    def _on_not_prepared(self, error: Exception) -> None:
        self._waiting.clear()
        self.changing = False
        self.changed.emit()
        self.failed.emit(error)

    def _on_opened(self) -> None:
        self.errands.drop_all()
        self._waiting.clear()
        self.checking = self.changing = False
        self.changed.emit()
        project = self._document.project
        if self._tidy and project is not None and (project.folder / "data" / "versions").is_dir():
            from ..core.project import Project

            copy = Project(project.folder, project.file)
            self.errands.run("tidy", partial(_tidy, copy), _nothing, _nothing)


class _DataEdit(QUndoCommand):
    """Puts one version of the data in the place of the other; files are moved, nothing is read."""

    def __init__(
        self,
        document: Document,
        prepared: Prepared,
        text: str,
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(text)
        self._document, self._prepared, self._failed = document, prepared, failed
        self._folder = document.folder

    def redo(self) -> None:
        self._turn(back=False)

    def undo(self) -> None:
        self._turn(back=True)

    def _turn(self, back: bool) -> None:
        from ..projects.data_changes import put

        if self._folder is None or self._folder != self._document.folder:
            self.setObsolete(True)
            return
        try:
            put(self._folder, self._prepared, back)
        except UserError as error:
            self.setObsolete(True)
            self._failed(error)
            return
        self._document.apply(dict(self._prepared.before if back else self._prepared.fields))
        self._document.save()  # file and table belong together


def _labelling(new: Mapping[int, str]) -> Repair:
    count = {"count": len(new)}
    title = Sentence(QT_TRANSLATE_NOOP("engine", "Label {count} rows"), count)
    return _repair("label", list(new), {"each": dict(new)}, title)


def _repair(
    kind: str, rows: Sequence[int], settings: Mapping[str, Any], title: Sentence | None = None
) -> Repair:
    import numpy as np

    from ..data.quality import Repair

    said = title or Sentence(
        QT_TRANSLATE_NOOP("engine", "Leave out {count} rows"), {"count": len(rows)}
    )
    return Repair(kind, said, np.asarray(list(rows), dtype=np.int64), settings)


def _prepare(folder: Path, file: ProjectFile, repair: Repair) -> Prepared | None:
    from ..projects.data_changes import repaired

    return repaired(folder, file, repair)


def _prepared(folder: Path, file: ProjectFile, repair: Repair, ask: Ask) -> Prepared | None:
    return _prepare(folder, file, repair)


def _tidy(project: Any, ask: Ask) -> None:
    from ..projects.data_changes import forget_unneeded

    forget_unneeded(project)


def _nothing(_: Any) -> None:
    """Nobody waits for it; next time it is tried again."""


def _check(folder: Path, file: ProjectFile, library: Any, ask: Ask) -> Checked | None:
    import time

    from ..data.quality import check
    from ..data.store import load_table
    from ..projects.data_changes import look_of
    from .token_lengths import tokens_of

    table = load_table(folder)
    work = check(table, look_of(file))
    report, told = None, 0.0
    while report is None:
        if not ask.wanted:
            work.close()
            return None
        try:
            event = next(work)
        except StopIteration as end:
            report = end.value
        else:
            if isinstance(event, PhaseChanged) or time.monotonic() - told > _NEWS_S:
                told = time.monotonic()
                ask.tell(event)
            time.sleep(0)  # the window comes first
    assert report is not None
    return Checked(report, table, tokens_of(folder, file, library, table, ask))
