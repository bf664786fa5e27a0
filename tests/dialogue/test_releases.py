"""A release changes the form while somebody is in the middle of it (architecture.md 4)."""

from dataclasses import replace

from dialogue.conversation import Conversation
from dialogue.turn import Outcome
from tests.dialogue.warung import WARUNG, WORDING, Person, at, photo


def without(*keys: str) -> Conversation:
    return replace(WARUNG, asks=tuple(ask for ask in WARUNG.asks if ask.key not in keys))


def test_an_answer_lands_on_the_question_that_was_seen_though_another_was_put_before_it() -> None:
    person = at("price", form=without("name"))
    person.form = WARUNG
    person.writes("12rb")
    assert person.known_answers["price"] == {"idr": 12000}
    assert person.asked == "name"


def test_a_question_that_was_taken_out_is_said_to_be_gone() -> None:
    person = at("capacity")
    person.form = without("capacity")
    person.writes("100 bungkus")
    assert "capacity" not in person.known_answers
    assert person.asked == "photos"
    assert person.text.startswith("Soal yang tadi sudah tidak ada.")


def test_a_form_whose_last_open_question_went_is_finished() -> None:
    person = at("check")
    person.form = without("check")
    assert person.writes("ya").outcome is Outcome.FINISHED
    assert person.text == "Soal yang tadi sudah tidak ada."


def test_a_renamed_question_keeps_its_answer() -> None:
    person = at("capacity")
    asks = tuple(
        replace(ask, key="story", was=("price",)) if ask.key == "price" else ask for ask in without("story").asks
    )
    person.form = replace(WARUNG, asks=asks)
    person.writes("lewati")
    assert person.known_answers["story"] == {"idr": 12000, "per": "bungkus"}
    assert person.asked == "photos"


def test_after_days_the_same_question_is_shown() -> None:
    person = at("capacity")
    person.resumes()
    assert person.asked == "capacity"
    assert [part.text for part in person.shown.parts] == [
        "Kita lanjutkan ya.",
        "Sanggup membuat berapa? Contoh: 100 bungkus seminggu",
    ]


def test_a_doubt_is_still_open_after_days() -> None:
    person = at("price")
    person.writes("25")
    person.resumes()
    person.writes("ya")
    assert person.known_answers["price"] == {"idr": 25000}


def test_another_language_shows_the_same_question() -> None:
    person = Person(wording=WORDING)
    person.starts()
    person.locale = "en"
    person.resumes()
    assert person.text.endswith("We keep name and product. Do you agree?")


def test_photos_of_a_question_that_was_taken_out_stay_in_the_draft() -> None:
    person = at("photos")
    person.sends(photo(5))
    person.form = without("photos")
    person.writes("selesai")
    assert person.draft is not None
    assert person.draft.early == {"photos": [5]}
