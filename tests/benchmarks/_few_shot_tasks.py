"""The tasks of `few_shot`: their rows as files of one shape, their templates and label words.

Templates and words come from the program's bank; among those of a task the best were taken by what
the untrained models got right on the training and selection rows of one split, never test rows.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import _common as common

POOL = 1000  # unlabelled rows at most
Row = dict[str, str]


@dataclass(frozen=True)
class Wording:
    """Templates, best first, and a word for each label."""

    templates: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """`wordings` by family; "" is for all families that are not named."""

    folder: str
    labels: tuple[str, ...]
    wordings: dict[str, Wording]
    pool: str

    def wording(self, family: str) -> Wording:
        return self.wordings.get(family) or self.wordings[""]


_LIKED = ("terrible", "great")
_ASKED = ("explanation", "thing", "expression", "person", "place", "number")
_SECTIONS = ("world", "sports", "business", "technology")
_FIELDS = ("politics", "sports", "business", "technology")
_ZH_TOPICS = {
    "news_story": "故事",
    "news_culture": "文化",
    "news_entertainment": "娱乐",
    "news_sports": "体育",
    "news_finance": "财经",
    "news_house": "房产",
    "news_car": "汽车",
    "news_edu": "教育",
    "news_tech": "科技",
    "news_military": "军事",
    "news_travel": "旅游",
    "news_world": "国际",
    "news_stock": "股票",
    "news_agriculture": "农业",
    "news_game": "电竞",
}
TASKS: dict[str, Task] = {
    "sst-2": Task(
        "kshot16_en/sst-2",
        ("0", "1"),
        {
            "causal": Wording(
                (
                    "Review: {text}\nOverall, the movie was {mask}",
                    "Review: {text}\nOverall, it was {mask}",
                    "{text}\nAll in all, it was {mask}",
                ),
                _LIKED,
            ),
            "": Wording(
                (
                    "{text} It was {mask}.",
                    "{text} The movie was {mask}.",
                    "{text} All in all, it was {mask}.",
                ),
                _LIKED,
            ),
        },
        "film reviews of nltk_sentence_polarity without those of the test file",
    ),
    "agnews": Task(
        "kshot16_en/agnews",
        ("0", "1", "2", "3"),
        {
            "causal": Wording(
                (
                    "Article: {text}\nThe topic of this article is {mask}",
                    "{text}\nThis text is about {mask}",
                    "{text}\nTags: {mask}",
                ),
                _FIELDS,
            ),
            "": Wording(
                (
                    "{mask} news: {text}",
                    "{text} The topic is {mask}.",
                    "{text} Read more about {mask}.",
                ),
                _SECTIONS,
            ),
        },
        "rows of the test file outside the sample, without their labels",
    ),
    "trec": Task(
        "kshot16_en/trec",
        ("0", "1", "2", "3", "4", "5"),
        {
            "causal": Wording(
                (
                    "Question: {text}\nThe answer to this question is a {mask}",
                    "{text}\nThis question asks about a {mask}",
                    "{text}\nI am looking for a {mask}",
                ),
                _ASKED,
            ),
            "encoder": Wording(
                (
                    "{text} The answer is {mask}.",
                    "{text} This asks about {mask}.",
                    "{text} It asks for {mask}.",
                ),
                (
                    "a description",
                    "a thing",
                    "an abbreviation",
                    "a person",
                    "a place",
                    "a number",
                ),
            ),
            "": Wording(
                (
                    "{text} The answer is a {mask}.",
                    "{text} This asks about a {mask}.",
                    "{text} I look for a {mask}.",
                ),
                _ASKED,
            ),
        },
        "the questions of the other splits, without their labels",
    ),
    "eprstmt": Task(
        "fewclue/eprstmt",
        ("Negative", "Positive"),
        {
            "causal": Wording(
                (
                    "评论：{text}\n总的来说，很{mask}",
                    "{text}\n总之，{mask}",
                    "{text}\n我觉得很{mask}",
                ),
                ("差", "好"),
            ),
            "": Wording(
                ("{text}总的来说很{mask}。", "总之{mask}。{text}", "{text}我觉得很{mask}。"),
                ("差", "好"),
            ),
        },
        "the task's own unlabelled texts",
    ),
    "tnews": Task(
        "fewclue/tnews",
        tuple(_ZH_TOPICS),
        {
            "causal": Wording(
                (
                    "新闻：{text}\n这篇新闻的主题是{mask}",
                    "{text}\n主题：{mask}",
                    "标题：{text}\n类别：{mask}",
                ),
                tuple(_ZH_TOPICS.values()),
            ),
            "": Wording(
                ("{text}这是关于{mask}的新闻。", "{text}主题是{mask}。", "{mask}新闻：{text}"),
                tuple(_ZH_TOPICS.values()),
            ),
        },
        "the task's own unlabelled texts",
    ),
}
ENGLISH = ("sst-2", "agnews", "trec")


@dataclass(frozen=True)
class Files:
    """One split on disk, JSON lines with `sentence` and `label`."""

    train: Path
    valid: Path
    test: Path
    pool: Path


def files(data: Path, work: Path, name: str, seed: int, test_rows: int) -> Files:
    """The split of a seed; the test sample and the pool are the same for all seeds.

    `test_rows` 0: all of them.
    """
    folder = work / "data" / f"{name}-{seed}-{test_rows}"
    made = Files(*(folder / f"{part}.jsonl" for part in ("train", "valid", "test", "pool")))
    if made.pool.exists():
        return made
    folder.mkdir(parents=True, exist_ok=True)
    task = TASKS[name]
    train, valid, whole = _split(data / task.folder, seed)
    test = whole
    if test_rows and test_rows < len(whole):
        places = sorted(random.Random(0).sample(range(len(whole)), test_rows))
        test = [whole[place] for place in places]
    for path, rows in ((made.train, train), (made.valid, valid), (made.test, test)):
        _write(path, rows)
    known = {row["sentence"] for row in test}
    texts = [text for text in _pool(data, name, seed, whole) if text not in known]
    random.Random(0).shuffle(texts)
    _write(made.pool, [{"sentence": text} for text in texts[:POOL]])
    return made


def _split(folder: Path, seed: int) -> tuple[list[Row], list[Row], list[Row]]:
    if "kshot16_en" in folder.parts:
        of_seed = folder / f"16-{seed}"
        return _tsv(of_seed / "train.tsv"), _tsv(of_seed / "dev.tsv"), _tsv(folder / "test.tsv")
    fold = common.SEEDS.index(seed)
    train, valid = (_json(folder / f"{part}_{fold}.json") for part in ("train", "dev"))
    return train, valid, _json(folder / "test_public.json")


def _pool(data: Path, name: str, seed: int, whole: list[Row]) -> list[str]:
    """Texts without labels; those of the split's own rows are left out by the program itself."""
    if name == "sst-2":
        folder = data / "nltk_sentence_polarity"
        files_of = [folder / "rt-polarity.neg", folder / "rt-polarity.pos"]
        lines = [p.read_text(encoding="latin-1").splitlines() for p in files_of if p.exists()]
        seen = {" ".join(row["sentence"].lower().split()) for row in whole}
        return [t for some in lines for t in some if " ".join(t.lower().split()) not in seen]
    if name == "agnews":
        return [row["sentence"] for row in whole]
    if name == "trec":
        folder = data / TASKS[name].folder
        others = [folder / f"16-{other}" for other in common.SEEDS if other != seed]
        rows = [
            row for of in others for part in ("train", "dev") for row in _tsv(of / f"{part}.tsv")
        ]
        return list(dict.fromkeys(row["sentence"] for row in rows))
    return [row["sentence"] for row in _json(data / TASKS[name].folder / "unlabeled.json")]


def _tsv(path: Path) -> list[Row]:
    """Lines of text, tab, label under a header; quotes mean nothing there."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.rsplit("\t", 1) for line in lines if line.strip()]
    return [{"sentence": text, "label": label} for text, label in pairs]


def _json(path: Path) -> list[Row]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        label = str(record.get("label_desc", record.get("label", "")))
        found.append({"sentence": str(record["sentence"]), "label": label})
    return found


def _write(path: Path, rows: Iterable[Row]) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(lines, encoding="utf-8")
    temporary.replace(path)
