"""Which engine the window gets, and its library of models; nothing is loaded before it is used."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .core.errors import UserError
from .core.events import Warned
from .core.passed_on import PassedOn
from .core.places import logs_folder, models_folder
from .core.ports import Events, Tuner
from .core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from .tuning.models import Library, ModelCard

_GRACE_S = 8.0  # the window promises to be closed ten seconds after it was asked


class ModelLibrary:
    """The library of models; its code is loaded when it is first asked for something."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._library: Library | None = None

    @property
    def default(self) -> str:
        """The name of the model that a project gets when nobody says otherwise."""
        from .tuning.catalogue import DEFAULT

        return DEFAULT

    def starters(self) -> dict[str, str]:
        """The models that come with the program, and what each is good for (to be translated)."""
        from .tuning.catalogue import starters

        return {starter.name: starter.about for starter in starters()}

    def list(self) -> Any:
        return self._loaded().list()

    def get(self, name: str) -> ModelCard:
        return self._loaded().get(name)

    def path(self, name: str) -> Path:
        return self._loaded().path(name)

    def remove(self, name: str) -> int:
        return self._loaded().remove(name)

    def chosen(self, name: str | None = None) -> Any:
        """What a new project asks of a model: `projects.prepare.ChosenModel`."""
        from .commands.library import chosen_model

        return chosen_model(name)

    def _loaded(self) -> Library:
        folder = self._folder or models_folder()  # the data folder may be chosen anew
        if self._library is None or self._library.folder != folder:
            from .tuning.models import Library

            self._library = Library(folder)
        return self._library


class ChosenTuner(PassedOn):
    """The tuner that is wanted: in a "worker" process, or in the "thread" that asks.

    Another wish holds for the next piece of work. Where no worker can be started the
    work is done in the thread, with a warning.
    """

    def __init__(
        self, wanted: Callable[[], str], make: Callable[[str], Tuner] | None = None
    ) -> None:
        self._wanted = wanted
        self._make = make or make_tuner
        self._made: tuple[str, Tuner] | None = None
        self._lock = threading.Lock()
        self._fallen_back = self._closed = False
        self._at_work = 0  # pieces of work; those are given time to save, a mere import is not

    def devices(self) -> list[dict[str, Any]]:
        return self._now().devices()

    @property
    def in_worker(self) -> bool:
        return self._wanted() == "worker" and not self._fallen_back

    def warm_up_soon(self) -> None:
        """Start the worker, which then loads the heavy libraries, beside the window's thread."""
        if self.in_worker:
            threading.Thread(target=self._warm_up, name="warm-up").start()

    def _warm_up(self) -> None:
        warm = getattr(self._now(), "warm_up", None)
        with suppress(UserError):  # the first piece of work will say it
            if warm is not None:
                warm()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            made, self._made = self._made, None
        if made is not None:
            end_now = None if self._at_work else getattr(made[1], "end_now", None)
            (end_now or made[1].close)()

    def _now(self) -> Tuner:
        with self._lock:
            kind = "worker" if self.in_worker else "thread"
            if self._made is None or self._made[0] != kind:
                if self._made is not None:  # it may take a moment to end
                    threading.Thread(target=self._made[1].close, name="old tuner").start()
                self._made = (kind, self._make(kind))
                if self._closed:  # asked for while the program ends: it refuses by itself
                    self._made[1].close()
            return self._made[1]

    def _work(self, name: str, *arguments: Any) -> Events:
        events: Events = getattr(self._now(), name)(*arguments)
        self._at_work += 1
        try:
            try:
                first = next(events)
            except UserError as error:
                if not (self.in_worker and isinstance(error.__cause__, OSError)):
                    raise
                self._fallen_back = True
                yield Warned(_FELL_BACK, {"reason": str(error.__cause__)})
                events = getattr(self._now(), name)(*arguments)
                first = next(events)
            yield first
            yield from events
        except StopIteration:
            return
        finally:
            events.close()
            self._at_work -= 1


_FELL_BACK = QT_TRANSLATE_NOOP(
    "engine",
    "No worker process could be started ({reason}); the work is done in the window's own process.",
)


def make_tuner(kind: str) -> Tuner:
    """A `worker` that works in a child process, or one that works in the `thread` that asks."""
    if kind == "worker":
        from .tuning.worker import WorkerTuner

        worker: Tuner = WorkerTuner(grace_s=_GRACE_S, log=logs_folder() / "worker.log")
        return worker
    from .tuning.tuner import LocalTuner

    local: Tuner = LocalTuner()
    return local
