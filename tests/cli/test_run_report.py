"""`report`: one HTML file that needs nothing beside it."""

from __future__ import annotations

import json
import shutil
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import Run, review_rows, write_csv
from fake_tuner import FakeTuner
from judged_runs import answer


@pytest.fixture
def judged(run: Run, model: str, fake: FakeTuner, tmp_path: Path) -> Path:
    table = write_csv(tmp_path / "many.csv", review_rows(900))
    folder = tmp_path / "project"
    assert run("init", folder, "--data", table, "--model", model).code == 0
    assert run("train", folder, "--name", "one").code == 0
    answer(folder / "runs" / "one")
    return folder


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in ("script", "link", "img", "iframe") else []
        self.found += [name for name, _ in attrs if name in ("src", "href", "onload")]


def test_that_a_report_holds_all_of_a_run_in_one_small_file_within_seconds(
    run: Run, judged: Path, tmp_path: Path
) -> None:
    out, began = tmp_path / "out.html", time.monotonic()
    result = run("report", judged, "--out", out, "--json").result
    assert time.monotonic() - began <= 5 and result["bytes"] == out.stat().st_size <= 3 * 2**20
    page = out.read_text(encoding="utf-8")
    links = Links()
    links.feed(page)
    assert links.found == []  # nothing is fetched or run
    recipe = json.loads((judged / "runs" / "one" / "recipe.json").read_text(encoding="utf-8"))
    for said in ("Test rows", "95 % interval", "polyline", "many.csv", "Wrong answers", "Seed"):
        assert said in page
    assert recipe["data"]["sha256"] in page and recipe["model"]["sha256"] in page


def test_that_a_report_speaks_chinese(run: Run, judged: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert run("report", judged, "--out", out, "--language", "zh_CN").code == 0
    page = out.read_text(encoding="utf-8")
    assert "准确率" in page and 'lang="zh-CN"' in page
    assert run("report", judged, "--out", tmp_path / "b.html", "--language", "xx").code == 2


def test_that_what_a_label_or_text_holds_is_never_markup(
    run: Run, judged: Path, tmp_path: Path
) -> None:
    folder = judged / "runs" / "one"
    recipe = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    recipe["prompt"]["parameters"] = {"x": "<script>{{ 7 * 7 }}</script>"}
    (folder / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    out = tmp_path / "out.html"
    assert run("report", judged, "--out", out).code == 0
    page = out.read_text(encoding="utf-8")
    assert "<script>" not in page and "&lt;script&gt;{{ 7 * 7 }}" in page


def test_that_a_report_refuses_plainly(run: Run, judged: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.html"
    taken.write_text("mine")
    refused = run("report", judged, "--out", taken)
    assert refused.code == 2 and taken.read_text() == "mine"
    folder = judged / "runs" / "one"
    (folder / "predictions.parquet").unlink()  # the figures stand without the rows
    out = tmp_path / "out.html"
    assert run("report", judged, "--out", out).code == 0
    assert "not there any more" in out.read_text(encoding="utf-8")
    (folder / "metrics.json").write_text("{", encoding="utf-8")
    assert run("report", judged, "--out", tmp_path / "b.html").code == 2
    (folder / "metrics.json").unlink()
    refused = run("report", judged, "--out", tmp_path / "c.html")
    assert refused.code == 2 and not (tmp_path / "c.html").exists()
    shutil.rmtree(folder)
    assert run("report", judged, "--out", tmp_path / "d.html").code == 2
