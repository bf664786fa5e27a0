"""Telegram as a channel of the house: sending, fetching, and the two ways in (webhook and long polling)."""

import asyncio
import contextlib
import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from telegram import Bot, BotCommand, InputMediaPhoto
from telegram.error import BadRequest

from bot.channels.base import (
    Address,
    Ambiguous,
    Arrived,
    ChannelDown,
    FileGone,
    NotSent,
    Picture,
    Refused,
    SendError,
    Sent,
    Throttled,
)
from bot.channels.rendering import plain
from bot.channels.telegram.failures import PollConflict, classify
from bot.channels.telegram.parsing import Unreadable, parse_update
from bot.channels.telegram.rendering import LIMITS, Markup, Outgoing, markup_of, render, to_html
from bot.channels.telegram.request import CONNECT, READ, UPLOAD, TelegramRequest
from dialogue.message import Reply
from storage.json_text import dumps_bytes, loads

__all__ = ["OFFICIAL_API", "Account", "PollConflict", "Telegram"]

OFFICIAL_API = "https://api.telegram.org"
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_POLL = 50  # seconds; the server's longest
_LONGEST_BACKOFF = 30.0  # seconds
_COURTESIES = 10_000  # chats remembered at most
_PATIENCE = 30.0  # seconds that the later messages of one reply may wait for the platform
_EDIT_AS_NEW = ("message to edit not found", "can't be edited", "message_id_invalid", "no text in the message")

_T = TypeVar("_T")

# At DEBUG the library logs the parameters of every call, which are what people read.
logging.getLogger("telegram").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Account:
    """Who the token belongs to. Deep links are https://t.me/{username}?start={payload}."""

    id: str
    username: str
    name: str


class Telegram:
    """One bot. `account` is its id. Answers Channel and Polled of bot/channels/base.py."""

    name = "telegram"

    def __init__(
        self,
        token: str,
        *,
        api_url: str = OFFICIAL_API,
        session: aiohttp.ClientSession | None = None,
        secret: str = "",
        phone_label: str = "📱",
    ) -> None:
        """`phone_label` is written on the key that shares a number."""
        self.account = token.partition(":")[0]
        self.limits = LIMITS
        self._request = TelegramRequest(session)
        self._files = f"{api_url}/file/bot{token}"
        self._bot = Bot(
            token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot", request=self._request,
            get_updates_request=self._request,
        )  # fmt: skip
        self._secret = secret.encode()
        self._phone_label = phone_label
        # Chats that show the "share my number" key: a courtesy, and so not in the store. A message that takes the key
        # away can never be edited again, so only one does it.
        self._showing_phone_key: set[str] = set()

    async def close(self) -> None:
        await self._request.shutdown()

    # --- out

    async def send(self, to: Address, reply: Reply, *, row: int, pictures: Mapping[int, Picture]) -> Sent:
        """Send a reply. `reply.edits` is the external id of the message to replace, "" for a new one.

        Raises a SendError. When a later message of a reply cannot be sent, the first ones are out: Ambiguous.
        """
        if not to.value.isdecimal():
            raise Refused("not the id of a private chat")
        cleared = to.value in self._showing_phone_key
        markup = markup_of(reply, row, self._phone_label, cleared=cleared)
        letter = _Letter(self._bot, self._request, int(to.value), markup, pictures)
        messages = render(reply, pictures)
        if not messages:
            raise Refused("nothing to send")
        if reply.edits and (sent := await self._edited(letter, messages, reply.edits)):
            return sent
        sent = await self._sent(letter, messages)
        self._remember_phone_key(to, reply)
        return sent

    def _remember_phone_key(self, to: Address, reply: Reply) -> None:
        if len(self._showing_phone_key) >= _COURTESIES:
            self._showing_phone_key.clear()
        if reply.asks_phone:
            self._showing_phone_key.add(to.value)
        elif not reply.buttons:
            self._showing_phone_key.discard(to.value)

    async def _edited(self, letter: "_Letter", messages: Sequence[Outgoing], message_id: str) -> Sent | None:
        """The edited message, or None where only a new one will do."""
        if len(messages) > 1 or messages[0].photos or not message_id.isdecimal():
            return None
        try:
            await _classified(lambda: letter.edit(int(message_id), messages[0]))
        except Refused as refusal:
            if any(text in refusal.cause.lower() for text in _EDIT_AS_NEW):
                return None
            if "message is not modified" not in refusal.cause.lower():
                raise
        return Sent(message_id)

    async def _sent(self, letter: "_Letter", messages: Sequence[Outgoing]) -> Sent:
        message_id = await _classified(lambda: letter.put(messages[0]))
        for message in messages[1:]:
            await asyncio.sleep(self.limits.gap_chat)
            message_id = await _persistent(lambda message=message: letter.put(message))  # type: ignore[misc]  # mypy does not infer lambdas with a default
        return Sent(str(message_id))

    async def acknowledge(self, arrived: Arrived) -> None:
        """Stop the spinner on a tapped key. Best effort: an answer that comes too late is nobody's loss."""
        if not arrived.acknowledge:
            return
        url = f"{self._bot.base_url}/answerCallbackQuery"
        with contextlib.suppress(SendError):
            await _classified(lambda: self._request.call(url, {"callback_query_id": arrived.acknowledge}))

    # --- files

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file, at most 20 MB. Raises FileGone for good, NotSent when it may work later."""
        try:
            file = await _classified(lambda: self._bot.get_file(file_id))
        except SendError as error:
            raise _file_failure(error) from error
        path, size = file.file_path or "", file.file_size or 0
        if size > LIMITS.file_bytes:
            raise FileGone("file is too big")
        if not path:
            raise NotSent("the platform gave no address of the file")
        data = await self._download(path)
        if size and len(data) != size:
            raise NotSent("the file came truncated")
        return data

    async def _download(self, address: str) -> bytes:
        """The address holds the token, so no error of the transport is passed on with its text or as a context."""
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_connect=CONNECT, sock_read=READ)
        failure = ""
        try:
            async with self._request.session.get(address, timeout=timeout, allow_redirects=False) as response:
                if response.status == 200:
                    return await _capped(response)
                failure = f"the file server answered {response.status}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = type(error).__name__
        raise NotSent(failure)

    # --- in

    def secret_ok(self, header: str | None) -> bool:
        """Whether a webhook's X-Telegram-Bot-Api-Secret-Token is ours; takes the same time for every wrong one."""
        return bool(self._secret) and hmac.compare_digest((header or "").encode(errors="replace"), self._secret)

    def parse(self, update: Any, raw: bytes) -> Arrived:
        """An update, or any other JSON, as an arrival. Never raises."""
        return parse_update(update, raw, self.account)

    def read(self, body: bytes) -> Arrived:
        """A webhook's body as an arrival. Raises Unreadable for what is no JSON."""
        try:
            update = loads(body)
        except (ValueError, RecursionError) as error:
            raise Unreadable("the body is no JSON") from error
        return self.parse(update, body)

    async def poll(self) -> AsyncIterator[list[Arrived]]:
        """Batches of arrivals by long polling. Coming back for the next batch confirms the last one.

        After 50 quiet seconds a batch is empty, so that who polls can see to other things (its lease).
        The network's failures are waited out in here. Raises PollConflict and ChannelDown.
        """
        offset, backoff = 0, 1.0
        while True:
            try:
                updates = await _classified(lambda: self._updates(offset))  # noqa: B023  called before offset moves
            except (PollConflict, ChannelDown):
                raise
            except SendError as error:
                await asyncio.sleep(error.seconds if isinstance(error, Throttled) else backoff)
                backoff = min(backoff * 2, _LONGEST_BACKOFF)
                continue
            backoff = 1.0
            yield [self.parse(update, dumps_bytes(update)) for update in updates]
            offset = max((update["update_id"] + 1 for update in updates), default=offset)

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        """One call of getUpdates, as the JSON it gives: parsed as a whole, one odd update would hide all others."""
        fields = {"offset": offset, "timeout": _POLL, "allowed_updates": UPDATES}
        updates = await self._request.call(f"{self._bot.base_url}/getUpdates", fields, read_timeout=_POLL + 10)
        if not isinstance(updates, list):
            raise NotSent("getUpdates gave no list")
        return [update for update in updates if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    # --- the account

    async def describe(self) -> Account:
        """The bot's name. Raises a SendError (ChannelDown for a wrong token)."""
        me = await _classified(self._bot.get_me)
        return Account(str(me.id), me.username or "", me.first_name)

    async def set_webhook(self, url: str) -> None:
        """Have updates delivered to `url` with our secret. What waits at the platform is kept."""
        await _classified(
            lambda: self._bot.set_webhook(url, secret_token=self._secret.decode() or None, allowed_updates=UPDATES)
        )

    async def delete_webhook(self) -> None:
        """Make polling possible. What waits at the platform is kept."""
        await _classified(self._bot.delete_webhook)

    async def set_commands(self, commands: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """The menu of commands: language code -> (command, description); "" is for all other languages."""
        for language, entries in commands.items():
            listed = [BotCommand(command, description) for command, description in entries]
            await _classified(
                lambda listed=listed, language=language: self._bot.set_my_commands(
                    listed, language_code=language or None
                )  # type: ignore[misc]  # mypy does not infer lambdas with a default
            )


class _Letter:
    """One reply on its way into one chat."""

    def __init__(
        self, bot: Bot, request: TelegramRequest, chat: int, markup: Markup, pictures: Mapping[int, Picture]
    ) -> None:
        self._bot = bot
        self._request = request
        self._chat = chat
        self._markup = markup
        self._pictures = pictures

    async def put(self, message: Outgoing) -> int:
        """Send one message; the platform's id of it. A formatting that the platform rejects is sent as plain text."""
        try:
            return await self._put(message, to_html(message.text), {"parse_mode": "HTML"})
        except BadRequest as error:
            if "can't parse entities" not in str(error).lower():
                raise
        return await self._put(message, plain(message.text), {})

    async def edit(self, message_id: int, message: Outgoing) -> None:
        fields = {"message_id": message_id, "text": to_html(message.text), "parse_mode": "HTML"}
        keys = {"reply_markup": self._markup} if "inline_keyboard" in self._markup else {}
        await self._call("editMessageText", fields | keys)

    async def _put(self, message: Outgoing, text: str, formatted: dict[str, Any]) -> int:
        fields = formatted | ({"reply_markup": self._markup} if message.last and self._markup else {})
        photos = [self._pictures[photo] for photo in message.photos]
        if not photos:
            return int((await self._call("sendMessage", {"text": text, **fields}))["message_id"])
        if len(photos) == 1:
            sent = await self._bot.send_photo(
                self._chat, photos[0].data, filename=_filename(photos[0]), caption=text or None, api_kwargs=fields,
                read_timeout=UPLOAD,
            )  # fmt: skip
            return sent.message_id
        media = [InputMediaPhoto(photo.data, filename=_filename(photo)) for photo in photos]
        sent_album = await self._bot.send_media_group(
            self._chat, media, caption=text or None, parse_mode=formatted.get("parse_mode"), read_timeout=UPLOAD
        )
        return sent_album[-1].message_id

    async def _call(self, method: str, fields: Mapping[str, Any]) -> Any:
        return await self._request.call(f"{self._bot.base_url}/{method}", {"chat_id": self._chat, **fields})


def _filename(picture: Picture) -> str:
    return f"{picture.sha256[:16]}.{picture.mime.rpartition('/')[2]}"


async def _classified(call: Callable[[], Awaitable[_T]]) -> _T:
    try:
        return await call()
    except Exception as error:  # whatever an odd answer breaks in the library, the call may have arrived
        raise classify(error) from error


async def _persistent(call: Callable[[], Awaitable[int]]) -> int:
    """A later message of a reply: the first ones are out, so it is tried again here while nothing was accepted."""
    left = _PATIENCE
    while True:
        try:
            return await _classified(call)
        except (NotSent, Throttled) as error:
            pause = error.seconds if isinstance(error, Throttled) else 1.0
            left -= pause
            if left < 0:
                raise Ambiguous(f"only the first part was sent ({error})") from error
        except ChannelDown as error:
            raise Ambiguous(f"only the first part was sent ({error})") from error
        await asyncio.sleep(pause)


async def _capped(response: aiohttp.ClientResponse) -> bytes:
    data = bytearray()
    async for piece in response.content.iter_any():
        data += piece
        if len(data) > LIMITS.file_bytes:
            raise FileGone("file is too big")
    return bytes(data)


def _file_failure(failure: SendError) -> FileGone | NotSent:
    if isinstance(failure, Refused) and "temporarily unavailable" not in failure.cause:
        return FileGone(failure.cause)
    return NotSent(failure.cause)
