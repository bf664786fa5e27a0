"""What a producer's conversations leave in the store, on both databases."""

from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Table, select

from handlers.conversations.product import slug_of
from storage.schema import (
    certificate,
    consent,
    contact,
    draft,
    history,
    inbox,
    outbox,
    producer,
    producer_region,
    product,
    product_photo,
    wish,
)
from storage.store import Store
from storage.tx import Tx
from tests.transcripts.stage import Stage, wording

TO_THE_PRODUCT = ("daftar", "setuju", "sudah", "siti aminah", "Balerejo, Wlingi", "0820 0000 0001")
THE_PRODUCT = ("Keripik Singkong", "makanan", "15-20 ribu per bungkus", "100 bungkus seminggu")
TO_THE_END = (*THE_PRODUCT, "(foto) (foto)", "selesai", "boleh", "ya")


@pytest.fixture
def stage(inline_store: Store) -> Stage:
    return Stage(inline_store)


def after(stage: Stage, *lines: str) -> list[str]:
    """The last answer."""
    said: list[str] = []
    for line in lines:
        said = stage.play(f"> {line}")
    return said


def rows(stage: Stage, table: Table) -> list[dict[str, Any]]:
    def read(tx: Tx) -> list[dict[str, Any]]:
        return [dict(row) for row in tx.execute(select(table).order_by(*table.primary_key)).mappings()]

    return stage.store.read_now(read)


def only(stage: Stage, table: Table) -> dict[str, Any]:
    [row] = rows(stage, table)
    return row


# Registration --------------------------------------------------------------------------------------------------------


def test_the_number_is_drawn_once_and_stays_for_good(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT)
    drafted = only(stage, producer)
    assert (drafted["number"], drafted["state"], drafted["registered_at"]) == ("OVB-0001", "draft", None)
    after(stage, *TO_THE_END)
    registered = only(stage, producer)
    assert (registered["number"], registered["state"]) == ("OVB-0001", "registered")
    assert registered["registered_at"] is not None


def test_a_registration_keeps_name_phone_and_village_as_said_and_as_meant(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT)
    made = only(stage, producer)
    assert made["name"] == "Siti Aminah"
    assert made["phone"] == "+6282000000001"
    assert (made["region_code"], made["unit_typed"]) == ("35.05.17.2009", "Balerejo, Wlingi")
    known = only(stage, contact)
    assert (known["name"], known["phone"], known["programme"]) == ("Siti Aminah", "+6282000000001", "ovop-blitar")


def test_a_bumdesma_belongs_to_all_its_villages_and_is_at_home_in_the_first(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT[:4], "Tembalang, Balerejo, Ngadirengo dan Tegalasri", "ya")
    after(stage, "lewati")
    homes = {row["region_code"]: row["is_home"] for row in rows(stage, producer_region)}
    assert homes == {
        "35.05.17.2005": True,
        "35.05.17.2007": False,
        "35.05.17.2008": False,
        "35.05.17.2009": False,
    }


def test_a_known_phone_is_not_asked_again(stage: Stage) -> None:
    after(stage, "(nomor +6282000000002)")
    answer = after(stage, *TO_THE_PRODUCT[:5])
    assert "Nama produknya" in "\n".join(answer)
    assert only(stage, producer)["phone"] == "+6282000000002"


def test_registration_takes_at_most_seven_turns_and_the_product_nine(stage: Stage) -> None:
    after(stage, "daftar", "setuju", "sudah", "siti aminah", "balerejo", "2", "0820 0000 0001")
    to_the_number = len(rows(stage, inbox))
    assert only(stage, producer)["region_code"] == "35.05.17.2009"
    assert to_the_number <= 7
    after(stage, *TO_THE_END)
    photos = len(rows(stage, product_photo))
    assert only(stage, producer)["state"] == "registered"
    assert len(rows(stage, inbox)) - to_the_number - photos + 1 <= 9  # an album is one turn


# Consent -------------------------------------------------------------------------------------------------------------


def test_consent_is_proved_by_the_text_and_the_message_that_gave_it(stage: Stage) -> None:
    shown = "\n".join(after(stage, "daftar")[:-1])
    after(stage, "setuju")
    given = only(stage, consent)
    assert (given["purpose"], given["given"], given["channel"]) == ("registration", True, "telegram")
    assert given["text_hash"] == sha256(shown.encode()).hexdigest()
    assert given["text_version"].endswith("/id")
    assert given["inbox_id"] == rows(stage, inbox)[-1]["id"]


def test_catalogue_and_announcements_are_consents_of_their_own(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END, "tidak usah")
    said = [(row["purpose"], row["given"], row["product_id"]) for row in rows(stage, consent)]
    assert said == [
        ("registration", True, None),
        ("catalogue", True, only(stage, product)["id"]),
        ("broadcast", False, None),
    ]


def test_an_unanswered_announcement_question_is_no_consent_and_in_nobodys_way(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END)
    assert "Keripik Singkong" in "\n".join(after(stage, "status"))
    assert [row["purpose"] for row in rows(stage, consent)] == ["registration", "catalogue"]
    assert "belum selesai" not in "\n".join(after(stage, "/start"))


@pytest.mark.parametrize("refusal", [("tidak",), ("setuju", "belum")], ids=["no consent", "under age"])
def test_a_refusal_erases_what_was_said_and_leaves_that_it_was_said(stage: Stage, refusal: tuple[str, ...]) -> None:
    after(stage, "(nomor +6282000000003)", "daftar", *refusal)
    assert all(row["raw"] is None and row["body"] is None for row in rows(stage, inbox))
    person = only(stage, contact)
    assert (person["name"], person["phone"]) == (None, None)
    assert rows(stage, draft) == []
    *before, last = rows(stage, outbox)
    assert all(row["payload"] == {"parts": []} for row in before)
    assert "hapus" in last["payload"]["parts"][0]["text"]
    assert [row["given"] for row in rows(stage, consent)] == ([False] if len(refusal) == 1 else [True])


def test_a_message_of_the_refused_that_comes_again_is_still_known(stage: Stage) -> None:
    after(stage, "daftar", "tidak")
    seen = [row["external_id"] for row in rows(stage, inbox)]
    stage._count = int(seen[-1]) - 1
    assert stage.play("> tidak") == ["(tidak ada jawaban)"]
    assert [row["external_id"] for row in rows(stage, inbox)] == seen


# The hashes of what is agreed to. Who changes such a text gives it a new version, here and in its .ftl file.
CONSENT_TEXTS = {
    "registration.consent": "2026-11-a",
    "product.catalogue": "2026-11-a",
    "announcements.allowed": "2026-11-b",
}


@pytest.mark.parametrize("key", CONSENT_TEXTS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_text_that_is_agreed_to_has_its_version(key: str, language: str) -> None:
    say = wording().for_person(language)
    assert say(f"{key.partition('.')[0]}.consent.version") == CONSENT_TEXTS[key]


# Products ------------------------------------------------------------------------------------------------------------


def test_a_product_stands_waiting_at_the_first_stage_with_its_photos_in_order(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END)
    made = only(stage, product)
    assert (made["name"], made["category"], made["in_catalogue"]) == ("Keripik Singkong", "makanan", True)
    assert (made["price_idr"], made["price_max_idr"], made["price_per"]) == (15000, 20000, "bungkus")
    assert made["capacity"] == {"amount": "100", "unit": "bungkus", "per": "week"}
    assert (made["stage"], made["decision"]) == ("pendataan", "menunggu")
    assert made["slug"] == "keripik-singkong-ovb-0001"
    assert [row["position"] for row in rows(stage, product_photo)] == [1, 2]
    assert only(stage, contact)["id"] == int(rows(stage, history)[-1]["actor"].removeprefix("contact:"))


def test_a_second_product_asks_only_for_the_product(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END, "boleh")
    answer = after(stage, "daftar")
    assert "Nama produknya" in answer[0]
    after(stage, "Tempe Sagu", "makanan", "5rb", "lewati", "lewati", "jangan dulu", "ya")
    assert [row["name"] for row in rows(stage, product)] == ["Keripik Singkong", "Tempe Sagu"]
    assert len(rows(stage, producer)) == 1
    assert len([row for row in rows(stage, consent) if row["purpose"] == "broadcast"]) == 1


def test_new_photos_let_a_product_that_was_sent_back_wait_again(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END, "boleh")
    stage.play("! putuskan perlu_perbaikan | Label belum ada tanggal")
    assert only(stage, product)["decision"] == "perlu_perbaikan"
    after(stage, "3", "(foto)", "selesai")
    assert only(stage, product)["decision"] == "menunggu"
    assert len(rows(stage, product_photo)) == 3


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Keripik Singkong", "keripik-singkong-ovb-0001"),
        ("Kopi “Tuan Galang” 250 g", "kopi-tuan-galang-250-g-ovb-0001"),
        ("Crème brûlée", "creme-brulee-ovb-0001"),
        ("ꦏꦺꦴꦥꦶ", "ovb-0001"),
        ("a" * 80, "a" * 60 + "-ovb-0001"),
    ],
)
def test_a_slug_is_readable_and_plain(name: str, slug: str) -> None:
    assert slug_of(name, "OVB-0001") == slug


# Certificates --------------------------------------------------------------------------------------------------------


def certificate_after(stage: Stage, *lines: str) -> dict[str, Any]:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END, "boleh", *lines)
    return only(stage, certificate)


def test_a_usual_number_is_kept_unverified(stage: Stage) -> None:
    nib = certificate_after(stage, "nib", "sudah", "9120 0000 00012")
    assert (nib["kind"], nib["state"], nib["number"]) == ("nib", "issued", "9120000000012")
    assert (nib["number_is_usual"], nib["verified"]) == (True, False)


def test_an_unusual_number_is_asked_about_and_then_kept(stage: Stage) -> None:
    nib = certificate_after(stage, "nib", "sudah", "912000000001", "ya")
    assert (nib["number"], nib["number_is_usual"]) == ("912000000001", False)


def test_a_pirt_number_tells_when_it_ends(stage: Stage) -> None:
    pirt = certificate_after(stage, "pirt", "ada", "2063505010001-31")
    assert (pirt["number"], str(pirt["expires_on"])) == ("2063505010001-31", "2031-12-31")


def test_a_pdf_is_proof_enough(stage: Stage) -> None:
    halal = certificate_after(stage, "halal", "sudah", "(PDF)")
    assert (halal["state"], halal["number"]) == ("issued", None)
    assert halal["media_id"] is not None


def test_who_wants_help_is_on_the_officers_list(stage: Stage) -> None:
    qris = certificate_after(stage, "qris", "belum", "mau")
    assert (qris["state"], qris["wants_help"]) == ("none", True)
    assert (only(stage, wish)["kind"], only(stage, wish)["text"]) == ("certificate", "qris")


def test_no_certificate_stands_in_the_way_of_a_registration(stage: Stage) -> None:
    after(stage, *TO_THE_PRODUCT, *TO_THE_END)
    assert rows(stage, certificate) == []
    assert only(stage, producer)["state"] == "registered"


# Commands ------------------------------------------------------------------------------------------------------------


def test_berhenti_acts_at_once_in_the_middle_of_a_form(stage: Stage) -> None:
    after(stage, "daftar", "setuju", "BERHENTI")
    assert only(stage, contact)["stopped_at"] is not None
    assert not only(stage, draft)["active"]
    after(stage, "mulai lagi")
    assert only(stage, contact)["stopped_at"] is None
    assert "Usia" in "\n".join(after(stage, "lanjut"))


def test_stop_pengumuman_stops_only_announcements(stage: Stage) -> None:
    after(stage, "stop pengumuman")
    assert (only(stage, contact)["stopped_at"], only(stage, contact)["stopped_topics"]) == (None, ["broadcast"])
    after(stage, "mulai lagi")
    assert only(stage, contact)["stopped_topics"] == []


@pytest.mark.parametrize(("asked", "kind"), [("5", "events"), ("jadwal pelatihan", "events"), ("7", "aspiration")])
def test_what_does_not_exist_yet_is_kept_for_officers(stage: Stage, asked: str, kind: str) -> None:
    assert "belum ada di sini" in "\n".join(after(stage, asked))
    assert (only(stage, wish)["kind"], only(stage, wish)["programme"]) == (kind, "ovop-blitar")


def test_a_question_to_the_office_is_kept_in_the_persons_words(stage: Stage) -> None:
    after(stage, "petugas", "Apakah harus punya NIB?")
    assert (only(stage, wish)["kind"], only(stage, wish)["text"]) == ("human", "Apakah harus punya NIB?")


def test_asking_for_a_person_counts_before_the_question_is_written(stage: Stage) -> None:
    after(stage, "9")
    assert only(stage, wish)["kind"] == "human"


def test_data_saya_shows_also_what_is_not_finished(stage: Stage) -> None:
    said = "\n".join(after(stage, *TO_THE_PRODUCT[:4], "data saya"))
    assert "Siti Aminah" in said


def test_the_language_of_the_person_is_kept(stage: Stage) -> None:
    after(stage, "english")
    assert only(stage, contact)["language"] == "en"
    assert "Menu" in after(stage, "menu")[0]
    after(stage, "bahasa indonesia")
    assert only(stage, contact)["language"] == "id"
