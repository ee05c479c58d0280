"""The list of tasks, and classification."""

import subprocess
import sys
from pathlib import Path

import pytest

import peft_desktop.tasks as tasks
from peft_desktop.core.errors import UserError
from peft_desktop.tasks import TASKS, task_named


def test_that_every_file_of_the_folder_is_in_the_list():
    folder = Path(tasks.__file__).parent
    assert {p.stem for p in folder.glob("*.py")} - {"__init__", "base"} == {t.name for t in TASKS}


def test_that_every_task_has_a_name_of_its_own_and_a_title():
    assert len({task.name for task in TASKS}) == len(TASKS)
    assert all(task.title for task in TASKS)
    assert task_named("classification").name == "classification"
    with pytest.raises(UserError, match="classification"):
        task_named("sentiment")


def test_that_labels_are_sorted_and_blank_ones_left_out():
    task = task_named("classification")
    assert task.labels_of(["pos", "neg", None, "", " \t", "pos"]) == ["neg", "pos"]
    assert task.labels_of(["10", "9", "007", "7", "0"]) == ["0", "007", "7", "9", "10"]
    assert task.labels_of(["10", "9", "x"]) == ["10", "9", "x"]
    assert task.labels_of(["NA", "null"]) == ["NA", "null"]
    assert task.labels_of([]) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["pos", "pos", ""], 'All 2 labelled rows have the same label, "pos"'),
        (["", None], "No row has a label"),
        ([], "No row has a label"),
    ],
)
def test_that_fewer_than_two_labels_are_an_error_for_the_user(values, said):
    with pytest.raises(UserError, match=said):
        task_named("classification").check(values)


def test_that_a_label_with_one_row_is_a_warning_that_names_it():
    check = task_named("classification").check
    assert check(["a", "b"] * 5) == []
    (warned,) = check(["a", "a", "b"])
    assert warned.values == {"count": 1, "labels": '"b"'}


def test_that_a_column_of_nearly_as_many_labels_as_rows_is_questioned():
    (warned,) = task_named("classification").check([f"text {i}" for i in range(50)])
    assert warned.values == {"labels": 50, "rows": 50}


def test_that_classification_is_judged_by_its_metrics():
    judged = task_named("classification").judge(["a", "b"], ["a", "b"], [[0.9, 0.1], [0.8, 0.2]])
    assert judged.metrics["accuracy"] == 0.5


def test_that_importing_evaluation_and_tasks_loads_nothing_heavy():
    code = (
        "import sys, peft_desktop.tasks\n"
        "assert 'numpy' not in sys.modules\n"
        "from peft_desktop.evaluation import (\n"
        "    baselines, calibration, intervals, metrics, mixing, report)\n"
        "heavy = {'sklearn', 'scipy', 'pandas', 'pyarrow', 'torch', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(tasks.__file__).parents[2])
