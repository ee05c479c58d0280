"""Every file of the zoo is read right, or its encoding is asked for; nothing is ever rubbish."""

from __future__ import annotations

from pathlib import Path

from encoding_zoo import zoo

from peft_desktop.core.errors import UserError
from peft_desktop.data.readers import read_file


def test_that_every_encoding_is_read_right_or_asked_for(tmp_path: Path) -> None:
    right, asked, rubbish = [], [], []
    animals = zoo()
    for number, animal in enumerate(animals):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(animal.content)
        try:
            texts = read_file(path).table["text"].to_pylist()
        except UserError as error:
            assert "encoding" in str(error), animal.name
            asked.append(animal.name)
        else:
            (right if texts == animal.texts else rubbish).append(animal.name)
    assert len(animals) >= 150
    assert rubbish == []
    assert len(right) >= 0.95 * len(animals), asked
