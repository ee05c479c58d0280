"""Which rows teach, which choose, which judge: the counts, and a way to deal them out anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ..project_rows import SplitWish
from ..wording import number, plain

SHARES, PER_CLASS, COLUMN = 0, 1, 2
_BIGGEST_SEED = 2**31 - 1
_GROUP_SHOWN = 40  # characters


class SplitBox(QWidget):
    """`asked(SplitWish)` when the rows shall be dealt out anew."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._splits: dict[str, list[int]] = {}
        self._unused = 0
        self._now: SplitWish | None = None
        self._has_column = False
        self._labelled = False
        self._busy = False
        self._group = ""
        self._counts = QGridLayout()
        self._counts.setContentsMargins(0, 0, 0, 0)
        self._heads = [plain(QLabel(self)) for _ in range(4)]
        self._numbers = [plain(QLabel(self)) for _ in range(4)]
        for column, (head, figure) in enumerate(zip(self._heads, self._numbers, strict=True)):
            for row, label in enumerate((head, figure)):
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._counts.addWidget(label, row, column)
        self.mode = QComboBox(self)
        for _ in range(3):
            self.mode.addItem("")
        self.valid, self.test = _spin(self, 0, 90, 15), _spin(self, 0, 90, 15)
        self.per_class = _spin(self, 1, 100_000, 16)
        self.seed = _spin(self, 0, _BIGGEST_SEED, 42)
        self.button = QPushButton(self)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._labels = {name: plain(QLabel(self)) for name in ("mode", "shares", "k", "seed")}
        shares = QHBoxLayout()
        shares.addWidget(self.valid)
        shares.addWidget(self.test)
        last = QHBoxLayout()
        last.addWidget(self.seed, 1)
        last.addWidget(self.button, 1)
        for name, editor in (("mode", self.mode), ("k", self.per_class)):
            self._labels[name].setBuddy(editor)
            self._form.addRow(self._labels[name], editor)
        self._labels["shares"].setBuddy(self.valid)
        self._form.insertRow(1, self._labels["shares"], shares)
        self._labels["seed"].setBuddy(self.seed)
        self._form.addRow(self._labels["seed"], last)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._counts)
        layout.addLayout(self._form)
        self.together = plain(QLabel(self))
        self.together.setWordWrap(True)
        self.together.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.together)
        self.mode.currentIndexChanged.connect(self._refresh)
        for box in (self.valid, self.test, self.per_class, self.seed):
            box.valueChanged.connect(self._refresh)
        self.button.clicked.connect(self._on_clicked)
        self.retranslate()
        self._refresh()

    def fields(self) -> list[QWidget]:
        """What can be typed into or pressed, as one reads."""
        return [self.mode, self.valid, self.test, self.per_class, self.seed, self.button]

    def set_state(
        self,
        splits: dict[str, list[int]],
        total: int,
        now: SplitWish,
        has_column: bool,
        labelled: bool,
        group: str = "",
    ) -> None:
        """What is in force: row ids by split, all rows, the wish that the controls start at, and
        the column whose values keep rows together."""
        self._group = group
        self._splits = splits
        self._unused = max(0, total - sum(len(rows) for rows in splits.values()))
        self._has_column, self._labelled = has_column, labelled
        if now != self._now:
            self._now = now
            mode = COLUMN if now.by_column else SHARES if now.per_class is None else PER_CLASS
            boxes = (self.mode, self.valid, self.test, self.per_class, self.seed)
            for box in boxes:
                box.blockSignals(True)
            self.mode.setCurrentIndex(mode)
            self.valid.setValue(round(now.valid * 100))
            self.test.setValue(round(now.test * 100))
            self.per_class.setValue(now.per_class or self.per_class.value())
            self.seed.setValue(now.seed)
            for box in boxes:
                box.blockSignals(False)
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._refresh()

    def wish(self) -> SplitWish:
        mode = self.mode.currentIndex()
        return SplitWish(
            self.seed.value(),
            self.valid.value() / 100,
            self.test.value() / 100,
            self.per_class.value() if mode == PER_CLASS else None,
            mode == COLUMN,
        )

    def retranslate(self) -> None:
        titles = (self.tr("Train"), self.tr("Validation"), self.tr("Test"), self.tr("Unused"))
        for head, title in zip(self._heads, titles, strict=True):
            head.setText(title)
        self._heads[3].setToolTip(
            self.tr("Rows without a text or a label, or left over by the split: not used.")
        )
        modes = (
            self.tr("shares"),
            self.tr("K rows of each class"),
            self.tr("the split column"),
        )
        for place, title in enumerate(modes):
            self.mode.setItemText(place, title)
        self._labels["mode"].setText(self.tr("Split b&y"))
        self._labels["shares"].setText(self.tr("Held o&ut"))
        self._labels["k"].setText(self.tr("&K per class"))
        self._labels["seed"].setText(self.tr("&Seed"))
        self.valid.setPrefix(self.tr("valid. "))
        self.test.setPrefix(self.tr("test "))
        self.valid.setSuffix(self.tr(" %"))
        self.test.setSuffix(self.tr(" %"))
        self._tell(
            self.mode,
            self.tr("How to split"),
            self.tr(
                "By shares: stratified, each class in the same shares. K rows of each class: "
                "few-shot, K to train, K to validate, the rest to test."
            ),
        )
        self._tell(
            self.valid,
            self.tr("Validation share"),
            self.tr("Validation rows choose the best step while training; 10 to 20 % is usual."),
        )
        self._tell(
            self.test,
            self.tr("Test share"),
            self.tr("Test rows judge the model at the end and teach it nothing; 10 to 20 %."),
        )
        self._tell(
            self.per_class,
            self.tr("K, rows of each class"),
            self.tr("Few-shot: so many training rows of each class; 4 to 64 is usual."),
        )
        self._tell(
            self.seed,
            self.tr("Seed of the split"),
            self.tr("Decides which rows go where; the same seed gives the same split. 0 or more."),
        )
        self._refresh()

    def _tell(self, widget: QWidget, name: str, tip: str) -> None:
        widget.setAccessibleName(name)
        widget.setToolTip(tip)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _refresh(self) -> None:
        mode = self.mode.currentIndex()
        self._form.setRowVisible(1, mode == SHARES)
        self._form.setRowVisible(2, mode == PER_CLASS)
        self.valid.setMaximum(max(0, 95 - self.test.value()))
        self.test.setMaximum(max(0, 95 - self.valid.value()))
        figures = [len(self._splits.get(name, ())) for name in ("train", "valid", "test")]
        for label, figure in zip(self._numbers, [*figures, self._unused], strict=True):
            label.setText(number(figure))
        model = self.mode.model()
        item = getattr(model, "item", lambda place: None)(COLUMN)
        if item is not None:
            item.setEnabled(self._has_column)
        group = " ".join(self._group[:_GROUP_SHOWN].split())
        group += "…" if len(self._group) > _GROUP_SHOWN else ""
        said = self.tr("Rows with the same {column} stay in one split.").format(column=group)
        self.together.setText(said)
        self.together.setVisible(bool(self._group))
        why = ""
        if not self._labelled:
            why = self.tr("Choose a label column first.")
        elif self._busy:
            why = self.tr("The rows are being dealt out.")
        elif self._same() and self._splits:
            why = self.tr("The rows are split like this; change a value to split anew.")
        self.button.setEnabled(not why)
        self.button.setText(self.tr("Splitting...") if self._busy else self.tr("Split ane&w"))
        self.button.setToolTip(
            why or self.tr("Deals the rows out anew; Undo brings the old split back.")
        )

    def _same(self) -> bool:
        """Whether the controls say what is in force."""
        now, wish = self._now, self.wish()
        if now is None or (now.seed, now.per_class, now.by_column) != (
            wish.seed,
            wish.per_class,
            wish.by_column,
        ):
            return False
        shares = self.mode.currentIndex() == SHARES
        return not shares or (
            round(now.valid * 100) == self.valid.value()
            and round(now.test * 100) == self.test.value()
        )

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self.wish())


def _spin(parent: QWidget, low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox(parent)
    box.setRange(low, high)
    box.setValue(value)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setKeyboardTracking(False)
    return box
