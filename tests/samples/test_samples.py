"""The shipped samples: they parse, balance, do not repeat themselves and carry their licences."""

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
SIZES = {
    "movie_reviews": {"train": 1000, "test": 1000},
    "banking_intents": {"train": 9947, "test": 3076},
    "keyword_zh": {"train": 800, "test": 200},
}
LABELS = {"movie_reviews": 2, "banking_intents": 77, "keyword_zh": 2}
LICENCES = {
    "movie_reviews": ("LICENSE-CC-BY-4.0.txt", "Attribution 4.0 International"),
    "banking_intents": ("LICENSE-CC-BY-4.0.txt", "Attribution 4.0 International"),
    "keyword_zh": ("LICENSE-CC-BY-SA-4.0.txt", "Attribution-ShareAlike 4.0 International"),
}
TASKS = (
    *("banking_pairs", "restaurant_fields", "restaurant_texts", "restaurant_topics"),
    *("snips_slots", "wnut_entities", "xquad_en", "xquad_zh"),
)


def rows_of(sample: str, split: str) -> list[dict[str, str]]:
    with (SAMPLES / sample / f"{split}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def test_that_every_sample_folder_is_known_here():
    folders = {p.name for p in SAMPLES.iterdir() if p.is_dir() and p.name != "scripts"}
    assert folders == set(SIZES) | set(TASKS)  # of the others: test_task_samples.py


@pytest.mark.parametrize("sample", SIZES)
@pytest.mark.parametrize("split", ["train", "test"])
def test_that_the_file_has_its_header_its_rows_and_no_empty_cell(sample, split):
    content = (SAMPLES / sample / f"{split}.csv").read_bytes()
    assert content.startswith(b"text,label\n")
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    rows = rows_of(sample, split)
    assert len(rows) == SIZES[sample][split]
    assert all(set(row) == {"text", "label"} for row in rows)
    assert all(row["text"].strip() and row["label"].strip() for row in rows)
    assert len({row["label"] for row in rows}) == LABELS[sample]


@pytest.mark.parametrize("sample", ["movie_reviews", "keyword_zh"])
@pytest.mark.parametrize("split", ["train", "test"])
def test_that_both_labels_are_equally_frequent(sample, split):
    counts = Counter(row["label"] for row in rows_of(sample, split))
    assert len(set(counts.values())) == 1


@pytest.mark.parametrize("sample", SIZES)
def test_that_no_text_repeats_within_or_between_the_files(sample):
    texts = [normalised(r["text"]) for split in ("train", "test") for r in rows_of(sample, split)]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("sample", LICENCES)
def test_that_the_licence_and_the_attribution_lie_beside_the_data(sample):
    name, opening = LICENCES[sample]
    licence = (SAMPLES / sample / name).read_text(encoding="utf-8")
    assert licence.startswith(opening)
    assert "Section 3" in licence
    attribution = (SAMPLES / sample / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert name in attribution
    assert "Changes:" in attribution
    assert sample in (SAMPLES / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SIZES)
def test_that_sample_json_fits_its_data(sample):
    about = json.loads((SAMPLES / sample / "sample.json").read_text(encoding="utf-8"))
    assert about["schema_version"] == 1
    assert about["title"]["en"] and about["title"]["zh"]
    assert f"LICENSE-{about['licence'].replace(' ', '-')}.txt" == LICENCES[sample][0]
    assert about["template"].count("{mask}") == 1
    assert "{text}" in about["template"]
    for name in about["parameters"]:
        assert "{" + name + "}" in about["template"]
    for split in ("train", "test"):
        with (SAMPLES / sample / about[split]).open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            assert {about["text"], about["label"]} <= set(table.fieldnames or ())
            assert {row[about["label"]] for row in table} == set(about["words"])
    words = [word for group in about["words"].values() for word in group]
    assert len(set(words)) == len(words)
    if about["per_class"] is not None:
        counts = Counter(row["label"] for row in rows_of(sample, "train"))
        assert max(counts.values()) >= about["per_class"] >= 1
    train = {normalised(row["text"]) for row in rows_of(sample, "train")}
    assert not train & {normalised(text) for text in about["try"]}
