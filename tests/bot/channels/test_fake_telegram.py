"""The fake keeps the platform's rules: each limit at its edge and one above it (platforms.md A.5)."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import Conflict, RetryAfter

from bot.channels.fakes.telegram import FakeTelegram, Fault, RefusedCall, checked_html, utf16

CHAT = 42
DATA_64 = "é" * 32

Call = Callable[..., Awaitable[tuple[int, Any]]]


def jpeg(width: int = 20, height: int = 20, *, padding: int = 0) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "JPEG")
    return file.getvalue() + bytes(padding)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(rates=False, scale=0.001) as running:
        running.write(CHAT, "/start")
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as open_session:
        yield open_session


@pytest.fixture
def call(fake: FakeTelegram, session: aiohttp.ClientSession) -> Call:
    async def called(method: str, files: dict[str, bytes] | None = None, **fields: Any) -> tuple[int, Any]:
        return await asked(session, fake, method, files, **fields)

    return called


async def asked(
    session: aiohttp.ClientSession,
    fake: FakeTelegram,
    method: str,
    files: dict[str, bytes] | None = None,
    **fields: Any,
) -> tuple[int, Any]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, content in (files or {}).items():
        form.add_field(name, io.BytesIO(content), filename=name)
    async with session.post(f"{fake.url}/bot{fake.token}/{method}", data=form) as response:
        return response.status, await response.json()


def inline(*rows: int, data: str = "x", text: str = "Ya") -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data}] * row for row in rows]}


def album(count: int) -> dict[str, Any]:
    media = [{"type": "photo", "media": f"attach://p{number}"} for number in range(count)]
    return {"media": media, "files": {f"p{number}": jpeg() for number in range(count)}}


def commands(count: int, *, word: str = "menu", description: str = "x") -> list[dict[str, str]]:
    return [{"command": word, "description": description}] * count


CAPTION = {"files": {"photo": jpeg()}}
EDGES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("text", "sendMessage", {"text": "a" * 4096}, {"text": "a" * 4097}),
    ("text in UTF-16 units", "sendMessage", {"text": "🌾" * 2048}, {"text": "🌾" * 2048 + "a"}),
    (
        "text after entities",
        "sendMessage",
        {"text": "<b>" + "&lt;" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "<b>" + "&lt;" * 4097 + "</b>", "parse_mode": "HTML"},
    ),
    ("no text", "sendMessage", {"text": "a"}, {"text": " \n"}),
    ("caption", "sendPhoto", {**CAPTION, "caption": "a" * 1024}, {**CAPTION, "caption": "a" * 1025}),
    (
        "callback data in bytes",
        "sendMessage",
        {"text": "a", "reply_markup": inline(1, data=DATA_64)},
        {"text": "a", "reply_markup": inline(1, data=DATA_64 + "a")},
    ),
    (
        "no callback data",
        "sendMessage",
        {"text": "a", "reply_markup": inline(1)},
        {"text": "a", "reply_markup": inline(1, data="")},
    ),
    (
        "no label",
        "sendMessage",
        {"text": "a", "reply_markup": inline(1)},
        {"text": "a", "reply_markup": inline(1, text=" ")},
    ),
    (
        "keys in a row",
        "sendMessage",
        {"text": "a", "reply_markup": inline(8)},
        {"text": "a", "reply_markup": inline(9)},
    ),
    (
        "keys",
        "sendMessage",
        {"text": "a", "reply_markup": inline(*[5] * 20)},
        {"text": "a", "reply_markup": inline(*[5] * 20, 1)},
    ),
    ("least album", "sendMediaGroup", album(2), album(1)),
    ("largest album", "sendMediaGroup", album(10), album(11)),
    (
        "photo bytes",
        "sendPhoto",
        {"files": {"photo": jpeg(padding=10 * 2**20 - len(jpeg()))}},
        {"files": {"photo": jpeg(padding=10 * 2**20 - len(jpeg()) + 1)}},
    ),
    ("photo sides", "sendPhoto", {"files": {"photo": jpeg(5000, 5000)}}, {"files": {"photo": jpeg(5000, 5001)}}),
    ("photo ratio", "sendPhoto", {"files": {"photo": jpeg(400, 20)}}, {"files": {"photo": jpeg(401, 20)}}),
    ("a photo is a picture", "sendPhoto", {"files": {"photo": jpeg()}}, {"files": {"photo": b"%PDF-1.7"}}),
    ("commands", "setMyCommands", {"commands": commands(100)}, {"commands": commands(101)}),
    (
        "a command's word",
        "setMyCommands",
        {"commands": commands(1, word="a" * 32)},
        {"commands": commands(1, word="a" * 33)},
    ),
    ("a command's letters", "setMyCommands", {"commands": commands(1)}, {"commands": commands(1, word="Menu")}),
    (
        "a command's description",
        "setMyCommands",
        {"commands": commands(1, description="a" * 256)},
        {"commands": commands(1, description="a" * 257)},
    ),
    (
        "secret",
        "setWebhook",
        {"url": "https://a.example/", "secret_token": "a" * 256},
        {"url": "https://a.example/", "secret_token": "a" * 257},
    ),
    ("port", "setWebhook", {"url": "https://a.example:8443/x"}, {"url": "https://a.example:8000/x"}),
    ("https", "setWebhook", {"url": "https://a.example/x"}, {"url": "http://a.example/x"}),
    (
        "connections",
        "setWebhook",
        {"url": "https://a.example/x", "max_connections": 100},
        {"url": "https://a.example/x", "max_connections": 101},
    ),
    ("an action", "sendChatAction", {"action": "typing"}, {"action": "thinking"}),
    ("a chat that wrote", "sendMessage", {"text": "a"}, {"text": "a", "chat_id": "nobody"}),
]


@pytest.mark.parametrize(("method", "edge", "above"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES])
async def test_a_limit_holds_at_its_edge_and_not_above(
    fake: FakeTelegram, call: Call, method: str, edge: dict[str, Any], above: dict[str, Any]
) -> None:
    status, _ = await call(method, **{"chat_id": CHAT, **edge})
    assert status == 200
    assert fake.refusals == []
    status, answer = await call(method, **{"chat_id": CHAT, **above})
    assert (status, answer["ok"]) == (400, False)
    assert len(fake.take_refusals()) == 1


# --- entities


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<b>a</b> &lt;b&gt; &amp;amp; &nbsp; & x", "a <b> &amp; &nbsp; & x"),
        ('<a href="https://a.example/?a=1">x</a>', "x"),
        ("<b><i>a</i></b>", "a"),
        ("a > b", "a > b"),
    ],
)
def test_html_is_read_as_the_platform_reads_it(html: str, seen: str) -> None:
    assert checked_html(html) == seen


@pytest.mark.parametrize("html", ["<b>a", "a</b>", "<b><i>a</b></i>", "<div>a</div>", "a < b", "<b", "<", "<br>"])
def test_html_that_does_not_nest_is_refused(html: str) -> None:
    with pytest.raises(RefusedCall, match="can't parse entities"):
        checked_html(html)


def test_lengths_are_counted_in_utf16_units() -> None:
    assert [utf16(text) for text in ("a", "é", "🌾", "👩‍🌾")] == [1, 1, 2, 5]


# --- pace


async def test_thirty_messages_a_second_go_and_the_next_waits(session: aiohttp.ClientSession) -> None:
    async with FakeTelegram() as fake:
        for chat in range(1, 32):
            fake.write(chat, "/start")
        answers = [await asked(session, fake, "sendMessage", chat_id=chat, text="x") for chat in range(1, 32)]
        assert [status for status, _ in answers] == [200] * 30 + [429]
        assert answers[-1][1]["parameters"] == {"retry_after": 1}
        fake.take_refusals()


async def test_a_chat_takes_one_message_a_second(session: aiohttp.ClientSession) -> None:
    async with FakeTelegram() as fake:
        fake.write(CHAT, "/start")
        assert (await asked(session, fake, "sendMessage", chat_id=CHAT, text="x"))[0] == 200
        assert (await asked(session, fake, "sendMessage", chat_id=CHAT, text="x"))[0] == 429
        fake.take_refusals()
        await asyncio.sleep(1)
        assert (await asked(session, fake, "sendMessage", chat_id=CHAT, text="x"))[0] == 200


# --- chats


async def test_who_never_wrote_cannot_be_written_to(session: aiohttp.ClientSession) -> None:
    async with FakeTelegram() as fake:
        status, answer = await asked(session, fake, "sendMessage", chat_id=7, text="x")
        assert (status, answer["description"]) == (400, "Bad Request: chat not found")
        fake.take_refusals()


async def test_who_blocked_the_bot_hears_nothing_until_they_come_back(fake: FakeTelegram, call: Call) -> None:
    fake.block(CHAT)
    assert (await call("sendMessage", chat_id=CHAT, text="x"))[0] == 403
    fake.unblock(CHAT)
    assert (await call("sendMessage", chat_id=CHAT, text="x"))[0] == 200


async def test_a_number_can_be_asked_for_only_in_a_private_chat(fake: FakeTelegram, call: Call) -> None:
    fake.write(-5, "halo")
    keyboard = {"keyboard": [[{"text": "Bagikan", "request_contact": True}]]}
    assert (await call("sendMessage", chat_id=CHAT, text="x", reply_markup=keyboard))[0] == 200
    assert (await call("sendMessage", chat_id=-5, text="x", reply_markup=keyboard))[0] == 400
    fake.take_refusals()


async def test_a_message_is_edited_once_and_the_same_edit_refused(fake: FakeTelegram, call: Call) -> None:
    _, answer = await call("sendMessage", chat_id=CHAT, text="x", reply_markup=inline(1))
    target = {"chat_id": CHAT, "message_id": answer["result"]["message_id"]}
    assert (await call("editMessageText", **target, text="y"))[0] == 200
    assert fake.heard(CHAT)[0].labels == []
    assert "not modified" in (await call("editMessageText", **target, text="y"))[1]["description"]
    assert "not found" in (await call("editMessageText", chat_id=CHAT, message_id=999, text="y"))[1]["description"]
    assert (await call("editMessageReplyMarkup", **target, reply_markup=inline(1)))[0] == 200
    assert len(fake.take_refusals()) == 2


async def test_a_tap_is_answered_once(fake: FakeTelegram, call: Call) -> None:
    await call("sendMessage", chat_id=CHAT, text="x", reply_markup=inline(1))
    tap = fake.tap(CHAT, fake.heard(CHAT)[0].id, "Ya")
    assert (await call("answerCallbackQuery", callback_query_id=tap))[0] == 200
    assert "too old" in (await call("answerCallbackQuery", callback_query_id=tap))[1]["description"]
    fake.take_refusals()


async def test_leaving_with_a_refused_call_fails(session: aiohttp.ClientSession) -> None:
    with pytest.raises(AssertionError, match="message text is empty"):
        async with FakeTelegram(rates=False) as fake:
            await asked(session, fake, "sendMessage", chat_id=CHAT, text="")


# --- files


async def test_a_file_has_an_address_with_the_token(
    fake: FakeTelegram, call: Call, session: aiohttp.ClientSession
) -> None:
    data = jpeg()
    file_id = fake.photo(CHAT, data)
    _, answer = await call("getFile", file_id=file_id)
    assert answer["result"]["file_size"] == len(data)
    async with session.get(f"{fake.url}/file/bot{fake.token}/{answer['result']['file_path']}") as response:
        assert await response.read() == data


async def test_a_file_above_20_mb_cannot_be_had(fake: FakeTelegram, call: Call) -> None:
    edge = fake.photo(CHAT, b"x", size=20 * 2**20)
    above = fake.photo(CHAT, b"x", size=20 * 2**20 + 1)
    assert (await call("getFile", file_id=edge))[0] == 200
    assert "too big" in (await call("getFile", file_id=above))[1]["description"]
    fake.take_refusals()


async def test_an_upload_can_be_sent_again_by_its_id(fake: FakeTelegram, call: Call) -> None:
    _, answer = await call("sendPhoto", {"photo": jpeg()}, chat_id=CHAT)
    largest = max(answer["result"]["photo"], key=lambda size: size["width"])
    assert (await call("sendPhoto", chat_id=CHAT, photo=largest["file_id"]))[0] == 200
    assert (await call("sendDocument", {"document": b"%PDF-1.7"}, chat_id=CHAT))[0] == 200


# --- webhook


class Door:
    """A bot's webhook, which answers what it is told to."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.texts: list[str] = []
        self.secrets: list[str | None] = []
        self.url = ""
        self.refused = ""
        self.knocked = asyncio.Condition()

    async def saw(self, text: str) -> None:
        async with self.knocked:
            await self.knocked.wait_for(lambda: text in self.texts)

    async def take(self, request: web.BaseRequest) -> web.Response:
        update = json.loads(await request.read())
        text = update.get("message", {}).get("text", "")
        self.texts.append(text)
        async with self.knocked:
            self.knocked.notify_all()
        if text == self.refused:
            return web.Response(status=500)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    opened = Door()
    runner = web.ServerRunner(web.Server(opened.take))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/telegram"
    yield opened
    await runner.cleanup()


async def test_updates_are_pushed_in_order_with_the_secret(fake: FakeTelegram, call: Call, door: Door) -> None:
    await call("setWebhook", url=door.url, secret_token="s3cret")
    for text in ("satu", "dua", "tiga"):
        fake.write(CHAT, text)
    await fake.drained()
    assert door.texts == ["/start", "satu", "dua", "tiga"]
    assert set(door.secrets) == {"s3cret"}


async def test_what_is_not_taken_comes_again_before_what_follows(fake: FakeTelegram, call: Call, door: Door) -> None:
    door.answers = [503, 500, 200]
    await call("setWebhook", url=door.url)
    fake.write(CHAT, "satu")
    await fake.drained()
    assert door.texts == ["/start", "/start", "/start", "satu"]
    assert fake.updates[0].statuses == [503, 500, 200]


async def test_one_chat_that_fails_does_not_hold_up_another(fake: FakeTelegram, call: Call, door: Door) -> None:
    door.refused = "satu"
    await call("setWebhook", url=door.url)
    for text in ("satu", "tiga"):
        fake.write(CHAT, text)
    fake.write(43, "dua")
    await door.saw("dua")
    assert "tiga" not in door.texts
    door.refused = ""
    await fake.drained()
    assert door.texts[-1] == "tiga"


async def test_a_redelivery_is_the_same_update(fake: FakeTelegram, call: Call, door: Door) -> None:
    await call("setWebhook", url=door.url)
    fake.write(CHAT, "satu")
    fake.redeliver()
    await fake.drained()
    assert door.texts == ["/start", "satu", "satu"]


async def test_updates_that_nobody_asked_for_do_not_come(fake: FakeTelegram, call: Call, door: Door) -> None:
    await call("setWebhook", url=door.url, allowed_updates=["callback_query"])
    fake.write(CHAT, "satu")
    await fake.drained()
    assert door.texts == ["/start"]  # it was waiting already


async def test_what_waits_is_kept_unless_told_otherwise(fake: FakeTelegram, call: Call) -> None:
    assert (await call("getWebhookInfo"))[1]["result"]["pending_update_count"] == 1
    await call("deleteWebhook")
    assert len((await call("getUpdates"))[1]["result"]) == 1
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))[1]["result"] == []


# --- polling


async def test_an_offset_confirms_what_is_below(fake: FakeTelegram, call: Call) -> None:
    fake.write(CHAT, "satu")
    _, answer = await call("getUpdates", limit=1)
    [first] = answer["result"]
    _, answer = await call("getUpdates", offset=first["update_id"] + 1)
    assert [update["message"]["text"] for update in answer["result"]] == ["satu"]


async def test_a_poller_is_woken_by_news(fake: FakeTelegram, call: Call) -> None:
    _, answer = await call("getUpdates")
    waiting = asyncio.ensure_future(call("getUpdates", offset=answer["result"][0]["update_id"] + 1, timeout=30))
    await fake.called(2)
    fake.write(CHAT, "satu")
    async with asyncio.timeout(5):
        assert len((await waiting)[1]["result"]) == 1


async def test_beside_a_webhook_there_is_no_polling(fake: FakeTelegram, call: Call, door: Door) -> None:
    await call("setWebhook", url=door.url)
    assert (await call("getUpdates"))[0] == 409


# --- an independent client: python-telegram-bot over its own httpx


async def test_python_telegram_bots_own_client_gets_along_with_it() -> None:
    async with FakeTelegram(rates=False) as fake:
        fake.write(CHAT, "/start")
        photo = fake.photo(CHAT, jpeg())
        bot = Bot(fake.token, base_url=f"{fake.url}/bot", base_file_url=f"{fake.url}/file/bot")
        async with bot:
            assert bot.username == "sambang_uji_bot"
            updates = await bot.get_updates(timeout=0)
            assert [update.effective_chat and update.effective_chat.id for update in updates] == [CHAT, CHAT]
            keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="a.0")]])
            message = await bot.send_message(CHAT, "<b>halo</b>", parse_mode="HTML", reply_markup=keyboard)
            assert (message.text, message.reply_markup) == ("halo", keyboard)
            assert (await message.edit_text("hai")).edit_date is not None  # type: ignore[union-attr]  # no inline message
            assert len((await bot.send_photo(CHAT, jpeg(), caption="kopi")).photo) == 3
            assert len(await bot.send_media_group(CHAT, [InputMediaPhoto(jpeg()), InputMediaPhoto(jpeg())])) == 2
            assert await (await bot.get_file(photo)).download_as_bytearray() == jpeg()
            assert await bot.set_my_commands([("menu", "Menu")])
            assert await bot.send_chat_action(CHAT, "typing")
            tap = fake.tap(CHAT, (await bot.send_message(CHAT, "?", reply_markup=keyboard)).message_id, "Ya")
            assert await bot.answer_callback_query(tap)
            assert (await bot.get_webhook_info()).pending_update_count == 3
            fake.fail(Fault.throttled(3))
            with pytest.raises(RetryAfter):
                await bot.send_message(CHAT, "x")
            await bot.set_webhook("https://a.example/x")
            with pytest.raises(Conflict):
                await bot.get_updates()


# --- waiting


async def test_waiting_in_vain_shows_what_was_said(fake: FakeTelegram) -> None:
    with pytest.raises(TimeoutError, match="/start"):
        await fake.wait_for(CHAT, 1, 0.01)


async def test_waiting_ends_with_the_message(fake: FakeTelegram, call: Call) -> None:
    waiting = asyncio.ensure_future(fake.wait_for(CHAT, lambda heard: any("halo" in each.text for each in heard)))
    await call("sendMessage", chat_id=CHAT, text="apa")
    await call("sendMessage", chat_id=CHAT, text="halo")
    assert len(await waiting) == 2


async def test_every_nth_update_comes_twice(door: Door, session: aiohttp.ClientSession) -> None:
    async with FakeTelegram(rates=False, duplicates_every=2) as fake:
        await asked(session, fake, "setWebhook", url=door.url)
        for text in ("satu", "dua", "tiga", "empat"):
            fake.write(CHAT, text)
        await fake.drained()
    assert len(door.texts) == 6
