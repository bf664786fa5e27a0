"""The Telegram channel against a platform that keeps Telegram's rules."""

import asyncio
import hashlib
import io
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PIL import Image

from bot.channels.base import Address, Ambiguous, ChannelDown, FileGone, NotSent, Picture, Refused, Unreachable
from bot.channels.fakes.telegram import FakeTelegram, Fault, utf16
from bot.channels.telegram import PollConflict, Telegram, Unreadable
from bot.channels.telegram.rendering import LIMITS
from dialogue.message import Button, Kind, Part, Reply

CHAT = 42
TRIES = 2  # aiohttp asks once more where a kept connection ended under a GET
SECRET = "rahasia-untuk-uji"
TO = Address("telegram", "7000000001", str(CHAT))


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(rates=False, scale=0.01) as running:
        running.write(CHAT, "/start")
        yield running


@pytest.fixture
async def channel(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    telegram = Telegram(fake.token, api_url=fake.url, secret=SECRET)
    telegram.limits = replace(telegram.limits, gap_chat=0)
    yield telegram
    await telegram.close()


def picture(colour: str = "brown", size: tuple[int, int] = (64, 48)) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "WEBP")
    return Picture(hashlib.sha256(file.getvalue()).hexdigest(), file.getvalue())


PICTURES = {number: picture(size=(60 + number, 40)) for number in range(1, 13)}


async def sent(channel: Telegram, reply: Reply, row: int = 100) -> str:
    return (await channel.send(TO, reply, row=row, pictures=PICTURES)).external_id


def keys(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label=label, does="answer", value=label) for label in labels)


# --- texts


async def test_the_parts_of_a_reply_are_one_message(fake: FakeTelegram, channel: Telegram) -> None:
    external_id = await sent(channel, Reply.of("Tersimpan.", "Berapa harganya?", buttons=keys("Kembali")))
    [message] = fake.heard(CHAT)
    assert message.text == "Tersimpan.\n\nBerapa harganya?"
    assert external_id == str(message.id)


async def test_markup_of_ours_is_bold_and_of_others_is_text(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply.of("*Kopi <Tuan> & Nyonya* 5*3*2 <b>x</b> &lt;"))
    [message] = fake.heard(CHAT)
    assert message.text == "Kopi <Tuan> & Nyonya 5*3*2 <b>x</b> &lt;"
    assert message.html.startswith("<b>Kopi &lt;Tuan&gt;")


@pytest.mark.parametrize("letter", ["a", "é", "🌾", "<"])
async def test_a_text_at_the_limit_is_one_message_and_above_it_two(
    fake: FakeTelegram, channel: Telegram, letter: str
) -> None:
    text = letter * (LIMITS.text // utf16(letter))
    await sent(channel, Reply.of(text))
    assert len(fake.heard(CHAT)) == 1
    await sent(channel, Reply.of(text + "x"))
    assert len(fake.heard(CHAT)) == 3
    assert "".join(message.text for message in fake.heard(CHAT)[1:]) == text + "x"


async def test_a_long_text_is_cut_between_paragraphs_and_the_keys_stand_under_the_last(
    fake: FakeTelegram, channel: Telegram
) -> None:
    paragraphs = [f"{number} " + "kopi bubuk. " * 100 for number in range(5)]
    await sent(channel, Reply.of(*paragraphs, buttons=keys("Lanjut")))
    first, second = fake.heard(CHAT)
    assert f"{first.text}\n\n{second.text}".split() == " ".join(paragraphs).split()
    assert first.text.endswith("bubuk.")
    assert (first.labels, second.labels) == ([], ["Lanjut"])


async def test_a_formatting_that_the_platform_rejects_is_sent_plain(fake: FakeTelegram, channel: Telegram) -> None:
    fake.fail(Fault.refusing(400, "Bad Request: can't parse entities: Unsupported start tag"), method="sendMessage")
    await sent(channel, Reply.of("*Kopi* < teh"))
    [message] = fake.heard(CHAT)
    assert (message.text, message.html) == ("Kopi < teh", "Kopi < teh")


async def test_an_empty_reply_is_refused_before_it_leaves(fake: FakeTelegram, channel: Telegram) -> None:
    calls = fake.calls
    with pytest.raises(Refused):
        await sent(channel, Reply())
    assert fake.calls == calls


# --- keys


async def test_keys_carry_the_row_and_their_place(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply.of("Setuju?", buttons=keys("Ya", "Tidak")), row=100)
    assert fake.heard(CHAT)[0].keys == {"Ya": "2s.0", "Tidak": "2s.1"}


async def test_short_labels_stand_two_in_a_row_and_long_ones_alone(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply.of("?", buttons=keys("Ya", "Tidak", "Desa Balerejo, Kec. Wlingi", "Batal")))
    rows = fake.heard(CHAT)[0].markup["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows] == [
        ["Ya", "Tidak"],
        ["Desa Balerejo, Kec. Wlingi"],
        ["Batal"],
    ]


async def test_a_hundred_keys_go(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply.of("Desa?", buttons=keys(*(f"Desa {number}" for number in range(100)))), row=2**40)
    assert len(fake.heard(CHAT)[0].keys) == 100


async def test_one_key_too_many_is_refused(fake: FakeTelegram, channel: Telegram) -> None:
    with pytest.raises(Refused):
        await sent(channel, Reply.of("Desa?", buttons=keys(*(f"Desa {number}" for number in range(101)))))
    assert len(fake.take_refusals()) == 1


async def test_the_key_that_shares_a_number_comes_and_goes(fake: FakeTelegram, channel: Telegram) -> None:
    share = Button(label="Bagikan nomor", does="phone")
    await sent(channel, Reply(parts=(Part(text="Nomor HP?"),), buttons=(share, *keys("Lewati")), asks_phone=True))
    keyboard = fake.heard(CHAT)[0].markup["keyboard"]
    assert keyboard == [[{"text": "Bagikan nomor", "request_contact": True}], [{"text": "Lewati"}]]
    await sent(channel, Reply.of("Nama?", buttons=keys("Kembali")))
    await sent(channel, Reply.of("Terima kasih."))
    await sent(channel, Reply.of("Sampai jumpa."))
    assert [message.markup for message in fake.heard(CHAT)[2:]] == [{"remove_keyboard": True}, {}]


async def test_a_message_that_took_a_key_away_is_replaced_by_a_new_one(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(text="Nomor HP?"),), asks_phone=True))
    first = await sent(channel, Reply.of("Mengirim 1 dari 9"))
    await sent(channel, Reply(parts=(Part(text="Mengirim 2 dari 9"),), edits=first))
    assert [message.text for message in fake.heard(CHAT)[1:]] == ["Mengirim 1 dari 9", "Mengirim 2 dari 9"]
    [refusal] = fake.take_refusals()
    assert "can't be edited" in refusal.description


# --- photos


async def test_a_photo_carries_its_text_and_keys(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(text="*Kopi*", photos=(1,)), Part(text="Benar?")), buttons=keys("Ya")))
    [message] = fake.heard(CHAT)
    assert (message.text, message.photos, message.labels) == ("Kopi\n\nBenar?", (PICTURES[1].data,), ["Ya"])


async def test_an_album_comes_before_its_text_and_keys(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(text="Kopi", photos=(1, 2, 3)),), buttons=keys("Ya")))
    *album, text = fake.heard(CHAT)
    assert [message.photos for message in album] == [(PICTURES[number].data,) for number in (1, 2, 3)]
    assert len({message.album for message in album}) == 1
    assert (text.text, text.labels) == ("Kopi", ["Ya"])


async def test_an_album_without_keys_carries_its_text(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(text="Kopi", photos=(1, 2)),)))
    assert [message.text for message in fake.heard(CHAT)] == ["Kopi", ""]


async def test_a_caption_above_the_limit_becomes_a_message(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(text="a" * LIMITS.caption, photos=(1,)),)))
    await sent(channel, Reply(parts=(Part(text="a" * (LIMITS.caption + 1), photos=(1,)),)))
    assert [(len(message.text), len(message.photos)) for message in fake.heard(CHAT)] == [(1024, 1), (0, 1), (1025, 0)]


async def test_a_large_photo_is_sent_whole(fake: FakeTelegram, channel: Telegram) -> None:
    large = Picture("large", PICTURES[1].data + bytes(3_000_000))
    await channel.send(TO, Reply(parts=(Part(text="Kopi", photos=(1,)),)), row=1, pictures={1: large})
    assert fake.heard(CHAT)[0].photos == (large.data,)


async def test_more_photos_than_an_album_holds_come_in_two(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(photos=tuple(range(1, 12))),)))
    assert [len(message.album) > 0 for message in fake.heard(CHAT)] == [True] * 10 + [False]


async def test_keys_under_photos_alone_have_something_to_stand_under(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(photos=(1, 2)),), buttons=keys("Ya")))
    assert fake.heard(CHAT)[-1].labels == ["Ya"]


async def test_a_photo_that_we_no_longer_have_is_left_out(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply(parts=(Part(text="Kopi", photos=(99,)),)))
    [message] = fake.heard(CHAT)
    assert (message.text, message.photos) == ("Kopi", ())


# --- edits


async def test_an_answer_replaces_the_message_it_belongs_to(fake: FakeTelegram, channel: Telegram) -> None:
    first = await sent(channel, Reply.of("Hadir?", buttons=keys("Ya")))
    again = await sent(channel, Reply(parts=(Part(text="Anda hadir."),), edits=first))
    [message] = fake.heard(CHAT)
    assert (again, message.text, message.labels, message.edited) == (first, "Anda hadir.", [], True)


async def test_the_same_edit_twice_is_a_success(fake: FakeTelegram, channel: Telegram) -> None:
    first = await sent(channel, Reply.of("Hadir?"))
    change = Reply(parts=(Part(text="Anda hadir."),), edits=first)
    assert await sent(channel, change) == await sent(channel, change) == first
    [refusal] = fake.take_refusals()
    assert "not modified" in refusal.description


@pytest.mark.parametrize("target", ["999", "no number"])
async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(
    fake: FakeTelegram, channel: Telegram, target: str
) -> None:
    await sent(channel, Reply(parts=(Part(text="Anda hadir."),), edits=target))
    assert fake.heard(CHAT)[0].text == "Anda hadir."
    fake.take_refusals()


async def test_an_edit_of_a_photo_is_sent_anew(fake: FakeTelegram, channel: Telegram) -> None:
    photo = await sent(channel, Reply(parts=(Part(text="Kopi", photos=(1,)),)))
    await sent(channel, Reply(parts=(Part(text="Diterima."),), edits=photo))
    assert [message.text for message in fake.heard(CHAT)] == ["Kopi", "Diterima."]
    fake.take_refusals()


# --- what goes wrong half way


async def test_a_later_part_waits_for_the_platform(fake: FakeTelegram, channel: Telegram) -> None:
    fake.fail(Fault.throttled(1), method="sendMessage")
    await sent(channel, Reply(parts=(Part(text="Kopi", photos=(1, 2)),), buttons=keys("Ya")))
    assert [message.text for message in fake.heard(CHAT)] == ["", "", "Kopi"]


async def test_a_reply_of_which_only_a_part_is_out_is_ambiguous(fake: FakeTelegram, channel: Telegram) -> None:
    fake.fail(Fault.unauthorized(), method="sendMessage")
    with pytest.raises(Ambiguous):
        await sent(channel, Reply(parts=(Part(text="Kopi", photos=(1, 2)),), buttons=keys("Ya")))
    assert len(fake.heard(CHAT)) == 2


async def test_messages_of_one_reply_keep_the_chats_pace() -> None:
    async with FakeTelegram() as strict:
        strict.write(CHAT, "/start")
        channel = Telegram(strict.token, api_url=strict.url)
        try:
            await sent(channel, Reply(parts=(Part(text="Kopi", photos=(1, 2)),), buttons=keys("Ya")))
        finally:
            await channel.close()
        assert len(strict.heard(CHAT)) == 3


async def test_a_blocked_bot_reaches_nobody(fake: FakeTelegram, channel: Telegram) -> None:
    fake.block(CHAT)
    with pytest.raises(Unreachable):
        await sent(channel, Reply.of("halo"))


# --- files


async def test_a_photo_is_fetched_as_it_was_sent(fake: FakeTelegram, channel: Telegram) -> None:
    file_id = fake.photo(CHAT, PICTURES[1].data)
    assert await channel.fetch(file_id) == PICTURES[1].data


async def test_a_file_at_the_limit_is_fetched(fake: FakeTelegram, channel: Telegram) -> None:
    data = bytes(LIMITS.file_bytes)
    assert await channel.fetch(fake.document(CHAT, data, name="a.pdf", mime="application/pdf")) == data


async def test_a_file_above_the_limit_is_gone(fake: FakeTelegram, channel: Telegram) -> None:
    file_id = fake.document(CHAT, bytes(LIMITS.file_bytes + 1), name="a.pdf", mime="application/pdf")
    with pytest.raises(FileGone, match="too big"):
        await channel.fetch(file_id)
    fake.take_refusals()


async def test_a_file_that_lies_about_its_size_is_cut_off(fake: FakeTelegram, channel: Telegram) -> None:
    file_id = fake.document(CHAT, bytes(LIMITS.file_bytes + 1), name="a.pdf", mime="application/pdf", size=5)
    with pytest.raises(FileGone, match="too big"):
        await channel.fetch(file_id)


@pytest.mark.parametrize("fault", [Fault.half(), Fault.cut(), Fault.bad_gateway(), Fault.refusing(404, "Not Found")])
async def test_a_download_that_fails_can_be_tried_again(fake: FakeTelegram, channel: Telegram, fault: Fault) -> None:
    file_id = fake.photo(CHAT, PICTURES[1].data)
    fake.fail(fault, method="file", times=TRIES)
    with pytest.raises(NotSent) as raised:
        await channel.fetch(file_id)
    fake.recover()
    assert fake.token not in repr(raised.value)
    assert await channel.fetch(file_id) == PICTURES[1].data


async def test_a_file_shorter_than_it_should_be_is_not_taken(fake: FakeTelegram, channel: Telegram) -> None:
    file_id = fake.photo(CHAT, PICTURES[1].data, size=len(PICTURES[1].data) + 1)
    with pytest.raises(NotSent, match="truncated"):
        await channel.fetch(file_id)


async def test_a_file_that_is_away_may_come_back_and_an_unknown_one_not(fake: FakeTelegram, channel: Telegram) -> None:
    file_id = fake.photo(CHAT, PICTURES[1].data)
    fake.lose_file(file_id)
    with pytest.raises(NotSent):
        await channel.fetch(file_id)
    fake.lose_file(file_id, for_good=True)
    with pytest.raises(FileGone):
        await channel.fetch(file_id)
    fake.take_refusals()


async def test_no_log_line_holds_the_token_or_a_text(
    fake: FakeTelegram, channel: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await sent(channel, Reply.of("teks-kenari"))
    await sent(channel, Reply(parts=(Part(text="teks-kenari", photos=(1,)),)))
    file_id = fake.photo(CHAT, PICTURES[1].data)
    fake.fail(Fault.cut(), method="file", times=TRIES)
    with pytest.raises(NotSent):
        await channel.fetch(file_id)
    fake.fail(Fault.bad_gateway(), method="sendMessage")
    with pytest.raises(Ambiguous):
        await sent(channel, Reply.of("teks-kenari"))
    assert fake.token not in caplog.text
    assert "teks-kenari" not in caplog.text


# --- taps


async def test_a_tap_is_read_and_its_spinner_stopped(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply.of("Setuju?", buttons=keys("Ya")))
    tap = fake.tap(CHAT, fake.heard(CHAT)[0].id, "Ya")
    arrived = channel.read(fake.updates[-1].body)
    assert arrived.incoming is not None
    assert arrived.incoming.tapped == "2s.0"
    await channel.acknowledge(arrived)
    assert fake.answered(tap)


async def test_an_acknowledgement_never_raises(fake: FakeTelegram, channel: Telegram) -> None:
    await sent(channel, Reply.of("Setuju?", buttons=keys("Ya")))
    fake.tap(CHAT, fake.heard(CHAT)[0].id, "Ya")
    arrived = channel.read(fake.updates[-1].body)
    fake.fail(Fault.cut(), method="answerCallbackQuery")
    await channel.acknowledge(arrived)
    await channel.acknowledge(arrived)
    await channel.acknowledge(arrived)
    assert len(fake.take_refusals()) == 1


# --- polling


async def test_a_batch_is_confirmed_only_when_the_next_is_asked_for(fake: FakeTelegram, channel: Telegram) -> None:
    fake.write(CHAT, "satu")
    async with asyncio.timeout(5):
        batches = channel.poll()
        first = await anext(batches)
        assert [arrived.incoming.text for arrived in first if arrived.incoming] == ["", "satu"]
        again = channel.poll()
        assert await anext(again) == first
        fake.write(CHAT, "dua")
        second = await anext(again)
    assert [arrived.incoming.text for arrived in second if arrived.incoming] == ["dua"]
    await batches.aclose()  # type: ignore[attr-defined]  # an async generator, typed as its protocol
    await again.aclose()  # type: ignore[attr-defined]  # as above


async def test_one_odd_update_does_not_hide_the_others(fake: FakeTelegram, channel: Telegram) -> None:
    fake.deliver({"update_id": 1, "message": {"date": "yesterday"}})
    async with asyncio.timeout(5):
        batch = await anext(channel.poll())
    assert [bool(arrived.ignored) for arrived in batch] == [True, False]


async def test_a_quiet_poll_gives_an_empty_batch(
    fake: FakeTelegram, channel: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.channel._POLL", 0)
    batches = channel.poll()
    assert [len(await anext(batches)) for _ in range(3)] == [1, 0, 0]
    fake.write(CHAT, "satu")
    assert len(await anext(batches)) == 1


async def test_polling_waits_out_a_broken_line(fake: FakeTelegram, channel: Telegram) -> None:
    fake.fail(Fault.cut(), method="getUpdates")
    async with asyncio.timeout(5):
        assert len(await anext(channel.poll())) == 1


async def test_two_pollers_are_told_so(fake: FakeTelegram, channel: Telegram) -> None:
    batches = channel.poll()
    await anext(batches)
    older = asyncio.ensure_future(anext(batches))
    await fake.called(2)
    newer = asyncio.ensure_future(anext(channel.poll()))
    with pytest.raises(PollConflict) as raised:
        await older
    assert raised.value.seconds == 30
    fake.write(CHAT, "halo")
    assert len(await newer) == 1


async def test_a_webhook_is_set_and_removed_without_losing_what_waits(fake: FakeTelegram, channel: Telegram) -> None:
    await channel.set_webhook("https://sambang.example/webhooks/telegram")
    with pytest.raises(PollConflict):
        await anext(channel.poll())
    await channel.delete_webhook()
    async with asyncio.timeout(5):
        assert len(await anext(channel.poll())) == 1


async def test_a_wrong_token_stops_the_poller(fake: FakeTelegram) -> None:
    stranger = Telegram("7000000002:" + "G" * 35, api_url=fake.url)
    with pytest.raises(ChannelDown):
        await anext(stranger.poll())
    await stranger.close()
    fake.take_refusals()


# --- the door


async def test_only_our_secret_opens_the_door(channel: Telegram) -> None:
    assert channel.secret_ok(SECRET)
    assert not any(channel.secret_ok(header) for header in (None, "", "salah", SECRET + "x", "é", "\ud800"))


async def test_without_a_secret_the_door_stays_shut(fake: FakeTelegram) -> None:
    telegram = Telegram(fake.token, api_url=fake.url)
    assert not telegram.secret_ok("")
    assert not telegram.secret_ok(None)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 10_000])
async def test_a_body_that_is_no_json_is_named_so(channel: Telegram, body: bytes) -> None:
    with pytest.raises(Unreadable):
        channel.read(body)


async def test_a_body_is_kept_as_it_came(channel: Telegram) -> None:
    body = b'{"update_id": 5,  "message": {}}'
    assert channel.read(body).raw == body


# --- the account


async def test_the_account_says_its_name(channel: Telegram) -> None:
    account = await channel.describe()
    assert (account.id, account.username) == (channel.account, "sambang_uji_bot")


async def test_commands_are_set_for_each_language(fake: FakeTelegram, channel: Telegram) -> None:
    await channel.set_commands({"": [("menu", "Menu utama")], "en": [("menu", "Main menu")]})
    assert {language: listed[0]["description"] for language, listed in fake.commands.items()} == {
        "": "Menu utama",
        "en": "Main menu",
    }


async def test_a_tap_arrives_as_a_tap(fake: FakeTelegram, channel: Telegram) -> None:
    fake.share_phone(CHAT, "+6282000000001")
    incoming = channel.read(fake.updates[-1].body).incoming
    assert incoming is not None
    assert (incoming.kind, incoming.phone) == (Kind.PHONE, "+6282000000001")
