"""What must never leave: tokens, NIK and phone numbers in log lines, and a NIK in anything that we keep."""

import json
import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.channels.fakes.telegram.server import TOKEN
from storage.schema import inbox, metadata
from tests.promises.process import SECRET, SECRET_KEY
from tests.worlds.test_registration_over_telegram import picture
from tests.worlds.world import World, open_world

NIK = "3505174101900007"  # invented: Wlingi, 1 January 1990, a woman
CANARIES = {
    "a token of Telegram's": re.escape(TOKEN),
    "the secret of a webhook": re.escape(SECRET),
    "the secret key": re.escape(SECRET_KEY),
    "a NIK": r"35\D?05\D?17\D?41\D?01\D?90\D?00\D?07",
    "a phone number of the tests": r"(?:62|0)[ .-]?820[ .-]?0000[ .-]?00[0-3]\d",
}


def test_no_log_line_of_this_run_holds_a_token_a_nik_or_a_phone_number(log_lines: str) -> None:
    """Runs last (conftest.py): what it searches is all that the run has logged, at DEBUG."""
    for what, canary in CANARIES.items():
        found = re.search(rf".*(?:{canary}).*", log_lines)
        assert found is None, f"{what} stands in: {found[0] if found else ''}"


def test_what_is_searched_is_what_was_logged(request: pytest.FixtureRequest) -> None:
    logging.getLogger("a.library").debug("bot%s/sendMessage of %s by 0820-0000-0007", TOKEN, NIK)

    lines = request.getfixturevalue("log_lines").splitlines()

    assert json.loads(lines[-1])["event"] == "bot[***]/sendMessage of [***] by [***]"


# A NIK that somebody sends -------------------------------------------------------------------------------------------

WAYS = (
    NIK,
    f"NIK saya {NIK} ya bu",
    "3505 1741 0190 0007",
    "3505-1741-0190-0007",
    "35 05 17 41 01 90 00 07",
    "３５０５１７４１０１９００００７",
    "٣٥٠٥١٧٤١٠١٩٠٠٠٠٧",
)
DIGITS = str.maketrans("０１２３４５６７８９٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def files_below(folder: Path) -> list[bytes]:
    """The data folder, and beside it the SQLite file with all that it ever held."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def everything(world: World) -> list[bytes]:
    """Every value of every row."""
    values = await world.building.store.read(
        lambda tx: [value for table in metadata.sorted_tables for row in tx.execute(select(table)) for value in row]
    )
    return [_bytes(value) for value in values]


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else repr(value).encode()


def holds_nik(pieces: Iterable[bytes]) -> list[bytes]:
    """Those in which the NIK stands, however it is written: apart, in other digits, or escaped as in JSON."""
    found = []
    for piece in pieces:
        text = piece.decode("utf-8", "replace")
        for form in (text, re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)):
            digits = form.translate(DIGITS)
            if re.search(r"[\s+.\-]{0,3}".join(NIK), digits):
                found.append(piece[:300])
                break
    return found


async def test_a_nik_that_somebody_sends_is_kept_nowhere(tmp_path: Path, database_url: str) -> None:
    """Not in a table, not in raw bytes, not in a draft, not in a file."""
    found: list[bytes] = []
    async with open_world(tmp_path / "data", database_url) as world:
        telegram = world.telegram
        for chat, text in enumerate(WAYS, 1):
            await world.says(chat, text)  # out of the blue
            for step in ("daftar", "ya", "sudah"):
                await world.says(chat, step)
            said = await world.says(chat, text)  # where a name was asked
            assert "KTP" in said.text
            telegram.photo(chat, picture(chat), caption=f"ini KTP saya {text}")
            await world.next(chat)
            telegram.write(-chat, text)  # in a group
            telegram.edit(chat, telegram.messages(chat)[0].id, f"eh salah {text}")
            await world.next(chat)
            telegram.document(chat, b"%PDF-1.4 %%EOF", name=f"KTP {text}.pdf", mime="application/pdf")
            await world.next(chat)
        await post_to_web_chat(world)
        await telegram.drained()
        found += await everything(world)
        found += files_below(tmp_path)  # with the log of SQLite, before it is folded in
    found += files_below(tmp_path)

    assert any(b"[NIK dihapus]" in piece for piece in found)
    assert holds_nik(found) == []


async def post_to_web_chat(world: World) -> None:
    """As the script posts it, and as a page without script does."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{world.url}/chat") as page:
            assert page.status == 200
        for number, text in enumerate(WAYS):
            fields = {"key": f"a-key-of-the-page-{number}", "text": text}
            async with session.post(f"{world.url}/chat/messages", json=fields) as answer:
                assert answer.status == 200
            form = {"key": f"a-key-of-the-form-{number}", "text": text}
            headers = {"Origin": world.url}
            async with session.post(
                f"{world.url}/chat/messages", data=form, headers=headers, allow_redirects=False
            ) as answer:
                assert answer.status == 303


async def test_the_raw_bytes_of_a_message_without_a_nik_are_kept_as_they_came(tmp_path: Path, sqlite_url: str) -> None:
    async with open_world(tmp_path / "data", sqlite_url) as world:
        await world.says(1, "halo, 1234567890123456")

        raw = await world.building.store.read(lambda tx: tx.execute(select(inbox.c.raw)).scalar_one())

        assert raw == world.telegram.updates[0].body
