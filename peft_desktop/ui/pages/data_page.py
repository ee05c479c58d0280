"""The Data page: the rows, what each column is for, how many of each class, and the split."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ...core.events import Warned
from ...core.project import Roles
from ...core.words import Sentence
from .. import data_errands
from ..answer_counts import facts_of
from ..column_roles import changed_roles, roles_by_column
from ..data_actions import DataActions
from ..data_desk import DataDesk
from ..data_import import gone
from ..errands import Errands
from ..file_watch import FileWatch
from ..import_plan import samples
from ..new_project import NewProject
from ..project_rows import (
    Dealt,
    Facts,
    ProjectRows,
    SplitWish,
)
from ..quality_tabs import LabellingTab, QualityTab
from ..task_prompts import used_in_prompt
from ..widgets.data_view import DataView
from ..widgets.drop_area import DropArea, dropped_file, dropped_text
from ..widgets.tabs import Tabs
from ..widgets.task_line import TaskLine
from ..wording import in_words, number
from .page import Page, Surroundings

_TYPING_MS = 150


class DataPage(Page):
    """Import, look at, and divide the rows of the project."""

    name = "data"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.rows: ProjectRows | None = None
        self.facts: Facts | None = None
        self._wants_table = False
        self._dealing = (SplitWish(), Roles(), "")
        self._wishes: list[tuple[dict[str, list[int]], SplitWish]] = []
        self.errands = Errands(self)
        self._watch = FileWatch(self)
        self.new = NewProject(around, self)
        self.setAcceptDrops(True)
        self.empty = DropArea(self)
        self.view = DataView(self)
        self.desk = DataDesk(self.document, around.library, self, tidy=True)
        self.quality = QualityTab(around, self.desk, self)
        self.tabs = Tabs(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.view, "")
        self.labelling = LabellingTab(around, self.desk, self)
        self.tabs.addTab(self.quality.view, "")
        self.tabs.addTab(self.labelling.view, "")
        self.actions_of_rows = DataActions(self, self.view, self.new.paste)
        self.task = TaskLine(around, self)
        self.task.changed.connect(self._on_made)
        self.task.failed.connect(self._on_failed)
        self.body.addWidget(self.task)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._search)
        self.empty.dropped.connect(self.new.import_file)
        self.empty.text_dropped.connect(self.new.import_text)
        for part in (self.empty, self.view.bar):
            part.open_asked.connect(self.new.choose_file)
            part.paste_asked.connect(self.new.paste)
            part.sample_asked.connect(self.new.try_sample)
        self.tabs.currentChanged.connect(self._on_tab)
        self.quality.failed.connect(self._on_failed)
        self.labelling.failed.connect(self._on_failed)
        self.new.opened.connect(self._on_made)
        self.new.failed.connect(self._on_failed)
        self.new.told.connect(self._on_told)
        self.view.search_changed.connect(self._typing.start)
        self.view.table.role_chosen.connect(self.choose_role)
        self.view.split.asked.connect(self.deal_out)
        self._watch.changed.connect(self._on_changed_on_disk)
        self._watch.gone.connect(self._on_gone)
        self.document.opened.connect(self._on_opened)
        self.document.changed.connect(self._on_changed)
        self.retranslate()
        self._on_opened()

    def texts(self) -> tuple[str, str]:
        return self.tr("Data"), self.tr(
            "The texts and their labels: what the model reads, and the answers it learns to give."
        )

    def retranslate(self) -> None:
        super().retranslate()
        code = self.around.settings.language or QLocale().name()
        language = "zh" if code.startswith("zh") else "en"
        self.tabs.setTabText(0, self.tr("Rows"))
        self.tabs.setTabText(1, self.tr("Quality"))
        self.tabs.setTabText(2, self.tr("Label"))
        self.tabs.setTabToolTip(
            2, self.tr("Gives labels to rows without one, one key a row, most useful first.")
        )
        self.tabs.setTabToolTip(0, self.tr("The rows, the columns' roles, the split."))
        self.tabs.setTabToolTip(
            1,
            self.tr(
                "What would make the figures lie: duplicates, leaks, contradictions, garbled texts "
                "and more, each with its rows and a repair."
            ),
        )
        titles = [(sample.name, sample.title(language)) for sample in samples()]
        self.empty.set_samples(titles)
        self.view.bar.set_samples(titles)

    @Slot(int)
    def _on_tab(self, place: int) -> None:
        self.quality.set_shown(self.tabs.currentWidget() is self.quality.view)
        self.labelling.set_shown(self.tabs.currentWidget() is self.labelling.view)

    def state(self) -> tuple[str, str]:
        if self.document.project is None:
            return "needs", self.tr("Import a file, or try a sample.")
        file = self.document.file
        if not file.roles.text:
            return "needs", self.tr("Choose the text column.")
        if file.roles.label is None:
            return "needs", self.tr("Choose the label column.")
        if file.task == "question_answering" and file.roles.question is None:
            return "needs", self.tr("Choose the question column.")
        if not file.splits.get("train"):
            return "needs", self.tr("No rows to train on: split the rows.")
        rows = sum(len(ids) for ids in file.splits.values())
        if not file.labels:
            return "done", self.tr("{rows} rows").format(rows=number(rows))
        return "done", self.tr("{rows} rows, {labels} labels").format(
            rows=number(rows), labels=number(len(file.labels))
        )

    def main_action(self) -> None:
        if self.document.project is None:
            self.new.choose_file()
        else:
            self.go.emit("prompt")

    # -- a new project ---------------------------------------------------------------------

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and import it as a new project."""
        self.new.choose_file()

    def import_file(self, path: Path) -> None:
        """Show how a file will be read, and make a new project of it when the user agrees."""
        self.new.import_file(path)

    @Slot(object)
    def _on_made(self, warnings: list[Warned]) -> None:
        for warning in warnings:
            self._warn(warning)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.view.set_waiting(False)
        self.notices.error(error)

    @Slot(str)
    def _on_told(self, text: str) -> None:
        self.notices.tell(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if dropped_file(event) is not None or dropped_text(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.new.import_file(path)
        elif text := dropped_text(event):
            event.acceptProposedAction()
            self.new.import_text(text)

    # -- the rows of the open project ------------------------------------------------------

    @Slot()
    def _on_opened(self) -> None:
        self.errands.drop_all()
        self._watch.watch(None)
        self.notices.clear()
        self.rows, self.facts = None, None
        self._wishes.clear()
        self.view.split.set_busy(False)
        is_open = self.document.project is not None
        self._stack.setCurrentWidget(self.tabs if is_open else self.empty)
        self.view.clear()
        self.actions_of_rows.set_open(is_open)
        # read after the next paint: pyarrow may take its time, the window must stand by then
        self._wants_table = is_open
        self.update()
        self.state_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self._wants_table:
            self._wants_table = False
            QTimer.singleShot(0, self, self._load)

    @Slot()
    def _on_changed_on_disk(self) -> None:
        self.notices.tell(
            self.tr("Another program changed the table of the project; this is what it holds now.")
        )
        self._load()

    @Slot()
    def _on_gone(self) -> None:
        if self.document.project is not None:
            self.notices.error(gone(self.document.project.table_path))

    @Slot()
    def _load(self) -> None:
        project, folder = self.document.project, self.document.folder
        self._watch.watch(None if project is None else project.table_path)
        if folder is not None:
            file = self.document.file
            work = partial(data_errands.loaded, folder, file.splits, file.roles.split)
            self.errands.run("load", work, self._on_loaded, self._on_failed)

    def _on_loaded(self, found: tuple[ProjectRows, bool]) -> None:
        rows, by_column = found
        self.rows = rows
        if by_column:
            now = self.wish_in_force()
            self._wishes.append((self.document.file.splits, replace(now, by_column=True)))
        folder = self.document.folder
        assert folder is not None
        self.view.set_task(self.document.file.task)
        self.view.set_used(used_in_prompt(self.document.file))
        self.view.show_rows(rows, roles_by_column(self.document.file.roles), folder)
        self._count()
        self._show_split()
        self._search()

    @Slot(object)
    def _on_changed(self, names: tuple[str, ...]) -> None:
        if "data_sha256" in names and self.rows is not None:
            self._load()
        if "prompt" in names:
            self.view.set_used(used_in_prompt(self.document.file))
        if not {"roles", "labels", "splits", "seed", "per_class", "task"} & set(names):
            return
        self.view.set_task(self.document.file.task)
        self.state_changed.emit()
        if self.rows is None:
            return
        if "roles" in names or "task" in names:
            self.view.set_roles(roles_by_column(self.document.file.roles))
            self._count()
        self._show_split()
        if self.view.search().split is not None or "roles" in names:
            self._search()

    def _count(self) -> None:
        rows, file = self.rows, self.document.file
        if rows is not None:
            work = partial(facts_of, rows, file.task, file.roles)
            self.errands.run("facts", work, self._on_facts, self._on_failed)

    def _on_facts(self, found: Facts) -> None:
        self.facts = found
        self.view.show_facts(found)

    @Slot()
    def _search(self) -> None:
        rows, file, wish = self.rows, self.document.file, self.view.search()
        if rows is not None:
            work = partial(data_errands.found, rows, wish, file.splits, file.roles.label)
            self.errands.run("search", work, self._on_found, self._on_failed)

    def _on_found(self, positions: Any) -> None:
        self.view.show_only(positions)

    # -- roles and splits ------------------------------------------------------------------

    @Slot(str, str)
    def choose_role(self, column: str, role: str) -> None:
        """Give a column a part to play ("" for none), as one undoable step."""
        if self.rows is None:
            return
        old = self.document.file.roles
        new = changed_roles(old, column, role)
        taught = (new.text, new.label) != (old.text, old.label)
        if taught or new.group not in (old.group, None):
            self._deal(self.wish_in_force(), new, self.tr("Change role"), keep=not taught)
        else:
            self.document.edit(self.tr("Change role"), roles=new)

    @Slot(object)
    def deal_out(self, wish: SplitWish) -> None:
        """Split the rows anew, as one undoable step."""
        self._deal(wish, self.document.file.roles, self.tr("Split anew"))

    def _deal(self, wish: SplitWish, roles: Roles, text: str, keep: bool = False) -> None:
        """`keep`: the split there is stays where it keeps the groups together."""
        rows = self.rows
        if rows is None:
            return
        self.view.split.set_busy(True)
        self._dealing = (wish, roles, text)
        file = self.document.file
        kept = (file.labels, file.splits) if keep else None
        left_out = [row for ids in file.excluded.values() for row in ids]
        work = partial(data_errands.dealt, rows, file.task, roles, wish, kept, excluded=left_out)
        self.errands.run("deal", work, self._on_dealt, self._on_not_dealt)

    def _on_dealt(self, dealt: Dealt) -> None:
        wish, roles, text = self._dealing
        self.view.split.set_busy(False)
        before = self.document.file
        regrouped = roles.group not in (before.roles.group, None)
        if regrouped and dealt.splits != before.splits:
            self.notices.tell(
                self.tr("The rows were split anew: rows of one group now stay together.")
            )
        self._wishes.append((dealt.splits, wish))
        self.document.edit(
            text,
            roles=roles,
            labels=dealt.labels,
            splits=dealt.splits,
            seed=wish.seed,
            per_class=wish.per_class,
        )
        for warning in dealt.warnings[:3]:
            self._warn(warning)

    def _on_not_dealt(self, error: Exception) -> None:
        self.view.split.set_busy(False)
        self.notices.error(error)

    def _warn(self, warning: Warned) -> None:
        from ...data.reasons import reason_in

        values = dict(warning.values)
        if "reason" in values:
            values["reason"] = in_words(reason_in(str(values["reason"])))
        self.notices.warning(Sentence(warning.template, values))

    def wish_in_force(self) -> SplitWish:
        """The split wish that gave the splits there are, as far as they tell."""
        file = self.document.file
        for splits, wish in self._wishes:
            if splits is file.splits:
                return wish
        total = sum(len(ids) for ids in file.splits.values())
        shares = {
            name: len(file.splits.get(name, ())) / total if total else 0.15
            for name in ("valid", "test")
        }
        return SplitWish(file.seed, shares["valid"], shares["test"], file.per_class)

    def _show_split(self) -> None:
        file = self.document.file
        total = self.rows.table.num_rows if self.rows is not None else 0
        self.view.split.set_state(
            file.splits,
            total,
            self.wish_in_force(),
            file.roles.split is not None,
            file.roles.label is not None and bool(file.roles.text),
            file.roles.group or "",
        )
