"""/putuskan: the product that waits longest, a decision with its reason, and the news to its producer at once."""

import asyncio
from datetime import timedelta

import pytest

from domain.curation import Decided, Decision, first_standing
from domain.curation import decide as decide_by_rule
from storage import curation, officers, outbox, products
from storage.curation import Place
from storage.store import Store
from storage.tx import Tx
from tests.handlers.town import Person, Town
from tests.transcripts.stage import blitar

FIRST = first_standing(blitar())


def decide(officer: Person, result: str, *words: str) -> str:
    said = officer.taps(result)
    for word in words:
        said = officer.says(word)
    return said


def standing(town: Town, person: Person) -> tuple[str, str]:
    product = town.store.read_now(lambda tx: products.get_product(tx, person.product))
    return product.stage, product.decision


def test_the_card_shows_what_is_to_be_judged(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    photo = town.photograph(siti)
    said = ratna.says("/putuskan")
    for part in ("Keripik Siti Contoh", "Balerejo, Kec. Wlingi", "Rp12.000 per bungkus", "100 bungkus per minggu"):
        assert part in said
    assert "sejak hari ini" in said
    assert ratna.rows()[-1][1].parts[0].photos == (photo,)
    assert ratna.labels() == ["Lolos", "Perlu perbaikan", "Berkas kurang", "Belum lolos", "Lewati"]


def test_the_product_that_waits_longest_comes_first_and_then_the_next(town: Town) -> None:
    town.producer("Siti Contoh"), town.producer("Budi Umpama")
    ratna = town.officer()
    assert "Siti Contoh" in ratna.says("/putuskan")
    said = decide(ratna, "Lolos", "lewati")
    assert "K-1" in said
    assert "Keripik Budi Umpama" in said


def test_a_pass_opens_the_next_stage_and_the_producer_hears_it(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    decide(ratna, "Lolos", "Rasanya enak sekali")
    assert standing(town, siti) == ("sambang_desa", "menunggu")
    [news] = siti.news()
    for part in ("Selamat", "lolos", "Sambang Desa", "Rasanya enak sekali", "No. K-1"):
        assert part in news


def test_the_same_product_comes_again_only_where_no_other_waits_and_that_is_said(town: Town) -> None:
    town.producer("Siti Contoh"), town.producer("Budi Umpama")
    ratna = town.officer()
    ratna.says("/putuskan")
    assert "produk yang sama" not in decide(ratna, "Lolos", "lewati")
    assert "Siti Contoh" in decide(ratna, "Belum lolos", "Belum ada kemasan", "Ikut pelatihan")
    said = decide(ratna, "Lolos", "lewati")
    assert "Ini produk yang sama, di tahap berikutnya: *Pendampingan OPD*." in said


def test_a_negative_decision_asks_for_a_reason_and_a_next_step(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    ratna.taps("Perlu perbaikan")
    assert siti.news() == []
    assert "Langkah berikutnya" in ratna.says("Label belum ada tanggal kedaluwarsa")
    ratna.taps("Kirim foto baru")
    assert standing(town, siti) == ("pendataan", "perlu_perbaikan")
    [news] = siti.news()
    assert "Label belum ada tanggal kedaluwarsa" in news
    assert "Kirim foto baru" in news
    assert siti.labels() == ["Kirim foto baru", "Minta dibantu"]


def test_the_news_is_a_decision_of_its_own_key(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    decide(ratna, "Belum lolos", "Belum ada kemasan", "Ikut pelatihan kemasan")
    assert siti.keys() == [f"decision:1:{siti.id}"]
    [due] = [
        row
        for row in town.store.write_now(lambda tx: outbox.find_due(tx, town.clock.now(), 10))
        if row.contact_id == siti.id
    ]
    assert due.message_class == "decision"


def test_every_decision_is_kept_with_who_and_why(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    decide(ratna, "Berkas kurang", "PIRT belum ada", "Lengkapi sertifikat")
    [kept] = town.store.read_now(lambda tx: curation.list_decisions(tx, siti.product))
    assert (kept.decision, kept.feedback, kept.next_step, kept.officer_id) == (
        "kurang_berkas",
        "PIRT belum ada",
        "Lengkapi sertifikat",
        1,
    )


def test_of_two_officers_on_one_product_the_second_is_told_kindly(town: Town) -> None:
    siti, ratna, dewi = town.producer("Siti Contoh"), town.officer(), town.officer("Dewi Misal")
    ratna.says("/putuskan")
    dewi.says("/putuskan")
    dewi.taps("Belum lolos")
    decide(ratna, "Lolos", "lewati")
    dewi.says("Belum ada kemasan")
    assert "sudah diputuskan petugas lain" in dewi.says("Ikut pelatihan kemasan")
    assert standing(town, siti) == ("sambang_desa", "menunggu")
    assert len(siti.news()) == 1


def test_an_old_card_decides_nothing(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    card = ratna.rows()[-1][0]
    decide(ratna, "Lolos", "lewati")
    assert "sudah diputuskan" in ratna.taps("Belum lolos", row=card)
    assert standing(town, siti) == ("sambang_desa", "menunggu")


def test_leaving_out_shows_the_next_and_comes_back_to_the_first(town: Town) -> None:
    town.producer("Siti Contoh"), town.producer("Budi Umpama")
    ratna = town.officer()
    ratna.says("/putuskan")
    assert "Budi Umpama" in ratna.taps("Lewati")
    assert "masih ada 2 produk" in ratna.taps("Lewati").lower()
    assert "Siti Contoh" in ratna.taps("Lihat lagi")


def test_words_after_leaving_out_are_no_reason_for_the_product_before(town: Town) -> None:
    siti = town.producer("Siti Contoh")
    town.producer("Budi Umpama")
    ratna = town.officer()
    ratna.says("/putuskan")
    card = ratna.rows()[-1][0]
    ratna.taps("Perlu perbaikan")
    ratna.taps("Lewati", row=card)
    ratna.says("Kemasannya perlu segel")
    assert siti.news() == []


def test_a_product_passes_all_stages_and_then_waits_no_more(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    for _ in range(5):
        said = decide(ratna, "Lolos", "lewati")
    assert standing(town, siti) == ("katalog", "lolos")
    assert "Tidak ada produk" in said
    assert "tahap terakhir" in siti.news()[-1]


def test_an_officer_of_a_programme_that_is_off_sees_nothing(town: Town) -> None:
    town.producer("Siti Contoh")
    assert "Keripik" not in town.officer(programme="ovop-lain").says("/putuskan")


@pytest.mark.parametrize("role", ["pendamping", "pimpinan"])
def test_who_may_not_decide_sees_no_card(town: Town, role: str) -> None:
    town.producer("Siti Contoh")
    assert "Keripik" not in town.officer(role=role).says("/putuskan")


def test_who_lost_the_right_meanwhile_decides_nothing(town: Town) -> None:
    from storage.schema import officer

    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    ratna.taps("Lolos")
    town.store.write_now(lambda tx: tx.execute(officer.update().values(active=False)))
    ratna.says("lewati")
    assert standing(town, siti) == ("pendataan", "menunggu")


def test_a_reason_that_sounds_like_a_command_is_a_reason(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    decide(ratna, "Belum lolos", "Pelatihan", "Ikut pelatihan")
    [news] = siti.news()
    assert "Pelatihan" in news
    assert "Ikut pelatihan" in news


def test_a_decision_can_be_left_in_the_middle(town: Town) -> None:
    siti, ratna = town.producer("Siti Contoh"), town.officer()
    ratna.says("/putuskan")
    ratna.taps("Belum lolos")
    ratna.says("batal")
    assert "Keripik Siti Contoh" in ratna.says("/putuskan")
    assert siti.news() == []


async def test_of_two_processes_one_decides(store: Store, database_url: str) -> None:
    town = Town(store)
    siti = town.person("Siti Contoh")
    await store.write(lambda tx: town.settle(tx, siti))
    officer = await store.write(
        lambda tx: officers.create_officer(tx, "Ratna Umpama", None, "petugas", town.clock.now())
    )
    product = await store.read(lambda tx: products.get_product(tx, siti.product))
    place, made = Place(product.decided_at, product.id), decide_by_rule(blitar(), FIRST, Decision.PASSED)
    assert isinstance(made, Decided)

    def one(tx: Tx) -> int | None:
        return curation.record_decision(tx, place, made, officer, "", "", town.clock.now() + timedelta(minutes=1))

    async with Store(database_url, clock=town.clock) as other:
        numbers = await asyncio.gather(store.write(one), other.write(one), store.write(one), other.write(one))
    assert sorted(number is None for number in numbers) == [False, True, True, True]
    assert len(await store.read(lambda tx: curation.list_decisions(tx, product.id))) == 1
