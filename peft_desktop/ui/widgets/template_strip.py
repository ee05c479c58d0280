"""Which of a prompt's templates is on show, and buttons for one more and one fewer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget

from ..wording import tip

_MOST = 16  # more cost more time than they bring


class TemplateStrip(QWidget):
    """`chosen(number)` when another template shall be shown, `added()` and `removed(number)`."""

    chosen = Signal(int)
    added = Signal()
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._templates: list[str] = []
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs.currentChanged.connect(self._on_current)
        self.add = QToolButton(self)
        self.add.clicked.connect(self.added)
        self.remove = QToolButton(self)
        self.remove.clicked.connect(self._on_remove)
        for button in (self.add, self.remove):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setMinimumWidth(self.tabs.sizeHint().height())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addStretch(1)
        layout.addWidget(self.tabs)
        layout.addWidget(self.add)
        layout.addWidget(self.remove)
        QWidget.setTabOrder(self.tabs, self.add)
        QWidget.setTabOrder(self.add, self.remove)
        self.retranslate()

    def set_templates(self, templates: list[str], current: int) -> None:
        """Show these; with one only there are no tabs."""
        self._templates = list(templates)
        self.tabs.blockSignals(True)
        while self.tabs.count() > len(templates):
            self.tabs.removeTab(self.tabs.count() - 1)
        while self.tabs.count() < len(templates):
            self.tabs.addTab("")
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(False)
        self._name()

    @Slot(int)
    def _on_current(self, number: int) -> None:
        if number >= 0:
            self.chosen.emit(number)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self.tabs.currentIndex())

    def _name(self) -> None:
        several = len(self._templates) > 1
        self.tabs.setVisible(several)
        self.remove.setVisible(several)
        for number, template in enumerate(self._templates):
            blank = not template.strip()
            self.tabs.setTabText(number, f"{number + 1} ✎" if blank else f"{number + 1}")
            named = self.tr("Template {number}").format(number=number + 1)
            self.tabs.setAccessibleTabName(number, named)
            self.tabs.setTabToolTip(
                number, self.tr("Still to be written.") if blank else tip(template)
            )
        full = len(self._templates) >= _MOST
        self.add.setEnabled(not full)
        self.add.setToolTip(
            self.tr("There are {count} templates; more would cost time and bring nothing.").format(
                count=_MOST
            )
            if full
            else self.tr(
                "Asks in several ways (template ensemble): training draws one template for each "
                "row, a prediction is the mean of all. It costs their number in time."
            )
        )

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(self.tr("Templates of this prompt"))
        self.tabs.setToolTip(self.tr("The template that is shown and edited below."))
        self.add.setText("+")
        self.add.setAccessibleName(self.tr("Add a template"))
        self.remove.setText("−")
        self.remove.setAccessibleName(self.tr("Remove this template"))
        self.remove.setToolTip(self.tr("Takes the template on show away; undo brings it back."))
        self._name()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
