"""The pages behind each other; each is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..core.runs import Run
from ..core.words import Sentence
from . import story
from .pages.page import Page, Surroundings

if TYPE_CHECKING:
    from .pages import MakePage


class PageStack(QStackedWidget):
    """`state_changed(name)`: a page's mark may be new. `go(where)`: a page asks to leave it.

    `run_chosen(name)`: a page shows another run. `came(name)`: another page is in front.
    """

    state_changed = Signal(str)
    go = Signal(str)
    run_chosen = Signal(str)
    came = Signal(str)

    def __init__(
        self, around: Surroundings, makers: Mapping[str, MakePage], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around, self._makers = around, makers
        self._made: dict[str, Page] = {}
        self._run = ""

    @property
    def now(self) -> str:
        """The name of the page in front; empty before the first."""
        page = self.currentWidget()
        return next((name for name, each in self._made.items() if each is page), "")

    @property
    def page(self) -> Page | None:
        return self._made.get(self.now)

    def made(self) -> dict[str, Page]:
        return dict(self._made)

    def name_of(self, owner: object) -> str:
        """The page that `owner` is, or is a part of; empty when it is none."""
        while owner is not None and not isinstance(owner, QWidget):
            owner = owner.parent() if isinstance(owner, QObject) else None  # a page's desk
        while isinstance(owner, QWidget):
            for name, page in self._made.items():
                if page is owner:
                    return name
            owner = owner.parentWidget()
        return ""

    def show_page(self, name: str) -> Page:
        """Bring a page to the front; the first time it is made for that."""
        page = self._made.get(name)
        if page is None:
            page = self._makers[name](self._around, self)
            page.name = name
            self._made[name] = page
            self.addWidget(page)
            page.state_changed.connect(self._on_state)
            page.go.connect(self.go)
            chosen = getattr(page, "run_chosen", None)
            if chosen is not None:
                chosen.connect(self.run_chosen)
            self._tell_run(page)
            self.state_changed.emit(name)
        if self.currentWidget() is not page or self.now != name:
            self.setCurrentWidget(page)
        page.shown()
        self.came.emit(name)
        return page

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
        """What the page in front is for."""
        if self.page is not None:
            self.page.main_action()

    def tell(self, text: str) -> None:
        if self.page is not None:
            self.page.notices.tell(text)

    def warn(self, sentence: Sentence) -> None:
        if self.page is not None:
            self.page.notices.warning(sentence)

    def fail(self, error: BaseException) -> None:
        """Tell an error on the page in front."""
        if self.page is not None:
            self.page.notices.error(error)

    def show_run(self, name: str) -> None:
        """Let every page that shows runs show this one, also those that are made later."""
        self._run = name
        for page in self._made.values():
            self._tell_run(page)

    def forget_run(self) -> None:
        self._run = ""

    def state_of(self, name: str, runs: Sequence[Run]) -> tuple[str, str]:
        """What the page says of itself, or the project's file in its stead."""
        page = self._made.get(name)
        said = page.state() if page is not None else ("", "")
        if said != ("", ""):
            return said
        document = self._around.document
        return story.state_of(name, document.file if document.project else None, runs)

    def actions_of(self, name: str) -> list[QAction]:
        page = self._made.get(name)
        return page.actions() if page is not None else []

    def _tell_run(self, page: Page) -> None:
        show = getattr(page, "show_run", None)
        if self._run and show is not None:
            show(self._run)

    @Slot()
    def _on_state(self) -> None:
        name = self.name_of(self.sender())
        if name:
            self.state_changed.emit(name)
