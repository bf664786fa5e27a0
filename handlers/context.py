"""What a handler is given: the transaction, the person, the programme, and what the house keeps between messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from dialogue.conversation import Draft, Scene, Words
from dialogue.message import Reply
from domain.clock import Clock
from domain.programme import Programme
from domain.region import Village, VillageIndex
from storage.contacts import Contact
from storage.tx import Tx

__all__ = ["Answered", "Begin", "Context", "Finish", "House", "Texts"]


class Texts(Protocol):
    """The wording of all languages; dialogue.wording.Wording is the real one."""

    def for_person(self, locale: str, **defaults: Any) -> Words: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What stays the same from message to message. Made once, by the composition root."""

    clock: Clock
    texts: Texts
    new_token: Callable[[], str]  # 128 random bits, in letters that need no escaping in an address
    programmes: Mapping[str, Programme]
    villages: Mapping[str, VillageIndex]  # by programme
    default_programme: str = ""  # "" where the first question must be which
    public_url: str = ""
    quiet_window: bool = True  # off only in benchmarks: replies to typed words go at once

    def programme_of(self, contact: Contact) -> Programme:
        """The person's programme, else the default one. A house without programmes does not start."""
        found = self.programmes.get(contact.programme or self.default_programme)
        return found or next(iter(self.programmes.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One message, or one decision, inside one transaction."""

    tx: Tx
    house: House
    now: datetime
    contact: Contact
    programme: Programme
    say: Words
    channel: str = ""
    address: int | None = None  # where they wrote from, and where the reply goes
    inbox: int = 0  # the message that is being answered; 0 where nobody wrote
    last_answer: str = ""  # state of our reply to the last typed answer of the open form
    known: Mapping[str, Any] = field(default_factory=dict)

    def find_villages(self, text: str) -> tuple[Village, ...]:
        index = self.house.villages[self.programme.id]
        return tuple(match.village for match in index.find(text))

    def village(self, code: str) -> Village | None:
        return self.house.villages[self.programme.id].get(code)

    def scene(self, **more: Any) -> Scene:
        return Scene(
            now=self.now,
            zone=self.programme.zone,
            locale=self.contact.language,
            say=self.say,
            programme=self.programme,
            villages=self.find_villages,
            village=self.village,
            known=self.known,
            inbox=self.inbox,
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """A conversation to open next: its name, what it is about, and answers that are known already."""

    conversation: str
    about: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """What the end of a conversation says, and what begins after it."""

    reply: Reply | None = None
    begin: Begin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a command or a tap says, and what becomes of the form that is open.

    park     the open form is put aside, with its answers
    resume   the open form's question follows the reply (the parked one of that name, where `resume` names one)
    """

    reply: Reply | None = None
    begin: Begin | None = None
    park: bool = False
    resume: bool | str = False
    silent: str = ""


Finisher = Callable[[Context, Draft], Finish]
