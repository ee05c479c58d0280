"""The zero-shot probe: seconds to the first figures and to all, with shared passes and without.

SmolLM2, 100 SST-2 sentences, ten templates with one verbalizer. Each side runs in a process of its
own; its clock starts with the process, so that importing and loading count. "After the import" is
what the window's worker takes, which has imported all when one asks. Beside it the words that the
model itself expects, found on 100 other sentences.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import _common as common

SIDES = ("shared", "one by one", "shared, with words")
ROWS, TEMPLATES = 100, 10
TEMPLATE = r"Review: {text}\nOverall, the movie was {mask}"


def project_of(data: Path, folder: Path) -> Path:
    lines = (data / "kshot16_en" / "sst-2" / "test.tsv").read_text(encoding="utf-8").splitlines()
    named = {"0": "negative", "1": "positive"}
    rows = [line.rsplit("\t", 1) for line in lines[1 : 4 * ROWS + 1]]
    source = folder / "rows.tsv"
    source.write_text("text\tlabel\n" + "".join(f"{t}\t{named[y]}\n" for t, y in rows), "utf-8")
    common.command("init", folder / "project", "--data", source, "--template", TEMPLATE,
                   "--word", "negative=terrible", "--word", "positive=great")  # fmt: skip
    return folder / "project"


def one_side(side: str, project: Path) -> dict[str, Any]:
    """Probe as the command line does; times are seconds since this process began."""
    import dataclasses

    import psutil

    from peft_desktop.core import events as ev
    from peft_desktop.core.project import open_project
    from peft_desktop.projects.probe_plan import request_for
    from peft_desktop.tuning import probe_trial
    from peft_desktop.tuning.probe_sharing import Plain
    from peft_desktop.tuning.tuner import LocalTuner

    if side == "one by one":
        probe_trial.roads = lambda model, plans, encoded: [  # type: ignore[assignment]
            Plain(model, {n: plan}, {n: encoded[n]}) for n, plan in plans.items()
        ]
    way = "amulap" if "words" in side else ""
    began = psutil.Process().create_time()
    request = request_for(
        open_project(project), "smollm2-135m-instruct", "causal", ROWS, "cpu", way
    )
    request = dataclasses.replace(
        request, prompts=request.prompts[:TEMPLATES], word_rows=request.word_rows[:ROWS]
    )
    first, silence, last = 0.0, 0.0, time.time()
    result: dict[str, Any] = {}
    for event in LocalTuner().probe(request):
        if isinstance(event, ev.PhaseChanged) and event.phase == "evaluating":
            silence, last = 0.0, time.time()
        silence, last = max(silence, time.time() - last), time.time()
        if isinstance(event, ev.Ranked) and not first:
            first = time.time() - began
        if isinstance(event, ev.Finished):
            result = event.result
    ranked = result["ranked"]
    return {
        "templates": len(request.prompts),
        "rows": len(request.rows),
        "first": first,
        "first_asked": result["seconds"]["first"],
        "all": time.time() - began,
        "silence": silence,
        "best": ranked[0]["calibrated_accuracy"],
        "best_batch": max(entry["batch_accuracy"] for entry in ranked),
        "found": max((e["batch_accuracy"] for e in ranked if "found" in e), default=None),
        "answers": {e["template"]: e["accuracy"] for e in ranked if "found" not in e},
        "words": [found["words"] for found in result.get("found_words", [])],
    }


def measured(side: str, project: Path) -> dict[str, Any]:
    line = [sys.executable, __file__, "--side", side, str(project)]
    environment = {"GOMP_SPINCOUNT": "2000"}  # as the program starts itself
    import os

    said = subprocess.run(
        line, check=True, stdout=subprocess.PIPE, cwd=common.ROOT, env={**os.environ, **environment}
    ).stdout
    result: dict[str, Any] = json.loads(said.decode().strip().splitlines()[-1])
    return result


def main() -> None:
    if "--side" in sys.argv:
        print(json.dumps(one_side(sys.argv[2], Path(sys.argv[3]))))
        return
    given = common.arguments(__doc__ or "")
    results = common.Results("probe", given.again)
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(given.data, Path(folder))
        sides = {
            side: results.once(side, lambda side=side: measured(side, project))
            for side in (SIDES[:1] if given.quick else SIDES)
        }
    print(f"\n{common.machine()}; {ROWS} rows, {TEMPLATES} templates\n")
    rows = [
        [
            side,
            f"{kept['first']:.1f}",
            f"{kept['first_asked']:.1f}",
            f"{kept['all']:.1f}",
            f"{kept['silence']:.2f}",
            f"{kept['best']:.3f}",
            f"{kept['best_batch']:.3f}",
        ]
        for side, kept in sides.items()
    ]
    head = ["side", "first figures, s", "of these after the import", "all, s", "longest silence, s"]
    print(common.table([*head, "best, calibrated", "best, batch prior"], rows))
    for side, kept in sides.items():
        for words in kept["words"]:
            print(f"\n{side}: {words}")


if __name__ == "__main__":
    main()
