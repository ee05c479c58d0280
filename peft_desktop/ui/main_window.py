"""The frame: side bar, pages, status bar and menus, joined to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QSplitter

from ..core import events as ev
from ..core.events import Event
from ..core.runs import Run
from ..core.words import Sentence
from .actions import Situation
from .help_desk import HelpDesk
from .menus import Actions, Menus
from .page_stack import PageStack
from .pages import PAGES
from .pages.page import Surroundings
from .project_desk import ProjectDesk, Say
from .questions import Questions
from .run_wishes import RunWishes
from .side_bar import SideBar
from .status_bar import StatusBar
from .story import TITLES

if TYPE_CHECKING:
    from .pages import MakePage

PROGRAM = "PEFT Desktop"
_NAME_SHOWN = 80  # characters of a project's name in the title
_STUCK_MS = 12_000  # the worker kills its process after less than that


@dataclass(frozen=True, slots=True)
class Start:
    """How the program was started: what to open, and the words that start it again."""

    project: Path | None = None
    command: tuple[str, ...] = ()


class MainWindow(QMainWindow):
    """One project at a time, seen through five pages.

    `painted`: the window has been seen for the first time. `stuck`: work did not end although it
    was asked to; the process has to end all the same.
    """

    painted = Signal()
    stuck = Signal()

    def __init__(
        self,
        around: Surroundings,
        pages: Mapping[str, MakePage] = PAGES,
        start: Start | None = None,
        questions: Questions | None = None,
    ) -> None:
        super().__init__()
        start = start or Start(command=())
        self.around = around
        self.document, self.work, self.settings = around.document, around.work, around.settings
        self._runs: list[Run] = []
        self._training = ""
        self._seen = self._ending = False
        self.questions = questions or Questions(self)
        self.stack = PageStack(around, pages, self)
        say = Say(self.tell, self.warn, self.fail)
        self.desk = ProjectDesk(around, self.questions, say, self)
        self.help = HelpDesk(self.settings, list(start.command), self._facts, self.tell, self)
        self.wishes = RunWishes(self.document, self.questions, self.tell, self.fail, self)
        self.actions_ = Actions(self, self, self.desk, self.help)
        self.menus = Menus(
            self, self.actions_, self.settings.recent, self.stack.actions_of, self.settings.text
        )
        wishes = ("rename_run", "duplicate_run", "delete_run")
        self.side = SideBar([self.actions_[name] for name in wishes], self)
        self.bar = StatusBar(self.document, self.work, self.settings, self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.side)
        self._splitter.addWidget(self.stack)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self.setCentralWidget(self._splitter)
        self.setStatusBar(self.bar)
        self.setAcceptDrops(True)
        self._stuck_timer = QTimer(self)
        self._stuck_timer.setSingleShot(True)
        self._stuck_timer.setInterval(_STUCK_MS)
        self._stuck_timer.timeout.connect(self.stuck)
        self._join()
        self.show_page("data")
        self._restore()
        self._on_runs_changed()
        self._retranslate()

    def _join(self) -> None:
        self.side.page_chosen.connect(self.show_page)
        self.side.run_chosen.connect(self.show_run)
        self.stack.go.connect(self.go)
        self.stack.came.connect(self.side.mark_page)
        self.stack.run_chosen.connect(self.show_run)
        self.stack.state_changed.connect(self._on_state_changed)
        self.menus.recent_chosen.connect(self.desk.open_recent)
        self.menus.theme_chosen.connect(self._choose_theme)
        self.menus.language_chosen.connect(self._choose_language)
        self.bar.pause_wanted.connect(self.pause)
        self.bar.stop_wanted.connect(self.stop)
        self.desk.import_wanted.connect(self.import_data)
        self.document.opened.connect(self._on_opened)
        self.document.changed.connect(self._on_changed)
        self.document.runs_changed.connect(self._on_runs_changed)
        self.document.undo.indexChanged.connect(self._update)
        self.work.started.connect(self._on_started)
        self.work.events.connect(self._on_events)
        self.work.ended.connect(self._on_ended)
        self.work.paused.connect(self._update)

    # -- what pages and menus ask for ------------------------------------------------------

    @Slot(str)
    def show_page(self, name: str) -> None:
        self.stack.show_page(name)

    @Slot(str)
    def go(self, where: str) -> None:
        """A page's wish: another page, or one of the window's actions."""
        if where in TITLES:
            self.show_page(where)
        elif where in self.actions_:
            self.actions_[where].trigger()

    @Slot(str)
    def show_run(self, name: str) -> None:
        """Show a run on every page that shows runs; from elsewhere that leads to Evaluate."""
        self.side.choose_run(name)
        self.stack.show_run(name)
        if self.stack.now not in ("train", "evaluate", "predict"):
            run = next((run for run in self._runs if run.name == name), None)
            finished = run is not None and run.state == "finished"
            self.show_page("evaluate" if finished else "train")
        self._update()

    @Slot(str)
    def import_data(self, path: str) -> None:
        """Make a project of a data file; an empty path: ask for one."""
        page: Any = self.stack.show_page("data")
        if path and hasattr(page, "import_file"):
            page.import_file(Path(path))
        elif hasattr(page, "choose_file"):
            page.choose_file()

    @Slot()
    def show_data(self) -> None:
        self.show_page("data")

    @Slot()
    def show_prompt(self) -> None:
        self.show_page("prompt")

    @Slot()
    def show_train(self) -> None:
        self.show_page("train")

    @Slot()
    def show_evaluate(self) -> None:
        self.show_page("evaluate")

    @Slot()
    def show_predict(self) -> None:
        self.show_page("predict")

    @Slot()
    def main_action(self) -> None:
        if self.stack.page is not None:
            self.stack.page.main_action()

    @Slot()
    def undo(self) -> None:
        self.document.undo.undo()

    @Slot()
    def redo(self) -> None:
        self.document.undo.redo()

    @Slot()
    def pause(self) -> None:
        if self.work.job is not None:
            self.work.pause(not self.work.job.paused)

    @Slot()
    def stop(self) -> None:
        if self.work.busy and self.questions.stop(self.work.title, bool(self._training)):
            self.work.stop()

    @Slot()
    def rename_run(self) -> None:
        name = self.wishes.rename(self.side.run)
        self.side.choose_run(name)
        self.stack.show_run(name)

    @Slot()
    def duplicate_run(self) -> None:
        self.wishes.duplicate(self.side.run)

    @Slot()
    def delete_run(self) -> None:
        self.stack.forget_run()
        self.wishes.delete(self.side.run)

    @Slot()
    def show_preferences(self) -> None:
        from .preferences import Preferences

        self._open(Preferences(self.settings, self.around.tuner, self))

    @Slot()
    def show_models(self) -> None:
        from .models_dialog import ModelsDialog

        self._open(ModelsDialog(self.around, self.questions, self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- messages ---------------------------------------------------------------------------

    def tell(self, text: str) -> None:
        if self.stack.page is not None:
            self.stack.page.notices.tell(text)

    def warn(self, sentence: Sentence) -> None:
        if self.stack.page is not None:
            self.stack.page.notices.warning(sentence)

    def fail(self, error: BaseException) -> None:
        """Tell an error on the page in front; the window lives on."""
        if self.stack.page is not None:
            self.stack.page.notices.error(error)

    # -- what happened ----------------------------------------------------------------------

    @Slot()
    def _on_opened(self) -> None:
        self.stack.forget_run()
        self._on_runs_changed()

    @Slot(object)
    def _on_changed(self, names: object) -> None:
        self._update()

    @Slot()
    def _on_runs_changed(self) -> None:
        self._runs = self.document.runs()
        self.side.show_runs(self._runs, self._training)
        self._update()

    @Slot(str)
    def _on_started(self, title: str) -> None:
        self._update()

    @Slot(object)
    def _on_events(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, ev.Started) and event.what == "train":
                self._training = str(event.facts.get("run", ""))
                self._on_runs_changed()

    @Slot(str)
    def _on_ended(self, outcome: str) -> None:
        self._training = ""
        self._on_runs_changed()
        if self._ending:
            QTimer.singleShot(0, self.close)

    @Slot(str)
    def _on_state_changed(self, name: str) -> None:
        self._update()

    @Slot()
    def _update(self) -> None:
        """Title, marks and actions as things stand now."""
        working = self.stack.name_of(self.work.owner) if self.work.busy else ""
        for name in TITLES:
            mark, sentence = self.stack.state_of(name, self._runs)
            if name == working:
                mark, sentence = "working", self.work.title
            self.side.set_state(name, mark, sentence)
        undo = self.document.undo
        self.actions_.update(
            Situation(
                project=self.document.project is not None,
                busy=self.work.busy,
                paused=self.work.job is not None and self.work.job.paused,
                run=self.side.run,
                undo=undo.undoText() if undo.canUndo() else None,
                redo=undo.redoText() if undo.canRedo() else None,
            )
        )
        name = self.document.file.name
        shown = name if len(name) <= _NAME_SHOWN else name[: _NAME_SHOWN - 1] + "\u2026"
        self.setWindowTitle(f"{shown} \u2013 {PROGRAM}" if shown else PROGRAM)

    @Slot(str)
    def _choose_theme(self, name: str) -> None:
        self.settings.put("theme", name)

    @Slot(str)
    def _choose_language(self, code: str) -> None:
        self.settings.put("language", code)

    def _facts(self) -> dict[str, str]:
        """What a developer should know of this window, without anything of the user's."""
        file, settings = self.document.file, self.settings
        return {
            "page": self.stack.now,
            "work": self.work.title if self.work.busy else "none",
            "project": f"{file.task}, {len(file.labels)} labels, {file.method}",
            "runs": ", ".join(run.state for run in self._runs) or "none",
            "settings": f"{settings.language or 'system'}, {settings.theme}, {settings.tuner}",
        }

    # -- the window itself --------------------------------------------------------------------

    def _retranslate(self) -> None:
        self.actions_.retranslate()
        self.menus.retranslate()
        self._update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_for_runs()
        super().changeEvent(event)

    def _look_for_runs(self) -> None:
        """Runs may have come or gone behind our back."""
        project = self.document.project
        if project is not None and project.runs_folder.is_dir():
            there = {path.parent.name for path in project.runs_folder.glob("[!.]*/recipe.json")}
            if there != {run.name for run in self._runs}:
                self.document.runs_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.desk.open_path(Path(urls[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask while something is at work; then end it, and close when it has ended."""
        if self.work.busy:
            event.ignore()
            if not self._ending and self.questions.stop(self.work.title, bool(self._training)):
                self._ending = True
                self._stuck_timer.start()
                self.setEnabled(False)
                self.work.stop()
            return
        self._stuck_timer.stop()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.settings.put("geometry", self.saveGeometry())
        self.settings.put("splitter", self._splitter.saveState())
        self.settings.put("page", self.stack.now)
        self.settings.sync()
        self.document.close()
        event.accept()

    def _restore(self) -> None:
        self.resize(1180, 740)
        if not self.restoreGeometry(self.settings.state("geometry")):
            self._splitter.setSizes([210, 970])
        self._splitter.restoreState(self.settings.state("splitter"))
