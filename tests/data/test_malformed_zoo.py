"""No row is ever lost: what a table holds is kept, or rejected with its line and its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from malformed_zoo import Malformed, mark, zoo

from peft_desktop.core.errors import UserError
from peft_desktop.data.readers import read_file

ZOO = zoo()


@pytest.mark.parametrize("animal", ZOO, ids=[animal.name for animal in ZOO])
def test_that_no_row_is_lost(tmp_path: Path, animal: Malformed) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(animal.content)
    if animal.whole:
        with pytest.raises(UserError) as caught:
            read_file(path)
        assert caught.value.file is not None
        return
    imported = read_file(path)
    kept = [" ".join(row.values()) for row in imported.table.to_pylist()]
    rejected = [row.raw for row in imported.rejected]
    for one in animal.marks:
        assert sum(text.count(one) for text in kept + rejected) == animal.content.decode().count(
            one
        ), f"{one} of {animal.name}"
    if animal.kept is not None:
        assert len(kept) == animal.kept, [row.in_words() for row in imported.rejected]
    lines = animal.content.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in imported.rejected:
        start = row.raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")[0]
        assert lines[row.line - 1].startswith(start)
    assert imported.receipt.rows_read == len(kept)
    assert imported.receipt.rows_rejected == len(rejected)


def test_that_the_zoo_is_large_enough_and_its_rows_can_be_told_apart() -> None:
    assert len(ZOO) >= 60
    assert len({animal.name for animal in ZOO}) == len(ZOO)
    assert mark(1) not in mark(11)
