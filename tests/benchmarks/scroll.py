"""How long the table of rows takes for a step of scrolling: 100,000 rows, one cell of 10 MB.

Each step turns the wheel by one notch and paints the window; measured is the time from the event
to the painted window, in this process. Without a display Qt's offscreen platform paints the same
pixels into memory.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from typing import Any

import _common as common

ROWS, STEPS = 100_000, 600
LONG_CELL = 10 * 2**20  # characters
SENTENCES = (
    "the film is a warm and clever delight though its plot wanders and nobody minds at all "
    "这部电影 温暖 而 聪明 情节 虽然 松散 但是 没有 人 在意 überraschend schön"
)


def table_of(rows: int) -> Any:
    """Texts of 5 to 60 words in two scripts, a label, an author; one cell is 10 MB long."""
    import pyarrow as pa

    dice, words = random.Random(1), SENTENCES.split()
    texts = [" ".join(dice.choices(words, k=dice.randint(5, 60))) for _ in range(rows)]
    texts[rows // 2] = "x" * LONG_CELL
    return pa.table(
        {
            "text": texts,
            "label": [dice.choice(("positive", "negative", "neither")) for _ in range(rows)],
            "author": [f"author {dice.randrange(5000)}" for _ in range(rows)],
            "_row_id": pa.array(range(rows), pa.int64()),
        }
    )


def window_of(table: Any) -> tuple[Any, Any]:
    """The Data page's own view, as large as in a window of 1366x768, and the table in it."""
    from pathlib import Path

    from peft_desktop.ui.project_rows import ProjectRows, facts
    from peft_desktop.ui.widgets.data_view import DataView
    from peft_desktop.ui.widgets.table_model import cut_for_display

    rows = ProjectRows(table, cut_for_display(table.drop_columns(["_row_id"])))
    view = DataView()
    view.resize(1180, 690)
    view.show_rows(rows, {"text": "text", "label": "label"}, Path())
    view.show_facts(facts(rows, "text", "label"))
    view.show()
    return view, view.table


def wheel(area: Any, notches: int) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    middle = QPointF(area.rect().center())
    turned = QWheelEvent(
        middle,
        QPointF(area.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area, turned)


def measured(app: Any, step: Any, steps: int) -> list[list[float]]:
    """Milliseconds of each step until nothing is left to paint, and of processor time in them."""
    found = []
    for number in range(steps):
        since, worked = time.perf_counter(), time.thread_time()
        step(number)
        app.sendPostedEvents()
        app.processEvents()
        spent = time.perf_counter() - since, time.thread_time() - worked
        found.append([seconds * 1000 for seconds in spent])
    return found


def scrolled(steps: int) -> dict[str, list[list[float]]]:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    view, table = window_of(table_of(ROWS))
    app.processEvents()
    area, bar = table.viewport(), table.verticalScrollBar()
    jumps = random.Random(2).sample(range(bar.maximum()), steps)
    results = {"one notch of the wheel": measured(app, lambda n: wheel(area, 1), steps)}
    results["a page"] = measured(
        app, lambda n: bar.triggerAction(bar.SliderAction.SliderPageStepAdd), steps
    )
    results["anywhere, by the bar"] = measured(app, lambda n: bar.setValue(jumps[n]), steps)
    here = ROWS // 2

    def over_the_long_cell(number: int) -> None:
        bar.setValue(here - 20 + number % 20)
        table.setCurrentIndex(table.model().index(here, number % 2))

    results["over the cell of 10 MB"] = measured(app, over_the_long_cell, steps)
    view.close()
    return results


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results = common.Results("scroll", given.again)
    kept = results.once("steps", lambda: scrolled(100 if given.quick else STEPS))
    print(f"\n{common.machine()}\n")
    rows = []
    for name, steps in kept.items():
        times, worked = zip(*steps, strict=True)
        cut, own = statistics.quantiles(times, n=100), statistics.quantiles(worked, n=100)
        rows.append([name, *(f"{ms:.1f}" for ms in (cut[49], cut[98], max(times), own[98]))])
    head = ["step", "median ms", "p99 ms (<= 20)", "max ms", "p99 ms of processor time"]
    print(common.table(head, rows))


if __name__ == "__main__":
    main()
