"""The house is killed in the middle of its work, again and again, and keeps its word (reliability.md 2.1, T2)."""

import asyncio
import hashlib
import json
import random  # noqa: TID251 - seeded dice, so that the kills fall as they fell before
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count, product
from pathlib import Path
from typing import Any

import aiohttp

from bot.channels.fakes.telegram import FakeTelegram, checked_html
from bot.channels.telegram.rendering import render, to_html
from dialogue.message import Reply
from storage import outbox
from storage.store import Store
from tests.clocks import SteadyClock
from tests.promises.process import RealHouse
from tests.promises.producers import ONCE, OnTelegram, OnTheWeb, Producer, has_colour
from tests.scale import scaled

KILLS = scaled(20)
AT_ONCE = 12
ON_THE_WEB = 4  # of the twelve
SETTLES_WITHIN = 40.0  # seconds


@dataclass
class Kill:
    """What was on its way when the process died."""

    turns: int
    sends: Counter[int]  # by contact


@dataclass
class Village:
    """Twelve producers at any time who register over HTTP; who is done makes room for the next."""

    telegram: FakeTelegram
    house: RealHouse
    session: aiohttp.ClientSession
    everyone: list[Producer] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    leaving: bool = False

    async def live(self) -> None:
        numbers = count()
        async with asyncio.TaskGroup() as group:
            for slot in range(AT_ONCE):
                group.create_task(self._slot(numbers, on_the_web=slot < ON_THE_WEB))

    async def _slot(self, numbers: Iterator[int], *, on_the_web: bool) -> None:
        while not self.leaving:
            number = next(numbers)
            producer: Producer = (
                OnTheWeb(number, url=self.house.url, session=self.session)
                if on_the_web
                else OnTelegram(number, telegram=self.telegram)
            )
            self.everyone.append(producer)
            await producer.register()

    def leave(self) -> None:
        self.leaving = True
        for producer in self.everyone:
            producer.leaving = True

    def waiting(self) -> set[str]:
        """Messages that are on their way to the house and not answered."""
        return {
            said.key
            for producer in self.everyone
            if not (isinstance(producer, OnTheWeb) and not producer.waiting)
            for said in producer.said[-2:]
            if not said.taken
        }

    async def kill(self) -> None:
        waiting = self.waiting()
        await self.house.kill()
        with closing(sqlite3.connect(f"file:{self.house.database}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT contact_id FROM outbox WHERE state = 'sending'").fetchall()
        self.kills.append(Kill(len(waiting & self.waiting()), Counter(row[0] for row in rows)))

    async def answered(self) -> None:
        """Wait until every message that was sent is answered with 200."""
        await self.telegram.drained()
        while self.waiting():  # noqa: ASYNC110 - posts of many tasks
            await asyncio.sleep(0.02)


@asynccontextmanager
async def village(folder: Path, log: Path) -> AsyncIterator[Village]:
    async with (
        FakeTelegram(rates=False, scale=0.02, duplicates_every=10) as telegram,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        house = RealHouse(folder, log, telegram_token=telegram.token, telegram_url=telegram.url)
        living = Village(telegram, house, session)
        try:
            yield living
        finally:
            await house.kill()


async def test_a_house_that_is_killed_again_and_again_keeps_its_word(tmp_path: Path, log_of_processes: Path) -> None:
    folder, dice = tmp_path / "data", random.Random(7)
    async with village(folder, log_of_processes) as living:
        await living.house.start()
        producers = asyncio.create_task(living.live())
        for number in range(KILLS):
            await busy_for(living, dice.uniform(0.05, 0.5))
            await living.kill()
            if number % 5 == 2:
                announce(living.house.database, number)
            await living.house.start()
        living.leave()
        async with asyncio.timeout(SETTLES_WITHIN):
            await living.answered()
            await settled(living.house.database)
        producers.cancel()
        with suppress(asyncio.CancelledError):
            await producers
        await living.house.stop()
        tell(living)
        check(living, folder)


async def busy_for(living: Village, seconds: float) -> None:
    """Let them work so long, and on until something is on its way."""
    loop = asyncio.get_running_loop()
    earliest, latest = loop.time() + seconds, loop.time() + seconds + 3
    while loop.time() < earliest or (loop.time() < latest and not living.waiting()):  # noqa: ASYNC110 - so long, on purpose
        await asyncio.sleep(0.001)


def announce(path: Path, number: int) -> None:
    """Two messages to everybody who is known, queued while the house is down: neither may ever come twice.

    Announcements keep quiet hours by the real clock, so that at night only the codes go out.
    """
    with Store(f"sqlite:///{path}", clock=SteadyClock(), inline=True) as store:
        with closing(sqlite3.connect(path)) as database:
            people = database.execute("SELECT contact_id FROM address WHERE channel = 'telegram'").fetchall()
        for (contact_id,), (kind, words) in product(people, ONCE.items()):
            store.write_now(
                partial(
                    outbox.enqueue,
                    key=f"{kind}:{number}:{contact_id}",
                    contact_id=contact_id,
                    message_class=kind,
                    payload=Reply.of(f"{words} {number}").to_json(),
                    now=SteadyClock().now(),
                )
            )


async def settled(path: Path) -> None:
    """Wait until no photo is on its road and nothing is being sent."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        while any(  # noqa: ASYNC110 - another process does it
            database.execute(query).fetchone()[0]
            for query in (
                "SELECT count(*) FROM media WHERE state = 'pending'",
                "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending') AND class <> 'bulk'",
            )
        ):
            await asyncio.sleep(0.05)


def tell(living: Village) -> None:
    busy = sum(1 for kill in living.kills if kill.turns or kill.sends)
    turns, sends = sum(kill.turns for kill in living.kills), sum(kill.sends.total() for kill in living.kills)
    taken = sum(len(producer.taken) for producer in living.everyone)
    finished = sum(1 for producer in living.everyone for said in producer.taken if said.field == "finished")
    print(  # noqa: T201 - the figures that the promise is about
        f"\n{len(living.kills)} kills, {busy} with a turn or a send on its way "
        f"({turns} turns, {sends} sends); "
        f"{len(living.everyone)} producers, {finished} finished, {taken} messages answered with 200"
    )
    assert busy * 3 >= len(living.kills) * 2


# What must hold afterwards -------------------------------------------------------------------------------------------


def check(living: Village, folder: Path) -> None:
    with closing(sqlite3.connect(living.house.database)) as database:
        database.row_factory = sqlite3.Row
        assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT reason FROM inbox WHERE state = 'dead'").fetchall() == []
        for producer in living.everyone:
            check_messages(database, producer)
            check_answers(database, producer)
            check_photos(database, producer, folder / "media")
        check_copies(database, living)


def check_messages(database: sqlite3.Connection, producer: Producer) -> None:
    """What was answered with 200 is there, once; what was not is there at most once."""
    for said in producer.said:
        rows = database.execute(
            "SELECT id FROM inbox WHERE channel = ? AND external_id = ?", (producer.channel, said.key)
        ).fetchall()
        assert len(rows) == 1 if said.taken else len(rows) <= 1, (producer.number, said)


def check_answers(database: sqlite3.Connection, producer: Producer) -> None:
    """Every answer stands where it was given, in the words of the one who gave it, and counts once."""
    contact = contact_of(database, producer)
    stored = {} if contact is None else stored_answers(database, contact)
    for said in producer.said:
        if said.field and said.field != "photo" and (said.taken or said.field in stored):
            assert stored.get(said.field) == said.value, (said, stored, words_of(database, contact))
    if contact is None:
        return
    once = [
        "SELECT count(*) FROM producer_contact WHERE contact_id = ?",
        "SELECT count(*) FROM product JOIN producer_contact USING (producer_id) WHERE contact_id = ?",
        "SELECT count(*) FROM consent WHERE contact_id = ? AND purpose = 'registration'",
        "SELECT count(*) FROM consent WHERE contact_id = ? AND purpose = 'catalogue'",
        "SELECT count(*) FROM consent WHERE contact_id = ? AND purpose = 'broadcast'",
        "SELECT count(*) FROM history WHERE actor = 'contact:' || ? AND what = 'producer.drafted'",
        "SELECT count(*) FROM history WHERE actor = 'contact:' || ? AND what = 'product.registered'",
    ]
    for query in once:
        assert database.execute(query, (contact,)).fetchone()[0] <= 1, (producer.number, query)


def words_of(database: sqlite3.Connection, contact: int | None) -> list[tuple[Any, ...]]:
    """The whole conversation, for whoever has to find out what went wrong."""
    rows = database.execute(
        "SELECT received_at, '>', json_extract(body, '$.text'), state FROM inbox WHERE contact_id = :contact UNION ALL "
        "SELECT created_at, '<', json_extract(payload, '$.parts'), state || coalesce(reason, '') || copies "
        "FROM outbox WHERE contact_id = :contact ORDER BY 1",
        {"contact": contact},
    )
    return [tuple(row) for row in rows]


def contact_of(database: sqlite3.Connection, producer: Producer) -> int | None:
    row = database.execute(
        "SELECT contact_id FROM address WHERE channel = ? AND value = ?", (producer.channel, producer.address)
    ).fetchone()
    return None if row is None else int(row[0])


def stored_answers(database: sqlite3.Connection, contact: int) -> dict[str, Any]:
    """What the house knows of a producer: from the finished forms and from those that are still open."""
    stored: dict[str, Any] = {}
    for (body,) in database.execute("SELECT body FROM draft WHERE contact_id = ?", (contact,)):
        form = json.loads(body)
        stored |= {_FIELDS[form["conversation"], key]: _plain(value) for key, value in form["answers"].items()
                   if (form["conversation"], key) in _FIELDS}  # fmt: skip
    for row in database.execute(
        "SELECT producer.* FROM producer JOIN producer_contact ON producer_id = id WHERE contact_id = ?", (contact,)
    ):
        stored |= {"name": row["name"], "village": row["region_code"], "phone": row["phone"]}
    for row in database.execute(
        "SELECT product.* FROM product JOIN producer_contact USING (producer_id) WHERE contact_id = ?", (contact,)
    ):
        stored |= {
            "product": row["name"],
            "category": row["category"],
            "price": row["price_idr"],
            "capacity": json.loads(row["capacity"])["amount"],
            "catalogue": bool(row["in_catalogue"]),
            "finished": True,
        }
    for row in database.execute("SELECT given FROM consent WHERE contact_id = ? AND purpose = 'broadcast'", (contact,)):
        stored["broadcasts"] = bool(row["given"])
    return stored


_FIELDS = {
    ("registration", "name"): "name",
    ("registration", "unit"): "village",
    ("registration", "phone"): "phone",
    ("product", "name"): "product",
    ("product", "category"): "category",
    ("product", "price"): "price",
    ("product", "capacity"): "capacity",
    ("product", "catalogue"): "catalogue",
}


def _plain(value: Any) -> Any:
    match value:
        case {"codes": [code, *_]}:
            return code
        case {"idr": rupiah}:
            return rupiah
        case {"amount": amount}:
            return amount
        case "ya":
            return True
    return value


def check_photos(database: sqlite3.Connection, producer: Producer, folder: Path) -> None:
    """Every photo that was answered with 200 is stored once, whole, and is that photo."""
    contact = contact_of(database, producer)
    rows = database.execute("SELECT * FROM media WHERE contact_id = ? ORDER BY id", (contact,)).fetchall()
    shown = [said for said in producer.said if said.field == "photo"]
    assert sum(said.taken for said in shown) <= len(rows) <= len(shown), producer.number
    by_file = {row["file_id"]: row for row in rows}
    for said in shown:
        file_id, number = said.value
        row = by_file.get(file_id or said.key)
        if row is None:
            assert not said.taken, (producer.number, said)
            continue
        assert row["state"] == "stored", (producer.number, dict(row))
        data = (folder / row["sha256"][:2] / row["sha256"][2:4] / row["sha256"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        assert has_colour(data, number), (producer.number, said)
        assert said.media in {None, row["id"]}


def check_copies(database: sqlite3.Connection, living: Village) -> None:
    """A second copy only where a kill fell into its sending: one a person and kill, and none of an announcement."""
    extra = 0
    for producer in living.everyone:
        contact = contact_of(database, producer)
        if not isinstance(producer, OnTelegram) or contact is None:
            continue
        heard = Counter(message.text for message in living.telegram.heard(producer.chat))
        rows = database.execute("SELECT * FROM outbox WHERE contact_id = ?", (contact,)).fetchall()
        meant = Counter(shown_text(row["payload"]) for row in rows)
        copies = heard - meant
        assert not set(heard) - set(meant), (producer.number, set(heard) - set(meant))
        assert not any(text.startswith(tuple(ONCE.values())) for text in copies), (producer.number, copies)
        assert copies.total() <= sum(1 for kill in living.kills if kill.sends[contact]), (producer.number, copies)
        extra += copies.total()
    assert extra <= sum(kill.sends.total() for kill in living.kills)


def shown_text(payload: str) -> str:
    """A reply as its one message is read on a phone."""
    messages = render(Reply.from_json(json.loads(payload)), ())
    assert len(messages) == 1
    return checked_html(to_html(messages[0].text)).strip()
