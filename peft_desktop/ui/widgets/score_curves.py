"""The curves of judged rows: choose one and a label, read it as a table, save it as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.errors import UserError
from ...core.words import QT_TRANSLATE_NOOP
from ..wording import in_words, number, plain, translated

if TYPE_CHECKING:
    from ...evaluation.curves import Drawing
    from ...evaluation.scored import Scored
    from .score_plot import ScorePlot

KINDS = ("roc", "precision_recall", "calibration", "scores", "coverage")
_WITH_LABEL = ("roc", "precision_recall", "scores")
_LABEL_SHOWN = 40


class Answers(Protocol):
    """What curves are drawn of: `JudgedRows`, or as much of them."""

    @property
    def labels(self) -> list[str]: ...

    @property
    def scored(self) -> Scored: ...

    @property
    def temperature(self) -> float: ...


class ScoreCurves(QWidget):
    """`show_runs([(name, rows)])`: the curves of one run, or of several over each other.

    pyqtgraph is imported, and anything reckoned, only once this is seen.
    """

    failed = Signal(object)
    saved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[tuple[str, Answers]] = ()
        self._fresh = False
        self.plot: ScorePlot | None = None
        self.drawing: Drawing | None = None
        self._kind_head, self._label_head = QLabel(self), QLabel(self)
        self.kind, self.label = QComboBox(self), QComboBox(self)
        self._kind_head.setBuddy(self.kind)
        self._label_head.setBuddy(self.label)
        for kind in KINDS:
            self.kind.addItem("", kind)
        self.label.setMinimumContentsLength(14)
        self.as_table, self.save = QPushButton(self), QPushButton(self)
        self.as_table.setCheckable(True)
        self.table = QTableWidget(self)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self._note = plain(QLabel(self))
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        self.stack = QStackedWidget(self)
        for widget in (self._note, self.table):
            self.stack.addWidget(widget)
        bar = QHBoxLayout()
        for each in (self._kind_head, self.kind, self._label_head, self.label):
            bar.addWidget(each)
        bar.addStretch(1)
        bar.addWidget(self.as_table)
        bar.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.about)
        self.kind.currentIndexChanged.connect(self._draw)
        self.label.currentIndexChanged.connect(self._draw)
        self.as_table.toggled.connect(self._arrange)
        self.save.clicked.connect(self._ask_where)
        self.retranslate()

    def show_runs(self, runs: Sequence[tuple[str, Answers]]) -> None:
        """Rows with the same labels; none: nothing was judged yet."""
        self._runs, self._fresh = runs, True
        self._fill_labels()
        if self.isVisible():
            self._draw()

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        return (self.kind, self.label, self.as_table, self.save, self.table)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._fresh:
            self._draw()

    def _fill_labels(self) -> None:
        labels = self._runs[0][1].labels if self._runs else []
        chosen = self.label.currentText()
        with QSignalBlocker(self.label):
            self.label.clear()
            self.label.addItem(self.tr("all labels"), None)
            for place, label in enumerate(labels):
                short = " ".join(label[:_LABEL_SHOWN].split())
                self.label.addItem(short + ("…" if len(label) > _LABEL_SHOWN else ""), place)
            self.label.setCurrentIndex(max(0, self.label.findText(chosen)))

    @Slot()
    def _draw(self) -> None:
        if not self.isVisible():
            self._fresh = True
            return
        from ...evaluation.curves import drawing
        from ...evaluation.joined_curves import overlaid

        self._fresh = False
        kind, place = str(self.kind.currentData()), self.label.currentData()
        self.label.setEnabled(kind in _WITH_LABEL and bool(self._runs))
        names: tuple[str, ...] = ()
        if not self._runs:
            self.drawing = None
        elif len(self._runs) == 1:
            rows = self._runs[0][1]
            self.drawing = drawing(kind, rows.scored, place, rows.temperature)
        else:
            scored = [(name, rows.scored) for name, rows in self._runs]
            self.drawing, names = overlaid(kind, scored, place)
        if self.plot is None:
            from .score_plot import ScorePlot

            self.plot = ScorePlot(self)
            self.stack.addWidget(self.plot)
        self.plot.show_drawing(self.drawing, names)
        self.plot.setAccessibleName(self.kind.currentText())
        self._arrange()

    def _fill_table(self) -> None:
        found, table = self.drawing, self.table
        table.clearSpans()
        if found is None or self.plot is None:
            table.setRowCount(0)
            return
        x_name, y_name = (translated("engine", axis) for axis in found.axes)
        table.setColumnCount(4)
        table.setHorizontalHeaderLabels([self.tr("Curve"), x_name, y_name, self.tr("Rows")])
        table.setRowCount(sum(len(line.x) for line in found.lines))
        row = 0
        for place, line in enumerate(found.lines):
            name = self.plot.name_of(place, line)
            for point in range(len(line.x)):
                cells = [name, number(float(line.x[point]), 3), number(float(line.y[point]), 3), ""]
                if line.weight is not None:
                    cells[3] = number(int(line.weight[point]))
                for column, text in enumerate(cells):
                    item = QTableWidgetItem(text)
                    if column:
                        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                        item.setTextAlignment(side)
                    table.setItem(row, column, item)
                row += 1
        table.setColumnHidden(3, all(line.weight is None for line in found.lines))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    @Slot()
    def _arrange(self) -> None:
        found = self.drawing
        drawn = found is not None and bool(found.lines)
        if not drawn:
            why = found.note if found is not None else None
            none = self.tr(
                "Judge the run first; its curves are drawn from the answers to each row."
            )
            self._note.setText(none if why is None else in_words(why))
            self.stack.setCurrentWidget(self._note)
        elif self.as_table.isChecked():
            self._fill_table()
            self.stack.setCurrentWidget(self.table)
        elif self.plot is not None:
            self.stack.setCurrentWidget(self.plot)
        self.save.setEnabled(drawn)
        self.as_table.setEnabled(drawn)
        self.about.setText(self._abouts()[str(self.kind.currentData())] if drawn else "")

    @Slot()
    def _ask_where(self) -> None:
        name = f"{self.kind.currentData()}.svg"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the picture"), name, self.tr("Pictures (*.svg *.png)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """The plot as SVG or PNG, by the name's ending."""
        if self.plot is None or target.suffix.lower() not in (".svg", ".png"):
            self.failed.emit(
                UserError(
                    QT_TRANSLATE_NOOP("engine", "Pictures of this kind are not written."),
                    QT_TRANSLATE_NOOP("engine", "Let the name end in .svg or .png."),
                    file=target,
                )
            )
            return
        try:
            self.plot.save(target)
        except (UserError, OSError) as error:
            self.failed.emit(error)
            return
        self.saved.emit(str(target))

    def _abouts(self) -> dict[str, str]:
        return {
            "roc": self.tr(
                "Each point is a threshold: how many rows of the label are found, and how many "
                "others are taken for it. The dotted line is guessing; the nearer to the upper "
                "left corner the better."
            ),
            "precision_recall": self.tr(
                "Each point is a threshold: how many rows of the label are found, and how often "
                "it is right when it is said. It tells more than ROC where a label is rare."
            ),
            "calibration": self.tr(
                "On the dotted line the probabilities mean what they say; below it the model is "
                "too sure of itself. Points with few rows jump about: see the table."
            ),
            "scores": self.tr(
                "How the probabilities are spread. The less the two overlap, the better a "
                "threshold can part them."
            ),
            "coverage": self.tr(
                "How many answers are right if only the surest rows are answered and the rest is "
                "left to a person."
            ),
        }

    def retranslate(self) -> None:
        self._kind_head.setText(self.tr("C&urve:"))
        self._label_head.setText(self.tr("La&bel:"))
        said = {
            "roc": self.tr("ROC"),
            "precision_recall": self.tr("Precision and recall"),
            "calibration": self.tr("Calibration"),
            "scores": self.tr("Histogram of scores"),
            "coverage": self.tr("Coverage and accuracy"),
        }
        for place, kind in enumerate(KINDS):
            self.kind.setItemText(place, said[kind])
        self.kind.setAccessibleName(self.tr("Which curve"))
        self.kind.setToolTip(self.tr("Which curve of the judged rows to draw."))
        self.label.setAccessibleName(self.tr("Label of the curve"))
        self.label.setToolTip(
            self.tr("The label that is looked at against all others; or the commonest ones.")
        )
        self.as_table.setText(self.tr("As ta&ble"))
        self.as_table.setToolTip(self.tr("The same points as numbers, for reading and copying."))
        self.save.setText(self.tr("Save &picture…"))
        self.save.setToolTip(self.tr("Save the plot as SVG (for print) or PNG."))
        self.table.setAccessibleName(self.tr("Points of the curve"))
        self.setAccessibleName(self.tr("Curves of the judged rows"))
        if self.label.count():
            self.label.setItemText(0, self.tr("all labels"))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
