"""Answers in columns of a table: brought into one spelling, with every change counted."""

from __future__ import annotations

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .answers import AnswerError, placed, written
from .imported import Imported
from .roles import by_name
from .squad import some_rows

START_NAMES = ("answer_start", "start", "answers_start", "start_position", "答案位置", "起始位置")
_MOVED = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} answers do not stand where their start says, or have none; each occurs once "
    "in its text and was found there (rows {rows}).",
)
_UNITS = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} starts are counted in UTF-16 units; they were turned into characters (rows "
    "{rows}).",
)
_EMPTY = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} rows have an empty answer, so they are not learnt from (rows {rows}); write "
    "[] where the text does not hold the answer.",
)


def with_places(
    imported: Imported, text: str | None, label: str | None, question: str | None = None
) -> Imported:
    """The table with the answers of column `label` as JSON lists, what was changed in its receipt.

    Columns that are not given are found by name. A row whose answers cannot be placed keeps its
    cell. Changes the import in place.
    """
    import pyarrow as pa

    from .task_guess import ANSWER_NAMES, CONTEXT_NAMES, QUESTION_NAMES

    table = imported.table
    names = table.column_names
    label = label or by_name([name for name in names if name != text], ANSWER_NAMES)
    asked = question or by_name(names, QUESTION_NAMES)
    free = [name for name in names if name not in (label, asked)]
    text = text or by_name(free, CONTEXT_NAMES)
    if label not in names or text not in names or text == label:
        return imported
    starts = by_name(names, START_NAMES)
    said = table[starts].to_pylist() if starts else [""] * table.num_rows
    cells: list[str] = []
    moved: list[int] = []
    units: list[int] = []
    empty: list[int] = []
    columns = (table[label].to_pylist(), table[text].to_pylist(), said)
    for number, (cell, context, start) in enumerate(zip(*columns, strict=True), start=1):
        if not cell.strip():
            empty.append(number)
            cells.append(cell)
            continue
        try:
            found = placed(cell, context, start)
        except AnswerError:
            cells.append(cell)
            continue
        cells.append(written(found.answers))
        # where no start is given at all there is nothing to be corrected
        if found.found and (starts is not None or '"start"' in cell or "answer_start" in cell):
            moved.append(number)
        if found.units:
            units.append(number)
    for template, rows in ((_MOVED, moved), (_UNITS, units), (_EMPTY, empty)):
        if rows:
            values = {"count": len(rows), "rows": some_rows(rows), "file": imported.receipt.file}
            imported.receipt.warnings.append(Warned(template, values))
    column = pa.array(cells, pa.string())
    imported.table = table.set_column(names.index(label), label, column)
    return imported
