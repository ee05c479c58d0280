"""How long an import takes and what memory it needs: 1,000,000 rows of CSV, 100 MB of JSON lines.

Each figure comes from a process of its own, which says its time and its highest memory; Arrow's
own readers, which check nothing and keep no receipt, are measured beside.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import _common as common

ROWS, JSON_BYTES = 1_000_000, 100 * 10**6
SENTENCES = (
    "the film is a warm and clever delight though its plot wanders, and nobody minds at all "
    'he said "no" 这部电影 温暖 而 聪明 情节 虽然 松散 但是 没有 人 在意 überraschend schön'
)
TIMES = 3


def texts(dice: random.Random) -> str:
    return " ".join(dice.choices(SENTENCES.split(), k=dice.randint(5, 40)))


def make_csv(path: Path, rows: int) -> None:
    dice = random.Random(1)
    some = [texts(dice) for _ in range(20_000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "text", "label"])
        for n in range(rows):
            writer.writerow([n, f"{some[n % 20_000]} {n}", ("good", "bad", "neither")[n % 3]])


def make_jsonl(path: Path, size: int) -> None:
    dice, written, n = random.Random(1), 0, 0
    some = [texts(dice) for _ in range(20_000)]
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            row = {"id": n, "text": f"{some[n % 20_000]} {n}", "label": ("good", "bad")[n % 2]}
            line = json.dumps(row, ensure_ascii=False) + "\n"
            written += len(line.encode())
            n += 1
            file.write(line)


def measured(what: str, path: Path) -> dict[str, float]:
    """Seconds and megabytes above the process after its imports; the median of three."""
    found = []
    for _ in range(TIMES):
        said = subprocess.run(
            [sys.executable, __file__, "--one", what, str(path)],
            stdout=subprocess.PIPE,
            check=True,
            env={**os.environ, "PYTHONPATH": str(common.ROOT)},
        ).stdout
        found.append(json.loads(said.splitlines()[-1]))
    return sorted(found, key=lambda one: one["seconds"])[TIMES // 2]


def one(what: str, path: Path) -> None:
    """In a process of its own: do it once and say what it took."""
    import pyarrow.csv
    import pyarrow.json
    import pyarrow.parquet

    from peft_desktop.core.ports import ReadAs
    from peft_desktop.data.readers import read_file
    from peft_desktop.data.streaming import import_tables

    assert read_file and ReadAs
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        before = _peak()
        since = time.perf_counter()
        if what == "arrow":
            table = (
                pyarrow.csv.read_csv(path)
                if path.suffix == ".csv"
                else pyarrow.json.read_json(path)
            )
            pyarrow.parquet.write_table(table, f"{folder}/table.parquet", compression="zstd")
        else:
            import_tables(Path(folder), [("data", path)])
        seconds = time.perf_counter() - since
    print(json.dumps({"seconds": seconds, "megabytes": (_peak() - before) / 2**20}))


def _peak() -> int:
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("import-tables", given.again)
    folder = results.work
    share = 20 if given.quick else 1
    files = {"CSV": folder / "rows.csv", "JSON lines": folder / "rows.jsonl"}
    if not files["CSV"].exists():
        make_csv(files["CSV"], ROWS // share)
        make_jsonl(files["JSON lines"], JSON_BYTES // share)
    rows = []
    for name, path in files.items():
        arrow = results.once(f"{name} arrow", lambda path=path: measured("arrow", path))
        ours = results.once(f"{name} import", lambda path=path: measured("import", path))
        rows.append(
            [
                f"{name}, {path.stat().st_size / 1e6:.0f} MB",
                f"{arrow['seconds']:.1f}",
                f"{arrow['megabytes']:.0f}",
                f"{ours['seconds']:.1f}",
                f"{ours['megabytes']:.0f}",
                f"{ours['seconds'] / arrow['seconds']:.1f}",
            ]
        )
    head = ["file", "Arrow, s", "Arrow, MB", "import, s", "import, MB", "times as long"]
    print(common.table(head, rows))
    for path in files.values():
        path.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
