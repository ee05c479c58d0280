"""The program's icon, from the files that packaging/icon.py makes."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from ..core.places import resources


def program_icon() -> QIcon:
    """The icon in all its sizes; an empty one where the files are missing."""
    icon = QIcon()
    for file in sorted((resources() / "icon").glob("peft-desktop-*.png")):
        icon.addFile(str(file))
    return icon
