"""Which task a new project is for: guessed from the table, with the reason, and changeable."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...tasks import TASKS
from ..import_plan import Preview
from ..task_words import task_summary, task_titles
from ..wording import in_words, plain, without_key

_NAME_SHOWN = 80  # characters


class TaskForm(QWidget):
    """`chosen` when the user takes another task, `asked` when another question column."""

    chosen = Signal()
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Preview | None = None
        self._picked = False  # by the user, who is not overruled
        self.task, self.question = QComboBox(self), QComboBox(self)
        self._task_head, self._question_head = QLabel(self), QLabel(self)
        self._task_head.setBuddy(self.task)
        self._question_head.setBuddy(self.question)
        for task in TASKS:
            self.task.addItem("", task.name)
        self.task.activated.connect(self._pick)
        self.question.activated.connect(self.asked)
        self.about = plain(QLabel(self))
        self.about.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self._task_head)
        line.addWidget(self.task)
        line.addSpacing(12)
        line.addWidget(self._question_head)
        line.addWidget(self.question)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(line)
        layout.addWidget(self.about)
        self.retranslate()

    @property
    def name(self) -> str:
        """The task that is chosen."""
        return str(self.task.currentData())

    @property
    def by_user(self) -> bool:
        """Whether the user chose the task, and it is not only guessed."""
        return self._picked

    @property
    def needs_question(self) -> bool:
        return any(task.name == self.name and task.needs_question for task in TASKS)

    def show_found(self, found: Preview | None, columns: bool = False) -> None:
        """Take over the guess, unless the user chose; `columns`: there are other columns."""
        self._found = found
        if found is not None and not self._picked:
            self._set(found.task)
        if found is not None and columns:
            self._fill_questions(found)
        self._tell()

    def _set(self, name: str) -> None:
        with QSignalBlocker(self.task):
            self.task.setCurrentIndex(max(0, self.task.findData(name)))

    def _fill_questions(self, found: Preview) -> None:
        chosen = self.question.currentData()
        self.question.clear()
        for name in found.columns:
            short = " ".join(name[: 4 * _NAME_SHOWN].split())
            self.question.addItem(
                short[:_NAME_SHOWN] + ("…" if len(name) > _NAME_SHOWN else ""), name
            )
        guess = found.guesses.get("question_answering")
        guessed = guess.roles.question if guess is not None else None
        wanted = chosen if chosen in found.columns else guessed
        place = self.question.findData(wanted) if wanted else -1
        self.question.setCurrentIndex(max(0, place))

    @Slot()
    def _pick(self) -> None:
        self._picked = True
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        found = self._found
        for widget in (self._question_head, self.question):
            widget.setVisible(self.needs_question)
        said = task_summary(self.name)
        guess = found.guesses.get(self.name) if found is not None else None
        if found is not None and guess is not None and self.name == found.task:
            told = self.tr("Guessed: {reason}.").format(reason=in_words(guess.reason))
            said = f"{told} {said}".strip()
        self.about.setText(said)
        self.task.setEnabled(found is not None)

    def retranslate(self) -> None:
        self._task_head.setText(self.tr("Tas&k"))
        self.task.setAccessibleName(without_key(self._task_head.text()))
        self.task.setToolTip(
            self.tr(
                "What the model shall learn to do with each text. Guessed from the table; choose "
                "another where the guess is wrong."
            )
        )
        titles = task_titles()
        for place in range(self.task.count()):
            self.task.setItemText(place, titles[self.task.itemData(place)])
        self._question_head.setText(self.tr("&Question column"))
        self.question.setAccessibleName(without_key(self._question_head.text()))
        self.question.setToolTip(
            self.tr("The column with the questions that are asked of the texts.")
        )
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
