"""Producers, products, certificates, consents, wishes and numbers, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from sqlalchemy import insert, select

from storage import certificates, consents, contacts, history, numbers, producers, products, wishes
from storage.erasure import erase_person
from storage.schema import consent, inbox, media, product_photo
from storage.schema import contact as contact_table
from storage.schema import history as history_table
from storage.store import Store
from storage.tx import Tx
from tests.clocks import SteadyClock

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def new_contact(tx: Tx) -> int:
    return contacts.create_contact(tx, NOW, name="Siti Aminah", phone="+6282000000001")


def new_producer(tx: Tx, contact_id: int, number: str = "OVB-0001") -> int:
    new = producers.NewProducer(
        programme="ovop-blitar",
        number=number,
        name="Siti Aminah",
        phone="+6282000000001",
        regions=("35.05.17.2009",),
        unit_typed="balairejo wlingi",
    )
    return producers.create_producer(tx, contact_id, new, NOW)


def new_product(producer_id: int, slug: str = "keripik-singkong") -> products.NewProduct:
    return products.NewProduct(
        producer_id=producer_id,
        programme="ovop-blitar",
        slug=slug,
        name="Keripik Singkong",
        category="makanan",
        stage="pendataan",
        decision="menunggu",
        price_idr=12000,
        price_per="bungkus",
    )


def new_media(tx: Tx, contact_id: int, state: str = "stored") -> int:
    values = {"contact_id": contact_id, "channel": "web", "account": "a", "file_id": "f", "kind": "photo"}
    made = tx.execute(
        insert(media).values(**values, state=state, next_try_at=NOW, created_at=NOW).returning(media.c.id)
    )
    return int(made.scalar_one())


def test_numbers_of_a_programme_follow_each_other_and_no_other_programme(inline_store: Store) -> None:
    def draw(tx: Tx) -> list[str]:
        numbers.prepare_numbers(tx, "ovop-blitar")
        return [numbers.draw_number(tx, "ovop-blitar", "OVB") for _ in range(3)] + [
            numbers.draw_number(tx, "ovop-ntt", "OVN")
        ]

    assert inline_store.write_now(draw) == ["OVB-0001", "OVB-0002", "OVB-0003", "OVN-0001"]
    assert inline_store.write_now(lambda tx: numbers.draw_number(tx, "ovop-blitar", "OVB")) == "OVB-0004"


def test_two_processes_that_meet_their_first_producer_together_draw_different_numbers(
    postgres_url: str, clock: SteadyClock
) -> None:
    meet = Barrier(2)

    def draw(_: int) -> list[str]:
        with Store(postgres_url, clock=clock, inline=True) as store:
            meet.wait(10)
            return [store.write_now(lambda tx: numbers.draw_number(tx, "ovop-blitar", "OVB")) for _ in range(20)]

    with ThreadPoolExecutor(2) as processes:
        drawn = [number for numbers_of_one in processes.map(draw, range(2)) for number in numbers_of_one]
    assert len(set(drawn)) == 40


def test_a_producer_has_one_home_and_further_villages_once(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[str, ...]:
        producer_id = new_producer(tx, new_contact(tx))
        producers.add_regions(tx, producer_id, ["35.05.17.2005", "35.05.17.2009", "35.05.17.2005"])
        return producers.list_regions(tx, producer_id)

    assert inline_store.write_now(write) == ("35.05.17.2009", "35.05.17.2005")


def test_a_draft_producer_is_registered_once(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[bool, bool, str]:
        producer_id = new_producer(tx, new_contact(tx))
        first, second = (producers.register_producer(tx, producer_id, NOW) for _ in range(2))
        return first, second, producers.get_producer(tx, producer_id).state

    assert inline_store.write_now(write) == (True, False, "registered")


def test_products_with_one_name_get_slugs_of_their_own(inline_store: Store) -> None:
    def write(tx: Tx) -> list[str]:
        producer_id = new_producer(tx, new_contact(tx))
        return [
            products.get_product(tx, products.create_product(tx, new_product(producer_id, slug), NOW)).slug
            for slug in ("keripik", "keripik", "keripik-tempe", "keripik")
        ]

    assert inline_store.write_now(write) == ["keripik", "keripik-2", "keripik-tempe", "keripik-3"]


def test_only_my_own_photos_that_were_not_refused_are_attached_once_and_in_order(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[int, int, list[int], tuple[int, ...]]:
        mine, other = new_contact(tx), new_contact(tx)
        product_id = products.create_product(tx, new_product(new_producer(tx, mine)), NOW)
        good, late = new_media(tx, mine), new_media(tx, mine, "pending")
        refused, foreign = new_media(tx, mine, "rejected"), new_media(tx, other)
        first = products.add_photos(tx, product_id, mine, [late, refused, foreign, good, late])
        again = products.add_photos(tx, product_id, mine, [good])
        places = tx.execute(select(product_photo.c.position).order_by(product_photo.c.position)).scalars().all()
        return first, again, list(places), tuple(item - good for item in products.list_photos(tx, product_id))

    assert inline_store.write_now(write) == (2, 0, [1, 2], (0,))


def test_a_person_finds_the_products_of_all_their_producers(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[list[str], list[str], bool, bool]:
        mine, other = new_contact(tx), new_contact(tx)
        for number in ("OVB-0001", "OVB-0002"):
            products.create_product(tx, new_product(new_producer(tx, mine, number), f"p-{number}"), NOW)
        return (
            [item.slug for item in products.list_products(tx, mine, "ovop-blitar")],
            [item.number for item in producers.list_producers(tx, mine, "ovop-blitar")],
            producers.has_producer(tx, mine),
            producers.has_producer(tx, other),
        )

    assert inline_store.write_now(write) == (["p-OVB-0001", "p-OVB-0002"], ["OVB-0001", "OVB-0002"], True, False)


def test_a_certificate_told_again_is_one_row_and_loses_its_verification(inline_store: Store) -> None:
    def write(tx: Tx) -> list[certificates.Certificate]:
        producer_id = new_producer(tx, new_contact(tx))
        certificates.put_certificate(tx, producer_id, "nib", NOW, state="in_progress", wants_help=True)
        certificates.put_certificate(tx, producer_id, "nib", NOW, state="issued", number="0000000000001")
        return certificates.list_certificates(tx, producer_id)

    [nib] = inline_store.write_now(write)
    assert (nib.kind, nib.state, nib.number, nib.wants_help, nib.verified) == (
        "nib",
        "issued",
        "0000000000001",
        True,
        False,
    )


def test_the_last_word_on_a_consent_counts_and_the_first_stays(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[bool | None, bool | None, int]:
        contact_id = new_contact(tx)
        before = consents.last_consent(tx, contact_id, consents.BROADCAST)
        for given in (True, False):
            consents.record_consent(
                tx,
                consents.Consent(
                    contact_id=contact_id,
                    purpose=consents.BROADCAST,
                    given=given,
                    text_version="1",
                    text_hash="0" * 64,
                    channel="web",
                ),
                NOW,
            )
        kept = tx.execute(select(consent.c.id)).scalars().all()
        return before, consents.last_consent(tx, contact_id, consents.BROADCAST), len(kept)

    assert inline_store.write_now(write) == (None, False, 2)


def test_wishes_are_listed_for_their_programme(inline_store: Store) -> None:
    def write(tx: Tx) -> list[tuple[str, str]]:
        contact_id = new_contact(tx)
        wishes.keep_wish(tx, contact_id, "human", NOW, text="tolong", programme="ovop-blitar")
        wishes.keep_wish(tx, contact_id, "events", NOW, text="jadwal", programme="ovop-ntt")
        return [(wish.kind, wish.text) for wish in wishes.list_wishes(tx, "ovop-blitar")]

    assert inline_store.write_now(write) == [("human", "tolong")]


def test_history_holds_who_did_what_to_which_object(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[str, str, str, dict[str, str]]:
        history.record(tx, NOW, "contact:12", "registered", "producer:3", number="OVB-0001")
        row = tx.execute(select(history_table)).one()
        return row.actor, row.what, row.object, row.details

    assert inline_store.write_now(write) == ("contact:12", "registered", "producer:3", {"number": "OVB-0001"})


def test_erasing_a_person_takes_profile_words_and_bytes_and_leaves_the_key(inline_store: Store) -> None:
    def write(tx: Tx) -> tuple[list[object], list[object], list[object], object, list[str]]:
        mine, other = new_contact(tx), new_contact(tx)
        for contact_id in (mine, other):
            tx.execute(
                insert(inbox).values(
                    contact_id=contact_id,
                    channel="web",
                    account="a",
                    external_id=f"m{contact_id}",
                    received_at=NOW,
                    raw=b"Siti Aminah",
                    body={"text": "Siti Aminah"},
                    state="done",
                )
            )
            wishes.keep_wish(tx, contact_id, "human", NOW, text="Siti Aminah", programme="ovop-blitar")
        new_media(tx, mine)
        erase_person(tx, mine)
        rows = tx.execute(select(inbox.c.raw, inbox.c.body).order_by(inbox.c.id)).all()
        people = tx.execute(select(contact_table.c.name, contact_table.c.phone).order_by(contact_table.c.id)).all()
        photo = tx.execute(select(media.c.file_id, media.c.state)).one()
        said = [wish.text for wish in wishes.list_wishes(tx)]
        return [row.raw for row in rows], [row.body for row in rows], [tuple(row) for row in people], tuple(photo), said

    raws, bodies, people, photo, said = inline_store.write_now(write)
    assert raws == [None, b"Siti Aminah"]
    assert bodies == [None, {"text": "Siti Aminah"}]
    assert people == [(None, None), ("Siti Aminah", "+6282000000001")]
    assert photo == ("", "rejected")
    assert said == ["", "Siti Aminah"]
