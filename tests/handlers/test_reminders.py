"""Reminders: the day before to who did not decline, two hours before to who comes; never twice, never too late."""

import pytest

from tests.handlers.test_events import plan
from tests.handlers.town import Person, Town, at


def remembered(person: Person) -> list[str]:
    """The reminders that were sent to a person, as their kinds."""
    return [
        key.split(":")[3] for key, state in person.states().items() if key.startswith("reminder:") and state == "sent"
    ]


@pytest.fixture
def siti(town: Town) -> Person:
    return town.producer("Siti Contoh")


def test_who_comes_hears_the_day_before_and_two_hours_before(town: Town, siti: Person) -> None:
    plan(town.officer())
    town.tick()
    siti.taps("Hadir")
    town.pass_time(at("2026-12-04", "15.45"))
    assert remembered(siti) == []
    town.pass_time(at("2026-12-04", "16.00"))
    assert siti.news()[-1].startswith("Besok, Sabtu, 5 Desember 2026 pukul 09.00 WIB: *Pelatihan Kemasan*")
    town.pass_time(at("2026-12-05", "07.00"))
    assert siti.news()[-1].startswith("Dua jam lagi, pukul 09.00 WIB")
    town.pass_time(at("2026-12-06", "09.00"))
    assert remembered(siti) == ["day_before", "two_hours"]


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [("Hadir", ["day_before", "two_hours"]), ("Belum tahu", ["day_before"]), ("", ["day_before"]), ("Tidak bisa", [])],
)
def test_reminders_follow_the_answer(town: Town, siti: Person, answer: str, kinds: list[str]) -> None:
    plan(town.officer())
    town.tick()
    if answer:
        siti.taps(answer)
    town.pass_time(at("2026-12-05", "10.00"))
    assert remembered(siti) == kinds


def test_a_no_that_comes_after_the_queueing_still_holds(town: Town, siti: Person) -> None:
    plan(town.officer())
    town.tick()
    town.deliver()
    town.clock.at = at("2026-12-04", "16.00")
    town.tick()
    siti.taps("Tidak bisa")
    town.deliver()
    assert remembered(siti) == []


def test_nothing_of_a_cancelled_event_is_remembered(town: Town, siti: Person) -> None:
    officer = town.officer()
    plan(officer)
    town.tick()
    town.deliver()
    town.clock.at = at("2026-12-04", "16.00")
    town.tick()
    officer.says("/acara")
    officer.taps("Batalkan Pelatihan Kemasan")
    officer.taps("Ya, batalkan")
    town.pass_time(at("2026-12-05", "10.00"))
    assert remembered(siti) == []


def test_who_stops_after_the_queueing_hears_nothing_more(town: Town, siti: Person) -> None:
    plan(town.officer())
    town.tick()
    town.deliver()
    town.clock.at = at("2026-12-04", "16.00")
    town.tick()
    siti.says("berhenti")
    town.deliver()
    assert remembered(siti) == []


def test_a_missed_hour_is_caught_up_with_words_that_are_true_then(town: Town, siti: Person) -> None:
    plan(town.officer(), "5 Desember jam 7 malam")
    town.tick()
    siti.taps("Hadir")
    town.deliver()
    town.clock.at = at("2026-12-05", "10.00")  # nothing ran since the day before yesterday
    town.tick()
    town.deliver()
    assert siti.news()[-1].startswith("Hari ini pukul 19.00 WIB")
    assert remembered(siti) == ["day_before"]


def test_a_reminder_that_is_too_late_does_not_come(town: Town, siti: Person) -> None:
    plan(town.officer())
    town.tick()
    siti.taps("Hadir")
    town.deliver()
    town.clock.at = at("2026-12-05", "08.41")  # nineteen minutes before the start
    town.tick()
    town.deliver()
    assert remembered(siti) == []


def test_a_reminder_that_waited_too_long_in_the_queue_does_not_come(town: Town, siti: Person) -> None:
    plan(town.officer())
    town.tick()
    siti.taps("Hadir")
    town.deliver()
    town.clock.at = at("2026-12-05", "07.00")
    town.tick()
    town.clock.at = at("2026-12-05", "08.41")
    town.deliver()
    assert remembered(siti) == []


def test_two_hours_before_a_dawn_event_is_quiet_and_dropped(town: Town, siti: Person) -> None:
    plan(town.officer(), "5 Desember jam 6 pagi")
    town.tick()
    siti.taps("Hadir")
    town.pass_time(at("2026-12-05", "07.00"))
    assert remembered(siti) == ["day_before"]


def test_ticking_twice_reminds_once(town: Town, siti: Person) -> None:
    plan(town.officer())
    town.tick()
    town.deliver()
    town.clock.at = at("2026-12-04", "16.00")
    for _ in range(3):
        town.tick()
        town.deliver()
    assert remembered(siti) == ["day_before"]
