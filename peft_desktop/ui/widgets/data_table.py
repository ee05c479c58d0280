"""A table of many rows whose header says, and lets one choose, what each column is for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from .table_model import TextTableModel

ROLES = ("text", "label", "group", "split", "id")
MOST_BOXES = 64  # combo boxes in the header; beyond that the menu of the table serves
_WIDEST = 460  # pixels that a column takes by itself
_NARROWEST = 96
_TEXT_AT_LEAST = 280
_COPIED_ROWS = 10_000


class _RoleBox(QComboBox):
    """Changes by a click or a key, never because the wheel passes over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class RoleHeader(QHeaderView):
    """Column names with a combo box under each. `chosen(column, role)`; role "" means none."""

    chosen = Signal(str, str)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.boxes: list[_RoleBox] = []
        self._roles: dict[str, str] = {}
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setMinimumSectionSize(_NARROWEST)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sectionResized.connect(self._place)
        self.geometriesChanged.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)

    def set_columns(self, names: list[str], roles: dict[str, str]) -> None:
        """`roles` maps column names to the role each plays."""
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = []
        for name in names[:MOST_BOXES]:
            box = _RoleBox(self.viewport())
            box.setObjectName(name)
            box.addItem("", "")
            for role in ROLES:
                box.addItem("", role)
            box.activated.connect(self._on_activated)
            self.boxes.append(box)
        self.retranslate()
        self.set_roles(roles)
        self._place()

    def set_roles(self, roles: dict[str, str]) -> None:
        self._roles = roles
        for box in self.boxes:
            box.setCurrentIndex(max(0, box.findData(roles.get(box.objectName(), ""))))

    def role_titles(self) -> dict[str, str]:
        return {
            "": self.tr("not used"),
            "text": self.tr("text"),
            "label": self.tr("label"),
            "group": self.tr("group"),
            "split": self.tr("split"),
            "id": self.tr("id"),
        }

    def retranslate(self) -> None:
        titles = self.role_titles()
        tip = self.tr(
            "Role of the column: text is what the model reads, label what it learns to say, "
            "group marks rows that belong together, split says train, valid or test, id names "
            "the row."
        )
        for box in self.boxes:
            for place in range(box.count()):
                box.setItemText(place, titles[box.itemData(place)])
            box.setToolTip(tip)
            box.setAccessibleName(
                self.tr("Role of the column {name}").format(name=box.objectName())
            )

    def box_of(self, column: str) -> QComboBox | None:
        return next((box for box in self.boxes if box.objectName() == column), None)

    def sizeHint(self) -> QSize:  # noqa: N802
        size = super().sizeHint()
        if self.boxes:
            size.setHeight(size.height() + self.boxes[0].sizeHint().height() + 4)
        return size

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _place(self) -> None:
        height = self.boxes[0].sizeHint().height() if self.boxes else 0
        top = self.height() - height - 3
        for section, box in enumerate(self.boxes):
            if section >= self.count():
                box.hide()
                continue
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            box.setGeometry(left + 3, top, width - 7, height)
            box.show()

    @Slot()
    def _on_activated(self) -> None:
        box = self.sender()
        if isinstance(box, _RoleBox):
            role = box.currentData()
            box.setCurrentIndex(max(0, box.findData(self._roles.get(box.objectName(), ""))))
            if role != self._roles.get(box.objectName(), ""):
                self.chosen.emit(box.objectName(), role)


class DataTable(QTableView):
    """The rows, as fast as Qt can: fixed heights, no wrapping, nothing asked beyond what shows.

    `role_chosen(column, role)` when the user gives a column a part to play.
    """

    role_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, roles: bool = True) -> None:
        super().__init__(parent)
        self._model = TextTableModel(self)
        self.setModel(self._model)
        self.header: RoleHeader | None = None
        if roles:
            self.header = RoleHeader(self)
            self.header.chosen.connect(self.role_chosen)
            self.setHorizontalHeader(self.header)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.customContextMenuRequested.connect(self._on_menu)
        else:
            self.horizontalHeader().setDefaultAlignment(
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
            self.horizontalHeader().setHighlightSections(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 8)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(False)

    @property
    def text_model(self) -> TextTableModel:
        return self._model

    def set_roles(self, roles: dict[str, str]) -> None:
        if self.header is not None:
            self.header.set_roles(roles)

    def refresh_columns(self, roles: dict[str, str]) -> None:
        """After another table was set: boxes and widths anew."""
        if self.header is not None:
            self.header.set_columns(self._model.names, roles)
        self._fit_columns(roles)

    def current_text(self, most: int) -> tuple[str, int]:
        """The first `most` characters of the current cell, and its whole length."""
        index = self.currentIndex()
        return self._model.full_text(index, most), self._model.full_length(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected rows as tab-separated text on the clipboard."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = []
        for row in rows[:_COPIED_ROWS]:
            cells = [
                self._model.full_text(self._model.index(row, column))
                for column in range(self._model.columnCount())
            ]
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _fit_columns(self, roles: dict[str, str]) -> None:
        """Widths from the first rows: what shows at once is measured, not all of it."""
        metrics = self.fontMetrics()
        columns, rows = self._model.columnCount(), min(50, self._model.rowCount())
        widths: list[int] = []
        for column in range(min(columns, MOST_BOXES)):
            wide = metrics.horizontalAdvance(self._model.names[column][:60]) + 24
            for row in range(rows):
                text = self._model.data(self._model.index(row, column))
                wide = max(wide, metrics.horizontalAdvance(text[:80]) + 16)
            widest = _WIDEST if roles.get(self._model.names[column]) == "text" else _WIDEST // 2
            widths.append(max(_NARROWEST, min(wide, widest)))
        self._widen_text(widths, roles)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _widen_text(self, widths: list[int], roles: dict[str, str]) -> None:
        """The text column takes the room that is left, or gives some up to the others."""
        names = self._model.names
        text = next((place for place, name in enumerate(names) if roles.get(name) == "text"), None)
        if text is None or len(names) > len(widths):
            return
        bar = self.verticalScrollBar()
        room = self.viewport().width() - sum(widths)
        room -= 0 if bar.isVisible() else bar.sizeHint().width()
        widths[text] = max(_TEXT_AT_LEAST, widths[text] + room)

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        """The role menu of the column under the mouse, or of the current one by the menu key."""
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
        menu = self.role_menu(index)
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(at))

    def role_menu(self, index: QModelIndex) -> QMenu | None:
        if not index.isValid() or self.header is None:
            return None
        name = self._model.names[index.column()]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = name if len(name) <= 40 else name[:40] + "…"
        title = menu.addAction(
            self.tr('The column "{name}" is').format(name=shown.replace("&", "&&"))
        )
        title.setEnabled(False)
        here = self.header._roles.get(name, "")
        for role, words in self.header.role_titles().items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(role == here)
            action.setData((name, role))
        menu.triggered.connect(self._on_role)
        return menu

    @Slot(QAction)
    def _on_role(self, action: QAction) -> None:
        if action.data():
            name, role = action.data()
            self.role_chosen.emit(name, role)
