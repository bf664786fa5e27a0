"""Each way in which a call can fail, on a real socket, and what it means (reliability.md, appendix B)."""

import asyncio
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
import telegram.error
from telegram import Bot

from bot.channels.base import Ambiguous, ChannelDown, NotSent, Refused, SendError, Throttled, Unreachable
from bot.channels.fakes.telegram import FakeTelegram, Fault
from bot.channels.telegram import PollConflict, classify
from bot.channels.telegram.request import TelegramRequest

CHAT = 42
GROUP_MOVED = Fault.refusing(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)

ON_THE_WIRE: list[tuple[str, Fault, type[SendError]]] = [
    ("reset before it was taken", Fault.cut(), Ambiguous),
    ("taken, then reset", Fault.lost(), Ambiguous),
    ("taken, no answer", Fault.mute(), Ambiguous),
    ("half of the answer", Fault.half(), Ambiguous),
    ("a proxy's 502", Fault.bad_gateway(), Ambiguous),
    ("500 of its own", Fault.restarting(), Ambiguous),
    ("a page with 200", Fault(answer=b"<html>maintenance</html>"), Ambiguous),
    ("429", Fault.throttled(7), Throttled),
    ("429 without a time", Fault.refusing(429, "Too Many Requests: later"), Throttled),
    ("401", Fault.unauthorized(), ChannelDown),
    ("404", Fault.refusing(404, "Not Found"), ChannelDown),
    ("403", Fault.blocked(), Unreachable),
    ("400 chat not found", Fault.refusing(400, "Bad Request: chat not found"), Unreachable),
    ("400 anything else", Fault.refusing(400, "Bad Request: message text is empty"), Refused),
    ("413", Fault.refusing(413, "Request Entity Too Large"), Refused),
    ("409", Fault.refusing(409, "Conflict: terminated by other getUpdates request"), PollConflict),
    ("the group moved", GROUP_MOVED, Unreachable),
]


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        running.write(CHAT, "/start")
        yield running


async def failure_of(api_url: str, read_timeout: float = 0.3) -> SendError:
    request = TelegramRequest()
    bot = Bot("7000000001:" + "F" * 35, base_url=f"{api_url}/bot", request=request, get_updates_request=request)
    try:
        with pytest.raises(telegram.error.TelegramError) as raised:
            await bot.send_message(CHAT, "halo", read_timeout=read_timeout, connect_timeout=0.3)
    finally:
        await request.shutdown()
    return classify(raised.value)


@pytest.mark.parametrize(("fault", "meaning"), [row[1:] for row in ON_THE_WIRE], ids=[row[0] for row in ON_THE_WIRE])
async def test_an_answer_of_the_platform_means_what_the_table_says(
    fake: FakeTelegram, fault: Fault, meaning: type[SendError]
) -> None:
    fake.fail(fault, method="sendMessage")
    failure = await failure_of(fake.url)
    assert type(failure) is meaning
    assert fake.token not in str(failure)
    assert len(fake.heard(CHAT)) == int(fault.accepts)


async def test_a_refused_connection_was_not_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert type(await failure_of(f"http://127.0.0.1:{port}")) is NotSent


async def test_an_unknown_host_was_not_sent() -> None:
    assert type(await failure_of("http://nowhere.invalid")) is NotSent


async def test_a_server_without_tls_was_not_sent(fake: FakeTelegram) -> None:
    assert type(await failure_of(fake.url.replace("http:", "https:"))) is NotSent


async def test_a_connection_that_never_opens_was_not_sent() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        address = deaf.getsockname()
        queue = [socket.socket() for _ in range(4)]  # they fill the backlog, so that the next one gets no handshake
        for waiting in queue:
            waiting.setblocking(False)
            waiting.connect_ex(address)
        try:
            assert type(await failure_of(f"http://127.0.0.1:{address[1]}")) is NotSent
        finally:
            for waiting in queue:
                waiting.close()


async def test_a_full_pool_was_not_sent(fake: FakeTelegram) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
        request = TelegramRequest(session)
        bot = Bot(fake.token, base_url=f"{fake.url}/bot", request=request, get_updates_request=request)
        fake.fail(Fault.mute(), method="sendMessage")
        first = asyncio.ensure_future(bot.send_message(CHAT, "satu"))
        await fake.wait_for(CHAT, 1)
        with pytest.raises(telegram.error.TimedOut) as raised:
            await bot.send_message(CHAT, "dua", connect_timeout=0.2)
        assert type(classify(raised.value)) is NotSent
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_retry_after_is_read_in_seconds(fake: FakeTelegram) -> None:
    fake.fail(Fault.throttled(7), method="sendMessage")
    failure = await failure_of(fake.url)
    assert isinstance(failure, Throttled)
    assert failure.seconds == 7


def made(kind: type[telegram.error.TelegramError]) -> telegram.error.TelegramError:
    if kind in {telegram.error.RetryAfter, telegram.error.ChatMigrated}:
        return kind(1)
    return kind("said")


MEANINGS: dict[str, type[SendError]] = {
    "BadRequest": Refused,
    "ChatMigrated": Unreachable,
    "Conflict": PollConflict,
    "EndPointNotFound": Ambiguous,
    "Forbidden": Unreachable,
    "InvalidToken": ChannelDown,
    "NetworkError": Ambiguous,
    "PassportDecryptionError": Ambiguous,
    "RetryAfter": Throttled,
    "TelegramError": Ambiguous,
    "TimedOut": Ambiguous,
}


def test_every_class_of_the_library_has_a_row() -> None:
    assert set(telegram.error.__all__) == set(MEANINGS)


@pytest.mark.parametrize("name", MEANINGS)
def test_a_class_of_the_library_means_what_the_table_says(name: str) -> None:
    assert type(classify(made(getattr(telegram.error, name)))) is MEANINGS[name]


def test_what_nobody_knows_may_have_arrived() -> None:
    assert type(classify(RuntimeError("surprise"))) is Ambiguous
