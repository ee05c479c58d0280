"""GGUF files become ordinary folders that compute the same, or are refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_models import SPECIAL, TEMPLATE, byte_tokens, drained, result_of, tiny_llama, write_gguf

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import PhaseChanged, Warned
from peft_desktop.tuning.gguf import read_gguf
from peft_desktop.tuning.models import Library


def logits(model: Any) -> Any:
    import torch

    with torch.no_grad():
        return model(input_ids=torch.arange(3, 40)[None]).logits


def loaded(folder: Path) -> Any:
    import torch
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, trust_remote_code=False
    ).eval()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_gguf(tmp_path / "Tiny.Q8.gguf", tiny_llama())


@pytest.mark.parametrize("tied", [True, False])
def test_that_an_imported_model_computes_what_the_original_does(
    tmp_path: Path, library: Library, tied: bool
) -> None:
    import torch

    original = tiny_llama(tie_word_embeddings=tied)
    source = write_gguf(tmp_path / "tiny.gguf", original)
    card = result_of(library.add(source))
    found = loaded(library.path("tiny"))
    assert torch.equal(logits(found), logits(original))
    assert (found.lm_head.weight is found.model.embed_tokens.weight) is tied
    assert card["parameters"] == sum(p.numel() for p in original.parameters())
    assert (card["family"], card["title"], card["licence"]) == ("causal", "Tiny Test", "mit")
    assert card["context_length"] == 128 and card["chat_template"] and card["trainable"]


def test_that_quantised_weights_are_unpacked_as_gguf_itself_unpacks_them(
    tmp_path: Path, library: Library
) -> None:
    import torch
    from gguf import GGUFReader, dequantize
    from safetensors import safe_open

    source = write_gguf(tmp_path / "tiny.gguf", tiny_llama(), quantised=True)
    assert "Q8_0" in read_gguf(source).types
    result_of(library.add(source))
    tensors = {t.name: t for t in GGUFReader(source).tensors}
    with safe_open(library.path("tiny") / "model.safetensors", "pt") as saved:
        for theirs, ours in (
            ("token_embd.weight", "model.embed_tokens.weight"),
            ("blk.1.ffn_down.weight", "model.layers.1.mlp.down_proj.weight"),
        ):
            values = dequantize(tensors[theirs].data, tensors[theirs].tensor_type)
            assert torch.equal(saved.get_tensor(ours), torch.tensor(values).bfloat16())


def test_that_the_saved_folder_is_clean(source: Path, library: Library) -> None:
    result_of(library.add(source, "tiny"))
    folder = library.path("tiny")
    assert {path.name for path in folder.iterdir()} == {
        "chat_template.jinja",
        "config.json",
        "model.safetensors",
        "peft-desktop.json",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert "quantization_config" not in config and "_name_or_path" not in config
    assert config["architectures"] == ["LlamaForCausalLM"]
    assert str(source) not in (folder / "tokenizer_config.json").read_text("utf-8")


def test_that_the_tokenizer_is_the_one_of_the_file(source: Path, library: Library) -> None:
    from tokenizers import Tokenizer
    from transformers import AutoTokenizer

    result_of(library.add(source, "tiny"))
    folder = library.path("tiny")
    rust = Tokenizer.from_file(str(folder / "tokenizer.json"))
    slow = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    assert [rust.id_to_token(i) for i in range(rust.get_vocab_size())] == byte_tokens()
    assert (slow.bos_token, slow.eos_token, slow.pad_token, slow.unk_token) == (
        SPECIAL[1],
        SPECIAL[2],
        SPECIAL[2],
        SPECIAL[0],
    )
    assert slow.chat_template == TEMPLATE
    for text in ("the tin 12 12", "我在学习。", "Привет", "a<|im_end|>b", "  two\n\tlines"):
        ids = rust.encode(text).ids
        assert ids == slow(text)["input_ids"]
        assert rust.decode(ids, skip_special_tokens=False) == text
    assert rust.encode("the").ids[0] != 1  # no BOS where the file says so


def test_that_digits_stay_apart_for_models_that_were_trained_so(
    tmp_path: Path, library: Library
) -> None:
    from tokenizers import Tokenizer

    for pre, pieces in (("smollm", ["1", "2"]), ("gpt-2", ["12"])):
        source = write_gguf(tmp_path / f"{pre}.gguf", tiny_llama(), pre=pre)
        result_of(library.add(source))
        rust = Tokenizer.from_file(str(library.path(pre) / "tokenizer.json"))
        assert rust.encode("12").tokens == pieces


def test_that_an_unknown_way_to_cut_words_is_said(tmp_path: Path, library: Library) -> None:
    source = write_gguf(tmp_path / "tiny.gguf", tiny_llama(), pre="martian")
    warned = [e for e in drained(library.add(source)) if isinstance(e, Warned)]
    assert [w.values for w in warned] == [{"pre": "martian"}]


def test_that_the_position_scaling_of_llama_3_is_carried_over(
    tmp_path: Path, library: Library
) -> None:
    import torch
    from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

    scaling = {
        "rope_type": "llama3",
        "rope_theta": 500000.0,
        "factor": 8.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    }
    original = tiny_llama(rope_parameters=scaling, max_position_embeddings=16384)
    scaled, _ = ROPE_INIT_FUNCTIONS["llama3"](original.config, torch.device("cpu"))
    plain = 500000.0 ** -(torch.arange(8) / 8)
    source = write_gguf(
        tmp_path / "tiny.gguf", original, extra={"rope_freqs.weight": plain / scaled}
    )
    assert not [e for e in drained(library.add(source)) if isinstance(e, Warned)]
    assert torch.allclose(logits(loaded(library.path("tiny"))), logits(original), atol=1e-6)


def test_that_neighbours_of_the_file_are_not_read(source: Path, library: Library) -> None:
    for name in ("adapter_config.json", "config.json", "tokenizer_config.json"):
        (source.parent / name).write_text('{"auto_map": {"AutoTokenizer": "evil--x.Y"}}', "utf-8")
    assert result_of(library.add(source))["trainable"]


def test_that_a_stopped_import_leaves_nothing(source: Path, library: Library) -> None:
    for phase in ("checking", "loading", "saving"):
        work = library.add(source)
        for event in work:
            if event == PhaseChanged(phase):
                next(work)
                break
        work.close()
        assert list(library.folder.glob("*")) == []


def test_that_a_file_cut_short_is_refused(source: Path, library: Library) -> None:
    whole = source.read_bytes()
    for share in (0.999, 0.5, 0.01, 0.0002):
        source.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(UserError, match="cut short or broken"):
            drained(library.add(source))
    assert list(library.folder.glob("*")) == []


def test_that_another_file_called_gguf_is_refused(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.gguf").write_bytes(b"PK\x03\x04 a zip")
    with pytest.raises(UserError, match="not a GGUF file"):
        drained(library.add(tmp_path / "a.gguf"))


def test_that_an_unknown_architecture_is_named(tmp_path: Path, library: Library) -> None:
    source = write_gguf(tmp_path / "a.gguf", tiny_llama(), architecture="bert")
    with pytest.raises(UserError, match='architecture "bert"'):
        drained(library.add(source))


def test_that_t5_is_refused_in_its_own_words(tmp_path: Path, library: Library) -> None:
    source = write_gguf(tmp_path / "a.gguf", tiny_llama(), architecture="t5")
    with pytest.raises(UserError, match="T5 models cannot be read from GGUF"):
        drained(library.add(source))


def test_that_a_quantisation_that_cannot_be_read_is_named(tmp_path: Path, library: Library) -> None:
    source = write_gguf(tmp_path / "a.gguf", tiny_llama(), quantised=True)
    content = bytearray(source.read_bytes())
    at = content.index(b"blk.0.ffn_down.weight") + len(b"blk.0.ffn_down.weight")
    at += 4 + 2 * 8  # number of dimensions, two dimensions
    assert content[at] == 8  # Q8_0
    content[at] = 9  # Q8_1, which the library names but cannot unpack
    source.write_bytes(content)
    with pytest.raises(UserError, match="Q8_1"):
        drained(library.add(source))


def test_that_missing_and_unknown_weights_are_refused(tmp_path: Path, library: Library) -> None:
    import torch

    missing = write_gguf(tmp_path / "a.gguf", tiny_llama(), skip="layers.1.mlp.up_proj")
    unknown = write_gguf(
        tmp_path / "b.gguf", tiny_llama(), extra={"blk.0.surprise.weight": torch.zeros(64)}
    )
    for source in (missing, unknown):
        with pytest.raises(UserError, match="cannot be read completely"):
            drained(library.add(source))


def test_that_an_unknown_tokenizer_is_named(tmp_path: Path, library: Library) -> None:
    source = write_gguf(tmp_path / "a.gguf", tiny_llama(), tokenizer="rwkv")
    with pytest.raises(UserError, match='tokenizer "rwkv"'):
        drained(library.add(source))
