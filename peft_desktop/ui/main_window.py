"""The frame: side bar, pages, status bar and menus, joined to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QSplitter, QWhatsThis

from ..core.runs import Run
from .actions import Situation
from .data_folder import DataFolder
from .errands import Errands
from .help_desk import HelpDesk, with_help
from .menus import Actions, Menus
from .page_stack import PageStack
from .pages import PAGES
from .pages.page import Surroundings
from .project_desk import ProjectDesk, Say
from .questions import Questions
from .run_wishes import RunWishes
from .settings import AppSettings
from .several_runs import SeveralRuns
from .side_bar import SideBar
from .status_bar import StatusBar
from .story import TITLES
from .work_wishes import WorkWishes

if TYPE_CHECKING:
    from .pages import MakePage

PROGRAM = "PEFT Desktop"
_NAME_SHOWN = 80  # characters of a project's name in the title
_RUN_PAGES = ("train", "evaluate", "predict")


@dataclass(frozen=True, slots=True)
class Start:
    """How the program was started: what to open, and the words that check the installation."""

    project: Path | None = None
    doctor: tuple[str, ...] = ()


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
        self._start = start or Start()
        self.around = around
        self.document, self.work, self.settings = around.document, around.work, around.settings
        self._runs: list[Run] = []
        self._seen = self._leaving = False
        self._errands = Errands(self)
        questions = self._questions = questions or Questions(self)
        self.stack = PageStack(around, pages, self)
        say = Say(self.stack.tell, self.stack.warn, self.stack.fail)
        self.desk = ProjectDesk(around, questions, say, self)
        self.wishes = RunWishes(self.document, questions, say, self._chosen_run, self)
        self.data_folder = DataFolder(self.work, self.settings, say, self)
        self.work_wishes = WorkWishes(self.work, questions, self)
        self.several = SeveralRuns(around, self)
        doctor = list(self._start.doctor)
        self.help = HelpDesk(self.settings, doctor, self._facts, self.stack.tell, self)
        doers = (
            *(self, self.stack, self.desk, self.wishes),
            *(self.work_wishes, self.several, self.help),
        )
        self.doings = Actions(self, *doers)
        self.menus = Menus(
            self, self.doings, self.settings.recent, self.stack.actions_of, self._in_force
        )
        wishes = ("rename_run", "duplicate_run", "delete_run")
        self.side = SideBar([self.doings[name] for name in wishes], self)
        self.bar = StatusBar(self.document, self.work, self.settings, self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.side)
        self._splitter.addWidget(self.stack)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self.setCentralWidget(self._splitter)
        self.setStatusBar(self.bar)
        self.setAcceptDrops(True)
        self._join()
        self.stack.show_page("data")
        self._restore()
        self._show_runs()
        self._retranslate()

    def _join(self) -> None:
        self.side.page_chosen.connect(self.stack.show_page)
        self.side.run_chosen.connect(self.show_run)
        self.stack.go.connect(self.go)
        self.stack.came.connect(self.side.mark_page)
        self.stack.run_chosen.connect(self.show_run)
        self.stack.state_changed.connect(self._update)
        self.menus.recent_chosen.connect(self.desk.open_recent)
        self.menus.theme_chosen.connect(self._choose_theme)
        self.menus.language_chosen.connect(self._choose_language)
        self.bar.pause_wanted.connect(self.work_wishes.pause)
        self.bar.stop_wanted.connect(self.work_wishes.stop)
        self.desk.import_wanted.connect(self.import_data)
        self.wishes.renamed.connect(self.show_run)
        self.wishes.deleted.connect(self.stack.forget_run)
        self.several.run_wanted.connect(self.show_run)
        self.document.opened.connect(self.stack.forget_run)
        self.document.opened.connect(self._show_runs)
        self.document.changed.connect(self._update)
        self.document.runs_changed.connect(self._show_runs)
        self.document.undo.indexChanged.connect(self._update)
        self.work.started.connect(self._update)
        self.work.ended.connect(self._update)
        self.work.paused.connect(self._update)
        self.work_wishes.training_changed.connect(self._show_runs)
        self.work_wishes.may_end.connect(self._close_soon)
        self.work_wishes.stuck.connect(self.stuck)
        self.data_folder.moved.connect(self._library_changed)
        self.painted.connect(self._after_first_paint)

    # -- what pages and menus ask for ------------------------------------------------------

    @Slot(str)
    def go(self, where: str) -> None:
        """A page's wish: another page, or one of the window's actions."""
        if where in TITLES:
            self.stack.show_page(where)
        elif where in self.doings:
            self.doings[where].trigger()

    @Slot(str)
    def show_run(self, name: str) -> None:
        """Show a run on every page that shows runs; from the others that leads to one of them."""
        self.side.choose_run(name)
        self.stack.show_run(name)
        if self.stack.now not in _RUN_PAGES:
            finished = any(run.name == name and run.state == "finished" for run in self._runs)
            self.stack.show_page("evaluate" if finished else "train")
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
    def undo(self) -> None:
        self.document.undo.undo()

    @Slot()
    def redo(self) -> None:
        self.document.undo.redo()

    @Slot()
    def show_preferences(self) -> None:
        from .preferences import Preferences

        busy = self.work.busy
        dialog = Preferences(
            self.settings, self.around.tuner, self, questions=self._questions, busy=busy
        )
        dialog.move_wanted.connect(self.data_folder.move)
        self._open(dialog)

    @Slot()
    def show_models(self) -> None:
        from .models_dialog import ModelsDialog

        dialog = ModelsDialog(self.around, parent=self)
        dialog.library_changed.connect(self._library_changed)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        with_help(dialog).open()

    @Slot(str)
    def _choose_theme(self, name: str) -> None:
        self.settings.put("theme", name)

    @Slot(str)
    def _choose_language(self, code: str) -> None:
        self.settings.put("language", code)

    def _in_force(self, name: str) -> str:
        settings: AppSettings = self.settings
        return settings.theme if name == "theme" else settings.language

    # -- as things stand ----------------------------------------------------------------------

    @Slot()
    def _library_changed(self) -> None:
        """Other models are there now than before."""
        for page in self.stack.made().values():
            changed = getattr(page, "library_changed", None)
            if changed is not None:
                changed()
        self.several.library_changed()

    @Slot()
    def _show_runs(self) -> None:
        self._runs = self.document.runs()
        self.side.show_runs(self._runs, self.work_wishes.training)
        self._update()

    @Slot()
    def _update(self) -> None:
        """Title, marks and actions."""
        working = self.stack.name_of(self.work.owner) if self.work.busy else ""
        for name in TITLES:
            mark, sentence = self.stack.state_of(name, self._runs)
            if name == working:
                mark, sentence = "working", self.work.title
            self.side.set_state(name, mark, sentence)
        undo = self.document.undo
        self.doings.update(
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

    def _chosen_run(self) -> str:
        return self.side.run

    def _facts(self) -> dict[str, str]:
        """What a developer should know of this window, without anything of the user's."""
        file, settings = self.document.file, self.settings
        return {
            "page": self.stack.now,
            "at work": str(self.work.busy),
            "project": f"{file.task}, {len(file.labels)} labels, {file.method}",
            "runs": ", ".join(run.state for run in self._runs) or "none",
            "settings": f"{settings.language or 'system'}, {settings.theme}, {settings.tuner}",
        }

    # -- begin and end ------------------------------------------------------------------------

    def begin(self) -> None:
        """Open what the window was started for."""
        self.desk.begin(self._start.project)

    @Slot()
    def _after_first_paint(self) -> None:
        """What would have kept the user waiting: the page used last, samples, imports."""
        last = self.settings.text("page", "data")
        if last in TITLES and self.stack.now == "data":
            self.stack.show_page(last)
        self.desk.go_on()

    @Slot()
    def ask_for_devices(self) -> None:
        """Find out what "auto" means here, where that costs this process nothing."""
        tuner = self.around.tuner
        if getattr(tuner, "in_worker", False):
            self._errands.run("devices", lambda ask: tuner.devices(), self._on_devices, _unknown)

    def _on_devices(self, devices: list[dict[str, Any]]) -> None:
        usable = [device["name"] for device in devices if not device["why_not"]]
        if usable:
            self.bar.set_device(usable[-1])

    @Slot()
    def end(self) -> None:
        """Close without a question; what is at work is stopped first."""
        self._leaving = True
        if self.work.busy:
            self.work_wishes.end()
            self.setEnabled(False)
        else:
            self.close()

    @Slot()
    def _close_soon(self) -> None:
        QTimer.singleShot(0, self.close)  # whoever owned the work hears of its end first

    def end_errands(self) -> None:
        """Wait for what was begun beside the window's thread; for the program's end only."""
        every = self.findChildren(Errands)
        for errands in every:
            errands.drop_all()
        for errands in every:
            errands.wait()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask while something is at work; then end it, and close when it has ended."""
        if not self.work_wishes.ask_to_end():
            self.setEnabled(not self.work_wishes.ending)
            event.ignore()
            return
        if not self._leaving and not self.desk.may_leave():
            event.ignore()
            return
        QWhatsThis.hideText()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.settings.put("geometry", self.saveGeometry())
        self.settings.put("splitter", self._splitter.saveState())
        self.settings.put("page", self.stack.now)
        self.settings.sync()
        self.document.close()
        event.accept()

    # -- the window itself --------------------------------------------------------------------

    def _restore(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(1180, room.width()), min(690, room.height()))
        if not self.restoreGeometry(self.settings.state("geometry")):
            self._splitter.setSizes([210, 970])
        self._splitter.restoreState(self.settings.state("splitter"))

    def _retranslate(self) -> None:
        self.doings.retranslate()
        self.menus.retranslate()
        self._update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.document.save()  # what could not be saved before: its drive may be back
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


def _unknown(error: Exception) -> None:
    """The status bar goes on saying that the device is chosen automatically."""
