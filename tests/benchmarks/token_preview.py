"""How soon after a key stroke the tokens of a row stand on the Prompt page, as the model reads it.

The real window at 1366x768, the tokens in sight, SmolLM2's tokenizer, 850 rows of joined reviews. A
hundred keys are typed into the template, one about every 0.15 s. What counts is the time from
a key's event until the tokens of the row under the new template have been painted.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import _common as common
import _window

KEYS, GOAL_MS = 100, 100
MODEL = "smollm2-135m-instruct"
WORDS = {"sentences of some 25 tokens": 0, "rows of 512 tokens": 400, "rows of 5,000": 3600}
TYPED = "Read this review with care, then say what its writer thought of it, in one word: good? "
PAUSES_S = (0.1, 0.2)


def project_of(folder: Path, words: int) -> Path:
    """A project of the sample's reviews, joined until each row has `words` words."""
    with (_window.SAMPLE / "train.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    dice = random.Random(1)
    texts = [row["text"] for row in rows]
    for row in rows:
        while len(row["text"].split()) < words:
            row["text"] += " " + dice.choice(texts)
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "rows.csv"
    with data.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ["text", "label"])
        writer.writeheader()
        writer.writerows(rows)
    project = common.fresh(folder / "project")
    names = ("--text", "text", "--label", "label", "--model", MODEL)
    common.command("init", project, "--data", data, *names)
    return project


class Watch:
    """When the tokens of which template were painted last."""

    def __init__(self, page: Any) -> None:
        from peft_desktop.ui.widgets.token_chips import TokenChips

        self.page = page
        self.shown: tuple[str, float] = ("", 0.0)
        self.paint_ms: list[float] = []
        painted = TokenChips.paintEvent

        def timed(chips: Any, event: Any) -> None:
            began = time.perf_counter()
            painted(chips, event)
            now = time.perf_counter()
            self.paint_ms.append((now - began) * 1000)
            seen = page._seen
            self.shown = (seen.asked.file.prompt.template if seen else "", now)

        TokenChips.paintEvent = timed  # type: ignore[method-assign]


def measured(project: Path, kept: Path) -> dict[str, Any]:
    """Milliseconds from each key to the painted tokens, and of each painting."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtTest import QTest

    from peft_desktop.engine_choice import ChosenTuner
    from peft_desktop.ui.pages.prompt_page import PromptPage
    from peft_desktop.ui.widgets.token_chips import TokenChips

    window = _window.Window(project, kept, ChosenTuner(lambda: "thread"))
    window.wait(lambda: window.document.project is not None)
    page: Any = window.main.stack.show_page("prompt")
    assert isinstance(page, PromptPage)
    page.preview.set_view("tokens")
    watch = Watch(page)
    window.wait(lambda: page._seen is not None and not page._errands.busy)
    editor, dice = page.template.editor, random.Random(2)
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    took: list[float] = []
    loop, look, pause = QEventLoop(), QTimer(), QTimer()
    look.setInterval(1)
    pause.setSingleShot(True)
    pause.timeout.connect(loop.quit)
    wanted = [""]
    look.timeout.connect(lambda: loop.quit() if watch.shown[0] == wanted[0] else None)
    for number in range(KEYS):
        pause.start(int(1000 * dice.uniform(*PAUSES_S)))
        loop.exec()
        began = time.perf_counter()
        QTest.keyClick(editor, TYPED[number % len(TYPED)])
        wanted[0] = window.document.file.prompt.template
        look.start()
        loop.exec()
        look.stop()
        took.append((watch.shown[1] - began) * 1000)
    seen = page._seen
    chips = page.preview.chips
    assert isinstance(chips, TokenChips)
    told = {
        "ms": took,
        "paint_ms": statistics.median(watch.paint_ms),
        "tokens": seen.tokens,
        "cut": seen.cut,
        "painted": chips.painted,
    }
    window.wait(lambda: not page._errands.busy)
    window.end()
    return told


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("token-preview", given.again)
    rows = []
    for name, words in WORDS.items():
        place = results.work / str(words)

        def one(place: Path = place, words: int = words) -> dict[str, Any]:
            import json
            import subprocess

            project = project_of(place, words)
            line = [sys.executable, __file__, "--one", str(project), str(place)]
            done = subprocess.run(line, stdout=subprocess.PIPE, encoding="utf-8", check=True)
            return dict(json.loads(done.stdout.splitlines()[-1]))

        found = results.once(name, one)
        times = sorted(found["ms"])
        cells = [_window.quantile(times, share) for share in (0.5, 0.99)]
        figures = [f"{value:.0f}" for value in (*cells, times[-1])]
        counts = [f"{found['tokens']:,}", f"{found['cut']:,}", f"{found['painted']:,}"]
        rows.append([name, *counts, *figures, f"{found['paint_ms']:.1f}", f"p99 {GOAL_MS}"])
    print(f"\n{common.machine()}; {KEYS} key strokes\n")
    head = ["row on show", "tokens", "cut off", "painted", "median, ms", "p99, ms", "most, ms"]
    print(common.table([*head, "painting alone, ms", "goal, ms"], rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        import json

        print(json.dumps(measured(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
