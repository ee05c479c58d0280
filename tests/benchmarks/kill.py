"""kill -9 at random moments of a run that checkpoints every step: how many go on bit for bit."""

from __future__ import annotations

import argparse
import collections
import random
import sys
import tempfile
import time
from pathlib import Path

from _common import ROOT, machine

sys.path[:0] = [str(ROOT / "tests" / "faults"), str(ROOT / "tests" / "engine"), str(ROOT)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    import tiny_families
    import torch
    from engine_project import Workshop
    from killing import STEPS, kill_once, reference

    torch.set_num_threads(1)
    since = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        tiny_families.make("llama", Path(place) / "llama")
        shop = Workshop(Path(place) / "shop", Path(place) / "llama")
        events, whole, pause = reference(shop)
        chance = random.Random(given.seed)
        kills = []
        for number in range(given.kills):
            kills.append(kill_once(shop, whole, events, pause, chance))
            if not kills[-1].survived:
                print(f"lost: {kills[-1]}", flush=True)
            if number % 10 == 9:
                print(f"{number + 1} of {given.kills}", file=sys.stderr, flush=True)
    died = [kill for kill in kills if kill.died]
    steps = collections.Counter(kill.resumed_at for kill in died)
    print(machine())
    print(f"tiny Llama, LoRA with dropout, {STEPS} steps, a checkpoint each; {events} events")
    print(f"killed in the middle: {len(died)} of {len(kills)} (the others were done before)")
    print(f"a verified checkpoint was there: {sum(kill.whole_checkpoint for kill in died)}")
    print(f"resumed at step: {dict(sorted(steps.items()))}")
    print(f"bit-equal weights: {sum(kill.equal_weights for kill in kills)} of {len(kills)}")
    print(f"equal curves: {sum(kill.equal_curve for kill in kills)} of {len(kills)}")
    print(f"{time.monotonic() - since:.0f} s")
    return 0 if all(kill.survived for kill in kills) else 1


if __name__ == "__main__":
    sys.exit(main())
