"""Conversations are declared: a tuple of questions, read like the paper form that it replaces.

No step number is stored. The place in a conversation is the first question without an answer; `Draft.asked` remembers
which question the person saw last, so an answer always lands on the question that it was given to, even if a release
put new ones before it (architecture.md 4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from dialogue.message import Incoming
from domain.region import Village

__all__ = [
    "Answers",
    "Ask",
    "Choice",
    "Conversation",
    "Doubt",
    "Draft",
    "Last",
    "More",
    "Nothing",
    "Rejected",
    "Scene",
    "Taken",
    "Taker",
    "Value",
]

Value = Any
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick. `label` is what the person reads; `words` are other ways to say it."""

    value: str
    label: str
    words: tuple[str, ...] = ()


# What a taker makes of a message ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer. `also` holds answers to other questions of this conversation that came along with it."""

    value: Value
    also: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Not an answer. `why` names the text `<conversation>.<key>.<why>`, or `reject.<why>` where that does not exist."""

    why: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class More:
    """Part of an answer: the third photo of an album. `silent`: the acknowledgement comes from somewhere else."""

    so_far: Value
    silent: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """Which of these? ("Maksudnya Rp25.000?") Kept in the draft and shown as buttons; the next answer chooses.

    `why` names the text `<conversation>.<key>.<why>`, or `doubt.<why>` where that does not exist.
    """

    candidates: tuple[tuple[str, Value], ...]  # (label, value)
    why: str = "which"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A sticker, a thumbs up, a greeting: friendly, not counted as a miss, the question stays."""

    why: str = "nothing"


class Taker(Protocol):
    """Reads an answer. Pure; never raises on what a person sends."""

    @property
    def free(self) -> bool:
        """Typed words of any kind: fragments of one answer are joined (architecture.md 2)."""

    def take(
        self, incoming: Incoming, ask: "Ask", draft: "Draft", scene: "Scene"
    ) -> Taken | Rejected | More | Doubt | Nothing: ...

    def show(self, value: Value, ask: "Ask", draft: "Draft", scene: "Scene") -> str:
        """The value as the person reads it back in a summary: "Rp12.000 per bungkus"."""


# The form ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. Its text is `<conversation>.<key>`, with an example in it; its buttons come from choices.

    required   any other value ends the conversation with the text `<conversation>.<key>.ended`
    optional   "lewati" is an answer (None)
    when       asked only where this holds
    choices    what may be picked; labels are texts of the scene's language
    was        names the question had in earlier releases: old drafts keep their answers
    topic      its number among the numbered topics ("3 dari 7"); None: carries no number
    then       wording key shown in front of the next question once this one is answered (product.card)
    summary    shown with its value at the final check, and correctable there
    """

    key: str
    take: Taker
    required: str | None = None
    optional: bool = False
    when: "Callable[[Answers, Scene], bool] | None" = None
    choices: "Callable[[Answers, Scene], tuple[Choice, ...]] | None" = None
    was: tuple[str, ...] = ()
    topic: int | None = None
    then: str = ""
    summary: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key, *self.was)


@dataclass(frozen=True, slots=True)
class Conversation:
    name: str
    asks: tuple[Ask, ...]
    topics: int = 0  # how many numbered topics the whole road has; 0: none shown
    _by_name: Mapping[str, Ask] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Reversed: where two questions have had one name, the first one has it.
        by_name = {name: ask for ask in reversed(self.asks) for name in ask.names}
        object.__setattr__(self, "_by_name", by_name)

    def ask(self, key: str) -> Ask | None:
        """The question that has this name now, or had it in an earlier release."""
        return self._by_name.get(key)

    def progress(self, key: str) -> tuple[int, int] | None:
        """The numbered topic that a question belongs to, its own or the last one before it, and how many there are."""
        topic = 0
        for ask in self.asks:
            topic = ask.topic or topic
            if key in ask.names:
                return (topic, self.topics) if topic and self.topics else None
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last answer that was typed, so that a second half of it can still be joined to it."""

    key: str
    text: str
    inbox: int
    at: datetime
    started_at: datetime  # of its first fragment: the total wait has a cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The state of one conversation with one person: answers so far, and what was seen last. JSON, never expires."""

    conversation: str
    about: Mapping[str, Any] = field(default_factory=dict)  # what it was started for: {"producer": 3, "kind": "nib"}
    answers: Mapping[str, Value] = field(default_factory=dict)
    asked: str = ""
    so_far: Value = None  # of the question that is open: photos of an album
    doubt: Doubt | None = None
    misses: int = 0  # misunderstandings in a row
    last: Last | None = None
    trail: tuple[str, ...] = ()  # questions answered by being asked, in that order: where "kembali" goes
    early: Mapping[str, Value] = field(default_factory=dict)  # so_far of questions that are not open: photos sent early
    said: int = 0  # words of the reply that shows the open question: how long it takes to read
    born: int = 0  # inbox id of the turn that started it: keys of an earlier form of the same name are not this one's

    def with_answer(self, key: str, value: Value) -> "Draft":
        return replace(self, answers={**self.answers, key: value})

    def without(self, *keys: str) -> "Draft":
        return replace(self, answers={key: value for key, value in self.answers.items() if key not in keys})

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"conversation": self.conversation, "answers": dict(self.answers), "asked": self.asked}
        if self.about:
            data["about"] = dict(self.about)
        if self.so_far is not None:
            data["so_far"] = self.so_far
        if self.misses:
            data["misses"] = self.misses
        if self.trail:
            data["trail"] = list(self.trail)
        if self.early:
            data["early"] = dict(self.early)
        if self.born:
            data["born"] = self.born
        if self.said:
            data["said"] = self.said
        if self.doubt is not None:
            data["doubt"] = {
                "candidates": [list(candidate) for candidate in self.doubt.candidates],
                "why": self.doubt.why,
                "values": dict(self.doubt.values),
            }
        if self.last is not None:
            data["last"] = {
                "key": self.last.key,
                "text": self.last.text,
                "inbox": self.last.inbox,
                "at": self.last.at.isoformat(),
                "started_at": self.last.started_at.isoformat(),
            }
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Draft":
        doubt = data.get("doubt")
        last = data.get("last")
        return cls(
            conversation=data["conversation"],
            about=data.get("about", {}),
            answers=data.get("answers", {}),
            asked=data.get("asked", ""),
            so_far=data.get("so_far"),
            misses=data.get("misses", 0),
            trail=tuple(data.get("trail", ())),
            early=data.get("early", {}),
            born=data.get("born", 0),
            said=data.get("said", 0),
            doubt=Doubt(
                candidates=tuple((label, value) for label, value in doubt["candidates"]),
                why=doubt["why"],
                values=doubt["values"],
            )
            if doubt
            else None,
            last=Last(
                key=last["key"],
                text=last["text"],
                inbox=last["inbox"],
                at=datetime.fromisoformat(last["at"]),
                started_at=datetime.fromisoformat(last["started_at"]),
            )
            if last
            else None,
        )


class Words(Protocol):
    """The texts of one language, for one person."""

    def __call__(self, key: str, **values: Any) -> str:
        """The text of a key, e.g. "product.price" or "product.price.too_small"; raises MissingText."""

    def has(self, key: str) -> bool: ...

    def needs(self, key: str) -> frozenset[str]:
        """The variables that a text names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a turn may know of the world. Frozen, and built by handlers."""

    now: datetime  # aware
    zone: str  # IANA
    locale: str
    say: Words
    programme: Any  # domain.programme.Programme; the engine itself only hands it on to `when` and `choices`
    villages: Callable[[str], tuple[Village, ...]]  # best first, at most five
    village: Callable[[str], Village | None]  # by code
    known: Mapping[str, Any] = field(default_factory=dict)  # phone, honorific, name, number, ... for texts and `when`
    inbox: int = 0  # id of the message that this turn answers
    last_reply: str = ""  # state of the row that answered `draft.last`: "queued", "sent", or "" where there is none
    words_unread: int = 0  # words of our last sent message, for the reading time of a late merge
    waiting_photos: int = 0  # photos of the open album that are still on their road
