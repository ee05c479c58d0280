"""What a look at the installation found, in words: for the terminal and for the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .words import QT_TRANSLATE_NOOP, Sentence, Translate, _as_written

_BF16 = {
    True: QT_TRANSLATE_NOOP("engine", "yes"),
    False: QT_TRANSLATE_NOOP("engine", "no"),
    None: QT_TRANSLATE_NOOP("engine", "found out by measuring"),
}
_FOLDERS = {
    "home": QT_TRANSLATE_NOOP("engine", "Data folder: {path} ({state})"),
    "models": QT_TRANSLATE_NOOP("engine", "Folder of models: {path} ({state})"),
    "logs": QT_TRANSLATE_NOOP("engine", "Folder of logs: {path} ({state})"),
}


_PROBLEMS = {
    "package": QT_TRANSLATE_NOOP("engine", "The package {name} is not installed."),
    "samples": QT_TRANSLATE_NOOP("engine", "The samples are missing: {folder}"),
    "shut": QT_TRANSLATE_NOOP("engine", "The folder {folder} cannot be written to: {reason}."),
    "room": QT_TRANSLATE_NOOP("engine", "Only {free} MB are free on the drive of {folder}."),
    "engine": QT_TRANSLATE_NOOP("engine", "The engine does not start: {reason}"),
    "no model": QT_TRANSLATE_NOOP(
        "engine",
        "No model is installed. Install one in the window (Train > Models...) or with: "
        "peft-desktop models install {name}",
    ),
}


def problem(kind: str, **values: Any) -> Sentence:
    """What is amiss, by its kind: a key of `_PROBLEMS`."""
    return Sentence(_PROBLEMS[kind], values)


def as_record(sentence: Sentence) -> dict[str, Any]:
    """A sentence that can cross to another process and be said there in its language."""
    return {"template": sentence.template, "values": dict(sentence.values)}


def in_words(record: Mapping[str, Any], translate: Translate = _as_written) -> str:
    """The findings of `doctor`, one line each."""

    def said(template: str, **values: Any) -> str:
        return Sentence(template, values).in_words(translate)

    lines = [
        f"PEFT Desktop {record['version']}, Python {record['python']}, {record['system']}",
        said(
            QT_TRANSLATE_NOOP("engine", "Packages: {packages}"),
            packages=", ".join(f"{n} {v}" for n, v in record["packages"].items() if v),
        ),
    ]
    for device in record["devices"]:
        if device["why_not"]:
            template = QT_TRANSLATE_NOOP("engine", "Device {name}: no. {why}")
            why = translate("engine", device["why_not"])
            lines.append(said(template, name=device["name"], why=why))
        else:
            template = QT_TRANSLATE_NOOP("engine", "Device {name}: {title}, {size} GiB")
            gib = f"{device['total_bytes'] / 2**30:.0f}"
            lines.append(said(template, name=device["name"], title=device["title"], size=gib))
    threads = record["threads"]
    template = QT_TRANSLATE_NOOP("engine", "Threads: {cores} cores ({logical} logical)")
    lines.append(said(template, cores=threads["physical"], logical=threads["logical"]))
    answer = translate("engine", _BF16[record["bf16"]["processor"]])
    lines.append(
        said(QT_TRANSLATE_NOOP("engine", "bf16 in the processor: {answer}"), answer=answer)
    )
    none = translate("engine", QT_TRANSLATE_NOOP("engine", "none"))
    models = ", ".join(record["models"]) or none
    lines.append(said(QT_TRANSLATE_NOOP("engine", "Models: {models}"), models=models))
    for name, folder in record["folders"].items():
        state = (
            QT_TRANSLATE_NOOP("engine", "writable")
            if folder["writable"]
            else QT_TRANSLATE_NOOP("engine", "NOT writable")
        )
        lines.append(said(_FOLDERS[name], path=folder["path"], state=translate("engine", state)))
    lines.append(
        said(QT_TRANSLATE_NOOP("engine", "Network: closed, nothing is fetched"))
        if record["offline"]["guarded"]
        else said(QT_TRANSLATE_NOOP("engine", "Network: not closed"))
    )
    for problem in record["problem_sentences"]:
        words = Sentence(problem["template"], problem["values"]).in_words(translate)
        lines.append(said(QT_TRANSLATE_NOOP("engine", "Problem: {problem}"), problem=words))
    if not record["problem_sentences"]:
        lines.append(said(QT_TRANSLATE_NOOP("engine", "Everything is in order.")))
    return "\n".join(lines)
