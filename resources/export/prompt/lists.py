"""Several labels a text: each label is given or not, from a threshold of its own on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from .batches import Inputs
from .scoring import Classifier


class ListClassifier(Classifier):
    """Yes-no scores of the label words against the word for "none of them", and the head's."""

    def chances(self, batch: list[Inputs], alone: Inputs | None) -> Tensor:
        """Each label's probability [B, C]; they need not sum to one."""
        prompts, heads = self.both(batch, alone)
        level = self.trained["shift_level"]
        own = torch.stack([s[:, :-1] - s[:, -1:] + level for s in prompts]).double().mean(0)
        if heads:
            weight = self.how["weight"]
            own = weight * own + (1 - weight) * torch.stack(heads).double().mean(0)
        return torch.sigmoid(own / self.how["temperature"])

    def answers(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
        """Each row's labels as a JSON list, the list's probability, and that of every label."""
        answered = []
        for found in self.probabilities(rows):
            whole, names = 1.0, []
            for threshold, (name, chance) in zip(  # noqa: B905
                self.how["thresholds"], found.items()
            ):
                if chance >= threshold:
                    names.append(name)
                whole *= chance if chance >= threshold else 1 - chance
            named = {f"probability_{name}": chance for name, chance in found.items()}
            listed = json.dumps(names, ensure_ascii=False)
            answered.append({"predicted_label": listed, "probability": whole, **named})
        return answered
