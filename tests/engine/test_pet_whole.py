"""Pattern-exploiting training and a shoot-out with the engine itself, on a tiny model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_project import FAST, NEGATIVE, POSITIVE, SPLITS, WORDS, Workshop, result_of
from safetensors.torch import load_file

from peft_desktop.core.files import sha256_of
from peft_desktop.core.ports import PredictRequest
from peft_desktop.core.project import Project, ProjectFile, Roles, open_project
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.methods import METHODS
from peft_desktop.projects import pet, pet_plan, shoot_out, shoot_out_plan
from peft_desktop.projects.pet_pool import Pool

Make = Callable[..., Workshop]
TWO = ["{text} It was {mask} .", "{text} all in all {mask} ."]


def project_of(shop: Workshop, **training: Any) -> Project:
    file = ProjectFile(
        roles=Roles(text="text", label="label"),
        columns=["text", "label"],
        labels=["pos", "neg"],
        prompt=PromptSpec(template=TWO[0], words=WORDS),
        model=shop.name,
        method="full",
        training={**FAST, **training},
        data_sha256=sha256_of(shop.project / "data" / "table.parquet"),
        splits={name: list(rows) for name, rows in SPLITS.items()},
    )
    Project(shop.project, file).save()
    return open_project(shop.project)


@pytest.mark.parametrize("method", ["full", "contrastive"])
def test_that_a_student_learns_from_its_teachers(
    workshop: Make, tmp_path: Path, method: str
) -> None:
    shop = workshop("minilm")
    project = project_of(shop, max_steps=30, learning_rate=5e-3)
    rows = [{"text": f"{text} . it was {i}"} for i in range(2) for text in POSITIVE + NEGATIVE]
    prompts = [PromptSpec(template=template, words=WORDS) for template in TWO]
    given = ("max_steps=100", "learning_rate=5e-3", "patience=0")
    wishes = pet_plan.Wishes(seeds=(1,), student_method=method, student_settings=given)
    plan, _ = pet_plan.planned(
        project, prompts, Pool(rows, {}), wishes, library=shop.library, known=METHODS
    )
    pet_plan.begin(project, plan, Pool(rows, {}))
    result = result_of(pet.carry_out(project, plan, shop.tuner, tmp_path / "measured.json"))
    assert result["teachers"] == 2
    assert min(result["label_counts"].values()) >= 8
    assert result["ensemble"]["accuracy"] == 1.0
    assert result["student"]["test"]["metrics"]["accuracy"] == 1.0
    run = project.runs_folder / result["run"]
    found = result_of(shop.tuner.predict(run, PredictRequest(({"text": "a good movie"},))))
    assert found["rows"][0]["predicted_label"] == "pos"


def test_that_a_shoot_out_compares_real_runs(workshop: Make, tmp_path: Path) -> None:
    shop = workshop("minilm")
    project = project_of(shop)
    plan, _ = shoot_out_plan.planned(
        project,
        None,
        ["full", "head_only"],
        [shop.name],
        [project.file.prompt],
        [1, 2],
        library=shop.library,
        known=METHODS,
    )
    work = shoot_out.carry_out(project, plan, shop.tuner, tmp_path / "measured.json")
    result = result_of(work)
    rows = {row["row"]: row for row in result["table"]}
    assert rows.keys() >= {"full", "head-only", "majority", "zero_shot", "zero_shot_calibrated"}
    assert rows["full"]["trained_parameters"] > rows["head-only"]["trained_parameters"]
    loser = next(row for row in result["table"][1:] if row["kind"] == "trained")
    assert loser["against_best"]["rows"] == len(SPLITS["test"])
    assert loser["against_best"]["seeds"] == 2
    assert 0 < loser["against_best"]["p_value"] <= 1
    # a run of the queue is what it would be alone: nothing of the runs before is in it
    last = plan.recipe_of(plan.cells[2])
    alone = last.model_copy(update={"name": "alone"})
    result_of(shop.training(alone))
    a, b = (
        load_file(project.runs_folder / name / "model" / "trained.safetensors")
        for name in (last.name, "alone")
    )
    assert a.keys() == b.keys() and all(torch.equal(a[key], b[key]) for key in a)
