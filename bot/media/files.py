"""Where files stay, each under the sha256 of its content. This is a folder; S3 can stand behind the same door."""

import asyncio
import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Protocol

__all__ = ["MediaFolder", "MediaMissing", "MediaStore", "MediaUnavailable"]

KEY = re.compile(r"[0-9a-f]{64}")
UNFINISHED = "tmp"
UNFINISHED_FOR = timedelta(hours=24)  # no write takes a day: what is older was left by a process that died


class MediaUnavailable(Exception):
    """The store cannot be written or read now: disk full, read-only, gone. Try again later."""


class MediaMissing(LookupError):
    """Nothing is kept under this key, or it is no key at all."""


class MediaStore(Protocol):
    """What SAMBANG_MEDIA_URL names. Keys are the sha256 of the content, so a put never changes what is there."""

    async def put(self, data: bytes) -> str:
        """Keeps the bytes for good before it gives their key. Raises MediaUnavailable."""

    async def read(self, key: str) -> bytes:
        """Raises MediaMissing or MediaUnavailable."""

    async def exists(self, key: str) -> bool:
        """Raises MediaUnavailable."""


class MediaFolder:
    """Files at ab/cd/abcdef... below one folder, written beside and renamed: a file that is there is whole."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def put(self, data: bytes) -> str:
        return await asyncio.to_thread(self.put_sync, data)

    async def read(self, key: str) -> bytes:
        return await asyncio.to_thread(self.read_sync, key)

    async def exists(self, key: str) -> bool:
        return await asyncio.to_thread(self.exists_sync, key)

    def put_sync(self, data: bytes) -> str:
        key = sha256(data).hexdigest()
        path = self.path(key)
        with _unavailable_when_it_fails():
            _make_durable_folder(path.parent)
            if not path.exists():
                self._write_beside(data).replace(path)
            # Also for a file that was there: who wrote it may have died before this line, and power may fail after it.
            _sync_folder(path.parent)
        return key

    def read_sync(self, key: str) -> bytes:
        with _unavailable_when_it_fails():
            try:
                return self.path(key).read_bytes()
            except FileNotFoundError:
                raise MediaMissing(key) from None

    def exists_sync(self, key: str) -> bool:
        with _unavailable_when_it_fails():
            return KEY.fullmatch(key) is not None and self.path(key).is_file()

    def path(self, key: str) -> Path:
        """Where the file of this key is or would be. Raises MediaMissing for what is not a key, such as ../../etc."""
        if not KEY.fullmatch(key):
            raise MediaMissing(key)
        return self.root / key[:2] / key[2:4] / key

    def sweep(self, now: datetime) -> int:
        """Removes what writers that died left unfinished a day ago or earlier, and gives the number of files."""
        before = (now - UNFINISHED_FOR).timestamp()
        with _unavailable_when_it_fails():
            left = [path for path in (self.root / UNFINISHED).glob("*") if path.stat().st_mtime < before]
            for path in left:
                path.unlink(missing_ok=True)
        return len(left)

    def _write_beside(self, data: bytes) -> Path:
        unfinished = self.root / UNFINISHED
        _make_durable_folder(unfinished)
        handle, name = tempfile.mkstemp(dir=unfinished)
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)  # a full disk should not stay full of halves
            raise
        return path


@contextlib.contextmanager
def _unavailable_when_it_fails() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MediaUnavailable(error.strerror or type(error).__name__) from error


def _make_durable_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_durable_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
