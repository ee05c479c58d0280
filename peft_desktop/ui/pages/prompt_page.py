"""The Prompt page: template, parameters and label words, with rows as the model will read them."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from ...core.errors import UserError
from ...core.recipe import PromptSpec
from ...prompts.repairs import Repair
from ...prompts.repairs import apply as mended
from ...prompts.verbalizer import check_words
from ..cut_counting import Counted, count_cuts
from ..errands import Ask, Errands
from ..preview_sources import Asked, Sources
from ..previewing import Seen, preview, suggestions
from ..task_prompts import fault_of, fewest_labels, names_in_prompt, scores_words
from ..template_choice import added, alone, changed, first_fault, removed, renamed
from ..widgets.fold import Fold
from ..widgets.parameters_table import ParametersTable
from ..widgets.preview_rows import PreviewRows
from ..widgets.probe_panel import ProbePanel
from ..widgets.side_panel import SidePanel, beside
from ..widgets.template_box import TemplateBox
from ..widgets.words_table import WordsTable
from ..word_asking import WordAsking
from ..wording import in_words
from .page import Page, Surroundings

PREVIEW_AFTER_MS = 5  # so many after a key stroke; the preview itself takes some 10 to 50
_BURST_S = 1.5  # typing without a longer pause is one step to undo
_LONGEST_CHECKED = 20_000  # characters; longer templates are judged beside the window's thread
_READS = {
    "prompt",
    "task",
    "columns",
    "labels",
    "roles",
    "model",
    "method",
    "method_settings",
    "training",
    "splits",
    "data_sha256",
}


class PromptPage(Page):
    """Edits the project's prompt; every edit is in the project at once, and can be undone."""

    name = "prompt"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._sources = Sources(around.library)
        self._errands = Errands(self)
        self._seen: Seen | None = None
        self._row = 0
        self._which = 0  # of the templates
        self._stale = True
        self._looking = False  # a preview is being made: another one would only slow it down
        self._suggested_for: object = None
        self._burst, self._burst_key, self._last_edit = 0, "", 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.template = TemplateBox(self)
        self.words = WordsTable(self)
        self.parameters = ParametersTable(self)
        self.more = Fold(self.parameters, self)
        self.more.setObjectName("more_parameters")
        self.preview = PreviewRows(self)
        self.probe = ProbePanel(self.around, self)
        self.asking = WordAsking(self.around, self)
        self.words.set_asking(self.asking)
        self.to_data = QPushButton(self)
        self.to_data.clicked.connect(self._go_to_data)
        self._build()
        self.template.edited.connect(self._on_template)
        self.template.suggested.connect(self._on_suggestion)
        self.template.strip.chosen.connect(self._on_chosen)
        self.template.strip.added.connect(self._on_added)
        self.template.strip.removed.connect(self._on_removed)
        self.template.parameter_wanted.connect(self._on_parameter_wanted)
        self.template.editor.undo_asked.connect(self.document.undo.undo)
        self.template.editor.redo_asked.connect(self.document.undo.redo)
        self.parameters.edited.connect(self._on_parameters)
        self.parameters.renamed.connect(self._on_renamed)
        self.words.edited.connect(self._on_words)
        self.words.repair.connect(self._on_repair)
        self.asking.failed.connect(self.notices.error)
        self.preview.row_wanted.connect(self._on_row)
        self.addAction(self.probe.action)
        self.probe.go.connect(self.go)
        self.probe.failed.connect(self.notices.error)
        self.probe.warned.connect(self.notices.warning)
        self.probe.told.connect(self.notices.tell)
        self.preview.set_view(around.settings.text("prompt_view", "text"))
        self.preview.view_changed.connect(self._on_view)
        self.document.opened.connect(self._on_opened)
        self.document.changed.connect(self._on_changed)
        self.retranslate()
        self._on_opened()

    def _build(self) -> None:
        left = QWidget(self)
        tables = QVBoxLayout(left)
        tables.setContentsMargins(0, 0, 0, 0)
        tables.addWidget(self.template, 1)
        tables.addWidget(self.more)
        above = QSplitter(Qt.Orientation.Horizontal, self)
        above.addWidget(left)
        above.addWidget(self.words)
        above.setSizes([380, 420])
        above.setChildrenCollapsible(False)
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.addWidget(above)
        whole.addWidget(self.preview)
        whole.setSizes([350, 250])
        whole.setChildrenCollapsible(False)
        self.beside = SidePanel(self.probe, self.around.settings, "probe", self)
        self.body.addWidget(self.to_data)
        self.body.addWidget(beside(whole, self.beside, (800, 370)), 1)
        self._work = whole

    def texts(self) -> tuple[str, str]:
        return (
            self.tr("Prompt"),
            self.tr(
                "Say around each text what is asked, and which words stand for which label; below "
                "you see what the model will read."
            ),
        )

    def retranslate(self) -> None:
        super().retranslate()
        self.to_data.setText(self.tr("Import data first: a prompt is written around a text"))
        self.to_data.setAccessibleName(self.tr("Go to the Data page"))
        self.to_data.setToolTip(self.tr("Shows the Data page, where texts and labels come in."))
        self.more.set_texts(
            self.tr("Parameters"), self.tr("Constants for every row that the template can name.")
        )
        self.beside.set_texts(
            self.tr("Ranking of prompts"),
            self.tr("Shows which prompts the model understands before any training."),
            self.tr("Folds the ranking of prompts away."),
        )
        if self._seen is not None:
            self._say(self._seen)

    def shown(self) -> None:
        self._stale = True
        self._look()

    def main_action(self) -> None:
        self.go.emit("train")

    def state(self) -> tuple[str, str]:
        file, prompt = self.document.file, self.document.file.prompt
        if self.document.project is None:
            return "", self.tr("Open a project first")
        fault = first_fault(prompt, self._fault, self._of_template)
        if fault:
            return "needs", fault
        missing = sum(1 for label in file.labels if not prompt.words.get(label))
        if not fewest_labels(file):
            return "done", self.tr("The template is ready")
        if missing == 1:
            return "needs", self.tr("Give a word for 1 label")
        if missing:
            return "needs", self.tr("Give words for {count} labels").format(count=missing)
        if not file.labels:
            return "", self.tr("There are no labels to learn from")
        try:
            if scores_words(file):
                check_words(prompt.words, file.labels)
        except UserError as error:
            return "needs", in_words(error.what)
        seen = self._seen
        if seen is not None and seen.asked.file.prompt == alone(file, self._which).prompt:
            refused = seen.prompt_error or seen.words_error
            same = seen.asked.file
            if (same.model, same.method) == (file.model, file.method):
                if seen.complaints:
                    return "needs", in_words(seen.complaints[0].sentence)
                if refused is not None:
                    return "needs", in_words(refused.what)
        return "done", self.tr("Template and words are ready")

    def _fault(self, template: str) -> str:
        """What is wrong with a template, whatever the model; "" if nothing is."""
        if not template.strip():
            return self.tr("Write a template")
        if len(template) > _LONGEST_CHECKED:
            return ""
        found = fault_of(self.document.file, template)
        return "" if found is None else in_words(found)

    def _of_template(self, number: int, said: str) -> str:
        return self.tr("Template {number}: {said}").format(number=number, said=said)

    @Slot()
    def _go_to_data(self) -> None:
        self.go.emit("data")

    # what the user does

    @Slot(str)
    def _on_template(self, template: str) -> None:
        changes = changed(self.document.file.prompt, self._which, template)
        self._edit(self.tr("Edit template"), f"template {self._which}", **changes)

    @Slot(int)
    def _on_chosen(self, which: int) -> None:
        self._which = which
        self._on_changed(("prompt",))

    @Slot()
    def _on_added(self) -> None:
        self._which = len(self.document.file.prompt.templates)
        self._edit(self.tr("Add template"), "", **added(self.document.file.prompt))
        self.template.editor.setFocus()

    @Slot(int)
    def _on_removed(self, which: int) -> None:
        self._edit(self.tr("Remove template"), "", **removed(self.document.file.prompt, which))

    @Slot(str)
    def _on_parameter_wanted(self, name: str) -> None:
        self.more.button.setChecked(True)
        self.parameters.add(name)

    @Slot(object)
    def _on_parameters(self, parameters: dict[str, str]) -> None:
        self._edit(self.tr("Edit parameters"), "parameters", parameters=parameters)

    @Slot(str, str)
    def _on_renamed(self, old: str, new: str) -> None:
        """The templates go along with a parameter's new name."""
        file = self.document.file
        changes = renamed(file.prompt, file.columns, old, new)
        self._edit(self.tr("Rename parameter"), "", **changes)

    @Slot(str, object)
    def _on_words(self, label: str, words: list[str]) -> None:
        file = self.document.file
        given = {**file.prompt.words, label: words}
        order = [*file.labels, *(name for name in given if name not in file.labels)]
        kept = {name: list(given[name]) for name in order if given.get(name)}
        self._edit(self.tr("Edit words"), f"words of {label}", words=kept)

    @Slot(object)
    def _on_repair(self, repair: Repair) -> None:
        prompt = self.document.file.prompt
        self.document.edit(self.tr("Mend words"), prompt=mended(repair, prompt))

    @Slot(object)
    def _on_suggestion(self, spec: PromptSpec) -> None:
        mine = self.document.file.prompt
        self._edit(
            self.tr("Use suggestion"),
            "",
            **changed(mine, self._which, spec.template),
            words=spec.words,
            parameters={**mine.parameters, **spec.parameters},
        )

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self._row = row
        self._stale = True
        self._look(count=False)

    @Slot(str)
    def _on_view(self, view: str) -> None:
        self.around.settings.put("prompt_view", view)

    def _edit(self, text: str, merge: str, **changes: Any) -> None:
        now = time.monotonic()
        if merge != self._burst_key or now - self._last_edit > _BURST_S:
            self._burst += 1
        self._burst_key, self._last_edit = merge, now
        prompt = self.document.file.prompt.model_copy(update=changes)
        key = f"{merge} {self._burst}" if merge else ""
        self.document.edit(text, merge=key, prompt=prompt)

    # what the project says

    @Slot()
    def _on_opened(self) -> None:
        self._errands.drop_all()
        self._looking = False
        self._sources.forget_rows()
        self._seen, self._row, self._which, self._suggested_for = None, 0, 0, None
        usable = bool(self.document.file.columns)
        self._work.setEnabled(usable)
        self.to_data.setVisible(not usable)
        self.preview.show_counted(None)
        self.more.button.setChecked(bool(self.document.file.prompt.parameters))
        self._on_changed(("prompt",))

    @Slot(object)
    def _on_changed(self, names: tuple[str, ...]) -> None:
        if not _READS & set(names):
            return
        file = self.document.file
        if "columns" in names:
            self._work.setEnabled(bool(file.columns))
            self.to_data.setVisible(not file.columns)
        self.template.set_names(
            [name for name in names_in_prompt(file) if name != file.roles.label],
            list(file.prompt.parameters),
        )
        templates = file.prompt.templates
        self._which = min(self._which, len(templates) - 1)  # undo may have taken it away
        self.template.strip.set_templates(templates, self._which)
        self.template.editor.set_template(templates[self._which])
        self.parameters.set_parameters(file.prompt.parameters)
        self.words.setVisible(fewest_labels(file) > 0)
        self.words.set_task(file.task)
        self.beside.setVisible(file.task == "classification")  # only label words are ranked
        self.words.model.set_words(file.labels, file.prompt.words)
        self._stale = True
        self.state_changed.emit()
        # not put off by further key strokes: who types on shall see it, too
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    # what is found out beside the window's thread

    @Slot()
    def _look(self, count: bool = True) -> None:
        if not self._stale or self._looking:
            return
        self._stale = False
        self._timer.stop()
        asked = Asked(self.document.folder, alone(self.document.file, self._which), self._row)
        if asked.folder is None:
            return
        if count:
            self._errands.drop("count")  # it would take the preview's time
        self._looking = True
        work = partial(_previewed, self._sources, asked)
        self._errands.run("preview", work, partial(self._take, count), self._fail)

    def _fail(self, error: Exception) -> None:
        self._looking = False
        self.notices.error(error)

    def _take(self, count: bool, seen: Seen) -> None:
        self._looking = False
        self._seen = seen
        self._say(seen)
        self.words.set_marks(seen.marks)
        self.preview.show_seen(seen)
        self.state_changed.emit()
        if self._stale:  # the user typed on meanwhile
            self._look()
            return
        asked = seen.asked
        if count:
            if not scores_words(asked.file) or (seen.complaints and seen.spans is None):
                self.preview.show_counted(None)
            else:
                work = partial(_counted, self._sources, asked)
                show = self.preview.show_counted
                self._errands.run("count", work, show, self.notices.error, news=show)
        file = asked.file
        reason = (file.labels, file.model, sorted(file.prompt.parameters), file.data_sha256)
        if reason != self._suggested_for:
            self._suggested_for = reason
            suggested = partial(_suggested, self._sources, asked)
            self._errands.run(
                "suggest", suggested, self.template.set_suggestions, self.notices.error
            )

    def _say(self, seen: Seen) -> None:
        self.template.set_several_slots(seen.family == "masked")
        self.template.show_findings(seen.parts, seen.complaints, seen.prompt_error, seen.warnings)
        self.words.say_of(seen)


def _previewed(sources: Sources, asked: Asked, _: Ask) -> Seen:
    return preview(sources, asked)


def _counted(sources: Sources, asked: Asked, ask: Ask) -> Counted | None:
    return count_cuts(sources, asked, lambda: ask.wanted, ask.tell)


def _suggested(sources: Sources, asked: Asked, _: Ask) -> list[PromptSpec]:
    return suggestions(sources, asked)
