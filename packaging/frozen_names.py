"""What the frozen program is called, in every system's own way of saying it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "peft-desktop"
CONSOLE = "peft-desktop"  # prints into a terminal, and opens the window without words
WINDOW = "peft-desktop-window"  # for menus and icons: brings no console along
BUNDLE_ID = "org.peft_desktop.PEFTDesktop"


def version() -> str:
    """The program's version, read without importing it."""
    said = (ROOT / "peft_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', said)
    assert found is not None, "peft_desktop/__init__.py names no version"
    return found[1]


def version_resource(name: str) -> Any:
    """What Windows shows under Properties > Details of the executable."""
    from PyInstaller.utils.win32 import versioninfo as win  # type: ignore[import-untyped]

    numbers = [int(part) for part in re.findall(r"\d+", version())[:4]]
    four = tuple(numbers + [0] * (4 - len(numbers)))
    words = {
        "CompanyName": "The PEFT Desktop developers",
        "FileDescription": "PEFT Desktop",
        "FileVersion": version(),
        "InternalName": name,
        "LegalCopyright": "Apache License 2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "PEFT Desktop",
        "ProductVersion": version(),
    }
    table = win.StringTable("040904B0", [win.StringStruct(*pair) for pair in words.items()])
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=four, prodvers=four),
        kids=[
            win.StringFileInfo([table]),
            win.VarFileInfo([win.VarStruct("Translation", [0x0409, 1200])]),
        ],
    )
