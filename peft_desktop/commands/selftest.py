"""`selftest`: whether this installation, frozen or not, can do its work from end to end."""

from __future__ import annotations

from typing import Any

import typer

from .options import Json


def selftest(json: Json = False) -> None:
    """Check the installation by training a tiny model."""
    from ..core.runs import environment
    from .screen import Screen
    from .selftest_checks import run_checks

    screen = Screen(json)

    def tell(check: dict[str, Any]) -> None:
        if not screen.as_json:
            state = "ok    " if check["ok"] else "FAILED"
            print(f"{state} {check['seconds']:6.2f} s  {check['name']}  {check['detail']}".rstrip())

    checks = run_checks(tell)
    failed = [check["name"] for check in checks if not check["ok"]]
    seconds = sum(check["seconds"] for check in checks)
    record = {"ok": not failed, "checks": checks, "failed": failed, "seconds": seconds}
    record["environment"] = environment()
    if not screen.as_json:
        print(_about(record["environment"], seconds))
    said = f"{len(failed)} of {len(checks)} checks failed." if failed else "Everything works."
    screen.result(record, lambda: said)
    if failed:
        raise typer.Exit(1)


def _about(facts: dict[str, Any], seconds: float) -> str:
    """What was tried on what: one line of versions and hardware."""
    flat = {**facts, **facts.get("packages", {})}
    flat = {name: value for name, value in flat.items() if value and not isinstance(value, dict)}
    named = ", ".join(f"{name} {value}" for name, value in flat.items() if name != "version")
    return f"{seconds:.0f} s in all; {named}"
