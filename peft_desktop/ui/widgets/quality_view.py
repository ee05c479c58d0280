"""The quality of the data: findings at the left, the chosen one with its rows at the right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QStyle,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..data_desk import Checked
from ..phases import phase_in_words
from ..wording import in_words, number, plain, tip
from .finding_view import FindingView
from .quality_overview import QualityOverview

if TYPE_CHECKING:
    from ...core.project import ProjectFile
    from ...data.quality import Finding

_OVERVIEW = 0  # the row of the list that is no finding


class QualityView(QWidget):
    """`check_asked`, `stop_asked`; the repairs are the `finding`'s signals."""

    check_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: Checked | None = None
        self._file: ProjectFile | None = None
        self._findings: list[Finding] = []
        self._checking = self._stale = False
        self._phase = ""
        self.summary = plain(QLabel(self))
        self.progress = QProgressBar(self)
        self.progress.setMaximumWidth(180)
        self.progress.setTextVisible(False)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._on_button)
        bar = QHBoxLayout()
        bar.addWidget(self.summary, 1)
        bar.addWidget(self.progress)
        bar.addWidget(self.button)
        self.list = _FindingList(self)
        self.overview, self.finding = QualityOverview(self), FindingView(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.finding)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self._stack)
        halves.setStretchFactor(1, 1)
        halves.setSizes([330, 620])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(halves, 1)
        self.list.currentCellChanged.connect(self._on_chosen)
        self.show_checked(None, None)
        self.retranslate()

    def order_tabs(self) -> None:
        order = [self.button, self.list, *self.overview.fields(), *self.finding.fields()]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    # -- what is shown ----------------------------------------------------------------------

    def show_checked(self, checked: Checked | None, file: ProjectFile | None) -> None:
        """The findings anew; the kind that was chosen stays chosen."""
        row = self.list.currentRow()
        old = self._findings[row - 1].kind if 0 < row <= len(self._findings) else ""
        self._checked, self._file, self._stale = checked, file, False
        self._findings = list(checked.report.findings) if checked is not None else []
        self.overview.show_checked(checked)
        self.list.show_findings(self._overview_name(), self._findings)
        kinds = [finding.kind for finding in self._findings]
        self.list.setCurrentCell(kinds.index(old) + 1 if old in kinds else _OVERVIEW, 1)
        self._on_chosen()
        self._tell()

    def set_checking(self, checking: bool) -> None:
        self._checking = checking
        if checking:
            self._phase = ""
            self.progress.setRange(0, 0)
        self._tell()

    def set_progress(self, phase: str, done: int, total: int) -> None:
        if phase:
            self._phase = phase
            self.progress.setRange(0, 0)
        elif total:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
        self._tell()

    def set_stale(self) -> None:
        """The data is another now than what was checked."""
        self._stale = self._checked is not None
        self._tell()

    @Slot()
    def _on_chosen(self) -> None:
        row = self.list.currentRow()
        checked, file = self._checked, self._file
        if row <= _OVERVIEW or checked is None or file is None or row > len(self._findings):
            self._stack.setCurrentWidget(self.overview)
        else:
            labels = file.labels if file.task == "classification" and file.roles.label else []
            self.finding.show_finding(
                self._findings[row - 1],
                checked.table,
                file.roles.text,
                file.roles.label,
                labels,
                file.splits,
            )
            self._stack.setCurrentWidget(self.finding)
        self.order_tabs()

    @Slot()
    def _on_button(self) -> None:
        (self.stop_asked if self._checking else self.check_asked).emit()

    # -- texts ------------------------------------------------------------------------------

    def _overview_name(self) -> str:
        return self.tr("Overview")

    def _tell(self) -> None:
        self.progress.setVisible(self._checking)
        self.button.setText(self.tr("S&top") if self._checking else self.tr("&Check again"))
        self.button.setToolTip(
            self.tr("Stops the check; what was found before stays.")
            if self._checking
            else self.tr("Looks at all rows once more, as they are now.")
        )
        self.summary.setText(self._in_words())

    def _in_words(self) -> str:
        if self._checking:
            return self.tr("Checking: {phase}").format(
                phase=phase_in_words(self._phase or "reading")
            )
        if self._checked is None:
            return self.tr("Not checked yet")
        report = self._checked.report
        said = self.tr("{rows} rows checked, {findings} findings").format(
            rows=number(report.rows), findings=number(len(report.findings))
        )
        if report.excluded:
            said += self.tr("; {count} rows left out").format(count=number(report.excluded))
        return said + (self.tr(" (of the data as it was before)") if self._stale else "")

    def retranslate(self) -> None:
        self.list.retranslate()
        self.list.show_findings(self._overview_name(), self._findings)
        self.progress.setAccessibleName(self.tr("How far the check is"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            row = self.list.currentRow()
            self.retranslate()
            self.list.setCurrentCell(max(0, row), 1)
        super().changeEvent(event)


class _FindingList(QTableWidget):
    """How much it matters (a sign and a word), what was found, how many rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setIconSize(QSize(16, 16))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.setColumnWidth(0, 28)
        header.sectionResized.connect(self._on_resized)

    def show_findings(self, overview: str, findings: list[Finding]) -> None:
        row = self.currentRow()
        blocked = self.blockSignals(True)
        self.setRowCount(len(findings) + 1)
        self._set(0, "", overview, "", "")
        for place, finding in enumerate(findings, 1):
            text = in_words(finding.what)
            count = number(len(finding.rows)) if len(finding.rows) else ""
            self._set(place, finding.severity, text, count, in_words(finding.why))
        self.setCurrentCell(min(max(row, 0), len(findings)), 1)
        self.blockSignals(blocked)
        self._fit()

    def _set(self, row: int, severity: str, text: str, count: str, why: str) -> None:
        icons = {
            "lies": QStyle.StandardPixmap.SP_MessageBoxCritical,
            "harms": QStyle.StandardPixmap.SP_MessageBoxWarning,
            "note": QStyle.StandardPixmap.SP_MessageBoxInformation,
        }
        words = {
            "lies": self.tr("Makes the figures lie"),
            "harms": self.tr("May harm the model"),
            "note": self.tr("Good to know"),
        }
        sign = QTableWidgetItem()
        if severity:
            sign.setIcon(self.style().standardIcon(icons[severity]))
            sign.setToolTip(words[severity])
            sign.setData(Qt.ItemDataRole.AccessibleTextRole, words[severity])
        said = QTableWidgetItem(text)
        said.setToolTip(tip(f"{words[severity]}: {why}" if severity else text))
        rows = QTableWidgetItem(count)
        rows.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, item in enumerate((sign, said, rows)):
            self.setItem(row, column, item)

    @Slot(int, int, int)
    def _on_resized(self, section: int, before: int, after: int) -> None:
        if section == 1:
            self._fit()

    def _fit(self) -> None:
        """Each line as high as its sentence."""
        width = self.columnWidth(1) - 16  # what the style keeps free around a text
        for row in range(self.rowCount()):
            item = self.item(row, 1)
            if item is None or width < 40:
                continue
            page = QTextDocument()
            page.setDefaultFont(self.font())
            page.setDocumentMargin(3)
            page.setPlainText(item.text())
            page.setTextWidth(width)
            self.setRowHeight(row, int(page.size().height()) + 6)

    def retranslate(self) -> None:
        self.setHorizontalHeaderLabels(["", self.tr("Finding"), self.tr("Rows")])
        self.setAccessibleName(self.tr("Findings"))
        self.setToolTip(
            self.tr("What was found, what makes figures lie first; the rows show at the right.")
        )
