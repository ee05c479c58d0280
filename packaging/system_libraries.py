"""What the wheels leave to the system: which shared libraries Linux must have, and who brings them.

Started as a program (`python packaging/system_libraries.py apt`) it prints the packages that are
missing, one a line, for .ci/run.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

MANAGERS = {
    "apt": ("apt-get", "sudo apt-get install"),
    "dnf": ("dnf", "sudo dnf install"),
    "pacman": ("pacman", "sudo pacman -S"),
}


@dataclass(frozen=True)
class Piece:
    """A shared library (or `name` of something else), and the package that brings it."""

    name: str
    apt: str
    dnf: str
    pacman: str
    only_for_window: bool = True

    def package(self, manager: str) -> str:
        return {"apt": self.apt, "dnf": self.dnf, "pacman": self.pacman}[manager]


def _always(name: str, apt: str, dnf: str, pacman: str) -> Piece:
    return Piece(name, apt, dnf, pacman, only_for_window=False)


CHINESE_FONT = Piece(
    "a Chinese font", "fonts-noto-cjk", "google-noto-sans-cjk-vf-fonts", "noto-fonts-cjk"
)
# The first part is what QtGui itself is linked with, so that even the offscreen tests need it;
# the second is what Qt's window plug-in for X11 asks for on top.
LIBRARIES = (
    _always("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    _always("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    _always("libX11.so.6", "libx11-6", "libX11", "libx11"),
    _always("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    _always("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    _always("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    _always("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Piece("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Piece("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Piece("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Piece("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Piece("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Piece("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Piece("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Piece(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Piece("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Piece("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Piece("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Piece("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Piece("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Piece("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Piece("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
)


def can_load(library: str) -> bool:
    """Whether the system's loader finds `library`; the answer that Qt would get."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font for Chinese (without fontconfig's tool: no)."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run(
        [lister, ":lang=zh", "family"], capture_output=True, check=False, timeout=30
    )
    return bool(listed.stdout.strip())


def missing(
    *,
    window: bool,
    loads: Callable[[str], bool] = can_load,
    chinese: Callable[[], bool] = has_chinese_font,
) -> list[Piece]:
    """What this Linux system lacks, for the window or only for work without a display."""
    lacking = [p for p in LIBRARIES if (window or not p.only_for_window) and not loads(p.name)]
    if window and not chinese():
        lacking.append(CHINESE_FONT)
    return lacking


def manager_at_hand(find: Callable[[str], str | None] = shutil.which) -> str | None:
    """`apt`, `dnf` or `pacman`: the first whose program is there."""
    return next((name for name, (program, _) in MANAGERS.items() if find(program)), None)


def packages(pieces: Iterable[Piece], manager: str) -> list[str]:
    """The packages of `manager` that bring `pieces`, each once, in the order of the pieces."""
    return list(dict.fromkeys(piece.package(manager) for piece in pieces))


def advice(pieces: list[Piece], manager: str | None) -> str:
    """One sentence: what is missing and the command that installs it."""
    names = ", ".join(piece.name for piece in pieces)
    if manager is not None:
        return (
            f"This system lacks {names}; install with: "
            f"{MANAGERS[manager][1]} {' '.join(packages(pieces, manager))}"
        )
    return (
        f"This system lacks {names}; install them with your system's package manager "
        f"(on Debian they are called {' '.join(packages(pieces, 'apt'))})."
    )


def venv_package() -> list[str]:
    """Debian keeps a part of Python's own venv module in a package of its own."""
    standard = Path(sys.prefix) == Path("/usr") and not _has_ensurepip()
    return ["python3-venv"] if standard else []


def _has_ensurepip() -> bool:
    from importlib.util import find_spec

    return find_spec("ensurepip") is not None


if __name__ == "__main__":
    print("\n".join(packages(missing(window=True), sys.argv[1]) + venv_package()))
