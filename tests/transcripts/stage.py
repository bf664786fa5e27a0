"""A stage for transcripts: one person writes, the house answers, on a real store with a clock that can be moved.

A transcript is a readable file. Lines that begin with `>` are what the person does, with `<` what they read:

    > daftar                what is typed
    > siti || aminah        typed in pieces, before the answer to the first can be read
    > [Setuju]              a tap on that key of the last messages
    > (foto) (foto)         photos, one after the other; (foto gelap) has a hint, (PDF) is a document
    > (nomor +62820...)     the phone's own number, shared with the platform's key
    > /start                opens the chat
    < Sugeng enjing ...     the answer, line by line
    < [Setuju] [Tidak]      its keys
    < ---                   between two messages
    < (tidak ada jawaban)   nothing was said
    ! jam 2026-11-21 19.30  the clock is put forward
    ! putuskan lolos        an officer decides on the newest product; with feedback and a next step after `|`
    ! petugas Ratna Umpama  an officer is employed; /start petugas-ratna-umpama makes a chat theirs
    ! obrolan petugas       from here on it is the officer's chat, and `! obrolan produsen` goes back
    # ...                   what the scene is about
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from dialogue.message import File, Incoming, Kind, Reply
from dialogue.wording import Wording
from domain.curation import Decided, Decision, Standing, decide
from domain.programme import Programme, parse_programme
from handlers.arrival import arrive
from handlers.arrived import Arrived
from handlers.context import House
from handlers.knowing import known_of
from handlers.officers import CODE_PREFIX
from handlers.photos import take_in
from handlers.reminders.registry import WORK
from handlers.told import Told, told
from storage import officers, outbox
from storage.inbox import find_sender
from storage.media import Fetched
from storage.producers import get_producer
from storage.products import change_product, list_products
from storage.schema import media
from storage.schema import outbox as outbox_table
from storage.store import Store
from storage.tx import AddressKey, Tx
from tests.domain.villages import villages_of

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Jakarta")
PACE = timedelta(seconds=20)  # between two messages of a person
IN_PIECES = timedelta(seconds=2)  # between the pieces of one
ADDRESS = AddressKey("telegram", "sambang", "1001")
SILENT = "(tidak ada jawaban)"
BETWEEN = "---"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE).astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


@cache
def blitar() -> Programme:
    return parse_programme((ROOT / "programmes" / "ovop-blitar.toml").read_text(encoding="utf-8"))


@cache
def wording() -> Wording:
    return Wording.load()


def house_of(clock: Clock) -> House:
    return House(
        clock=clock,
        texts=wording(),
        new_token=lambda: "t" * 22,
        programmes={"ovop-blitar": blitar()},
        villages={"ovop-blitar": villages_of("35.05")},
        default_programme="ovop-blitar",
    )


@dataclass
class Stage:
    """What happens on it is said in the lines of a transcript."""

    store: Store
    clock: Clock = field(default_factory=Clock)
    address: AddressKey = ADDRESS
    _count: int = 0
    _shown: dict[int, tuple[Reply, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.house = house_of(self.clock)

    def play(self, line: str) -> list[str]:
        """The answer to one line of the person or the house, as the lines that a transcript shows."""
        if line.startswith("!"):
            self._direct(line[1:].strip())
        else:
            for piece in line[1:].split("||"):
                for incoming in self._meant(piece.strip()):
                    self._send(incoming)
                self.clock.at += IN_PIECES
        while self.store.write_now(self._tick):
            pass
        answer = [self._line(row, reply) for row, reply in self.read()]
        self.clock.at += PACE
        return f"\n{BETWEEN}\n".join(answer).split("\n") if answer else [SILENT]

    def read(self) -> list[tuple[int, Reply]]:
        """What is new for the person; it counts as sent from now on."""
        return self.store.write_now(self._read)

    def _read(self, tx: Tx) -> list[tuple[int, Reply]]:
        columns = (outbox_table.c.id, outbox_table.c.payload)
        sender = find_sender(tx, self.address)
        mine = outbox_table.c.contact_id == (sender.contact.id if sender else 0)
        shown = outbox_table.c.state.in_(("queued", "sent"))
        rows = tx.execute(select(*columns).where(mine, shown).order_by(columns[0]))
        new = [(row.id, Reply.from_json(row.payload)) for row in rows if row.id not in self._shown]
        for row_id, reply in new:
            self._shown[row_id] = (reply, self.address.value)
            tx.execute(
                update(outbox_table).where(outbox_table.c.id == row_id).values(state="sent", sent_at=self.clock.now())
            )
        return new

    # what the person does --------------------------------------------------------------------------------------------

    def _meant(self, line: str) -> Iterator[Incoming]:
        if line.startswith("/start"):
            yield Incoming(kind=Kind.START, text=line.removeprefix("/start").strip())
        elif line.startswith("[") and line.endswith("]"):
            yield Incoming(kind=Kind.TAP, tapped=self._key(line[1:-1]))
        elif line.startswith("("):
            for what in re.findall(r"\(([^)]*)\)", line):
                yield self._thing(what)
        else:
            yield Incoming(kind=Kind.TEXT, text=line)

    def _thing(self, what: str) -> Incoming:
        self._count += 1
        if what.startswith("nomor "):
            return Incoming(kind=Kind.PHONE, phone=what.removeprefix("nomor "))
        if what == "suara":
            return Incoming(kind=Kind.VOICE, file=File(file_id=f"voice-{self._count}"))
        if what == "stiker":
            return Incoming(kind=Kind.STICKER)
        if what == "PDF":
            return Incoming(kind=Kind.DOCUMENT, file=File(file_id=f"pdf-{self._count}", mime="application/pdf"))
        return Incoming(kind=Kind.PHOTO, file=File(file_id=f"photo-{self._count}", unique_id=what))

    def _key(self, label: str) -> str:
        """The newest key with that label, as a platform gives it back."""
        for row_id, (reply, chat) in sorted(self._shown.items(), reverse=True):
            if chat != self.address.value:
                continue
            for index, button in enumerate(reply.buttons):
                if button.label == label:
                    return f"{_base36(row_id)}.{index}"
        raise AssertionError(f"no key [{label}] was ever shown")

    def _send(self, incoming: Incoming) -> None:
        self._count += 1
        arrived = Arrived(
            address=self.address, external_id=str(self._count), at=self.clock.now(), raw=b"{}", incoming=incoming
        )
        self.store.write_now(lambda tx: arrive(tx, self.house, arrived))
        if incoming.kind in {Kind.PHOTO, Kind.DOCUMENT}:
            self.store.write_now(lambda tx: self._fetch(tx, incoming))

    def _fetch(self, tx: Tx, incoming: Incoming) -> None:
        hint = "dark" if incoming.file and "gelap" in incoming.file.unique_id else None
        for media_id in tx.execute(select(media.c.id).where(media.c.state == "pending")).scalars().all():
            take_in(tx, self.house, media_id, Fetched(sha256=f"{media_id:064x}", hint=hint))

    # what the house does ---------------------------------------------------------------------------------------------

    def _direct(self, what: str) -> None:
        verb, _, rest = what.partition(" ")
        if verb == "jam":
            self.clock.at = datetime.strptime(rest, "%Y-%m-%d %H.%M").replace(tzinfo=ZONE).astimezone(UTC)
        elif verb == "putuskan":
            decision, *words = (part.strip() for part in rest.split("|"))
            self.store.write_now(lambda tx: self._decide(tx, Decision(decision), words))
        elif verb == "petugas":
            self.store.write_now(lambda tx: self._employ(tx, rest))
        elif verb == "obrolan":
            self.address = replace(ADDRESS, value=rest) if rest != "produsen" else ADDRESS
        else:
            raise AssertionError(f"nobody knows how to {what}")

    def _employ(self, tx: Tx, name: str) -> None:
        code = f"{CODE_PREFIX}{name.lower().replace(' ', '-')}"
        officer = officers.create_officer(tx, name, "ovop-blitar", "petugas", self.clock.now())
        officers.add_link(tx, officer, code, self.clock.now())

    def _tick(self, tx: Tx) -> bool:
        more = [work(tx, self.house) for work in WORK]
        return any(more)

    def _decide(self, tx: Tx, decision: Decision, words: list[str]) -> None:
        sender = find_sender(tx, self.address)
        assert sender is not None
        person = sender.contact
        product = list_products(tx, person.id, "ovop-blitar")[-1]
        feedback, step = (*words, "", "")[:2]
        made = decide(blitar(), Standing(product.stage, Decision(product.decision)), decision, feedback)
        assert isinstance(made, Decided), made
        change_product(
            tx,
            product.id,
            stage=made.now.stage,
            decision=made.now.decision,
            decided_at=self.clock.now(),
            feedback=feedback or None,
            next_step=step or None,
        )
        owner = get_producer(tx, product.producer_id).name
        say = self.house.texts.for_person(person.language, **known_of(person, blitar()))
        reply = told(say, blitar(), Told(product=product.name, owner=owner, decided=made, feedback=feedback, step=step))
        self._count += 1
        outbox.enqueue(
            tx,
            key=f"decision:{self._count}",
            contact_id=person.id,
            message_class="decision",
            payload=reply.to_json(),
            now=self.clock.now(),
        )

    @staticmethod
    def _line(row_id: int, reply: Reply) -> str:
        lines = [reply.text] if reply.text else []
        lines += [f"(kunci: {button.label})" for button in reply.buttons if button.does == "phone"]
        if keys := [f"[{button.label}]" for button in reply.buttons if button.does != "phone"]:
            lines.append(" ".join(keys))
        return "\n".join(lines)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


# Files ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One line of the person or the house, and the lines that answer it."""

    line: str
    answer: tuple[str, ...]


def read_transcript(text: str) -> list[Step | str]:
    """The steps of a transcript, with comments and blank lines as they stand."""
    steps: list[Step | str] = []
    for line in text.splitlines():
        if line.startswith((">", "!")):
            steps.append(Step(line, ()))
        elif line.startswith("<"):
            last = steps.pop()
            assert isinstance(last, Step), f"an answer to nothing: {line}"
            steps.append(Step(last.line, (*last.answer, line[2:] if line.startswith("< ") else line[1:])))
        else:
            steps.append(line)
    return steps


def perform(store: Store, text: str) -> str:
    """The transcript as it really goes."""
    stage = Stage(store)
    lines: list[str] = []
    for step in read_transcript(text):
        if isinstance(step, str):
            lines.append(step)
            continue
        lines.append(step.line)
        answer = stage.play(step.line)
        if step.line.startswith("!") and answer == [SILENT]:
            continue
        lines += [f"< {said}".rstrip() for said in answer]
    return "\n".join(lines) + "\n"
