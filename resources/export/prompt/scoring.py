"""The probabilities of the labels: the label words at the slot, and the head beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .batches import Inputs, as_mask, contexts_of, taken
from .decoding import decoded, decoder_scale
from .loading import Unusable, description, find_base, load_head, load_model
from .prefix import add_prefix
from .reading import Reader, Reading, Tokens

ROWS, TOKENS = 32, 4096  # at most in a batch
COSINE_SCALE = 20.0


class Classifier:
    """The model with its prompt and its head."""

    def __init__(self, here: Path, base: Path | None = None) -> None:
        self.how = how = description(here)
        folder = find_base(how, base) if how["format"] == "adapter" else here
        tokens = Tokens(folder, how["adds_blank"])
        self.labels: list[str] = how["labels"]
        self.words: list[list[list[int]]] = how["words"]
        self.readers = [Reader(reader, tokens) for reader in how["readers"]]
        plain = how["plain_reader"]
        self.plain = None if plain is None else Reader(plain, tokens)
        self.model = load_model(how, here, folder)
        self.trained = load_head(here)
        self.soft = self.trained.get("soft.vectors")
        if how["prefix"]:
            add_prefix(self.model, how["prefix"], self.trained)
        self.backbone = self.model if how["family"] == "encoder" else self.model.base_model
        if how["family"] == "seq2seq":
            self.backbone = self.model.encoder
        self.of_labels: Tensor | None = None

    @property
    def columns(self) -> list[str]:
        """The columns that the prompt reads."""
        parts = [part for reader in self.readers for part in reader.parts]
        return list(dict.fromkeys(text for kind, text in parts if kind == "column"))

    def probabilities(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, float]]:
        """Each row's labels with their probabilities, in the order of the rows."""
        variants = list(zip(*(reader.read(rows) for reader in self.readers)))  # noqa: B905
        plain = None if self.plain is None else self.plain.read(rows)
        sizes = [max(len(reading[0]) for reading in row) for row in variants]
        order = sorted(range(len(rows)), key=lambda i: -sizes[i])
        found: list[dict[str, float]] = [{} for _ in rows]
        while order:
            some = order[: max(1, min(ROWS, TOKENS // max(1, sizes[order[0]])))]
            order = order[len(some) :]
            pad = self.how["pad_id"]
            batch = [
                Inputs.of([variants[i][v] for i in some], pad) for v in range(len(self.readers))
            ]
            alone = None if plain is None else Inputs.of([plain[i] for i in some], pad)
            with torch.inference_mode():
                table = self._mixed(batch, alone).exp().tolist()
            for i, line in zip(some, table):  # noqa: B905
                found[i] = dict(zip(self.labels, line))  # noqa: B905
        return found

    def _mixed(self, batch: list[Inputs], alone: Inputs | None) -> Tensor:
        """Log-probabilities [B, C] of both ways to decide, mixed, after the temperature."""
        scores, slot, own = getattr(self, "_" + self.how["family"])(batch)
        if alone is not None:
            own = own_mean(self.hidden(alone), alone.own)
        if "shift" in self.trained:
            scores = scores + levelled(slot) @ self.trained["shift"].t()
        logs = torch.log_softmax(scores.double(), dim=-1)
        if "head.weight" in self.trained:
            head = levelled(own) @ self.trained["head.weight"].t() + self.trained["head.bias"]
            weight = self.how["weight"]
            logs = weight * logs + (1 - weight) * torch.log_softmax(head.double(), dim=-1)
            logs = torch.log_softmax(logs, dim=-1)
        return torch.log_softmax(logs / self.how["temperature"], dim=-1)

    def hidden(self, inputs: Inputs) -> Tensor:
        """Last states [B, T, H], with the trained vectors in their places."""
        more: dict[str, Any] = {}
        if inputs.visible is not None:
            more["attention_mask"] = as_mask(inputs.visible, self.model)
        elif not bool(inputs.mask.all()):
            more["attention_mask"] = inputs.mask.long()
        if inputs.positions is not None:
            more["position_ids"] = inputs.positions
        if getattr(self.backbone.config, "use_cache", False):
            more["use_cache"] = False
        if inputs.soft is None or self.soft is None:
            states: Tensor = self.backbone(input_ids=inputs.ids, **more).last_hidden_state
            return states
        embedded = self.backbone.get_input_embeddings()(inputs.ids)
        vectors = torch.nn.functional.embedding(inputs.soft.clamp(min=0), self.soft)
        joined = torch.where((inputs.soft >= 0).unsqueeze(-1), vectors, embedded)
        states = self.backbone(inputs_embeds=joined, **more).last_hidden_state
        return states

    def _averaged(self, scores: Tensor) -> Tensor:
        """Scores of words [B, W] to scores of labels [B, C]: the mean of each label's words."""
        words = iter(scores.unbind(1))
        counts = [len(of_label) for of_label in self.words]
        return torch.stack(
            [torch.stack([next(words) for _ in range(n)]).mean(0) for n in counts], dim=1
        )

    def _causal(self, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The label words as what comes next; words of several tokens hang on as a tree."""
        inputs, tree = batch[0], self.how["tree"]
        head, config = self.model.get_output_embeddings(), self.model.config
        if tree is None:
            states = self.hidden(inputs)
            slot = taken(states, inputs.slots[:, :1])
            logits = finished(head(slot[:, 0]).float(), config)
            scores = logits[:, [word[0] for of_label in self.words for word in of_label]]
        else:
            contexts, states = contexts_of(tree, inputs, self.hidden)
            slot = contexts[:, :1]
            scores = tree_scores(tree, contexts, lambda some: finished(head(some).float(), config))
        return self._averaged(scores), slot[:, 0], own_mean(states, inputs.own)

    def _seq2seq(self, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The label words as what the decoder says at the sentinel."""
        inputs, tree, model = batch[0], self.how["tree"], self.model
        states = self.hidden(inputs)
        contexts = decoded(model, self.how["sentinel"], tree, inputs, states)
        head, scale = model.get_output_embeddings(), decoder_scale(model)
        if tree is None:
            logits = head(contexts[:, 0]).float() * scale
            scores = logits[:, [word[0] for of_label in self.words for word in of_label]]
        else:
            scores = tree_scores(tree, contexts, lambda some: head(some).float() * scale)
        return self._averaged(scores), contexts[:, 0], own_mean(states, inputs.own)

    def _masked(self, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The label words in place of mask tokens; one reading for each length of a word."""
        words = [word for of_label in self.words for word in of_label]
        columns: dict[int, Tensor] = {}
        slot = own = None
        for reader, inputs in zip(self.readers, batch):  # noqa: B905
            count = len(reader.slot_ids)
            states = self.hidden(inputs)
            at_slots = taken(states, inputs.slots)
            if slot is None:
                slot, own = at_slots[:, 0], own_mean(states, inputs.own)
            logits = word_logits(self.model, at_slots)
            logs = logits if len(self.readers) == 1 == count else torch.log_softmax(logits, dim=-1)
            for place, word in enumerate(words):
                if len(word) == count:
                    each = [logs[:, spot, token] for spot, token in enumerate(word)]
                    columns[place] = torch.stack(each).mean(0)
        scores = torch.stack([columns[place] for place in range(len(words))], dim=1)
        assert slot is not None and own is not None
        return self._averaged(scores), slot, own

    def _encoder(self, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The cosine of the text and of each label's prompt, over a temperature."""
        inputs = batch[0]
        states = self.hidden(inputs)
        text = self._pooled(states, inputs.mask)
        if self.of_labels is None:
            words = [word for some in self.words for word in some]
            prompts: list[Reading] = [
                (word, (), [], soft)
                for word, soft in zip(words, self.how["label_soft"])  # noqa: B905
            ]
            labels = Inputs.of(prompts, self.how["pad_id"])
            self.of_labels = self._pooled(self.hidden(labels), labels.mask)
        cosines = COSINE_SCALE * (unit(text) @ unit(self.of_labels).t())
        return self._averaged(cosines), text, own_mean(states, inputs.own)

    def _pooled(self, states: Tensor, mask: Tensor) -> Tensor:
        return states[:, 0].float() if self.how["pooling"] == "cls" else own_mean(states, mask)


def tree_scores(
    tree: Mapping[str, Any], contexts: Tensor, logits: Callable[[Tensor], Tensor]
) -> Tensor:
    """Mean log-probability of each word's tokens [B, W], from the states [B, 1 + N, H]."""
    pairs = torch.empty((len(contexts), len(tree["pairs"])))
    for place, states in enumerate(contexts.unbind(1), start=-1):
        logs = torch.log_softmax(logits(states), dim=-1)
        for number, (context, token) in enumerate(tree["pairs"]):
            if context == place:
                pairs[:, number] = logs[:, token]
    return torch.stack([pairs[:, word].mean(1) for word in tree["words"]], dim=1)


def own_mean(states: Tensor, own: Tensor) -> Tensor:
    total = (states * own.to(states.dtype).unsqueeze(-1)).float().sum(1)
    return total / own.float().sum(1, keepdim=True).clamp(min=1.0)


def levelled(states: Tensor) -> Tensor:
    return torch.nn.functional.layer_norm(states.float(), states.shape[-1:])


def unit(vectors: Tensor) -> Tensor:
    lengths: Tensor = vectors.norm(dim=-1, keepdim=True).clamp(min=1e-9)
    return vectors / lengths


def finished(logits: Tensor, config: Any) -> Tensor:
    """What some models do to their logits after the head (Gemma 2, Cohere, Granite)."""
    divisor = getattr(config, "logits_scaling", None)
    scale = getattr(config, "logit_scale", None)
    cap = getattr(config, "final_logit_softcapping", None)
    logits = logits / divisor if divisor else logits
    logits = logits * scale if scale else logits
    return (logits / cap).tanh() * cap if cap else logits


def word_logits(model: Any, states: Tensor) -> Tensor:
    """Logits of all words at some states: the head's transform, then its decoder."""
    kind = model.config.model_type
    if kind in ("bert", "ernie"):
        logits = model.cls(states)
    elif kind in ("roberta", "xlm-roberta", "camembert", "mpnet"):
        logits = model.lm_head(states)
    elif kind == "albert":
        logits = model.predictions(states)
    elif kind == "distilbert":
        lifted = model.vocab_layer_norm(model.activation(model.vocab_transform(states)))
        logits = model.vocab_projector(lifted)
    elif kind == "electra":
        logits = model.generator_lm_head(model.generator_predictions(states))
    elif kind == "modernbert":
        logits = model.decoder(model.head(states))
    else:
        raise Unusable(f"The masked-word head of {kind} models is not known.")
    result: Tensor = logits.float()
    return result
