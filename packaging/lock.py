"""Write down the hash of every wheel that the set-up would install here, for builds without trust.

python packaging/lock.py    writes packaging/locks/SYSTEM-MACHINE-PYTHON.txt

With it: pip download --require-hashes -r LOCK -d wheels, and on a machine without a network
pip install --no-index --find-links wheels --require-hashes -r LOCK.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "packaging" / "locks"


def main() -> int:
    """Ask pip what it would install, all of it anew, and keep names, versions and hashes."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "report.json")
        words = ["install", "--dry-run", "--ignore-installed", "--no-build-isolation", "--quiet"]
        words += ["--report", str(report), "-c", "constraints.txt", ".[dev]"]
        asked = subprocess.run([sys.executable, "-m", "pip", *words], cwd=ROOT, check=False)
        if asked.returncode != 0:
            return asked.returncode
        found = json.loads(report.read_text(encoding="utf-8"))
    LOCKS.mkdir(exist_ok=True)
    target = LOCKS / f"{name_of_here()}.txt"
    target.write_text(locked(found), encoding="utf-8")
    print(target.relative_to(ROOT))
    return 0


def locked(report: dict[str, Any]) -> str:
    """The lock file's text from pip's report (version 1); our own package is left out."""
    lines = []
    for item in report["install"]:
        about, hashes = item["metadata"], item["download_info"].get("archive_info", {})
        if about["name"].lower().replace("_", "-") == "peft-desktop":
            continue
        found = hashes.get("hashes", {}).get("sha256")
        if not found:
            raise SystemExit(f"pip tells no hash of {about['name']}")
        name = about["name"].lower().replace("_", "-")
        lines.append(f"{name}=={about['version']} --hash=sha256:{found}\n")
    head = "# All wheels of the set-up with their hashes; made by packaging/lock.py\n"
    return head + "".join(sorted(lines))


def name_of_here() -> str:
    """Wheels differ by system, processor and Python: linux-x86_64-py311."""
    version = f"py{sys.version_info.major}{sys.version_info.minor}"
    return f"{platform.system().lower()}-{platform.machine()}-{version}"


if __name__ == "__main__":
    sys.exit(main())
