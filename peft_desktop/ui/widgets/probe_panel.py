"""Beside the prompt: which prompts the model understands before any training, ranked."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ...projects.probe_plan import MOST_ROWS
from ..errands import Errands
from ..pages.page import Surroundings
from ..phases import phase_in_words
from ..probing import VERSIONS, Entry, expected_s, missing, rows_there
from ..probing_desk import ProbingDesk
from ..wording import duration, number, plain
from .found_words import FoundWords
from .probe_button import ProbeButton
from .probe_detail import ProbeDetail
from .probe_table import ProbeTable
from .race_button import RaceButton
from .tabs import Tabs

_WAYS = ("", "amulap", "llr")
_ROWS = 100
_PROMPTS = 12  # of the bank, as long as it is not known better
_LEAST_ROWS = 4
_READS = {"prompt", "labels", "roles", "model", "splits", "data_sha256", "columns"}


class ProbePanel(QWidget):
    """`go(page)`: what is missing can be given there. `failed`, `warned`, `told`: for the page."""

    go = Signal(str)
    failed = Signal(object)
    warned = Signal(object)
    told = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around, self._document, self._work = around, around.document, around.work
        self._errands = Errands(self)
        self._parameters = 0
        self._asked_model = ""
        self.desk = ProbingDesk(around, self)
        self._rows_label, self._ways_label = plain(QLabel(self)), plain(QLabel(self))
        self.rows = QSpinBox(self)
        self.rows.setRange(_LEAST_ROWS, MOST_ROWS)
        self.rows.setSingleStep(20)
        self.rows.setValue(around.settings.number("probe_rows", _ROWS))
        self._rows_label.setBuddy(self.rows)
        self.ways = QComboBox(self)
        self.ways.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.ways.setMinimumContentsLength(8)
        self._ways_label.setBuddy(self.ways)
        self.button = ProbeButton(self)
        self.action = QAction(self)  # the page's menu has it
        self.action.setShortcut("Ctrl+T")
        self.action.triggered.connect(self.try_prompts)
        self.stop = QPushButton(self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(8)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self._versions_label = plain(QLabel(self))
        self.versions = QComboBox(self)
        self._versions_label.setBuddy(self.versions)
        self.table = ProbeTable(self)
        self.detail = ProbeDetail(self)
        self.found = FoundWords(self)
        self.tabs = Tabs(self)
        self.tabs.addTab(self.detail, "")
        self.tabs.addTab(self.found, "")
        self.race = RaceButton(around, self.table.ranking, self)
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._tell)
        self._build()
        self.retranslate()
        self._connect()
        self._show()

    def _build(self) -> None:
        form = QGridLayout()
        form.addWidget(self._rows_label, 0, 0)
        form.addWidget(self.rows, 0, 1)
        form.addWidget(self._ways_label, 0, 2)
        form.addWidget(self.ways, 0, 3)
        form.setColumnStretch(3, 1)
        row = QHBoxLayout()
        row.addWidget(self.button, 1)
        row.addWidget(self.stop)
        shown = QHBoxLayout()
        shown.addWidget(self._versions_label)
        shown.addWidget(self.versions, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.table)
        split.addWidget(self.tabs)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addWidget(self.progress)
        layout.addWidget(self.said)
        layout.addLayout(shown)
        layout.addWidget(split, 1)
        layout.addWidget(self.race)
        order: list[QWidget] = [self.rows, self.ways, self.button, self.stop, self.versions]
        order += [self.table, self.tabs.tabBar(), self.detail.text, self.detail.use]
        order += [self.found.template, self.found.table, self.found.use, self.race]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.rows.valueChanged.connect(self._on_rows)
        self.versions.currentIndexChanged.connect(self._on_version)
        self.button.clicked.connect(self.try_prompts)
        self.stop.clicked.connect(self.desk.stop)
        self.table.picked.connect(self._on_picked)
        self.table.wanted.connect(self.use)
        self.table.forgotten.connect(self.desk.forget)
        self.detail.use_wanted.connect(self.use)
        self.found.use_wanted.connect(self._use_words)
        self.desk.changed.connect(self._show)
        self.desk.failed.connect(self.failed)
        self.desk.warned.connect(self.warned)
        self.race.failed.connect(self.failed)
        self.race.warned.connect(self.warned)
        self.race.told.connect(self.told)
        self._document.changed.connect(self._on_changed)
        self._work.started.connect(self._on_work)
        self._work.ended.connect(self._on_work)

    # ---- what the user does

    @Slot()
    def try_prompts(self) -> None:
        """Begin, or go where what is missing can be given."""
        lacks = missing(self._document.file if self._document.project is not None else None)
        if lacks:
            self.go.emit("train" if lacks == "model" else "data")
            return
        if self._work.busy:
            return
        self._document.save()
        self.table.forget_pick()
        self.desk.try_prompts(self.rows.value(), self._way)

    @Slot(object)
    def use(self, entry: Entry) -> None:
        """Make this prompt the project's, as one step."""
        mine = self._document.file.prompt
        prompt = entry.prompt
        if entry.error or not prompt.template:
            return
        parameters = {**mine.parameters, **prompt.parameters}
        new = prompt.model_copy(update={"parameters": parameters})
        self.table.pick(entry)
        self._document.edit(self.tr("Use prompt from the ranking"), prompt=new)

    @Slot(object)
    def _use_words(self, words: dict[str, list[str]]) -> None:
        labels = self._document.file.labels
        kept = {label: list(words[label]) for label in labels if words.get(label)}
        if kept:
            mine = {**self._document.file.prompt.words, **kept}
            prompt = self._document.file.prompt.model_copy(update={"words": mine})
            self._document.edit(self.tr("Use found words"), prompt=prompt)

    @Slot(int)
    def _on_rows(self, rows: int) -> None:
        self._around.settings.put("probe_rows", rows)
        self._tell()

    @Slot(int)
    def _on_version(self, place: int) -> None:
        self.table.ranking.read_as(VERSIONS[max(0, place)])

    @Slot(object)
    def _on_picked(self, entry: Entry | None) -> None:
        ranking = self.table.ranking
        present = entry is not None and ranking.is_present(entry)
        self.detail.show_entry(entry, ranking.version, ranking.majority, present)

    @property
    def _way(self) -> str:
        return _WAYS[max(0, self.ways.currentIndex())]

    # ---- what is known

    @Slot(object)
    def _on_changed(self, names: tuple[str, ...]) -> None:
        if _READS & set(names):
            self._show()

    @Slot(str)
    def _on_work(self, _: str) -> None:
        self._show()

    @Slot()
    def _show(self) -> None:
        desk, file = self.desk, self._document.file
        record = desk.record
        mine = [] if record is None else record.own
        self.table.ranking.show_entries(desk.entries, desk.majority, file.prompt, mine)
        if desk.at_work:
            self.found.show_found((), self._way)
        else:
            self.found.show_found(
                () if record is None else record.found_words,
                self._way if record is None else record.find_words,
            )
        if desk.at_work and not self._timer.isActive():
            self._timer.start()
        elif not desk.at_work:
            self._timer.stop()
        self._ask_for_size()
        self.race.refresh(desk.at_work)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Button, progress and the line below it."""
        desk, project = self.desk, self._document.project
        file = self._document.file
        other = self._work.title if self._work.busy and not desk.at_work else ""
        lacks = missing(file if project is not None else None)
        again = bool(desk.entries)
        self.button.show_state(lacks, other, self._expected(), desk.at_work, again)
        self.stop.setVisible(desk.at_work)
        self.progress.setVisible(desk.at_work)
        self.progress.setRange(0, desk.total)
        self.progress.setValue(desk.done)
        self.said.setText(self._progress() if desk.at_work else self._kept())
        self.said.setVisible(bool(self.said.text()))

    def _progress(self) -> str:
        desk = self.desk
        if not desk.total:
            return f"{phase_in_words(desk.phase)} \u2026"
        said = self.tr("{done} of {total} answers").format(
            done=number(desk.done), total=number(desk.total)
        )
        left = desk.seconds_left
        if left is not None:
            said += self.tr(", {time} left").format(time=duration(left))
        return said

    def _kept(self) -> str:
        """What the ranking below holds for, and what has changed since."""
        record = self.desk.record
        if record is None or not record.ranked:
            if self._document.project is None:
                return ""
            return self.tr(
                "Which template and which words does the model understand best, untrained? Test "
                "rows are left alone."
            )
        why = {
            "model": self.tr("another model is chosen"),
            "data": self.tr("the rows have changed"),
            "words": self.tr("your words are others"),
        }
        changed = [why[name] for name in record.outdated(self._document.file)]
        if changed:
            said = self.tr("\u26a0 Out of date: {why}. Try the prompts again.")
            return said.format(why=", ".join(changed))
        said = self.tr("{model}, {rows} rows, not the test's.")
        if not record.complete:
            said = self.tr("{model}, stopped before all of {rows} rows were tried.")
        return said.format(model=record.model, rows=number(len(record.row_ids)))

    def _expected(self) -> float | None:
        record, file = self.desk.record, self._document.file
        rows = min(self.rows.value(), rows_there(file)) or self.rows.value()
        prompts = 2 * _PROMPTS + (10 if self._way else 0)
        known = None
        if record is not None and record.model == file.model and record.complete:
            known = (len(record.row_ids), len(record.ranked), record.seconds)
            prompts = len(record.ranked) or prompts
            if bool(record.find_words) != bool(self._way):
                prompts += 10 if self._way else -10
        words = file.prompt.words
        return expected_s(rows, max(1, prompts), words, self._parameters, known)

    def _ask_for_size(self) -> None:
        """How many weights the model has; its card may have to be read from the disk."""
        name, library = self._document.file.model, self._around.library
        if name and name != self._asked_model:
            self._asked_model, self._parameters = name, 0
            self._errands.run(
                "size", lambda _: library.get(name).parameters, self._take_size, self._no_size
            )

    def _take_size(self, parameters: int) -> None:
        self._parameters = parameters
        self._tell()

    def _no_size(self, error: Exception) -> None:
        if not isinstance(error, UserError):  # a model that is gone is told when it is used
            self.failed.emit(error)

    # ---- words

    def retranslate(self) -> None:
        self._rows_label.setText(self.tr("Rows"))
        self.rows.setAccessibleName(self.tr("Rows to try the prompts on"))
        self.rows.setToolTip(
            self.tr(
                "So many training and validation rows, all labels in turn (4 to 200); more rows "
                "make narrower intervals and take longer."
            )
        )
        self._ways_label.setText(self.tr("Find words"))
        self._fill(
            self.ways,
            (
                self.tr("none: use those given"),
                self.tr("likely words (AMuLaP)"),
                self.tr("likelihood ratio (PETAL)"),
            ),
        )
        self.ways.setAccessibleName(self.tr("Find label words"))
        self.ways.setToolTip(
            self.tr(
                "Also find label words in your rows: what the model itself expects in the slot on "
                "rows of each label. Prompts with found words join the ranking."
            )
        )
        self._versions_label.setText(self.tr("Answers"))
        self._fill(
            self.versions,
            (
                self.tr("calibrated: less the answer to empty texts"),
                self.tr("batch prior: less the rows' mean answer"),
                self.tr("as they are"),
            ),
        )
        self.versions.setAccessibleName(self.tr("How answers are read"))
        self.versions.setToolTip(
            self.tr(
                "An untrained model leans towards some words. Contextual calibration takes out "
                "what it answers to texts that say nothing, the batch prior what it answers on "
                "average; training makes both needless."
            )
        )
        self.stop.setText(self.tr("Stop"))
        self.stop.setAccessibleName(self.tr("Stop trying prompts"))
        self.stop.setToolTip(self.tr("Ends at once; what is ranked so far is kept."))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.tabs.setTabText(0, self.tr("Picked prompt"))
        self.tabs.setTabText(1, self.tr("Found words"))
        self.tabs.setAccessibleName(self.tr("Picked prompt and found words"))
        self.action.setText(self.tr("Try prompts"))
        self.setAccessibleName(self.tr("Try prompts"))
        self._tell()

    def _fill(self, box: QComboBox, texts: tuple[str, ...]) -> None:
        """The same choice in another language."""
        place = max(0, box.currentIndex())
        box.blockSignals(True)
        box.clear()
        box.addItems(list(texts))
        box.setCurrentIndex(place)
        box.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
