import asyncio
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.media.files import MediaFolder, MediaMissing, MediaStore, MediaUnavailable

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
PHOTO = b"keripik pisang"
KEY = sha256(PHOTO).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def files_of(folder: MediaFolder) -> list[Path]:
    return [path for path in folder.root.rglob("*") if path.is_file()]


async def test_a_file_is_read_back_under_the_hash_of_its_content(folder: MediaFolder) -> None:
    store: MediaStore = folder
    assert await store.put(PHOTO) == KEY
    assert await store.read(KEY) == PHOTO
    assert await store.exists(KEY)


def test_a_file_lies_two_folders_deep_so_that_no_folder_grows_long(folder: MediaFolder) -> None:
    folder.put_sync(PHOTO)
    assert folder.path(KEY) == folder.root / KEY[:2] / KEY[2:4] / KEY
    assert files_of(folder) == [folder.path(KEY)]


def test_the_same_bytes_twice_are_kept_once_and_not_written_again(folder: MediaFolder) -> None:
    folder.put_sync(PHOTO)
    first = folder.path(KEY).stat()
    assert folder.put_sync(PHOTO) == KEY
    assert folder.path(KEY).stat().st_ino == first.st_ino
    assert files_of(folder) == [folder.path(KEY)]


async def test_many_puts_of_the_same_bytes_at_once_agree(folder: MediaFolder) -> None:
    keys = await asyncio.gather(*(folder.put(PHOTO) for _ in range(20)))
    assert set(keys) == {KEY}
    assert files_of(folder) == [folder.path(KEY)]


async def test_another_process_sees_what_this_one_kept(folder: MediaFolder) -> None:
    await folder.put(PHOTO)
    assert await MediaFolder(folder.root).read(KEY) == PHOTO


def test_files_are_readable_by_their_owner_only(folder: MediaFolder) -> None:
    folder.put_sync(PHOTO)
    assert folder.path(KEY).stat().st_mode & 0o077 == 0


async def test_an_unknown_key_is_missing(folder: MediaFolder) -> None:
    assert not await folder.exists(KEY)
    with pytest.raises(MediaMissing):
        await folder.read(KEY)


@pytest.mark.parametrize("key", ["", "../../etc/passwd", KEY.upper(), KEY + "\n", KEY[:-1], "/" + KEY[1:]])
def test_what_is_no_key_leads_nowhere(folder: MediaFolder, key: str) -> None:
    folder.put_sync(PHOTO)
    with pytest.raises(MediaMissing):
        folder.read_sync(key)
    assert not folder.exists_sync(key)


@contextmanager
def full_disk() -> Iterator[None]:
    """The kernel refuses every byte written to a file, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_leaves_no_half_file(folder: MediaFolder) -> None:
    with full_disk(), pytest.raises(MediaUnavailable) as refused:
        folder.put_sync(PHOTO)
    assert isinstance(refused.value.__cause__, OSError)
    assert files_of(folder) == []
    assert folder.put_sync(PHOTO) == KEY


def test_a_root_that_is_no_folder_is_unavailable_and_not_missing(tmp_path: Path) -> None:
    root = tmp_path / "media"
    root.write_bytes(b"")
    folder = MediaFolder(root)
    with pytest.raises(MediaUnavailable):
        folder.put_sync(PHOTO)
    with pytest.raises(MediaUnavailable):
        folder.read_sync(KEY)


def test_the_sweep_takes_what_was_left_a_day_ago_and_nothing_else(folder: MediaFolder) -> None:
    folder.put_sync(PHOTO)
    unfinished = folder.root / "tmp"
    for name, age in (("old", timedelta(hours=24, seconds=1)), ("fresh", timedelta(hours=23, minutes=59))):
        (unfinished / name).write_bytes(b"half a pho")
        left = (NOW - age).timestamp()
        os.utime(unfinished / name, (left, left))
    os.utime(folder.path(KEY), (0, 0))
    assert folder.sweep(NOW) == 1
    assert set(files_of(folder)) == {unfinished / "fresh", folder.path(KEY)}


def test_the_sweep_of_a_folder_that_is_not_there_yet_finds_nothing(folder: MediaFolder) -> None:
    assert folder.sweep(NOW) == 0
