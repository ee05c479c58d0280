"""Encoder-decoders (T5 and its kin): what the decoder says at the sentinel that fills the slot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from .batches import Inputs, as_mask


def decoded(
    model: Any, sentinel: int, tree: Mapping[str, Any] | None, inputs: Inputs, states: Tensor
) -> Tensor:
    """The decoder's states at the sentinel and at every node of the words' tree [B, 1 + N, H].

    The words stand behind one another in one sequence and see nothing of each other.
    """
    nodes = [] if tree is None else tree["nodes"]
    branches = [] if tree is None else tree["branches"]
    start = model.config.decoder_start_token_id
    start = model.config.pad_token_id if start is None else start
    ids: list[int] = []
    block: list[int] = []
    places = [1] * (1 + len(nodes))
    for number, branch in enumerate(branches or [[]]):
        for node in branch:
            places[1 + node] = len(ids) + 1 + nodes[node][2]
        tokens = [start, sentinel, *(nodes[node][0] for node in branch)]
        ids += tokens
        block += [number] * len(tokens)
    more: dict[str, Any] = {}
    if len(branches) > 1:
        owner = torch.tensor(block)
        visible = (owner[:, None] == owner[None, :]).tril()
        more["attention_mask"] = as_mask(visible.expand(len(inputs.ids), 1, -1, -1), model.decoder)
    if not bool(inputs.mask.all()):
        more["encoder_attention_mask"] = inputs.mask.long()
    found: Tensor = model.decoder(
        input_ids=torch.tensor(ids).expand(len(inputs.ids), -1),
        encoder_hidden_states=states,
        use_cache=False,
        **more,
    ).last_hidden_state
    return found[:, places]


def decoder_scale(model: Any) -> float:
    """The first T5 and its kin scale what the decoder gives before the output layer."""
    config = model.config
    scaled = getattr(config, "scale_decoder_outputs", None)
    if config.model_type == "mt5":
        scaled = False
    elif scaled is None:
        scaled = bool(config.tie_word_embeddings)
    scale: float = config.d_model**-0.5 if scaled else 1.0
    return scale
