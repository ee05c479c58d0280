"""A cell editor whose text counts with each key stroke, not only when it is left."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex
_TRIGGER = QAbstractItemView.EditTrigger


def edit_at_a_click(view: QAbstractItemView) -> None:
    """A click, F2 or just typing opens a cell; the arrow and Tab keys only pass over it."""
    view.setEditTriggers(_TRIGGER.EditKeyPressed | _TRIGGER.AnyKeyPressed | _TRIGGER.DoubleClicked)
    view.clicked.connect(view.edit)


class LiveCells(QStyledItemDelegate):
    """The model gets the text as it is typed; it may store it in another form, and the editor
    keeps what was typed as long as it is open."""

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        editor.textEdited.connect(self._typed)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(  # noqa: N802
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    @Slot()
    def _typed(self) -> None:
        editor = self.sender()
        if isinstance(editor, QLineEdit):
            self.commitData.emit(editor)
