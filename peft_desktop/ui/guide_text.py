"""A guide as it lies on disk: Markdown whose headings have names that no language changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..core.places import resources

# Above a heading: <a id="roles"></a>. Links of the guide, and F1, go by these names.
_NAME = re.compile(r'^<a id="([a-z0-9-]+)"></a>\s*$')
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text; `name` is empty where none was given."""

    level: int
    title: str
    name: str = ""


def docs_folder() -> Path:
    return resources().parent / "docs"


def guide_file(language: str) -> Path:
    return docs_folder() / f"user-guide.{'zh' if language.startswith('zh') else 'en'}.md"


def parted(text: str) -> tuple[str, list[Heading]]:
    """The Markdown without the names of its headings, and the headings in their order."""
    kept: list[str] = []
    headings: list[Heading] = []
    name, in_code = "", False
    for line in text.splitlines():
        if line.startswith("```"):
            in_code = not in_code
        found = None if in_code else _NAME.match(line)
        if found:
            name = found.group(1)
            continue
        heading = None if in_code else _HEADING.match(line)
        if heading:
            title = heading.group(2).replace("`", "").replace("*", "")
            headings.append(Heading(len(heading.group(1)), title, name))
            name = ""
        kept.append(line)
    return "\n".join(kept) + "\n", headings
