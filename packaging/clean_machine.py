"""Install the .deb in a clean Debian, without Python and without a network, and use it there.

python packaging/clean_machine.py [--release trixie] [--root FOLDER]   (as root, with the .deb)

A user whose home has a blank and Chinese characters runs the self-test in two locales from a
read-only folder, opens the window on a virtual screen of this machine, and removes the package.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from frozen_names import CONSOLE, FOLDER, ROOT, WINDOW, version
from linux_packages import DIST, PLACE, architecture

HOME = "/home/李 雷"
USER = "lilei"
SCREEN = ":77"
LOCALES = ("C", "zh_CN.UTF-8")


class Room:
    """A clean Debian in a folder, entered with or without a network."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def make(self, release: str) -> None:
        """Fetch a minimal system, once."""
        if not (self.root / "etc" / "debian_version").exists():
            self.root.mkdir(parents=True, exist_ok=True)
            run(["debootstrap", "--variant=minbase", release, str(self.root)])
        if not (self.root / HOME[1:]).exists():
            self.enter(f"useradd -m -d {shlex.quote(HOME)} -s /bin/sh {USER}", network=True)

    def enter(
        self, command: str, *, network: bool = False, user: str = "root", read_only: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a shell command inside; its mounts and its network end with it."""
        inside = f"mount -t proc proc {q(self.root)}/proc && mount --rbind /dev {q(self.root)}/dev"
        inside += f" && mount --bind {q(self.root / 'tmp')} {q(self.root / 'tmp')}"
        sockets = Path("/tmp/.X11-unix")
        if sockets.is_dir():
            there = self.root / "tmp" / ".X11-unix"
            there.mkdir(exist_ok=True)
            inside += f" && mount --bind {sockets} {q(there)}"
        if read_only:
            place = q(self.root / PLACE)
            inside += f" && mount --bind {place} {place} && mount -o remount,bind,ro {place}"
        who = command if user == "root" else f"su {user} -c {shlex.quote(command)}"
        inside += f" && exec chroot {q(self.root)} /bin/sh -c {shlex.quote(who)}"
        namespaces = ["unshare", "--mount"] + ([] if network else ["--net"])
        bare = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(
            [*namespaces, "/bin/sh", "-c", inside],
            env=bare,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--release", default="trixie", help="of Debian")
    parser.add_argument("--root", type=Path, default=ROOT / "build" / "clean-machine")
    given = parser.parse_args()
    package = DIST / f"{FOLDER}_{version()}_{architecture()}.deb"
    lacking = [name for name in ("debootstrap", "unshare", "Xvfb") if shutil.which(name) is None]
    if os.geteuid() != 0 or lacking or not package.is_file():
        why = f"missing: {', '.join(lacking)}" if lacking else f"run as root, with {package}"
        print(f"The clean machine cannot be made ({why}).", file=sys.stderr)
        return 2
    room = Room(given.root / given.release)
    room.make(given.release)
    failed = [name for name, check in checks(room, package).items() if not told(name, check)]
    print(f"{len(failed)} checks failed." if failed else "Everything works on a clean machine.")
    return 1 if failed else 0


def checks(room: Room, package: Path) -> dict[str, Callable[[], str]]:
    """What is tried, in this order; each gives what it found or raises AssertionError."""

    def install() -> str:
        assert run_in(room, "command -v python3; true").strip() == "", "Python is here"
        shutil.copy(package, room.root / "tmp" / package.name)
        run_in(room, "apt-get update -q && apt-get -qy upgrade", network=True)
        given = f"apt-get install -qy --no-install-recommends /tmp/{package.name}"
        said = run_in(room, given, network=True)
        (room.root / "tmp" / package.name).unlink()
        return said.strip().splitlines()[-1]

    def selftest(locale: str) -> Callable[[], str]:
        def check() -> str:
            words = f"LANG={locale} LC_ALL={locale} OMP_NUM_THREADS=2 {CONSOLE} selftest"
            said = run_in(room, words, user=f"- {USER}", read_only=True)
            return said.strip().splitlines()[-1]

        return check

    def window() -> str:
        return shown(room, DIST / "clean-machine.png")

    def demo() -> str:
        said = run_in(room, f"cd ~ && {CONSOLE} demo", user=f"- {USER}", read_only=True)
        return said.strip().splitlines()[-1]

    def remove() -> str:
        kept = room.root / HOME[1:] / "kept.peftproj"
        kept.write_text("{}", encoding="utf-8")
        run_in(room, f"apt-get remove -qy --purge {FOLDER}", network=True)
        assert not (room.root / PLACE).exists(), f"/{PLACE} is still there"
        assert kept.exists(), "a file of the user's is gone"
        return "the user's files are still there"

    found: dict[str, Callable[[], str]] = {"install": install}
    found |= {f"self-test, {locale}": selftest(locale) for locale in LOCALES}
    found |= {"demo: train and judge": demo, "window": window, "remove": remove}
    return found


def shown(room: Room, picture: Path) -> str:
    """Open the window on a screen of this machine and keep a picture of it."""
    screen = subprocess.Popen(
        ["Xvfb", SCREEN, "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(2)
        command = f"DISPLAY={SCREEN} LANG=zh_CN.UTF-8 timeout 25 {WINDOW}"
        opened = subprocess.Popen(
            [sys.executable, "-c", _ENTER, str(room.root), command, USER],
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        time.sleep(15)
        variables = {**os.environ, "DISPLAY": SCREEN}
        keep = ["import", "-window", "root", str(picture)]
        subprocess.run(keep, env=variables, check=True)
        names = subprocess.run(
            ["xdotool", "search", "--name", "PEFT Desktop"],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        said, _ = opened.communicate(timeout=60)
        assert names, f"no window appeared: {said[-800:]}"
        return f"{len(names)} window(s), {picture.relative_to(ROOT)}"
    finally:
        screen.terminate()
        screen.wait()


_ENTER = """
import sys; from pathlib import Path; from clean_machine import Room
done = Room(Path(sys.argv[1])).enter(sys.argv[2], user=f"- {sys.argv[3]}", read_only=True)
print(done.stdout)
"""


def told(name: str, check: Callable[[], str]) -> bool:
    since = time.monotonic()
    try:
        ok, said = True, check()
    except (AssertionError, OSError, subprocess.SubprocessError) as error:
        ok, said = False, str(error)
    state = "ok    " if ok else "FAILED"
    print(f"{state} {time.monotonic() - since:6.1f} s  {name}: {said}", flush=True)
    return ok


def run_in(
    room: Room, command: str, *, network: bool = False, user: str = "root", read_only: bool = False
) -> str:
    done = room.enter(command, network=network, user=user, read_only=read_only)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stdout[-1500:]}"
    return done.stdout


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def q(path: Path) -> str:
    return shlex.quote(str(path))


if __name__ == "__main__":
    sys.exit(main())
