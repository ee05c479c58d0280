"""Adapt-first: a tiny model reads on in texts; what it learns, leaves out and keeps."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from engine_models import TEMPLATES
from engine_project import WORDS, Workshop, of_kind, result_of

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Evaluated, Stepped, Warned
from peft_desktop.core.ports import AdaptRequest
from peft_desktop.core.project import ProjectFile, Roles, create_project
from peft_desktop.core.recipe import ModelRef, PromptSpec
from peft_desktop.tuning.adapting_chunks import batch_at, chunks
from peft_desktop.tuning.adapting_loop import Learner, Pace, learn
from peft_desktop.tuning.adapting_loss import MaskedWords, scores_loss
from peft_desktop.tuning.adapting_models import load_for_text, load_masked
from peft_desktop.tuning.safety import check_folder

Make = Callable[[str], Workshop]
PARTS = (
    ("the movie", "the film", "the plot", "the acting"),
    ("was good", "was bad", "was great", "was terrible"),
    (". it was fine", ". it was awful", ". it was long", ""),
    (". overall good .", ". overall bad .", " .", ". a story ."),
)


def texts(count: int = 150, seed: int = 1) -> list[str]:
    """Sentences of few words in an order that can be learnt; all different."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        several = ("".join(f"{chance.choice(p)} " for p in PARTS) for _ in range(2))
        found[" ".join("".join(several).split())] = None
    return list(found)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    target = tmp_path / "texts.txt"
    target.write_text("\n".join(texts()) + "\n", encoding="utf-8")
    return target


def request(shop: Workshop, file: Path, **more: Any) -> AdaptRequest:
    given: dict[str, Any] = {"name": "mine", "files": (file,), "steps": 40, "device": "cpu"}
    return AdaptRequest(shop.name, **{**given, **more})


@pytest.mark.parametrize("kind", ["bert", "roberta", "minilm", "llama"])
def test_that_texts_not_read_become_easier_and_the_base_stays(
    workshop: Make, file: Path, kind: str
) -> None:
    shop = workshop(kind)
    before = shop.library.get(shop.name)
    found = result_of(shop.tuner.adapt(request(shop, file)))
    adapted = found["adapted"]
    assert adapted["after"]["perplexity"] < 0.8 * adapted["before"]["perplexity"]
    assert adapted["base_sha256"] == before.sha256 == shop.library.verify(shop.name).sha256
    made = shop.library.get("mine")
    assert made.family == ("causal" if kind == "llama" else "masked")
    assert made.trainable and made.sha256 != before.sha256
    _, tensors = shop.library.path("mine"), check_folder(shop.models / "mine").tensors
    assert {dtype for dtype, _ in (tensors or {}).values()} == {"BF16"}
    assert made.parameters <= before.parameters + 2000  # a new head, nothing twice
    card = (shop.models / "mine" / "README.md").read_text(encoding="utf-8")
    assert before.sha256 in card and "150 of files" in card


def test_that_an_adapted_model_is_trained_like_any_other(workshop: Make, file: Path) -> None:
    shop = workshop("minilm")
    result_of(shop.tuner.adapt(request(shop, file)))
    card = shop.library.get("mine")
    recipe = shop.recipe(
        method="full", prompt=PromptSpec(template=TEMPLATES["masked"], words=WORDS)
    )
    model = ModelRef(name=card.name, family=card.family, sha256=card.sha256)
    found = result_of(shop.training(recipe.model_copy(update={"model": model})))
    assert found["steps"] == 6


def test_that_test_rows_in_a_file_are_left_out_and_counted(workshop: Make, tmp_path: Path) -> None:
    shop = workshop("bert")
    own = texts(60)
    project = project_of(tmp_path / "p", own, {"train": 20, "valid": 20, "test": 20})
    file = tmp_path / "more.txt"
    file.write_text("\n".join([*(t.upper() for t in own[20:]), *texts(200, 2), own[0]]), "utf-8")
    told = list(shop.tuner.adapt(request(shop, file, project=project, steps=30)))
    counts = of_kind(told, Stepped) and told[-1].result["adapted"]["texts"]  # type: ignore[union-attr]
    assert (counts["in_test"], counts["in_valid"]) == (20, 20)
    assert counts["repeated"] >= 1 and counts["of_project"] == 20
    warned = [event for event in told if isinstance(event, Warned)]
    assert any(w.values == {"test": 20, "valid": 20} for w in warned)


def project_of(folder: Path, rows: list[str], sizes: dict[str, int]) -> Path:
    from engine_project import write_table

    starts = np.cumsum([0, *sizes.values()])
    splits = {
        name: list(range(start, start + size))
        for (name, size), start in zip(sizes.items(), starts.tolist(), strict=False)
    }
    roles = Roles(text="text", label="label")
    create_project(folder, ProjectFile(name="p", roles=roles, splits=splits))
    write_table(folder, [(text, "pos") for text in rows])
    return folder


def test_that_a_stop_leaves_no_half_model(workshop: Make, file: Path) -> None:
    shop = workshop("bert")
    events = shop.tuner.adapt(request(shop, file, steps=10_000))
    for event in events:
        if isinstance(event, Stepped) and event.step == 3:
            break
    events.close()
    assert sorted(path.name for path in shop.models.iterdir()) == ["bert"]


def test_that_minutes_end_it_too(workshop: Make, file: Path) -> None:
    shop = workshop("bert")
    wanted = request(shop, file, steps=0, minutes=0.03)
    assert result_of(shop.tuner.adapt(wanted))["adapted"]["steps"] > 2


def test_that_too_few_texts_are_refused(workshop: Make, tmp_path: Path) -> None:
    shop = workshop("bert")
    file = tmp_path / "few.txt"
    file.write_text("one text\nanother text\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"2 texts of \d+ tokens are too few"):
        list(shop.tuner.adapt(request(shop, file)))
    assert not (shop.models / "mine").exists()


def test_that_a_t5_and_a_taken_name_are_refused_before_any_work(workshop: Make, file: Path) -> None:
    shop = workshop("t5")
    with pytest.raises(UserError, match="T5 kind cannot be adapted"):
        list(shop.tuner.adapt(request(shop, file)))
    with pytest.raises(UserError, match='There is a model "t5" already'):
        list(shop.tuner.adapt(request(shop, file, name="t5")))


def test_that_reading_that_does_not_help_is_not_kept(
    workshop: Make, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = workshop("bert")
    import peft_desktop.tuning.adapting as adapting

    monkeypatch.setattr(adapting, "learn", lambda learner: iter(()))
    with pytest.raises(UserError, match="no easier"):
        list(shop.tuner.adapt(request(shop, file)))
    assert not (shop.models / "mine").exists()


def test_that_the_loss_before_and_after_is_told_on_the_way(workshop: Make, file: Path) -> None:
    shop = workshop("llama")
    told = list(shop.tuner.adapt(request(shop, file, steps=5)))
    first, last = of_kind(told, Evaluated)
    assert first.step == 0 and last.step == 5
    assert last.metrics["perplexity"] < first.metrics["perplexity"]


def test_that_the_scores_loss_is_cross_entropy_with_its_gradient() -> None:
    torch.manual_seed(0)
    states = torch.randn(600, 8, requires_grad=True)
    weight, bias = torch.randn(50, 8), torch.randn(50, requires_grad=True)
    asked = torch.randint(0, 50, (600,))
    for finish in (None, lambda logits: (logits / 3).tanh() * 3):
        logits = states @ weight.t() + bias
        plain = torch.nn.functional.cross_entropy(
            finish(logits) if finish else logits, asked, reduction="sum"
        )
        ours, right = scores_loss(states, weight, bias, asked, finish)
        assert ours.item() == pytest.approx(plain.item(), rel=1e-5)
        assert right == int((logits.argmax(-1) == asked).sum())
        for a, b in zip(
            torch.autograd.grad(ours, (states, bias)),
            torch.autograd.grad(plain, (states, bias)),
            strict=True,
        ):
            assert torch.allclose(a, b, atol=1e-4)


def test_that_masked_positions_alone_get_the_states_of_the_whole(
    tiny: Callable[[str], Path],
) -> None:
    from peft_desktop.tuning.adapting_loss import _states_at

    model, new = load_masked(tiny("bert"))
    assert not new
    model.eval()
    ids = torch.randint(5, 60, (3, 20))
    places = torch.rand(3, 20) < 0.3
    whole = model.base_model(input_ids=ids).last_hidden_state[places]
    assert torch.allclose(_states_at(model, ids, places), whole, atol=1e-5)


def test_that_pieces_and_threads_change_nothing(tiny: Callable[[str], Path]) -> None:
    from peft_desktop.prompts.tokens import Tokens

    ends = []
    for at_once, hands in ((4, 1), (4, 2)):
        torch.manual_seed(0)
        model, objective = load_for_text(tiny("bert"), "masked", Tokens(tiny("bert")))
        rows = np.random.default_rng(0).integers(5, 60, (16, 24)).astype(np.int32)
        pace = Pace(1e-3, 1e-3, rows=8, at_once=at_once, steps=3, hands=hands)
        learner = Learner(model, objective, rows, pace)
        list(learn(learner))
        ends.append(torch.cat([p.detach().flatten() for p in learner.trained.values()]))
    assert torch.allclose(ends[0], ends[1], atol=1e-5)


def test_that_special_tokens_are_never_hidden() -> None:
    ids = torch.tensor([[2, 7, 8, 9, 3] * 40])
    hidden = MaskedWords(4, (2, 3), 0.5).hidden(ids, torch.Generator().manual_seed(0))
    assert not hidden[(ids == 2) | (ids == 3)].any()
    assert 40 < int(hidden.sum()) < 80


def test_that_every_token_of_the_texts_is_read_and_each_row_is_full() -> None:
    rows = chunks(np.arange(10, 33, dtype=np.int32), 10, [1], [2])
    assert rows.shape == (3, 10)
    assert (rows[:, 0] == 1).all() and (rows[:, -1] == 2).all()
    assert set(rows[:, 1:-1].flatten().tolist()) == set(range(10, 33))


def test_that_each_epoch_takes_every_row_once_in_an_order_of_its_own() -> None:
    whole = [row for step in range(6) for row in batch_at(step, 12, 4, seed=1)]
    first, second = whole[:12], whole[12:]
    assert sorted(first) == sorted(second) == list(range(12))
    assert first != second


def test_that_the_rate_rises_holds_and_falls_to_nothing() -> None:
    pace = Pace(1.0, 1.0, steps=100, warm_up=9)
    factors = [pace.factor(step, 0.0) for step in range(101)]
    assert factors[0] == pytest.approx(0.1) and factors[20] == factors[79] == 1.0
    assert factors[80:] == sorted(factors[80:], reverse=True) and factors[100] == 0.0
    by_time = Pace(1.0, 1.0, seconds=10.0, warm_up=0)
    assert by_time.factor(5, 9.0) < by_time.factor(5, 8.5) < 1.0
    slow = Pace(1.0, 1.0, seconds=10.0, warm_up=50)
    assert slow.factor(0, 0.0) < 0.1 and slow.factor(3, 5.0) == 1.0
