"""Column names, the order of the rows by a column, and what each column is for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QStyleOptionHeader, QTableView

ROLES = ("text", "label", "group", "split", "id")
MOST_BOXES = 64  # combo boxes in the header; beyond that the menu of the table serves
_NARROWEST = 96  # pixels


class _RoleBox(QComboBox):
    """Changes by a click or a key, never because the wheel passes over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class RoleHeader(QHeaderView):
    """Column names with a combo box under each. `chosen(column, role)`; role "" means none.

    `sorted(section, descending)` when the user clicks on a name: rising, falling, and at the
    third click section -1, the order of the file.
    """

    chosen = Signal(str, str)
    sorted = Signal(int, bool)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.boxes: list[_RoleBox] = []
        self._roles: dict[str, str] = {}
        self._asks = False
        self._used: frozenset[str] = frozenset()
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setMinimumSectionSize(_NARROWEST)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.clear_order()
        self.sortIndicatorChanged.connect(self._on_sort)
        self.sectionResized.connect(self._place)
        self.geometriesChanged.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)

    def clear_order(self) -> None:
        """No arrow, and nobody is told."""
        blocked = self.blockSignals(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.blockSignals(blocked)
        self.viewport().update()

    def turn_order(self, section: int) -> None:
        """What a click on the name of the section does."""
        rising, falling = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if self.sortIndicatorSection() != section:
            self.setSortIndicator(section, rising)
        elif self.sortIndicatorOrder() == rising:
            self.setSortIndicator(section, falling)
        else:
            self.setSortIndicator(-1, rising)

    @property
    def order(self) -> tuple[int, bool]:
        """The section that the rows are sorted by (-1: none) and whether they fall."""
        falling = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return self.sortIndicatorSection(), falling

    def initStyleOptionForIndex(  # noqa: N802
        self, option: QStyleOptionHeader, logical_index: int
    ) -> None:
        """The arrow stands before the name: where Qt draws it, a combo box hides it."""
        super().initStyleOptionForIndex(option, logical_index)
        if logical_index == self.sortIndicatorSection():
            falling = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            option.sortIndicator = QStyleOptionHeader.SortIndicator.None_
            option.text = ("▼ " if falling else "▲ ") + option.text

    @Slot()
    def _on_sort(self) -> None:
        self.sorted.emit(*self.order)

    def set_question(self, asks: bool) -> None:
        """Whether a column can hold the questions that are asked of the texts."""
        if asks == self._asks:
            return
        self._asks = asks
        for box in self.boxes:
            if asks:
                box.insertItem(2, "", "question")
            else:
                box.removeItem(box.findData("question"))
        self.retranslate()
        self.set_roles(self._roles)

    def set_used(self, names: frozenset[str]) -> None:
        """The columns that the prompt names: without a role they are read all the same."""
        if names != self._used:
            self._used = names
            self.retranslate()

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
            for role in self.role_titles():
                if role:
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
        titles = {"": self.tr("not used"), "text": self.tr("text")}
        if self._asks:
            titles["question"] = self.tr("question")
        return titles | {
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
                read = not box.itemData(place) and box.objectName() in self._used
                box.setItemText(
                    place, self.tr("in the prompt") if read else titles[box.itemData(place)]
                )
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
