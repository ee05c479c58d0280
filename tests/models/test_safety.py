"""What is refused in a model folder, each with a real folder that is broken so."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.tuning.kinds import CAUSAL, ENCODERS, MASKED_HEADS, family_of
from peft_desktop.tuning.safety import check_folder, clean_config, inspect_folder

Tiny = Callable[..., Path]


def edit(path: Path, **changes: Any) -> None:
    content = json.loads(path.read_text("utf-8"))
    content.update(changes)
    path.write_text(json.dumps(content), "utf-8")


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        check_folder(folder)
    found = inspect_folder(folder).problem
    assert found is not None and str(found) == str(caught.value)
    assert "\n" not in str(found) and str(found).endswith((".", ")"))
    return str(found)


@pytest.mark.parametrize(
    ("kind", "family"),
    [
        ("bert", "masked"),
        ("roberta", "masked"),
        ("albert", "masked"),
        ("distilbert", "masked"),
        ("electra", "masked"),
        ("encoder", "encoder"),
        ("gpt2", "causal"),
        ("llama", "causal"),
    ],
)
def test_that_the_family_is_seen_by_config_and_weights(tiny: Tiny, kind: str, family: str) -> None:
    found = check_folder(tiny(kind))
    assert found.problem is None and found.family == family and found.parameters > 1000


def test_that_the_weights_are_believed_more_than_the_architecture(tiny: Tiny) -> None:
    with_head, without = tiny("bert"), tiny("encoder")
    edit(with_head / "config.json", architectures=["BertModel"])
    edit(without / "config.json", architectures=["BertForMaskedLM"])
    assert check_folder(with_head).family == "masked"
    assert check_folder(without).family == "encoder"


def test_that_a_causal_model_without_its_output_layer_is_refused(tiny: Tiny) -> None:
    from safetensors.torch import load_file, save_file

    folder = tiny("llama")
    weights = load_file(folder / "model.safetensors")
    weights.pop("lm_head.weight")
    save_file(weights, folder / "model.safetensors")
    assert "output layer (lm_head)" in refused(folder)
    edit(folder / "config.json", tie_word_embeddings=True)
    assert check_folder(folder).family == "causal"


def test_that_a_folder_without_config_is_refused(tiny: Tiny, tmp_path: Path) -> None:
    (tiny("bert") / "config.json").unlink()
    assert "no config.json" in refused(tmp_path / "sources" / "bert")
    assert "no such model folder" in refused(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pytorch_model.bin", "can run programs"),
        ("model.pt", "can run programs"),
        ("model.pkl", "can run programs"),
        ("model.ckpt", "can run programs"),
        ("tf_model.h5", "made for TensorFlow"),
        ("flax_model.msgpack", "made for Flax"),
        ("model.onnx", "made for ONNX"),
        ("model.Q4_1.gguf", "Add the file"),
        ("adapter_model.safetensors", 'called "adapter_model.safetensors"'),
        ("notes.txt", "no weights"),
    ],
)
def test_that_other_weights_are_refused_with_their_reason(tiny: Tiny, name: str, said: str) -> None:
    folder = tiny("bert")
    (folder / "model.safetensors").rename(folder / name)
    assert said in refused(folder)


def test_that_pickles_beside_safetensors_do_no_harm(tiny: Tiny) -> None:
    folder = tiny("bert")
    (folder / "pytorch_model.bin").write_bytes(b"whatever")
    assert check_folder(folder).problem is None


def test_that_a_gguf_alone_is_told_to_be_added_itself(tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    assert 'Add the file "a.gguf" itself' in refused(tmp_path)


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json"])
def test_that_code_named_in_a_config_is_refused(tiny: Tiny, name: str) -> None:
    folder = tiny("bert")
    edit(folder / name, deep={"list": [{"auto_map": {"AutoModel": "evil.Model"}}]})
    assert "auto_map" in refused(folder)


@pytest.mark.parametrize(
    "key",
    [
        "attn_implementation",
        "_attn_implementation",
        "_attn_implementation_internal",
        "experts_implementation",
    ],
)
def test_that_code_from_elsewhere_is_refused(tiny: Tiny, key: str) -> None:
    folder = tiny("llama")
    edit(folder / "config.json", **{key: "sdpa"})
    assert check_folder(folder).problem is None
    edit(folder / "config.json", **{key: "evil/kernel"})
    assert '"evil/kernel"' in refused(folder)


def test_that_code_files_are_refused(tiny: Tiny) -> None:
    folder = tiny("bert")
    (folder / "train_script.py").write_text("print()", "utf-8")
    assert check_folder(folder).problem is None
    (folder / "modeling_evil.py").write_text("print()", "utf-8")
    assert "program code" in refused(folder)


def test_that_quantised_weights_are_refused(tiny: Tiny) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    stated, hidden = tiny("llama", "stated"), tiny("llama", "hidden")
    edit(stated / "config.json", quantization_config={"quant_method": "bitsandbytes"})
    assert '"bitsandbytes"' in refused(stated)
    weights = load_file(hidden / "model.safetensors")
    weights["model.layers.0.mlp.up_proj.weight"] = torch.zeros(96, 64, dtype=torch.int8)
    save_file(weights, hidden / "model.safetensors")
    assert "quantised (I8)" in refused(hidden)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"a": ' * 100_000, "\x00\xff"])
def test_that_broken_json_is_refused(tiny: Tiny, content: str) -> None:
    for name in ("config.json", "tokenizer_config.json", "tokenizer.json"):
        folder = tiny("bert", name)
        (folder / name).write_bytes(content.encode("latin-1"))
        assert "not valid JSON" in refused(folder)


def test_that_weights_cut_short_anywhere_are_refused(tiny: Tiny) -> None:
    path = tiny("bert") / "model.safetensors"
    whole = path.read_bytes()
    for size in (0, 7, 8, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert "cut short" in refused(path.parent)


def test_that_broken_weights_are_refused(tiny: Tiny) -> None:
    path = tiny("bert") / "model.safetensors"
    whole = path.read_bytes()
    length = struct.unpack("<Q", whole[:8])[0]
    path.write_bytes(whole + b"more")
    assert "is broken" in refused(path.parent)
    path.write_bytes(whole[:8] + b"x" * length + whole[8 + length :])
    assert "is broken" in refused(path.parent)
    header = json.loads(whole[8 : 8 + length])
    name = next(n for n in header if n != "__metadata__")
    for change in ({"shape": [1, 1]}, {"data_offsets": [4, 8]}, {"shape": [-1]}, {"dtype": None}):
        wrong = json.dumps({**header, name: {**header[name], **change}}).encode()
        path.write_bytes(struct.pack("<Q", len(wrong)) + wrong + whole[8 + length :])
        assert "is broken" in refused(path.parent)


def test_that_a_huge_header_is_refused_unread(tiny: Tiny) -> None:
    path = tiny("bert") / "model.safetensors"
    path.write_bytes(struct.pack("<Q", 2**62) + b"{}")
    assert "far too big" in refused(path.parent)


def sharded(folder: Path) -> Path:
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    placed = {}
    for i, names in enumerate((sorted(weights)[::2], sorted(weights)[1::2])):
        shard = f"model-{i + 1:05}-of-00002.safetensors"
        save_file({name: weights[name] for name in names}, folder / shard)
        placed |= dict.fromkeys(names, shard)
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": placed}), "utf-8")
    return folder


def test_that_shards_are_read_and_missing_ones_named(tiny: Tiny) -> None:
    folder = sharded(tiny("bert"))
    index = folder / "model.safetensors.index.json"
    assert len(check_folder(folder).weights) == 2
    whole = index.read_text("utf-8")
    edit(index, weight_map={**json.loads(whole)["weight_map"], "ghost.weight": shard_name(1)})
    assert '"ghost.weight"' in refused(folder)
    edit(index, weight_map={"a": "../../model.safetensors"})
    assert "names" in refused(folder)
    edit(index, weight_map=[])
    assert "list of weight files is broken" in refused(folder)
    index.write_text(whole, "utf-8")
    (folder / shard_name(2)).unlink()
    assert f'"{shard_name(2)}" is missing' in refused(folder)


def shard_name(number: int) -> str:
    return f"model-{number:05}-of-00002.safetensors"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_that_links_out_of_the_folder_are_refused(tiny: Tiny, tmp_path: Path) -> None:
    folder = tiny("bert")
    (folder / "vocab.txt").symlink_to(folder / "config.json")
    assert check_folder(folder).problem is None
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    (folder / "README.md").symlink_to(secret)
    assert "leads out" in refused(folder)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_that_the_cache_of_hugging_face_is_read_though_it_is_made_of_links(
    tiny: Tiny, tmp_path: Path
) -> None:
    real, repo = tiny("bert"), tmp_path / "models--acme--tiny"
    snapshot = repo / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    real.rename(repo / "blobs")
    for file in (repo / "blobs").iterdir():
        (snapshot / file.name).symlink_to(Path("..", "..", "blobs", file.name))
    assert check_folder(snapshot).family == "masked"


def test_that_a_missing_tokenizer_is_told_how_to_make(tiny: Tiny) -> None:
    folder = tiny("bert")
    (folder / "tokenizer.json").unlink()
    assert "AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)" in refused(folder)


def test_that_unknown_and_unfit_models_are_refused(tiny: Tiny) -> None:
    folder = tiny("bert")
    edit(folder / "config.json", model_type="martian")
    assert '"martian"' in refused(folder)
    edit(folder / "config.json", model_type="vit")
    assert '"vit"' in refused(folder)
    edit(folder / "config.json", model_type="bart", is_encoder_decoder=True)
    assert 'only T5 and its kin can be trained, not "bart"' in refused(folder)


def test_that_a_whole_t5_is_an_encoder_decoder_and_its_encoder_alone_is_refused(tiny: Tiny) -> None:
    from safetensors.torch import load_file, save_file

    folder = tiny("t5")
    found = check_folder(folder)
    assert (found.family, found.problem) == ("seq2seq", None)
    weights = load_file(folder / "model.safetensors")
    kept = {name: t for name, t in weights.items() if not name.startswith("decoder.")}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    assert "decoder of this T5 model is missing" in refused(folder)


def test_that_an_adapter_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text("{}", "utf-8")
    (tmp_path / "adapter_model.safetensors").write_bytes(b"")
    assert "adapter" in refused(tmp_path)


def pooled(folder: Path, kind: str = "sentence_transformers.models.Pooling", **mode: Any) -> Path:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(mode), "utf-8")
    modules = [
        {"path": "", "type": "sentence_transformers.models.Transformer"},
        {"path": "1_Pooling", "type": kind},
    ]
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("mode", "pooling", "notes"),
    [
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}, "mean", 0),
        ({"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}, "cls", 0),
        ({"pooling_mode": "cls"}, "cls", 0),
        ({"pooling_mode_max_tokens": True}, "mean", 1),
    ],
)
def test_that_the_pooling_of_sentence_encoders_is_read(
    tiny: Tiny, mode: dict[str, Any], pooling: str, notes: int
) -> None:
    found = check_folder(pooled(tiny("encoder"), **mode))
    assert found.pooling == pooling and len(found.notes) == notes


def test_that_sentence_encoders_with_code_are_refused(tiny: Tiny) -> None:
    assert "program code" in refused(pooled(tiny("encoder"), kind="evil_package.Pooling"))


def test_that_a_cleaned_config_names_no_code_and_no_places() -> None:
    dirty = {
        "model_type": "bert",
        "auto_map": {"AutoModel": "x.Y"},
        "_attn_implementation_internal": "evil/kernel",
        "attn_implementation": "evil/kernel",
        "_name_or_path": "/home/me/model",
        "quantization_config": {},
        "text_config": {"auto_map": {}, "hidden_size": 3, "experts_implementation": "a/b"},
        "id2label": {0: "a"},
    }
    assert clean_config(dirty) == {
        "model_type": "bert",
        "text_config": {"hidden_size": 3},
        "id2label": {0: "a"},
    }


def test_that_all_listed_types_are_known_to_transformers() -> None:
    from transformers.models.auto import modeling_auto as auto

    assert not CAUSAL - set(auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES)
    assert not set(MASKED_HEADS) - set(auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES)
    assert not ENCODERS - set(auto.MODEL_MAPPING_NAMES)


def test_that_without_weights_the_config_is_believed() -> None:
    config = {"model_type": "bert", "architectures": ["BertForMaskedLM"]}
    assert family_of(config, None) == "masked"
    assert family_of({"model_type": "bert"}, None) == "encoder"


def test_that_looking_into_a_folder_needs_no_torch(tiny: Tiny) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from peft_desktop.tuning.models import Library; "
        "from peft_desktop.tuning.cards import card_of; card = card_of(Path(sys.argv[1])); "
        "assert card.family == 'masked', card; "
        "assert not {'torch', 'transformers', 'peft'} & set(sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code, str(tiny("bert"))], check=True, cwd=root)
