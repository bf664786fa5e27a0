"""From the first question to the last, in both languages, by words and by taps."""

import pytest

from tests.dialogue.warung import ROAD, Outcome, Person, at, button, photo, tap


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_whole_form_is_filled_in_by_writing(locale: str) -> None:
    person = Person(locale=locale)
    person.starts()
    for asked, message in ROAD:
        assert person.asked == asked
        person.sends(message)
    assert person.turn is not None
    assert person.turn.outcome is Outcome.FINISHED
    assert person.known_answers == {
        "consent": "ya",
        "name": "Siti Aminah",
        "place": {"codes": ["35.05.17.2008"], "typed": "Tegalasri Wlingi"},
        "phone": "+6282000000001",
        "kind": "food",
        "price": {"idr": 12000, "per": "bungkus"},
        "capacity": {"amount": "100", "unit": "bungkus", "per": "week"},
        "photos": [1],
        "story": "resep dari nenek",
        "check": "ya",
    }


def test_what_is_known_already_is_not_asked() -> None:
    person = Person(known={"phone": "+6282000000002"})
    person.starts(consent="ya", name="Siti", place={"codes": [], "typed": "x"})
    assert person.asked == "kind"


def test_a_numbered_topic_says_how_far_it_is() -> None:
    person = at("kind")
    assert person.shown.progress == (3, 6)
    assert person.text.startswith("(3 dari 6) ")


def test_a_question_without_a_number_belongs_to_the_topic_before_it() -> None:
    person = at("capacity")
    assert person.shown.progress == (4, 6)
    assert not person.text.startswith("(")


def test_before_the_first_topic_nothing_is_said_of_progress() -> None:
    assert at("consent").shown.progress is None


def test_the_card_stands_in_front_of_the_question_that_follows_the_name() -> None:
    person = at("name")
    person.writes("Siti Aminah")
    assert [part.text for part in person.shown.parts] == [
        "Kartu untuk Siti Aminah.",
        "(2 dari 6) Dari desa mana? Contoh: Balerejo, Wlingi",
    ]


def test_consent_refused_ends_the_form() -> None:
    person = at("consent")
    ended = person.taps("Tidak")
    assert (ended.outcome, ended.ended_by, ended.draft) == (Outcome.ENDED, "consent", None)
    assert person.text == "Baik, tidak apa-apa. Jawaban tadi sudah kami hapus."


def test_an_explanation_is_no_answer_and_the_question_follows_it() -> None:
    person = at("consent")
    person.taps("Jelaskan dulu")
    assert person.asked == "consent"
    assert person.text.startswith("Data hanya untuk pendataan.")
    assert "Setuju" in person.labels


def test_only_the_summarised_answers_stand_in_the_final_check() -> None:
    person = at("check")
    assert "Nama: *Siti Aminah*" in person.text
    assert "Harga: *Rp12.000 per bungkus*" in person.text
    assert "0820" not in person.text


def test_an_optional_question_is_skipped_by_its_key_and_by_a_word() -> None:
    for way in ("lewati", "nanti aja", "-"):
        person = at("capacity")
        person.writes(way)
        assert person.known_answers["capacity"] is None
    person = at("capacity")
    person.taps("Lewati")
    assert person.known_answers["capacity"] is None


def test_a_phone_is_taken_from_the_key_that_shares_it() -> None:
    person = at("phone")
    assert person.shown.asks_phone


def test_one_tap_at_the_check_reopens_one_field_and_comes_back() -> None:
    person = at("check")
    person.taps("Ada yang salah")
    assert person.labels[:3] == ["Nama", "Desa", "Jenis"]
    person.taps("Harga")
    assert person.asked == "price"
    person.writes("15rb sebungkus")
    assert person.asked == "check"
    assert "Rp15.000" in person.text


def test_the_field_that_is_wrong_may_be_named_in_words() -> None:
    person = at("check")
    person.writes("harganya salah")
    assert person.asked in {"price", "check"}
    person.writes("ubah harga")
    assert person.asked == "price"
    assert "Rp12.000 per bungkus" in person.text


def test_photos_are_taken_silently_and_end_with_a_word() -> None:
    person = at("photos")
    for media in (11, 12):
        assert person.sends(photo(media)).outcome is Outcome.SILENT
    person.writes("sudah")
    assert person.known_answers["photos"] == [11, 12]


def test_the_last_photo_that_fits_closes_the_album() -> None:
    person = at("photos")
    for media in (11, 12, 13):
        person.sends(photo(media))
    assert person.asked == "story"
    assert person.known_answers["photos"] == [11, 12, 13]


def test_the_form_is_filled_in_by_taps_where_there_are_keys() -> None:
    person = at("kind")
    person.sends(tap(button(person.shown, "Kain")))
    assert person.known_answers["kind"] == "cloth"


def test_a_corrected_price_is_for_as_much_as_the_one_before() -> None:
    person = at("check")
    person.writes("ubah harga")
    person.writes("12.500")
    assert person.known_answers["price"] == {"idr": 12500, "per": "bungkus"}
    person.writes("ubah harga")
    person.writes("30rb per kg")
    assert person.known_answers["price"] == {"idr": 30000, "per": "kg"}
