import io
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.system import uuid
from bot.talk import Unreachable, talk
from dialogue.message import Kind
from tests.bot.web.house import House, Served, page_wording, served

WORDS = page_wording().for_person("id")


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script gives up on an answer sooner: the small house says nothing to a picture."""
    monkeypatch.setattr("bot.talk._ANSWER", 1)


@pytest.fixture
def page() -> Iterator[Served]:
    with served(House()) as running:
        yield running


async def lines(*said: str) -> AsyncIterator[str]:
    for line in said:
        yield f"{line}\n"


async def say(page: Served, folder: Path, *said: str) -> str:
    out = io.StringIO()
    await talk(
        page.url,
        "ovop-blitar",
        inp=lines(*said),
        out=out,
        cookie=folder / "talk.cookie",
        new_key=uuid,
        words=WORDS,
        patient=True,
    )
    return out.getvalue()


async def test_a_new_talk_begins_with_the_greeting_and_numbered_keys(page: Served, tmp_path: Path) -> None:
    printed = await say(page, tmp_path, "halo")
    assert "Terima kasih. start: ovop-blitar\n  1) Lanjut\n  2) Nanti saja\n" in printed
    assert "Terima kasih. text: halo" in printed


async def test_a_number_taps_the_key_of_that_number(page: Served, tmp_path: Path) -> None:
    await say(page, tmp_path, "halo", "2")
    tapped = page.house.arrived[-1].incoming
    assert tapped is not None
    assert tapped.kind is Kind.TAP
    assert tapped.tapped.endswith(".1")


async def test_a_number_without_such_a_key_is_what_was_said(page: Served, tmp_path: Path) -> None:
    await say(page, tmp_path, "halo", "15000")
    said = page.house.arrived[-1].incoming
    assert said is not None
    assert (said.kind, said.text) == (Kind.TEXT, "15000")


async def test_a_picture_is_sent_by_its_path(page: Served, tmp_path: Path) -> None:
    photo = tmp_path / "depan.jpg"
    photo.write_bytes(b"\xff\xd8")
    printed = await say(page, tmp_path, f"/foto {photo}", f"/foto {tmp_path}/none.jpg", "/keluar", "never said")
    ((data, name, _),) = page.house.uploads.values()
    assert (data, name) == (b"\xff\xd8", "depan.jpg")
    assert "No such file" in printed
    assert [arrived.incoming.kind for arrived in page.house.arrived if arrived.incoming] == [Kind.START]


async def test_the_next_talk_goes_on_where_this_one_ended(page: Served, tmp_path: Path) -> None:
    await say(page, tmp_path, "halo")
    printed = await say(page, tmp_path, "saya lagi")
    assert printed.startswith("Terima kasih. start")
    assert "> halo" in printed
    assert len({arrived.address for arrived in page.house.arrived}) == 1
    assert stat.S_IMODE((tmp_path / "talk.cookie").stat().st_mode) == 0o600


async def test_a_refusal_is_told_in_words(page: Served, tmp_path: Path) -> None:
    assert "Pesannya terlalu panjang" in await say(page, tmp_path, "x" * 5000)


async def test_an_unknown_programme_or_a_silent_address_is_said(page: Served, tmp_path: Path) -> None:
    for url, programme in ((page.url, "ovop-atlantis"), ("http://127.0.0.1:9", "")):
        with pytest.raises(Unreachable):
            await talk(
                url,
                programme,
                inp=lines(),
                out=io.StringIO(),
                cookie=tmp_path / "talk.cookie",
                new_key=uuid,
                words=WORDS,
            )
