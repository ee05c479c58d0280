"""Thousands of signals between threads do no harm: one version of PySide6 died of some hundred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from peft_desktop.core import events as ev
from peft_desktop.ui import job
from peft_desktop.ui.work import Work

STEPS = 5_000


class Counter(QObject):
    """Counts what is delivered on the window's thread."""

    deliveries = 0

    @Slot(object)
    def take(self, events: list[Any]) -> None:
        self.deliveries += len(events)


def steps() -> Iterator[ev.Event]:
    for step in range(1, STEPS + 1):
        yield ev.Stepped(step, step / 100, 1.0, 1.0, None, 1e-4, 1.0, 20.0, 10**9)


def test_that_5000_signals_and_5000_queued_deliveries_arrive_in_order_and_do_no_harm(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The benchmark `signals` does it 50 times, in the whole window and with a worker process."""
    monkeypatch.setattr(job, "_BATCH_S", 0.0)  # every event is a signal and a delivery of its own
    work, counter, taken = Work(), Counter(), []
    work.events.connect(counter.take)
    ends: list[str] = []
    work.start("counting", steps(), work, taken.extend, ends.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: not work.busy, timeout=60_000)
    assert ends == ["done"]
    assert [event.step for event in taken] == list(range(1, STEPS + 1))
    assert counter.deliveries == STEPS
