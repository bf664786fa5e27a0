"""/acara: an invitation to everybody registered, an answer that can be changed, and the officer's list."""

import pytest

from handlers import gatherings
from storage import contacts, events
from tests.handlers.town import Person, Town, at

ANSWERS = ["Hadir", "Tidak bisa", "Belum tahu"]


def plan(officer: Person, when: str = "5 Desember jam 9 pagi", name: str = "Pelatihan Kemasan") -> str:
    officer.says("/acara")
    if "Acara baru" in officer.labels():
        officer.taps("Acara baru")
    for word in (name, when, "balerejo wlingi"):
        officer.says(word)
    officer.says("Balai Desa")
    return officer.taps("Sudah betul")


def test_an_event_is_asked_for_in_four_questions_and_checked(town: Town) -> None:
    officer = town.officer()
    said = plan(officer)
    for part in ("Pelatihan Kemasan", "Sabtu, 5 Desember 2026 pukul 09.00 WIB", "Balai Desa, Balerejo, Kec. Wlingi"):
        assert part in said


def test_a_time_that_is_over_is_not_taken(town: Town) -> None:
    officer = town.officer()
    officer.says("/acara")
    officer.says("Pelatihan Kemasan")
    assert "sudah lewat" in officer.says("20 November 2026 jam 9 pagi")


def test_a_title_that_sounds_like_a_command_is_a_title(town: Town) -> None:
    assert "*Pelatihan*" in plan(town.officer(), name="Pelatihan")


def test_everybody_registered_is_invited_once(town: Town) -> None:
    people = [town.producer(name) for name in ("Siti Contoh", "Budi Umpama", "Ani Misal")]
    plan(town.officer())
    town.tick()
    town.tick()
    for person in people:
        [invitation] = person.news()
        assert f"Bapak/Ibu {person.name} diundang ke *Pelatihan Kemasan*" in invitation
        assert person.labels() == ANSWERS


def test_who_stopped_events_or_everything_is_not_invited(town: Town) -> None:
    siti, budi = town.producer("Siti Contoh"), town.producer("Budi Umpama")
    siti.says("berhenti")
    town.store.write_now(lambda tx: contacts.stop_topic(tx, contacts.get_contact(tx, budi.id), "event"))
    plan(town.officer())
    town.tick()
    assert siti.news() == []
    assert budi.news() == []


def test_who_never_registered_a_product_is_not_invited(town: Town) -> None:
    visitor = town.person("Tamu Misal")
    visitor.says("menu")
    plan(town.officer())
    town.tick()
    assert visitor.news() == []


def test_an_answer_can_be_changed_and_the_last_one_counts(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    plan(officer)
    town.tick()
    assert "tercatat hadir" in siti.taps("Hadir")
    assert "tidak apa-apa" in siti.taps("Tidak bisa")
    assert "tercatat hadir" in siti.taps("Hadir")
    assert "tercatat hadir" in siti.taps("Hadir")
    assert "hadir 1, tidak 0, belum tahu 0, belum menjawab 0" in officer.says("/acara")


@pytest.mark.parametrize(
    ("words", "heard"),
    [("insya allah hadir", "tercatat hadir"), ("maaf tidak bisa", "tidak apa-apa"), ("ya", "tercatat")],
)
def test_an_invitation_can_be_answered_in_words(town: Town, words: str, heard: str) -> None:
    siti = town.producer("Siti Contoh")
    plan(town.officer())
    town.tick()
    town.deliver()
    assert heard in siti.says(words)


def test_a_yes_to_something_else_answers_no_invitation(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    plan(officer)
    town.tick()
    town.deliver()
    siti.says("menu")
    town.deliver()
    siti.says("ya")
    assert "hadir 0, tidak 0, belum tahu 0, belum menjawab 1" in officer.says("/acara")


def test_the_officer_sees_who_comes(town: Town) -> None:
    people = [town.producer(name) for name in ("Siti Contoh", "Budi Umpama", "Ani Misal", "Eko Contoh")]
    officer = town.officer()
    plan(officer)
    town.tick()
    for person, answer in zip(people, ANSWERS, strict=False):
        person.taps(answer)
    assert "hadir 1, tidak 1, belum tahu 1, belum menjawab 1" in officer.says("/acara")


def test_a_key_of_an_event_that_is_over_is_answered_kindly(town: Town) -> None:
    siti = town.producer("Siti Contoh")
    plan(town.officer())
    town.tick()
    town.clock.at = at("2026-12-05", "09.01")
    assert "sudah lewat" in siti.taps("Hadir")


def test_somebody_elses_key_answers_nothing(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    visitor = town.person("Tamu Misal")
    visitor.says("menu")
    plan(officer)
    town.tick()
    visitor.taps_on(siti.rows()[-1][0])
    assert "hadir 0, tidak 0, belum tahu 0, belum menjawab 1" in officer.says("/acara")


def test_a_cancelled_event_is_told_to_all_but_those_who_said_no(town: Town) -> None:
    siti, budi = town.producer("Siti Contoh"), town.producer("Budi Umpama")
    officer = town.officer()
    plan(officer)
    town.tick()
    town.deliver()
    budi.taps("Tidak bisa")
    officer.says("/acara")
    assert "Betul dibatalkan" in officer.taps("Batalkan Pelatihan Kemasan")
    officer.taps("Ya, batalkan")
    town.tick()
    town.deliver()
    assert "dibatalkan" in siti.news()[-1]
    assert "dibatalkan" not in budi.news()[-1]
    assert "dibatalkan" in siti.taps("Hadir")


def test_invitations_of_a_cancelled_event_that_have_not_gone_stay_here(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    town.clock.at = at("2026-11-21", "21.00")
    plan(officer)
    town.tick()
    officer.says("/acara")
    officer.taps("Batalkan Pelatihan Kemasan")
    officer.taps("Ya, batalkan")
    town.pass_time(at("2026-11-22", "09.00"))
    assert all("diundang" not in news for news in siti.news(sent_only=True))


def test_an_invitation_waits_for_open_hours(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    town.clock.at = at("2026-11-21", "20.00")
    plan(officer)
    town.tick()
    town.deliver()
    assert siti.news(sent_only=True) == []
    town.pass_time(at("2026-11-22", "08.15"))
    assert len(siti.news(sent_only=True)) == 1


def test_invitations_go_on_from_slice_to_slice(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gatherings, "SLICE", 2)
    people = [town.producer(f"Orang {letter} Contoh") for letter in "ABCDE"]
    plan(town.officer())
    town.store.write_now(lambda tx: gatherings.announce(tx, town.house))
    assert [len(person.news()) for person in people] == [1, 1, 0, 0, 0]
    town.tick()
    assert [len(person.news()) for person in people] == [1, 1, 1, 1, 1]
    assert not town.store.write_now(lambda tx: gatherings.announce(tx, town.house))


def test_who_answered_before_the_invitation_left_is_not_asked_again(town: Town) -> None:
    siti = town.producer("Siti Contoh")
    plan(town.officer())
    town.tick()
    town.store.write_now(lambda tx: events.answer(tx, 1, siti.id, "yes", town.clock.now()))
    town.deliver()
    assert siti.news() == []
