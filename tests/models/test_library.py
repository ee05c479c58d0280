"""The library: what is added is clean and whole, and nothing half-done ever stays."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_models import drained, result_of

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Finished, PhaseChanged, Progressed, Started, Warned
from peft_desktop.tuning.models import Library, ModelCard

Tiny = Callable[..., Path]


def edit(path: Path, **changes: object) -> None:
    content = json.loads(path.read_text("utf-8"))
    content.update(changes)
    path.write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize("kind", ["bert", "gpt2", "llama", "roberta", "albert", "distilbert"])
def test_that_an_added_model_loads_with_the_same_weights(
    tiny: Tiny, library: Library, kind: str
) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoModelForMaskedLM

    auto = AutoModelForCausalLM if kind in ("gpt2", "llama") else AutoModelForMaskedLM
    source = tiny(kind)
    events = drained(library.add(source))
    assert isinstance(events[0], Started) and isinstance(events[-1], Finished)
    assert PhaseChanged("copying") in events
    assert any(isinstance(e, Progressed) and e.unit == "MB" for e in events)
    first = auto.from_pretrained(source).state_dict()
    second = auto.from_pretrained(library.path(kind), trust_remote_code=False).state_dict()
    assert first and all(torch.equal(first[name], second[name]) for name in first | second)


def test_that_the_card_tells_the_facts(tiny: Tiny, library: Library) -> None:
    source = tiny("llama", "My Tiny Llama!")
    (source / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# Tiny\n", "utf-8")
    card = ModelCard.model_validate(result_of(library.add(source)))
    assert card == library.get("my-tiny-llama") == library.list()[0]
    assert (card.name, card.family, card.architecture) == (
        "my-tiny-llama",
        "causal",
        "LlamaForCausalLM",
    )
    assert (card.hidden_size, card.context_length) == (64, 128)
    assert card.vocabulary_size == 267 and card.licence == "cc-by-4.0"
    assert card.trainable and card.why_not is None and card.chat_template
    assert card.cannot_read == []  # bytes read every script
    assert card.sha256 == hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    assert library.find_by_hash(card.sha256) == card
    assert library.find_by_hash("") is None and library.find_by_hash("0" * 64) is None
    folder = library.path("my-tiny-llama")
    assert card.size_bytes <= sum(p.stat().st_size for p in folder.iterdir())


def test_that_the_length_of_roberta_leaves_out_its_padding(tiny: Tiny, library: Library) -> None:
    assert result_of(library.add(tiny("roberta")))["context_length"] == 64


def test_that_languages_of_unknown_tokens_are_named(tiny: Tiny, library: Library) -> None:
    events = drained(library.add(tiny("bert")))
    card = library.get("bert")
    assert "zh" in card.cannot_read and "ru" in card.cannot_read and "en" not in card.cannot_read
    assert card.unknown_shares["en"] < 0.05 < 0.9 < card.unknown_shares["zh"]
    assert [e for e in events if isinstance(e, Warned) and "zh" in e.values["languages"]]


def test_that_a_tokenizer_that_drops_what_it_does_not_know_cannot_read_it(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers

    from peft_desktop.tuning.languages import unknown_shares

    letters = [chr(i) for i in range(33, 127)]
    rust = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(letters)}, merges=[]))
    rust.pre_tokenizer = pre_tokenizers.Whitespace()
    rust.save(str(tmp_path / "tokenizer.json"))
    shares = unknown_shares(tmp_path / "tokenizer.json")
    assert shares["en"] == 0 and shares["zh"] > 0.9


def test_that_only_what_a_model_needs_is_copied(tiny: Tiny, library: Library) -> None:
    source = tiny("bert")
    for name in ("pytorch_model.bin", "train.py", "evil.so", "optimizer.pt", "notes.txt"):
        (source / name).write_bytes(b"x")
    (source / "onnx").mkdir()
    (source / "LICENSE").write_text("                 Apache License\n  Version 2.0", "utf-8")
    edit(source / "config.json", _name_or_path="/home/me/secret", attn_implementation="eager")
    assert result_of(library.add(source))["licence"] == "apache-2.0"
    folder = library.path("bert")
    assert {path.name for path in folder.iterdir()} == {
        "LICENSE",
        "config.json",
        "model.safetensors",
        "peft-desktop.json",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    assert "secret" not in (folder / "config.json").read_text("utf-8")


def test_that_shards_are_added_whole(tiny: Tiny, library: Library) -> None:
    from safetensors.torch import load_file
    from transformers import AutoModelForMaskedLM

    source = tiny("bert")
    model = AutoModelForMaskedLM.from_pretrained(source)
    (source / "model.safetensors").unlink()
    model.save_pretrained(source, max_shard_size="20KB")
    card = result_of(library.add(source))
    shards = sorted(library.path("bert").glob("*.safetensors"))
    assert len(shards) > 1 and sum(len(load_file(s)) for s in shards) > 10
    hashes = sorted(hashlib.sha256(s.read_bytes()).hexdigest() for s in shards)
    assert card["sha256"] == hashlib.sha256("".join(hashes).encode()).hexdigest()


def test_that_a_folder_copied_in_by_hand_is_listed(tiny: Tiny, library: Library) -> None:
    shutil.copytree(tiny("gpt2"), library.folder / "by-hand")
    (library.folder / ".hidden.tmp").mkdir()
    (library.folder / "notes.txt").write_text("no model", "utf-8")
    cards = library.list()
    assert [card.name for card in cards] == ["by-hand"]
    assert cards[0].trainable and cards[0].family == "causal" and cards[0].sha256
    assert (library.folder / "by-hand" / "peft-desktop.json").is_file()
    assert library.list() == cards


def test_that_a_bad_folder_copied_in_by_hand_is_listed_with_its_reason(
    tiny: Tiny, library: Library
) -> None:
    shutil.copytree(tiny("bert"), library.folder / "bad")
    edit(library.folder / "bad" / "config.json", auto_map={"AutoModel": "evil.Model"})
    card = library.get("bad")
    assert not card.trainable and "auto_map" in str(card.why_not)
    with pytest.raises(UserError, match="auto_map"):
        library.path("bad")


def test_that_a_card_never_outlives_the_files_it_speaks_of(tiny: Tiny, library: Library) -> None:
    result_of(library.add(tiny("bert")))
    card_file = library.folder / "bert" / "peft-desktop.json"
    edit(card_file, title="Kept title")
    assert library.get("bert").title == "Kept title"
    edit(library.folder / "bert" / "config.json", auto_map={})
    card = library.get("bert")
    assert not card.trainable and card.title == "Kept title"
    card_file.write_text("broken", "utf-8")
    assert not library.get("bert").trainable
    (library.folder / "bert").rename(library.folder / "renamed")
    assert library.get("renamed").name == "renamed"


def test_that_a_tokenizer_longer_than_the_model_is_refused(tiny: Tiny, library: Library) -> None:
    source = tiny("bert")
    tokenizer = json.loads((source / "tokenizer.json").read_text("utf-8"))
    tokenizer["model"]["vocab"]["surplus"] = 99_999
    (source / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    with pytest.raises(UserError, match="tokenizer has 100000 tokens"):
        drained(library.add(source))
    edit(source / "config.json", vocab_size=31)
    with pytest.raises(UserError, match="do not fit"):
        drained(library.add(source))
    (source / "tokenizer.json").write_text('{"model": {"type": "martian"}}', "utf-8")
    with pytest.raises(UserError, match=r"tokenizer\.json cannot be read"):
        drained(library.add(source))
    assert library.list() == [] and list(library.folder.glob(".*")) == []


def test_that_stopping_anywhere_leaves_nothing(tiny: Tiny, library: Library) -> None:
    source = tiny("bert")
    length = len(list(library.add(source, "whole")))
    for count in range(1, length):
        work = library.add(source, "part")
        for _ in range(count):
            next(work, None)
        work.close()
        if (library.folder / "part").exists():  # the last events come after the work
            library.remove("part")
        assert [path.name for path in library.folder.iterdir()] == ["whole"]


def test_that_a_taken_name_is_refused_and_the_old_model_kept(tiny: Tiny, library: Library) -> None:
    source = tiny("bert")
    card = result_of(library.add(source))
    for name in (None, "bert", "BERT"):
        with pytest.raises(UserError, match=r'There is a model "(bert|BERT)" already'):
            drained(library.add(source, name))
    assert library.verify("bert").sha256 == card["sha256"]
    assert result_of(library.add(source, "other"))["name"] == "other"


@pytest.mark.parametrize("name", ["../evil", "a/b", "a\\b", ".hidden", "CON", "nul.x", "a b", "a."])
def test_that_impossible_names_are_refused(tiny: Tiny, library: Library, name: str) -> None:
    with pytest.raises(UserError, match="cannot be called"):
        drained(library.add(tiny("bert"), name))


def test_that_a_full_disk_is_told_before_anything_is_copied(
    tiny: Tiny, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 2**20))
    with pytest.raises(UserError, match="The disk is full: 1 MB are free"):
        drained(library.add(tiny("bert")))
    assert not library.folder.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder without rights")
def test_that_a_library_that_cannot_be_written_says_so(tiny: Tiny, library: Library) -> None:
    library.folder.mkdir()
    library.folder.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written"):
        drained(library.add(tiny("bert")))
    library.folder.chmod(0o700)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing", "no such file or folder"),
        ("model.safetensors", "weights alone"),
        ("model.whl", "archive"),
        ("model.bin", "can run programs"),
        ("notes.txt", "not a GGUF file"),
    ],
)
def test_that_other_files_are_refused(
    tmp_path: Path, library: Library, name: str, said: str
) -> None:
    if name != "missing":
        (tmp_path / name).write_bytes(b"some bytes")
    with pytest.raises(UserError, match=said):
        drained(library.add(tmp_path / name))


def test_that_an_unknown_name_is_answered_with_the_nearest(tiny: Tiny, library: Library) -> None:
    result_of(library.add(tiny("bert"), "tiny-bert"))
    for name, said in (
        ("tiny-brt", 'Did you mean "tiny-bert"'),
        ("zzz", "Models here: tiny-bert"),
        ("smollm2-135m-instruct", "peft-desktop models install smollm2-135m-instruct"),
        ("..", 'no model ".."'),
        ("", "no model"),
    ):
        for ask in (library.get, library.path, library.remove, library.verify):
            with pytest.raises(UserError, match=said):
                ask(name)


def test_that_removing_frees_what_it_says(tiny: Tiny, library: Library) -> None:
    result_of(library.add(tiny("bert")))
    size = sum(p.stat().st_size for p in (library.folder / "bert").iterdir())
    assert library.remove("bert") == size
    assert list(library.folder.iterdir()) == []


def test_that_changed_weights_are_noticed(tiny: Tiny, library: Library) -> None:
    result_of(library.add(tiny("bert")))
    path = library.folder / "bert" / "model.safetensors"
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(UserError, match="have changed on the disk"):
        library.verify("bert")


def test_that_what_a_dead_process_left_is_swept_away(tiny: Tiny, library: Library) -> None:
    from peft_desktop.tuning.catalogue import DEFAULT

    old, new = library.folder / ".a.123.tmp", library.folder / ".b.456.tmp"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 3 * 86400,) * 2)
    with pytest.raises(UserError):
        drained(library.install(DEFAULT, tiny("bert")))
    assert not old.exists() and new.exists()
