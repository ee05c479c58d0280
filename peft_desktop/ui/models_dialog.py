"""The models on this computer: which there are, what each can do, add one, remove one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..core.events import Event, Finished, PhaseChanged, Progressed, Stepped, Warned
from ..core.ports import Events
from ..core.words import Sentence
from .adapt_dialog import AdaptDialog
from .errands import Errands
from .help_desk import with_help
from .model_words import card_in_words, family_in_words, parameters_in_words
from .pages.page import Surroundings
from .phases import phase_in_words
from .questions import Questions
from .widgets.notices import Notices
from .wording import duration, in_words, number, plain, size, tip, translated

_NAME = Qt.ItemDataRole.UserRole


class ModelsDialog(QDialog):
    """Lists the library; adding runs as a piece of work, like everything that takes long.

    `library_changed`: a model came or went.
    """

    library_changed = Signal()

    def __init__(
        self,
        around: Surroundings,
        questions: Questions | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._questions = questions or Questions(self)
        self._errands = Errands(self)
        self._cards: dict[str, Any] = {}
        self._wanted = ""
        self._tips: dict[QPushButton, str] = {}
        self.setAcceptDrops(True)
        self._sentence = plain(QLabel(self))
        self._sentence.setWordWrap(True)
        self.notices = Notices(self)
        self.list = QTreeWidget(self)
        self.list.setColumnCount(5)
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(True)
        self.list.itemSelectionChanged.connect(self._show_details)
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.add_folder = QPushButton(self)
        self.add_file = QPushButton(self)
        self.install = QPushButton(self)
        self.remove = QPushButton(self)
        self.adapt = QPushButton(self)
        self.add_folder.clicked.connect(self._choose_folder)
        self.add_file.clicked.connect(self._choose_file)
        self.adapt.clicked.connect(self._choose_texts)
        self.install.setMenu(QMenu(self.install))
        self.install.menu().setToolTipsVisible(True)
        self.install.menu().triggered.connect(self._install)
        self.remove.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        for button in (self.add_folder, self.add_file, self.adapt, self.install, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.progress = QProgressBar(self)
        self._phase = plain(QLabel(self))
        self._stop = QPushButton(self)
        self._stop.clicked.connect(around.work.stop)
        working = QHBoxLayout()
        for widget in (self._phase, self.progress, self._stop):
            working.addWidget(widget)
        self._close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._sentence)
        layout.addWidget(self.notices)
        layout.addWidget(self.list, 3)
        layout.addWidget(self.details, 2)
        layout.addLayout(buttons)
        layout.addLayout(working)
        layout.addWidget(self._close)
        self.resize(820, 560)
        self._show_working(False)
        around.work.started.connect(self._update_buttons)
        around.work.ended.connect(self._update_buttons)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Read the library anew, beside the window's thread: a new folder is hashed first."""
        library = self._around.library
        self._errands.run("list", lambda ask: library.list(), self._on_listed, self.notices.error)

    def add(self, source: Path) -> None:
        """Add a model folder or a GGUF file."""
        self._work(
            self.tr("Adding the model {name}").format(name=source.name),
            self._around.tuner.add_model(source),
        )

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Models"))
        self._sentence.setText(
            self.tr(
                "Base models that can be fine-tuned. Drop a model folder (config.json and "
                "safetensors) or a GGUF file here to add it; it is copied."
            )
        )
        self.list.setHeaderLabels(
            [
                self.tr("Model"),
                self.tr("Kind"),
                self.tr("Parameters"),
                self.tr("On disk"),
                self.tr("Usable"),
            ]
        )
        self.list.setAccessibleName(self.tr("Models on this computer"))
        self.details.setAccessibleName(self.tr("Details of the chosen model"))
        self.progress.setAccessibleName(self.tr("Progress"))
        self._tips = {}
        for button, text, said in (
            (
                self.add_folder,
                self.tr("Add &folder..."),
                self.tr("A Hugging Face folder with config.json, tokenizer.json, safetensors."),
            ),
            (
                self.add_file,
                self.tr("Add &GGUF..."),
                self.tr("A .gguf file; its weights and tokenizer are unpacked into the library."),
            ),
            (
                self.adapt,
                self.tr("Ada&pt to texts..."),
                self.tr("Lets a model read on in texts without labels; it becomes a new model."),
            ),
            (
                self.install,
                self.tr("&Install a starter model"),
                self.tr(
                    "Puts a model that came with the program into the library; nothing is "
                    "downloaded."
                ),
            ),
        ):
            button.setText(text)
            self._tips[button] = said
        self._stop.setText(self.tr("S&top"))
        self._stop.setToolTip(self.tr("Nothing stays behind of what was begun."))
        self.remove.setText(self.tr("&Remove..."))
        self._on_listed(list(self._cards.values()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.add(Path(urls[0].toLocalFile()))

    def _on_listed(self, cards: list[Any]) -> None:
        wanted = self._wanted or self._chosen()
        self._cards = {card.name: card for card in cards}
        self.list.clear()
        for card in cards:
            item = QTreeWidgetItem(self.list)
            usable = card.refusal is None
            item.setData(0, _NAME, card.name)
            item.setText(0, card.name)
            item.setText(1, family_in_words(card.family))
            item.setText(2, parameters_in_words(card.parameters) if usable else "")
            item.setText(3, size(card.size_bytes))
            item.setText(4, self.tr("\u2714 yes"))
            for column in (2, 3):
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(column, right)
            if not usable:
                said = card.refusal.error().in_words(translated)
                item.setText(4, self.tr("\u2716 no: {why}").format(why=said))
                for column in range(5):
                    item.setToolTip(column, tip(said))
            if card.name == wanted:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._show_details()
        self._offer_starters()

    def _offer_starters(self) -> None:
        menu = self.install.menu()
        menu.clear()
        for name, about in self._around.library.starters().items():
            if name not in self._cards:
                action = menu.addAction(name)
                action.setData(name)
                action.setToolTip(tip(in_words(Sentence(about, {}))))
        self.install.setVisible(not menu.isEmpty())

    def _chosen(self) -> str:
        items = self.list.selectedItems()
        return str(items[0].data(0, _NAME)) if items else ""

    @Slot()
    def _show_details(self) -> None:
        card = self._cards.get(self._chosen())
        self.details.setPlainText(
            card_in_words(card) if card is not None else self.tr("There is no model here yet.")
        )
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        busy = self._around.work.busy
        waiting = self.tr("Wait until the work that is going on is done.")
        for button, said in self._tips.items():
            button.setEnabled(not busy)
            button.setToolTip(waiting if busy else tip(said))
        chosen = self._chosen()
        self.remove.setEnabled(bool(chosen) and not busy)
        self.remove.setToolTip(
            waiting
            if busy
            else self.tr("Deletes the chosen model from this computer, after asking.")
            if chosen
            else self.tr("Choose a model in the list first.")
        )

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Add a model folder"))
        if chosen:
            self.add(Path(chosen))

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a GGUF file"), "", self.tr("GGUF models (*.gguf)")
        )
        if chosen:
            self.add(Path(chosen))

    @Slot()
    def _choose_texts(self) -> None:
        dialog = AdaptDialog(self._around, list(self._cards.values()), self._chosen(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._adapt)
        with_help(dialog).open()

    @Slot()
    def _adapt(self) -> None:
        dialog = self.sender()
        assert isinstance(dialog, AdaptDialog)
        request = dialog.request()
        self._work(
            self.tr("Adapting the model {name}").format(name=request.model),
            self._around.tuner.adapt(request),
        )

    @Slot(QAction)
    def _install(self, action: QAction) -> None:
        name = str(action.data())
        self._work(
            self.tr("Installing the model {name}").format(name=name),
            self._around.tuner.install_model(name),
        )

    @Slot()
    def _remove(self) -> None:
        card = self._cards.get(self._chosen())
        if card is None or not self._questions.delete_model(card.name, size(card.size_bytes)):
            return
        library, name = self._around.library, card.name
        self._errands.run(
            "remove", lambda ask: library.remove(name), self._on_removed, self.notices.error
        )

    def _on_removed(self, freed: int) -> None:
        self.notices.tell(self.tr("Removed; {size} are free again.").format(size=size(freed)))
        self.library_changed.emit()
        self.refresh()

    def _work(self, title: str, events: Events) -> None:
        self.notices.clear()
        started = self._around.work.start(title, events, self, self._on_events, self._on_end)
        if started:
            self._show_working(True)
        else:
            self.notices.tell(self.tr("Something else is at work; wait for it or stop it first."))

    def _on_events(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case PhaseChanged(phase):
                    self._phase.setText(phase_in_words(phase))
                    self.progress.setRange(0, 0)
                case Progressed(done, total):
                    self.progress.setRange(0, total)
                    self.progress.setValue(done)
                case Stepped(step=step, loss=loss, seconds_left=left):
                    self._show_step(step, loss, left)
                case Warned(template, values):
                    self.notices.warning(Sentence(template, values))
                case Finished(result):
                    self._wanted = str(result.get("name", ""))

    def _show_step(self, step: int, loss: float, left: float | None) -> None:
        said = self.tr("Reading: step {step}, loss {loss}").format(
            step=number(step), loss=number(loss, 3)
        )
        if left is not None:
            said += ", " + self.tr("{time} left").format(time=duration(left))
        self._phase.setText(said)

    def _on_end(self, outcome: str) -> None:
        self._show_working(False)
        error = self._around.work.error
        if outcome == "failed" and error is not None:
            self.notices.error(error)
        elif outcome == "done":
            self.notices.tell(self.tr("The model {name} is ready.").format(name=self._wanted))
            self.library_changed.emit()
        self.refresh()

    def _show_working(self, working: bool) -> None:
        for widget in (self._phase, self.progress, self._stop):
            widget.setVisible(working)
        self._phase.setText("")
        self.progress.setRange(0, 0)
