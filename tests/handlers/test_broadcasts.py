"""/siaran: to who said yes, in a frame with the way out, at most twice a week, and stopped when the officer says so."""

from datetime import timedelta

import pytest

from handlers import broadcasts
from storage import contacts
from tests.handlers.town import Person, Town, at

TEXT = "Bazar Wlingi dibuka hari Minggu jam 8 pagi. Silakan membawa produk."


def announce(officer: Person, text: str = TEXT, command: str = "/siaran") -> str:
    officer.says(command)
    officer.says(text)
    return officer.taps("Kirim")


def test_the_officer_sees_how_many_read_it_before_it_goes(town: Town) -> None:
    town.producer("Siti Contoh"), town.producer("Budi Umpama")
    town.producer("Ani Misal", allows_broadcasts=False)
    officer = town.officer()
    officer.says("/siaran")
    said = officer.says(TEXT)
    assert "*2* orang (Telegram 2). 1 orang tidak dikirimi" in said
    assert officer.labels() == ["Kirim", "Batal"]


def test_it_reaches_those_who_said_yes_in_its_frame(town: Town) -> None:
    siti, ani = town.producer("Siti Contoh"), town.producer("Ani Misal", allows_broadcasts=False)
    officer = town.officer()
    announce(officer)
    town.tick()
    town.deliver()
    [news] = siti.news(sent_only=True)
    assert news.startswith("*Pengumuman OVOP Kabupaten Blitar*")
    assert TEXT in news
    assert "STOP PENGUMUMAN" in news
    assert ani.news() == []


def test_lines_of_an_announcement_stay_lines(town: Town) -> None:
    siti = town.producer("Siti Contoh")
    announce(town.officer(), "Bazar Wlingi dibuka.\nHari Minggu jam 8 pagi.")
    town.tick()
    assert "Bazar Wlingi dibuka.\nHari Minggu jam 8 pagi." in siti.news()[0]


def test_a_no_sends_nothing(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    officer.says("/siaran")
    officer.says(TEXT)
    assert "tidak jadi dikirim" in officer.taps("Batal")
    town.tick()
    assert siti.news() == []


def test_who_stops_announcements_gets_none_even_when_queued(town: Town) -> None:
    siti, budi = town.producer("Siti Contoh"), town.producer("Budi Umpama")
    siti.says("stop pengumuman")
    announce(town.officer())
    town.tick()
    budi.says("stop pengumuman")
    town.deliver()
    assert siti.news() == []
    assert budi.news() == []


def test_a_yes_that_was_taken_back_meanwhile_holds(town: Town) -> None:
    siti = town.producer("Siti Contoh")
    announce(town.officer())
    town.tick()
    town.store.write_now(lambda tx: town.allow_broadcasts(tx, siti, given=False))
    town.deliver()
    assert siti.news() == []


def test_a_third_within_seven_days_is_refused_kindly(town: Town) -> None:
    town.producer("Siti Contoh")
    officer = town.officer()
    for _ in range(2):
        announce(officer)
        town.tick()
        town.deliver()
        town.tick()
    assert "kami berjanji tidak lebih" in officer.says("/siaran")
    town.clock.at += timedelta(days=7)
    assert "Apa pengumumannya" in officer.says("/siaran")


def test_what_is_very_important_goes_all_the_same(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    for command in ("/siaran", "/siaran", "siaran penting"):
        announce(officer, command=command)
        town.tick()
        town.deliver()
        town.tick()
    assert len(siti.news(sent_only=True)) == 3


def test_it_waits_for_open_hours(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    town.clock.at = at("2026-11-21", "17.50")  # maghrib
    announce(officer)
    town.tick()
    town.deliver()
    assert siti.news(sent_only=True) == []
    town.pass_time(at("2026-11-21", "18.30"))
    assert len(siti.news(sent_only=True)) == 1


def test_what_was_still_queued_at_nightfall_waits_for_the_morning(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    announce(officer)
    town.tick()
    town.clock.at = at("2026-11-21", "23.00")  # nothing was sent all day
    town.deliver()
    assert siti.news(sent_only=True) == []
    town.pass_time(at("2026-11-22", "08.00"))
    assert len(siti.news(sent_only=True)) == 1


def test_what_is_three_days_old_is_not_sent_any_more(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    announce(officer)
    town.tick()
    town.clock.at += timedelta(days=3, hours=1)
    town.deliver()
    assert siti.news() == []


def test_it_goes_on_from_slice_to_slice(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcasts, "SLICE", 2)
    people = [town.producer(f"Orang {letter} Contoh") for letter in "ABCDE"]
    announce(town.officer())
    town.store.write_now(lambda tx: broadcasts.expand(tx, town.house))
    assert [len(person.news()) for person in people] == [1, 1, 0, 0, 0]
    town.tick()
    assert [len(person.news()) for person in people] == [1, 1, 1, 1, 1]


def test_the_officer_hears_once_what_became_of_it(town: Town) -> None:
    town.producer("Siti Contoh"), town.producer("Budi Umpama")
    officer = town.officer()
    announce(officer)
    town.tick()
    assert "0 dari 2 terkirim, 2 menunggu" in officer.says("/siaran")
    town.deliver()
    town.tick()
    town.tick()
    assert officer.news() == ["Pengumuman selesai: 2 dari 2 terkirim, 0 tidak pasti, 0 tidak terkirim."]


def test_what_was_stopped_goes_no_further(town: Town) -> None:
    siti, officer = town.producer("Siti Contoh"), town.officer()
    announce(officer)
    town.tick()
    officer.says("/siaran")
    assert "dihentikan" in officer.taps("Hentikan")
    town.tick()
    town.deliver()
    assert siti.news() == []


def test_a_person_without_a_reachable_address_is_counted_out(town: Town) -> None:
    town.producer("Siti Contoh")
    gone = town.producer("Budi Umpama")
    town.store.write_now(
        lambda tx: contacts.mark_address(tx, contacts.list_addresses(tx, gone.id)[0].id, reachable=False)
    )
    officer = town.officer()
    officer.says("/siaran")
    assert "*1* orang (Telegram 1). 1 orang tidak dikirimi" in officer.says(TEXT)
