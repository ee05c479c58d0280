"""Label words of several tokens behind a causal slot: all in one pass as a tree, or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .contract import Hidden, Inputs
from .words import pair_log_probabilities, taken

if TYPE_CHECKING:
    from torch import Tensor

# their attention takes no mask of our own (ALiBi, convolutions, recurrent layers, local windows)
_NO_TREE = {
    "bloom",
    "falcon",
    "gemma4_text",
    "gpt_neo",
    "lfm2",
    "mpt",
    "openai-gpt",
    "qwen3_5_text",
}


@dataclass(frozen=True, slots=True)
class WordTree:
    """The words' beginnings, folded into a tree that hangs below the slot.

    Each node sees the prompt, its forebears and itself. `nodes` are (token, parent node or -1 for
    the slot, depth from 1); `pairs` are (context node or -1, token) whose log-probabilities are
    needed; `words` index into the pairs.
    """

    nodes: tuple[tuple[int, int, int], ...]
    pairs: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(words: Sequence[tuple[int, ...]]) -> WordTree:
        nodes: dict[tuple[int, ...], int] = {}
        listed: list[tuple[int, int, int]] = []
        pairs: dict[tuple[int, int], int] = {}
        indexed = []
        for word in words:
            path = []
            for depth, token in enumerate(word):
                context = -1 if depth == 0 else nodes[word[:depth]]
                path.append(pairs.setdefault((context, token), len(pairs)))
                reached = word[: depth + 1]
                if depth + 1 < len(word) and reached not in nodes:
                    nodes[reached] = len(listed)
                    listed.append((token, context, depth + 1))
            indexed.append(tuple(path))
        return WordTree(tuple(listed), tuple(pairs), tuple(indexed))

    @property
    def branches(self) -> list[list[int]]:
        """The nodes from the slot to every leaf."""
        parents = {parent for _, parent, _ in self.nodes}
        found = []
        for node in range(len(self.nodes)):
            if node in parents:
                continue
            branch = [node]
            while self.nodes[branch[0]][1] >= 0:
                branch.insert(0, self.nodes[branch[0]][1])
            found.append(branch)
        return found


def contexts_of(
    tree: WordTree, inputs: Inputs, hidden: Hidden, config: Any
) -> tuple[Tensor, Tensor]:
    """States of the slot and of every node [B, 1 + N, H], and of the prompt [B, T, H]."""
    import torch

    length = inputs.ids.shape[1]
    branches = tree.branches
    # a single branch is an ordinary, longer row: it needs no mask of ours
    if len(branches) > 1 and takes_tree(config, length + len(tree.nodes)):
        states = hidden(_grown(inputs, tree))
        slot = taken(states[:, :length], inputs.slots[:, :1])
        return torch.cat([slot, states[:, length:]], dim=1), states[:, :length]
    found: dict[int, Tensor] = {}
    for branch in branches:
        states = hidden(_followed(inputs, [tree.nodes[node][0] for node in branch]))
        for node in branch:
            found[node] = taken(states, inputs.slots[:, :1] + tree.nodes[node][2])
        slot = taken(states, inputs.slots[:, :1])
    every = [slot, *(found[node] for node in range(len(tree.nodes)))]
    return torch.cat(every, dim=1), states[:, :length]


def tree_scores(
    tree: WordTree, contexts: Tensor, weight: Tensor, bias: Tensor | None, finish: Any
) -> Tensor:
    """Mean log-probability of each word's tokens [B, W], from the states of `contexts_of`."""
    import torch

    device = contexts.device
    where = torch.tensor([context + 1 for context, _ in tree.pairs], device=device)
    what = torch.tensor([token for _, token in tree.pairs], device=device)
    pairs = pair_log_probabilities(contexts, weight, bias, finish, where, what)
    return torch.stack([pairs[:, list(word)].mean(1) for word in tree.words], dim=1)


def takes_tree(config: Any, length: int) -> bool:
    """Whether a model computes rows of `length` tokens, tree and all, under a mask of ours."""
    if config.model_type in _NO_TREE:
        return False
    # our mask takes the place of the model's own, also where that one is a sliding window
    window = getattr(config, "sliding_window", None)
    return not window or length <= window


def _followed(inputs: Inputs, tokens: Sequence[int]) -> Inputs:
    """The batch with `tokens` right behind every row's own, before its padding."""
    import torch

    batch = inputs.ids.shape[0]
    ids = torch.cat([inputs.ids, inputs.ids[:, -1:].expand(-1, len(tokens))], dim=1)
    mask = torch.cat([inputs.mask, inputs.mask.new_zeros((batch, len(tokens)))], dim=1)
    real = inputs.mask.sum(1, keepdim=True)
    places = real + torch.arange(len(tokens), device=ids.device)
    ids = ids.scatter(1, places, torch.tensor(tokens, device=ids.device).expand(batch, -1))
    mask = mask.scatter(1, places, True)
    own = torch.cat([inputs.own, inputs.own.new_zeros((batch, len(tokens)))], dim=1)
    soft = longer_soft(inputs, len(tokens))
    return Inputs(ids=ids, mask=mask, slots=inputs.slots, own=own, soft=soft)


def longer_soft(inputs: Inputs, more: int) -> Tensor | None:
    """Where the soft tokens are, in a batch that has grown at its end by `more` tokens."""
    import torch

    if inputs.soft is None:
        return None
    none = inputs.soft.new_full((inputs.soft.shape[0], more), -1)
    return torch.cat([inputs.soft, none], dim=1)


def _grown(inputs: Inputs, tree: WordTree) -> Inputs:
    """The batch with the tree's nodes behind it: ids [B, T + N] and who sees whom."""
    import torch

    batch, length = inputs.ids.shape
    device = inputs.ids.device
    count = len(tree.nodes)
    ids = torch.tensor([token for token, _, _ in tree.nodes], device=device)
    depth = torch.tensor([depth for _, _, depth in tree.nodes], device=device)
    kin = torch.zeros((count, count), dtype=torch.bool, device=device)
    for node, (_, parent, _) in enumerate(tree.nodes):
        kin[node, node] = True
        if parent >= 0:
            kin[node] |= kin[parent]
    whole = length + count
    visible = torch.zeros((batch, 1, whole, whole), dtype=torch.bool, device=device)
    causal = torch.ones((length, length), dtype=torch.bool, device=device).tril()
    visible[:, 0, :length, :length] = causal & inputs.mask[:, None, :]
    # a padded place must see something: a row with nothing to attend to becomes NaN
    visible[:, 0, :length, :length] |= torch.eye(length, dtype=torch.bool, device=device)
    visible[:, 0, length:, :length] = inputs.mask[:, None, :]
    visible[:, 0, length:, length:] = kin
    real = inputs.mask.sum(1, keepdim=True)
    positions = torch.arange(length, device=device).expand(batch, -1)
    return Inputs(
        ids=torch.cat([inputs.ids, ids.expand(batch, -1)], dim=1),
        mask=torch.cat([inputs.mask, inputs.mask.new_ones((batch, count))], dim=1),
        slots=inputs.slots,
        own=torch.cat([inputs.own, inputs.own.new_zeros((batch, count))], dim=1),
        positions=torch.cat([positions, real - 1 + depth[None, :]], dim=1),
        visible=visible,
        soft=longer_soft(inputs, count),
    )
