"""Which section of the guide explains which control, and what a control says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QDialog, QFormLayout, QLabel, QMainWindow, QWidget

# A control belongs to the nearest of these that it is or stands in: an object name or a class.
TOPICS: dict[str, str] = {
    # the frame
    "SideBar": "window",
    "StatusBar": "window",
    "Notices": "trouble",
    "MainWindow": "window",
    # Data
    "DataPage": "data",
    "DropArea": "import",
    "ImportBar": "import",
    "ImportDialog": "import",
    "ReadForm": "import",
    "TaskForm": "tasks",
    "TaskLine": "tasks",
    "FolderChoice": "import",
    "RejectedRows": "receipt",
    "receipt": "receipt",
    "RoleHeader": "roles",
    "DataTable": "table",
    "DataView": "table",
    "ClassBars": "table",
    "LengthHistogram": "table",
    "SplitBox": "split",
    # Prompt
    "PromptPage": "prompt",
    "TemplateBox": "template",
    "TemplateEditor": "template",
    "WordsTable": "words",
    "ParametersTable": "parameters",
    "more_parameters": "parameters",
    "WordDoctor": "doctor",
    "TokenChips": "tokens",
    "LengthBar": "tokens",
    "CutCount": "tokens",
    "PreviewRows": "preview",
    "SidePanel": "probe",
    "ProbePanel": "probe",
    "FoundWords": "found-words",
    "RaceButton": "probe",
    # Train
    "TrainPage": "train",
    "ModelChoice": "model",
    "MethodChoice": "method",
    "PresetChoice": "settings",
    "DeviceChoice": "device",
    "device": "device",
    "precision": "device",
    "threads": "device",
    "FieldsForm": "settings",
    "Fold": "settings",
    "weight_prompt": "losses",
    "weight_fine_tune": "losses",
    "fine_tune_pass": "losses",
    "prompt_share": "losses",
    "fine_tune_share": "losses",
    "RunCard": "plan",
    "TrainButton": "plan",
    "SeveralButtons": "shoot-out",
    "RunStatus": "watch",
    "RunView": "watch",
    "Curves": "curves",
    "ScoreCurves": "score-curves",
    "ThresholdsView": "score-curves",
    "CompareView": "score-curves",
    "Plots": "curves",
    "CurveTable": "curves",
    "RunLog": "watch",
    "SoftWords": "watch",
    "FirstRows": "watch",
    # Evaluate
    "EvaluatePage": "evaluate",
    "MetricTiles": "figures",
    "MetricTable": "figures",
    "ClassTable": "classes",
    "ConfusionGrid": "confusion",
    "RowsList": "rows",
    "AnswersBrowser": "answers",
    "SpanText": "answers",
    "ItemsTable": "answers",
    "SideBySide": "answers",
    # Predict
    "PredictPage": "predict",
    "TrainedChoice": "other-project",
    "TextFields": "one-text",
    "ProbabilityBars": "one-text",
    "AnswerView": "answer",
    "BatchForm": "file",
    # windows of their own
    "ModelsDialog": "models",
    "AdaptDialog": "adapt",
    "ShootOutWindow": "shoot-out",
    "PetWindow": "pet",
    "Preferences": "preferences",
    "Checkup": "trouble",
    "Guide": "keyboard",
    "About": "privacy",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a control: its name, its own words, and its section of the guide."""

    name: str = ""
    text: str = ""
    section: str = ""


def about(widget: QWidget | None) -> About:
    """What there is to say of `widget`; all empty where there is nothing."""
    return About(_name(widget), _text(widget), section_of(widget)) if widget else About()


def section_of(widget: QWidget | None) -> str:
    """The section of the nearest control in the table; empty where none is."""
    while widget is not None:
        for known in (widget.objectName(), *_classes(widget)):
            if known in TOPICS:
                return TOPICS[known]
        widget = widget.parentWidget()
    return ""


def _classes(widget: QWidget) -> list[str]:
    return [kind.__name__ for kind in type(widget).__mro__]


def _text(widget: QWidget | None) -> str:
    """What the control says of itself, or the part that it stands in; not a whole page."""
    while widget is not None and not isinstance(widget, QMainWindow | QDialog):
        text = widget.whatsThis() or widget.accessibleDescription() or _as_plain(widget.toolTip())
        if text:
            return text
        widget = widget.parentWidget()
    return ""


def _name(widget: QWidget) -> str:
    if widget.accessibleName():
        return _without_mnemonic(widget.accessibleName())
    if isinstance(widget, QAbstractButton):
        return _without_mnemonic(widget.text())
    parent = widget.parentWidget()
    layout = parent.layout() if parent is not None else None
    if isinstance(layout, QFormLayout):
        label = layout.labelForField(widget)
        if isinstance(label, QLabel):
            return _without_mnemonic(label.text())
    return ""


def _as_plain(text: str) -> str:
    """A tool tip may be wrapped as rich text, so that what is in it shows as it is."""
    if not text.startswith("<qt>"):
        return text
    import html

    return html.unescape(text.removeprefix("<qt>").removesuffix("</qt>"))


def _without_mnemonic(text: str) -> str:
    """The text of a button as it is read: Chinese ones carry their letter in brackets."""
    import re

    return re.sub(r"\(&?[A-Z]\)", "", text).replace("&", "").strip(" .:\u2026\uff1a")
