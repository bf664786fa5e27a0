"""What people and the platform do on Telegram, as the house's neutral messages."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.channels.base import Address, Arrived
from bot.channels.cleaning import TEXT_LIMIT, clean_text
from bot.channels.telegram import parse_update, parsing
from dialogue.message import Incoming, Kind

ACCOUNT = "7000000001"
PERSON = {"id": 42, "is_bot": False, "first_name": "Sari", "last_name": "Utami"}
CHAT = {"id": 42, "type": "private", "first_name": "Sari"}
FILE = {"file_id": "F1", "file_unique_id": "U1", "file_size": 1000}


def message_update(*, kind: str = "message", **content: Any) -> dict[str, Any]:
    message = {"message_id": 7, "date": 1_790_000_000, "chat": CHAT, "from": PERSON, **content}
    return {"update_id": 500, kind: message}


def parsed(update: Any) -> Arrived:
    return parse_update(update, json.dumps(update).encode(), ACCOUNT)


def said(**content: Any) -> Incoming:
    incoming = parsed(message_update(**content)).incoming
    assert incoming is not None
    return incoming


def test_a_text_carries_address_id_stamp_and_name() -> None:
    arrived = parsed(message_update(text=" Kopi Bubuk "))
    assert arrived.address == Address("telegram", ACCOUNT, "42")
    assert arrived.external_id == "500"
    assert arrived.fingerprint == "42:7"
    assert arrived.at == datetime.fromtimestamp(1_790_000_000, UTC)
    assert arrived.incoming == Incoming(kind=Kind.TEXT, text="Kopi Bubuk", sender_name="Sari Utami")


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("/start", Kind.START, ""),
        ("/start BLT-0123", Kind.START, "BLT-0123"),
        ("/start@sambang_bot kode", Kind.START, "kode"),
        ("/status", Kind.TEXT, "status"),
        ("/status@sambang_bot", Kind.TEXT, "status"),
        ("/siaran besok jam 9", Kind.TEXT, "siaran besok jam 9"),
        ("/ 5", Kind.TEXT, "/ 5"),
        ("1/2 kg", Kind.TEXT, "1/2 kg"),
        ("/starting", Kind.TEXT, "starting"),
    ],
)
def test_a_command_is_its_word_and_start_is_its_payload(typed: str, kind: Kind, text: str) -> None:
    incoming = said(text=typed)
    assert (incoming.kind, incoming.text) == (kind, text)


def test_an_edit_is_known_as_one_and_has_its_own_fingerprint() -> None:
    arrived = parsed(message_update(kind="edited_message", text="Rp20.000", edit_date=1_790_000_060))
    assert arrived.incoming is not None
    assert arrived.incoming.edited
    assert arrived.fingerprint == "42:7:1790000060"


def test_the_largest_photo_counts_wherever_it_stands() -> None:
    sizes = [
        {**FILE, "file_id": "small", "width": 90, "height": 60},
        {**FILE, "file_id": "large", "width": 1280, "height": 960},
        {**FILE, "file_id": "middle", "width": 320, "height": 240},
    ]
    incoming = said(photo=sizes, caption="tampak depan", media_group_id="A1")
    assert incoming.kind is Kind.PHOTO
    assert incoming.file is not None
    assert (incoming.file.file_id, incoming.file.mime, incoming.file.bytes) == ("large", "image/jpeg", 1000)
    assert (incoming.text, incoming.album) == ("tampak depan", "A1")


@pytest.mark.parametrize(
    ("mime", "kind"), [("image/heic", Kind.PHOTO), ("IMAGE/PNG", Kind.PHOTO), ("application/pdf", Kind.DOCUMENT)]
)
def test_a_document_is_a_photo_where_it_says_it_is_a_picture(mime: str, kind: Kind) -> None:
    incoming = said(document={**FILE, "mime_type": mime, "file_name": "nib.pdf"})
    assert incoming.kind is kind
    assert incoming.file is not None
    assert incoming.file.name == "nib.pdf"


def test_a_document_that_says_nothing_of_itself_is_a_document() -> None:
    incoming = said(document={"file_id": "F1", "file_unique_id": "U1"})
    assert incoming.kind is Kind.DOCUMENT
    assert incoming.file is not None
    assert incoming.file.bytes == 0


def test_a_shared_number_counts_only_where_it_is_the_persons_own() -> None:
    card = {"phone_number": "6282000000001", "first_name": "Sari"}
    assert (said(contact={**card, "user_id": 42}).kind, said(contact={**card, "user_id": 42}).phone) == (
        Kind.PHONE,
        "+6282000000001",
    )
    assert said(contact={**card, "user_id": 43}).kind is Kind.OTHER
    assert said(contact=card).kind is Kind.OTHER


VIDEO = {**FILE, "width": 1, "height": 1, "duration": 1}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"voice": {**FILE, "duration": 2}}, Kind.VOICE),
        ({"audio": {**FILE, "duration": 2}}, Kind.VOICE),
        ({"video": VIDEO}, Kind.VIDEO),
        ({"video_note": {**FILE, "length": 1, "duration": 1}}, Kind.VIDEO),
        ({"animation": VIDEO, "document": FILE}, Kind.VIDEO),
        (
            {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
            Kind.STICKER,
        ),
        ({"location": {"longitude": 112.1, "latitude": -8.1}}, Kind.LOCATION),
        ({"dice": {"emoji": "🎲", "value": 3}}, Kind.OTHER),
        ({"something_of_next_year": {"x": 1}}, Kind.OTHER),
    ],
)
def test_everything_else_has_its_kind(content: dict[str, Any], kind: Kind) -> None:
    assert said(**content).kind is kind


def test_a_tap_carries_its_data_and_wants_an_answer() -> None:
    query = {
        "id": "Q1",
        "from": PERSON,
        "chat_instance": "1",
        "data": "2s.0",
        "message": {"message_id": 9, "date": 1, "chat": CHAT},
    }
    arrived = parsed({"update_id": 501, "callback_query": query})
    assert arrived.incoming == Incoming(kind=Kind.TAP, tapped="2s.0", sender_name="Sari Utami")
    assert arrived.acknowledge == "Q1"
    assert arrived.fingerprint == "42:9:Q1"


def test_a_tap_under_a_message_too_old_to_see_counts() -> None:
    query = {
        "id": "Q1",
        "from": PERSON,
        "chat_instance": "1",
        "data": "2s.0",
        "message": {"message_id": 9, "date": 0, "chat": CHAT},
    }
    arrived = parsed({"update_id": 501, "callback_query": query})
    assert arrived.incoming is not None
    assert arrived.incoming.tapped == "2s.0"


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_a_block_and_a_return_change_who_can_be_reached(status: str, *, reachable: bool) -> None:
    bot = {"id": 7000000001, "is_bot": True, "first_name": "Sambang"}
    member = {"status": status, "user": bot, "until_date": 0}
    change = {
        "chat": CHAT,
        "from": PERSON,
        "date": 1_790_000_000,
        "old_chat_member": {"status": "left", "user": bot},
        "new_chat_member": member,
    }
    arrived = parsed({"update_id": 502, "my_chat_member": change})
    assert arrived.incoming is None
    assert arrived.reachable is reachable
    assert arrived.ignored


GROUP = {"id": -5, "type": "group", "title": "Paguyuban"}


@pytest.mark.parametrize(
    "update",
    [
        message_update(chat=GROUP, text="halo"),
        message_update(pinned_message={"message_id": 1, "date": 1, "chat": CHAT}),
        {"update_id": 1, "poll_answer": {"poll_id": "1", "option_ids": []}},
        {"update_id": 1, "an_update_of_next_year": {}},
        {"update_id": 1},
        {"update_id": 1, "message": {"text": "no chat"}},
        {"update_id": 1, "message": 5},
        message_update(chat={"id": 10**30, "type": "private"}, text="halo"),
        message_update(chat={"id": "x", "type": "private"}, text="halo"),
        message_update(date=10**30, text="halo"),
        {},
        [],
        None,
        5,
        "text",
    ],
)
def test_what_is_not_for_us_is_ignored_with_a_reason(update: Any) -> None:
    arrived = parsed(update)
    assert arrived.incoming is None
    assert arrived.ignored
    assert arrived.external_id


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_group_is_named_as_the_reason(kind: str) -> None:
    assert parsed(message_update(chat={**GROUP, "type": kind}, text="halo")).ignored == f"chat of type {kind}"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(
    ["text", "photo", "document", "contact", "chat", "from", "date", "message_id", "caption", "edit_date", "voice"]
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a shared machine pauses
@given(st.dictionaries(fields, json_values, max_size=4), st.sampled_from(["message", "edited_message"]))
def test_no_field_of_a_message_can_break_the_parser(content: dict[str, Any], kind: str) -> None:
    arrived = parsed(message_update(kind=kind, **content))
    assert arrived.external_id == "500"
    assert arrived.incoming is not None or arrived.ignored
    json.dumps(asdict(arrived), ensure_ascii=False, default=str).encode()  # no lone surrogate came through


@settings(suppress_health_check=[HealthCheck.too_slow])  # as above
@given(json_values)
def test_any_json_is_an_arrival(update: Any) -> None:
    arrived = parsed(update)
    assert arrived.incoming is not None or arrived.ignored


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("\u202emoc.live\u202c", "moc.live"),
        ("satu\r\ndua\rtiga", "satu\ndua\ntiga"),
        ("e\u0301", "é"),
        ("👩‍🌾", "👩‍🌾"),
        (5, ""),
        (None, ""),
    ],
)
def test_a_text_is_cleaned_at_the_door(dirty: object, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_a_text_is_cut_at_the_limit() -> None:
    assert len(clean_text("a" * (TEXT_LIMIT + 1))) == TEXT_LIMIT


person_names = st.text(max_size=100)


@settings(suppress_health_check=[HealthCheck.too_slow])  # as above
@given(
    st.text(max_size=200) | st.sampled_from(["/start x", "/status@bot", ""]),
    person_names,
    st.none() | person_names,
    st.dictionaries(fields, json_values, max_size=2),
)
def test_the_short_road_of_plain_words_reads_what_the_library_reads(
    text: str, first: str, last: str | None, odd: dict[str, Any]
) -> None:
    sender = {**PERSON, "first_name": first, "last_name": last}
    if last is None:
        del sender["last_name"]
    update = message_update(**{"text": text, "from": sender, **odd})
    raw = json.dumps(update).encode()
    short = parsing._plain(update, "500", raw, ACCOUNT)
    if short is not None:
        by_library = Update.de_json(update)
        assert by_library is not None
        assert short == parsing._arrived(by_library, "500", raw, ACCOUNT)
    elif first and not odd:
        raise AssertionError("plain words took the long road")
