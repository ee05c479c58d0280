"""A disk that fails at the k-th operation: a write, a sync, a rename, a new or a removed entry.

`failing` lets one operation fail and the next ones work, as a full or a flaky drive does. `cut`
lets every operation from there on fail, also those that clean up: a kill or a power cut.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

FULL = errno.ENOSPC
BROKEN = errno.EIO


class PowerCut(BaseException):
    """The program has ended here."""


class FaultyDisk:
    """Counts operations under `root`; the one numbered `fail_at` (from 1) fails."""

    def __init__(self, root: Path, fail_at: int = 0, error: int = FULL, cut: bool = False) -> None:
        self.root = os.fspath(root)
        self.fail_at, self.error, self.cut = fail_at, error, cut
        self.count = 0
        self.log: list[str] = []

    def meets(self, what: str, path: Any) -> None:
        """One operation is about to be done; this is where it fails."""
        if not isinstance(path, (str, os.PathLike)) or not os.fspath(path).startswith(self.root):
            return
        self.count += 1
        self.log.append(f"{what} {os.path.relpath(path, self.root)}")
        if self.fail_at and (
            self.count == self.fail_at or (self.cut and self.count > self.fail_at)
        ):
            if self.cut:
                raise PowerCut
            raise OSError(self.error, os.strerror(self.error), os.fspath(path))

    @contextmanager
    def at_work(self) -> Iterator[FaultyDisk]:
        handles: dict[int, str] = {}
        streams: list[Any] = []

        def guarded(name: str, places: tuple[int, ...] = (0,)) -> Any:
            real: Callable[..., Any] = getattr(os, name)

            def call(*words: Any, **more: Any) -> Any:
                if more.get("dir_fd") is None:
                    for place in places:
                        self.meets(name, words[place])
                return real(*words, **more)

            return mock.patch.object(os, name, call)

        real_os_open, real_open = os.open, io.open

        def fsync(handle: int) -> None:
            self.meets("fsync", handles.get(handle, self.root))  # a real one takes its time

        def os_open(path: Any, *words: Any, **more: Any) -> int:
            handle = real_os_open(path, *words, **more)
            with_name = os.fspath(path) if isinstance(path, (str, os.PathLike)) else ""
            handles[handle] = with_name
            return handle

        def opened(file: Any, mode: str = "r", *words: Any, **more: Any) -> Any:
            if not set(mode) & set("wax+"):
                return real_open(file, mode, *words, **more)
            if set(mode) & set("wax"):
                self.meets("open", file)
            stream = real_open(file, mode, *words, **more)
            streams.append(stream)
            return _Stream(stream, self, file) if set(mode) & set("wax") else stream

        import pyarrow.parquet as pq
        import safetensors.torch as st

        real_table, real_tensors = pq.write_table, st.serialize_file

        def write_table(table: Any, where: Any, **more: Any) -> None:
            self.meets("write", where)
            real_table(table, where, **more)

        def serialize_file(data: Any, filename: Any, *words: Any, **more: Any) -> None:
            self.meets("write", filename)
            real_tensors(data, filename, *words, **more)

        with (
            mock.patch.object(os, "fsync", fsync),
            mock.patch.object(os, "open", os_open),
            guarded("replace"),
            guarded("rename"),
            guarded("mkdir"),
            guarded("link", (1,)),
            guarded("unlink"),
            guarded("rmdir"),
            mock.patch.object(io, "open", opened),
            mock.patch.object(builtins, "open", opened),
            mock.patch.object(pq, "write_table", write_table),
            mock.patch.object(st, "serialize_file", serialize_file),
            mock.patch.object(shutil, "rmtree", self._rmtree(shutil.rmtree)),
        ):
            try:
                yield self
            finally:
                for stream in streams:
                    with suppress(OSError, ValueError):
                        stream.close()

    def _rmtree(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def rmtree(path: Any, ignore_errors: bool = False, **more: Any) -> None:
            try:
                self.meets("rmtree", path)
            except OSError:
                if not ignore_errors:
                    raise
                return  # left lying
            real(path, ignore_errors=ignore_errors, **more)

        return rmtree


class _Stream:
    """A file whose writes can fail; half of what was to be written is there then."""

    def __init__(self, stream: Any, disk: FaultyDisk, path: Any) -> None:
        self._stream, self._disk, self._path = stream, disk, path

    def write(self, data: Any) -> Any:
        try:
            self._disk.meets("write", self._path)
        except BaseException:
            self._stream.write(data[: len(data) // 2])
            self._stream.flush()
            raise
        return self._stream.write(data)

    def __enter__(self) -> _Stream:
        self._stream.__enter__()
        return self

    def __exit__(self, *words: Any) -> Any:
        return self._stream.__exit__(*words)

    def __iter__(self) -> Any:
        return iter(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
