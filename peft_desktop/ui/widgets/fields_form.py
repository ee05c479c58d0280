"""A form that draws itself from a settings class."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from ...core.fields import Field, Settings, fields_of
from ..wording import plain, tip, translated
from .editors import UNITS, ChoiceBox, Editor, ValueLine, editor_for, written

_EDITOR_WIDTH = 150
_ROW_GAP = 4  # a small screen shall show the form and what will happen at once


@dataclass(slots=True)
class _Row:
    field: Field
    label: QLabel
    editor: Editor
    complaint: QLabel
    shown: Any = None
    wrong: bool = False
    off: str = ""


class FieldsForm(QWidget):
    """Draws the fields `only` (all but `without`) of `settings`; values go in with `set_values`.

    `edited(name, value)`: the user gave a value that the setting takes. `wrong_changed()`: the
    number of fields whose text is no value is another; it stands in `wrong`.
    """

    edited = Signal(str, object)
    wrong_changed = Signal()

    def __init__(
        self,
        settings: type[Settings],
        parent: QWidget | None = None,
        *,
        main: bool | None = None,
        without: Collection[str] = (),
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, _Row] = {}
        self._defaults: Mapping[str, Any] = {}
        self._layout = layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(_ROW_GAP)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        layout.setFormAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for field in fields_of(settings):
            if field.name in without or (main is not None and field.main != main):
                continue
            self.rows[field.name] = self._row(settings, field, layout)
        self.retranslate()

    def _row(self, settings: type[Settings], field: Field, layout: QFormLayout) -> _Row:
        editor = editor_for(settings, field, self)
        editor.setObjectName(field.name)
        editor.setFixedWidth(_EDITOR_WIDTH)
        editor.set_value(field.default)
        label = plain(QLabel(self))
        label.setBuddy(editor)
        complaint = plain(QLabel(self))
        complaint.setWordWrap(True)
        layout.addRow(label, editor)
        layout.addRow(complaint)
        layout.setRowVisible(complaint, False)
        row = _Row(field, label, editor, complaint, shown=field.default)
        editor.edited.connect(lambda value: self._taken(row, value))
        if isinstance(editor, ValueLine):
            editor.refused.connect(lambda: self._mark(row, True))
        return row

    @property
    def wrong(self) -> list[str]:
        """The fields whose text the setting does not take."""
        return [name for name, row in self.rows.items() if row.wrong]

    def set_values(self, values: Mapping[str, Any], force: bool = False) -> None:
        """Show these values, defaults where there is none. What the user is typing stays, unless
        its value has changed meanwhile (undo) or `force` says that this is another project."""
        for name, row in self.rows.items():
            value = values.get(name, row.field.default)
            if not force and row.shown == value and type(row.shown) is type(value):
                continue
            row.shown = value
            with QSignalBlocker(row.editor):
                row.editor.set_value(value)
            self._mark(row, False)

    def set_defaults(self, defaults: Mapping[str, Any]) -> None:
        """What an empty field stands for, shown in grey."""
        self._defaults = dict(defaults)
        self._placeholders()

    def set_shown(self, name: str, shown: bool) -> None:
        """Leave out a field that means nothing here, or bring it back; its value stays."""
        row = self.rows.get(name)
        if row is not None:
            self._layout.setRowVisible(row.editor, shown)
            self._layout.setRowVisible(row.complaint, shown and name in self.wrong)

    def set_off(self, name: str, why: str) -> None:
        """Grey a field out with the reason, or give it back with an empty one."""
        row = self.rows.get(name)
        if row is not None and row.off != why:
            row.off = why
            row.editor.setEnabled(not why)
            self._tips(row)

    def _taken(self, row: _Row, value: Any) -> None:
        self._mark(row, False)
        row.shown = value
        self.edited.emit(row.field.name, value)

    def _mark(self, row: _Row, wrong: bool) -> None:
        if wrong:
            row.complaint.setText("\u2716 " + self._answer(row.field))
        self._layout.setRowVisible(row.complaint, wrong)
        if row.wrong != wrong:
            row.wrong = wrong
            self._tips(row)
            self.wrong_changed.emit()

    def _answer(self, field: Field) -> str:
        said = self.tr("Give a whole number.") if field.kind is int else self.tr("Give a number.")
        if span := self._range(field):
            said += " " + self.tr("It may be {range}.").format(range=span)
        if field.typical:
            said += " " + self.tr("Usual: {typical}.").format(typical=field.typical)
        return said

    def _range(self, field: Field) -> str:
        if field.low is not None and field.high is not None:
            return self.tr("{low} to {high}").format(
                low=_number(field.low), high=_number(field.high)
            )
        if field.low is not None:
            return self.tr("{low} or more").format(low=_number(field.low))
        return ""

    def retranslate(self) -> None:
        for row in self.rows.values():
            said = translated("settings", row.field.label)
            row.editor.setAccessibleName(said)
            if row.field.unit:
                unit = translated("settings", UNITS.get(row.field.unit, row.field.unit))
                said = self.tr("{name} ({unit})").format(name=said, unit=unit)
            row.label.setText(said)
            if isinstance(row.editor, ChoiceBox):
                row.editor.retranslate()
            if row.wrong:
                row.complaint.setText("\u2716 " + self._answer(row.field))
            self._tips(row)
        self._placeholders()

    def _placeholders(self) -> None:
        for name, row in self.rows.items():
            if isinstance(row.editor, ValueLine) and row.field.optional:
                default = self._defaults.get(name)
                said = self.tr("automatic") if default is None else written(default)
                row.editor.setPlaceholderText(said)

    def _tips(self, row: _Row) -> None:
        parts = [row.off] if row.off else []
        parts.append(translated("settings", row.field.help))
        if span := self._range(row.field):
            parts.append(self.tr("Range: {range}.").format(range=span))
        if row.field.typical:
            parts.append(self.tr("Usual: {typical}.").format(typical=row.field.typical))
        parts.append(self.tr("On the command line: {name}").format(name=row.field.name))
        said = " ".join(parts)
        row.editor.setToolTip(tip(said))
        row.label.setToolTip(tip(said))
        row.editor.setAccessibleDescription(row.complaint.text() if row.wrong else said)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10_000 else f"{value:g}"
