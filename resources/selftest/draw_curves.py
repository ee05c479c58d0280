"""Part of the self-test: draw a run's curves without a screen, and keep the picture.

draw_curves.py PICTURE.png
"""

from __future__ import annotations

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from peft_desktop.core.events import Stepped
from peft_desktop.ui.widgets.curves import Curves


def main(target: str) -> int:
    app = QApplication(["PEFT Desktop"])
    curves = Curves()
    curves.resize(640, 360)
    curves.show()
    blank = curves.grab().toImage()
    curves.take([Stepped(n, n / 10, 1.0 / n, None, None, 1e-3, 1.0, 9.0, 1) for n in range(1, 40)])
    for _ in range(20):
        app.processEvents()
        curves._repaint()
    drawn = curves.grab().toImage()
    drawn.save(target)
    curves.close()
    return 0 if drawn != blank else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
