"""What every test lives in: no network, no user data, no screen, and nothing left running."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Before anything heavy is imported: the libraries read these once, at their import.
os.environ.update(
    HF_HUB_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HOME=str(Path(tempfile.gettempdir()) / "peft-desktop-tests-hub"),
    TOKENIZERS_PARALLELISM="false",
    GOMP_SPINCOUNT="2000",  # as the program itself: threads that wait soon sleep
    QT_QPA_PLATFORM="offscreen",
)
os.environ.pop("QT_QPA_PLATFORMTHEME", None)

import socket

import psutil
import pytest

from peft_desktop.core import places

REAL_MODELS = places.models_folder()
STARTER_MODELS = ("smollm2-135m-instruct", "all-minilm-l6-v2")
_SECONDS_TO_END = 5.0


class NetworkUsedError(AssertionError):
    """The program is offline; a test that reaches for the network has found a bug."""


def _guarded(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any, *more: Any) -> Any:
        local = getattr(socket, "AF_UNIX", None)  # multiprocessing talks to its children so
        if local is not None and self.family == local:
            return real(self, address, *more)
        raise NetworkUsedError(f"a socket was about to connect to {address!r}")

    return connect


def _refused(*words: Any, **more: Any) -> Any:
    raise NetworkUsedError(f"the network was asked for {words!r}")


# For good, not by fixture: imports, threads and session fixtures are inside the wall as well.
socket.socket.connect = _guarded(socket.socket.connect)  # type: ignore[method-assign]
socket.socket.connect_ex = _guarded(socket.socket.connect_ex)  # type: ignore[method-assign]
socket.create_connection = _refused
socket.getaddrinfo = _refused


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own, empty folder of user data; the real one is never touched."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def real_models() -> Path:
    """The user's own models folder: to look at, never to write to."""
    return REAL_MODELS


@pytest.fixture
def starter_models(home: Path) -> Path:
    """The models folder of the test's home, with both starter models in it."""
    for name in STARTER_MODELS:
        if not (REAL_MODELS / name).is_dir():
            pytest.fail(f"{name} is not in {REAL_MODELS}: run python dev.py setup", pytrace=False)
        _link_tree(REAL_MODELS / name, home / "models" / name)
    return home / "models"


def _link_tree(source: Path, target: Path) -> None:
    """Real folders with linked files: a test may delete its tree, the original stays."""
    for file in source.rglob("*"):
        if file.is_file():
            place = target / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(file, place)
            except OSError:  # another drive; links to single files would lead out of the folder
                shutil.copyfile(file, place)


@pytest.fixture(autouse=True)
def nothing_left_running(home: Path) -> Iterator[None]:
    """No test may leave a thread that keeps the program alive, nor a child process."""
    threads, children = set(_threads()), set(_children())
    yield
    # What is just ending may end.
    deadline = time.monotonic() + _SECONDS_TO_END
    while True:
        left: list[object] = [t for t in _threads() if t not in threads]
        left += [c for c in _children() if c not in children]
        if not left:
            return
        if time.monotonic() > deadline:
            pytest.fail(f"left running: {left}", pytrace=False)
        time.sleep(0.02)


def _threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.is_alive() and not t.daemon]


def _children() -> list[psutil.Process]:
    """Our child processes but for Python's own resource tracker, which lives as long as we do."""
    return [c for c in psutil.Process().children() if _is_ours(c)]


def _is_ours(child: psutil.Process) -> bool:
    try:
        if child.status() == psutil.STATUS_ZOMBIE:
            return True
        return not any("resource_tracker" in word for word in child.cmdline())
    except psutil.Error:
        return False


def pytest_report_header() -> str:
    return f"Python {sys.version.split()[0]}, starter models from {REAL_MODELS}"
