"""What a command shows: results on stdout, progress and warnings on stderr."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from typing import Any

from ..core import events as ev
from ..core.events import Event, to_record
from ..core.ports import Events
from ..core.words import Sentence
from .interrupts import Interrupted, noted_first
from .progress import Bars, Lines


def plain(value: Any) -> Any:
    """`value` as strict JSON can hold it: numbers that are none become null."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class Screen:
    """One command's stdout and stderr; with `as_json` stdout carries JSON lines alone."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._progress: Bars | Lines | None = None

    def show(self, event: Event) -> None:
        """Show one event: a JSON line, or a bar, a line or a warning on stderr."""
        if isinstance(event, ev.Tick):
            return
        if self.as_json:
            self._line(to_record(event))
        if isinstance(event, ev.Warned):
            if not self.as_json:
                self._aside(f"warning: {Sentence(event.template, event.values)}")
        elif self._progress is not None:
            self._progress.show(event)

    def follow(self, events: Events, saved: str = "") -> dict[str, Any]:
        """Show events until the work is done; gives the result of its Finished.

        On Ctrl-C or SIGTERM the work is closed, so that it saves what is worth saving, and
        Interrupted is raised with `saved`: the sentence on what was kept.
        """
        result: dict[str, Any] = {}
        with self._showing(), noted_first() as asked_to_stop:
            try:
                for event in events:
                    self.show(event)
                    if isinstance(event, ev.Finished):
                        result = event.result
                    elif (number := asked_to_stop()) is not None:
                        raise Interrupted(number, saved)
            finally:
                events.close()
        return result

    def result(self, record: dict[str, Any], text: Callable[[], str]) -> None:
        """The command's answer: one JSON object, or the words that `text` makes of it."""
        if self.as_json:
            self._line(record)
        else:
            print(text(), flush=True)

    def aside(self, text: str) -> None:
        """A line beside the answer, on stderr; none where stdout carries JSON."""
        if not self.as_json:
            self._aside(text)

    def _showing(self) -> Bars | Lines:
        terminal = sys.stderr.isatty()
        self._progress = Bars() if terminal else Lines(silent=self.as_json)
        return self._progress

    def _line(self, record: dict[str, Any]) -> None:
        print(json.dumps(plain(record), ensure_ascii=False, default=str), flush=True)

    def _aside(self, text: str) -> None:
        if isinstance(self._progress, Bars):
            self._progress.say(text)
        else:
            print(text, file=sys.stderr, flush=True)
