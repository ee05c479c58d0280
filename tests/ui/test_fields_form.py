"""A form drawn from settings: what it takes, what it answers, and what it leaves alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peft_desktop.core.fields import fields_of
from peft_desktop.core.recipe import TrainingSettings
from peft_desktop.methods import METHODS
from peft_desktop.ui.widgets.editors import CHOICES, UNITS, ChoiceBox, ValueLine, written
from peft_desktop.ui.widgets.fields_form import FieldsForm


@pytest.fixture
def form(qtbot: QtBot) -> FieldsForm:
    form = FieldsForm(TrainingSettings)
    qtbot.addWidget(form)
    form.show()
    return form


def line(form: FieldsForm, name: str) -> ValueLine:
    editor = form.rows[name].editor
    assert isinstance(editor, ValueLine)
    return editor


def typed(form: FieldsForm, name: str, text: str) -> None:
    line(form, name).selectAll()
    QTest.keyClick(line(form, name), Qt.Key.Key_Delete)
    QTest.keyClicks(line(form, name), text)


def test_that_every_setting_gets_an_editor_with_a_name_and_a_tip(form: FieldsForm) -> None:
    assert list(form.rows) == [field.name for field in fields_of(TrainingSettings)]
    for row in form.rows.values():
        assert row.editor.accessibleName()
        assert row.field.help.split()[0] in row.editor.toolTip()
        assert row.label.buddy() is row.editor


def test_that_a_form_can_show_the_main_settings_alone(qtbot: QtBot) -> None:
    form = FieldsForm(TrainingSettings, main=True)
    qtbot.addWidget(form)
    assert all(row.field.main for row in form.rows.values())
    assert "batch_size" in form.rows and "optimizer" not in form.rows


def test_that_typing_tells_each_value_that_the_setting_takes(form: FieldsForm) -> None:
    told: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: told.append((name, value)))
    typed(form, "batch_size", "16")
    assert told[-2:] == [("batch_size", 1), ("batch_size", 16)]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("learning_rate", "1e-5", 1e-5), ("learning_rate", "0,01", 0.01), ("patience", " 3 ", 3)],
)
def test_that_numbers_are_read_as_people_write_them(
    form: FieldsForm, name: str, text: str, value: object
) -> None:
    typed(form, name, text)
    assert line(form, name).value() == value


def test_that_an_empty_optional_field_means_none(form: FieldsForm) -> None:
    told: list[object] = []
    typed(form, "learning_rate", "1")
    form.edited.connect(lambda _, value: told.append(value))
    typed(form, "learning_rate", "")
    assert told == [None]


@pytest.mark.parametrize("text", ["0", "5000", "many", "1.5", "1,000", ""])
def test_that_a_value_out_of_range_is_answered_with_usual_ones(form: FieldsForm, text: str) -> None:
    told: list[object] = []
    typed(form, "batch_size", "8")
    form.edited.connect(lambda _, value: told.append(value))
    line(form, "batch_size").setText(text)
    line(form, "batch_size").textEdited.emit(text)
    assert form.wrong == ["batch_size"]
    assert form.rows["batch_size"].complaint.isVisible()
    assert "4 .. 32" in form.rows["batch_size"].complaint.text()
    assert told == []


def test_that_nan_is_no_learning_rate(form: FieldsForm) -> None:
    typed(form, "learning_rate", "nan")
    assert form.wrong == ["learning_rate"]


def test_that_a_corrected_value_takes_the_complaint_away(form: FieldsForm) -> None:
    typed(form, "batch_size", "0")
    typed(form, "batch_size", "4")
    assert form.wrong == []
    assert not form.rows["batch_size"].complaint.isVisible()


def test_that_what_is_being_typed_is_not_rewritten(form: FieldsForm) -> None:
    typed(form, "warm_up", "0.10")
    form.set_values({"warm_up": 0.1})
    assert line(form, "warm_up").text() == "0.10"


def test_that_undo_brings_the_old_value_into_the_field(form: FieldsForm) -> None:
    typed(form, "batch_size", "16")
    form.set_values({})
    assert line(form, "batch_size").text() == "8"


def test_that_another_project_clears_a_wrong_text(form: FieldsForm) -> None:
    typed(form, "batch_size", "0")
    form.set_values({}, force=True)
    assert line(form, "batch_size").text() == "8" and form.wrong == []


def test_that_arrow_keys_step_whole_numbers_and_stay_in_range(form: FieldsForm) -> None:
    QTest.keyClick(line(form, "batch_size"), Qt.Key.Key_Up)
    assert line(form, "batch_size").text() == "9"
    line(form, "batch_size").setText("1")
    QTest.keyClick(line(form, "batch_size"), Qt.Key.Key_Down)
    assert line(form, "batch_size").text() == "1"


def test_that_choices_are_a_box_and_tell_the_setting_s_own_words(form: FieldsForm) -> None:
    box = form.rows["schedule"].editor
    assert isinstance(box, ChoiceBox)
    with_values: list[object] = []
    form.edited.connect(lambda _, value: with_values.append(value))
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert with_values == ["cosine"]


def test_that_empty_fields_show_what_they_stand_for(form: FieldsForm) -> None:
    form.set_defaults({"learning_rate": 5e-4})
    assert line(form, "learning_rate").placeholderText() == "5e-4"
    assert line(form, "epochs").placeholderText() == "automatic"


def test_that_every_choice_and_unit_of_the_settings_has_words() -> None:
    everything = [TrainingSettings, *(method.settings for method in METHODS.values())]
    fields = [field for settings in everything for field in fields_of(settings)]
    said = {choice for field in fields for choice in field.choices}
    assert said - CHOICES.keys() <= {"fp32", "bf16", "fp16"}
    assert {field.unit for field in fields} - {""} <= UNITS.keys()


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (5e-4, "5e-4"), (1e-5, "1e-5"), (0.06, "0.06"), (1.0, "1"), (8, "8")],
)
def test_that_values_are_written_as_one_types_them(value: object, text: str) -> None:
    assert written(value) == text


class _Shouting(QTranslator):
    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, context: str, text: str, *more: object) -> str:  # type: ignore[override]
        return text.upper() if context == "settings" else ""


def test_that_a_change_of_language_changes_labels(form: FieldsForm) -> None:
    translator = _Shouting()
    QCoreApplication.installTranslator(translator)
    try:
        QCoreApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
        assert form.rows["batch_size"].label.text() == "BATCH SIZE"
    finally:
        QCoreApplication.removeTranslator(translator)
