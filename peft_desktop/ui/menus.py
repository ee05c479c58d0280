"""The menu bar as the tables say, and the three menus that depend on the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from .actions import ACTIONS, MENUS, Situation
from .translations import NAMES
from .wording import tip, translated


class Actions(QObject):
    """The table's actions as Qt has them, joined to the methods of the first of `doers` that
    has one of the slot's name."""

    def __init__(self, parent: QObject, *doers: QObject) -> None:
        super().__init__(parent)
        self._situation = Situation()
        self._by_id: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(self)
            action.setObjectName(spec.id)
            action.setShortcut(QKeySequence(spec.shortcut))
            action.setMenuRole(spec.role)
            doer = next(each for each in doers if hasattr(each, spec.slot))
            action.triggered.connect(getattr(doer, spec.slot))
            self._by_id[spec.id] = action
        self.retranslate()

    def __getitem__(self, id: str) -> QAction:
        return self._by_id[id]

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def all(self) -> list[QAction]:
        return list(self._by_id.values())

    def update(self, situation: Situation) -> None:
        """Enable what can be used; what cannot says in its tool tip what is missing."""
        self._situation = situation
        self.retranslate()

    def retranslate(self) -> None:
        situation = self._situation
        for spec in ACTIONS:
            action, missing = self._by_id[spec.id], spec.when(situation)
            action.setEnabled(not missing)
            text = translated("actions", spec.text)
            what = {"undo": situation.undo, "redo": situation.redo}.get(spec.id)
            action.setText(f"{text}: {what.replace('&', '&&')}" if what else text)
            said = translated("actions", missing or spec.tip)
            action.setToolTip(tip(said))
            action.setStatusTip(said)


class Menus(QObject):
    """Builds the menu bar of `window`; `of_page(name)` gives what a page adds to its menu.

    `recent_chosen(path)`, `theme_chosen(name)`, `language_chosen(code)`.
    """

    recent_chosen = Signal(str)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        recent: Callable[[], Iterable[Path]],
        of_page: Callable[[str], list[QAction]],
        in_force: Callable[[str], str],
    ) -> None:
        super().__init__(window)
        self._actions, self._recent, self._of_page = actions, recent, of_page
        self._in_force = in_force
        self._menus: list[QMenu] = []
        self._submenus: dict[str, QMenu] = {}
        self._choices: dict[str, QActionGroup] = {}
        for _, parts in MENUS:
            menu = window.menuBar().addMenu("")
            menu.setToolTipsVisible(True)
            self._menus.append(menu)
            for part in parts:
                self._add(menu, part)
        self.retranslate()

    def _add(self, menu: QMenu, part: str) -> None:
        if part == "-":
            menu.addSeparator()
        elif part.endswith(">"):
            submenu = menu.addMenu("")
            submenu.setToolTipsVisible(True)
            self._submenus[part] = submenu
            if part == "recent>":
                submenu.aboutToShow.connect(self._fill_recent)
            else:
                self._add_choices(submenu, part.removesuffix(">"))
        elif part.startswith("page:"):
            menu.setProperty("page", part.removeprefix("page:"))
            menu.aboutToShow.connect(self._fill_page)
        else:
            menu.addAction(self._actions[part])

    def _add_choices(self, menu: QMenu, name: str) -> None:
        group = QActionGroup(self)
        values = ("system", "light", "dark") if name == "theme" else ("", *NAMES)
        for value in values:
            action = menu.addAction("")
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(self._on_theme if name == "theme" else self._on_language)
        self._choices[name] = group
        menu.aboutToShow.connect(self.mark_choices)

    @Slot()
    def mark_choices(self) -> None:
        """Tick the theme and the language that are in force."""
        for name, group in self._choices.items():
            for action in group.actions():
                action.setChecked(action.data() == self._in_force(name))

    @Slot(QAction)
    def _on_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    @Slot(QAction)
    def _on_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    @Slot()
    def _fill_recent(self) -> None:
        menu = self._submenus["recent>"]
        menu.clear()
        for place, path in enumerate(self._recent(), 1):
            mnemonic = f"&{place} " if place < 10 else ""
            action = menu.addAction(mnemonic + _shown(path))
            action.setData(str(path))
            action.setToolTip(tip(str(path)))
            action.triggered.connect(self._on_recent)
        if menu.isEmpty():
            menu.addAction(self.tr("No project was opened yet")).setEnabled(False)

    @Slot()
    def _on_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_chosen.emit(action.data())

    @Slot()
    def _fill_page(self) -> None:
        menu = self.sender()
        if not isinstance(menu, QMenu):
            return
        own = self._of_page(str(menu.property("page")))
        known = set(map(id, menu.actions()))
        if own and not known & set(map(id, own)):
            menu.addSeparator()
        for action in own:
            if id(action) not in known:
                menu.addAction(action)

    def retranslate(self) -> None:
        for menu, (title, _) in zip(self._menus, MENUS, strict=True):
            menu.setTitle(translated("actions", title))
        self._submenus["recent>"].setTitle(self.tr("&Recent"))
        self._submenus["theme>"].setTitle(self.tr("&Theme"))
        self._submenus["language>"].setTitle(self.tr("&Language"))
        titles = {
            "system": self.tr("As the &system"),
            "light": self.tr("&Light"),
            "dark": self.tr("&Dark"),
            "": self.tr("As the &system"),
            **NAMES,
        }
        for group in self._choices.values():
            for action in group.actions():
                action.setText(titles[action.data()])
        self.mark_choices()


def _shown(path: Path, most: int = 60) -> str:
    """A path for a menu: the end of it, and no mnemonic in it."""
    text = str(path)
    text = text if len(text) <= most else "..." + text[-most + 3 :]
    return text.replace("&", "&&")
