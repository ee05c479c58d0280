"""Adapt to texts: which model is to read which texts, for how long, and what will come of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ..core.ports import AdaptRequest
from ..data.unlabelled import Texts, texts_of
from .errands import Errands
from .model_words import family_in_words
from .pages.page import Surroundings
from .widgets.notices import Notices
from .wording import number, plain, without_key

FAMILIES = ("causal", "masked", "encoder")
KINDS = "*.txt *.md *.csv *.tsv *.xlsx *.xlsm *.json *.jsonl *.parquet"
FEW = 100  # texts; below, reading changes little


class AdaptDialog(QDialog):
    """Collects wishes; after OK `request()` says what was wished for.

    `cards` are those of the library; texts are counted beside the window's thread.
    """

    def __init__(
        self,
        around: Surroundings,
        cards: Sequence[Any],
        chosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around, self._errands = around, Errands(self)
        self._cards = {c.name: c for c in cards if c.refusal is None and c.family in FAMILIES}
        self._taken = {card.name.casefold() for card in cards}
        self._texts: Texts | None = None
        self._counting = False
        self._own_name = False  # whether the user wrote one
        self.setAcceptDrops(True)
        self._sentence = plain(QLabel(self))
        self._sentence.setWordWrap(True)
        self.model = QComboBox(self)
        for card in self._cards.values():
            self.model.addItem(f"{card.name} - {family_in_words(card.family)}", card.name)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)))
        self.own_rows = QCheckBox(self)
        self.own_rows.setEnabled(around.document.project is not None)
        self.own_rows.setChecked(around.document.project is not None)
        self.files = QListWidget(self)
        self.files.setMaximumHeight(110)
        self.add_files, self.remove_file = QPushButton(self), QPushButton(self)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(1, 600)
        self.minutes.setValue(10)
        self.name = QLineEdit(self)
        self.plan = plain(QLabel(self))
        self.plan.setWordWrap(True)
        self.notices = Notices(self)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self._labels: dict[QWidget, QLabel] = {}
        self._lay_out()
        self.model.currentIndexChanged.connect(self._on_model)
        self.own_rows.toggled.connect(self._count)
        self.add_files.clicked.connect(self._choose_files)
        self.remove_file.clicked.connect(self._remove_file)
        self.files.itemSelectionChanged.connect(self._show_plan)
        self.minutes.valueChanged.connect(self._show_plan)
        self.name.textEdited.connect(self._on_name)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()
        self._on_model()
        self._count()
        self.resize(620, 380)

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        for button in (self.add_files, self.remove_file):
            button.setAutoDefault(False)
            beside.addWidget(button)
        beside.addStretch(1)
        of_files = QHBoxLayout()
        of_files.addWidget(self.files, 1)
        of_files.addLayout(beside)
        form = QFormLayout()
        for field, row in (
            (self.model, self.model),
            (self.own_rows, self.own_rows),
            (self.files, of_files),
            (self.minutes, self.minutes),
            (self.name, self.name),
        ):
            label = QLabel(self)
            label.setBuddy(field)
            self._labels[field] = label
            form.addRow(label, row)
        layout = QVBoxLayout(self)
        layout.addWidget(self._sentence)
        layout.addLayout(form)
        layout.addWidget(self.plan)
        layout.addWidget(self.notices)
        layout.addStretch(1)
        layout.addWidget(self.buttons)

    def request(self) -> AdaptRequest:
        """What the fields say."""
        project = self._around.document.project
        return AdaptRequest(
            model=str(self.model.currentData() or ""),
            name=self.name.text().strip(),
            project=None if project is None else project.folder,
            own_rows=self.own_rows.isChecked(),
            files=tuple(self._files()),
            minutes=float(self.minutes.value()),
            device=self._around.settings.device,
            seed=42 if project is None else project.file.seed,
        )

    def add(self, files: Sequence[Path]) -> None:
        """Texts of these files, too."""
        for file in files:
            if file not in self._files():
                item = QListWidgetItem(file.name, self.files)
                item.setData(Qt.ItemDataRole.UserRole, str(file))
                item.setToolTip(str(file))
        self._count()

    def _files(self) -> list[Path]:
        items = (self.files.item(place) for place in range(self.files.count()))
        return [Path(item.data(Qt.ItemDataRole.UserRole)) for item in items]

    @Slot()
    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Add files of texts"),
            self._around.settings.text("import_folder"),
            self.tr("Texts and tables ({kinds});;All files (*)").format(kinds=KINDS),
        )
        self.add([Path(file) for file in chosen])

    @Slot()
    def _remove_file(self) -> None:
        for item in self.files.selectedItems():
            self.files.takeItem(self.files.row(item))
        self._count()

    @Slot()
    def _on_model(self) -> None:
        if not self._own_name:
            self.name.setText(self._free_name(str(self.model.currentData() or "")))
        self._show_plan()

    @Slot()
    def _on_name(self) -> None:
        self._own_name = True
        self._show_plan()

    def _free_name(self, base: str) -> str:
        if not base:
            return ""
        names = (f"{base[:60]}-adapted{'' if n == 1 else f'-{n}'}" for n in range(1, 10_000))
        return next(name for name in names if name.casefold() not in self._taken)

    @Slot()
    def _count(self) -> None:
        """Count the texts as things stand now; what is not wanted any more is not heard."""
        self._texts = None
        self.notices.clear()
        own, files = self.own_rows.isChecked(), self._files()
        self._counting = own or bool(files)
        self._show_plan()
        if not self._counting:
            return
        project = self._around.document.project
        self._errands.run(
            "count", lambda ask: texts_of(project, files, own=own), self._on_counted, self._on_bad
        )

    def _on_counted(self, texts: Texts) -> None:
        self._texts, self._counting = texts, False
        self._show_plan()

    def _on_bad(self, error: Exception) -> None:
        self._counting = False
        self.notices.error(error)
        self._show_plan()

    @Slot()
    def _show_plan(self) -> None:
        self.remove_file.setEnabled(bool(self.files.selectedItems()))
        name, missing = self.name.text().strip(), self._missing()
        self.plan.setText(missing or self._in_words(name))
        done = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        done.setEnabled(not missing)
        done.setToolTip(missing or self.tr("The work goes on in the models window."))

    def _missing(self) -> str:
        """What keeps the work from beginning; empty where nothing does."""
        if not self._cards:
            return self.tr("There is no model here that could read on; add one first.")
        if not self.own_rows.isChecked() and not self.files.count():
            return self.tr("Say which texts: the project's own rows, or add files.")
        if not self.name.text().strip():
            return self.tr("Give the new model a name.")
        if self.name.text().strip().casefold() in self._taken:
            return self.tr("There is a model of this name already; choose another.")
        if self._counting:
            return self.tr("Counting the texts...")
        if self._texts is None:
            return self.tr("These texts cannot be read.")
        return ""

    def _in_words(self, name: str) -> str:
        if self._texts is None:
            return ""
        counts = self._texts.counts
        said = [
            self.tr(
                "{count} texts ({characters} characters) are read for {minutes} min at most."
            ).format(
                count=number(len(self._texts.texts)),
                characters=number(self._texts.characters),
                minutes=number(self.minutes.value()),
            )
        ]
        if counts["in_test"] or counts["in_valid"]:
            said.append(
                self.tr(
                    "Left out: {test} that are among the test rows, {valid} validation rows."
                ).format(test=number(counts["in_test"]), valid=number(counts["in_valid"]))
            )
        if len(self._texts.texts) < FEW:
            said.append(self.tr("That is little: some hundreds of texts are needed to help."))
        card = self._cards[str(self.model.currentData())]
        if card.family == "encoder":
            said.append(
                self.tr("{name} will be a new model that fills gaps (masked).").format(name=name)
            )
        else:
            said.append(self.tr("{name} will be a new model of the same kind.").format(name=name))
        said.append(self.tr("The old one stays as it is. If you stop, nothing is kept."))
        return " ".join(said)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Adapt a model to texts"))
        self._sentence.setText(
            self.tr(
                "The model reads on in your texts, without labels, until it is used to their words "
                "and manner; fine-tuned afterwards, it often needs fewer labelled rows."
            )
        )
        texts = {
            self.model: (
                self.tr("&Model"),
                self.tr("The model to begin from; it stays as it is."),
            ),
            self.own_rows: (
                self.tr("This project"),
                self.tr("Test and validation rows are never read: figures stay honest.")
                if self.own_rows.isEnabled()
                else self.tr("No project is open; add files of texts."),
            ),
            self.files: (
                self.tr("Fi&les"),
                self.tr("Of a .txt file each line is a text, of a table its column of texts."),
            ),
            self.minutes: (
                self.tr("M&inutes"),
                self.tr("How long to read at most (1 to 600); few texts are done earlier."),
            ),
            self.name: (
                self.tr("&Name"),
                self.tr("What the new model is called: letters, digits, dots and hyphens."),
            ),
        }
        for field, (label, said) in texts.items():
            self._labels[field].setText(label)
            field.setToolTip(said)
            field.setAccessibleName(without_key(label))
        self.own_rows.setText(self.tr("The texts of its &training rows"))
        self.add_files.setText(self.tr("&Add files..."))
        self.add_files.setToolTip(self.tr("Texts without labels; files can be dropped here, too."))
        self.remove_file.setText(self.tr("&Remove"))
        self.remove_file.setToolTip(self.tr("Takes the chosen file off the list."))
        self.plan.setAccessibleName(self.tr("What will happen"))
        standard = QDialogButtonBox.StandardButton
        self.buttons.button(standard.Ok).setText(self.tr("Ada&pt"))
        self.buttons.button(standard.Cancel).setText(self.tr("Cancel"))
        self._show_plan()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.add(files)
