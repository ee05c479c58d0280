"""The steps that lead to a training of several patterns: patterns, texts, teachers and student."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from ...core.project import ProjectFile
from ...core.recipe import PromptSpec
from ...data.unlabelled import PLAIN
from ...methods import METHODS
from ..pet_desk import POOL_ROWS, Source
from ..queue_choices import Choices, why_not
from ..shoot_out_words import method_in_words
from ..wording import in_words, number, plain, tip
from .column_match import Needed
from .drop_area import dropped_file
from .editors import QuietComboBox
from .number_box import NumberBox
from .seeds_line import SeedsLine
from .shoot_out_form import prompt_ticks
from .table_file import Purpose, TableFile
from .tick_list import TickList

_FIRST_PATTERNS = 3
_MOST_POOL = 10_000_000
_LEFT_OUT = ("blank", "repeated", "in_test", "in_valid", "in_train", "over_limit")


class Step(QWidget):
    """One page of the wizard: a sentence on top, `changed` for another wish."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = plain(QLabel(self))
        self.sentence.setWordWrap(True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.sentence)

    def retranslate(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class PatternStep(Step):
    """Which prompts become teachers; the project's own stands first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices({})
        self.list = TickList(24, self)
        self.list.changed.connect(self.changed)
        self.weighted = QCheckBox(self)
        self.weighted.setChecked(True)
        self.weighted.toggled.connect(self.changed)
        self.body.addWidget(self.list)
        self.body.addWidget(self.weighted)
        self.body.addStretch(1)
        self.retranslate()

    @property
    def prompts(self) -> tuple[PromptSpec, ...]:
        return tuple(self._choices.prompts[int(key)].prompt for key in self.list.ticked())

    def set_choices(self, choices: Choices) -> None:
        """What was ticked stays ticked; at first it is the project's own and the next best."""
        before = self.prompts
        self._choices = choices
        found = [str(n) for n, each in enumerate(choices.prompts) if each.prompt in before]
        self._fill(found or [str(n) for n in range(_FIRST_PATTERNS)])

    def _fill(self, ticked: list[str]) -> None:
        own, tried = self.tr("the project's"), self.tr("untrained {share}")
        self.list.fill(prompt_ticks(self._choices.prompts, own, tried), ticked)

    def retranslate(self) -> None:
        self.sentence.setText(
            self.tr(
                "Every pattern (a template with its label words) trains a teacher of its own. "
                "Patterns that ask differently make different mistakes, and together fewer. Tick "
                "two to five."
            )
        )
        self.list.setAccessibleName(self.tr("Patterns"))
        self.list.setToolTip(
            self.tr("The project's prompt, what you tried before, and those of the bank.")
        )
        self.weighted.setText(self.tr("&Better patterns count more"))
        self.weighted.setToolTip(
            self.tr(
                "Each teacher's answers are weighed by what the untrained model gets right with "
                "its pattern on the training rows (PET's weights); else all count alike."
            )
        )
        self._fill(self.list.ticked())


class PoolStep(Step):
    """Which texts the teachers label; what was read and left out is counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._text = ""
        self._pool: Any = None
        self._error = ""
        self.file = TableFile(self._purpose, self)
        self.limit = NumberBox(_MOST_POOL, 100, self)
        self.limit.setValue(POOL_ROWS)
        self._limit_head = QLabel(self)
        self._limit_head.setBuddy(self.limit)
        self.counts = plain(QLabel(self))
        self.counts.setWordWrap(True)
        self.counts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.addRow(self._limit_head, self.limit)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for part in (self.file, self.counts):
            self.body.addWidget(part)
        self.body.insertLayout(2, form)
        self.body.addStretch(1)
        self.file.changed.connect(self.changed)
        self.limit.valueChanged.connect(self.changed)
        self.retranslate()

    @property
    def ready(self) -> bool:
        """Whether no file is being looked at, or waits for its column to be named."""
        path = self.file.path
        return path is None or path.suffix.lower() in PLAIN or not self.file.missing

    @property
    def source(self) -> Source:
        path, how = self.file.path, self.file.read_as
        lines = path is not None and path.suffix.lower() in PLAIN
        text = None if lines else dict(how.columns).get(self._text)
        return Source(path, text, how, self.limit.number)

    def set_file(self, file: ProjectFile) -> None:
        self._text = file.roles.text
        self.file.set_needed([Needed(self._text, "text")] if self._text else [])

    def set_path(self, path: Path) -> None:
        self.file.set_path(path)

    def show_pool(self, pool: Any, error: str = "") -> None:
        """What was read; None while nothing is known, or why it could not be."""
        self._pool, self._error = pool, error
        self._tell()

    def _tell(self) -> None:
        if self._error:
            self.counts.setText(f"\u2716 {self._error}")
            return
        if self._pool is None:
            self.counts.setText("")
            return
        counts = self._pool.counts
        lines = [
            self.tr("{count} rows of the project have no label").format(
                count=number(counts["of_project"])
            )
        ]
        if self.file.path is not None:
            said = self.tr("{count} texts were read from the file")
            lines.append(said.format(count=number(counts["of_file"])))
        words = {
            "blank": self.tr("{count} blank ones are left out"),
            "repeated": self.tr("{count} repeated ones are left out"),
            "in_test": self.tr("{count} that stand among the test rows are left out"),
            "in_valid": self.tr("{count} that stand among the validation rows are left out"),
            "in_train": self.tr("{count} that stand among the training rows are left out"),
            "over_limit": self.tr("{count} are more than the limit and left out by chance"),
        }
        for name in _LEFT_OUT:
            if counts.get(name):
                lines.append("\u2013 " + words[name].format(count=number(counts[name])))
        kept = self.tr("{count} texts will be labelled by the teachers")
        lines.append("\u2714 " + kept.format(count=number(len(self._pool.rows))))
        self.counts.setText("\n".join(lines))

    def _purpose(self) -> Purpose:
        return Purpose(
            self.tr("F&ile"),
            self.tr(
                "A table or a text file (a text a line) of texts without labels, beside the rows "
                "of the project that have none. You can drop it here."
            ),
            self.tr("Choose a file of unlabelled texts"),
        )

    def retranslate(self) -> None:
        self.sentence.setText(
            self.tr(
                "The teachers label texts that have no label; some hundreds to some thousands are "
                "good. Texts that stand among the test or validation rows are left out, so that "
                "the figures stay honest."
            )
        )
        self._limit_head.setText(self.tr("Texts at &most"))
        self.limit.setSpecialValueText(self.tr("all"))
        self.limit.setAccessibleName(self.tr("Texts at most"))
        self.limit.setToolTip(
            self.tr("More texts take longer and help less and less; drawn with the project's seed.")
        )
        self.counts.setAccessibleName(self.tr("What was read"))
        self.counts.setToolTip(self.tr("What was read, and what was left out for which reason."))
        self._tell()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.set_path(path)


class PeopleStep(Step):
    """Seeds, and model and method of the teachers and of the student."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file, self._choices = ProjectFile(), Choices({})
        self.seeds = SeedsLine(self)
        self.model, self.method = QuietComboBox(self), QuietComboBox(self)
        self.student, self.student_method = QuietComboBox(self), QuietComboBox(self)
        self._heads = [QLabel(self) for _ in range(5)]
        form = QFormLayout()
        fields = (self.seeds, self.model, self.method, self.student, self.student_method)
        for head, field in zip(self._heads, fields, strict=True):
            head.setBuddy(field)
            form.addRow(head, field)
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        self.body.addLayout(form)
        self.body.addWidget(self.about)
        self.body.addStretch(1)
        self.seeds.changed.connect(self.changed)
        for box in fields[1:]:
            box.activated.connect(self._picked)
        self.retranslate()

    def set_choices(self, file: ProjectFile, choices: Choices) -> None:
        self._file, self._choices = file, choices
        self._fill()

    def _fill(self) -> None:
        """Every box anew; the empty choice on top is the default."""
        usable = [name for name, card in self._choices.cards.items() if card.refusal is None]
        as_project = self.tr("as in the project: {name}")
        models = [("", as_project.format(name=self._file.model)), *((n, n) for n in usable)]
        _fill_box(self.model, models)
        same = self.tr("as the teachers")
        _fill_box(self.student, [("", same), *((n, n) for n in usable)])
        title = method_in_words(self._file.method)
        self._fill_methods(self.method, self.model, as_project.format(name=title))
        self._fill_methods(
            self.student_method, self.student, self.tr("full for encoders, else the teachers'")
        )

    def _fill_methods(self, box: QuietComboBox, model: QuietComboBox, first: str) -> None:
        name = str(model.currentData() or "")
        if model is self.student and not name:
            name = str(self.model.currentData() or "")
        card = self._choices.cards.get(name or self._file.model)
        items, reasons = [("", first)], [""]
        for method in METHODS:
            reason = why_not(method, [] if card is None else [card], self._file.task)
            title = method_in_words(method)
            items.append((method, title if reason is None else f"\u2716 {title}"))
            reasons.append("" if reason is None else in_words(reason))
        _fill_box(box, items)
        rows = box.model()
        for place, why in enumerate(reasons):
            item = rows.item(place)  # type: ignore[attr-defined]
            item.setEnabled(not why)
            item.setToolTip(tip(why))
        if reasons[box.currentIndex()]:
            box.setCurrentIndex(0)

    @Slot()
    def _picked(self) -> None:
        self._fill()  # other models, other methods
        self.changed.emit()

    def retranslate(self) -> None:
        self.sentence.setText(
            self.tr(
                "The teachers are many and slow; the student is the one classifier that you keep. "
                "It learns from the labelled rows and from what the teachers say together."
            )
        )
        titles = (
            (self.tr("Teachers' see&ds"), ""),
            (
                self.tr("Teachers' m&odel"),
                self.tr("The base model of every teacher."),
            ),
            (
                self.tr("Teachers' m&ethod"),
                self.tr("How every teacher is fine-tuned; \u2716 marks what the model cannot."),
            ),
            (
                self.tr("St&udent's model"),
                self.tr("The base model of the student; a small encoder answers fastest."),
            ),
            (
                self.tr("Student's me&thod"),
                self.tr("How the student is fine-tuned; \u2716 marks what its model cannot."),
            ),
        )
        fields: Sequence[QWidget] = (
            *(self.seeds, self.model, self.method),
            *(self.student, self.student_method),
        )
        for head, field, (title, about) in zip(self._heads, fields, titles, strict=True):
            head.setText(title)
            if about:
                field.setAccessibleName(title.replace("&", ""))
                field.setToolTip(about)
        self.about.setText(
            self.tr(
                "The student sees every text at temperature 2: how sure the teachers are counts, "
                "not only what they answer."
            )
        )
        self._fill()


def _fill_box(box: QuietComboBox, items: Sequence[tuple[str, str]]) -> None:
    """Fill it anew; what was chosen stays chosen if it is still there."""
    now = box.currentData()
    box.clear()
    for key, title in items:
        box.addItem(title, key)
    box.setCurrentIndex(max(0, box.findData(now)))
