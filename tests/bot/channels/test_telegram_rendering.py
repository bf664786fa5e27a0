"""How a neutral text becomes pieces that a platform takes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.fakes.telegram import checked_html
from bot.channels.rendering import bold_spans, length, plain, split
from bot.channels.telegram.rendering import LIMITS, render, to_html
from dialogue.message import Button, Part, Reply

UNITS = ("utf16", "characters", "bytes")
texts = st.text(st.sampled_from("ab &<>*_.\n🌾é\u0301👩\u200d"), max_size=120)


def test_each_platform_counts_in_its_own_units() -> None:
    assert [length("é🌾", units) for units in UNITS] == [3, 2, 6]


@settings(suppress_health_check=[HealthCheck.too_slow])  # a shared machine pauses
@given(texts, st.integers(6, 40), st.sampled_from(UNITS))
def test_a_split_text_fits_and_loses_nothing_but_white_space(text: str, limit: int, units: str) -> None:
    pieces = split(text, limit, units)
    assert all(0 < length(piece, units) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("satu dua\n\ntiga empat", ["satu dua", "tiga empat"]),
        ("satu dua tiga\nempat", ["satu dua tiga", "empat"]),
        ("Satu dua. Tiga empat", ["Satu dua.", "Tiga empat"]),
        ("satu dua tiga empat", ["satu dua tiga", "empat"]),
        ("satuduatigaempatlima", ["satuduatigaemp", "atlima"]),
        ("   ", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, pieces: list[str]) -> None:
    assert split(text, 14, "characters") == pieces


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("*Kopi* enak", [("Kopi", True), (" enak", False)]),
        ("harga *Rp25.000*?", [("harga ", False), ("Rp25.000", True), ("?", False)]),
        ("5*3*2", [("5*3*2", False)]),
        ("* satu\n* dua", [("* satu\n* dua", False)]),
        ("*satu\ndua*", [("*satu\ndua*", False)]),
        ("**", [("**", False)]),
    ],
)
def test_only_a_word_between_asterisks_is_bold(text: str, spans: list[tuple[str, bool]]) -> None:
    assert list(bold_spans(text)) == spans


def test_plain_text_has_no_markup_left() -> None:
    assert plain("Ketik *LEWATI* atau *BATAL*.") == "Ketik LEWATI atau BATAL."


@settings(suppress_health_check=[HealthCheck.too_slow])  # as above
@given(texts)
def test_html_is_always_accepted_and_shows_the_plain_text(text: str) -> None:
    assert checked_html(to_html(text)) == plain(text)


parts = st.builds(
    Part,
    text=texts | st.just("a" * (LIMITS.caption + 1)) | st.just("kata " * 1500),
    photos=st.lists(st.integers(1, 30), max_size=12).map(tuple),
)
replies = st.builds(
    Reply,
    parts=st.lists(parts, max_size=4).map(tuple),
    buttons=st.just(()) | st.just((Button(label="Ya", does="answer"),)),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # as above
@given(replies)
def test_a_reply_keeps_its_photos_and_words_in_order_and_within_the_limits(reply: Reply) -> None:
    messages = render(reply, range(1, 31))
    photos = [photo for message in messages for photo in message.photos]
    assert photos == [photo for part in reply.parts for photo in part.photos]
    words = "".join("".join(message.text for message in messages).split())
    assert words.replace("👇", "") == "".join("".join(part.text for part in reply.parts).split())
    for message in messages:
        assert message.text or message.photos
        assert length(message.text, LIMITS.units) <= (LIMITS.caption if message.photos else LIMITS.text)
        assert len(message.photos) <= LIMITS.album
        assert not (message.last and reply.buttons and len(message.photos) > 1)
    assert [message.last for message in messages] == [False] * (len(messages) - 1) + [True] * bool(messages)
