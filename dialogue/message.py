"""The neutral message: what comes in from any platform, and what goes out to any. Both have a JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Button", "File", "Incoming", "Kind", "Part", "Reply", "button_data", "button_of"]

# Neutral markup in texts: *bold* only. A channel's render() turns it into the platform's own and escapes the rest.


class Kind(StrEnum):
    """What a person sent. `other` is everything a platform may invent: it is answered kindly and changes nothing."""

    TEXT = "text"
    TAP = "tap"
    START = "start"  # /start, with the payload of a deep link or village code in `text`
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    PHONE = "phone"  # the person's own number, shared with the platform's button
    LOCATION = "location"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A key under a reply. It carries its own meaning; the platform only carries `{outbox id in base 36}.{index}`.

    does    answer: gives `value` to the question `key` of the conversation `of`
            command: runs the command `key` (menu, human, ...) with `value` as its argument
            phone: shares the person's own number, where the platform can; always the last of its reply
            anything else: a name in handlers' table of taps (rsvp, decide, broadcast), with `key` and `value` its words
    """

    label: str
    does: str
    key: str = ""
    value: str = ""
    of: str = ""

    def to_json(self) -> dict[str, str]:
        return {"label": self.label, "does": self.does, "key": self.key, "value": self.value, "of": self.of}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Button":
        return cls(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as its platform names it, before it is fetched. `bytes` is 0 where the platform does not say."""

    file_id: str
    unique_id: str = ""
    mime: str = ""
    bytes: int = 0
    name: str = ""
    media_id: int | None = None  # our row, once the arrival has written it


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message of one person. `text` is what was typed, a caption, or a start payload; cleaned, never None."""

    kind: Kind
    text: str = ""
    button: Button | None = None  # what the tapped key means, resolved from the outbox row it belongs to
    tapped: str = ""  # the key as the platform gave it: "{outbox id in base 36}.{index}"
    file: File | None = None
    album: str = ""  # the platform's id of the album
    phone: str = ""  # E.164
    edited: bool = False
    sender_name: str = ""  # as the platform shows it: offered, never taken for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paragraph of a reply, with the pictures (ids of media rows) that it shows."""

    text: str = ""
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """All that one turn answers: one outbox row, joined by render() into as few messages as a platform allows."""

    parts: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()
    asks_phone: bool = False  # offer the platform's "share my number" key, where there is one
    progress: tuple[int, int] | None = None  # numbered topic that is open, and how many there are
    edits: str = ""  # key of an earlier outbox row whose message this one replaces, where the platform can edit

    @classmethod
    def of(cls, *texts: str, buttons: tuple[Button, ...] = ()) -> "Reply":
        return cls(parts=tuple(Part(text=text) for text in texts if text), buttons=buttons)

    def after(self, other: "Reply | None") -> "Reply":
        """This reply with the parts of another in front of it."""
        if other is None:
            return self
        return Reply(
            parts=other.parts + self.parts,
            buttons=self.buttons or other.buttons,
            asks_phone=self.asks_phone or other.asks_phone,
            progress=self.progress or other.progress,
            edits=self.edits or other.edits,
        )

    @property
    def text(self) -> str:
        return "\n\n".join(part.text for part in self.parts if part.text)

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"parts": [{"text": part.text, "photos": list(part.photos)} for part in self.parts]}
        if self.buttons:
            data["buttons"] = [button.to_json() for button in self.buttons]
        if self.asks_phone:
            data["asks_phone"] = True
        if self.progress:
            data["progress"] = list(self.progress)
        if self.edits:
            data["edits"] = self.edits
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Reply":
        progress = data.get("progress")
        return cls(
            parts=tuple(Part(text=part["text"], photos=tuple(part["photos"])) for part in data["parts"]),
            buttons=tuple(Button.from_json(button) for button in data.get("buttons", ())),
            asks_phone=data.get("asks_phone", False),
            progress=(progress[0], progress[1]) if progress else None,
            edits=data.get("edits", ""),
        )


def button_data(row: int, index: int) -> str:
    """The callback data of a key: `{outbox id in base 36}.{index}`, at most 16 bytes."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while row:
        row, rest = divmod(row, 36)
        text = digits[rest] + text
    return f"{text or '0'}.{index}"


def button_of(data: str) -> tuple[int, int] | None:
    """The outbox id and index of callback data, or None where it is not ours (it is a person's input)."""
    row, dot, index = data.partition(".")
    if not dot or not row.isalnum() or not row.isascii() or not index.isdecimal() or not index.isascii():
        return None
    if len(row) > 12 or len(index) > 3:
        return None
    return int(row, 36), int(index)
