"""What can be done with whole projects: open, close, copy, and the sample for beginners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core.errors import UserError
from ..core.events import Event, Finished, Warned
from ..core.ports import Events
from ..core.project import PROJECT_FILE
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..projects.pack import ENDING, pack_project, unpack_project
from .data_import import stop_asked
from .errands import Errands
from .import_plan import FIRST_SAMPLE, prepare, samples
from .pages.page import Surroundings
from .project_copy import copy_project
from .questions import Questions


@dataclass(frozen=True, slots=True)
class Say:
    """Where messages go: the page in front."""

    tell: Callable[[str], None]
    warn: Callable[[Sentence], None]
    fail: Callable[[BaseException], None]


class ProjectDesk(QObject):
    """Slots for the File menu. `import_wanted(path)`: a data file is to become a project; an
    empty path: ask for one."""

    import_wanted = Signal(str)

    def __init__(
        self, around: Surroundings, questions: Questions, say: Say, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._around, self._questions, self._say = around, questions, say
        self._document, self._work = around.document, around.work
        self._errands = Errands(self)
        self._result: dict[str, Any] = {}
        self._warnings: list[Warned] = []
        self._later: Path | None = None
        self._document.opened.connect(self._remember)
        self._document.failed.connect(say.fail)

    def begin(self, wanted: Path | None) -> None:
        """What the window opens with: what was asked for, else the last project, else the sample.

        The sample comes by itself only once, at the very first start.
        """
        settings = self._around.settings
        first_time = not settings.flag("started", False)
        settings.put("started", "true")
        recent = settings.recent()
        if wanted is not None and _is_project(wanted):
            self.open_path(wanted)
        elif wanted is not None:
            self._later = wanted
        elif recent:
            self.open_path(recent[0])
        else:
            self._later = None if not first_time else self._sample_folder

    @Slot()
    def go_on(self) -> None:
        """What `begin` left for later, because it takes long: after the first paint."""
        later, self._later = self._later, None
        if later is not None and later == self._sample_folder:
            self.open_sample()
        elif later is not None:
            self.open_path(later)

    def open_path(self, path: Path) -> None:
        """Open a project by its folder or file; a data file is imported."""
        if self._work.busy:
            self._say.tell(self.tr("Something is at work; wait for it or stop it first."))
            return
        if path.is_file() and path.suffix == ENDING:
            self._unpack(path)
            return
        if path.is_file() and not _is_project(path):
            self.import_wanted.emit(str(path))
            return
        if not self._document.was_moved_to(path) and not self.may_leave():
            return
        try:
            self._document.open(path)
        except UserError as error:
            self._say.fail(error)

    @Slot(str)
    def open_recent(self, path: str) -> None:
        self.open_path(Path(path))

    @Slot()
    def new_from_data(self) -> None:
        self.import_wanted.emit("")

    @Slot()
    def open_project(self) -> None:
        start = self._document.folder
        settings = self._around.settings
        chosen = self._questions.project(start.parent if start else settings.projects_folder)
        if chosen is not None:
            self.open_path(chosen)

    @Slot()
    def save_now(self) -> None:
        self._document.save()
        if not self._document.unsaved:
            self._say.tell(self.tr("Saved. A project also saves itself after each change."))

    @Slot()
    def close_project(self) -> None:
        if self.may_leave():
            self._document.close()

    def may_leave(self) -> bool:
        """Save the open project; where that fails, whether it may be left all the same."""
        self._document.save()
        if not self._document.unsaved:
            return True
        return self._questions.lose_changes(self._document.file.name)

    @Slot()
    def save_copy(self) -> None:
        source = self._document.folder
        if source is None:
            return
        target = self._questions.copy_target(source.with_name(f"{source.name}-copy"))
        if target is None:
            return
        self._document.save()
        if self._document.unsaved:
            return
        title = self.tr("Copying the project")
        self._start(title, copy_project(source, target), self._on_copied)

    @Slot()
    def pack_project(self) -> None:
        source = self._document.folder
        if source is None or self._document.project is None:
            return
        target = self._questions.pack_target(source.with_name(source.name + ENDING))
        if target is None:
            return
        self._document.save()
        if not self._document.unsaved:
            target = target if target.suffix == ENDING else target.with_name(target.name + ENDING)
            events = pack_project(self._document.project, target, replace=True)
            self._start(self.tr("Packing the project"), events, self._on_packed)

    @Slot()
    def unpack_project(self) -> None:
        chosen = self._questions.pack(Path(self._around.settings.projects_folder))
        if chosen is not None:
            self._unpack(chosen)

    def _unpack(self, source: Path) -> None:
        folder = Path(self._around.settings.projects_folder) / source.stem
        target = self._questions.unpack_target(folder)
        if target is not None:
            events = unpack_project(source, target)
            self._start(self.tr("Unpacking the project"), events, self._on_unpacked)

    def _on_packed(self, outcome: str) -> None:
        if self._ended_well(outcome, "file"):
            said = self.tr("The project is packed as {file}. The base model is not in it.")
            self._say.tell(said.format(file=self._result["file"]))

    def _on_unpacked(self, outcome: str) -> None:
        if self._ended_well(outcome):
            self.open_path(Path(self._result["folder"]))

    @Slot()
    def open_sample(self) -> None:
        """Open the sample's project; it is made first where it is not there yet."""
        folder = self._sample_folder
        if (folder / PROJECT_FILE).is_file():
            self.open_path(folder)
            return
        library = self._around.library
        self._errands.run(
            "sample", lambda ask: _check_default(library), self._make_sample, self._say.fail
        )

    @property
    def _sample_folder(self) -> Path:
        return Path(self._around.settings.projects_folder) / FIRST_SAMPLE

    def _make_sample(self, _: object) -> None:
        sample = next((each for each in samples() if each.name == FIRST_SAMPLE), None)
        if sample is None or self._work.busy:
            return
        plan = sample.plan(self._sample_folder)
        events = prepare(plan, self._around.library, stop_asked)
        self._start(self.tr("Preparing the sample"), events, self._on_sample)

    def _start(self, title: str, events: Events, end: Callable[[str], None]) -> None:
        self._result, self._warnings = {}, []
        if not self._work.start(title, events, self, self._take, end):
            self._say.tell(self.tr("Something is at work; wait for it or stop it first."))

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Warned):
                self._warnings.append(event)
            elif isinstance(event, Finished):
                self._result = event.result

    def _on_sample(self, outcome: str) -> None:
        if self._ended_well(outcome):
            self.open_path(Path(self._result["folder"]))
            for warning in self._warnings:
                self._say.warn(Sentence(warning.template, warning.values))

    def _on_copied(self, outcome: str) -> None:
        if self._ended_well(outcome):
            said = self.tr("The copy is in {folder}; this project stays open.")
            self._say.tell(said.format(folder=self._result["folder"]))

    def _ended_well(self, outcome: str, told: str = "folder") -> bool:
        if outcome == "failed" and self._work.error is not None:
            self._say.fail(self._work.error)
        return outcome == "done" and told in self._result

    @Slot()
    def _remember(self) -> None:
        if self._document.folder is not None:
            self._around.settings.remember(self._document.folder.absolute())


def _is_project(path: Path) -> bool:
    return path.is_dir() or path.name == PROJECT_FILE or path.suffix == ".peftproj"


def _check_default(library: Any) -> None:
    """Raise UserError unless the model that the sample trains can be used."""
    try:
        card = library.get(library.default)
    except UserError as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The sample needs the starter model, which is not here."),
            QT_TRANSLATE_NOOP("engine", "Install it: Train > Models... > Install."),
        ) from error
    if card.refusal is not None:
        raise card.refusal.error()
