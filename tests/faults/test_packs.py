"""A project as one file and back; packs of strangers get nothing out of their folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from faulty_disk import FULL, FaultyDisk, PowerCut

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Finished
from peft_desktop.core.locks import locked
from peft_desktop.core.project import ProjectFile, create_project, open_project
from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe
from peft_desktop.core.runs import LOCK, create_run, list_runs
from peft_desktop.projects import pack as packs
from peft_desktop.projects.pack import CONTENTS, pack_project, unpack_project


def result_of(events: Iterable[Any]) -> dict[str, Any]:
    last = list(events)[-1]
    assert isinstance(last, Finished)
    return last.result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a run, a lock, and what a killed writer left."""
    project = create_project(tmp_path / "电影 p", ProjectFile(name="<b>p</b>", seed=3))
    recipe = Recipe(
        name="run 1",
        model=ModelRef(name="m", family="causal", sha256=""),
        prompt=PromptSpec(template="{text} {mask}", words={"a": ["b"]}),
        data=DataRef(text="text"),
    )
    run = create_run(project.runs_folder, recipe)
    (run / "model").mkdir()
    (run / "model" / "trained.safetensors").write_bytes(bytes(range(256)) * 5000)
    (run / ".model.0123abcd.tmp").write_bytes(b"half")
    (project.folder / "project.lock").write_text("{}", encoding="utf-8")
    return project.folder


@pytest.fixture
def packed(folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "p.peftpack"
    result_of(pack_project(open_project(folder), target))
    return target


def test_that_a_project_comes_out_as_it_went_in(folder: Path, packed: Path, tmp_path: Path) -> None:
    result = result_of(unpack_project(packed, tmp_path / "out"))
    assert Path(result["folder"]) == tmp_path / "out"
    before = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    after = {p.relative_to(tmp_path / "out").as_posix(): p for p in (tmp_path / "out").rglob("*")}
    left_out = {"project.lock", "runs/run 1/.model.0123abcd.tmp"}
    assert {n for n, p in after.items() if p.is_file()} == set(before) - left_out
    for name in set(before) - left_out:
        assert after[name].read_bytes() == before[name].read_bytes()
    project = open_project(tmp_path / "out")
    assert project.file.seed == 3 and project.file.name == "<b>p</b>"
    assert [run.name for run in list_runs(project.runs_folder)] == ["run 1"]


def test_that_packing_twice_gives_the_same_file(folder: Path, packed: Path, tmp_path: Path) -> None:
    result_of(pack_project(open_project(folder), tmp_path / "again.peftpack"))
    assert (tmp_path / "again.peftpack").read_bytes() == packed.read_bytes()


def test_that_a_run_at_work_is_not_packed(folder: Path, tmp_path: Path) -> None:
    with (
        locked(folder / "runs" / "run 1" / LOCK, "it"),
        pytest.raises(UserError, match="at work"),
    ):
        list(pack_project(open_project(folder), tmp_path / "x.peftpack"))
    assert not (tmp_path / "x.peftpack").exists()


def test_that_packing_neither_overwrites_nor_packs_into_itself(folder: Path, packed: Path) -> None:
    with pytest.raises(UserError, match="taken"):
        list(pack_project(open_project(folder), packed))
    with pytest.raises(UserError, match="own folder"):
        list(pack_project(open_project(folder), folder / "x.peftpack"))
    result_of(pack_project(open_project(folder), packed, replace=True))


def test_that_a_stop_leaves_nothing(folder: Path, packed: Path, tmp_path: Path) -> None:
    for work in (
        pack_project(open_project(folder), tmp_path / "x.peftpack"),
        unpack_project(packed, tmp_path / "x"),
    ):
        seen = [next(work) for _ in range(4)]
        work.close()
        assert len(seen) == 4
        assert not list(tmp_path.glob("*x*")) and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("cut", [False, True])
def test_that_a_failing_disk_leaves_the_old_pack_and_no_half_project(
    folder: Path, packed: Path, tmp_path: Path, cut: bool
) -> None:
    old = packed.read_bytes()
    open_project(folder).update(seed=4)
    project = open_project(folder)
    with FaultyDisk(tmp_path).at_work() as counted:
        list(unpack_project(packed, tmp_path / "whole"))
    for number in range(1, counted.count + 1):
        target = tmp_path / f"out {number}"
        with FaultyDisk(tmp_path, number, FULL, cut).at_work():
            try:
                list(unpack_project(packed, target))
            except PowerCut:
                pass
            except UserError as error:
                assert "The disk is full" in str(error)
        if target.exists():
            assert open_project(target).file.seed == 3
            assert (target / "runs" / "run 1" / "recipe.json").exists()
    with FaultyDisk(tmp_path, 3, FULL, cut).at_work(), contextlib.suppress(PowerCut, UserError):
        list(pack_project(project, packed, replace=True))
    assert packed.read_bytes() == old


# --- what strangers send ---
def rewritten(
    packed: Path, target: Path, change: Callable[[dict[str, Any], dict[str, bytes]], None]
) -> Path:
    """The pack with other contents: `change(list of contents, name -> bytes)`."""
    with zipfile.ZipFile(packed) as old:
        record = json.loads(old.read(CONTENTS))
        files = {e["name"]: old.read(e["name"]) for e in record["files"]}
    change(record, files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(CONTENTS, json.dumps(record))
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            # ZipInfo cleans names that it is made of; a stranger's program does not
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return target


def listed(record: dict[str, Any], files: dict[str, bytes], name: str, content: bytes) -> None:
    files[name] = content
    digest = hashlib.sha256(content).hexdigest()
    record["files"].append({"name": name, "size": len(content), "sha256": digest})


BAD_NAMES = {
    "../evil.txt": "out of the folder",
    "runs/../../evil.txt": "out of the folder",
    "/etc/evil": "out of the folder",
    "C:/evil.txt": "not every system",
    "..\\evil.txt": "not every system",
    "//server/share/x": "out of the folder",
    "data/con": "not every system",
    "data/NUL.txt": "not every system",
    "data/x. ": "not every system",
    "data/a\nb": "not every system",
    "data/a:stream": "not every system",
    "data/" + "x" * 300: "too long",
    "a/" * 40 + "x": "too long",
    ".git/hooks/x": "hidden",
    "PROJECT.peftproj": "twice",
    "data//x": "not every system",
}


@pytest.mark.parametrize("name", BAD_NAMES)
def test_that_a_name_that_leads_elsewhere_is_refused(
    packed: Path, tmp_path: Path, name: str
) -> None:
    bad = rewritten(
        packed, tmp_path / "bad.peftpack", lambda r, f: listed(r, f, name, b"malicious")
    )
    before = sorted(p for p in tmp_path.rglob("*"))
    with pytest.raises(UserError) as error:
        list(unpack_project(bad, tmp_path / "out"))
    assert BAD_NAMES[name] in str(error.value) or "damaged" in str(error.value)
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_that_a_link_a_stranger_and_a_second_entry_are_refused(
    packed: Path, tmp_path: Path
) -> None:
    def refused(path: Path, words: str) -> None:
        with pytest.raises(UserError, match=words):
            list(unpack_project(path, tmp_path / "out"))
        assert not (tmp_path / "out").exists()

    def unlisted(record: dict[str, Any], files: dict[str, bytes]) -> None:
        files["extra.txt"] = b"x"

    refused(rewritten(packed, tmp_path / "1.peftpack", unlisted), "does not name")
    link = rewritten(packed, tmp_path / "2.peftpack", lambda r, f: listed(r, f, "data/l", b"/etc"))
    with zipfile.ZipFile(link) as old, zipfile.ZipFile(tmp_path / "3.peftpack", "w") as new:
        for info in old.infolist():
            if info.filename == "data/l":
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            new.writestr(info, old.read(info.filename))
    refused(tmp_path / "3.peftpack", "a link")


def test_that_what_was_changed_on_the_way_is_noticed(packed: Path, tmp_path: Path) -> None:
    def other(record: dict[str, Any], files: dict[str, bytes]) -> None:
        name = "runs/run 1/model/trained.safetensors"
        files[name] = files[name][:-1] + b"?"

    with pytest.raises(UserError, match="damaged or was changed"):
        list(unpack_project(rewritten(packed, tmp_path / "b.peftpack", other), tmp_path / "out"))
    content = packed.read_bytes()
    for cut in (b"", b"PK", content[:100], content[: len(content) // 2], b"x" * 5000):
        (tmp_path / "cut.peftpack").write_bytes(cut)
        with pytest.raises(UserError):
            list(unpack_project(tmp_path / "cut.peftpack", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_that_a_bomb_does_not_go_off(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bomb(record: dict[str, Any], files: dict[str, bytes]) -> None:
        listed(record, files, "data/zeros", bytes(20 * 2**20))

    honest = rewritten(packed, tmp_path / "bomb.peftpack", bomb)
    assert honest.stat().st_size < 2**20
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(packs.shutil, "disk_usage", lambda _: usage(2**30, 0, 70 * 2**20))
    with pytest.raises(UserError, match="needs 21 MB, and 70 MB are free on the drive"):
        list(unpack_project(honest, tmp_path / "out"))

    def lying(record: dict[str, Any], files: dict[str, bytes]) -> None:
        bomb(record, files)
        record["files"][-1]["size"] = 10

    with pytest.raises(UserError, match="damaged or was changed"):
        list(unpack_project(rewritten(packed, tmp_path / "l.peftpack", lying), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def _set(version: Any) -> Callable[[dict[str, Any], dict[str, bytes]], None]:
    def change(record: dict[str, Any], files: dict[str, bytes]) -> None:
        record["version"] = version

    return change


def _project(**changes: Any) -> Callable[[dict[str, Any], dict[str, bytes]], None]:
    def change(record: dict[str, Any], files: dict[str, bytes]) -> None:
        content = json.loads(files["project.peftproj"])
        new = json.dumps({**content, **changes}).encode()
        record["files"] = [e for e in record["files"] if e["name"] != "project.peftproj"]
        listed(record, files, "project.peftproj", new)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set(99), "packed by a newer version"),
        (_set("x"), "damaged"),
        (_project(schema_version=99), "saved by a newer version"),
        (_project(schema_version="x"), "edited by hand"),
        (_project(splits="../../"), "edited by hand"),
        (lambda r, f: r.pop("files"), "no packed project"),
        (lambda r, f: r.update(files=[1]), "damaged"),
        (lambda r, f: r.update(files=[]), "does not name"),
    ],
)
def test_that_newer_and_hand_edited_packs_are_explained(
    packed: Path, tmp_path: Path, change: Callable[..., Any], words: str
) -> None:
    with pytest.raises(UserError, match=words) as error:
        list(unpack_project(rewritten(packed, tmp_path / "b.peftpack", change), tmp_path / "out"))
    assert "b.peftpack" in str(error.value)  # the file that the user knows, not a hidden one
    assert not (tmp_path / "out").exists() and not list(tmp_path.glob(".*"))


def test_that_an_ordinary_zip_is_no_pack(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as other:
        other.writestr("hello.txt", "x")
    with pytest.raises(UserError, match="no packed project"):
        list(unpack_project(tmp_path / "a.zip", tmp_path / "out"))
    with pytest.raises(UserError, match="no such file"):
        list(unpack_project(tmp_path / "none.peftpack", tmp_path / "out"))


def test_that_nothing_is_unpacked_over_a_project(folder: Path, packed: Path) -> None:
    with pytest.raises(UserError, match="project in this folder already"):
        list(unpack_project(packed, folder))
