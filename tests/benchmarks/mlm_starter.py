"""Make the masked-LM starter: MiniLM's encoder learns to fill in hidden words; resumable.

It trains for `--minutes N` and keeps a checkpoint every five; stopped (Ctrl+C) and started again,
it goes on from the newest one for another N. The rate falls to nothing in the last fifth of them
(`--falling 0`: it holds, to go on another day; `--falling 1`: it falls all the time). Then the
model is in bench-results/mlm-starter/model; `--evaluate` judges it, `--also FOLDER` another.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("GOMP_SPINCOUNT", "2000")  # threads that wait give the core away

import _common as common

BASE = "all-minilm-l6-v2"
LENGTH, ROWS, SEED = 128, 32, 42
RATE, HEAD_RATE, SHARE = 3e-4, 6e-4, 0.2
SAVE_EVERY, LOOK_EVERY = 300.0, 900.0  # seconds
FOLDER = common.OUT / "mlm-starter"


def said(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


def rows_of(data: Path, tokens: Any, quick: bool) -> tuple[Any, dict[str, Any]]:
    """The training rows and what they were made of, kept beside the checkpoints."""
    import numpy as np
    from _starter_texts import gather

    from peft_desktop.tuning.adapting_chunks import chunks, token_stream

    kept, facts = FOLDER / "rows.npy", FOLDER / "texts.json"
    if not (kept.exists() and facts.exists()):
        said("reading the texts")
        found = gather(data, quick)
        # short texts stand among long ones, so that every stretch has some of each
        order = np.random.default_rng(SEED).permutation(len(found.texts))
        texts = [found.texts[place] for place in order]
        stream = finished(token_stream(texts, tokens, tokens.after))
        rows = chunks(stream, LENGTH, tokens.before, tokens.after)
        told = {"taken": found.taken, "left_out": found.left_out, "tokens": len(stream)}
        np.save(kept, rows)
        facts.write_text(json.dumps(told, indent=1), "utf-8")
    told = json.loads(facts.read_text("utf-8"))
    return np.load(kept), told


def finished(work: Any) -> Any:
    """What a generator of events returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def wikitext(data: Path, tokens: Any, name: str, count: int) -> Any:
    """The first `count` rows of 128 tokens of wikitext-2 as it stands."""
    from peft_desktop.tuning.adapting_chunks import chunks, token_stream

    text = (data / "text_en" / "wikitext-2" / f"{name}.txt").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    stream = finished(token_stream(lines, tokens, ()))
    return chunks(stream, LENGTH, tokens.before, tokens.after)[:count]


def train(given: argparse.Namespace) -> None:
    import torch

    from peft_desktop.core.events import Stepped
    from peft_desktop.core.places import models_folder
    from peft_desktop.prompts.tokens import Tokens
    from peft_desktop.tuning import checkpoint as kept
    from peft_desktop.tuning.adapting_loop import Learner, Pace, judge, learn
    from peft_desktop.tuning.adapting_loss import MaskedWords
    from peft_desktop.tuning.adapting_models import load_masked, prepare
    from peft_desktop.tuning.device import set_threads

    set_threads(given.threads)
    torch.manual_seed(SEED)
    folder = models_folder() / BASE
    tokens = Tokens(folder)
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, told = rows_of(given.data, tokens, given.quick)
    valid = wikitext(given.data, tokens, "valid", 100)
    model, _ = load_masked(folder)
    prepare(model)
    special = tuple(filter(lambda i: i is not None, (*tokens.before, *tokens.after, tokens.pad_id)))
    objective = MaskedWords(tokens.mask_id, special, SHARE)
    pace = Pace(
        RATE, HEAD_RATE, rows=ROWS, at_once=8 if given.hands > 1 else ROWS,
        warm_up=100, hands=given.hands,
    )  # fmt: skip
    learner = Learner(model, objective, rows, pace, "bf16")
    place = FOLDER / "checkpoints"
    newest = kept.newest_whole(place)
    if newest is not None:
        snapshot = kept.load_checkpoint(newest)
        restore(learner, snapshot)
    whole = learner.seconds + 60 * given.minutes
    falling = given.falling * 60 * given.minutes / whole
    learner.pace = replace(pace, seconds=whole, falling=falling)
    said(f"{told}; {len(rows)} rows; from step {learner.step}, {learner.seconds:.0f} s")
    watch = {"save": time.monotonic(), "look": time.monotonic(), "loss": 0.0, "said": learner.step}

    def save() -> None:
        state = {"seconds": learner.seconds, "precision": "bf16"}
        trained = {name: p.data for name, p in learner.trained.items()}
        kept.save_checkpoint(
            place, kept.Snapshot(learner.step, trained, {}, learner.optimizer.state_dict(), state)
        )
        watch["save"] = time.monotonic()

    def look() -> None:
        loss, right = finished(judge(learner, valid, MaskedWords(tokens.mask_id, special, 0.15)))
        said(f"step {learner.step}: wikitext-2 valid loss {loss:.4f}, right {right:.4f}")
        watch["look"] = time.monotonic()

    look()
    work = learn(learner)

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        for event in work:
            if not isinstance(event, Stepped):
                continue
            watch["loss"] += event.loss
            if event.step % 25 == 0:
                mean = watch["loss"] / max(1, event.step - watch["said"])
                per_second = event.examples_per_second * LENGTH
                said(
                    f"step {event.step} loss {mean:.4f} rate {event.learning_rate:.2e} "
                    f"norm {event.gradient_norm:.2f} tokens/s {per_second:.0f} "
                    f"spent {learner.seconds:.0f} s"
                )
                watch["loss"], watch["said"] = 0.0, event.step
            if time.monotonic() - watch["look"] > LOOK_EVERY:
                look()
            if time.monotonic() - watch["save"] > SAVE_EVERY:
                save()
    except KeyboardInterrupt:
        work.close()
        save()
        said(f"stopped at step {learner.step}; start it again to go on")
        return
    save()
    look()
    store(learner, folder, told)
    said(f"finished at step {learner.step}: {FOLDER / 'model'}")


def store(learner: Any, base: Path, told: dict[str, Any]) -> None:
    """The model in bf16, with the base's tokenizer, and what it was made of."""
    from peft_desktop.core.files import staged_folder
    from peft_desktop.tuning.adapting_models import write_model

    with staged_folder(FOLDER / "model") as room:
        write_model(learner.model, base, room)
        made = {"steps": learner.step, "texts": told}
        (room / "training.json").write_text(json.dumps(made, indent=1), "utf-8")


def restore(learner: Any, snapshot: Any) -> None:
    import torch

    with torch.no_grad():
        for name, parameter in learner.trained.items():
            parameter.copy_(snapshot.trained[name])
    learner.optimizer.load_state_dict(snapshot.optimizer)
    learner.step, learner.seconds = snapshot.step, snapshot.state["seconds"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the texts")
    parser.add_argument("--minutes", type=float, default=60.0, help="from now on")
    parser.add_argument("--falling", type=float, default=0.2, help="share of these minutes")
    parser.add_argument("--threads", type=int, default=0, help="0: all cores")
    parser.add_argument(
        "--hands", type=int, default=1, help="threads that share a step, beside other programs"
    )
    parser.add_argument("--quick", action="store_true", help="few texts of each source")
    parser.add_argument("--evaluate", action="store_true", help="judge the model, do not train")
    parser.add_argument("--ship", action="store_true", help="put the model into resources/models")
    parser.add_argument("--also", type=Path, action="append", default=[], help="another to judge")
    parser.add_argument("--again", action="store_true", help="with --evaluate: forget results")
    given = parser.parse_args()
    if not given.data.is_dir():
        parser.error(f"--data: there is no folder {given.data}")
    if given.evaluate:
        from _starter_judged import judged

        also = {folder.name: folder for folder in given.also}
        judged({"minilm-l6-mlm": FOLDER / "model", **also}, given.data, given.again)
        return
    if given.ship:
        from _starter_shipped import ship

        made = json.loads((FOLDER / "model" / "training.json").read_text("utf-8"))
        print(ship(FOLDER / "model", made["steps"], made["texts"]))
        return
    train(given)


if __name__ == "__main__":
    sys.path.insert(0, str(common.ROOT))
    main()
