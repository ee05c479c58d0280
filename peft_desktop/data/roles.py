"""Which column is the text, which the label: guessed by exact name, then by what they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.fields import Settings
from peft_desktop.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

# whole names only ("text" is inside "context"); the earlier one wins
TEXT_NAMES = (
    *("text", "sentence", "review", "content", "comment", "message", "document", "body"),
    *("utterance", "query", "question", "tweet", "post", "input", "passage", "title"),
    *("review_text", "review_body", "text_content", "texts", "sentences", "reviews", "comments"),
    *(
        "文本",
        "内容",
        "评论",
        "句子",
        "正文",
        "文章",
        "评论内容",
        "文本内容",
        "留言",
        "评价",
        "问题",
    ),
    *("标题", "短信", "微博", "原文", "語句", "內容", "評論", "評論內容", "標題", "留言內容"),
)
LABEL_NAMES = (
    *("label", "category", "class", "intent", "sentiment", "target", "polarity", "topic"),
    *("labels", "tag", "emotion", "gold", "gold_label", "class_label", "label_text", "y"),
    *("标签", "类别", "分类", "情感", "类型", "意图", "情感倾向", "情感标签", "种类", "主题"),
    *("entities", "spans", "实体", "實體"),
    *("標籤", "類別", "分類", "類型", "意圖", "種類", "主題", "rating", "stars", "score", "评分"),
)
GROUP_NAMES = ("group", "group_id", "分组", "组别", "組別", "article_id", "document_id", "doc_id")
SPLIT_NAMES = ("split", "subset", "划分", "数据划分", "劃分")
ID_NAMES = ("id", "_id", "idx", "index", "uid", "guid", "row_id", "编号", "序号", "編號", "序號")

_LOOKED_AT = 5000  # rows
_MOST_LABELS = 200


class Roles(Settings):
    """The names of the columns that play a part; None where there is none."""

    text: str
    question: str | None = None
    label: str | None = None
    group: str | None = None
    split: str | None = None
    id: str | None = None


def guess_roles(table: pa.Table) -> Roles:
    """A first guess, for the user to change.

    Text: by name, else the column with the longest values on average. Label: by name, else the
    column with the fewest distinct values, if they come back often enough. Raises UserError for
    a table without columns.
    """
    columns = [name for name in table.column_names if name != "_row_id"]
    if not columns:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The table has no columns."),
            QT_TRANSLATE_NOOP("engine", "Choose a file with a header and rows."),
        )
    taken: dict[str, str] = {}
    for role, names in (
        ("text", TEXT_NAMES),
        ("label", LABEL_NAMES),
        ("group", GROUP_NAMES),
        ("split", SPLIT_NAMES),
        ("id", ID_NAMES),
    ):
        found = by_name([c for c in columns if c not in taken.values()], names)
        if found is not None:
            taken[role] = found
    # every guess by statistics leaves the named columns alone
    free = [c for c in columns if c not in taken.values()]
    if "text" not in taken:
        taken["text"] = _longest(table, free or columns)
        free = [c for c in free if c != taken["text"]]
    if "label" not in taken or taken["label"] == taken["text"]:
        taken.pop("label", None)
        label = _fewest_values(table, free)
        if label is not None:
            taken["label"] = label
    return Roles(**taken)


def roles_for(
    table: pa.Table,
    *,
    text: str | None = None,
    label: str | None = None,
    group: str | None = None,
    split: str | None = None,
    id: str | None = None,
    file: str | None = None,
) -> Roles:
    """The guess with the user's own choices in its place.

    Raises UserError naming a column that is not there, with the nearest name.
    """
    chosen = {
        role: name
        for role, name in (
            ("text", text),
            ("label", label),
            ("group", group),
            ("split", split),
            ("id", id),
        )
        if name is not None
    }
    for role, name in chosen.items():
        require(table.column_names, name, field=role, file=file)
    if chosen.get("text") is not None and chosen.get("text") == chosen.get("label"):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The column "{column}" cannot be text and label at once.'),
            QT_TRANSLATE_NOOP("engine", "Choose two columns."),
            file=file,
            column=chosen["text"],
        )
    rest = [c for c in table.column_names if c not in chosen.values()]
    guessed = guess_roles(table.select(rest)).model_dump() if rest else {}
    return Roles(**{**guessed, **chosen})


def require(
    columns: Sequence[str], name: str, *, field: str | None = None, file: str | None = None
) -> None:
    """Raises UserError unless `name` is among the columns."""
    if name in columns:
        return
    from rapidfuzz import fuzz, process

    known = [c for c in columns if c != "_row_id"]
    near = process.extractOne(name, known, scorer=fuzz.ratio, processor=_plain, score_cutoff=60)
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'There is no column "{column}".'),
        QT_TRANSLATE_NOOP("engine", 'Did you mean "{near}"? The columns are: {columns}.')
        if near
        else QT_TRANSLATE_NOOP("engine", "The columns are: {columns}."),
        file=file,
        field=field,
        column=name,
        near=near[0] if near else "",
        columns=", ".join(known),
    )


def _plain(name: str) -> str:
    return "_".join(unicodedata.normalize("NFKC", name).casefold().replace("-", " ").split())


def by_name(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """The column whose whole name is the earliest of `names`; None where none is."""
    rank = {name: number for number, name in enumerate(names)}
    known = [c for c in columns if _plain(c) in rank]
    return min(known, key=lambda c: rank[_plain(c)]) if known else None


def _longest(table: pa.Table, columns: Sequence[str]) -> str:
    import pyarrow.compute as pc

    def length(name: str) -> float:
        column = table[name].slice(0, _LOOKED_AT)
        return float(pc.mean(pc.utf8_length(column)).as_py() or 0.0)

    return max(columns, key=length)  # the first of equals


def _fewest_values(table: pa.Table, columns: Sequence[str]) -> str | None:
    """Labels come back: two values or more, each in five rows on average (two in small files)."""
    import pyarrow.compute as pc

    best: tuple[int, str] | None = None
    for name in columns:
        column = table[name].slice(0, _LOOKED_AT)
        filled = column.filter(pc.not_equal(column, ""))
        distinct = pc.count_distinct(filled).as_py()
        each = 2 if len(filled) < 100 else 5
        if not 2 <= distinct <= _MOST_LABELS or distinct * each > len(filled):
            continue
        if pc.max(pc.utf8_length(filled)).as_py() > 60:
            continue
        if best is None or distinct < best[0]:
            best = (distinct, name)
    return best[1] if best else None
