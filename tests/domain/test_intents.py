import random  # noqa: TID251 - seeded dice, so that a failing test fails again

import pytest

from domain.intents import (
    Intent,
    Rsvp,
    guess_intent,
    is_abuse,
    is_start_again,
    is_stop,
    is_unknown,
    read_choice,
    read_choices,
    read_intent,
    read_navigation,
    read_rsvp,
    read_yes_no,
    stop_scope,
)

CATEGORIES = ["Makanan", "Minuman", "Kerajinan", "Pertanian & perkebunan", "Lainnya"]


@pytest.mark.parametrize(
    "text",
    [
        "berhenti",
        "STOP",
        "Stop dong",
        "unreg",
        "unsub",
        "jangan kirim lagi",
        "ga usah kirim pesan lagi",
        "hapus nomor saya",
        "cabut",
        "tolong berhenti pak",
    ],
)
def test_a_stop_is_heard_in_every_wording(text: str) -> None:
    assert is_stop(text)
    assert stop_scope(text) == "all"


@pytest.mark.parametrize("text", ["stop promo", "STOP PENGUMUMAN", "berhenti kirim pengumuman"])
def test_a_stop_of_announcements_stops_only_them(text: str) -> None:
    assert is_stop(text)
    assert stop_scope(text) == "broadcast"


@pytest.mark.parametrize(
    "text",
    [
        "stok habis",
        "stop kontak rusak",
        "berhenti produksi karena mesin rusak",
        "batal",
        "keluar",
        "sop buntut",
        "hapus data saya",
        "Sto",
    ],
)
def test_other_words_do_not_stop(text: str) -> None:
    assert not is_stop(text)


def test_a_stop_with_one_wrong_letter_is_still_a_stop() -> None:
    slips = {"berhenti"[:at] + letter + "berhenti"[at + 1 :] for at in range(8) for letter in "aeioubn"}
    assert all(is_stop(slip) for slip in slips)


def test_mulai_starts_again_and_is_a_greeting_otherwise() -> None:
    assert is_start_again("mulai")
    assert is_start_again("Mulai lagi ya")
    assert not is_start_again("mulai dari mana")
    assert read_intent("mulai") == Intent("greet")


@pytest.mark.parametrize(
    "word", ["batal", "kembali", "lewati", "lanjut", "selesai", "menu", "bantuan", "petugas", "status"]
)
def test_commands_survive_one_slip_in_most_cases(word: str) -> None:
    dice = random.Random(5)
    slips = [word[:at] + dice.choice("aeiourst") + word[at + 1 :] for at in range(1, len(word)) for _ in range(3)]
    meant = {read_navigation(word, in_form=True), read_intent(word)}
    heard = [bool({read_navigation(slip, in_form=True), guess_intent(slip)} & (meant - {None})) for slip in slips]
    assert sum(heard) >= (0.9 if len(word) > 5 else 0.5) * len(heard)


def test_a_name_is_no_command() -> None:
    for name in ("Siti Aminah", "Budi Santoso", "Keripik Singkong Balerejo", "Sri", "Joko", "Nurul Hidayah"):
        assert read_intent(name) is None
        assert read_navigation(name, in_form=True) is None
        assert not is_stop(name)


def test_leaving_words_count_by_place() -> None:
    assert read_navigation("keluar", in_form=True) == "cancel"
    assert read_navigation("keluar", in_form=False) is None
    assert read_navigation("lanjut", in_form=False) is None
    assert read_navigation("-", in_form=True) == "skip"


def test_who_cannot_say_is_understood() -> None:
    assert all(
        is_unknown(text)
        for text in ("lupa", "ga punya", "tidak tentu", "belum tahu pak", "tergantung pesanan", "embuh")
    )
    assert not any(is_unknown(text) for text in ("25rb", "tergantung ukuran", "Lupaya"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("nggih", True),
        ("ya betul bu", True),
        ("👍🏽", True),
        ("sudah betul", True),
        ("tdk", False),
        ("belum", False),
        ("ada yang salah", False),
        ("👎", False),
        ("👍👎", None),
        ("mungkin", None),
        ("betul?", None),
        ("ya tapi harganya salah", None),
        ("Siti", None),
        ("", None),
    ],
)
def test_yes_and_no_are_read_only_when_they_are_sure(text: str, answer: bool | None) -> None:
    assert read_yes_no(text) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("insya allah hadir", Rsvp("yes")),
        ("hadir bawa 2 orang", Rsvp("yes", 2)),
        ("kami berdua datang", Rsvp("yes", 1)),
        ("maaf tidak bisa", Rsvp("no")),
        ("ngapunten mboten saged", Rsvp("no")),
        ("nanti dikabari", Rsvp("maybe")),
        ("jam berapa?", None),
    ],
)
def test_an_invitation_is_answered_in_three_ways(text: str, answer: Rsvp | None) -> None:
    assert read_rsvp(text) == answer


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("3", 3),
        ("nomor 3", 3),
        ("yang ketiga", 3),
        ("tiga", 3),
        ("③", 3),
        ("kerajinan", 3),
        ("kerajinn", 3),
        ("pertanian", 4),
        ("krafting", 3),
        ("makan", 1),
        ("6", None),
        ("0", None),
        ("minum makan", None),
        ("entah", None),
    ],
)
def test_a_choice_is_a_digit_a_word_or_a_label(text: str, place: int | None) -> None:
    assert read_choice(text, CATEGORIES, [["makan"], [], ["krafting", "anyaman"]]) == place


def test_several_choices_are_told_apart_from_one() -> None:
    assert read_choices("1 dan 3", CATEGORIES) == (1, 3)
    assert read_choices("makanan, minuman", CATEGORIES) == (1, 2)
    assert read_choices("1 dan 9", CATEGORIES) == ()
    assert read_choice("1 dan 3", CATEGORIES) is None


def test_an_insult_is_one_only_when_nothing_else_is_said() -> None:
    assert is_abuse("dasar goblok lu")
    assert not is_abuse("sambal setan")
