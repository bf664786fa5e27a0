"""Telegram's updates as the house's neutral messages."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.channels.base import Address, Arrived
from bot.channels.cleaning import clean_text
from dialogue.message import File, Incoming, Kind

__all__ = ["Unreadable", "parse_update"]

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_GONE = frozenset({"kicked", "left", "restricted"})
_LARGEST_ID = 2**63  # what a column holds
_LARGEST_DATE = 2**31 - 1  # what the Bot API sends as a date
_PLAIN_NEEDS = {"message_id", "from", "chat", "date", "text"}
_PLAIN_HAS = _PLAIN_NEEDS | {"entities"}
_NAME_LIMIT = 80
_TAP_LIMIT = 64


class Unreadable(ValueError):
    """A body that is no JSON. Telegram never sends one; the door may answer 400."""


def parse_update(update: Any, raw: bytes, account: str) -> Arrived:
    """Any JSON value as an arrival. What is no update of ours comes back with `ignored` saying why; nothing raises."""
    external_id = _external_id(update, raw)
    if (plain := _plain(update, external_id, raw, account)) is not None:
        return plain
    try:
        parsed = Update.de_json(update) if isinstance(update, dict) else None
        if parsed is None:
            return Arrived(address=None, external_id=external_id, raw=raw, ignored="not an update")
        return _arrived(parsed, external_id, raw, account)
    except Exception as error:  # noqa: BLE001  the library raises anything at a malformed body, and none may stop a chat
        return Arrived(address=None, external_id=external_id, raw=raw, ignored=f"malformed: {type(error).__name__}")


def _plain(update: Any, external_id: str, raw: bytes, account: str) -> Arrived | None:
    """Words in a private chat and nothing beside them, read from the JSON itself: nine of ten updates, and building the
    library's objects is a sixth of a turn. None for all else, also for what is odd in any way: then the library reads.
    """
    message = update.get("message") if type(update) is dict and len(update) == 2 else None
    if type(message) is not dict or not _PLAIN_NEEDS <= message.keys() <= _PLAIN_HAS:
        return None
    chat, sender, text = message["chat"], message["from"], message["text"]
    if not (type(chat) is dict and type(sender) is dict and type(text) is str and chat.get("type") == "private"):
        return None
    numbers = (update.get("update_id"), message["message_id"], message["date"], chat.get("id"), sender.get("id"))
    names = (sender.get("first_name"), sender.get("last_name", ""))
    if not all(type(number) is int and 0 < number < _LARGEST_ID for number in numbers):
        return None
    if not all(type(name) is str for name in names) or not names[0] or message["date"] > _LARGEST_DATE:
        return None
    kind, words = _typed(clean_text(text))
    address = _address(chat["id"], account)
    return Arrived(
        address=address,
        external_id=external_id,
        fingerprint=_fingerprint(address, message["message_id"], None),
        at=datetime.fromtimestamp(message["date"], UTC),
        raw=raw,
        incoming=Incoming(kind=kind, text=words, sender_name=clean_text(" ".join(filter(None, names)), _NAME_LIMIT)),
    )


def _external_id(update: Any, raw: bytes) -> str:
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _LARGEST_ID:
        return str(number)
    return "body:" + hashlib.sha256(raw).hexdigest()[:40]


def _arrived(update: Update, external_id: str, raw: bytes, account: str) -> Arrived:
    def ignored(why: str) -> Arrived:
        return Arrived(address=None, external_id=external_id, raw=raw, ignored=why)

    if (message := update.message or update.edited_message) is not None:
        if message.chat.type != ChatType.PRIVATE:
            return ignored(f"chat of type {clean_text(message.chat.type, 20)}")
        edited = update.edited_message is not None
        return _message(message, edited=edited, external_id=external_id, raw=raw, account=account)
    if update.callback_query is not None:
        return _tap(update.callback_query, external_id, raw, account) or ignored("a tap outside a private chat")
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, external_id, raw, account) or ignored("a membership in a group")
    return ignored("an update of another type")


def _address(chat_id: Any, account: str) -> Address:
    return Address("telegram", account, str(_id(chat_id)))


def _id(value: Any) -> int:
    """An id of a private chat or of a message in it."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < _LARGEST_ID:
        raise ValueError("an id is a positive number")
    return value


def _message(message: Message, *, edited: bool, external_id: str, raw: bytes, account: str) -> Arrived:
    address = _address(message.chat.id, account)
    incoming = _incoming(message, edited=edited)
    return Arrived(
        address=address,
        external_id=external_id,
        fingerprint=_fingerprint(address, message.message_id, message.edit_date),
        at=message.edit_date or message.date,
        raw=raw,
        incoming=incoming,
        ignored="" if incoming else "a service message",
    )


def _fingerprint(address: Address, message_id: int, edited_at: datetime | None) -> str:
    edit = f":{int(edited_at.timestamp())}" if edited_at else ""
    return f"{address.value}:{_id(message_id)}{edit}"


def _tap(query: CallbackQuery, external_id: str, raw: bytes, account: str) -> Arrived | None:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    address = _address(message.chat.id, account)
    incoming = Incoming(kind=Kind.TAP, tapped=clean_text(query.data, _TAP_LIMIT), sender_name=_name(query.from_user))
    return Arrived(
        address=address,
        external_id=external_id,
        fingerprint=f"{address.value}:{_id(message.message_id)}:{clean_text(query.id, _TAP_LIMIT)}",
        raw=raw,
        incoming=incoming,
        acknowledge=clean_text(query.id, _TAP_LIMIT),
    )


def _membership(change: ChatMemberUpdated, external_id: str, raw: bytes, account: str) -> Arrived | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    address = _address(change.chat.id, account)
    reachable = change.new_chat_member.status not in _GONE
    return Arrived(
        address=address,
        external_id=external_id,
        fingerprint=f"{address.value}:member:{int(change.date.timestamp())}",
        at=change.date,
        raw=raw,
        reachable=reachable,
        ignored="the person came back" if reachable else "the person blocked us",
    )


def _name(user: User | None) -> str:
    return clean_text(user.full_name, _NAME_LIMIT) if user else ""


def _incoming(message: Message, *, edited: bool) -> Incoming | None:
    """The neutral message, or None for a service message ("pinned", "auto-delete changed"), which says nothing."""
    sender_name = _name(message.from_user)
    if message.text is not None:
        kind, text = _typed(clean_text(message.text))
        return Incoming(kind=kind, text=text, edited=edited, sender_name=sender_name)
    for content, read in _READERS.items():
        if getattr(message, content):
            kind, file, phone = read(message)
            return Incoming(
                kind=kind,
                text=clean_text(message.caption),
                file=file,
                phone=phone,
                album=clean_text(message.media_group_id, _TAP_LIMIT),
                edited=edited,
                sender_name=sender_name,
            )
    if message.effective_attachment is not None or message.api_kwargs:
        return Incoming(kind=Kind.OTHER, edited=edited, sender_name=sender_name)
    return None


def _typed(text: str) -> tuple[Kind, str]:
    """A command is its word without slash and bot name; /start is its payload."""
    command = _COMMAND.fullmatch(text)
    if command is None:
        return Kind.TEXT, text
    word, rest = command[1], (command[2] or "").strip()
    if word.lower() == "start":
        return Kind.START, rest
    return Kind.TEXT, f"{word} {rest}".strip()


_Read = tuple[Kind, File | None, str]


def _file(content: Any, mime: str = "") -> File:
    """A file as Telegram describes it; every field but the id may be missing."""
    size = content.file_size
    return File(
        file_id=clean_text(content.file_id, 256),
        unique_id=clean_text(content.file_unique_id, 64),
        mime=clean_text(getattr(content, "mime_type", "") or mime, 100).lower(),
        bytes=size if isinstance(size, int) and 0 <= size < _LARGEST_ID else 0,
        name=clean_text(getattr(content, "file_name", ""), 200),
    )


def _photo(message: Message) -> _Read:
    """The largest of the variants: their order promises nothing (platforms.md A.5)."""
    largest = max(message.photo, key=lambda size: size.width * size.height)
    return Kind.PHOTO, _file(largest, "image/jpeg"), ""


def _document(message: Message) -> _Read:
    file = _file(message.document)
    return (Kind.PHOTO if file.mime.startswith("image/") else Kind.DOCUMENT), file, ""


def _contact(message: Message) -> _Read:
    """Only the person's own number: a card of somebody else says nothing of who wrote."""
    contact, sender = message.contact, message.from_user
    digits = re.sub(r"\D", "", clean_text(contact.phone_number if contact else "", 32))
    if contact is None or sender is None or contact.user_id != sender.id or not digits:
        return Kind.OTHER, None, ""
    return Kind.PHONE, None, f"+{digits}"


def _of_kind(kind: Kind, content: str = "") -> Callable[[Message], _Read]:
    def read(message: Message) -> _Read:
        return kind, _file(getattr(message, content)) if content else None, ""

    return read


# In order: an animation also carries a document, a venue a location.
_READERS: Mapping[str, Callable[[Message], _Read]] = {
    "photo": _photo,
    "animation": _of_kind(Kind.VIDEO, "animation"),
    "document": _document,
    "contact": _contact,
    "voice": _of_kind(Kind.VOICE, "voice"),
    "audio": _of_kind(Kind.VOICE, "audio"),
    "video": _of_kind(Kind.VIDEO, "video"),
    "video_note": _of_kind(Kind.VIDEO, "video_note"),
    "sticker": _of_kind(Kind.STICKER),
    "location": _of_kind(Kind.LOCATION),
}
