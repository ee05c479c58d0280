"""The fast reader of JSON lines and the careful one tell the same about a file."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from peft_desktop.data import json_blocks
from peft_desktop.data.readers import read_file

_ODD = [
    *('{"text": "a"', '{"text": 1, "text": 2}', "[1]", "", '{"new": "key"}', '{"text": {"a": 1}}'),
    *('{"label": "x", "text": "y"}', '{"text": "\\ud800", "label": "x"}', '{"text": 01}'),
    *('{"text": "\\u4f60 \\"q\\" \\n", "label": null}', '{"text": 1e5, "label": -0}', "{}"),
    *('{"text": "a", "label": -0}', '{"text": "a", "label": 12345678901234567890}'),
    *(
        '{"text": "a"} {"text": "b"}',
        '{"text": "\ufeffa", "label": 1}',
        '{"text": "a", "label": 1} x',
    ),
    *(
        '{"text": "\\u0000", "label": 1}',
        '{"text": "a\rb", "label": 1}',
        '{"text": "a","label": 1,}',
    ),
    *(' {"text" : "a" ,"label":true} ', '{"text": "tab\there", "label": "x"}', '{"text": NaN}'),
]


@pytest.mark.parametrize("label", [0, 0.5, True, "word"])
@pytest.mark.parametrize("seed", range(6))
def test_that_both_readers_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, label: object
) -> None:
    chance = random.Random(seed)
    lines = [
        json.dumps({"text": f'row {n} "said" 好\n', "label": label}, ensure_ascii=False)
        for n in range(2000)
    ]
    for _ in range(seed * 4):
        lines.insert(chance.randrange(1, len(lines)), chance.choice(_ODD))
    path = tmp_path / "a.jsonl"
    path.write_bytes((chance.choice(["\n", "\r\n"]).join(lines) + "\n").encode())

    def everything() -> tuple[object, ...]:
        imported = read_file(path)
        rejected = [(row.line, row.raw, row.in_words()) for row in imported.rejected]
        return imported.table.to_pylist(), rejected, imported.receipt.warnings

    fast = everything()
    monkeypatch.setattr(json_blocks, "_next_block", lambda *_: None)
    assert fast == everything()
