"""Which task a table is for: told from what its columns hold, with the reason in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .label_lists import is_list, separator_of
from .roles import Roles, by_name, guess_roles, roles_for
from .span_tables import has_entities

if TYPE_CHECKING:
    import pyarrow as pa

QUESTION_NAMES = ("question", "query", "ask", "问题", "提问", "問題", "query_text")
CONTEXT_NAMES = (
    *("context", "passage", "paragraph", "article", "document", "text", "background"),
    *("上下文", "篇章", "段落", "文章", "原文", "正文", "材料", "context_text"),
)
ANSWER_NAMES = ("answers", "answer", "answer_text", "答案", "回答", "label", "target")
TARGET_NAMES = (
    *("target", "output", "response", "reply", "completion", "summary", "reference", "ref"),
    *("translation", "target_text", "answer", "rewrite", "headline", "human_reference"),
    *("输出", "回答", "回复", "目标", "摘要", "译文", "参考", "答案", "改写", "标题"),
)
_LOOKED_AT = 2000
_SURE = 0.9  # of the cells that are not blank are of one kind
_LONG = 30  # characters (a Chinese one counts for two): more than the name of a label
_RARELY_AGAIN = 0.5  # more different values than this share of the cells: free text


@dataclass(frozen=True, slots=True)
class TaskGuess:
    """A task's name, why it is that one, the columns' roles, and the second text of a pair."""

    task: str
    reason: Sentence
    roles: Roles
    second: str | None = None


def guess_task(
    table: pa.Table,
    *,
    text: str | None = None,
    label: str | None = None,
    question: str | None = None,
    task: str | None = None,
    file: str | None = None,
) -> TaskGuess:
    """The task, for the user to change; what is given holds: columns, or the task itself.

    Raises UserError for a column that is not there.
    """
    kinds = {name: kind_of(_cells(table, name)) for name in _columns(table)}
    for wanted in (task,) if task else ("tagging", "question_answering", "extraction"):
        found = _by_kind(table, kinds, wanted, text, label, question, file, task is not None)
        if found is not None:
            return found
    if task is None and has_entities(table):  # in a shape that the task's own reading tidies
        return TaskGuess("tagging", Sentence(_REASONS["entities"], {}), guess_roles(table))
    roles = roles_for(table, text=text, label=label, file=file)
    if task not in (None, "several_labels", "generation", "classification"):
        reason = Sentence(QT_TRANSLATE_NOOP("engine", "it was chosen"), {})
        return TaskGuess(str(task), reason, roles)
    return _by_label(table, kinds, task, roles, text, label, file)


def kind_of(cells: Sequence[str]) -> str:
    """What cells hold: `spans`, `answers`, `names` (lists), `fields` (objects), else `text`."""
    some = [cell for cell in cells if cell.strip()]
    if not some or sum(cell.lstrip()[:1] in ("[", "{") for cell in some) < _SURE * len(some):
        return "text"
    counts = {"spans": 0, "answers": 0, "names": 0, "fields": 0, "empty": 0}
    for cell in some:
        kind = _kind(cell)
        if kind:
            counts[kind] += 1
    full = len(some) - counts["empty"]
    for kind in ("spans", "answers", "names", "fields"):
        if full and counts[kind] >= _SURE * full:
            return kind
    return "text"


def second_text(table: pa.Table, roles: Roles) -> str | None:
    """Another column of free text beside the text: the second one of a pair; None without one.

    Its texts are of the first one's kind: neither much longer nor much shorter.
    """
    taken = {roles.text, roles.label, roles.group, roles.split, roles.id, roles.question}
    first = _mean_length(_cells(table, roles.text))
    found = []
    for name in _columns(table):
        if name in taken:
            continue
        cells = _cells(table, name)
        length = _mean_length(cells)
        if _is_free(cells, 12) and first / 4 <= length <= 4 * first:
            found.append(name)
    return found[0] if len(found) == 1 else None


def _by_kind(
    table: pa.Table,
    kinds: dict[str, str],
    task: str,
    text: str | None,
    label: str | None,
    question: str | None,
    file: str | None,
    chosen: bool,
) -> TaskGuess | None:
    """The task where a column's cells are of its own kind."""
    wanted = {"tagging": "spans", "question_answering": "answers", "extraction": "fields"}
    if task == "question_answering":
        return _question_answering(table, kinds, text, label, question, file, chosen)
    if task not in wanted:
        return None
    holding = [name for name, kind in kinds.items() if kind == wanted[task]]
    column = label if label is not None else (holding[0] if holding else None)
    if column is None or column not in holding:
        return None
    reason = _REASONS[task]
    roles = roles_for(_without(table, holding, column), text=text, label=column, file=file)
    return TaskGuess(task, Sentence(reason, {"column": column}), roles)


def _question_answering(
    table: pa.Table,
    kinds: dict[str, str],
    text: str | None,
    label: str | None,
    question: str | None,
    file: str | None,
    chosen: bool,
) -> TaskGuess | None:
    """`chosen`: the user said so, and the columns' names are enough."""
    columns = _columns(table)
    asked = question or by_name([c for c in columns if c not in (text, label)], QUESTION_NAMES)
    if asked is None:
        return None
    holding = [name for name, kind in kinds.items() if kind == "answers"]
    free = [c for c in columns if c not in (asked, text)]
    column = label or (holding[0] if holding else by_name(free, ANSWER_NAMES))
    context = text or by_name([c for c in columns if c not in (asked, column)], CONTEXT_NAMES)
    if column is None or context is None or column == asked:
        return None
    if not chosen and column not in holding and not _found_in(table, column, context):
        return None
    rest = _without(table, [asked], column)
    roles = roles_for(rest, text=context, label=column, file=file)
    told = {"question": asked, "text": context, "column": column}
    reason = Sentence(_REASONS["question_answering"], told)
    return TaskGuess(
        "question_answering",
        reason,
        roles.model_copy(update={"question": asked, "group": roles.group}),
    )


def _by_label(
    table: pa.Table,
    kinds: dict[str, str],
    task: str | None,
    roles: Roles,
    text: str | None,
    label: str | None,
    file: str | None,
) -> TaskGuess:
    """Several labels, generation or classification, by what the label column holds."""
    lists = [name for name, kind in kinds.items() if kind == "names" and name != roles.text]
    if label is None and task in (None, "several_labels") and lists:
        roles = roles_for(table, text=roles.text, label=lists[0], file=file)
    if label is None and (task == "generation" or (task is None and roles.label is None)):
        columns = [c for c in _columns(table) if c not in (roles.id, roles.split, roles.group)]
        target = by_name(columns, TARGET_NAMES)
        if target == roles.text:  # "answer" may be the longest column
            rest = table.select([c for c in columns if c != target])
            roles = roles_for(rest, label=None, file=file).model_copy(update={"label": target})
        elif target is not None and _is_free(_cells(table, target)):
            roles = roles.model_copy(update={"label": target})
    if roles.label is None:
        found = task or "classification"
        return TaskGuess(found, Sentence(_REASONS["none"], {}), roles, None)
    cells = _cells(table, roles.label)
    told: dict[str, Any] = {"column": roles.label}
    found = task or _of_label(cells, kinds[roles.label])
    if found == "several_labels":
        sign = separator_of(cells)
        reason = _REASONS["several_labels"] if sign is None else _REASONS["separator"]
        return TaskGuess(found, Sentence(reason, {**told, "sign": sign or ""}), roles)
    if found == "generation":
        return TaskGuess(found, Sentence(_REASONS["generation"], told), roles)
    second = second_text(table, roles)
    if second is not None:
        order = table.column_names
        if text is None and order.index(second) < order.index(roles.text):
            roles, second = roles.model_copy(update={"text": second}), roles.text
        told = {"column": roles.label, "first": roles.text, "second": second}
        return TaskGuess(found, Sentence(_REASONS["pair"], told), roles, second)
    return TaskGuess(found, Sentence(_REASONS["classification"], told), roles)


def _of_label(cells: Sequence[str], kind: str) -> str:
    if kind == "names":
        some = [cell for cell in cells if cell.strip()]
        if any(is_list(cell) for cell in some):
            return "several_labels"
    if separator_of(cells) is not None:
        return "several_labels"
    return "generation" if _is_free(cells) else "classification"


def _found_in(table: pa.Table, answers: str, context: str) -> bool:
    """Whether most answers, as plain texts, stand in their contexts."""
    pairs = [
        (a, c) for a, c in zip(_cells(table, answers), _cells(table, context), strict=True) if a
    ]
    return bool(pairs) and sum(a.strip() in c for a, c in pairs) >= 0.8 * len(pairs)


def _is_free(cells: Sequence[str], length: int = _LONG) -> bool:
    """Long texts that hardly come back."""
    some = [cell.strip() for cell in cells if cell.strip()]
    if len(some) < 2 or len(set(some)) <= _RARELY_AGAIN * len(some):
        return False
    return _mean_length(some) >= length and not all(_is_number(cell) for cell in some)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).replace("-", "").isdigit()


def _mean_length(cells: Sequence[str]) -> float:
    """Of the cells that are not blank; a Chinese character counts for two."""
    some = [cell for cell in cells if cell.strip()]
    wide = sum(len(cell) + sum(c >= "\u2e80" for c in cell) for cell in some)
    return wide / len(some) if some else 0.0


def _kind(cell: str) -> str | None:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        if "answer_start" in found and "text" in found:
            return "answers"
        return "fields" if found and all(_is_field(value) for value in found.values()) else None
    if not isinstance(found, list):
        return None
    if not found:
        return "empty"
    if all(isinstance(each, dict) for each in found):
        if all({"start", "end", "label"} <= each.keys() for each in found):
            return "spans"
        starts = ("start", "answer_start")
        if all("text" in each and any(s in each for s in starts) for each in found):
            return "answers"
        return None
    if all(isinstance(each, list) and len(each) == 3 for each in found):
        return "spans"  # [start, end, label], as spaCy and Doccano write them
    return "names" if is_list(cell) else None


def _is_field(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, list))


def _columns(table: pa.Table) -> list[str]:
    return [name for name in table.column_names if name != "_row_id"]


def _cells(table: pa.Table, name: str) -> list[str]:
    return [str(cell) for cell in table[name].slice(0, _LOOKED_AT).to_pylist()]


def _without(table: pa.Table, names: Sequence[str], keep: str) -> pa.Table:
    return table.select([c for c in table.column_names if c == keep or c not in names])


_REASONS = {
    "entities": QT_TRANSLATE_NOOP("engine", "the table holds texts with marked entities"),
    "tagging": QT_TRANSLATE_NOOP("engine", 'the column "{column}" holds spans of the text'),
    "question_answering": QT_TRANSLATE_NOOP(
        "engine",
        'the answers in "{column}" to the questions in "{question}" stand in "{text}"',
    ),
    "extraction": QT_TRANSLATE_NOOP("engine", 'the column "{column}" holds named fields'),
    "several_labels": QT_TRANSLATE_NOOP("engine", 'the column "{column}" holds lists of labels'),
    "separator": QT_TRANSLATE_NOOP(
        "engine", 'the column "{column}" holds several labels with "{sign}" between them'
    ),
    "generation": QT_TRANSLATE_NOOP(
        "engine", 'the column "{column}" holds long texts that hardly come back'
    ),
    "pair": QT_TRANSLATE_NOOP(
        "engine",
        'the column "{column}" holds labels, "{first}" and "{second}" are a pair of texts',
    ),
    "classification": QT_TRANSLATE_NOOP("engine", 'the column "{column}" holds one label a row'),
    "none": QT_TRANSLATE_NOOP("engine", "no column looks like labels"),
}
