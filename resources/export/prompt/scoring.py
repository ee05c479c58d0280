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
        self.tokens = Tokens(folder, how["adds_blank"])
        self.labels: list[str] = how["labels"]
        self.asked = [Asked(asked, self.tokens) for asked in how["asked"]]
        plain = how["plain_reader"]
        self.plain = None if plain is None else Reader(plain, self.tokens)
        self.model = load_model(how, here, folder)
        self.trained = load_head(here)
        self.soft = self.trained.get("soft.vectors")
        if how["prefix"]:
            add_prefix(self.model, how["prefix"], self.trained)
        self.backbone = self.model if how["family"] == "encoder" else self.model.base_model
        if how["family"] == "seq2seq":
            self.backbone = self.model.encoder

    @property
    def columns(self) -> list[str]:
        """The columns that the prompt reads."""
        parts = [p for asked in self.asked for reader in asked.readers for p in reader.parts]
        return list(dict.fromkeys(text for kind, text in parts if kind == "column"))

    @property
    def added(self) -> list[str]:
        """The columns of the answers."""
        return ["predicted_label", "probability", *(f"probability_{x}" for x in self.labels)]

    def answers(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
        """Each row's label with its probability, and that of every label, by column."""
        answered = []
        for found in self.probabilities(rows):
            best = max(found, key=found.__getitem__)
            named = {f"probability_{name}": value for name, value in found.items()}
            answered.append({"predicted_label": best, "probability": found[best], **named})
        return answered

    def probabilities(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, float]]:
        """Each row's labels with their probabilities, in the order of the rows."""
        readers = [reader for asked in self.asked for reader in asked.readers]
        variants = list(zip(*(reader.read(rows) for reader in readers)))  # noqa: B905
        plain = None if self.plain is None else self.plain.read(rows)
        sizes = [max(len(reading[0]) for reading in row) for row in variants]
        order = sorted(range(len(rows)), key=lambda i: -sizes[i])
        found: list[dict[str, float]] = [{} for _ in rows]
        while order:
            some = order[: max(1, min(ROWS, TOKENS // max(1, sizes[order[0]])))]
            order = order[len(some) :]
            pad = self.how["pad_id"]
            batch = [Inputs.of([variants[i][v] for i in some], pad) for v in range(len(readers))]
            alone = None if plain is None else Inputs.of([plain[i] for i in some], pad)
            with torch.inference_mode():
                table = self.chances(batch, alone).tolist()
            for i, line in zip(some, table):  # noqa: B905
                found[i] = dict(zip(self.labels, line))  # noqa: B905
        return found

    def chances(self, batch: list[Inputs], alone: Inputs | None) -> Tensor:
        """Probabilities [B, C] of both ways to decide, mixed, after the temperature.

        Each way is the mean of what it says to all templates.
        """
        prompts, heads = self.both(batch, alone)
        logs = log_mean([torch.log_softmax(scores.double(), dim=-1) for scores in prompts])
        if heads:
            weight = self.how["weight"]
            head = log_mean([torch.log_softmax(scores.double(), dim=-1) for scores in heads])
            logs = torch.log_softmax(weight * logs + (1 - weight) * head, dim=-1)
        return torch.log_softmax(logs / self.how["temperature"], dim=-1).exp()

    def both(self, batch: list[Inputs], alone: Inputs | None) -> tuple[list[Tensor], list[Tensor]]:
        """The scores that label words and head give, for each template."""
        prompts, heads = [], []
        for asked in self.asked:
            own_batch, batch = batch[: len(asked.readers)], batch[len(asked.readers) :]
            scores, slot, own = getattr(self, "_" + self.how["family"])(asked, own_batch)
            if alone is not None:
                own = own_mean(self.hidden(alone), alone.own)
            if "shift" in self.trained:
                scores = scores + levelled(slot) @ self.trained["shift"].t()
            prompts.append(scores)
            if "head.weight" in self.trained:
                head = levelled(own) @ self.trained["head.weight"].t() + self.trained["head.bias"]
                heads.append(head)
        return prompts, heads

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

    def _causal(self, asked: Asked, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The label words as what comes next; words of several tokens hang on as a tree."""
        inputs, tree = batch[0], asked.tree
        head, config = self.model.get_output_embeddings(), self.model.config
        if tree is None:
            states = self.hidden(inputs)
            slot = taken(states, inputs.slots[:, :1])
            scores = finished(asked.one_each(slot[:, 0], head(slot[:, 0]), self.trained), config)
        else:
            contexts, states = contexts_of(tree, inputs, self.hidden)
            slot = contexts[:, :1]
            scores = tree_scores(tree, contexts, lambda some: finished(head(some).float(), config))
        return asked.averaged(scores), slot[:, 0], own_mean(states, inputs.own)

    def _seq2seq(self, asked: Asked, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The label words as what the decoder says at the sentinel."""
        inputs, tree, model = batch[0], asked.tree, self.model
        states = self.hidden(inputs)
        contexts = decoded(model, self.how["sentinel"], tree, inputs, states)
        head, scale = model.get_output_embeddings(), decoder_scale(model)
        if tree is None:
            slot = contexts[:, 0]
            scores = asked.one_each(slot, head(slot), self.trained) * scale
        else:
            scores = tree_scores(tree, contexts, lambda some: head(some).float() * scale)
        return asked.averaged(scores), contexts[:, 0], own_mean(states, inputs.own)

    def _masked(self, asked: Asked, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The label words in place of mask tokens; one reading for each length of a word."""
        words = [word for of_label in asked.words for word in of_label]
        columns: dict[int, Tensor] = {}
        slot = own = None
        for reader, inputs in zip(asked.readers, batch):  # noqa: B905
            count = len(reader.slot_ids)
            states = self.hidden(inputs)
            at_slots = taken(states, inputs.slots)
            if slot is None:
                slot, own = at_slots[:, 0], own_mean(states, inputs.own)
            logits, lifted = word_logits(self.model, at_slots)
            if asked.virtual is not None:
                scores = asked.one_each(lifted[:, 0], logits[:, 0], self.trained)
                columns = dict(enumerate(scores.unbind(1)))
                break
            several = len(asked.readers) > 1 or count > 1
            logs = torch.log_softmax(logits, dim=-1) if several else logits
            for place, word in enumerate(words):
                if len(word) == count:
                    each = [logs[:, spot, token] for spot, token in enumerate(word)]
                    columns[place] = torch.stack(each).mean(0)
        scores = torch.stack([columns[place] for place in range(len(words))], dim=1)
        assert slot is not None and own is not None
        return asked.averaged(scores), slot, own

    def _encoder(self, asked: Asked, batch: list[Inputs]) -> tuple[Tensor, Tensor, Tensor]:
        """The cosine of the text and of each label's prompt, over a temperature."""
        inputs = batch[0]
        states = self.hidden(inputs)
        text = self._pooled(states, inputs.mask)
        if asked.of_labels is None:
            words = [word for some in asked.words for word in some]
            prompts: list[Reading] = [
                (word, (), [], soft)
                for word, soft in zip(words, asked.label_soft)  # noqa: B905
            ]
            labels = Inputs.of(prompts, self.how["pad_id"])
            asked.of_labels = self._pooled(self.hidden(labels), labels.mask)
        cosines = COSINE_SCALE * (unit(text) @ unit(asked.of_labels).t())
        return asked.averaged(cosines), text, own_mean(states, inputs.own)

    def _pooled(self, states: Tensor, mask: Tensor) -> Tensor:
        return states[:, 0].float() if self.how["pooling"] == "cls" else own_mean(states, mask)


class Asked:
    """One template of the prompt: how it is read, and the label words as tokens in its slot."""

    def __init__(self, asked: Mapping[str, Any], tokens: Tokens) -> None:
        self.words: list[list[list[int]]] = asked["words"]
        self.readers = [Reader(reader, tokens) for reader in asked["readers"]]
        self.tree: Mapping[str, Any] | None = asked["tree"]
        self.label_soft: list[Any] = asked["label_soft"]
        self.virtual: int | None = asked["virtual"]
        self.of_labels: Tensor | None = None

    def averaged(self, scores: Tensor) -> Tensor:
        """Scores of words [B, W] to scores of labels [B, C]: the mean of each label's words."""
        words = iter(scores.unbind(1))
        counts = [len(of_label) for of_label in self.words]
        return torch.stack(
            [torch.stack([next(words) for _ in range(n)]).mean(0) for n in counts], dim=1
        )

    def one_each(self, states: Tensor, logits: Tensor, trained: Mapping[str, Tensor]) -> Tensor:
        """Scores of the words [B, W]: a token's own logit, for several that of their virtual row.

        `states` [B, H] are what `logits` [B, V] were made from.
        """
        made: Any = iter(())
        if self.virtual is not None:
            place = f"virtual.{self.virtual}."
            rows = states.float() @ trained[place + "rows"].t()
            bias = trained.get(place + "bias")
            made = iter((rows if bias is None else rows + bias).unbind(1))
        words = [word for of_label in self.words for word in of_label]
        each = [logits[:, w[0]].float() if len(w) == 1 else next(made) for w in words]
        return torch.stack(each, dim=1)


def log_mean(logs: Sequence[Tensor]) -> Tensor:
    """The mean of log-probabilities [B, C], as log-probabilities."""
    return torch.log_softmax(torch.stack(list(logs)).mean(0), dim=-1)


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


def word_logits(model: Any, states: Tensor) -> tuple[Tensor, Tensor]:
    """Logits of all words at some states, and what the decoder makes them from."""
    kind = model.config.model_type
    if kind in ("bert", "ernie"):
        lifted = model.cls.predictions.transform(states)
        logits = model.cls.predictions.decoder(lifted)
    elif kind in ("roberta", "xlm-roberta", "camembert", "mpnet"):
        head = model.lm_head
        lifted = head.layer_norm(torch.nn.functional.gelu(head.dense(states)))
        logits = head.decoder(lifted)
    elif kind == "albert":
        head = model.predictions
        lifted = head.LayerNorm(head.activation(head.dense(states)))
        logits = head.decoder(lifted)
    elif kind == "distilbert":
        lifted = model.vocab_layer_norm(model.activation(model.vocab_transform(states)))
        logits = model.vocab_projector(lifted)
    elif kind == "electra":
        lifted = model.generator_predictions(states)
        logits = model.generator_lm_head(lifted)
    elif kind == "modernbert":
        lifted = model.head(states)
        logits = model.decoder(lifted)
    else:
        raise Unusable(f"The masked-word head of {kind} models is not known.")
    return logits.float(), lifted
