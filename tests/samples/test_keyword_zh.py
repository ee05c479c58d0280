"""The Chinese keyword sample: only the inserted phrase tells the label."""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
FOLDER = SAMPLES / "keyword_zh"
KEYWORD = "计算机编程"


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def frames():
    return json.loads((FOLDER / "frames.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def composed():
    """Each row joined with how it was composed, and `masked`: its text without the phrase."""
    texts = {split: table(f"{split}.csv") for split in ("train", "test")}
    rows = []
    for entry in table("provenance.csv"):
        row = {**texts[entry["split"]][int(entry["row"]) - 1], **entry}
        clause = row["frame"].replace("{k}", row["phrase"])
        assert row["text"].count(clause) == 1
        row["masked"] = row["text"].replace(clause, row["frame"].replace("{k}", "■"))
        rows.append(row)
    return rows


def of_split(rows, split):
    return [row for row in rows if row["split"] == split]


@pytest.mark.parametrize("name", ["train.csv", "test.csv", "tricky.csv"])
def test_that_the_label_is_the_substring_rule(name):
    for row in table(name):
        assert row["label"] == str(int(KEYWORD in row["text"])), row["text"]


def test_that_the_sentence_a_user_tries_first_was_not_learnt_by_heart():
    for name in ("train.csv", "test.csv", "tricky.csv"):
        for row in table(name):
            assert "我正在学习计算机编程，感觉非常有趣" not in row["text"]


def test_that_every_row_has_its_provenance(composed):
    assert Counter(row["split"] for row in composed) == {"train": 800, "test": 200}
    assert all(row["article"] and row["source"] in ("cmrc2018", "xquad") for row in composed)


def test_that_test_frames_are_unseen_in_training(frames, composed):
    train = [frame for group in frames["train"].values() for frame in group]
    test = [frame for group in frames["test"].values() for frame in group]
    assert len(set(train)) == len(train) >= 40
    assert len(set(test)) == len(test) >= 10
    assert not set(train) & set(test)
    for split, known in (("train", train), ("test", test)):
        assert {row["frame"] for row in of_split(composed, split)} == set(known)


def test_that_test_articles_are_unseen_in_training(composed):
    by_split = [
        {(r["source"], r["article"]) for r in of_split(composed, split)}
        for split in ("train", "test")
    ]
    assert not by_split[0] & by_split[1]


@pytest.mark.parametrize("split", ["train", "test"])
def test_that_frames_and_places_are_the_same_in_both_classes(composed, split):
    rows = of_split(composed, split)
    by_label = [
        Counter((r["place"], r["frame"]) for r in rows if r["label"] == label) for label in "01"
    ]
    assert by_label[0] == by_label[1]


def test_that_negatives_hold_every_near_miss_and_some_hold_a_plain_topic(frames, composed):
    for split in ("train", "test"):
        phrases = Counter(r["phrase"] for r in of_split(composed, split) if r["label"] == "0")
        assert set(phrases) == {*frames["near_misses"], *frames["topics"]}
        topics = sum(phrases[topic] for topic in frames["topics"])
        assert 0.1 <= topics / phrases.total() <= 0.3
    assert {r["phrase"] for r in composed if r["label"] == "1"} == {KEYWORD}


@pytest.mark.parametrize("split", ["train", "test"])
def test_that_lengths_are_alike_in_both_classes(composed, split):
    from scipy.stats import ks_2samp

    rows = of_split(composed, split)
    lengths = [[len(r["text"]) for r in rows if r["label"] == label] for label in "01"]
    means = [sum(part) / len(part) for part in lengths]
    assert abs(means[0] - means[1]) < 0.5
    assert ks_2samp(*lengths).pvalue > 0.5
    assert min(min(part) for part in lengths) >= 15
    assert max(max(part) for part in lengths) <= 45


def fitted(texts, labels):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), LogisticRegression(C=10)
    )
    return model.fit(texts, labels)


def test_that_without_the_phrase_a_bag_of_characters_is_at_chance(composed):
    train, test = of_split(composed, "train"), of_split(composed, "test")
    score = fitted([r["masked"] for r in train], [r["label"] for r in train]).score(
        [r["masked"] for r in test], [r["label"] for r in test]
    )
    assert 0.38 <= score <= 0.62  # chance is 0.5 with a spread of 0.035 on 200 rows


def test_that_without_the_phrase_no_fold_of_the_training_rows_is_told(composed):
    train = of_split(composed, "train")
    scores = []
    for fold in range(4):  # both of a couple on one side: apart, they would pull it below chance
        held = [r for r in train if int(r["couple"]) % 4 == fold]
        rest = [r for r in train if int(r["couple"]) % 4 != fold]
        model = fitted([r["masked"] for r in rest], [r["label"] for r in rest])
        scores.append(model.score([r["masked"] for r in held], [r["label"] for r in held]))
    assert 0.44 <= sum(scores) / 4 <= 0.56  # a spread of 0.018 on 800 rows


def test_that_with_the_phrase_the_same_bag_of_characters_does_learn(composed):
    train, test = of_split(composed, "train"), of_split(composed, "test")
    score = fitted([r["text"] for r in train], [r["label"] for r in train]).score(
        [r["text"] for r in test], [r["label"] for r in test]
    )
    assert score > 0.65  # so the two checks above can fail


def test_that_the_tricky_rows_are_both_kinds_and_new():
    tricky = table("tricky.csv")
    assert len(tricky) >= 20
    assert min(Counter(row["label"] for row in tricky).values()) >= 8
    known = {row["text"] for name in ("train.csv", "test.csv") for row in table(name)}
    assert not known & {row["text"] for row in tricky}
    assert all(row["why"] for row in tricky)


def test_that_composing_again_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SAMPLES / "scripts"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import keyword_zh

    letters = "山水风云花草木石金银铜铁春夏秋冬东西南北"
    articles = []
    for a in range(120):
        sentences = [
            f"{letters[a % 20]}{letters[i % 20]}第{a * 20 + i}号，位于城市的旁边。"
            for i in range(20)
        ]
        articles.append({"title": f"条目{a}", "paragraphs": [{"context": "".join(sentences)}]})
    for source, name in keyword_zh.SOURCES.items():
        (tmp_path / source).mkdir()
        content = {"data": articles if source == "cmrc2018" else []}
        (tmp_path / source / name).write_text(json.dumps(content), encoding="utf-8")
    outputs = []
    for run in ("one", "two"):
        keyword_zh.compose(tmp_path, tmp_path / run, seed=5)
        outputs.append({p.name: p.read_bytes() for p in sorted((tmp_path / run).iterdir())})
    assert outputs[0] == outputs[1]
    assert len(outputs[0]["train.csv"].splitlines()) == 801
