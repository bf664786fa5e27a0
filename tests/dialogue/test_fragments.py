"""Answers that come in pieces, twice, edited or corrected (architecture.md 2, dialogue.md rules 3 and 15)."""

import pytest

from dialogue.message import Incoming, Kind
from dialogue.turn import Outcome
from tests.dialogue.warung import at


def test_a_reply_to_words_at_a_free_question_waits_and_others_do_not() -> None:
    assert at("name").writes("Siti").quiet
    assert not at("price").writes("12rb").quiet
    assert not at("name").sends(Incoming(kind=Kind.STICKER)).quiet


def test_the_second_half_joins_the_first_while_its_reply_waits() -> None:
    person = at("name")
    person.writes("Siti")
    first = person.inbox
    came = person.writes("Aminah", after=2, last_reply="queued")
    assert person.known_answers["name"] == "Siti Aminah"
    assert (came.merged, came.quiet, person.asked) == (first, True, "place")


def test_four_pieces_are_one_answer() -> None:
    person = at("name")
    person.writes("Siti")
    for piece in ("Aminah", "binti", "Salim"):
        person.writes(piece, after=2, last_reply="queued")
    assert person.known_answers["name"] == "Siti Aminah binti Salim"


def test_the_wait_has_an_end() -> None:
    person = at("name")
    person.writes("Siti")
    for piece in ("Aminah", "binti"):
        person.writes(piece, after=5, last_reply="queued")
    person.writes("tegalasri wlingi", after=3, last_reply="queued")
    assert person.known_answers["name"] == "Siti Aminah binti"
    assert person.known_answers["place"]["codes"] == ["35.05.17.2008"]


def test_a_village_in_two_pieces_is_one_village() -> None:
    person = at("place")
    person.writes("balerejo")
    person.writes("wlingi", after=2, last_reply="queued")
    assert person.known_answers["place"]["codes"] == ["35.05.17.2009"]


def test_a_half_that_comes_before_anybody_can_have_read_us_is_asked_about() -> None:
    person = at("name")
    person.writes("Siti")
    person.writes("Zubaidah", after=13, last_reply="sent", words_unread=12)
    assert person.text == "Jadi *Siti Zubaidah* ya?"
    assert person.known_answers["name"] == "Siti"
    person.writes("ya")
    assert person.known_answers["name"] == "Siti Zubaidah"
    assert person.asked == "place"


def test_a_joining_that_was_wrong_keeps_the_answer() -> None:
    person = at("name")
    person.writes("Siti")
    person.writes("Zubaidah", after=13, last_reply="sent", words_unread=12)
    person.taps("Bukan")
    assert (person.known_answers["name"], person.asked) == ("Siti", "place")


def test_a_late_word_that_fits_the_open_question_answers_it() -> None:
    person = at("name")
    person.writes("Siti")
    person.writes("tegalasri wlingi", after=13, last_reply="sent", words_unread=12)
    assert person.known_answers["name"] == "Siti"
    assert person.known_answers["place"]["codes"] == ["35.05.17.2008"]


def test_after_the_reading_time_a_word_belongs_to_the_open_question() -> None:
    person = at("name")
    person.writes("Siti")
    person.writes("Zubaidah", after=40, last_reply="sent", words_unread=12)
    assert (person.known_answers["name"], person.asked) == ("Siti", "place")
    assert "Siti Zubaidah" not in person.text


def test_the_same_words_twice_are_one_answer() -> None:
    person = at("name")
    person.writes("Siti Aminah")
    came = person.writes("siti aminah", after=3, last_reply="sent", words_unread=10)
    assert (came.outcome, came.why) == (Outcome.SILENT, "repeat")
    assert (person.known_answers["name"], person.asked) == ("Siti Aminah", "place")


def test_an_edited_message_changes_the_answer_that_it_was() -> None:
    person = at("name")
    person.writes("Siti Amnah")
    person.edits("Siti Aminah")
    assert (person.known_answers["name"], person.asked) == ("Siti Aminah", "place")


@pytest.mark.parametrize("words", ["*Aminah", "eh salah, Siti Aminah", "maaf salah bu, maksudnya Siti Aminah"])
def test_a_correction_goes_to_the_last_answer(words: str) -> None:
    person = at("name")
    person.writes("Siti Amnah")
    person.writes(words, after=20)
    assert (person.known_answers["name"], person.asked) == ("Siti Aminah", "place")


def test_a_command_is_never_half_of_an_answer() -> None:
    person = at("name")
    person.writes("Siti")
    assert person.writes("menu", after=1, last_reply="queued").command == "help"
    assert person.known_answers["name"] == "Siti"


def test_who_types_ahead_answers_the_questions_that_are_coming() -> None:
    person = at("name")
    person.writes("Siti Aminah")
    person.writes("tegalasri wlingi", after=1, last_reply="queued")
    assert person.known_answers["name"] == "Siti Aminah"
    assert person.known_answers["place"]["codes"] == ["35.05.17.2008"]
