"""What to send along with a question: a check of the installation, and facts without secrets."""

from __future__ import annotations

import getpass
import json
import platform
import re
from pathlib import Path

from PySide6.QtCore import QProcess, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ..core.checkup import in_words
from ..core.places import home, logs_folder
from .wording import translated

_LOG_LINES = 60
_TRACEBACK = "Traceback (most recent call last):"
_NAME = re.compile(r"^[\w.]+$")  # an exception's
_HEAD = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.+]+ peft-desktop [\w.+]+$")
_CHAINED = (
    "",
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
)


class Checkup(QDialog):
    """Runs `peft-desktop doctor` as a process of its own and shows what it says; and the self-test,
    which trains, kills, resumes, exports, where that is wanted."""

    finished_checking = Signal()

    def __init__(self, command: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Check of the installation"))
        self.text.setPlainText(self.tr("Looking at the installation; this takes some seconds..."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        self.self_test = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.self_test.setText(self.tr("&Try everything"))
        self.self_test.clicked.connect(self._try_everything)
        self._may_try(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(760, 460)
        self.setWindowTitle(self.tr("Check of the installation"))
        self._command = command
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_finished)
        self._process.start(command[0], [*command[1:], "--json"])

    def done(self, result: int) -> None:
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect()
            self._process.errorOccurred.disconnect()
            self._process.kill()
            self._process.waitForFinished(2000)
        super().done(result)

    @Slot()
    def _on_finished(self) -> None:
        said = bytes(self._process.readAll().data()).decode("utf-8", "replace").strip()
        self.text.setPlainText(_findings(said) or self._process.errorString())
        self._may_try(True)
        self.finished_checking.emit()

    @Slot()
    def _try_everything(self) -> None:
        """The self-test, its lines as they come."""
        self._process.finished.disconnect(self._on_finished)
        self._process.errorOccurred.disconnect(self._on_finished)
        self._process.finished.connect(self._on_tried)
        self._process.errorOccurred.connect(self._on_tried)
        self._process.readyRead.connect(self._on_line)
        self._may_try(False)
        self.text.setPlainText(
            self.tr("A tiny model is trained, killed, resumed and exported; this takes a minute...")
        )
        self._process.start(self._command[0], [*self._command[1:-1], "selftest"])

    @Slot()
    def _on_line(self) -> None:
        said = bytes(self._process.readAll().data()).decode("utf-8", "replace")
        self.text.appendPlainText(said.rstrip())

    @Slot()
    def _on_tried(self) -> None:
        if self._process.error() == QProcess.ProcessError.FailedToStart:
            self.text.appendPlainText(self._process.errorString())
        self.finished_checking.emit()

    def _may_try(self, may: bool) -> None:
        self.self_test.setEnabled(may)
        self.self_test.setToolTip(
            self.tr("Trains a tiny model, stops, kills, resumes, predicts and exports: a minute.")
            if may
            else self.tr("Wait until the check is done; open it anew to try again.")
        )


def _findings(said: str) -> str:
    """What `doctor --json` found, in the window's language; what it said where it is no record."""
    try:
        return in_words(json.loads(said.splitlines()[-1]), translated)
    except (ValueError, LookupError, TypeError, AttributeError):
        return said


def diagnostics(facts: dict[str, str]) -> str:
    """Versions, `facts` and the end of the log, with names, folders and texts taken out."""
    from .. import __version__
    from ..core.runs import environment

    found = environment()
    lines = [
        f"PEFT Desktop {__version__}",
        f"Python {found['python']}, {found['system']}, {found['cores']} cores",
        ", ".join(f"{name} {version}" for name, version in found["packages"].items()),
        f"Qt {qVersion()}, {QGuiApplication.platformName()}",
        *(f"{name}: {value}" for name, value in facts.items()),
    ]
    try:
        log = (logs_folder() / "peft-desktop.log").read_text(encoding="utf-8", errors="replace")
        lines += ["", "Log:", *without_messages(log)[-_LOG_LINES:]]
    except OSError:
        lines += ["", "Log: none"]
    return redacted("\n".join(lines))


def without_messages(log: str) -> list[str]:
    """The lines of a log that say where something failed; not what, which may quote a row."""
    kept: list[str] = []
    in_traceback = False
    for line in log.splitlines():
        if line.strip() == _TRACEBACK:
            in_traceback = True
        elif in_traceback and line.startswith("  "):
            pass
        elif in_traceback:
            in_traceback = False
            name, colon, _ = line.partition(":")
            line = name + (": <message>" if colon else "") if _NAME.match(name) else "<message>"
        elif not _HEAD.match(line) and line not in _CHAINED:
            continue
        kept.append(line)
    return kept


def redacted(text: str) -> str:
    """`text` without the user's name, the machine's, any folder of theirs, and quoted data."""
    for path, name in (
        (str(Path(__file__).resolve().parents[1]), "<program>"),
        (str(home()), "<data>"),
        (str(Path.home()), "<home>"),
    ):
        if len(path) > 1:
            text = re.sub(re.escape(path), name, text, flags=re.IGNORECASE)
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    for word, name in ((platform.node(), "<machine>"), (user, "<user>")):
        if len(word) > 2:
            text = re.sub(rf"\b{re.escape(word)}\b", name, text, flags=re.IGNORECASE)
    text = re.sub(r"(?m)(?<![\w<>/.])(?:[A-Za-z]:)?[\\/](?:[^\s\\/:\"']+[\\/])+", "<path>/", text)
    text = re.sub(r"(<home>|<data>)(?:[\\/][^\s\\/:\"']+)*[\\/]", r"\1/.../", text)
    # a source's name is the program's, any other may be the user's
    return re.sub(r"(<path>|<home>/\.\.\.|<data>/\.\.\.)/(?!\w+\.py\b)[^\s:\"']+", r"\1/...", text)
