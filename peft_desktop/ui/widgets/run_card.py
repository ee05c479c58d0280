"""The card "what will happen": rows, steps, batch, weights, time, and the command to copy."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ..training_plan import Plan
from ..wording import duration, number, plain, size

_KEYS = ("rows", "steps", "weights", "time", "memory")


class RunCard(QGroupBox):
    """Shows a Plan; None when there is nothing to plan yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        layout = QFormLayout(self)
        layout.setVerticalSpacing(2)
        layout.setContentsMargins(10, 4, 10, 6)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._heads = {key: QLabel(self) for key in _KEYS}
        self._values = {key: plain(QLabel(self)) for key in _KEYS}
        for key in _KEYS:
            self._values[key].setWordWrap(True)
            layout.addRow(self._heads[key], self._values[key])
        self.command = QLineEdit(self)
        self.command.setReadOnly(True)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = QPushButton(self)
        self.copy.clicked.connect(self._copy)
        line = QHBoxLayout()
        line.addWidget(self.command, 1)
        line.addWidget(self.copy)
        self._command_head = QLabel(self)
        self._command_head.setBuddy(self.command)
        layout.addRow(self._command_head, line)
        self.retranslate()

    def show_plan(self, plan: Plan | None) -> None:
        if plan != self._plan:
            self._plan = plan
            self._fill()

    def texts(self) -> dict[str, str]:
        """What stands there, by line."""
        return {key: label.text() for key, label in self._values.items()}

    def _fill(self) -> None:
        plan = self._plan or Plan()
        self.command.setText(plan.command)
        self.command.setCursorPosition(0)
        self.copy.setEnabled(bool(plan.command))
        for key, said in self._said(plan).items():
            self._values[key].setText(said or "\u2013")
            self._values[key].setAccessibleName(f"{self._heads[key].text()} {said}")

    def _said(self, plan: Plan) -> dict[str, str]:
        rows = steps = weights = time = memory = ""
        if plan.train_rows:
            rows = self.tr("{train} to learn from, {valid} to validate").format(
                train=number(plan.train_rows), valid=number(plan.valid_rows)
            )
        if plan.steps:
            said = self.tr("{steps} at most, {rows} rows each; every row {epochs} times")
            if plan.accumulation > 1:
                said = self.tr(
                    "{steps} at most, {count} batches of {rows} rows each; every row {epochs} times"
                )
            steps = said.format(
                steps=number(plan.steps),
                count=number(plan.accumulation),
                rows=number(plan.batch_size),
                epochs=number(plan.epochs, 0 if plan.epochs >= 10 else 1),
            )
        if plan.trained and plan.parameters:
            weights = self.tr("{trained} trained ({percent} % of the model)").format(
                trained=number(plan.trained), percent=_percent(plan.trained / plan.parameters)
            )
        elif plan.train_rows:
            weights = self.tr("known when training begins")
        if plan.seconds:
            time = self.tr("about {time} at most, judging by an earlier run").format(
                time=duration(plan.seconds)
            )
        elif plan.train_rows:
            time = self.tr("known after the first steps")
        if plan.memory_bytes:
            said = self.tr("about {size}")
            if plan.memory_measured:
                said = self.tr("about {size}, judging by an earlier run")
            memory = said.format(size=size(plan.memory_bytes))
        return dict(zip(_KEYS, (rows, steps, weights, time, memory), strict=True))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())

    def retranslate(self) -> None:
        self.setTitle(self.tr("What will happen"))
        heads = (
            self.tr("Rows"),
            self.tr("Steps"),
            self.tr("Weights"),
            self.tr("Time"),
            self.tr("Memory"),
        )
        for key, head in zip(_KEYS, heads, strict=True):
            self._heads[key].setText(head)
            self._heads[key].setAlignment(Qt.AlignmentFlag.AlignTop)
        self._command_head.setText(self.tr("Command"))
        self.command.setAccessibleName(self.tr("Command"))
        self.command.setToolTip(self.tr("Does the same from a terminal, with the same settings."))
        self.copy.setText(self.tr("Cop&y"))
        self.copy.setToolTip(self.tr("Copies the command."))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _percent(share: float) -> str:
    """Two digits that count: 1.8, 0.34, 100."""
    value = 100 * share
    return number(value) if value >= 10 else number(value, 1 if value >= 1 else 2)
