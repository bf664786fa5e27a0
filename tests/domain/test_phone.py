import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.phone import Phone, SameChat, mask, read_phone
from domain.reading import Invalid, Unclear

FIRST = Phone("+6282000000001")


@pytest.mark.parametrize(
    "text",
    [
        "082000000001",
        "0820-0000-0001",
        "0820.0000.0001",
        "+62 820 0000 0001",
        "62 820 0000 0001",
        "0062 820 0000 0001",
        "+62 (0)820 0000 0001",
        "820 0000 0001",
        "https://wa.me/6282000000001?text=halo",
        "tel:+6282000000001",
        "wa saya 0820 0000 0001 ya bu",
        "０８２０ ００００ ０００１",
        "082000000001 / +6282000000001",
    ],
)
def test_one_number_is_read_in_all_its_spellings(text: str) -> None:
    assert read_phone(text) == FIRST


@pytest.mark.parametrize(
    "text", ["sama", "nomor ini", "nomor ini aja", "pakai nomor ini", "sama dengan wa ini", "sami"]
)
def test_the_number_of_this_chat_can_be_meant(text: str) -> None:
    assert read_phone(text) == SameChat()


def test_typing_the_chats_own_number_is_the_same_as_saying_so() -> None:
    assert read_phone("0820 0000 0001", own="+6282000000001") == SameChat()
    assert read_phone("0820 0000 0002", own="+6282000000001") == Phone("+6282000000002")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0820 0000 0001 / 0820 0000 0002", "several"),
        ("0820 0000 0001 0820 0000 0002", "several"),
        ("0812345678/9", "several"),
        ("(0342) 000001", "landline"),
        ("08200000000l", "letters"),
        ("nol delapan dua nol nol nol nol nol nol nol nol satu", "spoken"),
        ("0841234567890", "unusual"),
        ("tanya suami dulu", "no_number"),
    ],
)
def test_what_may_be_another_number_is_asked(text: str, why: str) -> None:
    reading = read_phone(text)
    assert isinstance(reading, Unclear)
    assert reading.why == why


@pytest.mark.parametrize(
    ("text", "reason"), [("0820", "too_short"), ("082000000001234567", "too_long"), ("+60 12 345 6789", "not_id")]
)
def test_what_cannot_be_a_mobile_number_here_is_refused(text: str, reason: str) -> None:
    assert read_phone(text) == Invalid(reason)


@given(
    st.integers(min_value=1, max_value=30), st.sampled_from(["0820{}", "+62820{}", "62820{}", "wa 0820 {}", "820{}"])
)
def test_every_number_of_the_test_range_is_read(last: int, form: str) -> None:
    assert read_phone(form.format(f"{last:08}")) == Phone(f"+62820{last:08}")


def test_a_masked_number_shows_its_operator_and_two_digits() -> None:
    assert mask("+6282000000001") == "+6282•••••••01"
    assert mask("123") == "•••"
