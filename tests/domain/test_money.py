"""Prices are read by grammar, and never silently wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formats import format_rupiah
from domain.money import HIGHEST_PRICE, Price, PriceRange, read_price
from domain.reading import Invalid, Unclear

AMOUNTS = st.integers(min_value=1_000, max_value=HIGHEST_PRICE - 1)
THOUSANDS = st.integers(min_value=1, max_value=999_999)

TEENS = [f"{word} belas" for word in ("dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")]
DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
BELOW_TWENTY = [*DIGITS, "sepuluh", "sebelas", *TEENS]


def in_words(number: int) -> str:
    """A number from 1 to 999 as it is said in Indonesian."""
    if number < 20:
        return BELOW_TWENTY[number]
    if number < 100:
        return f"{BELOW_TWENTY[number // 10]} puluh" + (f" {in_words(number % 10)}" if number % 10 else "")
    hundreds = "seratus" if number < 200 else f"{BELOW_TWENTY[number // 100]} ratus"
    return hundreds + (f" {in_words(number % 100)}" if number % 100 else "")


@given(AMOUNTS)
def test_every_price_that_we_write_is_read_back(idr: int) -> None:
    assert read_price(format_rupiah(idr)) == Price(idr)


@given(AMOUNTS)
def test_plain_digits_mean_the_same_as_grouped_ones(idr: int) -> None:
    assert read_price(str(idr)) == read_price(f"{idr:,}") == Price(idr)


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["rb", " ribu", "k", " rb", " rebu", " ewu"]))
def test_a_number_of_thousands_is_read_in_every_spelling(thousands: int, word: str) -> None:
    assert read_price(f"{thousands}{word}") == Price(thousands * 1_000)


@given(st.integers(min_value=1, max_value=999))
def test_a_number_in_words_is_the_number_in_digits(thousands: int) -> None:
    assert read_price(f"{in_words(thousands)} ribu" if thousands > 1 else "seribu") == Price(thousands * 1_000)


@given(st.integers(min_value=1, max_value=999))
def test_a_small_number_alone_is_asked_as_thousands(number: int) -> None:
    assert read_price(str(number)) == Unclear(number * 1_000, "small")


@given(THOUSANDS, THOUSANDS)
def test_a_range_is_read_only_upwards_and_within_reason(low: int, high: int) -> None:
    reading = read_price(f"{low * 1000} - {high * 1000}")
    if isinstance(reading, PriceRange):
        assert (reading.low, reading.high) == (low * 1_000, high * 1_000)
        assert reading.low < reading.high
    else:
        assert isinstance(reading, Unclear)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("25rb per bungkus", Price(25_000, "bungkus")),
        ("sekilo 40rb", Price(40_000, "kg")),
        ("limolas ewu sak kilo", Price(15_000, "kg")),
        ("3 bungkus 10rb", Price(10_000, "bungkus", 3)),
        ("10 ribu dapat 3 biji", Price(10_000, "biji", 3)),
        ("12rb/bungkus isi 10", Price(12_000, "bungkus", 10)),
        ("kira-kira 2jtan selembar", Price(2_000_000, "lembar", approx=True)),
        ("telung ewu limangatus", Price(3_500)),
        ("satu setengah juta", Price(1_500_000)),
        ("½ juta", Price(500_000)),
        ("500 perak", Price(500)),
        ("Rp. 25.000,-", Price(25_000)),
        ("Rp25.000,00", Price(25_000)),
        ("harganya 25rb aja bu", Price(25_000)),
    ],
)
def test_a_price_is_read_with_its_unit_and_pack(text: str, price: Price) -> None:
    assert read_price(text) == price


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("25.ooo", 25_000),
        ("5rb5", 5_500),
        ("1jt 500", 1_500_000),
        ("25.000rb", 25_000),
        ("mulai 25rb", 25_000),
        ("15 20rb", 20_000),
        ("gopek", 500_000),
        ("25rb kecil 40rb besar", None),
        ("dua lima ribu", None),
        ("7,5", None),
        ("082000000001", None),
        ("5 dolar", None),
        ("1/0", None),
    ],
)
def test_what_could_mean_two_things_is_asked(text: str, proposal: int | None) -> None:
    reading = read_price(text)
    assert isinstance(reading, Unclear)
    assert reading.proposal == proposal


@pytest.mark.parametrize(
    ("text", "reason"),
    [("0", "zero"), ("gratis", "zero"), ("Rp0", "zero"), ("-5000", "negative"), ("rp -5.000", "negative")],
)
def test_nothing_and_less_than_nothing_are_refused(text: str, reason: str) -> None:
    assert read_price(text) == Invalid(reason)


@given(st.text(alphabet="0123456789.,-/ rbjtkusepanhilo½²", max_size=24))
def test_whatever_is_accepted_is_positive_and_possible(text: str) -> None:
    reading = read_price(text)
    if isinstance(reading, Price):
        assert 0 < reading.idr < HIGHEST_PRICE
    if isinstance(reading, PriceRange):
        assert 0 < reading.low < reading.high < HIGHEST_PRICE
    if isinstance(reading, Unclear):
        assert reading.proposal is None or 0 < reading.proposal < HIGHEST_PRICE
