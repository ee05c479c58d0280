"""One finding: what it is, why it matters, what can be done, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..wording import in_words, number, plain, tip
from .data_table import DataTable
from .flow import Flow
from .label_keys import LabelKeys

if TYPE_CHECKING:
    from ...data.quality import Finding

MOST = 5000  # rows shown
_BY_HAND = QHeaderView.ResizeMode.Interactive
_LONGEST = 5000  # characters of a text below the table


class FindingView(QWidget):
    """`repair_asked(Repair)`, `exclude_asked(row ids)`, `label_asked(row ids, label)`."""

    repair_asked = Signal(object)
    exclude_asked = Signal(object)
    label_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._ids: list[int] = []
        self._why_not = ""
        self._columns: tuple[str, str | None] = ("", None)
        self.what, self.why = plain(QLabel(self)), plain(QLabel(self))
        font = self.what.font()
        font.setBold(True)
        self.what.setFont(font)
        for label in (self.what, self.why):
            label.setWordWrap(True)
        self._offers = QWidget(self)
        self._flow = Flow(self._offers)
        self.buttons: list[QPushButton] = []
        self.table = DataTable(self, roles=False)
        self.table.verticalHeader().hide()
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(4 * self.fontMetrics().height() + 12)
        self.keys = LabelKeys(self)
        self.keys.listen(self.table)
        self.keys.picked.connect(self._on_label)
        self.leave_out = QPushButton(self)
        self.leave_out.clicked.connect(self._on_leave_out)
        self._delete = QAction(self)
        self._delete.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self._delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete.triggered.connect(self._on_leave_out)
        self.table.addAction(self._delete)
        self.hint = plain(QLabel(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        for widget in (self.what, self.why, self._offers, self.hint):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.text)
        below = QHBoxLayout()
        below.addWidget(self.keys, 1)
        below.addWidget(self.leave_out, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(below)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.text_model.modelReset.connect(self._on_selected)
        self.retranslate()

    def fields(self) -> list[QWidget]:
        return [*self.buttons, self.table, self.text, *self.keys.buttons, self.leave_out]

    def show_finding(
        self,
        finding: Finding,
        table: Any,
        text: str,
        label: str | None,
        labels: Sequence[str],
        splits: dict[str, list[int]],
    ) -> None:
        """`table`: the project's rows; `labels`: those that rows can be given (none: no keys)."""
        self._finding, self._columns = finding, (text, label)
        self.keys.set_labels(labels)
        self._make_buttons(finding)
        self._ids = [int(row) for row in finding.rows[:MOST]]
        full, shown, numeric = _rows_of(
            table, self._ids, finding.groups[:MOST], text, label, splits, self._names()
        )
        self.table.text_model.set_table(shown, full, numeric)
        self.table.refresh_columns({})
        for widget in (self.table, self.leave_out, self.text):
            widget.setVisible(bool(self._ids))
        self.keys.setVisible(bool(self._ids and labels))
        if self._ids:
            place = full.column_names.index(self._names()["text"])
            self._fit(place)
            self.table.setCurrentIndex(self.table.text_model.index(0, place))
        self.retranslate()

    def _fit(self, text: int) -> None:
        """The text takes the room that numbers, label and split leave."""
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        for column in range(self.table.text_model.columnCount()):
            way = QHeaderView.ResizeMode.Stretch if column == text else _BY_HAND
            header.setSectionResizeMode(column, way)
            if column != text:
                wide = 120 if column == text + 1 and self._columns[1] else 64
                self.table.setColumnWidth(column, wide)

    def set_usable(self, why_not: str) -> None:
        """`why_not`: why nothing can be changed now; empty: it can."""
        self._why_not = why_not
        self.keys.set_usable(why_not)
        self._refresh()

    def selected(self) -> list[int]:
        """The ids of the chosen rows."""
        rows = self.table.selectionModel().selectedRows()
        return [self._ids[index.row()] for index in rows if index.row() < len(self._ids)]

    def _make_buttons(self, finding: Finding) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for number_, repair in enumerate(finding.repairs):
            button = QPushButton(self._offers)
            button.setObjectName(f"repair_{repair.kind}")
            button.setProperty("number", number_)
            button.clicked.connect(self._on_repair)
            self.buttons.append(button)
            self._flow.addWidget(button)
        self._offers.setVisible(bool(self.buttons))

    @Slot()
    def _on_repair(self) -> None:
        if self._finding is not None:
            number_ = int(self.sender().property("number"))
            self.repair_asked.emit(self._finding.repairs[number_])

    @Slot()
    def _on_leave_out(self) -> None:
        if self.selected() and not self._why_not:
            self.exclude_asked.emit(self.selected())

    @Slot(str)
    def _on_label(self, label: str) -> None:
        if self.selected() and not self._why_not:
            self.label_asked.emit(self.selected(), label)

    @Slot()
    def _on_selected(self) -> None:
        index = self.table.currentIndex()
        model = self.table.text_model
        text = ""
        if index.isValid() and self._names()["text"] in model.names:
            place = model.names.index(self._names()["text"])
            text = model.full_text(model.index(index.row(), place), _LONGEST)
        self.text.setPlainText(text)
        self._refresh()

    def _names(self) -> dict[str, str]:
        return {
            "row": self.tr("Row"),
            "group": self.tr("Group"),
            "split": self.tr("Split"),
            "text": self.tr("Text"),
            "label": self.tr("Label"),
        }

    def _refresh(self) -> None:
        count = len(self.selected())
        is_excluded = self._finding is not None and self._finding.kind == "excluded"
        self.leave_out.setText(
            self.tr("Leave out the chosen rows ({count})").format(count=number(count))
        )
        why = self._why_not or ("" if count else self.tr("Choose rows in the table first."))
        if is_excluded:
            why = self.tr("These rows are left out already.")
        self.leave_out.setEnabled(not why)
        self.leave_out.setToolTip(
            tip(
                why
                or self.tr(
                    "They stay in the data but in no split: no model learns from them or is "
                    "judged by them (Delete). Undo takes it back."
                )
            )
        )
        finding = self._finding
        for button, repair in zip(self.buttons, finding.repairs if finding else (), strict=False):
            button.setText(in_words(repair.title).replace("&", "&&"))
            button.setEnabled(not self._why_not)
            button.setToolTip(
                tip(
                    self._why_not
                    or self.tr(
                        "Changes {count} rows as one step; Undo (Ctrl+Z) takes it back."
                    ).format(count=number(len(repair.rows)))
                )
            )

    def retranslate(self) -> None:
        finding = self._finding
        if finding is not None:
            self.what.setText(in_words(finding.what))
            self.why.setText(in_words(finding.why))
        total = len(finding.rows) if finding is not None else 0
        said = self.tr("The first {shown} of {total} rows:").format(
            shown=number(len(self._ids)), total=number(total)
        )
        self.hint.setText(said)
        self.hint.setVisible(total > len(self._ids))
        self.table.setAccessibleName(self.tr("Rows of the finding"))
        self.table.setToolTip(
            self.tr("The rows that this is about; alike ones stand together in a group.")
        )
        self.text.setAccessibleName(self.tr("The whole text of the row"))
        self.text.setToolTip(self.tr("The whole text of the row that is chosen above."))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _rows_of(
    table: Any,
    ids: list[int],
    groups: Any,
    text: str,
    label: str | None,
    splits: dict[str, list[int]],
    names: dict[str, str],
) -> tuple[Any, Any, tuple[str, ...]]:
    import pyarrow as pa

    from ...data.store import rows_by_id
    from .table_model import cut_for_display

    wanted = set(ids)
    home = {row: name for name, of in splits.items() for row in of if row in wanted}
    columns = [text] + ([label] if label else [])
    found = rows_by_id(table, ids, columns)
    cells: dict[str, list[str]] = {names["row"]: [str(row + 1) for row in ids]}
    if len(groups):
        cells[names["group"]] = [str(int(group) + 1) for group in groups]
    cells[names["text"]] = [row[text] for row in found]
    if label:
        cells[names["label"]] = [row[label] for row in found]
    cells[names["split"]] = [home.get(row, "–") for row in ids]
    full = pa.table({name: pa.array(values, pa.string()) for name, values in cells.items()})
    return full, cut_for_display(full), (names["row"], names["group"])
