"""Answers that the model writes, token by token; what is read already is kept in a cache.

B rows, T tokens, V vocabulary.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .batches import Inputs
from .decoding import decoder_scale
from .scoring import Classifier, finished

ROWS, TOKENS = 24, 1024  # at most in a batch


class Writer(Classifier):
    """The model with its prompt; `prompt.json` says under `writing` how it writes."""

    def __init__(self, here: Path, base: Path | None = None) -> None:
        super().__init__(here, base)
        self.writes: dict[str, Any] = self.how["writing"]
        self.ends = set(self.writes["ends"])
        self.text = self.tokens.text
        self.allowed: Any = None  # (row, tokens so far) -> which tokens may come next

    def answers(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
        """Each row's answer and its probability (the geometric mean of its tokens'), in order."""
        readings = self.asked[0].readers[0].read(rows)
        order = sorted(range(len(rows)), key=lambda i: -len(readings[i][0]))
        found: list[dict[str, Any]] = [{} for _ in rows]
        while order:
            longest = max(1, len(readings[order[0]][0]))
            some = order[: max(1, min(ROWS, TOKENS // longest))]
            order = order[len(some) :]
            inputs = Inputs.of([readings[i] for i in some], self.how["pad_id"])
            with torch.inference_mode():
                said = self._written(inputs, some, longest)
            for i, one in zip(some, said):  # noqa: B905
                found[i] = one
        return found

    def _written(self, inputs: Inputs, places: Sequence[int], longest: int) -> list[dict[str, Any]]:
        batch = _Batch(self, inputs)
        count = len(places)
        said: list[list[int]] = [[] for _ in range(count)]
        logs, over, ended = [0.0] * count, [False] * count, [False] * count
        texts: list[str | None] = [None] * count
        how = self.writes
        draws = [_generator(how["seed"], place) for place in places]
        most = how["max_new_tokens"]
        if not how["begin"]:
            most = max(1, min(most, how["context"] - longest))
        logits = batch.first()
        for _ in range(most):
            chosen = []
            for row in range(count):
                scores = self._penalised(logits[row].float().clone(), said[row])
                scores = self._kept(scores, places[row], said[row])
                token = self._token(scores, draws[row])
                chosen.append(token)
                if over[row]:
                    continue
                logs[row] += float(torch.log_softmax(scores, dim=-1)[token])
                if token in self.ends:
                    over[row] = ended[row] = True
                    continue
                said[row].append(token)
                if how["stop"] and how["stop"] in (so_far := self.text(said[row])):
                    texts[row] = so_far.split(how["stop"])[0]
                    over[row] = ended[row] = True
            if all(over):
                break
            logits = batch.next(chosen)
        found = []
        for row in range(count):
            text = texts[row]
            text = self.text(said[row]) if text is None else text
            mean = logs[row] / max(1, len(said[row]) + ended[row])
            probability = float(torch.tensor(mean).exp())
            found.append({"predicted_label": text.strip(), "probability": probability})
        return found

    def _penalised(self, scores: Tensor, said: Sequence[int]) -> Tensor:
        penalty = self.writes["repetition_penalty"]
        if penalty > 1.0 and said:
            index = torch.tensor(sorted(set(said)))
            values = scores[index]
            scores[index] = torch.where(values > 0, values / penalty, values * penalty)
        return scores

    def _kept(self, scores: Tensor, place: int, said: Sequence[int]) -> Tensor:
        if self.allowed is None:
            return scores
        few = self.allowed(place, said)
        kept = torch.full_like(scores, -torch.inf)
        kept[few] = scores[few]
        return kept

    def _token(self, scores: Tensor, draw: torch.Generator) -> int:
        warm = self.writes["temperature"]
        if not warm:
            return int(scores.argmax())
        shares = torch.softmax(scores / warm, dim=-1)
        if self.writes["top_p"] < 1.0:
            ordered, order = shares.sort(descending=True)
            ahead = ordered.cumsum(-1) - ordered
            ordered = ordered.masked_fill(ahead >= self.writes["top_p"], 0.0)
            shares = torch.zeros_like(shares).scatter(-1, order, ordered)
        return int(torch.multinomial(shares, 1, generator=draw))


class _Batch:
    """Rows on their way through the model."""

    def __init__(self, writer: Writer, inputs: Inputs) -> None:
        self.writer, self.inputs = writer, inputs
        self.cache: Any = None
        self.mask = inputs.mask
        self.states: Tensor | None = None

    def first(self) -> Tensor:
        """Logits [B, V] of the first token."""
        inputs, begin = self.inputs, self.writer.writes["begin"]
        if begin:
            self.states = self.writer.hidden(inputs)
            return self._decoded(torch.tensor([begin] * len(inputs.ids)))
        # right-aligned, so that all rows get their next token in the same column
        width = inputs.ids.shape[1]
        turned = (torch.arange(width) + inputs.mask.sum(1, keepdim=True)) % width
        self.mask = inputs.mask.gather(1, turned)
        soft = None if inputs.soft is None else inputs.soft.gather(1, turned)
        return self._asked(inputs.ids.gather(1, turned), soft)

    def next(self, chosen: Sequence[int]) -> Tensor:
        ids = torch.tensor(chosen).unsqueeze(1)
        if self.writer.writes["begin"]:
            return self._decoded(ids)
        self.mask = torch.cat([self.mask, self.mask.new_ones((len(chosen), 1))], dim=1)
        return self._asked(ids, None)

    def _asked(self, ids: Tensor, soft: Tensor | None) -> Tensor:
        writer, backbone = self.writer, self.writer.backbone
        more: dict[str, Any] = {"attention_mask": self.mask.long(), "use_cache": True}
        if "position_ids" in inspect.signature(backbone.forward).parameters:
            places = (self.mask.long().cumsum(1) - 1).clamp(min=0)
            more["position_ids"] = places[:, -ids.shape[1] :]
        if soft is None or writer.soft is None:
            more["input_ids"] = ids
        else:
            embedded = backbone.get_input_embeddings()(ids)
            vectors = torch.nn.functional.embedding(soft.clamp(min=0), writer.soft)
            more["inputs_embeds"] = torch.where((soft >= 0).unsqueeze(-1), vectors, embedded)
        said = backbone(past_key_values=self.cache, **more)
        self.cache = said.past_key_values
        head = writer.model.get_output_embeddings()
        logits: Tensor = finished(head(said[0][:, -1]).float(), writer.model.config)
        return logits

    def _decoded(self, ids: Tensor) -> Tensor:
        model = self.writer.model
        more: dict[str, Any] = {}
        if not bool(self.inputs.mask.all()):
            more["encoder_attention_mask"] = self.inputs.mask.long()
        said = model.decoder(
            input_ids=ids,
            encoder_hidden_states=self.states,
            past_key_values=self.cache,
            use_cache=True,
            **more,
        )
        self.cache = said.past_key_values
        head = model.get_output_embeddings()
        logits: Tensor = head(said.last_hidden_state[:, -1]).float() * decoder_scale(model)
        return logits


def _generator(seed: int, place: int) -> torch.Generator:
    return torch.Generator().manual_seed(hash((seed, place)) % 2**63)
