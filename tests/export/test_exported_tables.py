"""The tables that the exported program reads and refuses, on a classifier that needs no model."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest


class Guesser:
    """Says how long a text is, up to ten."""

    added = ("predicted_label", "probability", "probability_short", "probability_long")
    columns = ("text",)

    def __init__(self, here: Path, base: Path | None) -> None:
        pass

    def answers(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, object]]:
        answered: list[dict[str, object]] = []
        for row in rows:
            share = min(10, len(row["text"])) / 10
            best, chance = ("long", share) if share > 0.5 else ("short", 1 - share)
            found = {"probability_short": 1 - share, "probability_long": share}
            answered.append({"predicted_label": best, "probability": chance, **found})
        return answered


@pytest.fixture
def predict(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    import predict

    monkeypatch.setattr(predict, "opened", lambda base: Guesser(Path(), base))
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "TQDM_DISABLE"):
        monkeypatch.setenv(name, "1")
    return predict


Said = pytest.CaptureFixture[str]


def texts_in(said: str) -> list[str]:
    return [row["text"] for row in csv.DictReader(said.splitlines(keepends=True))]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("id,text\n1,好\n".encode("gb18030"), ["好"]),
        ("id,text\n1,好\n".encode("utf-16"), ["好"]),
        ("\ufeffid,text\r\n1,é\r\n".encode(), ["é"]),
        (b"id,text\n1,caf\xe9\n", ["café"]),
        (b"id;text\n1;a,b\n", ["a,b"]),
        (b"id\ttext\n1\ta;b\n", ["a;b"]),
        (b'text\n"a ""b""\nc"\n\nd\n', ['a "b"\nc', "d"]),
        (b"id,text\n1\n2,b\n", ["", "b"]),
        (b"id,text\n", []),
        (b"text,id\n" + b"x" * 300_000 + b",1\n", ["x" * 300_000]),
        (b"text\n" + b"row\n" * 1000, ["row"] * 1000),
    ],
)
def test_that_a_table_is_read_as_it_was_meant(
    predict: ModuleType, tmp_path: Path, capsys: Said, content: bytes, texts: list[str]
) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    assert predict.main([str(tmp_path / "in.csv")]) == 0
    assert texts_in(capsys.readouterr().out) == texts


def test_that_the_answer_stands_behind_the_inputs_columns(
    predict: ModuleType, tmp_path: Path, capsys: Said
) -> None:
    (tmp_path / "in.csv").write_text("text,id\nabc,7\nabcdefgh,8\n", encoding="utf-8")
    assert predict.main([str(tmp_path / "in.csv")]) == 0
    assert capsys.readouterr().out == (
        "text,id,predicted_label,probability,probability_short,probability_long\n"
        "abc,7,short,0.7,0.7,0.3\n"
        "abcdefgh,8,long,0.8,0.19999999999999996,0.8\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"id,body\n1,a\n", "needs the column 'text'"),
        (b"text,predicted_label\na,b\n", "'predicted_label' already"),
        (b"text,probability_long\na,b\n", "'probability_long' already"),
        (b"text,id\na,1\nb,2,3\n", "line 3: 3 cells, but the header has 2"),
    ],
)
def test_that_a_table_that_does_not_fit_is_refused_in_a_line(
    predict: ModuleType, tmp_path: Path, capsys: Said, content: bytes, said: str
) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    assert predict.main([str(tmp_path / "in.csv")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_that_a_missing_file_and_an_unknown_encoding_are_said(
    predict: ModuleType, tmp_path: Path, capsys: Said
) -> None:
    assert predict.main([str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
    (tmp_path / "in.csv").write_text("text\na\n", encoding="utf-8")
    assert predict.main([str(tmp_path / "in.csv"), "--encoding", "klingon"]) == 2
    assert "klingon" in capsys.readouterr().err


def test_that_the_base_model_is_known_by_its_weights(
    predict: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prompt.loading import Unusable, find_base, weights_hash

    def model(name: str, weights: bytes) -> Path:
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        (folder / "config.json").write_text("{}", encoding="utf-8")
        (folder / "model.safetensors").write_bytes(weights)
        return folder

    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(tmp_path))
    model("a", b"one")
    wanted = model("b", b"two")
    how = {"base": "b", "base_sha256": weights_hash(wanted)}
    assert find_base(how, None) == wanted
    assert find_base(how, wanted) == wanted
    with pytest.raises(Unusable, match="other ones"):
        find_base(how, tmp_path / "models" / "a")
    with pytest.raises(Unusable, match=r"no config\.json"):
        find_base(how, tmp_path)
    (wanted / "peft-desktop.json").write_text(
        f'{{"sha256": "{how["base_sha256"]}"}}', encoding="utf-8"
    )
    (wanted / "model.safetensors").write_bytes(b"changed")
    with pytest.raises(Unusable, match="--base"):
        find_base(how, None)
