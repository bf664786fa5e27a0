"""What a message means, in the order of domain.md 6.1, and how one moves about in a form."""

import pytest

from dialogue.message import Button, Incoming, Kind
from dialogue.turn import Outcome, reopen
from tests.dialogue.warung import WARUNG, Person, at, button, photo, tap

EVERY_QUESTION = [ask.key for ask in WARUNG.asks]


@pytest.mark.parametrize("key", EVERY_QUESTION)
@pytest.mark.parametrize(
    ("words", "command"),
    [("menu", "help"), ("bantuan", "help"), ("petugas", "human"), ("berhenti", "opt_out"), ("status", "status")],
)
def test_a_command_works_at_every_question_and_changes_nothing(key: str, words: str, command: str) -> None:
    person = at(key)
    before = person.draft
    came = person.writes(words)
    assert (came.outcome, came.command) == (Outcome.COMMAND, command)
    assert person.draft == before


@pytest.mark.parametrize("key", EVERY_QUESTION)
@pytest.mark.parametrize("words", ["batal", "BATAL", "ga jadi deh", "btal", "cancel"])
def test_every_question_can_be_left(key: str, words: str) -> None:
    person = at(key)
    before = person.known_answers
    assert person.writes(words).outcome is Outcome.CANCELLED
    assert person.known_answers == before


@pytest.mark.parametrize("key", EVERY_QUESTION[1:])
def test_kembali_goes_to_the_question_before_and_keeps_its_answer(key: str) -> None:
    person = at(key)
    before = person.known_answers
    person.writes("kembali")
    assert person.asked == EVERY_QUESTION[EVERY_QUESTION.index(key) - 1]
    assert person.known_answers == before


def test_kembali_twice_goes_back_two_and_lanjut_returns() -> None:
    person = at("price")
    person.writes("kembali")
    person.writes("kembali")
    assert person.asked == "phone"
    person.writes("lanjut")
    assert person.asked == "price"


def test_kembali_at_the_first_question_says_so() -> None:
    person = at("consent")
    person.writes("kembali")
    assert person.asked == "consent"
    assert person.text.startswith("Ini soal yang pertama.")


def test_a_number_is_an_answer_where_numbers_are_asked_for_and_never_a_menu_entry() -> None:
    person = at("price")
    person.writes("0")
    assert person.asked == "price"
    assert person.text.startswith("Angkanya tidak boleh nol")
    person = at("kind")
    person.writes("2")
    assert person.known_answers["kind"] == "craft"


@pytest.mark.parametrize("words", ["setuju aja bu", "Setuju", "iya bu", "1", "nggih", "👍", "oke"])
def test_a_label_a_digit_or_a_synonym_equals_the_tap(words: str) -> None:
    person = at("consent")
    person.writes(words)
    assert person.known_answers["consent"] == "ya"


@pytest.mark.parametrize("words", ["tidak", "tdk", "ga", "belum", "3", "jangan"])
def test_a_typed_no_to_the_consent_ends_the_form(words: str) -> None:
    assert at("consent").writes(words).outcome is Outcome.ENDED


def test_what_must_be_answered_is_not_skipped() -> None:
    person = at("name")
    person.writes("lewati")
    assert person.asked == "name"
    assert person.text.startswith("Soal ini perlu dijawab dulu.")


@pytest.mark.parametrize("kind", [Kind.STICKER, Kind.LOCATION, Kind.VIDEO, Kind.OTHER])
@pytest.mark.parametrize("key", EVERY_QUESTION)
def test_what_is_no_answer_gets_a_friendly_word_and_changes_nothing(key: str, kind: Kind) -> None:
    person = at(key)
    before = person.draft
    person.sends(Incoming(kind=kind))
    assert person.draft == before
    assert person.text


@pytest.mark.parametrize("words", ["Assalamualaikum", "makasih bu", "🙏", "😂😂", "halo"])
def test_greetings_and_thanks_are_no_misunderstandings(words: str) -> None:
    for key in ("name", "kind", "price"):
        person = at(key)
        person.writes(words)
        assert person.draft is not None
        assert (person.asked, person.draft.misses) == (key, 0)


def test_a_question_back_is_answered_and_the_open_question_repeated() -> None:
    person = at("name")
    person.writes("ini bayar?")
    assert [part.text for part in person.shown.parts] == [
        "Tidak, semua gratis.",
        "(1 dari 6) Nama Bapak/Ibu siapa? Contoh: Siti Aminah",
    ]


@pytest.mark.parametrize("key", EVERY_QUESTION)
def test_a_voice_message_is_always_kept_and_thanked(key: str) -> None:
    person = at(key)
    before = person.known_answers
    came = person.sends(Incoming(kind=Kind.VOICE))
    assert came.keep == "voice"
    assert person.known_answers == before
    assert "uara" in person.text


# Keys ----------------------------------------------------------------------------------------------------------------


def test_a_key_of_an_earlier_question_corrects_that_answer() -> None:
    person = at("kind")
    earlier = person.shown
    person.taps("Makanan")
    person.sends(tap(button(earlier, "Kain")))
    assert person.known_answers["kind"] == "cloth"
    assert person.asked == "price"
    assert person.text.startswith("✅ Sudah diubah. Jenis: *Kain*.")


def test_a_double_tap_changes_nothing() -> None:
    person = at("kind")
    pressed = tap(button(person.shown, "Makanan"))
    person.sends(pressed)
    before = person.known_answers
    person.sends(pressed)
    assert person.known_answers == before
    assert person.text.startswith("Sudah tercatat.")


def test_a_key_of_an_earlier_form_of_the_same_name_answers_nothing() -> None:
    first = at("kind")
    old = tap(button(first.shown, "Kain"))
    second = Person(inbox=100)
    second.starts(consent="ya", name="Siti", place={"codes": [], "typed": "x"}, phone=None)
    second.sends(old)
    assert "kind" not in second.known_answers
    assert second.text.startswith("Tombol itu sudah tidak berlaku.")


def test_a_consent_taken_back_later_ends_the_form() -> None:
    person = at("consent")
    earlier = person.shown
    person.taps("Setuju")
    assert person.sends(tap(button(earlier, "Tidak"))).outcome is Outcome.ENDED


def test_a_command_key_is_run_by_handlers() -> None:
    person = at("name")
    came = person.sends(tap(Button(label="Menu", does="command", key="menu", value="x")))
    assert (came.outcome, came.command, came.argument) == (Outcome.COMMAND, "menu", "x")


# Repair --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["consent", "kind", "price", "check"])
def test_three_misunderstandings_sound_different_and_the_third_offers_a_person(key: str) -> None:
    person = at(key)
    texts = []
    for words in ("xyzzy", "plugh", "frobozz"):
        person.writes(words)
        texts.append(person.text)
    assert len(set(texts)) == 3
    assert person.labels == ["Ya, petugas", "Tidak, lanjut"]
    assert person.writes("ya").command == "human"


def test_declining_the_person_asks_the_question_again() -> None:
    person = at("price")
    person.answers("xyzzy", "plugh", "frobozz", "tidak")
    assert person.asked == "price"
    assert person.draft is not None
    assert person.draft.misses == 0


def test_a_good_answer_forgets_the_misunderstandings() -> None:
    person = at("price")
    person.answers("xyzzy", "12rb")
    assert person.draft is not None
    assert person.draft.misses == 0


# Doubt ---------------------------------------------------------------------------------------------------------------


def test_a_doubtful_price_is_asked_and_confirmed_by_yes() -> None:
    for way in ("ya", "1", "nggih", "Rp25.000", "Ya, benar"):
        person = at("price")
        person.writes("25")
        assert person.text == "Maksudnya *Rp25.000*?"
        person.writes(way)
        assert person.known_answers["price"] == {"idr": 25000}


def test_another_price_is_read_anew() -> None:
    person = at("price")
    person.answers("25", "26.000")
    assert person.known_answers["price"] == {"idr": 26000}


def test_a_village_name_that_is_there_twice_is_asked_about() -> None:
    for way in ("2", "wates", "yang wates", "Tulungrejo, Kec. Wates"):
        person = at("place")
        person.writes("tulungrejo")
        assert person.labels == ["Tulungrejo, Kec. Gandusari", "Tulungrejo, Kec. Wates", "Bukan semuanya"]
        person.writes(way)
        assert person.known_answers["place"] == {"codes": ["35.05.20.2002"], "typed": "tulungrejo"}


def test_none_of_these_asks_once_more() -> None:
    person = at("place")
    person.answers("tulungrejo", "bukan semuanya")
    assert person.asked == "place"
    assert person.text.startswith("Baik. Coba tulis sekali lagi ya.")
    person.writes("ngadirenggo wlingi")
    assert person.asked == "phone"


def test_several_villages_are_read_together_and_confirmed() -> None:
    person = at("place")
    person.writes("Balerejo dan Tegalasri")
    assert person.text == "*Balerejo dan Tegalasri (Kec. Wlingi)*, betul?"
    person.writes("1")
    assert person.known_answers["place"]["codes"] == ["35.05.17.2009", "35.05.17.2008"]


# The check -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["harga 14 ribu", "ubah harga jadi 14 ribu", "harganya 14rb", "Harga: Rp14.000"])
def test_a_field_and_its_new_value_are_taken_together(words: str) -> None:
    person = at("check")
    person.writes(words)
    assert person.known_answers["price"] == {"idr": 14000, "per": "bungkus"}
    assert person.asked == "check"
    assert person.text.startswith("✅ Sudah diubah. Harga: *Rp14.000 per bungkus*.")


def test_a_field_and_its_new_value_are_taken_together_from_the_list_of_fields() -> None:
    person = at("check")
    person.answers("ada yang salah", "harga 14 ribu")
    assert (person.asked, person.known_answers["price"]["idr"]) == ("check", 14000)


def test_a_new_value_that_is_unclear_is_asked_about() -> None:
    person = at("check")
    person.writes("harga 14")
    assert person.text == "Maksudnya *Rp14.000*?"
    person.writes("ya")
    assert (person.asked, person.known_answers["price"]) == ("check", {"idr": 14000, "per": "bungkus"})


@pytest.mark.parametrize("words", ["harga salah", "harga", "ubah harga", "harga masih salah bu"])
def test_a_field_without_a_value_is_opened(words: str) -> None:
    person = at("check")
    person.writes(words)
    assert person.asked == "price"
    assert person.known_answers["price"]["idr"] == 12000


def test_words_behind_a_field_of_words_are_its_value_only_where_that_is_said() -> None:
    person = at("check")
    before = person.known_answers
    person.writes("nama kurang pas")
    assert person.known_answers == before
    person.writes("ubah nama jadi Siti Rahma")
    assert person.known_answers["name"] == "Siti Rahma"


def test_an_old_key_of_the_check_ends_the_form_when_only_a_kept_answer_is_open() -> None:
    person = at("check")
    right = tap(button(person.shown, "Sudah betul"))
    person.writes("ubah harga")
    came = person.sends(right)
    assert came.outcome is Outcome.FINISHED
    assert person.known_answers["price"]["idr"] == 12000


@pytest.mark.parametrize("field", ["harga", "nama", "jenis"])
def test_a_yes_to_an_answer_that_is_open_again_keeps_it(field: str) -> None:
    person = at("check")
    before = person.known_answers
    person.answers(field, "sudah betul")
    assert person.asked == "check"
    assert person.known_answers == before


def test_an_old_key_of_the_check_waits_for_a_question_that_is_in_doubt() -> None:
    person = at("check")
    right = tap(button(person.shown, "Sudah betul"))
    person.answers("ubah harga", "25")
    assert person.sends(right).outcome is Outcome.ASKED
    assert person.text.startswith("Soal ini dulu ya")
    assert "check" not in person.known_answers
    person.writes("ya")
    assert (person.asked, person.known_answers["price"]["idr"]) == ("check", 25000)


# Repeated ------------------------------------------------------------------------------------------------------------


def test_a_question_that_was_just_read_is_repeated_in_short() -> None:
    person = at("photos")
    person.writes("ini bayar?")
    assert person.text.endswith("Kirim foto.")
    person.resumes()
    assert not person.text.endswith("Kirim foto.")


# Guesses and consents ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["mahal sekali", "sepi pembeli terus", "ikut bazar minggu", "urus pirt susah"])
def test_what_a_question_does_not_understand_becomes_no_wish(words: str) -> None:
    person = at("price")
    assert person.writes(words).outcome is Outcome.ASKED
    assert person.text.startswith("Harganya belum terbaca.")


@pytest.mark.parametrize("words", ["sudah betul", "betul", "sudah", "kirim", "kurang setuju", "salah"])
def test_a_yes_to_something_else_is_no_consent(words: str) -> None:
    person = at("consent")
    assert person.writes(words).outcome is Outcome.ASKED
    assert "consent" not in person.known_answers


@pytest.mark.parametrize("words", ["gak punya hp", "ga punya", "belum punya", "lupa nomornya"])
def test_who_has_no_phone_skips_the_question(words: str) -> None:
    person = at("phone")
    person.writes(words)
    assert person.known_answers["phone"] is None
    assert person.asked == "kind"


def test_the_phone_question_has_its_key_and_the_key_to_skip() -> None:
    person = at("phone")
    assert person.shown.asks_phone
    assert [(each.label, each.does) for each in person.shown.buttons] == [
        ("Lewati", "command"),
        ("Kirim nomor HP saya", "phone"),
    ]
    person.taps("Kirim nomor HP saya")
    assert person.text.startswith("Tulis saja nomornya di sini ya.")
    person.taps("Lewati")
    assert person.asked == "kind"


def test_who_leaves_is_offered_to_go_on() -> None:
    person = at("price")
    person.writes("batal")
    assert [(each.label, each.key) for each in person.shown.buttons] == [("Lanjut", "continue"), ("Menu", "menu")]


# Files ---------------------------------------------------------------------------------------------------------------


def test_a_photo_that_comes_early_is_in_the_album_later() -> None:
    person = at("price")
    person.sends(photo(7))
    person.answers("12rb", "lewati")
    assert person.asked == "photos"
    person.writes("selesai")
    assert person.known_answers["photos"] == [7]


def test_a_photo_that_comes_late_is_added() -> None:
    person = at("story")
    assert person.sends(photo(8)).outcome is Outcome.SILENT
    assert person.known_answers["photos"] == [1, 8]


def test_selesai_before_the_first_photo_says_what_is_missing() -> None:
    person = at("photos")
    person.writes("selesai")
    assert person.text.startswith("Perlu 1 foto, yang sudah masuk 0.")


def test_a_photo_that_failed_reopens_its_question_and_only_that() -> None:
    person = at("check")
    assert person.draft is not None
    again = reopen(WARUNG, person.draft, "photos", person.scene())
    assert again.draft is not None
    assert again.draft.asked == "photos"
    person.draft = again.draft
    person.sends(photo(9))
    person.writes("selesai")
    assert person.asked == "check"
    assert person.known_answers["photos"] == [1, 9]
