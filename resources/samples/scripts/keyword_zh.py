"""Compose `keyword_zh`: does a sentence contain the keyword? Made so that nothing else tells.

Two real sentences of almost the same length share one frame and one place; a coin gives the keyword
to one of them and a near miss (or an unrelated topic) to the other. Frames, places, sentence
lengths and topics are therefore the same in both classes; only the inserted phrase differs.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from frames_zh import KEYWORD, NEAR_MISSES, TEST_FRAMES, TOPICS, TRAIN_FRAMES
from tables import normalised, write_csv, write_json

SOURCES = {"cmrc2018": "cmrc2018_trial.json", "xquad": "xquad.zh.json"}
ROWS = {"train": 800, "test": 200}
TOPIC_SHARE = 0.2
TEST_ARTICLES_SHARE = 0.24
SHORTEST, LONGEST = 8, 28
TEXT_LONGEST = 45
# the exact sentence that a user will try first must not have been learnt by heart
KEPT_OUT = "我正在学习计算机编程，感觉非常有趣"

_PLAIN = re.compile(r"^[一-鿿0-9A-Za-z，、《》“”（）：·\-]+。$")
_OWN_WORDS = re.compile("计算|编程|电脑|程序|软件|程式|电算")
_HANGING = ("但", "而", "因此", "所以", "此外", "然而", "并", "且", "其中", "也", "后来", "”", "）")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A real sentence, with its full stop, and where it comes from."""

    text: str
    source: str
    article: str


@dataclass(frozen=True, slots=True)
class Row:
    """A composed text and what it was composed of; two rows share each couple number."""

    couple: int
    text: str
    label: str
    place: str
    frame: str
    phrase: str
    carrier: Carrier


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("《》", "“”", "（）"))


def _splits_cleanly(text: str) -> bool:
    head, comma, _ = text.partition("，")
    return bool(comma) and len(head) >= 2 and _balanced(head)


def read_carriers(data: Path) -> list[Carrier]:
    """Short, whole, plain sentences of both sources; none mentions computers or programs."""
    found: dict[str, Carrier] = {}
    for source, name in SOURCES.items():
        content = json.loads((data / source / name).read_text(encoding="utf-8"))
        for number, article in enumerate(content["data"]):
            title = article.get("title") or f"article {number + 1}"
            for paragraph in article["paragraphs"]:
                for sentence in re.findall(r"[^。！？；\n]+[。！？；]", paragraph["context"]):
                    text = re.sub(r"\s+", "", sentence)
                    if (
                        SHORTEST <= len(text) <= LONGEST
                        and _PLAIN.match(text)
                        and not _OWN_WORDS.search(text)
                        and not text.startswith(_HANGING)
                        and _balanced(text)
                    ):
                        found.setdefault(normalised(text), Carrier(text, source, title))
    return list(found.values())


def placed(carrier: str, frame: str, place: str, phrase: str) -> str:
    """The carrier (with its full stop) with the frame put before, inside or after it."""
    clause = frame.replace("{k}", phrase)
    if place == "start":
        return clause + carrier
    if place == "end":
        return carrier[:-1] + "，" + clause
    head, _, tail = carrier.partition("，")
    return f"{head}，{clause}，{tail}"


def _stand_ins(count: int, rng: random.Random) -> list[str]:
    """Phrases for the negative rows: near misses in equal numbers, and a part of plain topics."""
    topics = round(count * TOPIC_SHARE)
    phrases: list[str] = []
    for words, wanted in ((NEAR_MISSES, count - topics), (TOPICS, topics)):
        order = list(words)
        rng.shuffle(order)
        turn = cycle(order)
        phrases += [next(turn) for _ in range(wanted)]
    rng.shuffle(phrases)
    return phrases


def _compose_part(
    carriers: list[Carrier], frames: dict[str, tuple[str, ...]], rows: int, rng: random.Random
) -> list[Row]:
    pairs = rows // 2
    quota = {"middle": pairs // 3, "start": pairs - 2 * (pairs // 3), "end": pairs // 3}
    rng.shuffle(carriers)
    free = list(carriers)
    stand_ins = iter(_stand_ins(pairs, rng))
    result: list[Row] = []
    for place, wanted in quota.items():  # middle first: it needs a comma
        fitting = [c for c in free if place != "middle" or _splits_cleanly(c.text)]
        # longer sentences only where needed: the model reads two or three tokens a character
        chosen = sorted(fitting, key=lambda c: len(c.text))[: 2 * wanted]
        if len(chosen) < 2 * wanted:
            raise SystemExit(f"only {len(chosen)} sentences for {2 * wanted} rows ({place})")
        taken = set(chosen)
        free = [c for c in free if c not in taken]
        order = list(frames[place])
        rng.shuffle(order)
        turn = cycle(order)
        couples = [(chosen[i], chosen[i + 1]) for i in range(0, 2 * wanted, 2)]
        rng.shuffle(couples)
        for couple in couples:
            number = len(result) // 2 + 1
            frame, (positive, negative) = next(turn), rng.sample(couple, 2)
            for label, carrier, phrase in (
                ("1", positive, KEYWORD),
                ("0", negative, next(stand_ins)),
            ):
                text = placed(carrier.text, frame, place, phrase)
                result.append(Row(number, text, label, place, frame, phrase, carrier))
    rng.shuffle(result)
    return result


def _check(rows: list[Row]) -> None:
    for row in rows:
        if (row.label == "1") != (KEYWORD in row.text):
            raise SystemExit(f"label and text disagree: {row.text}")
        if KEPT_OUT in row.text:
            raise SystemExit(f"the kept-out sentence is in the data: {row.text}")
        if len(row.text) > TEXT_LONGEST:
            raise SystemExit(f"too long: {row.text}")


def compose(data: Path, out: Path, seed: int) -> None:
    """Write train.csv, test.csv, frames.json and provenance.csv under `out`."""
    rng = random.Random(seed)
    carriers = read_carriers(data)
    articles = sorted({(c.source, c.article) for c in carriers})
    rng.shuffle(articles)
    held_out = set(articles[: round(len(articles) * TEST_ARTICLES_SHARE)])
    frames = {"train": TRAIN_FRAMES, "test": TEST_FRAMES}
    provenance: list[tuple[str, ...]] = []
    for split, count in ROWS.items():
        mine = [c for c in carriers if ((c.source, c.article) in held_out) == (split == "test")]
        rows = _compose_part(mine, frames[split], count, rng)
        _check(rows)
        write_csv(out / f"{split}.csv", ("text", "label"), ((r.text, r.label) for r in rows))
        for number, row in enumerate(rows, start=1):
            origin = (row.carrier.source, row.carrier.article)
            made_of = (str(row.couple), row.place, row.frame, row.phrase)
            provenance.append((split, str(number), *made_of, *origin))
    write_csv(
        out / "provenance.csv",
        ("split", "row", "couple", "place", "frame", "phrase", "source", "article"),
        provenance,
    )
    write_json(
        out / "frames.json",
        {
            "keyword": KEYWORD,
            "train": TRAIN_FRAMES,
            "test": TEST_FRAMES,
            "near_misses": NEAR_MISSES,
            "topics": TOPICS,
        },
    )
