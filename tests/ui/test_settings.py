"""Settings, themes and preferences: kept, harmless when broken, readable."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fakes import FakeTuner

from peft_desktop.ui.preferences import Preferences
from peft_desktop.ui.settings import AppSettings
from peft_desktop.ui.theme import is_dark, palette_for


def test_that_settings_are_kept_in_the_home_of_the_user(home: Path) -> None:
    first = AppSettings()
    first.put("theme", "dark")
    first.put("threads", "3")
    first.sync()
    assert (home / "settings.ini").is_file()
    second = AppSettings()
    assert (second.theme, second.threads, second.tuner) == ("dark", 3, "worker")


@pytest.mark.parametrize(
    "content",
    [b"\x00\xff\xfe rubbish", b"[General]\ntheme=purple\nthreads=many\ntuner=7\nrecent=@Bad(\n"],
)
def test_that_a_broken_file_means_the_defaults(home: Path, content: bytes) -> None:
    (home / "settings.ini").write_bytes(content)
    settings = AppSettings()
    assert (settings.theme, settings.threads, settings.tuner) == ("system", 0, "worker")
    assert settings.recent() == []
    assert settings.state("geometry").isEmpty()


def test_that_a_home_that_cannot_be_written_costs_only_the_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    settings = AppSettings(tmp_path / "file" / "settings.ini")
    settings.put("theme", "dark")
    settings.sync()
    assert settings.theme == "dark"


def test_that_recent_projects_are_there_once_the_last_first(
    settings: AppSettings, tmp_path: Path
) -> None:
    for name in ("a", "b", "a", "gone"):
        (tmp_path / name).mkdir(exist_ok=True)
        settings.remember(tmp_path / name)
    (tmp_path / "gone").rmdir()
    assert [path.name for path in settings.recent()] == ["a", "b"]


def _contrast(one: QColor, other: QColor) -> float:
    def light(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_text_stands_out_from_its_ground(qapp: QApplication, theme: str) -> None:
    palette, roles = palette_for(theme), QPalette.ColorRole
    for text, ground in (
        (roles.WindowText, roles.Window),
        (roles.Text, roles.Base),
        (roles.Text, roles.AlternateBase),
        (roles.ButtonText, roles.Button),
        (roles.HighlightedText, roles.Highlight),
        (roles.ToolTipText, roles.ToolTipBase),
        (roles.Link, roles.Window),
        (roles.Link, roles.Base),
        (roles.PlaceholderText, roles.Base),
    ):
        assert _contrast(palette.color(text), palette.color(ground)) >= 4.5, (text, ground)


def test_that_preferences_take_effect_on_ok_only(
    qtbot: QtBot, settings: AppSettings, tuner: FakeTuner, tmp_path: Path
) -> None:
    told: list[str] = []
    settings.changed.connect(told.append)
    for accept in (False, True):
        dialog = Preferences(settings, tuner)
        qtbot.addWidget(dialog)
        qtbot.waitUntil(lambda d=dialog: d.device.findData("cuda") >= 0, timeout=3000)
        dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
        dialog.tuner.setCurrentIndex(dialog.tuner.findData("thread"))
        dialog.device.setCurrentIndex(dialog.device.findData("cpu"))
        dialog.threads.setValue(2)
        dialog.projects.setText(str(tmp_path))
        dialog.accept() if accept else dialog.reject()
        assert bool(told) is accept
    assert (settings.theme, settings.tuner, settings.device) == ("dark", "thread", "cpu")
    assert (settings.threads, settings.projects_folder) == (2, tmp_path)


def test_that_a_device_that_cannot_be_used_says_why(
    qtbot: QtBot, settings: AppSettings, tuner: FakeTuner
) -> None:
    dialog = Preferences(settings, tuner)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.device.findData("cuda") >= 0, timeout=3000)
    place = dialog.device.findData("cuda")
    assert "No NVIDIA GPU" in dialog.device.itemText(place)
    assert not dialog.device.model().item(place).isEnabled()  # type: ignore[attr-defined]


def test_that_dark_is_dark(qapp: QApplication) -> None:
    before = QApplication.palette()
    qapp.setPalette(palette_for("dark"))
    try:
        assert is_dark()
    finally:
        qapp.setPalette(before)
