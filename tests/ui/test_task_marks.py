"""What the pages mark of a task: the labels that are given, the fields that are filled, the
columns that only the prompt names."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot
from task_runs import MADE, make_project

from peft_desktop.ui.answer_counts import counted
from peft_desktop.ui.task_prompts import used_in_prompt
from peft_desktop.ui.widgets.answer_view import AnswerView
from peft_desktop.ui.widgets.data_table import DataTable


def test_that_all_labels_that_a_text_gets_are_bold_and_not_the_likeliest_alone(
    qtbot: QtBot,
) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    view.show_model("several_labels", ["family", "food", "price"], {})
    row = {
        "predicted_label": '["food", "price"]',
        "probability_family": 0.45,
        "probability_food": 0.4,
        "probability_price": 0.9,
    }
    assert view.show_answer("cheap pub food", row) == "food, price"
    items = [view.bars.item(row, 0) for row in range(3)]
    assert [item.font().bold() for item in items if item is not None] == [False, True, True]
    assert "by itself" in view.bars.toolTip()
    view.show_answer("nothing", {**row, "predicted_label": "[]"})
    items = [view.bars.item(row, 0) for row in range(3)]
    assert not any(item.font().bold() for item in items if item is not None)


def test_that_a_field_that_is_null_is_not_counted_as_there() -> None:
    cells = ['{"name": "The Vaults", "food": null}', '{"name": "Eagle", "food": "fish"}', ""]
    assert counted("extraction", cells) == ([("name", 2), ("food", 1)], 1)
    assert counted("extraction", ['{"name": "A", "food": null}'])[0] == [("name", 1), ("food", 0)]


def test_that_the_second_text_of_a_pair_is_shown_as_used(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "qa", MADE["question_answering"]).file
    prompt = file.prompt.model_copy(update={"template": "{text} and {question}: {mask}"})
    used = used_in_prompt(file.model_copy(update={"prompt": prompt}))
    assert used == {"text", "question"}
    table = DataTable()
    qtbot.addWidget(table)
    header = table.header
    assert header is not None
    header.set_columns(["text", "question", "answer"], {"text": "text", "answer": "label"})
    header.set_used(used)
    second = header.box_of("question")
    assert second is not None and second.currentText() == "in the prompt"
    header.set_used(frozenset())
    assert second.currentText() == "not used"
