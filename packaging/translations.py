"""Keeps resources/i18n in step with the sources: python packaging/translations.py [DICT.json ...]

Reads the marked texts out of the program with lupdate, fills in what the DICT files know
({"English": "translation"}; the file's name may hold anything), and compiles the result. What is
still untranslated is listed, and the exit code is 1 then.
"""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"
LANGUAGE = "zh_CN"
# The command line speaks English; its own rooms hold nothing that the window shows.
LEFT_OUT = ("commands", "cli.py", "__main__.py")


def main(words: Sequence[str]) -> int:
    known: dict[str, str] = {}
    for word in words:
        known |= read_dictionary(Path(word))
    target = FOLDER / f"peft_desktop_{LANGUAGE}.ts"
    FOLDER.mkdir(parents=True, exist_ok=True)
    update(target)
    missing = fill_in(target, known)
    subprocess.run(
        [tool("lrelease"), "-silent", str(target), "-qm", str(target.with_suffix(".qm"))],
        check=True,
    )
    for text in missing:
        print(json.dumps(text, ensure_ascii=False))
    print(f"{len(missing)} texts have no translation yet.", file=sys.stderr)
    return 1 if missing else 0


def read_dictionary(file: Path) -> dict[str, str]:
    """A flat JSON object; empty translations are no translations."""
    held = json.loads(file.read_text(encoding="utf-8"))
    return {str(text): str(said) for text, said in held.items() if str(said).strip()}


def tool(name: str) -> str:
    """lupdate and lrelease come with PySide6, beside the interpreter."""
    beside = Path(sys.executable).parent
    for folder in (beside, beside / "Scripts"):
        for ending in ("", ".exe"):
            path = folder / f"pyside6-{name}{ending}"
            if path.exists():
                return str(path)
    return f"pyside6-{name}"


def sources() -> list[Path]:
    package = ROOT / "peft_desktop"
    return sorted(
        path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in LEFT_OUT
    )


def update(target: Path) -> None:
    """Bring the marked texts of the sources into the file; those that are gone leave it."""
    options = ["-silent", "-no-obsolete", "-locations", "none"]
    languages = ["-source-language", "en", "-target-language", LANGUAGE]
    files = [str(path.relative_to(ROOT)) for path in sources()]
    subprocess.run(
        [tool("lupdate"), *options, *languages, *files, "-ts", str(target)], cwd=ROOT, check=True
    )


def fill_in(target: Path, known: Mapping[str, str]) -> list[str]:
    """Write what is known into the file; gives the texts that stay untranslated, each once.

    A text that was translated in one place is translated so in all, unless a place has its own.
    `known` may say what is meant in one place alone: {"ClassTable|Precision": "..."}.
    """
    tree = ElementTree.parse(target)
    places = [
        (context.findtext("name") or "", message)
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
    ]
    every = [message for _, message in places]
    said = {}
    for message in every:
        text = message.findtext("translation")
        if text:
            said[message.findtext("source") or ""] = text
    said |= known
    missing: dict[str, None] = {}
    for place, message in places:
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        new = (
            known.get(f"{place}|{source}")
            or known.get(source)
            or translation.text
            or said.get(source)
        )
        if not new:
            missing[source] = None
            continue
        translation.text = new
        translation.attrib.pop("type", None)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    body = ElementTree.tostring(tree.getroot(), encoding="unicode")
    target.write_text(head + body + "\n", encoding="utf-8", newline="\n")
    return list(missing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
