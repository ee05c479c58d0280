"""Steps that the tests of the Data page and of its import share."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from peft_desktop.ui.data_import import ImportDialog
from peft_desktop.ui.pages.data_page import DataPage
from peft_desktop.ui.pages.page import Surroundings

REVIEWS = [(f"the film number {n} is {'good' if n % 2 else 'bad'}", "01"[n % 2]) for n in range(40)]
Show = Callable[[Surroundings], DataPage]


@contextmanager
def pages_shown(qtbot: QtBot) -> Iterator[Show]:
    """Gives a page on the screen, its rows read; at the end nothing of it runs."""
    pages: list[DataPage] = []

    def shown(around: Surroundings) -> DataPage:
        page = DataPage(around)
        qtbot.addWidget(page)
        page.resize(1180, 690)
        page.show()
        pages.append(page)
        if around.document.project is not None:
            qtbot.waitUntil(lambda: page.facts is not None and not page.errands.busy)
        return page

    yield shown
    for page in pages:
        page.errands.drop_all()
        qtbot.waitUntil(lambda page=page: not page.errands.busy)  # type: ignore[misc]


def settled(qtbot: QtBot, page: DataPage) -> None:
    qtbot.waitUntil(lambda: not page.errands.busy and not page._typing.isActive(), timeout=10000)


def reviews(path: Path, encoding: str = "utf-8", delimiter: str = ",", more: str = "") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file, delimiter=delimiter)
        out.writerow(["text", "label"])
        out.writerows(REVIEWS)
        file.write(more)
    return path


def dialog_of(qtbot: QtBot, page: DataPage, path: Path) -> ImportDialog:
    page.new.import_file(path)
    dialog = page.new.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.errands.busy, timeout=10000)
    return dialog


def imported(qtbot: QtBot, page: DataPage, dialog: ImportDialog) -> None:
    dialog.start()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=20000)
    qtbot.waitUntil(lambda: page.facts is not None, timeout=20000)
    settled(qtbot, page)
