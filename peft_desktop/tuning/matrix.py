"""Which method trains which family, as a table in the documentation.

python -m peft_desktop.tuning.matrix docs/methods.md
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..core.files import atomic_write
from ..families import FAMILIES
from ..methods import METHODS

BEGIN, END = "<!-- matrix: begin -->", "<!-- matrix: end -->"
COMMAND = "python -m peft_desktop.tuning.matrix docs/methods.md"
TASKS = ("classification",)


def matrix() -> str:
    """The table in Markdown; where a method does not fit, the reason stands below it."""
    lines, reasons = [], []
    for task in TASKS:
        titles = [f"{family.title} (`{name}`)" for name, family in FAMILIES.items()]
        lines += [f"| {task} | " + " | ".join(titles) + " |", "|---" * (len(titles) + 1) + "|"]
        for name, method in METHODS.items():
            cells = []
            for family in FAMILIES:
                reason = method.supports(family, task)
                if reason is not None and str(reason) not in reasons:
                    reasons.append(str(reason))
                cells.append("yes" if reason is None else f"no ({reasons.index(str(reason)) + 1})")
            lines.append(f"| {method.title} (`{name}`) | " + " | ".join(cells) + " |")
        lines.append("")
    lines += [f"{number}. {reason}" for number, reason in enumerate(reasons, start=1)]
    return "\n".join(lines).strip()


def with_matrix(text: str) -> str:
    """The document with the table between its two marks; ValueError where a mark is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{BEGIN} and {END} are not both there")
    return f"{before}{BEGIN}\n{matrix()}\n{END}{after}"


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name)
        atomic_write(path, with_matrix(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
