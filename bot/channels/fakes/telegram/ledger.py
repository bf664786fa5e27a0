"""What the fake remembers: chats, messages, files, and the calls it refused."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.channels.fakes.telegram.rules import RefusedCall

__all__ = ["Chat", "Message", "Rates", "Refusal", "StoredFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as a person sees it in the chat."""

    id: int
    chat: int
    text: str = ""  # after entities were parsed
    html: str = ""  # as it was sent
    from_bot: bool = True
    at: float = 0.0
    photos: tuple[bytes, ...] = ()
    album: str = ""
    markup: dict[str, Any] = field(default_factory=dict)
    edited: bool = False

    @property
    def keys(self) -> dict[str, str]:
        """Label -> callback data of the keys under it."""
        rows = self.markup.get("inline_keyboard", ())
        return {key["text"]: key.get("callback_data", "") for row in rows for key in row}

    @property
    def labels(self) -> list[str]:
        """What is written on its keys, inline or not."""
        rows = self.markup.get("inline_keyboard") or self.markup.get("keyboard") or ()
        return [key["text"] for row in rows for key in row]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A call that broke a rule of the platform."""

    method: str
    code: int
    description: str


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    data: bytes
    size: int  # as getFile says it
    gone: bool = False


@dataclass(slots=True)
class Chat:
    id: int
    name: str = "Bu Sari"
    messages: list[Message] = field(default_factory=list)
    blocked: bool = False
    accepted: deque[float] = field(default_factory=deque)

    def message(self, message_id: int) -> Message | None:
        return next((message for message in reversed(self.messages) if message.id == message_id), None)

    def rewrite(self, message: Message, **changes: Any) -> Message:
        new = replace(message, **changes)
        self.messages[self.messages.index(message)] = new
        return new


class Rates:
    """The platform's pace (platforms.md A.3): messages in any second, `overall` and to one chat. 0 is no limit."""

    def __init__(self, overall: int, per_chat: int, now: Callable[[], float]) -> None:
        self.overall = overall
        self.per_chat = per_chat
        self._now = now
        self._accepted: deque[float] = deque()

    def take(self, chat: Chat, count: int = 1) -> None:
        """Count messages in, or raise RefusedCall with retry_after. An album counts as its items overall."""
        now = self._now()
        _forget(self._accepted, now)
        _forget(chat.accepted, now)
        full = self.overall and len(self._accepted) + count > max(self.overall, count)
        if full or (self.per_chat and len(chat.accepted) >= self.per_chat):
            raise RefusedCall(429, "Too Many Requests: retry after 1", retry_after=1)
        self._accepted.extend([now] * (count if self.overall else 0))
        chat.accepted.extend([now] * (1 if self.per_chat else 0))


def _forget(instants: deque[float], now: float) -> None:
    while instants and instants[0] <= now - 1:
        instants.popleft()
