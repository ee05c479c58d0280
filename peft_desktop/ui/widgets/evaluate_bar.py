"""The line over a judgement: which run on which rows, the button, how far, and test rows' use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ...core.runs import Run
from ..judging import FILE, SPLITS
from ..phases import phase_in_words
from ..wording import number, plain, tip
from .evaluate_button import EvaluateButton
from .trained_choice import short


class EvaluateBar(QWidget):
    """Boxes and button to connect to; `show_runs`, `show_progress` and `show_peeks` tell it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase, self._count, self._judged = "", 0, False
        self._run_head, self._split_head = QLabel(self), QLabel(self)
        self.run_box, self.split_box = QComboBox(self), QComboBox(self)
        self.run_box.setMinimumContentsLength(24)
        self.run_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._run_head.setBuddy(self.run_box)
        self._split_head.setBuddy(self.split_box)
        for split in (*SPLITS, FILE):
            self.split_box.addItem("", split)
        self.button = EvaluateButton(self)
        self.report = QPushButton(self)
        self.peeks = plain(QLabel(self))
        self.progress = QProgressBar(self)
        self.progress.setFixedWidth(220)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        heads = (self._run_head, self.run_box, self._split_head, self.split_box)
        for widget in (*heads, self.button, self.report, self.progress):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.peeks)
        self.retranslate()

    def show_runs(self, runs: Sequence[Run], chosen: str) -> None:
        """The runs in this order; `chosen` is the one in force, else the first."""
        self.run_box.clear()
        for place, run in enumerate(runs):
            self.run_box.addItem(short(run.name), run.name)
            self.run_box.setItemData(place, tip(run.name), Qt.ItemDataRole.ToolTipRole)
        names = [run.name for run in runs]
        self.run_box.setCurrentIndex(names.index(chosen) if chosen else (0 if names else -1))
        for box in (self.run_box, self.split_box):
            box.setEnabled(bool(names))

    def show_progress(self, at_work: bool, phase: str, done: int, total: int) -> None:
        self._phase = phase
        self.progress.setVisible(at_work)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        said = phase_in_words(phase)
        self.progress.setFormat(said.replace("%", "%%"))
        self.progress.setAccessibleName(said)

    def show_peeks(self, shown: bool, count: int) -> None:
        """How often the test rows were looked at; where that is no question, it is not said."""
        self._count = count
        self.peeks.setVisible(shown)
        if count == 0:
            said = self.tr("The test rows were never looked at.")
        elif count == 1:
            said = self.tr("The test rows were looked at once.")
        else:
            said = self.tr("The test rows were looked at {count} times.")
        self.peeks.setText(said.format(count=number(count)))

    def show_report(self, judged: bool) -> None:
        """Whether there is something to report; the tip says what is missing."""
        self._judged = judged
        self.report.setEnabled(judged)
        self.report.setToolTip(
            self.tr(
                "Write data, prompt, settings, figures, curves and errors of this run to one HTML "
                "file that a colleague reads without this program."
            )
            if judged
            else self.tr("Judge the run first: a report tells how good it is.")
        )

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        return self.run_box, self.split_box, self.button, self.report

    def retranslate(self) -> None:
        self._run_head.setText(self.tr("R&un:"))
        self.run_box.setAccessibleName(self.tr("Run"))
        self.run_box.setToolTip(self.tr("The run that is judged, the newest on top."))
        self._split_head.setText(self.tr("Rows to &look at:"))
        said = {
            "valid": self.tr("validation rows"),
            "test": self.tr("test rows"),
            FILE: self.tr("a labelled file"),
        }
        for place in range(self.split_box.count()):
            self.split_box.setItemText(place, said[self.split_box.itemData(place)])
        self.split_box.setAccessibleName(self.tr("Rows to look at"))
        self.split_box.setToolTip(
            self.tr(
                "Validation rows help to choose between runs. Test rows are for the last word: "
                "each further look makes their number a little less honest. A labelled file "
                "holds rows from elsewhere, with their true labels."
            )
        )
        self.report.setText(self.tr("&Write report…"))
        self.report.setAccessibleName(self.tr("Report of the run"))
        self.show_report(self._judged)
        self.peeks.setToolTip(
            self.tr(
                "Who chooses by the test rows over and over, fits to them in the end; use the "
                "validation rows to choose."
            )
        )
        self.progress.setFormat(phase_in_words(self._phase).replace("%", "%%"))
        self.show_peeks(not self.peeks.isHidden(), self._count)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
