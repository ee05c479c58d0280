"""Makes the icon's files from its drawing: python packaging/icon.py

The drawing is resources/icon/peft-desktop.svg: a line of text with a gap, and the word that fills
it. Sizes below 32 pixels have a drawing of their own, on whole pixels.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icon"
SIZES = (16, 24, 32, 48, 64, 128, 256)
IN_ICO = (16, 24, 32, 48, 256)
_FROM_LARGE = 32


def main() -> int:
    from PySide6.QtGui import QGuiApplication

    _ = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    for size in SIZES:
        picture(size, FOLDER / f"peft-desktop-{size}.png")
    frames = [(size, (FOLDER / f"peft-desktop-{size}.png").read_bytes()) for size in IN_ICO]
    (FOLDER / "peft-desktop.ico").write_bytes(ico(frames))
    return 0


def picture(size: int, file: Path) -> None:
    """Draw the icon at `size` pixels into `file`."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    name = "peft-desktop.svg" if size >= _FROM_LARGE else "peft-desktop-small.svg"
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(FOLDER / name)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    image.save(str(file), quality=0)


def ico(frames: list[tuple[int, bytes]]) -> bytes:
    """A Windows icon that holds PNG pictures, as Windows Vista and later read them."""
    head = struct.pack("<HHH", 0, 1, len(frames))
    place = len(head) + 16 * len(frames)
    entries = b""
    for size, data in frames:
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + entries + b"".join(data for _, data in frames)


if __name__ == "__main__":
    sys.exit(main())
