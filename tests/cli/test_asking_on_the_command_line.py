"""A document is asked on the command line, and the model that answers is handed over."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import Run
from test_task_change import FEW, questions


def test_that_a_document_is_asked_and_the_model_is_exported(
    run: Run, model: str, tmp_path: Path
) -> None:
    project = questions(run, model, tmp_path)
    sets = [part for setting in (*FEW, "task.way=spans") for part in ("--set", setting)]
    assert run("train", project, "--name", "one", *sets).code == 0
    text = "I am in Rome and stay there"
    one = ("--text", text, "--question", "Where am I?")
    row = run("predict", project, *one, "--json").result["rows"][0]
    for answer in json.loads(row["predicted_label"]):
        assert text[answer["start"] :].startswith(answer["text"])
    none = run("predict", project, *one, "--set", "no_answer_threshold=-1000", "--json")
    assert none.result["rows"][0]["predicted_label"] == "[]"
    lacking = run("predict", project, "--text", text)
    assert lacking.code == 2 and 'no column "question"' in lacking.err
    made = run("export", project, "one", "--to", tmp_path / "out", "--json")
    assert made.code == 0, made
    assert made.result["checked_rows"] == 10 and made.result["largest_difference"] <= 0.1
    assert (tmp_path / "out" / "predict.py").is_file()
