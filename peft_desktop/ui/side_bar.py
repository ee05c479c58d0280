"""The side bar: the story in five words with their marks, and the project's runs below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..core.runs import Run
from ..methods import METHODS
from . import story
from .wording import tip, translated

MARKS = {"done": "\u2714", "needs": "\u25cb", "working": "\u25b6", "": ""}  # differ by shape
RUN_MARKS = {
    "finished": "\u2714",
    "running": "\u25b6",
    "stopped": "\u25a0",
    "failed": "\u2716",
    "interrupted": "\u2026",
}
_RUN_KEYS = {
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F2): "rename_run",
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_D): "duplicate_run",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Delete): "delete_run",
}
_NAME = Qt.ItemDataRole.UserRole
_WIDTH = 190


class _List(QTreeWidget):
    """Rows to choose from by mouse or arrow keys; no columns to resize, nothing to unfold."""

    def __init__(self, columns: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(columns)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAllColumnsShowFocus(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(10)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, columns):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


class SideBar(QWidget):
    """`page_chosen(name)`, `run_chosen(name)`; the wishes come from a run's menu and keys."""

    page_chosen = Signal(str)
    run_chosen = Signal(str)

    def __init__(self, run_actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run_actions = list(run_actions)
        self._quiet = False
        self._states: dict[str, tuple[str, str]] = {name: ("", "") for name in story.TITLES}
        self._runs: list[Run] = []
        self._working_run = ""
        self.pages = _List(2, self)
        self.pages.setUniformRowHeights(True)
        for name in story.TITLES:
            item = QTreeWidgetItem(self.pages)
            item.setData(0, _NAME, name)
            item.setSizeHint(0, QSize(10, self.fontMetrics().height() + 14))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._runs_title = QLabel(self)
        self.runs = _List(1, self)
        self.runs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._runs_title.setBuddy(self.runs)
        self._no_runs = QLabel(self)
        self._no_runs.setWordWrap(True)
        self._no_runs.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 0, 6)
        layout.addWidget(self.pages)
        layout.addWidget(self._runs_title)
        layout.addWidget(self._no_runs)
        layout.addWidget(self.runs, 1)
        layout.addStretch(0)
        self.setMinimumWidth(_WIDTH)
        self._fit_pages()
        self.pages.currentItemChanged.connect(self._on_page)
        self.runs.itemSelectionChanged.connect(self._on_run)
        self.runs.itemActivated.connect(self._on_run)
        self.runs.customContextMenuRequested.connect(self._show_menu)
        self.runs.installEventFilter(self)
        self.retranslate()
        self.show_runs([])

    @property
    def run(self) -> str:
        """The run that is chosen; empty when none is."""
        chosen = self.runs.selectedItems()
        return str(chosen[0].data(0, _NAME)) if chosen else ""

    def mark_page(self, name: str) -> None:
        """Show which page is in front, without asking for it again."""
        item = self.pages.topLevelItem(list(story.TITLES).index(name))
        if item is not None:
            self._quiet = True
            self.pages.setCurrentItem(item)
            self._quiet = False

    def set_state(self, name: str, mark: str, sentence: str) -> None:
        self._states[name] = (mark, sentence)
        self._tell_page(name)

    def show_runs(self, runs: Sequence[Run], working: str = "") -> None:
        """The project's runs, the newest on top; `working` is the one at work now."""
        chosen, self._runs, self._working_run = self.run, list(runs), working
        self._quiet = True
        self.runs.clear()
        for run in reversed(self._runs):
            item = QTreeWidgetItem(self.runs)
            item.setData(0, _NAME, run.name)
            self._tell_run(item, run)
            if run.name == chosen:
                self.runs.setCurrentItem(item)
        self._quiet = False
        self.runs.setVisible(bool(runs))
        self._no_runs.setVisible(not runs)

    def choose_run(self, name: str) -> None:
        """Mark a run as the one that is shown, without asking for it again."""
        self._quiet = True
        self.runs.clearSelection()
        for place in range(self.runs.topLevelItemCount()):
            item = self.runs.topLevelItem(place)
            if item is not None and item.data(0, _NAME) == name:
                self.runs.setCurrentItem(item)
        self._quiet = False

    def retranslate(self) -> None:
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.setToolTip(
            self.tr("From rows to a model in five steps; marks say what is done.")
        )
        self._runs_title.setText(self.tr("Runs"))
        self.runs.setAccessibleName(self.tr("Runs of this project"))
        self.runs.setToolTip(self.tr("Every training is kept; the chosen one shows on the pages."))
        self._no_runs.setText(self.tr("None yet. Each training becomes a run that is kept here."))
        for name in story.TITLES:
            self._tell_page(name)
        for run, item in zip(reversed(self._runs), self._run_items(), strict=True):
            self._tell_run(item, run)
        self._fit_pages()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.run:
            wanted = _RUN_KEYS.get((event.modifiers(), Qt.Key(event.key())))
            for action in self._run_actions:
                if action.objectName() == wanted:
                    action.trigger()
                    return True
        return False

    def _run_items(self) -> list[QTreeWidgetItem]:
        items = [self.runs.topLevelItem(n) for n in range(self.runs.topLevelItemCount())]
        return [item for item in items if item is not None]

    def _fit_pages(self) -> None:
        rows = len(story.TITLES) * self.pages.sizeHintForRow(0)
        self.pages.setFixedHeight(rows + 2 * self.pages.frameWidth() + 2)

    def _tell_page(self, name: str) -> None:
        place = list(story.TITLES).index(name)
        item = self.pages.topLevelItem(place)
        if item is None:
            return
        mark, sentence = self._states[name]
        words = {
            "done": self.tr("done"),
            "needs": self.tr("to do"),
            "working": self.tr("working"),
        }.get(mark, "")
        title = story.title(name)
        item.setText(0, title)
        item.setText(1, f"{words} {MARKS.get(mark, '')}".strip())
        said = f"{title} (Ctrl+{place + 1}). {sentence}"
        for column in (0, 1):
            item.setToolTip(column, tip(said))
        spoken = f"{title}: {words}. {sentence}" if words else f"{title}. {sentence}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _tell_run(self, item: QTreeWidgetItem, run: Run) -> None:
        state = "running" if run.name == self._working_run else run.state
        word = {
            "finished": self.tr("finished"),
            "running": self.tr("training now"),
            "stopped": self.tr("stopped"),
            "failed": self.tr("failed"),
            "interrupted": self.tr("interrupted"),
        }.get(state, state)
        method = METHODS.get(run.recipe.method)
        named = translated("methods", method.title) if method else run.recipe.method
        item.setText(0, f"{RUN_MARKS.get(state, '')} {run.name}\n     {named} \u00b7 {word}")
        said = self.tr("{run}: {method} on {model}, {state}").format(
            run=run.name, method=named, model=run.recipe.model.name, state=word
        )
        keys = self.tr("F2 renames it, Ctrl+D uses its settings again, Delete removes it.")
        item.setToolTip(0, tip(f"{said}. {keys}"))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)

    @Slot()
    def _on_page(self) -> None:
        item = self.pages.currentItem()
        if item is not None and not self._quiet:
            self.page_chosen.emit(item.data(0, _NAME))

    @Slot()
    def _on_run(self) -> None:
        if self.run and not self._quiet:
            self.run_chosen.emit(self.run)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.runs.itemAt(place) is None and not self.run:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addActions(self._run_actions)
        menu.popup(self.runs.viewport().mapToGlobal(place))
