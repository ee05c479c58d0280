"""Entities: read from every shape with exact places, and never shifted silently."""

from __future__ import annotations

import json

import pytest

from peft_desktop.data import read_file
from peft_desktop.data.joined_tokens import found_in, joined
from peft_desktop.data.readers import ReadSettings
from peft_desktop.data.span_shapes import shaped_spans
from peft_desktop.data.span_tables import has_entities, tidied
from peft_desktop.data.spans import Span, SpanError, checked_spans, plain_spans, written
from peft_desktop.data.tag_schemes import Scheme, bio_tags, chunks_of

GOLD = [("John Smith", "PER"), ("New York", "LOC"), ("Acme", "ORG")]
TOKENS = ["John", "Smith", "left", "New", "York", "for", "Acme", "."]
BIO = ["B-PER", "I-PER", "O", "B-LOC", "I-LOC", "O", "B-ORG", "O"]
SCHEMES = {
    "BIO": BIO,
    "BIO_": [tag.replace("-", "_") for tag in BIO],
    "IO": ["I-PER", "I-PER", "O", "I-LOC", "I-LOC", "O", "I-ORG", "O"],
    "bare": ["PER", "PER", "O", "LOC", "LOC", "O", "ORG", "O"],
    "BIOES": ["B-PER", "E-PER", "O", "B-LOC", "E-LOC", "O", "S-ORG", "O"],
    "BMES": ["B-PER", "E-PER", "O", "B-LOC", "E-LOC", "O", "S-ORG", "O"],
    "BILOU": ["B-PER", "L-PER", "O", "B-LOC", "L-LOC", "O", "U-ORG", "O"],
}


def conll(tmp_path, content, name="some.conll", **how):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return read_file(path, ReadSettings(**how))


def block(tokens, tags, between="\t"):
    return "\n".join(between.join(pair) for pair in zip(tokens, tags, strict=True)) + "\n\n"


def entities(text, cell):
    return [(text[s:e], label) for s, e, label in checked_spans(cell, text)]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_that_every_scheme_gives_the_same_entities(tmp_path, scheme):
    read = conll(tmp_path, block(TOKENS, SCHEMES[scheme]) * 2)
    row = read.table.to_pylist()[1]
    assert entities(row["text"], row["entities"]) == GOLD
    assert not read.rejected and not read.receipt.warnings


def test_that_any_column_may_hold_the_tags_and_the_user_may_say_which(tmp_path):
    lines = [f"{n} {t} NN {tag} x" for n, (t, tag) in enumerate(zip(TOKENS, BIO, strict=True), 1)]
    content = "\n".join(lines) + "\n"
    row = conll(tmp_path, content).table.to_pylist()[0]
    assert row["text"] == " ".join(TOKENS)
    assert entities(row["text"], row["entities"]) == GOLD
    bare = conll(tmp_path, content.replace("NN", "NOUN"), tag_column=3).table.to_pylist()[0]
    assert {span.label for span in plain_spans(bare["entities"])} == {"NOUN"}


def test_that_comments_documents_and_known_texts_are_understood(tmp_path):
    content = (
        "-DOCSTART- -X- O\n\n# sent_id = 1\n# text = John Smith left.\n"
        "John\tB-PER\nSmith\tI-PER\nleft\tO\n.\tO\n\n-DOCSTART- -X- O\n\n#tag\tO\nhere\tO\n"
    )
    rows = conll(tmp_path, content).table.to_pylist()
    assert [row["text"] for row in rows] == ["John Smith left.", "#tag here"]
    assert [row["document"] for row in rows] == ["1", "2"]
    assert entities(rows[0]["text"], rows[0]["entities"]) == [("John Smith", "PER")]


def test_that_broken_lines_cost_their_sentence_only_and_are_told_with_their_number(tmp_path):
    content = block(TOKENS, BIO) + "Ada\tB-PER\nbroken\n\n" + block(TOKENS, BIO)
    read = conll(tmp_path, content)
    assert read.table.num_rows == 2
    assert [(bad.line, bad.raw) for bad in read.rejected] == [(11, "broken")]
    assert "tag is in column 2" in read.rejected[0].in_words()


def test_that_a_tag_of_another_scheme_is_rejected_with_its_line(tmp_path):
    content = block(TOKENS, BIO) + "Ada\tPER\n\n"
    read = conll(tmp_path, content)
    assert [bad.line for bad in read.rejected] == [10]
    assert '"PER"' in read.rejected[0].in_words()
    plain = conll(tmp_path, block(TOKENS, SCHEMES["bare"]) + "Ada\tB-PER\n\n")
    assert [bad.line for bad in plain.rejected] == [10]


def test_that_an_entity_that_has_not_begun_is_told_with_its_line(tmp_path):
    content = block(TOKENS, BIO) + "Ada\tI-PER\nleft\tO\n\n"
    read = conll(tmp_path, content)
    row = read.table.to_pylist()[1]
    assert entities(row["text"], row["entities"]) == [("Ada", "PER")]
    assert [warning.values["lines"] for warning in read.receipt.warnings] == ["10"]


def test_that_the_comment_s_text_must_hold_the_tokens(tmp_path):
    content = block(TOKENS, BIO) + "# text = Ada went.\nAda\tB-PER\nleft\tO\n\n"
    read = conll(tmp_path, content)
    assert read.table.num_rows == 1
    assert '"left"' in read.rejected[0].in_words()


def test_that_chinese_characters_are_joined_without_blanks(tmp_path):
    tokens = [*"我在北京看iPhone展", "2", "0", "。"]
    tags = ["O", "O", "B-LOC", "I-LOC"] + ["O"] * (len(tokens) - 4)
    row = conll(tmp_path, block(tokens, tags) * 2).table.to_pylist()[0]
    assert row["text"] == "我在北京看iPhone展20。"
    assert entities(row["text"], row["entities"]) == [("北京", "LOC")]


def test_that_a_tagged_file_is_known_whatever_its_name(tmp_path):
    for name in ("train.txt", "train.tsv", "emerging.annotated"):
        read = conll(tmp_path, block(TOKENS, BIO) * 3, name=name)
        assert read.receipt.format == "conll" and read.table.num_rows == 3
    plain = conll(tmp_path, "text\tlabel\nGood\tO\nbad\tX\nso so\tO\nfine\tO\n", name="a.tsv")
    assert plain.receipt.format == "tsv"


TEXT = "Ada Lovelace lived in London"
SHAPES = {
    "own": '[{"start": 0, "end": 12, "label": "PER"}, {"start": 22, "end": 28, "label": "LOC"}]',
    "doccano": '[[0, 12, "PER"], [22, 28, "LOC"]]',
    "doccano 2": '[{"id": 1, "start_offset": 0, "end_offset": 12, "label": "PER"},'
    ' {"id": 2, "start_offset": 22, "end_offset": 28, "label": "LOC"}]',
    "spacy": '["Ada ...", {"entities": [[0, 12, "PER"], [22, 28, "LOC"]]}]',
    "entities": '{"entities": [[0, 12, "PER"], [22, 28, "LOC"]]}',
    "tuples": "[(0, 12, 'PER'), (22, 28, 'LOC')]",
    "type first": '[["PER", 0, 12], ["LOC", 22, 28]]',
    "label studio": '[{"result": [{"value": {"start": 0, "end": 12, "text": "Ada Lovelace",'
    ' "labels": ["PER"]}}, {"value": {"start": 22, "end": 28, "labels": ["LOC"]}}]}]',
    "cluener": '{"PER": {"Ada Lovelace": [[0, 11]]}, "LOC": {"London": [[22, 27]]}}',
    "by type": '{"PER": [[0, 12]], "LOC": [[22, 28]]}',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_that_every_shape_of_entity_lists_is_read(shape):
    assert shaped_spans(SHAPES[shape], TEXT).spans == [Span(0, 12, "PER"), Span(22, 28, "LOC")]


def test_that_another_way_of_counting_is_taken_only_where_the_texts_prove_it():
    assert shaped_spans(SHAPES["cluener"], TEXT).notes == {"inclusive"}
    text = "😀😀 Ada"
    utf16 = '[{"start": 5, "end": 8, "label": "PER", "text": "Ada"}]'
    found = shaped_spans(utf16, text)
    assert (found.spans, found.notes) == ([Span(3, 6, "PER")], {"utf16"})
    with pytest.raises(SpanError, match="not in the text"):
        shaped_spans(utf16.replace(', "text": "Ada"', ""), text)


@pytest.mark.parametrize(
    ("cell", "text", "why"),
    [
        ('[[0, 40, "PER"]]', TEXT, "not in the text of 28"),
        ('[[5, 5, "PER"]]', TEXT, "not in the text"),
        ('[[-3, 5, "PER"]]', TEXT, "not in the text"),
        ('[[0, 12, "PER"], [4, 20, "LOC"]]', TEXT, "overlap"),
        ('[{"start": 1, "end": 13, "label": "PER", "text": "Ada Lovelace"}]', TEXT, "not"),
        ('[[3, 4, "PER"]]', TEXT, "blank"),
        ('[[0, 3, ""]]', TEXT, "no type"),
        ("[[0]]", TEXT, "no start and end"),
        ("good", TEXT, "no list"),
        ('[[0, 4, "X"]]', "cafe\u0301 noir", "inside a character"),
        ('[[0, 1, "X"]]', "👍🏽 ok", "inside a character"),
        ('[[1, 4, "X"]]', "👩\u200d🚀 up", "inside a character"),
    ],
)
def test_that_entities_that_cannot_be_are_named(cell, text, why):
    with pytest.raises(SpanError) as caught:
        shaped_spans(cell, text)
    assert why in str(caught.value.sentence)


def test_that_right_to_left_text_and_persian_joiners_keep_their_places():
    text = "أحمد يعيش في القاهرة"
    start = text.index("القاهرة")
    assert shaped_spans(f'[[{start}, {len(text)}, "LOC"]]', text).spans[0].start == start
    persian = "می\u200cخواهم"
    assert shaped_spans('[[0, 2, "X"]]', persian).spans == [Span(0, 2, "X")]


def jsonl(tmp_path, rows):
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return tidied(read_file(path))


def test_that_a_table_is_written_in_our_own_spelling_and_broken_cells_stay(tmp_path):
    rows = [{"text": TEXT, "label": json.loads(SHAPES["cluener"])} for _ in range(10)]
    rows.append({"text": TEXT, "label": [[0, 99, "PER"]]})
    read = jsonl(tmp_path, rows)
    cells = read.table["label"].to_pylist()
    assert cells[0] == SHAPES["own"]
    assert cells[-1] == '[[0, 99, "PER"]]'
    assert read.receipt.warnings[0].values["count"] == 10


def test_that_tokens_and_tags_become_text_and_entities(tmp_path):
    read = jsonl(
        tmp_path, [{"tokens": TOKENS, "ner_tags": BIO}, {"tokens": ["a"], "ner_tags": ["O"]}]
    )
    row = read.table.to_pylist()[0]
    assert entities(row["text"], row["entities"]) == GOLD


def test_that_label_studio_and_pieces_of_text_are_understood(tmp_path):
    studio = jsonl(
        tmp_path, [{"data": {"text": TEXT}, "annotations": json.loads(SHAPES["label studio"])}] * 2
    )
    assert studio.table.to_pylist()[0]["annotations"] == SHAPES["own"]
    pieces = [{"text": "play "}, {"text": "Yesterday ", "entity": "track"}, {"text": "now"}]
    row = jsonl(tmp_path, [{"data": pieces}, {"data": pieces}]).table.to_pylist()[0]
    assert entities(row["text"], row["entities"]) == [("Yesterday", "track")]


def test_that_a_csv_with_lists_is_known_and_ordinary_labels_are_not(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,spans\n" + f'"{TEXT}","{SHAPES["tuples"]}"\n' * 3, encoding="utf-8")
    table = read_file(path).table
    assert has_entities(table)
    path.write_text("text,label\ngood,pos\nbad,neg\n", encoding="utf-8")
    assert not has_entities(read_file(path).table)


def test_that_tags_and_chunks_turn_into_each_other():
    scheme = Scheme.of(BIO)
    chunks, odd = chunks_of([scheme.read(tag) for tag in BIO])
    assert bio_tags(chunks, len(BIO)) == BIO and not odd
    two, _ = chunks_of([scheme.read(tag) for tag in ("B-PER", "B-PER", "I-PER", "I-LOC")])
    assert [tuple(chunk) for chunk in two] == [(0, 1, "PER"), (1, 3, "PER"), (3, 4, "LOC")]


def test_that_tokens_are_found_in_their_text():
    text, places = joined(["Hello", "世界", "，", "ok"])
    assert text == "Hello 世界， ok"
    assert [text[s:e] for s, e in places] == ["Hello", "世界", "，", "ok"]
    assert found_in("Don't  go", ["Do", "n't", "go"]) == [(0, 2), (2, 5), (7, 9)]
    assert plain_spans(written([(4, 5, "B"), (0, 1, "A")])) == [Span(0, 1, "A"), Span(4, 5, "B")]
