"""A small form with every kind of question, and somebody who fills it in. What is sent and answered is remembered."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dialogue.answers import album, choice, consent, phone, price, quantity, review, text, unit
from dialogue.conversation import Answers, Ask, Choice, Conversation, Draft, Scene
from dialogue.message import Button, File, Incoming, Kind, Reply
from dialogue.turn import Outcome, Turn, resume, start, turn
from dialogue.wording import Wording
from domain.region import Village, VillageIndex

ROOT = Path(__file__).parents[2]
TEXTS = [*ROOT.glob("locales/*/engine.ftl"), *(ROOT / "tests/dialogue/locales").glob("*/*.ftl")]
WORDING = Wording.parse((file.parent.name, file.name, file.read_text()) for file in TEXTS)

VILLAGES = VillageIndex(
    Village(code, name, district, "Kabupaten Blitar", "Jawa Timur")
    for code, name, district in (
        ("35.05.17.2009", "Balerejo", "Wlingi"),
        ("35.05.11.2004", "Balerejo", "Panggungrejo"),
        ("35.05.17.2008", "Tegalasri", "Wlingi"),
        ("35.05.17.2007", "Ngadirenggo", "Wlingi"),
        ("35.05.15.2013", "Tulungrejo", "Gandusari"),
        ("35.05.20.2002", "Tulungrejo", "Wates"),
    )
)

KINDS = (Choice("food", "Makanan", ("kuliner", "jajanan")), Choice("craft", "Kerajinan"), Choice("cloth", "Kain"))


def no_phone_known(answers: Answers, scene: Scene) -> bool:
    return "phone" not in scene.known


def kinds(answers: Answers, scene: Scene) -> tuple[Choice, ...]:
    return KINDS


WARUNG = Conversation(
    "warung",
    (
        Ask(key="consent", take=consent(explain=True), required="ya"),
        Ask(key="name", take=text(2, 80), topic=1, then="warung.card", summary=True),
        Ask(key="place", take=unit(), topic=2, summary=True),
        Ask(key="phone", take=phone(), optional=True, when=no_phone_known),
        Ask(key="kind", take=choice(), choices=kinds, topic=3, summary=True),
        Ask(key="price", take=price(), topic=4, summary=True),
        Ask(key="capacity", take=quantity(), optional=True, summary=True),
        Ask(key="photos", take=album(1, 3), topic=5, summary=True),
        Ask(key="story", take=text(3, 300), optional=True),
        Ask(key="check", take=review(), topic=6),
    ),
    topics=6,
)


@dataclass
class Person:
    """Somebody in front of the form. Every answer of the bot is kept, and the draft goes through JSON at each step."""

    form: Conversation = WARUNG
    known: dict[str, Any] = field(default_factory=dict)
    now: datetime = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    draft: Draft | None = None
    turn: Turn | None = None
    shown: Reply = field(default_factory=Reply)
    inbox: int = 0
    locale: str = "id"
    wording: Wording = WORDING

    def scene(self, **more: Any) -> Scene:
        return Scene(
            now=self.now,
            zone="Asia/Jakarta",
            locale=self.locale,
            say=self.wording.for_person(self.locale),
            programme=None,
            villages=lambda said: tuple(match.village for match in VILLAGES.find(said)),
            village=VILLAGES.get,
            known=self.known,
            inbox=self.inbox,
            **more,
        )

    def starts(self, **answers: Any) -> Turn:
        self.inbox += 1
        return self._keep(start(self.form, self.scene(), answers=answers))

    def sends(self, incoming: Incoming, *, after: float = 60, **more: Any) -> Turn:
        """What comes back for a message, `after` seconds later."""
        assert self.draft is not None
        self.inbox += 1
        self.now += timedelta(seconds=after)
        return self._keep(turn(self.form, self.draft, incoming, self.scene(**more)))

    def writes(self, words: str, **more: Any) -> Turn:
        return self.sends(Incoming(kind=Kind.TEXT, text=words), **more)

    def edits(self, words: str) -> Turn:
        return self.sends(Incoming(kind=Kind.TEXT, text=words, edited=True))

    def taps(self, label: str) -> Turn:
        return self.sends(tap(button(self.shown, label)))

    def photographs(self, media: int) -> Turn:
        return self.sends(photo(media))

    def resumes(self) -> Turn:
        assert self.draft is not None
        return self._keep(resume(self.form, self.draft, self.scene()))

    def answers(self, *words: str) -> Turn:
        for each in words:
            self.writes(each)
        assert self.turn is not None
        return self.turn

    @property
    def text(self) -> str:
        return self.shown.text

    @property
    def labels(self) -> list[str]:
        return [each.label for each in self.shown.buttons]

    @property
    def known_answers(self) -> dict[str, Any]:
        assert self.draft is not None
        return dict(self.draft.answers)

    @property
    def asked(self) -> str:
        assert self.draft is not None
        return self.draft.asked

    def _keep(self, came: Turn) -> Turn:
        self.turn = came
        if came.draft is not None:
            self.draft = Draft.from_json(json.loads(json.dumps(came.draft.to_json())))
        if came.reply is not None:
            self.shown = came.reply
        return came


def tap(pressed: Button) -> Incoming:
    return Incoming(kind=Kind.TAP, button=pressed, tapped="1.0")


def button(reply: Reply, label: str) -> Button:
    return next(each for each in reply.buttons if each.label == label)


def photo(media: int, album_id: str = "") -> Incoming:
    return Incoming(kind=Kind.PHOTO, file=File(file_id=f"f{media}", media_id=media), album=album_id)


def at(key: str, form: Conversation = WARUNG, **known: Any) -> Person:
    """Somebody who stands at a question, with everything before it answered."""
    person = Person(form=form, known=known)
    person.starts()
    for asked, message in ROAD:
        if person.asked == key:
            return person
        if person.asked == asked:
            person.sends(message)
    assert person.asked == key, person.asked
    return person


def _said(words: str) -> Incoming:
    return Incoming(kind=Kind.TEXT, text=words)


ROAD = (
    ("consent", _said("setuju")),
    ("name", _said("Siti Aminah")),
    ("place", _said("Tegalasri Wlingi")),
    ("phone", _said("0820 0000 0001")),
    ("kind", _said("makanan")),
    ("price", _said("12rb per bungkus")),
    ("capacity", _said("100 bungkus seminggu")),
    ("photos", photo(1)),
    ("photos", _said("selesai")),
    ("story", _said("resep dari nenek")),
    ("check", _said("sudah betul")),
)

__all__ = [
    "KINDS", "ROAD", "VILLAGES", "WARUNG", "WORDING", "Outcome", "Person", "at", "button", "photo", "replace", "tap",
]  # fmt: skip
