import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.media.checks import check_picture
from bot.media.darkroom import Darkroom
from bot.media.pictures import Document, Picture, Refusal, Refused
from tests.bot.media.specimens import basket, saved

ROOT = Path(__file__).parents[3]
PHOTO = saved(basket((400, 400)), "JPEG")


@pytest.fixture
def darkroom() -> Iterator[Darkroom]:
    room = Darkroom()
    yield room
    room.close()


async def test_a_picture_is_developed_as_it_would_be_without_a_darkroom(darkroom: Darkroom) -> None:
    picture = await darkroom.develop(PHOTO)
    assert isinstance(picture, Picture)
    assert picture == check_picture(PHOTO)


async def test_a_certificate_may_be_a_pdf(darkroom: Darkroom) -> None:
    assert isinstance(await darkroom.receive(b"%PDF-1.7\n%%EOF"), Document)
    assert await darkroom.develop(b"%PDF-1.7\n%%EOF") == Refused(Refusal.NOT_A_PICTURE)


async def test_pictures_are_developed_one_at_a_time_and_in_one_thread(darkroom: Darkroom) -> None:
    inside: list[str] = []

    def check(data: bytes) -> int:
        inside.append(threading.current_thread().name)
        alone = len(inside) == 1
        check_picture(data)
        assert alone
        inside.pop()
        return threading.get_ident()

    threads = await asyncio.gather(*(darkroom._inside(check, PHOTO) for _ in range(5)))
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


async def test_a_picture_that_never_ends_is_broken_and_the_next_one_is_developed() -> None:
    check_picture(PHOTO)  # the first one of a process also loads Pillow
    room = Darkroom(limit=2.0)
    end = threading.Event()
    try:
        assert await room._inside(lambda _: end.wait(), b"") == Refused(Refusal.BROKEN)
        assert isinstance(await room.develop(PHOTO), Picture)
    finally:
        end.set()
        room.close()


def test_pillow_is_not_loaded_before_the_first_picture() -> None:
    program = (
        "import sys, bot.media.checks, bot.media.darkroom, bot.media.files; "
        "bot.media.checks.check_document(b'selamat pagi'); "
        "print([name for name in sys.modules if name.partition('.')[0] in ('PIL', 'pillow_heif')])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert loaded.stdout.strip() == "[]"
