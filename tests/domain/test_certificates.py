from datetime import date

import pytest

from domain.certificates import (
    KINDS,
    Number,
    ean_is_valid,
    expires_on,
    hint_for,
    read_any_number,
    read_number,
    read_state,
    state_at,
)
from domain.reading import Invalid, Unclear

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("nib", "NIB: 0000 0000 00001", "0000000000001"),
        ("pirt", "P-IRT No. 2063505010001-31", "2063505010001-31"),
        ("pirt", "206350501000131", "2063505010001-31"),
        ("halal", "ID 3511 0000 0000 10126", "ID35110000000010126"),
        ("bpom_md", "BPOM RI MD 245009001018", "MD245009001018"),
        ("bpom_md", "TR123456789", "TR123456789"),
        ("merek", "idm000000001", "IDM000000001"),
        ("sni", "sni 8664:2018", "SNI 8664:2018"),
        ("gs1", "899 000 000 001 3", "8990000000013"),
        ("qris", "NMID ID0000000000001", "ID0000000000001"),
    ],
)
def test_a_number_is_kept_in_one_form(kind: str, text: str, value: str) -> None:
    reading = read_number(kind, text)
    assert isinstance(reading, Number)
    assert (reading.value, reading.usual) == (value, True)


def test_some_numbers_tell_a_date() -> None:
    halal, pirt = read_number("halal", "ID35110000000010126"), read_number("pirt", "2063505010001-31")
    assert isinstance(halal, Number)
    assert halal.issued_month == "2026-01"
    assert isinstance(pirt, Number)
    assert expires_on("pirt", number=pirt) == date(2031, 12, 31)


def test_an_unusual_number_is_kept_for_the_officer_to_see() -> None:
    reading = read_number("halal", "ID3511000000001012")
    assert isinstance(reading, Number)
    assert not reading.usual


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("pirt", "2063505010001", "expiry_missing"),
        ("halal", "KH 123456", "kh_only"),
        ("bpom_md", "ML 100000000001", "imported"),
        ("merek", "DID2023012345", "application"),
        ("pirt", "12345", "shape"),
    ],
)
def test_a_number_that_is_another_thing_is_asked(kind: str, text: str, why: str) -> None:
    reading = read_number(kind, text)
    assert isinstance(reading, Unclear)
    assert reading.why == why


def test_what_cannot_be_the_number_is_said_so() -> None:
    assert read_number("nib", "000000000001") == Invalid("nib_length")
    assert read_number("gs1", "8990000000012") == Invalid("ean_checksum")
    assert read_number("nib", "belum tahu") == Invalid("no_number")


def test_two_numbers_that_begin_with_id_are_told_apart_by_length() -> None:
    kinds = {
        reading.kind
        for text in ("ID0000000000001", "ID35110000000010126")
        if isinstance(reading := read_any_number(text), Number)
    }
    assert kinds == {"qris", "halal"}


def test_a_check_digit_finds_every_single_wrong_digit() -> None:
    right = "8990000000013"
    assert ean_is_valid(right)
    wrong = {right[:at] + digit + right[at + 1 :] for at in range(13) for digit in "0123456789"} - {right}
    assert not any(ean_is_valid(number) for number in wrong)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("sdh ada", "issued"),
        ("sampun", "issued"),
        ("belum", "none"),
        ("dereng", "none"),
        ("belum diurus", "none"),
        ("lagi diurus", "in_progress"),
        ("belum jadi", "in_progress"),
        ("sudah mati", "expired"),
        ("ditolak", "rejected"),
        ("tidak perlu", "not_required"),
        ("hujan", None),
        ("sudah?", None),
    ],
)
def test_a_state_is_read_as_people_say_it(text: str, state: str | None) -> None:
    assert read_state(text) == state


def test_an_issued_certificate_ages() -> None:
    assert state_at("issued", date(2027, 12, 31), TODAY) == "issued"
    assert state_at("issued", date(2027, 5, 20), TODAY) == "expiring"
    assert state_at("issued", TODAY, TODAY) == "expiring"
    assert state_at("issued", date(2026, 11, 20), TODAY) == "expired"
    assert state_at("issued", None, TODAY) == "issued"
    assert state_at("in_progress", date(2026, 1, 1), TODAY) == "in_progress"


def test_halal_and_nib_never_end_and_merek_ends_after_ten_years() -> None:
    assert expires_on("halal", issued=date(2026, 1, 1), stated=date(2030, 1, 1)) is None
    assert expires_on("nib", issued=date(2026, 1, 1)) is None
    assert expires_on("merek", issued=date(2024, 2, 29)) == date(2034, 2, 28)
    assert expires_on("pirt", issued=date(2026, 5, 31)) == date(2031, 5, 31)
    assert expires_on("pirt", stated=date(2027, 5, 31), issued=date(2026, 5, 31)) == date(2027, 5, 31)
    assert expires_on("pirt") is None


@pytest.mark.parametrize(
    ("product", "hint"),
    [
        ("Keripik Singkong", None),
        ("Susu Kambing Segar", "bpom_md"),
        ("Bakso frozen", "bpom_md"),
        ("Jamu gendong", "bpom_ot"),
        ("Teh celup", None),
    ],
)
def test_products_that_need_another_licence_than_pirt_get_a_hint(product: str, hint: str | None) -> None:
    assert hint_for(product) == hint
    assert hint is None or hint in KINDS
