"""Which encoding a file is in: proved, scored with confidence, or asked; never rubbish."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.encodings import find_encoding
from peft_desktop.data.readers import ReadSettings, read_file

CHINESE = "文本,标签\n这部电影非常好看，我很喜欢！,正面\n质量太差了，再也不会买。,负面\n"
TRADITIONAL = "文本,標籤\n這部電影非常好看，我很喜歡！,正面\n質量太差了，再也不會買。,負面\n"
JAPANESE = "文,ラベル\nこの映画はとても面白かったです。,良い\n二度と買いません。,悪い\n"
KOREAN = "문장,라벨\n이 영화 정말 재미있어요.,긍정\n다시는 사지 않을 거예요.,부정\n"
FRENCH = (
    "texte,classe\nTrès bon film, à voir,bien\nDéçu par la qualité du café,mal\n".replace(
        ", à", " à"
    )
    + "Le garçon était très sympathique,bien\nJ’ai adoré cette œuvre,bien\n"
)
CZECH = "text,label\nPříliš žluťoučký kůň úpěl ďábelské ódy,a\nDěkuji za výborné zboží,b\n" * 3
RUSSIAN = "text,label\nОтличный фильм,a\nОчень плохое качество,b\n"


def written(folder: Path, content: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_that_unicode_is_read_with_certainty(tmp_path: Path, encoding: str) -> None:
    imported = read_file(written(tmp_path, CHINESE.encode(encoding)))
    assert imported.table.column_names == ["文本", "标签"]
    assert imported.table["标签"].to_pylist() == ["正面", "负面"]
    assert imported.receipt.encoding == encoding
    assert imported.receipt.encoding_confidence == 1.0


@pytest.mark.parametrize("end", ["le", "be"])
def test_that_utf16_without_a_mark_is_seen_by_its_zero_bytes(tmp_path: Path, end: str) -> None:
    path = written(tmp_path, "text,label\nhello there,pos\nbye,neg\n".encode(f"utf-16-{end}"))
    assert read_file(path).table["text"].to_pylist() == ["hello there", "bye"]


def test_that_utf16_with_a_mark_of_the_other_end_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xfe\xff" + CHINESE.encode("utf-16-be"))
    assert read_file(path).table["标签"].to_pylist() == ["正面", "负面"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
        (FRENCH, "cp1252"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_that_old_encodings_are_recognised(tmp_path: Path, text: str, encoding: str) -> None:
    found = find_encoding(written(tmp_path, text.encode(encoding)))
    assert found.codec == encoding
    assert 0.95 <= found.confidence <= 1.0


def test_that_one_chinese_row_in_much_ascii_is_right_or_asked(tmp_path: Path) -> None:
    lines = ["text,label"] + ["a perfectly plain review,pos"] * 1000
    lines.insert(700, "这个商品质量很好,neg")
    path = written(tmp_path, "\n".join(lines).encode("gb18030"))
    assert "这个商品质量很好" in read_file(path).table["text"].to_pylist()


@pytest.mark.parametrize("rows", ["好评,1\n", "好评,1\n差评,0\n", "不错,1\n一般,0\n很好,1\n"])
def test_that_a_few_bytes_of_gbk_are_right_or_asked_never_rubbish(
    tmp_path: Path, rows: str
) -> None:
    path = written(tmp_path, ("t,l\n" + rows).encode("gbk"))
    try:
        texts = read_file(path).table["t"].to_pylist()
    except UserError as error:
        assert "--encoding" in str(error)
    else:
        assert texts == [row.split(",")[0] for row in rows.split()]
    told = read_file(path, ReadSettings(encoding="gb18030"))
    assert told.table["t"].to_pylist() == [row.split(",")[0] for row in rows.split()]


def test_that_a_broken_byte_in_utf8_is_named_by_line(tmp_path: Path) -> None:
    content = (CHINESE * 20).encode()
    lines = content.split(b"\n")
    lines[30] = lines[30][:4] + b"\xff" + lines[30][4:]
    with pytest.raises(UserError, match="is UTF-8, but this line holds broken bytes") as caught:
        find_encoding(written(tmp_path, b"\n".join(lines)))
    assert caught.value.row == 31


def test_that_a_broken_byte_in_gbk_does_not_make_it_western(tmp_path: Path) -> None:
    lines = (CHINESE * 20).encode("gb18030").split(b"\n")
    lines[40] += b"\xff"
    with pytest.raises(UserError) as caught:
        find_encoding(written(tmp_path, b"\n".join(lines)))
    assert caught.value.row == 41


def test_that_bytes_of_no_language_are_asked_about(tmp_path: Path) -> None:
    noise = bytes(0xA1 + (n * 37 + n * n * 11) % 94 for n in range(400))
    with pytest.raises(UserError, match="--encoding"):
        find_encoding(written(tmp_path, b"text\n" + noise + b"\n"))


def test_that_a_told_encoding_is_checked(tmp_path: Path) -> None:
    path = written(tmp_path, CHINESE.encode("gb18030"))
    for name in ("klingon", "base64", "idna", ""):
        with pytest.raises(UserError, match="is not known"):
            find_encoding(path, name)
    with pytest.raises(UserError, match="not valid in the encoding") as caught:
        find_encoding(path, "utf-8")
    assert caught.value.row == 1
    assert find_encoding(path, "GBK").codec == "gbk"


def test_that_a_byte_order_mark_is_no_part_of_the_header_when_utf8_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, CHINESE.encode("utf-8-sig"))
    imported = read_file(path, ReadSettings(encoding="utf-8"))
    assert imported.receipt.header_changes == []
    assert imported.table.column_names[0] == "文本"
