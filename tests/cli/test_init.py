from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from command_line import LABELS, Run, review_rows, write_csv

from peft_desktop.core.project import Project, open_project
from peft_desktop.data.store import load_table, rows_by_id


def labels_of(project: Project, split: str) -> Counter[str]:
    ids = project.file.splits[split]
    return Counter(row["label"] for row in rows_by_id(load_table(project.folder), ids, ["label"]))


def test_that_a_csv_becomes_a_project(run: Run, model: str, reviews: Path, tmp_path: Path) -> None:
    outcome = run("init", tmp_path / "p", "--data", reviews, "--model", model, "--json")
    assert outcome.code == 0, outcome
    made = open_project(tmp_path / "p")
    assert made.file.roles.text == "text"
    assert made.file.roles.label == "label"
    assert made.file.labels == list(LABELS)
    assert made.file.model == model
    assert list(made.file.prompt.words) == list(LABELS)
    assert "{mask}" in made.file.prompt.template
    assert load_table(made.folder).num_rows == 80
    assert sum(outcome.result["rows"].values()) == 80
    assert all(outcome.result["rows"].values())
    assert {event["kind"] for event in outcome.events} >= {"PhaseChanged"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p", "reviews.csv"]


def test_that_the_same_seed_gives_the_same_split_and_another_another(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert run("init", tmp_path / name, "--data", reviews, "--seed", seed, "--model", model)
    splits = [open_project(tmp_path / name).file.splits for name in "abc"]
    assert splits[0] == splits[1] != splits[2]


def test_that_the_template_and_words_are_kept_as_written(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    words = ("--word", "positive=good=fine", "--word", "positive=great", "--word", "negative=bad")
    template = "{text} All in all it was {mask}"
    given = ("--data", reviews, "--model", model, "--template", template, *words)
    assert run("init", tmp_path / "p", *given).code == 0
    prompt = open_project(tmp_path / "p").file.prompt
    assert prompt.template == template
    assert prompt.words == {"negative": ["bad"], "positive": ["good=fine", "great"]}


def test_that_parameters_reach_the_template_in_chinese(
    run: Run, model: str, tmp_path: Path
) -> None:
    rows = [[f"第{i}句在谈{'计算机编程' if i % 2 else '种花'}", str(i % 2)] for i in range(40)]
    data = write_csv(tmp_path / "zh.csv", rows)
    template = "{text} 判断其是否包含以下关键词：{关键词}。答案：{mask}"
    given = (
        "--template",
        template,
        "--param",
        "关键词=计算机编程",
        "--word",
        "0=否",
        "--word",
        "1=是",
    )
    outcome = run("init", tmp_path / "p", "--data", data, "--model", model, *given)
    assert outcome.code == 0, outcome
    assert outcome.err == ""
    assert open_project(tmp_path / "p").file.prompt.parameters == {"关键词": "计算机编程"}


def test_that_text_means_the_text_column(run: Run, model: str, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "d.csv", review_rows(40), ("opinion", "verdict"))
    given = ("--text", "opinion", "--label", "verdict", "--template", "{text} It was {mask}")
    assert run("init", tmp_path / "p", "--data", data, "--model", model, *given).code == 0


def test_that_k_per_class_train_k_validate_and_the_rest_test(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    given = ("--data", reviews, "--model", model, "--per-class", 8)
    assert run("init", tmp_path / "p", *given).code == 0
    made = open_project(tmp_path / "p")
    assert labels_of(made, "train") == dict.fromkeys(LABELS, 8)
    assert labels_of(made, "valid") == dict.fromkeys(LABELS, 8)
    assert labels_of(made, "test") == dict.fromkeys(LABELS, 24)


def test_that_files_of_their_own_are_appended_and_keep_to_their_split(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    valid = write_csv(tmp_path / "v.csv", review_rows(6, 100))
    test = write_csv(tmp_path / "t.csv", review_rows(10, 200))
    given = ("--data", reviews, "--valid", valid, "--test", test, "--model", model)
    assert run("init", tmp_path / "p", *given).code == 0
    splits = open_project(tmp_path / "p").file.splits
    assert splits["train"] == list(range(80))
    assert splits["valid"] == list(range(80, 86))
    assert splits["test"] == list(range(86, 96))


def test_that_k_per_class_leaves_a_test_file_alone(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    test = write_csv(tmp_path / "t.csv", review_rows(10, 200))
    given = ("--data", reviews, "--test", test, "--model", model, "--per-class", 8)
    assert run("init", tmp_path / "p", *given).code == 0
    made = open_project(tmp_path / "p")
    assert labels_of(made, "train") == labels_of(made, "valid") == dict.fromkeys(LABELS, 8)
    assert made.file.splits["test"] == list(range(80, 90))


def test_that_a_split_column_is_followed(run: Run, model: str, tmp_path: Path) -> None:
    rows = [
        [*row, "train" if i < 40 else "dev" if i < 60 else "test"]
        for i, row in enumerate(review_rows(80))
    ]
    data = write_csv(tmp_path / "d.csv", rows, ("text", "label", "split"))
    assert run("init", tmp_path / "p", "--data", data, "--model", model).code == 0
    splits = open_project(tmp_path / "p").file.splits
    assert splits["train"] == list(range(40))
    assert splits["valid"] == list(range(40, 60))


def test_that_overlap_blank_texts_and_rejected_rows_are_warnings(
    run: Run, model: str, tmp_path: Path
) -> None:
    data = write_csv(tmp_path / "d.csv", [*review_rows(40), [" ", "positive"]])
    data.write_text(data.read_text("utf-8") + "one,two,three,four\n", encoding="utf-8")
    test = write_csv(tmp_path / "t.csv", review_rows(10))
    given = ("--data", data, "--test", test, "--model", model)
    outcome = run("init", tmp_path / "p", *given)
    assert outcome.code == 0
    said = [line for line in outcome.err.splitlines() if line.startswith("warning: ")]
    assert len(said) >= 3, outcome.err
    assert any("no text" in line for line in said)
    assert any("line 43" in line for line in said)
    assert any("also in the training data" in line for line in said)
    kept = (tmp_path / "p" / "data" / "rejected.csv").read_text(encoding="utf-8")
    assert "one,two,three,four" in kept
    made = open_project(tmp_path / "p")
    assert load_table(made.folder).num_rows == 51, "the blank row is kept"
    assert 40 not in [row for ids in made.file.splits.values() for row in ids]


def test_that_warnings_are_events_with_json(run: Run, model: str, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "d.csv", [*review_rows(40), [" ", "positive"]])
    outcome = run("init", tmp_path / "p", "--data", data, "--model", model, "--json")
    assert [event["kind"] for event in outcome.events].count("Warned") == 1
    assert outcome.err == ""


def test_that_without_labels_the_project_is_unlabelled(
    run: Run, model: str, tmp_path: Path
) -> None:
    data = write_csv(tmp_path / "d.csv", [[f"only text number {i}"] for i in range(20)], ("text",))
    outcome = run("init", tmp_path / "p", "--data", data, "--model", model)
    assert outcome.code == 0, outcome
    assert open_project(tmp_path / "p").file.roles.label is None


def test_that_an_empty_folder_is_taken(run: Run, model: str, reviews: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    assert run("init", tmp_path / "p", "--data", reviews, "--model", model).code == 0


@pytest.mark.parametrize("ending", ["tsv", "jsonl", "json"])
def test_that_other_formats_make_the_same_project(
    run: Run, model: str, tmp_path: Path, ending: str
) -> None:
    rows = review_rows(40)
    records = [{"text": text, "label": label} for text, label in rows]
    data = tmp_path / f"d.{ending}"
    content = {
        "tsv": "text\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in rows),
        "jsonl": "".join(json.dumps(record) + "\n" for record in records),
        "json": json.dumps(records),
    }[ending]
    data.write_text(content, encoding="utf-8")
    assert run("init", tmp_path / "p", "--data", data, "--model", model).code == 0
    assert open_project(tmp_path / "p").file.labels == list(LABELS)


def test_that_a_group_column_keeps_its_rows_together(run: Run, model: str, tmp_path: Path) -> None:
    rows = [[*row, f"author {n // 4}"] for n, row in enumerate(review_rows(80))]
    data = write_csv(tmp_path / "d.csv", rows, ("text", "label", "group"))
    assert run("init", tmp_path / "p", "--data", data, "--model", model).code == 0
    file = open_project(tmp_path / "p").file
    assert file.roles.group == "group"
    groups = [{row // 4 for row in file.splits[name]} for name in ("train", "valid", "test")]
    assert all(groups) and sum(map(len, groups)) == len(set.union(*groups)) == 20


def test_that_a_guessed_group_that_allows_no_split_is_let_go(
    run: Run, model: str, tmp_path: Path
) -> None:
    rows = [[*row, "all"] for row in review_rows(80)]
    data = write_csv(tmp_path / "d.csv", rows, ("text", "label", "group"))
    outcome = run("init", tmp_path / "p", "--data", data, "--model", model)
    assert outcome.code == 0 and "not used as the group" in outcome.err
    file = open_project(tmp_path / "p").file
    assert file.roles.group is None and all(file.splits.values())


def test_that_a_file_without_a_header_keeps_its_first_row(
    run: Run, model: str, tmp_path: Path
) -> None:
    first, *rest = review_rows(40)
    data = write_csv(tmp_path / "bare.csv", rest, (first[0], first[1]))
    given = ("--data", data, "--model", model, "--no-header")
    assert run("init", tmp_path / "p", *given).code == 0
    made = open_project(tmp_path / "p")
    assert made.file.columns == ["column_1", "column_2"]
    assert load_table(made.folder).num_rows == 40


def test_that_further_templates_and_virtual_words_are_kept(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    templates = ["{text} It was {mask}", "{text} All in all {mask}", "So {text} is {mask}"]
    given = [part for some in templates for part in ("--template", some)]
    words = ("--word", "positive=good", "--word", "negative=bad", "--virtual")
    outcome = run("init", tmp_path / "p", "--data", reviews, "--model", model, *given, *words)
    assert outcome.code == 0, outcome
    prompt = open_project(tmp_path / "p").file.prompt
    assert prompt.templates == templates and prompt.virtual
    assert templates[2] in outcome.out


def test_that_a_further_template_that_does_not_fit_is_refused_by_name(
    run: Run, model: str, reviews: Path, tmp_path: Path
) -> None:
    given = ("--template", "{text} It was {mask}", "--template", "{mask} {text}")
    words = ("--word", "positive=good", "--word", "negative=bad")
    outcome = run("init", tmp_path / "p", "--data", reviews, "--model", model, *given, *words)
    assert outcome.code == 2 and not (tmp_path / "p").exists()
    assert 'further template "{mask} {text}"' in outcome.err


def test_that_a_starter_that_came_with_the_program_is_installed_when_it_is_wanted(
    run: Run, reviews: Path, home: Path, tmp_path: Path
) -> None:
    made = run("init", tmp_path / "p", "--data", reviews, "--model", "minilm-l6-mlm", "--json")
    assert made.code == 0, made
    assert open_project(tmp_path / "p").file.model == "minilm-l6-mlm"
    assert (home / "models" / "minilm-l6-mlm" / "NOTICE").is_file()


def test_that_a_starter_that_is_not_inside_is_asked_for(
    run: Run, reviews: Path, tmp_path: Path
) -> None:
    refused = run(
        "init", tmp_path / "p", "--data", reviews, "--model", "smollm2-135m-instruct", "--json"
    )
    assert refused.code == 2 and "models install" in str(refused)
