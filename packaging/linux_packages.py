"""From the frozen folder to what Linux users install: a .deb and a .tar.xz, the same each time.

python packaging/linux_packages.py [deb] [tar]   after python dev.py build
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import system_libraries
from frozen_names import CONSOLE, FOLDER, ROOT, WINDOW, version

DIST = ROOT / "dist"
LINUX = ROOT / "packaging" / "linux"
PLACE = Path("opt", FOLDER)  # not of the distribution: /opt (Filesystem Hierarchy Standard, 3.13)
_METAINFO = "org.peft_desktop.PEFTDesktop.metainfo.xml"
_SIZES = (16, 24, 32, 48, 64, 128, 256)
# What has another name in newer releases; the first one is tried first.
_RENAMED = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
_LEAST_LIBC = "2.34"  # of the wheels that went in (manylinux_2_34)


def main(words: list[str]) -> int:
    """Make the packages that are asked for, both without words; gives the exit status."""
    folder = DIST / FOLDER
    if not (folder / CONSOLE).is_file():
        print("There is no frozen program in dist/: python dev.py build", file=sys.stderr)
        return 2
    for name in words or ["deb", "tar"]:
        made = {"deb": debian_package, "tar": archive}[name](folder)
        print(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1e6:.0f} MB", flush=True)
    return 0


def debian_package(folder: Path) -> Path:
    """`dist/peft-desktop_VERSION_ARCH.deb` of the frozen folder."""
    target = DIST / f"{FOLDER}_{version()}_{architecture()}.deb"
    with tempfile.TemporaryDirectory(dir=DIST) as scratch:
        root = Path(scratch, "root")
        _linked(folder, root / PLACE)
        shared_files(root / "usr", root / "usr" / "bin")
        _documents(root / "usr" / "share" / "doc" / FOLDER, folder)
        _modes(root)
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control(folder), encoding="utf-8")
        _run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(target)])
    return target


def archive(folder: Path) -> Path:
    """`dist/peft-desktop-VERSION-linux-ARCH.tar.xz`: unpack it anywhere and start it."""
    name = f"{FOLDER}-{version()}"
    target = DIST / f"{name}-linux-{architecture()}.tar.xz"
    with tempfile.TemporaryDirectory(dir=DIST) as scratch:
        root = Path(scratch, name)
        _linked(folder, root)
        shared_files(root, None)
        (root / "README.txt").write_text(_README, encoding="utf-8")
        _modes(root)
        command = ["tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
        command += [f"--mtime=@{epoch()}", "-C", scratch, "-cJf", str(target), name]
        _run(command, XZ_OPT="-6 -T0")
    return target


def control(folder: Path) -> str:
    """The control file; what the package needs is what was not frozen along."""
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())
    return f"""Package: {FOLDER}
Version: {version()}
Architecture: {architecture()}
Maintainer: The PEFT Desktop developers <maintainers@peft-desktop.invalid>
Section: science
Priority: optional
Installed-Size: {size // 1024}
Depends: {", ".join(needed(folder))}
Recommends: fonts-noto-cjk
Description: fine-tune a local language model on your own texts, offline
 From a spreadsheet of texts to a model you can trust: import data, write a
 prompt, fine-tune a local pretrained model, judge it, use it. Three small
 starter models are inside. Nothing is sent anywhere.
"""


def needed(folder: Path) -> list[str]:
    """The Debian packages that bring what the frozen program leaves to the system."""
    inside = {file.name for file in folder.rglob("*.so*")}
    found = [f"libc6 (>= {_LEAST_LIBC})"]
    for piece in system_libraries.LIBRARIES:
        if piece.name not in inside:
            found.append(_RENAMED.get(piece.apt, piece.apt))
    return list(dict.fromkeys(found))


def shared_files(base: Path, links: Path | None) -> None:
    """Menu entry, file type, icons, man page below `base/share`; links to /opt in `links`."""
    share = base / "share"
    _copy(LINUX / "peft-desktop.desktop", share / "applications")
    _copy(LINUX / "peft-desktop.xml", share / "mime" / "packages")
    _copy(LINUX / _METAINFO, share / "metainfo")
    icons = ROOT / "resources" / "icon"
    for size in _SIZES:
        there = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        _copy(icons / f"peft-desktop-{size}.png", there, "peft-desktop.png")
    _copy(icons / "peft-desktop.svg", share / "icons" / "hicolor" / "scalable" / "apps")
    page = (LINUX / "peft-desktop.1").read_text(encoding="utf-8").replace("@VERSION@", version())
    manual = share / "man" / "man1"
    manual.mkdir(parents=True)
    for name, text in ((CONSOLE, page), (WINDOW, f".so man1/{CONSOLE}.1\n")):
        (manual / f"{name}.1.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    if links is not None:
        links.mkdir(parents=True)
        for name in (CONSOLE, WINDOW):
            (links / name).symlink_to(Path("/", PLACE, name))


def architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)


def epoch() -> int:
    """The time that all files bear: that of the last commit, so that builds can be compared."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        said = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        given = subprocess.run(said, capture_output=True, text=True, check=False).stdout.strip()
    return int(given or "1577836800")


def _linked(folder: Path, target: Path) -> None:
    """The folder once more, by hard links where the drive has them: a gigabyte is not copied."""

    def link(source: str, destination: str) -> str:
        try:
            os.link(source, destination, follow_symlinks=False)
        except OSError:
            shutil.copy2(source, destination, follow_symlinks=False)
        return destination

    shutil.copytree(folder, target, symlinks=True, copy_function=link)


def _documents(place: Path, folder: Path) -> None:
    _copy(ROOT / "LICENSE", place, "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (place / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
    for name in ("sbom.cdx.json", "LICENCES.txt"):
        for file in folder.rglob(name):
            _copy(file, place)


def _modes(root: Path) -> None:
    """Readable by all, writable by the owner alone, as Debian's policy asks."""
    for path in _all(root):
        if path.is_symlink():
            continue
        run = path.is_dir() or path.stat().st_mode & 0o100
        wanted = 0o755 if run else 0o644
        if path.stat().st_mode & 0o7777 != wanted:
            path.chmod(wanted)


def _all(root: Path) -> Iterable[Path]:
    yield root
    yield from root.rglob("*")


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _run(command: list[str], **variables: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), **variables}
    subprocess.run(command, env=environment, check=True)


_README = f"""PEFT Desktop {version()}

Start the window:            ./{WINDOW}
The command line:            ./{CONSOLE} --help
Check the installation:      ./{CONSOLE} selftest

Nothing needs to be installed but the usual libraries of a desktop; `./{CONSOLE} doctor` names what
is missing. For an entry in the menu copy the folders in share/ to ~/.local/share/ and put this
folder on your PATH. The licences of all that is inside are in _internal/LICENCES.txt.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
