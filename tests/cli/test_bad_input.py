"""What cannot become a project: exit code 2, one line that says where, and nothing left behind."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, make_model, review_rows, write_csv

Refused = Callable[..., str]
Init = Callable[..., str]


@pytest.fixture
def init(refused: Refused, model: str, tmp_path: Path) -> Init:
    """Run an `init` that must fail; gives its line and checks that nothing was left or changed."""

    def call(data: Path, *words: object, model: str = model) -> str:
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        folders = sorted(tmp_path.rglob("*"))
        target = tmp_path / "new project"
        line = refused("init", target, "--data", data, "--model", model, *words)
        assert sorted(tmp_path.rglob("*")) == folders
        assert {path: path.read_bytes() for path in before} == before
        return line

    return call


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_that_a_missing_file_is_refused(init: Init, tmp_path: Path) -> None:
    assert "none.csv" in init(tmp_path / "none.csv")


def test_that_a_folder_is_no_file(init: Init, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert "folder" in init(tmp_path / "folder.csv")


def test_that_an_empty_file_is_refused(init: Init, tmp_path: Path) -> None:
    assert "empty" in init(written(tmp_path / "d.csv", ""))


def test_that_a_header_without_rows_is_refused(init: Init, tmp_path: Path) -> None:
    assert "no rows" in init(written(tmp_path / "d.csv", "text,label\n"))


def test_that_one_class_is_refused(init: Init, tmp_path: Path) -> None:
    rows = [[text, "positive"] for text, _ in review_rows(20)]
    data = write_csv(tmp_path / "d.csv", rows)
    assert 'only "positive"' in init(data, "--label", "label")
    assert 'only "positive"' in init(data)


def test_that_a_label_column_without_labels_is_refused(init: Init, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "d.csv", [[text, ""] for text, _ in review_rows(20)])
    assert "no label" in init(data, "--label", "label")


def test_that_a_class_with_one_row_is_a_warning(run: Run, model: str, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "d.csv", [*review_rows(20), ["so so", "mixed"]])
    outcome = run("init", tmp_path / "p", "--data", data, "--model", model)
    assert outcome.code == 0
    assert "mixed" in outcome.err


@pytest.mark.parametrize("option", ["--text", "--label"])
def test_that_a_missing_column_is_named_with_those_there_are(
    init: Init, reviews: Path, option: str
) -> None:
    line = init(reviews, option, "labell")
    assert '"labell"' in line
    assert "text, label" in line


def test_that_one_column_cannot_be_text_and_label(init: Init, reviews: Path) -> None:
    assert '"text"' in init(reviews, "--text", "text", "--label", "text")


def test_that_a_test_file_without_the_label_column_is_named(
    init: Init, reviews: Path, tmp_path: Path
) -> None:
    test = write_csv(tmp_path / "t.csv", [["a film"]], ("text",))
    line = init(reviews, "--test", test)
    assert "t.csv" in line
    assert '"label"' in line


def test_that_a_label_that_only_the_test_file_has_is_named(
    init: Init, reviews: Path, tmp_path: Path
) -> None:
    test = write_csv(tmp_path / "t.csv", [["a film", "superb"]])
    assert "superb" in init(reviews, "--test", test)


def test_that_an_unknown_encoding_is_refused(init: Init, reviews: Path) -> None:
    assert "utf-99" in init(reviews, "--encoding", "utf-99")


def test_that_a_wrong_encoding_is_refused(init: Init, tmp_path: Path) -> None:
    data = written(tmp_path / "d.csv", "text,label\n很好,好\n很差,差\n".encode("gb18030"))
    assert "d.csv" in init(data, "--encoding", "utf-8")


@pytest.mark.parametrize("name", ["reviews.docx", "reviews.xyz", "reviews"])
def test_that_a_wrong_extension_is_refused(init: Init, reviews: Path, name: str) -> None:
    assert ".csv" in init(reviews.rename(reviews.with_name(name)))


def test_that_two_columns_of_one_name_are_refused(init: Init, tmp_path: Path) -> None:
    assert '"text"' in init(written(tmp_path / "d.csv", "text,text,label\na,b,c\nd,e,f\n"))


def test_that_a_label_without_words_is_refused(init: Init, reviews: Path) -> None:
    assert '"negative"' in init(reviews, "--word", "positive=good")


def test_that_words_for_a_label_that_is_not_there_are_refused(init: Init, reviews: Path) -> None:
    given = ("--word", "positive=good", "--word", "negative=bad", "--word", "mixed=so")
    assert '"mixed"' in init(reviews, *given)


def test_that_colliding_words_are_refused(init: Init, reviews: Path) -> None:
    assert '"good"' in init(reviews, "--word", "positive=good", "--word", "negative= good")


def test_that_an_empty_word_is_refused(init: Init, reviews: Path) -> None:
    assert "empty" in init(reviews, "--word", "positive=", "--word", "negative=bad")


@pytest.mark.parametrize("word", ["good", "=good"])
def test_that_a_word_without_its_label_is_explained(init: Init, reviews: Path, word: str) -> None:
    line = init(reviews, "--word", word)
    assert f"--word {word}" in line
    assert "=" in line


def test_that_a_word_that_the_model_cannot_read_is_refused(
    init: Init, reviews: Path, home: Path
) -> None:
    make_model(home / "models" / "latin", unknown="\u00e9")
    words = ("--word", "positive=très", "--word", "negative=é")
    assert "é" in init(reviews, *words, model="latin")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{text} It was good.", "no slot"),
        ("{text} {mask} {mask}", "second slot"),
        ("It was {mask}.", "no column"),
        ("{text} {mask", "never closed"),
        ("{texd} {mask}", "{text}"),
        ("", "slot"),
    ],
)
def test_that_a_broken_template_is_refused(
    init: Init, reviews: Path, template: str, said: str
) -> None:
    assert said in init(reviews, "--template", template)


def test_that_a_prompt_longer_than_the_context_is_refused(init: Init, reviews: Path) -> None:
    assert "500 tokens" in init(reviews, "--template", "{text} " + "very " * 100 + "{mask}")


def test_that_a_parameter_named_like_a_column_is_refused(init: Init, reviews: Path) -> None:
    given = ("--template", "{text} {label} {mask}", "--param", "label=x")
    assert '"label"' in init(reviews, *given)


def test_that_a_parameter_without_a_value_is_refused(init: Init, reviews: Path) -> None:
    given = ("--template", "{text} {what} {mask}", "--param", "what=")
    assert '"what"' in init(reviews, *given)


def test_that_an_unknown_task_is_refused(init: Init, reviews: Path) -> None:
    assert "classification" in init(reviews, "--task", "clasification")


def test_that_an_unknown_model_is_refused(init: Init, reviews: Path) -> None:
    assert '"nothing"' in init(reviews, model="nothing")


def test_that_the_absent_default_model_comes_with_the_command_that_installs_it(
    refused: Refused, reviews: Path, tmp_path: Path
) -> None:
    line = refused("init", tmp_path / "p", "--data", reviews)
    assert "peft-desktop models install smollm2-135m-instruct" in line
    assert not (tmp_path / "p").exists()


def test_that_a_pickled_model_is_refused(init: Init, reviews: Path, home: Path) -> None:
    folder = home / "models" / "pickled"
    make_model(folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "safetensors" in init(reviews, model="pickled")


def test_that_a_broken_model_is_refused(init: Init, reviews: Path, home: Path) -> None:
    folder = home / "models" / "broken"
    make_model(folder)
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    init(reviews, model="broken")


def test_that_a_model_with_code_of_its_own_is_refused(
    init: Init, reviews: Path, home: Path
) -> None:
    folder = home / "models" / "code"
    make_model(folder)
    config = folder / "config.json"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("{", '{"auto_map": {"AutoModel": "m.M"}, ', 1), encoding="utf-8")
    init(reviews, model="code")


def test_that_an_existing_project_is_never_overwritten(
    refused: Refused, project: Path, reviews: Path
) -> None:
    before = (project / "project.peftproj").read_bytes()
    assert "already" in refused("init", project, "--data", reviews, "--model", "tiny")
    assert (project / "project.peftproj").read_bytes() == before


def test_that_a_folder_with_other_files_is_not_used(
    refused: Refused, model: str, reviews: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    written(tmp_path / "mine" / "letter.txt", "dear")
    assert "not empty" in refused("init", tmp_path / "mine", "--data", reviews, "--model", model)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_that_a_file_in_the_place_of_the_folder_is_kept(
    refused: Refused, model: str, reviews: Path, tmp_path: Path
) -> None:
    mine = written(tmp_path / "mine", "dear")
    refused("init", mine, "--data", reviews, "--model", model)
    refused("init", mine / "below", "--data", reviews, "--model", model)
    assert mine.read_text(encoding="utf-8") == "dear"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_that_an_unwritable_folder_is_refused(
    init: Init, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *more: object, **words: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)  # root may write anywhere, so it is played
    assert "cannot be written" in init(reviews)


def test_that_a_full_disk_is_told_and_leaves_nothing(
    init: Init, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    def full(*words: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    assert "disk is full" in init(reviews)
