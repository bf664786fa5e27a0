"""A message that our own code cannot bear: one polite answer, and life goes on (architecture.md 2)."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.channels.base import button_data
from dialogue.message import Button, Reply
from handlers import taps
from handlers.context import Answered, Context
from storage import outbox
from storage.schema import draft, inbox
from tests.promises.producers import picture
from tests.worlds.world import World

SITI, BUDI = 1, 2
SORRY = "gangguan"


def poisoned(ctx: Context, button: Button) -> Answered:
    raise ZeroDivisionError(f"a key of {ctx.contact.id} that says {button.value}")


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of key whose handler has a bug, in the registry like any other."""
    monkeypatch.setattr(taps, "TAPS", {**taps.TAPS, "poison": poisoned})


async def poisoned_key(world: World, chat: int) -> None:
    """Send the key to a chat that is known."""
    reply = Reply.of("Tekan ini", buttons=(Button(label="Racun", does="poison", value="x"),))
    contact_id = await world.building.store.read(
        lambda tx: tx.execute(select(inbox.c.contact_id).order_by(inbox.c.id).limit(1)).scalar_one()
    )
    await world.building.store.write(
        lambda tx: outbox.enqueue(
            tx,
            key="poison",
            contact_id=contact_id,
            message_class="reply",
            payload=reply.to_json(),
            now=world.building.clock.now(),
        )
    )
    said = await world.next(chat)
    assert said.labels == ["Racun"]


async def dead_rows(world: World) -> list[Any]:
    rows = select(inbox).where(inbox.c.state == "dead").order_by(inbox.c.id)
    return await world.building.store.read(lambda tx: list(tx.execute(rows).mappings()))


async def to_name(world: World, chat: int) -> None:
    for text in ("/start", "daftar", "ya", "sudah"):
        said = await world.says(chat, text)
    assert "Nama Bapak/Ibu siapa" in said.text


async def test_a_turn_that_raises_is_buried_with_its_cause_and_answered_once(world: World, poison: None) -> None:
    await to_name(world, SITI)
    await poisoned_key(world, SITI)

    said = await world.taps(SITI, "Racun")

    assert SORRY in said.text
    delivery = world.telegram.updates[-1]
    await world.telegram.drained()
    assert delivery.statuses == [200]
    [row] = await dead_rows(world)
    assert (row["reason"], row["raw"]) == ("ZeroDivisionError", delivery.body)
    assert row["body"]["tapped"] == button_data(int(row["body"]["tapped"].split(".")[0], 36), 0)

    world.telegram.redeliver()
    await world.telegram.drained()
    assert len(await dead_rows(world)) == 1
    # The answer that was asked for before is still taken, and it is the next thing that is said.
    assert "Dari desa mana" in (await world.says(SITI, "Siti Aminah")).text
    assert "daftar" in (await world.says(BUDI, "/start")).text.lower()
    world.telegram.take_refusals()  # a tap is acknowledged again, which the platform does not care for


async def test_messages_behind_a_poisoned_one_of_others_go_on_in_the_same_batch(world: World, poison: None) -> None:
    await world.says(SITI, "/start")
    await poisoned_key(world, SITI)
    world.telegram.tap(SITI, world.telegram.heard(SITI)[-1].id, "Racun")
    for chat in range(100, 110):
        world.telegram.write(chat, "/start")

    for chat in range(100, 110):
        assert "Daftar produk" in (await world.next(chat)).labels
    assert SORRY in (await world.next(SITI)).text
    assert len(await dead_rows(world)) == 1


async def break_the_form(world: World, change: Mapping[str, Any]) -> None:
    def fn(tx: Any) -> None:
        body = tx.execute(select(draft.c.body).where(draft.c.active)).scalar_one()
        tx.execute(update(draft).where(draft.c.active).values(body={**body, **change}))

    await world.building.store.write(fn)


async def test_a_form_in_which_everything_raises_lets_its_person_out(world: World) -> None:
    """An answer of a shape that the code does not know: whoever is in it is not held for ever."""
    await to_name(world, SITI)
    await break_the_form(world, {"answers": {"consent": "ya", "adult": "ya", "unit": 7}})
    await world.says(SITI, "Siti Aminah")

    sorry = [await world.says(SITI, "lewati"), await world.says(SITI, "lewati")]  # the end of the form raises

    assert all(SORRY in said.text for said in sorry)
    assert [row["reason"] for row in await dead_rows(world)] == ["TypeError", "TypeError"]
    assert "menu" in (await world.says(SITI, "menu")).text.lower()
    assert len(await dead_rows(world)) == 2


async def test_a_form_that_cannot_be_read_is_said_to_be_gone(world: World) -> None:
    await to_name(world, SITI)
    await break_the_form(world, {"conversation": 5, "answers": 7})

    await world.says(SITI, "Siti Aminah")

    assert await dead_rows(world) == []
    await to_name(world, SITI)
    assert "Dari desa mana" in (await world.says(SITI, "Siti Aminah")).text


async def test_an_upload_whose_turn_raises_is_answered_the_same_each_time(world: World) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{world.url}/chat") as page:
            assert page.status == 200
        async with session.post(f"{world.url}/chat/messages", json={"key": "a" * 20, "text": "daftar"}) as answer:
            assert answer.status == 200
        await break_the_form(world, {"answers": {"consent": "ya", "adult": "ya", "unit": 7, "name": {"x": 1}}})
        answers = []
        for _ in range(2):
            form = aiohttp.FormData()
            form.add_field("key", "b" * 20)
            form.add_field("photo", picture(1), filename="foto.jpg", content_type="image/jpeg")
            headers = {"Origin": world.url, "Accept": "application/json"}
            async with session.post(f"{world.url}/chat/photos", data=form, headers=headers) as answer:
                answers.append((answer.status, json.loads(await answer.text())))
    assert answers[0] == answers[1]
    assert answers[0][0] in {200, 422}
