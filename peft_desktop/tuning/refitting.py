"""The head once more, on vectors that no longer move: logistic regression, as SetFit ends.

A head that is trained along lags behind the vectors that it reads, most of all where the best
weights came early. Here it is solved for the final ones,

    min over A, c of  sum_n -log softmax(A g_n + c)[y_n] + |A|^2 / (2 C)     C = 10 / H

and taken where the validation rows say that it is better. On vectors of length 1 C is 10.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..core.events import Event
from ..evaluation.mixing import choose_weight, negative_log_likelihood
from .loop import Fit, Trainee
from .loss import Weights
from .prompt_model import levelled
from .scoring import Scores, frozen_states, log_softmax

_STRENGTH = 10.0  # C for vectors of length 1
_STEPS = 100


def refit_head(trainee: Trainee, state: Fit) -> Generator[Event, None, None]:
    """Solve the head for the best weights, which the model holds; they and the validation scores
    in `state` are changed where the solved head is the better one."""
    model, device = trainee.model, trainee.accelerator.device
    valid = state.valid
    if model.head is None or valid is None or valid.head is None or not model.one_template:
        return
    if trainee.train.soft is not None:  # rows without labels of their own teach it step by step
        return
    taught = [place for place, counts in enumerate(trainee.train.for_head) if counts]
    found = yield from frozen_states(model, trainee.train, device, trainee.precision)
    gold = torch.tensor(trainee.train.gold, device=device)
    weight, bias = solved(levelled(found.own_state)[taught], gold[taught], len(model.plan.labels))
    held = yield from frozen_states(model, trainee.valid, device, trainee.precision)
    head = log_softmax(levelled(held.own_state).double() @ weight.t() + bias)
    right = np.asarray(trainee.valid.gold)
    if negative_log_likelihood(head, right) >= negative_log_likelihood(valid.head, right):
        return
    state.best["head.weight"], state.best["head.bias"] = weight.float().cpu(), bias.float().cpu()
    state.valid = replace(valid, head=head)
    state.weight = mixing_weight(Scores(valid.prompt, head), right, trainee.weights)


def solved(states: Tensor, gold: Tensor, labels: int) -> tuple[Tensor, Tensor]:
    """A [C, H] and c [C] of the formula above for the states [N, H], in float64."""
    states = states.double()
    width = states.shape[1]
    weight = torch.zeros((labels, width), dtype=torch.float64, device=states.device)
    bias = torch.zeros(labels, dtype=torch.float64, device=states.device)
    both = [weight.requires_grad_(), bias.requires_grad_()]
    search = torch.optim.LBFGS(both, max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> float:
        search.zero_grad()
        with torch.enable_grad():
            wrong = functional.cross_entropy(states @ weight.t() + bias, gold, reduction="sum")
            total: Tensor = wrong + weight.square().sum() * width / (2 * _STRENGTH)
        total.backward()
        return float(total.detach())

    search.step(loss)
    return weight.detach(), bias.detach()


def mixing_weight(scores: Scores, gold: np.ndarray, weights: Weights) -> float:
    """The prompt's share in the prediction; a way that was not trained has no say."""
    if scores.head is None or not weights.fine_tune:
        return 1.0
    if not weights.prompt:
        return 0.0
    return choose_weight(scores.prompt, scores.head, gold)
