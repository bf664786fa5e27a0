"""What becomes of a message whose sending failed: the table of reliability.md 2.2 and 2.3, tried on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.base import Picture
from bot.channels.fakes.telegram import FakeTelegram, Fault
from bot.channels.telegram import Telegram
from bot.channels.telegram import request as transport
from bot.delivery.rules import RULES
from bot.delivery.sender import LEASE, LOOK_FOR_LOST, Sender
from dialogue.message import Reply
from storage import outbox
from storage.outbox import Start
from storage.schema import address, attempt, contact, draft
from storage.schema import outbox as messages
from storage.store import Store
from tests.clocks import SteadyClock
from tests.worlds.world import open_world

CHAT = 41
LATER = 61.0  # seconds: after every pause of the table
FAULTS = {
    "cut before it was taken": Fault.cut(),
    "taken, and no answer": Fault.lost(),
    "taken, and silence": Fault.mute(),
    "taken, and half an answer": Fault.half(),
    "a proxy's 502": Fault.bad_gateway(),
    "a proxy's 502 after it was taken": Fault.bad_gateway(accepts=True),
    "500": Fault.restarting(),
    "429": Fault.throttled(1),
    "401": Fault.unauthorized(),
    "403": Fault.blocked(),
    "400": Fault.refusing(400, "Bad Request: message text is empty"),
}
UNCERTAIN = [name for name in FAULTS if name not in {"429", "401", "403", "400"}]
TAKEN = [name for name in UNCERTAIN if FAULTS[name].accepts]
# The most copies that a person may get of each class, written down here a second time.
MOST_COPIES = {"reply": 2, "decision": 3, "secret": 1, "reminder": 1, "bulk": 1}


class MovableClock(SteadyClock):
    """Runs as time does, and can be put forward."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead

    def skip(self, seconds: float) -> None:
        self._ahead += seconds


class NoPictures:
    async def pictures(self, media_ids: tuple[int, ...]) -> Mapping[int, Picture]:
        return {}


@dataclass
class Post:
    """A sender at work for one person, and the platform that it sends to."""

    store: Store
    telegram: FakeTelegram
    clock: MovableClock
    sender: Sender
    person: int

    async def put(self, kind: str, key: str = "one") -> int:
        row = await self.store.write(
            lambda tx: outbox.enqueue(
                tx,
                key=key,
                contact_id=self.person,
                message_class=kind,
                payload=Reply.of(f"Kabar {key}").to_json(),
                now=self.clock.now(),
            )
        )
        assert row is not None
        return row

    async def row(self, number: int) -> Any:
        found = select(messages).where(messages.c.id == number)
        return await self.store.read(lambda tx: tx.execute(found).mappings().one())

    async def ended(self, number: int, *, attempts: int = 1) -> Any:
        """The row, once its n-th attempt is written down."""
        last = select(attempt.c.outcome).where(attempt.c.outbox_id == number, attempt.c.n == attempts)

        async def written() -> bool:
            return await self.store.read(lambda tx: tx.execute(last).scalar_one_or_none()) is not None

        await until(written)
        return await self.row(number)

    async def attempts(self, number: int) -> list[str]:
        made = select(attempt.c.outcome).where(attempt.c.outbox_id == number).order_by(attempt.c.n)
        return await self.store.read(lambda tx: list(tx.execute(made).scalars()))

    def skip(self, seconds: float = LATER) -> None:
        self.clock.skip(seconds)
        self.store.wake_all()

    async def round(self) -> None:
        """Wait until the sender has looked for work again."""
        await self.put("reply", key=f"round {self.clock.monotonic()}")
        heard = len(self.telegram.heard(CHAT))
        await self.telegram.wait_for(CHAT, heard + 1)

    @property
    def copies(self) -> int:
        return sum(1 for message in self.telegram.heard(CHAT) if message.text == "Kabar one")


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - it asks the store
            await asyncio.sleep(0.005)


@pytest.fixture
async def post(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    monkeypatch.setattr(transport, "READ", 0.4)  # a silent platform is given up after this instead of 20 s
    clock = MovableClock()
    async with FakeTelegram(rates=False, strict=False) as telegram, Store(database_url, clock=SteadyClock()) as store:
        channel = Telegram(telegram.token, api_url=telegram.url)
        channel.limits = replace(channel.limits, gap_account=0.0, gap_chat=0.0)
        sender = Sender(
            store=store,
            channels={(channel.name, channel.account): channel},
            pictures=NoPictures(),
            clock=clock,
            programmes={},
        )
        person = await store.write(lambda tx: known(tx, channel.account, clock.now()))
        running = asyncio.create_task(sender.run())
        try:
            yield Post(store, telegram, clock, sender, person)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await sender.drain()
            await channel.close()


def known(tx: Any, account: str, now: datetime) -> int:
    person = tx.execute(contact.insert().values(created_at=now).returning(contact.c.id)).scalar_one()
    tx.execute(
        address.insert().values(
            contact_id=person, channel="telegram", account=account, kind="chat", value=str(CHAT), created_at=now
        )
    )
    return int(person)


# The table -----------------------------------------------------------------------------------------------------------


def test_the_table_has_a_line_for_every_class() -> None:
    assert {kind: rule.copies for kind, rule in RULES.items()} == MOST_COPIES


@pytest.mark.parametrize("kind", MOST_COPIES)
async def test_an_uncertain_send_is_repeated_as_often_as_its_class_allows(post: Post, kind: str) -> None:
    """Whatever made it uncertain; and then it is kept as unknown."""
    for fault in UNCERTAIN:
        heard = len(post.telegram.heard(CHAT))
        post.telegram.fail(FAULTS[fault], method="sendMessage", times=9)
        number = await post.put(kind, key=fault)
        for place in range(MOST_COPIES[kind]):
            row = await post.ended(number, attempts=place + 1)
            assert row["state"] == ("unknown" if place + 1 == MOST_COPIES[kind] else "queued"), fault
            assert row["copies"] == place + 1
            post.skip()
        post.telegram.recover()
        assert await post.attempts(number) == ["ambiguous"] * MOST_COPIES[kind]
        copies = len(post.telegram.heard(CHAT)) - heard
        assert copies == (MOST_COPIES[kind] if fault in TAKEN else 0), fault
    await post.round()
    assert (await post.row(number))["state"] == "unknown"


@pytest.mark.parametrize("kind", MOST_COPIES)
async def test_what_the_platform_did_not_take_is_sent_once_when_it_can_be(post: Post, kind: str) -> None:
    for fault, outcome in {"429": "throttled", "401": "channel_down"}.items():
        post.telegram.fail(FAULTS[fault], method="sendMessage")
        number = await post.put(kind, key=fault)
        row = await post.ended(number)
        assert (row["state"], row["copies"]) == ("queued", 0)

        post.skip()

        row = await post.ended(number, attempts=2)
        assert (row["state"], row["copies"]) == ("sent", 1)
        assert await post.attempts(number) == [outcome, "sent"]
    assert len(post.telegram.heard(CHAT)) == 2


@pytest.mark.parametrize("kind", MOST_COPIES)
async def test_a_no_of_the_platform_is_final(post: Post, kind: str) -> None:
    post.telegram.fail(FAULTS["400"], method="sendMessage")
    refused = await post.put(kind, key="refused")
    assert (await post.ended(refused))["state"] == "failed"
    after = await post.put(kind, key="after")
    assert (await post.ended(after))["state"] == "sent"  # the next one goes

    post.telegram.fail(FAULTS["403"], method="sendMessage")
    blocked = await post.put(kind, key="blocked")
    assert (await post.ended(blocked))["state"] == "failed"
    nowhere = await post.put(kind, key="nowhere")

    async def given_up() -> bool:
        return bool((await post.row(nowhere))["reason"] == "no reachable address")

    await until(given_up)
    assert await post.attempts(nowhere) == []


async def test_what_never_left_is_tried_until_it_leaves(post: Post) -> None:
    """Nobody listens at the platform's address for a while."""
    port = int(post.telegram.url.rpartition(":")[2])
    await post.telegram.close()
    numbers = [await post.put(kind, key=kind) for kind in MOST_COPIES]
    assert (await post.ended(numbers[0]))["state"] == "queued"

    await post.telegram.start(port)
    for number in numbers:

        async def sent(number: int = number) -> bool:
            post.skip(20)
            return bool((await post.row(number))["state"] == "sent")

        await until(sent)
        assert (await post.row(number))["copies"] == 1
    assert len(post.telegram.heard(CHAT)) == len(numbers)


# Sends of a process that is gone -------------------------------------------------------------------------------------


async def abandoned(post: Post, kind: str) -> int:
    """A row that another process was sending when it died."""

    def fn(tx: Any) -> int:
        now = post.clock.now()
        number = outbox.enqueue(
            tx,
            key="one",
            contact_id=post.person,
            message_class=kind,
            payload=Reply.of("Kabar one").to_json(),
            now=now,
        )
        assert number is not None
        place = tx.execute(select(address.c.id)).scalar_one()
        outbox.start(tx, [Start(number, place, "telegram", 1)], now, now + LEASE)
        return number

    return await post.store.write(fn)


@pytest.mark.parametrize("kind", MOST_COPIES)
async def test_a_send_past_its_lease_is_decided_while_the_house_runs(database_url: str, post: Post, kind: str) -> None:
    number = await abandoned(post, kind)

    post.skip(LEASE.total_seconds() / 2)
    await asyncio.wait_for(post.sender.recover(all_of_them=False), 5)
    assert (await post.row(number))["state"] == "sending"  # its process may still be alive

    post.skip(LEASE.total_seconds() + LOOK_FOR_LOST)

    async def decided() -> bool:
        post.skip(1)
        return (await post.row(number))["state"] in {"sent", "unknown"}

    await until(decided)
    row = await post.row(number)
    again = MOST_COPIES[kind] > 1
    assert (row["state"], post.copies) == (("sent", 1) if again else ("unknown", 0))


async def test_a_slow_send_of_our_own_is_not_taken_for_a_lost_one(post: Post) -> None:
    post.telegram.fail(Fault.slow(0.3), method="sendMessage")
    number = await post.put("reply")
    await post.telegram.called(1)

    post.skip((LEASE + timedelta(seconds=LOOK_FOR_LOST)).total_seconds())
    assert await post.sender.recover(all_of_them=False) == 0

    assert (await post.ended(number))["state"] == "sent"
    assert post.copies == 1


async def test_a_start_decides_every_send_that_it_finds(post: Post) -> None:
    number = await abandoned(post, "bulk")

    assert await post.sender.recover(all_of_them=True) == 1

    assert (await post.row(number))["state"] == "unknown"
    assert await post.attempts(number) == ["ambiguous"]


# What the person does meanwhile --------------------------------------------------------------------------------------


async def test_an_answer_to_a_reply_that_was_uncertain_stays_an_answer_of_its_own(
    tmp_path: Path, sqlite_url: str
) -> None:
    """They have read it, though we do not know: what they write next answers it."""
    async with open_world(tmp_path / "data", sqlite_url) as world:
        for words in ("/start", "daftar", "ya", "sudah"):
            await world.says(CHAT, words)
        world.telegram.fail(Fault.lost(), method="sendMessage")
        asked = await world.says(CHAT, "Siti Aminah")
        assert "Dari desa mana" in asked.text
        uncertain = select(messages.c.state).where(messages.c.reason == "ambiguous")

        async def noticed() -> bool:
            return await world.building.store.read(lambda tx: tx.execute(uncertain).scalar_one_or_none()) == "queued"

        await until(noticed)

        said = await world.says(CHAT, "Balerejo Wlingi")

        assert "Nomor HP" in said.text
        body = await world.building.store.read(lambda tx: tx.execute(select(draft.c.body)).scalar_one())
        assert body["answers"]["name"] == "Siti Aminah"
        assert body["answers"]["unit"]["codes"] == ["35.05.17.2009"]
