"""The link that makes a chat an officer's own: once, within a day, and without a hint for who guesses."""

from datetime import timedelta

import pytest

from tests.handlers.town import Town

WORDS = ("/putuskan", "/acara", "/siaran")


def test_the_link_opens_the_office_with_its_commands(town: Town) -> None:
    ratna = town.person("Ratna Umpama")
    said = ratna.starts(town.link())
    assert "Ratna Umpama" in said
    assert all(word in said for word in WORDS)
    assert ratna.labels() == ["Putuskan", "Acara", "Siaran", "Menu produsen"]


def test_a_link_works_once(town: Town) -> None:
    code = town.link()
    town.person("Ratna Umpama").starts(code)
    other = town.person("Budi Misal")
    assert "tidak berlaku" in other.starts(code)
    assert "Tidak ada produk" not in other.says("/putuskan")


def test_wrong_old_and_used_links_get_the_same_sentence(town: Town) -> None:
    used, old = town.link(), town.link()
    town.person("Ratna Umpama").starts(used)
    town.clock.at += timedelta(hours=24, seconds=1)
    stranger = town.person("Budi Misal")
    answers = {stranger.starts(code) for code in (used, old, "petugas-" + "x" * 22)}
    assert answers == {"Tautan itu tidak berlaku. Minta tautan yang baru ya."}


def test_a_link_still_works_at_its_last_minute(town: Town) -> None:
    code = town.link()
    town.clock.at += timedelta(hours=23, minutes=59)
    assert "Selamat datang" in town.person("Ratna Umpama").starts(code)


def test_a_second_link_moves_the_officer_to_another_chat(town: Town) -> None:
    first = town.officer()
    from storage import officers

    code = "petugas-second"
    town.store.write_now(lambda tx: officers.add_link(tx, 1, code, town.clock.now()))
    second = town.person("Ratna Umpama", channel="webchat")
    second.starts(code)
    assert "Tidak ada produk" in second.says("/putuskan")
    assert "Tidak ada produk" not in first.says("/putuskan")


@pytest.mark.parametrize("word", WORDS)
def test_officers_words_are_not_understood_from_others(town: Town, word: str) -> None:
    siti = town.producer("Siti Contoh")
    before = siti.says("hmm")
    said = siti.says(word)
    assert before
    assert "menunggu" not in said
    assert "Apa pengumumannya" not in said
    assert "Nama acaranya" not in said


def test_a_village_code_still_opens_the_chat_for_a_producer(town: Town) -> None:
    assert "Sambang Blitar" in town.person("Siti Contoh").starts("35.05.17.2009")


@pytest.mark.parametrize(
    ("role", "labels"),
    [("kurator", ["Putuskan"]), ("pimpinan", []), ("admin", ["Putuskan", "Acara", "Siaran"])],
)
def test_an_officer_sees_what_the_role_may_do(town: Town, role: str, labels: list[str]) -> None:
    officer = town.officer(role=role)
    officer.says("menu")
    assert officer.labels() == [*labels, "Menu produsen"]


@pytest.mark.parametrize("word", ["bantuan", "menu", "/menu", "help", "tolong", "halo", "mulai"])
def test_an_officer_who_asks_for_help_gets_the_officers(town: Town, word: str) -> None:
    assert "/putuskan" in town.officer().says(word)


@pytest.mark.parametrize("word", ["bantuan", "menu"])
def test_help_in_the_middle_of_a_decision_is_no_reason_for_it(town: Town, word: str) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    officer.says("/putuskan")
    officer.taps("Belum lolos")
    assert "/putuskan" in officer.says(word)
    assert siti.news() == []
    assert "Apa alasannya?" in officer.taps("Lanjut")


def test_an_officer_reaches_the_producers_side_too(town: Town) -> None:
    officer = town.officer()
    officer.says("menu")
    assert "Cek status" in officer.taps("Menu produsen")
    assert "Cek status" in officer.says("menu produsen")
    assert "Setuju?" in officer.taps("Daftar produk")


def test_the_officers_menu_is_nobody_elses(town: Town) -> None:
    siti = town.producer("Siti Contoh")
    for word in ("menu", "bantuan", "halo", "menu produsen"):
        assert "/putuskan" not in siti.says(word)


def test_a_curator_may_not_announce(town: Town) -> None:
    town.producer("Siti Contoh")
    curator = town.officer(role="kurator")
    assert "Apa pengumumannya" not in curator.says("/siaran")
