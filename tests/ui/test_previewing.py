"""What the Prompt page's preview is made of, without a window."""

from __future__ import annotations

import random
import time

from window_fakes import DEFAULT_MODEL, FakeLibrary

from peft_desktop.prompts.reading import Reader
from peft_desktop.prompts.template import Template
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.ui.cut_counting import count_cuts
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.preview_sources import Asked, Sources
from peft_desktop.ui.preview_spans import lay_out
from peft_desktop.ui.previewing import preview


def test_that_the_letters_shown_as_kept_are_those_that_the_model_gets(
    library: FakeLibrary,
) -> None:
    """Bytes are tokens here, so that what is kept can be read back."""
    tokens = Tokens(library.path(DEFAULT_MODEL))
    shuffle = random.Random(7)
    cuts = 0
    for _ in range(200):
        template = Template.parse(shuffle.choice(("A {a}\n{b} is {mask}", "{a}{b}: {mask}, {a}!")))
        row = {name: "电影 is fine 😀"[: shuffle.randint(0, 12)] for name in "ab"}
        reader = Reader(template, {}, tokens, shuffle.randint(12, 30), slot_ids=[0])
        reading, laid = reader.read(row), lay_out(reader, row)
        kept = "".join(s.text for s in laid.spans if not s.cut)
        pieces = [(start, end) for kind, start, end in reading.pieces if kind != "slot"]
        values = {char: byte for byte, char in bytes_to_unicode().items()}
        ids = [i for start, end in pieces for i in reading.ids[start:end]]
        read = bytes(values[tokens._tokenizer.id_to_token(i)] for i in ids)
        assert read.decode() == kept
        assert laid.tokens - laid.cut == len(reading.ids)
        cuts += laid.cut > 0
    assert cuts > 50


def bytes_to_unicode() -> dict[int, str]:
    """How byte-level tokenizers write bytes (GPT-2)."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in shown]
    return {b: chr(b) for b in shown} | {b: chr(256 + n) for n, b in enumerate(rest)}


def test_that_counting_stops_when_nobody_wants_it_any_more(
    opened: Surroundings, library: FakeLibrary
) -> None:
    asked = Asked(opened.document.folder, opened.document.file)
    looked: list[int] = []

    def wanted() -> bool:
        return not looked

    counted = count_cuts(Sources(library), asked, wanted, lambda news: looked.append(news.done))
    assert counted is not None and counted.done == looked[0] < counted.total == 32


def test_that_a_cell_of_ten_megabytes_harms_nothing(
    opened: Surroundings, library: FakeLibrary
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from peft_desktop.data.store import load_table

    folder = opened.document.folder
    assert folder is not None
    table = load_table(folder)
    texts = ["很长的文本 and words " * 600_000, *table["text"].to_pylist()[1:]]
    pq.write_table(table.set_column(0, "text", pa.array(texts)), folder / "data/table.parquet")
    file = opened.document.file.model_copy(update={"data_sha256": "big"})
    began = time.perf_counter()
    seen = preview(Sources(library), Asked(folder, file))
    assert seen.shortened and seen.spans is not None and seen.cut > 0
    assert time.perf_counter() - began < 5
