"""kill -9 at any moment of a run that checkpoints every step: it goes on bit for bit."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
import tiny_families
from engine_project import Workshop
from killing import kill_once, reference


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_that_ten_killed_runs_end_bit_for_bit_as_the_one_that_was_not(tmp_path: Path) -> None:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        tiny_families.make("llama", tmp_path / "llama")
        shop = Workshop(tmp_path / "shop", tmp_path / "llama")
        events, whole, pause = reference(shop)
        chance = random.Random(7)
        kills = [kill_once(shop, whole, events, pause, chance) for _ in range(10)]
    finally:
        torch.set_num_threads(threads)
    assert all(kill.survived for kill in kills), kills
    assert sum(kill.died for kill in kills) >= 8  # else nothing was tried
    assert any(kill.resumed_at > 0 for kill in kills)
