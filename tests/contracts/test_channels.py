"""What every channel with a platform must do. A channel joins with a Stage of its own and one line in STAGES."""

import hashlib
import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Protocol

import pytest
from PIL import Image

from bot.channels.base import (
    Address,
    Ambiguous,
    Arrived,
    Channel,
    ChannelDown,
    FileGone,
    NotSent,
    Picture,
    Refused,
    SendError,
    Throttled,
    Unreachable,
    button_data,
)
from bot.channels.fakes.telegram import FakeTelegram, Fault
from bot.channels.rendering import length
from bot.channels.telegram import Telegram
from dialogue.message import Button, Kind, Part, Reply

ROW = 1234


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the person sees it."""

    text: str
    labels: tuple[str, ...]
    photos: int


class Stage(Protocol):
    """A channel, its platform, and one person whose chat is open."""

    channel: Channel
    person: Address

    def heard(self) -> list[Heard]: ...
    def says(self, text: str) -> Arrived: ...
    def taps(self, label: str) -> Arrived: ...
    def shows(self, photo: bytes, caption: str = "") -> Arrived: ...
    def forgets(self, file_id: str) -> None:
        """The platform no longer has this file."""

    def loses_the_line(self) -> None:
        """The next download ends half way."""

    def fails(self, failure: str) -> None:
        """The next send fails: throttled, unreachable, refused, down, unanswered."""

    def leaves(self) -> Arrived: ...
    def returns(self) -> Arrived: ...
    def redelivers(self) -> Arrived:
        """The last thing that arrived, once more."""


class TelegramStage:
    """Telegram before FakeTelegram."""

    CHAT = 42
    FAULTS = {  # noqa: RUF012  a table, never changed
        "throttled": Fault.throttled(3),
        "unreachable": Fault.blocked(),
        "refused": Fault.refusing(400, "Bad Request: message is too long"),
        "down": Fault.unauthorized(),
        "unanswered": Fault.lost(),
    }

    def __init__(self, fake: FakeTelegram, channel: Telegram) -> None:
        self.fake = fake
        self.channel: Channel = channel
        self.person = Address("telegram", channel.account, str(self.CHAT))
        self._read = channel.read
        fake.write(self.CHAT, "/start")

    def heard(self) -> list[Heard]:
        return [Heard(each.text, tuple(each.labels), len(each.photos)) for each in self.fake.heard(self.CHAT)]

    def says(self, text: str) -> Arrived:
        self.fake.write(self.CHAT, text)
        return self._last()

    def taps(self, label: str) -> Arrived:
        self.fake.tap(self.CHAT, self.fake.heard(self.CHAT)[-1].id, label)
        return self._last()

    def shows(self, photo: bytes, caption: str = "") -> Arrived:
        self.fake.photo(self.CHAT, photo, caption=caption)
        return self._last()

    def forgets(self, file_id: str) -> None:
        self.fake.lose_file(file_id, for_good=True)

    def loses_the_line(self) -> None:
        self.fake.fail(Fault.half(), method="file")

    def fails(self, failure: str) -> None:
        self.fake.fail(self.FAULTS[failure], method="sendMessage")

    def leaves(self) -> Arrived:
        self.fake.block(self.CHAT)
        return self._last()

    def returns(self) -> Arrived:
        self.fake.unblock(self.CHAT)
        return self._last()

    def redelivers(self) -> Arrived:
        self.fake.redeliver()
        return self._last()

    def _last(self) -> Arrived:
        return self._read(self.fake.updates[-1].body)


@asynccontextmanager
async def telegram_stage() -> AsyncIterator[Stage]:
    async with FakeTelegram(rates=False, strict=False) as fake:
        channel = Telegram(fake.token, api_url=fake.url)
        channel.limits = replace(channel.limits, gap_chat=0)
        yield TelegramStage(fake, channel)
        await channel.close()


STAGES: dict[str, Callable[[], AbstractAsyncContextManager[Stage]]] = {"telegram": telegram_stage}


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with STAGES[request.param]() as opened:
        yield opened


def picture(width: int) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (width, 60), "brown").save(file, "JPEG")
    return Picture(hashlib.sha256(file.getvalue()).hexdigest(), file.getvalue(), "image/jpeg")


PICTURES = {number: picture(80 + number) for number in range(1, 6)}


async def send(stage: Stage, reply: Reply) -> str:
    return (await stage.channel.send(stage.person, reply, row=ROW, pictures=PICTURES)).external_id


def answers(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label=label, does="answer", value=label) for label in labels)


# --- sending


async def test_the_parts_of_a_reply_arrive_as_one_message(stage: Stage) -> None:
    assert await send(stage, Reply.of("Tersimpan.", "Berapa harganya?"))
    assert stage.heard() == [Heard("Tersimpan.\n\nBerapa harganya?", (), 0)]


async def test_every_character_arrives_as_it_was_written(stage: Stage) -> None:
    text = "Kopi & <Teh> \"x\" 'y' 5*3*2 _a_ ~b~ `c` [d](e) 🌾 é \\ &lt; #f"
    await send(stage, Reply.of(text))
    assert stage.heard()[0].text == text


async def test_a_long_text_arrives_whole_in_messages_within_the_limit(stage: Stage) -> None:
    limits = stage.channel.limits
    text = "\n\n".join(f"{number}. " + "kopi 🌾 & teh. " * 40 for number in range(30))
    await send(stage, Reply.of(text, buttons=answers("Lanjut")))
    heard = stage.heard()
    assert " ".join(message.text for message in heard).split() == text.split()
    assert max(length(message.text, limits.units) for message in heard) <= limits.text
    assert [message.labels for message in heard] == [()] * (len(heard) - 1) + [("Lanjut",)]


async def test_a_tapped_key_says_which_row_and_which_key(stage: Stage) -> None:
    await send(stage, Reply.of("Setuju?", buttons=answers("Ya", "Tidak")))
    incoming = stage.taps("Tidak").incoming
    assert incoming is not None
    assert (incoming.kind, incoming.tapped) == (Kind.TAP, button_data(ROW, 1))


async def test_as_many_keys_as_the_channel_says_arrive(stage: Stage) -> None:
    labels = [f"Desa {number}" for number in range(stage.channel.limits.buttons)]
    await send(stage, Reply.of("Desa yang mana?", buttons=answers(*labels)))
    assert list(stage.heard()[-1].labels) == labels


async def test_photos_arrive_with_their_text_and_keys(stage: Stage) -> None:
    await send(stage, Reply(parts=(Part(text="Kopi", photos=(1, 2, 3)), Part(text="Benar?")), buttons=answers("Ya")))
    heard = stage.heard()
    assert sum(message.photos for message in heard) == 3
    assert "\n\n".join(message.text for message in heard if message.text) == "Kopi\n\nBenar?"
    assert heard[-1].labels == ("Ya",)


@pytest.mark.parametrize(
    ("failure", "meaning", "arrived"),
    [
        ("throttled", Throttled, 0),
        ("unreachable", Unreachable, 0),
        ("refused", Refused, 0),
        ("down", ChannelDown, 0),
        ("unanswered", Ambiguous, 1),
    ],
)
async def test_a_failure_has_its_name(stage: Stage, failure: str, meaning: type[SendError], arrived: int) -> None:
    stage.fails(failure)
    with pytest.raises(meaning):
        await send(stage, Reply.of("halo"))
    assert len(stage.heard()) == arrived


async def test_after_a_failure_the_next_message_goes(stage: Stage) -> None:
    for failure in ("throttled", "refused", "down", "unanswered"):
        stage.fails(failure)
        with pytest.raises(SendError):
            await send(stage, Reply.of(failure))
    await send(stage, Reply.of("halo"))
    assert stage.heard()[-1].text == "halo"


# --- arriving


async def test_a_text_arrives_with_who_and_when(stage: Stage) -> None:
    arrived = stage.says("  Kopi Bubuk\u202e ")
    assert arrived.address == stage.person
    assert arrived.at is not None
    assert arrived.raw
    assert arrived.incoming is not None
    assert (arrived.incoming.kind, arrived.incoming.text) == (Kind.TEXT, "Kopi Bubuk")


async def test_two_messages_have_two_ids_and_a_redelivery_has_none_of_its_own(stage: Stage) -> None:
    first, second = stage.says("satu"), stage.says("satu")
    assert first.external_id != second.external_id
    assert first.fingerprint != second.fingerprint
    assert stage.redelivers() == second


async def test_a_photo_arrives_with_its_caption_and_can_be_fetched(stage: Stage) -> None:
    incoming = stage.shows(PICTURES[1].data, caption="tampak depan").incoming
    assert incoming is not None
    assert (incoming.kind, incoming.text) == (Kind.PHOTO, "tampak depan")
    assert incoming.file is not None
    assert await stage.channel.fetch(incoming.file.file_id) == PICTURES[1].data


async def test_a_download_that_ends_half_way_can_be_tried_again(stage: Stage) -> None:
    incoming = stage.shows(PICTURES[1].data).incoming
    assert incoming is not None
    assert incoming.file is not None
    stage.loses_the_line()
    with pytest.raises(NotSent):
        await stage.channel.fetch(incoming.file.file_id)
    assert await stage.channel.fetch(incoming.file.file_id) == PICTURES[1].data


async def test_a_file_that_the_platform_forgot_is_gone(stage: Stage) -> None:
    incoming = stage.shows(PICTURES[1].data).incoming
    assert incoming is not None
    assert incoming.file is not None
    stage.forgets(incoming.file.file_id)
    with pytest.raises(FileGone):
        await stage.channel.fetch(incoming.file.file_id)


async def test_who_leaves_cannot_be_reached_until_they_return(stage: Stage) -> None:
    assert stage.leaves().reachable is False
    with pytest.raises(Unreachable):
        await send(stage, Reply.of("halo"))
    assert stage.returns().reachable is True
    await send(stage, Reply.of("halo"))


async def test_an_acknowledgement_never_raises(stage: Stage) -> None:
    await send(stage, Reply.of("Setuju?", buttons=answers("Ya")))
    arrived = stage.taps("Ya")
    await stage.channel.acknowledge(arrived)
    await stage.channel.acknowledge(arrived)
