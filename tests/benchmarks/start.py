"""How long `peft-desktop --help` takes, as a whole process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import _common as common


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("start", given.again)

    def measure() -> list[float]:
        seconds = []
        for _ in range(11):
            since = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "peft_desktop", "--help"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds.append(time.perf_counter() - since)
        return seconds[1:]

    seconds = results.once("help", measure)
    print(f"\n{common.machine()}\n")
    row = [f"{statistics.median(seconds):.2f}", f"{min(seconds):.2f} - {max(seconds):.2f}"]
    print(common.table(["peft-desktop --help, s, median of 10", "least - most"], [row]))


if __name__ == "__main__":
    main()
