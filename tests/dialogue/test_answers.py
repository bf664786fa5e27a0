"""What each taker makes of words, and how the value is read back."""

from typing import Any

import pytest

from dialogue.answers import (
    album,
    certificate_number,
    day,
    file_or_text,
    full_name,
    moment,
    phone,
    price,
    quantity,
    text,
)
from dialogue.conversation import Ask, Doubt, Draft, More, Nothing, Rejected, Taken, Taker
from dialogue.message import File, Incoming, Kind
from tests.dialogue.warung import Person, photo


def take(taker: Taker, sent: str | Incoming, so_far: Any = None, **known: Any) -> Any:
    incoming = Incoming(kind=Kind.TEXT, text=sent) if isinstance(sent, str) else sent
    scene = Person(known=known).scene()
    return taker.take(incoming, Ask(key="x", take=taker), Draft(conversation="warung", so_far=so_far), scene)


def show(taker: Taker, value: Any) -> str:
    return taker.show(value, Ask(key="x", take=taker), Draft(conversation="warung"), Person().scene())


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("  Siti   Aminah. ", Taken("Siti Aminah")),
        ("*Siti*", Taken("Siti")),
        ("S", Rejected("too_short", {"shortest": "2"})),
        ("x" * 81, Rejected("too_long", {"longest": "80"})),
        ("iya", Rejected("write")),
        ("12345", Rejected("letters")),
        ("😀", Nothing("sticker")),
        ("KTP saya 3505174101800001", Rejected("nik")),
    ],
)
def test_words(said: str, result: object) -> None:
    assert take(text(2, 80), said) == result


def test_a_name_is_kept_without_the_words_around_it() -> None:
    assert take(full_name(2, 80), "nama saya Siti Aminah.") == Taken("Siti Aminah")
    assert take(full_name(2, 80), "iya") == Rejected("write")


@pytest.mark.parametrize(
    ("said", "value", "shown"),
    [
        ("12rb per bungkus", {"idr": 12000, "per": "bungkus"}, "Rp12.000 per bungkus"),
        ("15-20rb", {"low": 15000, "high": 20000}, "Rp15.000–Rp20.000"),
        ("2jtan", {"idr": 2000000, "approx": True}, "sekitar Rp2.000.000"),
        ("10rb isi 5", {"idr": 10000, "pack": 5}, "Rp10.000 untuk 5 pcs"),
    ],
)
def test_a_price_and_how_it_is_read_back(said: str, value: dict[str, Any], shown: str) -> None:
    assert take(price(), said) == Taken(value)
    assert show(price(), value) == shown


def test_an_amount_that_may_be_meant_otherwise_is_asked() -> None:
    assert take(price(), "25") == Doubt((("Rp25.000", {"idr": 25000}),), why="sure")
    assert take(price(), "nego") == Rejected("unclear")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("100 bks/minggu", "100 bungkus per minggu"),
        ("kira2 50 kg sebulan", "sekitar 50 kg per bulan"),
        ("2 lusin", "24 pcs"),
        ("seperempat kilo", "250 gram"),
        ("1500 bungkus sebulan", "1.500 bungkus per bulan"),
    ],
)
def test_a_quantity_is_read_back(said: str, shown: str) -> None:
    result = take(quantity(), said)
    assert isinstance(result, Taken)
    assert show(quantity(), result.value) == shown


def test_a_phone_is_typed_shared_or_the_same() -> None:
    assert take(phone(), "0820 0000 0001") == Taken("+6282000000001")
    assert take(phone(), Incoming(kind=Kind.PHONE, phone="+6282000000002")) == Taken("+6282000000002")
    assert take(phone(), "sama", phone="+6282000000003") == Taken("+6282000000003")
    assert take(phone(), "sama") == Rejected("no_phone")


def test_an_album_collects_each_photo_once_and_ends_when_it_is_full() -> None:
    assert take(album(1, 3), photo(1)) == More([1])
    assert take(album(1, 3), photo(1), [1]) == More([1])
    assert take(album(1, 3), photo(3), [1, 2]) == Taken([1, 2, 3])
    assert take(album(1, 3), photo(4), [1, 2, 3]) == Rejected("too_many", {"most": 3})


@pytest.mark.parametrize("said", ["lewati", "belum ada", "fotonya belum ada", "selesai"])
def test_an_album_that_may_be_empty_is_left_empty(said: str) -> None:
    assert take(album(0, 5), said) == Taken([])


def test_a_certificate_is_a_number_a_photo_or_both() -> None:
    nib = certificate_number("nib")
    assert take(nib, "NIB: 0000 0000 00001") == Taken({"number": "0000000000001", "usual": True})
    assert take(nib, photo(5)) == Taken({"files": [5]})
    assert take(nib, photo(6), {"files": [5]}) == Taken({"files": [5, 6]})
    assert show(nib, {"number": "0000000000001", "files": [5]}) == "0000000000001, 1 berkas"


def test_an_unusual_certificate_number_is_asked_about_and_never_refused() -> None:
    result = take(certificate_number("nib"), "000000000001")
    assert result == Doubt((("000000000001", {"number": "000000000001", "usual": False}),), why="unusual")
    assert take(certificate_number("nib"), "lupa nomornya") == Rejected("number")


def test_a_document_or_words_answer_a_question_that_takes_both() -> None:
    pdf = Incoming(kind=Kind.DOCUMENT, file=File(file_id="x", media_id=4, mime="application/pdf"))
    assert take(file_or_text(), pdf) == Taken({"files": [4]})
    assert take(file_or_text(), "mesin rusak", {"files": [4]}) == Taken({"files": [4], "text": "mesin rusak"})
    assert take(album(1, 3), pdf) == Rejected("photo")


def test_days_and_moments() -> None:
    assert take(day(), "12 Mei 2025") == Taken("2025-05-12")
    assert take(moment(), "besok jam 9") == Taken("2026-11-22T09:00:00+07:00")
    assert take(moment(), "12 Mei 2027") == Rejected("no_time")
    assert take(day(), "31 Februari 2027") == Rejected("no_such_date")
    assert show(day(), "2026-12-05") == "Sabtu, 5 Desember 2026"
    assert show(moment(), "2026-12-05T09:00:00+07:00") == "Sabtu, 5 Desember 2026 pukul 09.00 WIB"
