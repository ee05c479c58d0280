"""What users install: the Linux packages, the bill of materials, the lock of all wheels."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import bill_of_materials  # noqa: E402
import linux_packages  # noqa: E402
import lock  # noqa: E402


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a frozen program."""
    dist = tmp_path / "dist"
    folder = dist / "peft-desktop"
    (folder / "_internal").mkdir(parents=True)
    for name in ("peft-desktop", "peft-desktop-window"):
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    (folder / "_internal" / "libxcb-cursor.so.0").write_bytes(b"library")
    (folder / "_internal" / "LICENCES.txt").write_text("all\n", encoding="utf-8")
    monkeypatch.setattr(linux_packages, "DIST", dist)
    return folder


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")
def test_that_the_debian_package_holds_program_links_menu_entry_file_type_and_manual(
    frozen: Path,
) -> None:
    made = linux_packages.debian_package(frozen)
    said = subprocess.run(
        ["dpkg-deb", "-c", str(made)], capture_output=True, encoding="utf-8", check=True
    ).stdout
    for path in (
        "./opt/peft-desktop/peft-desktop-window",
        "./usr/bin/peft-desktop -> /opt/peft-desktop/peft-desktop",
        "./usr/share/applications/peft-desktop.desktop",
        "./usr/share/mime/packages/peft-desktop.xml",
        "./usr/share/man/man1/peft-desktop.1.gz",
        "./usr/share/icons/hicolor/48x48/apps/peft-desktop.png",
        "./usr/share/doc/peft-desktop/LICENCES.txt",
    ):
        assert f"{path}\n" in said, path
    assert "root/root" in said


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")
def test_that_the_same_folder_gives_the_same_package(frozen: Path) -> None:
    first = linux_packages.debian_package(frozen).read_bytes()
    assert linux_packages.debian_package(frozen).read_bytes() == first


def test_that_a_package_depends_only_on_what_was_not_frozen_along(frozen: Path) -> None:
    needed = linux_packages.needed(frozen)
    assert "libegl1" in needed
    assert "libxcb-cursor0" not in needed
    assert "libglib2.0-0t64 | libglib2.0-0" in needed


def test_that_the_bill_names_the_package_behind_a_file_with_licence_and_text(
    tmp_path: Path,
) -> None:
    inside = [("numpy/__init__", str(Path(str(numpy.__file__))), "PYMODULE")]
    entries = bill_of_materials.write_bill(inside, tmp_path / "bill", "1.2.3")
    bill = json.loads((tmp_path / "bill" / "sbom.cdx.json").read_text(encoding="utf-8"))
    parts = {part["name"]: part for part in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX"
    assert parts["numpy"]["version"] == numpy.__version__
    assert parts["numpy"]["purl"] == f"pkg:pypi/numpy@{numpy.__version__}"
    assert "BSD-3-Clause" in parts["numpy"]["licenses"][0]["expression"]
    assert "CPython" in parts and "torch" not in parts
    assert any(name.startswith("licences/numpy/") for name, _, _ in entries)


def test_that_names_of_licences_are_not_taken_for_expressions() -> None:
    reads = bill_of_materials._is_expression
    assert reads("MIT") and reads("Apache-2.0 AND (MIT OR BSD-3-Clause)")
    assert not reads("BSD License") and not reads("")


def test_that_a_wheel_without_a_hash_is_refused_by_the_lock() -> None:
    item = {"metadata": {"name": "Alpha", "version": "1.0"}, "download_info": {}}
    with pytest.raises(SystemExit, match="no hash of Alpha"):
        lock.locked({"install": [item]})
    item["download_info"] = {"archive_info": {"hashes": {"sha256": "ab"}}}
    assert lock.locked({"install": [item]}).endswith("alpha==1.0 --hash=sha256:ab\n")


def test_that_the_lock_holds_the_pinned_versions() -> None:
    pinned = dict(
        line.strip().split("==")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    )
    for file in (ROOT / "packaging" / "locks").glob("*.txt"):
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            name, _, rest = line.partition("==")
            version = rest.split()[0].split("+")[0]
            assert pinned[name] == version, f"{file.name}: {name}; python packaging/lock.py"
