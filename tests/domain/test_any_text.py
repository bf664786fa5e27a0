"""No reader ever raises, whatever is sent: nulls, lone surrogates, endless digits, emoji, other scripts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.certificates import KINDS, hint_for, read_any_number, read_number, read_state
from domain.dates import Moment, read_when
from domain.figures import read_figure
from domain.intents import guess_intent, is_abuse, is_start_again, is_unknown, read_choices
from domain.money import read_price
from domain.nik import without_nik
from domain.phone import Phone, read_phone
from domain.quantity import read_quantity
from domain.region import read_rw
from domain.understanding import STEPS, understand
from domain.words import bare, plain, words_of
from tests.domain.villages import villages_of

GRAMMAR = {
    *("ask", "intent", "nav", "bool", "rsvp", "choice", "choices", "idr", "range", "phone", "date", "dt", "region"),
    *("invalid", "certstate", "qty", "weight_g", "volume_ml", "nib", "pirt", "halal", "bpom", "merek", "ean", "nmid"),
    *("photo", "photos", "document", "accept", "abuse", "pii", "sni", "hak_cipta", "desain", "paten", "ig"),
}
NOW = datetime.fromisoformat("2026-11-21T10:00+07:00")
WIB = ZoneInfo("Asia/Jakarta")
ANYTHING = st.text(alphabet=st.characters(exclude_categories=())) | st.text(
    alphabet="0123456789.,:/-+ ()rbjtkusepanhilodmgMDID½²①٣🙏\x00\ud800\u200b", max_size=60
)
HUGE = st.sampled_from(
    ["9" * 400, "1" * 5000, "1." * 3000, "jam 99999", "9999/99/99", "besok " * 500, "se" * 100, "0" * 299]
)
TEXTS = ANYTHING | HUGE


@given(TEXTS)
def test_values_are_read_or_asked_but_nothing_breaks(text: str) -> None:
    read_price(text), read_quantity(text), read_state(text), read_any_number(text), hint_for(text), read_rw(text)
    read_figure(plain(text[:200])), bare(text), words_of(text), without_nik(text)
    reading = read_when(text, NOW, WIB)
    assert not isinstance(reading, Moment) or reading.at.tzinfo is not None
    phone = read_phone(text)
    assert not isinstance(phone, Phone) or 11 <= len(phone.e164) <= 15


@given(TEXTS)
def test_wishes_are_read_or_not_but_nothing_breaks(text: str) -> None:
    guess_intent(text), is_abuse(text), is_start_again(text), is_unknown(text), read_choices(text, ["Ya", "Tidak"])


@given(TEXTS, st.sampled_from([*KINDS]))
def test_certificate_numbers_are_read_or_asked(text: str, kind: str) -> None:
    read_number(kind, text)


@settings(max_examples=200)
@given(st.sampled_from([*STEPS, "choice_1_to_6", "cert_number_nib", "cert_number_pirt", "cert_number_other"]), TEXTS)
def test_every_step_gives_one_line_in_the_grammar(step: str, text: str) -> None:
    line = understand(step, text, NOW, villages=villages_of("32.77"))
    assert line.split(":")[0].split(" ")[0] in GRAMMAR


@given(TEXTS)
def test_the_plain_form_of_a_plain_form_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)
