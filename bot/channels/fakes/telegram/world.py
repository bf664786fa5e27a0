"""Chats, people, files and updates of the fake: what its methods change and its control reads."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels.fakes.telegram.deliveries import Deliveries, Delivery, body_of
from bot.channels.fakes.telegram.ledger import Chat, Message, Rates, StoredFile
from bot.channels.fakes.telegram.rules import RefusedCall, bad_request

__all__ = ["Tap", "World"]

_BORN = 1_790_000_000  # the fake's clock begins here, in September 2026, when no clock was given
_EXPIRY = {"callback_query": 150.0}  # seconds; everything else a day (platforms.md A.1)
_DAY = 86_400.0


@dataclass(slots=True)
class Tap:
    """A key that was pressed, until it is answered."""

    id: str
    chat: int
    at: float
    answered: bool = False


@dataclass(slots=True)
class Wait:
    chat: int
    wanted: Callable[[list[Message]], bool]
    done: asyncio.Future[list[Message]]


@dataclass
class World:
    """The state of one bot's Telegram. `strangers`: chats that never wrote may be written to (for benchmarks)."""

    bot_id: int
    username: str
    rates: Rates
    deliveries: Deliveries
    clock: Callable[[], float]  # seconds, for intervals
    started: float
    strangers: bool = False
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    waits: list[Wait] = field(default_factory=list)
    duplicates_every: int = 0
    _next_message: int = 0
    _next_update: int = 500_000_000
    _next_file: int = 0

    # --- time and numbers

    def now(self) -> float:
        return _BORN + self.clock() - self.started

    def message_id(self) -> int:
        self._next_message += 1
        return self._next_message

    @property
    def me(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": "Sambang", "username": self.username}

    # --- chats

    def known(self, chat_id: int) -> Chat:
        """A chat that a person opened by writing (or any, where the world says so)."""
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def target(self, chat_id: object) -> Chat:
        """The chat that a bot writes to. Raises RefusedCall where it cannot."""
        try:
            number = int(str(chat_id))
        except ValueError as error:
            raise bad_request("chat not found") from error
        chat = self.known(number) if self.strangers else self.chats.get(number)
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise RefusedCall(403, "Forbidden: bot was blocked by the user")
        return chat

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        if chat.id < 0:
            return {"id": chat.id, "type": "group", "title": "Paguyuban"}
        return {"id": chat.id, "type": "private", "first_name": chat.name}

    def person_json(self, chat: Chat) -> dict[str, Any]:
        return {"id": abs(chat.id), "is_bot": False, "first_name": chat.name, "language_code": "id"}

    # --- messages of the bot

    def post(self, chat: Chat, **fields: Any) -> Message:
        message = Message(id=self.message_id(), chat=chat.id, at=self.now(), **fields)
        chat.messages.append(message)
        return message

    def message_json(self, message: Message) -> dict[str, Any]:
        chat = self.chats[message.chat]
        data: dict[str, Any] = {
            "message_id": message.id,
            "date": int(message.at),
            "chat": self.chat_json(chat),
            "from": self.me if message.from_bot else self.person_json(chat),
        }
        if message.photos:
            data["photo"] = self.photo_json(message.photos[0])
            data["caption"] = message.text
        else:
            data["text"] = message.text
        if "inline_keyboard" in message.markup:
            data["reply_markup"] = message.markup
        if message.album:
            data["media_group_id"] = message.album
        if message.edited:
            data["edit_date"] = int(self.now())
        return data

    def heard(self, chat: Chat) -> list[Message]:
        """What the bot has said in a chat."""
        return [message for message in chat.messages if message.from_bot]

    def changed(self, chat: Chat) -> None:
        """Tell those who wait for this chat."""
        if not self.waits:
            return
        heard = self.heard(chat)
        for wait in [wait for wait in self.waits if wait.chat == chat.id and wait.wanted(heard)]:
            self.waits.remove(wait)
            if not wait.done.done():
                wait.done.set_result(heard)

    # --- files

    def store(self, data: bytes, *, size: int | None = None, suffix: str = "jpg") -> StoredFile:
        self._next_file += 1
        number = self._next_file
        file = StoredFile(
            f"AgAC-file-{number}", f"AQAD-{number}", f"photos/file_{number}.{suffix}", data, size or len(data)
        )
        self.files[file.file_id] = file
        return file

    def photo_json(self, data: bytes, *, size: int | None = None) -> list[dict[str, Any]]:
        """The variants of a photo, the largest not last: their order promises nothing."""
        whole = self.store(data, size=size)
        small, smallest = self.store(data[:64]), self.store(data[:16])
        return [_variant(smallest, 90, 68), _variant(whole, 1280, 960), _variant(small, 320, 240)]

    # --- updates

    def update(self, kind: str, content: dict[str, Any], queue: str) -> int:
        """Send an update on its way; its update_id."""
        number = self._next_update
        self._next_update += 1
        if kind in self.deliveries.types:
            self.deliver({"update_id": number, kind: content}, queue, kind)
        return number

    def deliver(self, update: dict[str, Any], queue: str, kind: str = "") -> None:
        expires = self.clock() + _EXPIRY.get(kind, _DAY)
        delivery = Delivery(update["update_id"], body_of(update), update, queue, expires)
        self.deliveries.add(delivery)
        if self.duplicates_every and update["update_id"] % self.duplicates_every == 0:
            self.deliveries.again(delivery)


def _variant(file: StoredFile, width: int, height: int) -> dict[str, Any]:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "width": width,
        "height": height,
        "file_size": file.size,
    }
