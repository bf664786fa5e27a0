"""Webhook bodies: what a platform sends, bent in every way that JSON allows, and bytes that are no JSON at all."""

import json
import random  # noqa: TID251 - seeded dice, so that a body that broke something breaks it again
from collections.abc import Callable, Iterator
from typing import Any

CHATS = range(700, 760)
SENTENCES = (
    "/start",
    "/start 35.05.17.2009",
    "daftar",
    "ya",
    "tidak",
    "sudah",
    "belum",
    "Siti Aminah",
    "Balerejo Wlingi",
    "lewati",
    "kembali",
    "0820-0000-0001",
    "Keripik Singkong",
    "makanan",
    "12 ribu per bungkus",
    "100 bungkus seminggu",
    "selesai",
    "boleh",
    "betul",
    "ada yang salah",
    "menu",
    "status",
    "sertifikat",
    "1",
    "2",
    "9",
    "batal",
    "berhenti",
    "mulai lagi",
    "lanjut",
    "bahasa",
    "petugas",
    "ubah harga",
    "P-IRT",
    "1234567890123",
    "besok jam 9",
    "halo",
    "/siaran",
    "/putuskan",
    "/acara",
)
ODD_NUMBERS = (
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    2**31,
    2**53,
    2**63,
    2**64,
    2**70,
    -(2**63) - 1,
    float("nan"),
    float("inf"),
    float("-inf"),
)
ODD_TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfff",
    "\u202e",
    "\ufeff",
    "𝟏𝟐𝟑",
    "١٢٣ ribu",
    "½",
    "²",
    "①",
    "٣٥",
    "🥭" * 40,
    "é" * 5000,
    "9" * 5000,
    "9" * 400 + " ribu",
    "Rp" + "." * 300,
    "a" * 70_000,
    "-" * 300,
    "(" * 500,
    "{0}",
    "%s%n",
    "{ $name }",
    "*_`[",
    "<b>",
    "'; DROP TABLE inbox; --",
    "\\u0000",
    "null",
    "\r\n\r\n",
    "\u0301" * 200,
    "\u200d" * 100,
    "/" * 200,
    "31/02/2026",
    "99999999999999999999 bungkus",
    "1e400",
    "jam 25.61",
    "1" + "0" * 300 + " juta",
)


class Bodies:
    """An endless row of bodies, the same for the same seed. `number` makes every update_id another."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._number = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self.next()

    def next(self) -> bytes:
        roll = self._dice.random()
        if roll < 0.05:
            return self._dice.randbytes(self._dice.randrange(200))
        if roll < 0.08:
            return self._dice.choice(_BROKEN)
        update = self._update()
        if roll < 0.75:
            for _ in range(self._dice.choice((1, 1, 1, 2, 3, 8))):
                self._bend(update)
        body = _written(update)
        return self._cut(body) if roll > 0.97 else body

    def _update(self) -> dict[str, Any]:
        self._number += 1
        kind = self._dice.choice(_KINDS)
        chat = self._dice.choice(CHATS)
        person = {"id": chat, "is_bot": False, "first_name": "Bu Sari", "language_code": "id"}
        message: dict[str, Any] = {
            "message_id": self._number,
            "date": 1_790_000_000 + self._number,
            "chat": {"id": chat, "type": "private", "first_name": "Bu Sari"},
            "from": person,
        }
        return {"update_id": self._number, **kind(self._dice, message, person)}

    def _bend(self, update: dict[str, Any]) -> None:
        """Put something else in one place, at any depth; take it away; or say it twice."""
        places = list(_places(update))
        if not places:
            return
        holder, key = self._dice.choice(places)
        match self._dice.randrange(6):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[self._dice.choice(ODD_TEXTS)[:300]] = self._anything()
            case _:
                holder[key] = self._anything()

    def _anything(self) -> Any:
        match self._dice.randrange(9):
            case 0:
                return None
            case 1:
                return self._dice.choice((True, False))
            case 2:
                return self._dice.choice(ODD_NUMBERS)
            case 3 | 4:
                return self._dice.choice(ODD_TEXTS)
            case 5:
                return self._dice.choice(SENTENCES)
            case 6:
                return [self._dice.choice(ODD_NUMBERS), self._dice.choice(ODD_TEXTS), {}]
            case 7:
                return {
                    "id": self._dice.choice(ODD_NUMBERS),
                    "type": "private",
                    "file_id": self._dice.choice(ODD_TEXTS),
                }
        return _nested(self._dice.choice((3, 90, 600)))

    def _cut(self, body: bytes) -> bytes:
        at = self._dice.randrange(len(body) or 1)
        return self._dice.choice((body[:at], body[:at] + b"\xff" + body[at:], body + body, body[at:]))


def _places(value: Any, depth: int = 8) -> Iterator[tuple[Any, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(children):
        yield value, key
        if depth:
            yield from _places(child, depth - 1)


def _nested(depth: int) -> Any:
    value: Any = []
    for level in range(depth):
        value = [value] if level % 2 else {"message": value}
    return value


def _written(update: Any) -> bytes:
    try:
        return json.dumps(update).encode()
    except RecursionError:
        return b"[" * 2000


_BROKEN = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b"0",
    b'"',
    b"{",
    b'{"update_id":',
    b'{"update_id":1e999}',
    b"NaN",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf{}",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"update_id":' + b"9" * 5000 + b"}",
    b'{"update_id":1,"update_id":2}',
    b'"' + b"a" * 500_000 + b'"',
)


# Updates as the Bot API describes them -------------------------------------------------------------------------------

_Kind = Callable[[random.Random, dict[str, Any], dict[str, Any]], dict[str, Any]]


def _file(dice: random.Random, **more: Any) -> dict[str, Any]:
    number = dice.randrange(10**6)
    return {
        "file_id": f"file-{number}",
        "file_unique_id": f"unique-{number}",
        "file_size": dice.randrange(10**7),
        **more,
    }


def _text(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {"message": {**message, "text": dice.choice(SENTENCES)}}


def _odd_text(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {"message": {**message, "text": dice.choice(ODD_TEXTS)}}


def _edited(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {"edited_message": {**message, "edit_date": message["date"], "text": dice.choice(SENTENCES)}}


def _photo(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    sizes = [_file(dice, width=90, height=68), _file(dice, width=1280, height=960)]
    return {"message": {**message, "photo": sizes, "caption": dice.choice(SENTENCES), "media_group_id": "7"}}


def _document(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    mime = dice.choice(("application/pdf", "image/png"))
    return {"message": {**message, "document": _file(dice, file_name="nib.pdf", mime_type=mime)}}


def _voice(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {"message": {**message, "voice": _file(dice, duration=3, mime_type="audio/ogg")}}


def _sticker(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    sticker = _file(dice, width=512, height=512, is_animated=False, is_video=False, type="regular")
    return {"message": {**message, "sticker": sticker}}


def _location(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {"message": {**message, "location": {"latitude": -8.1, "longitude": dice.uniform(-180, 180)}}}


def _contact(dice: random.Random, message: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    number = f"62820000000{dice.randrange(1, 31):02}"
    return {"message": {**message, "contact": {"phone_number": number, "first_name": "Bu", "user_id": person["id"]}}}


def _tap(dice: random.Random, message: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    data = f"{dice.randrange(300):x}.{dice.randrange(5)}"
    query = {"id": f"{message['message_id']}", "from": person, "message": message, "chat_instance": "1", "data": data}
    return {"callback_query": query}


def _member(dice: random.Random, message: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    bot = {"id": 7000000001, "is_bot": True, "first_name": "Sambang"}
    states = [{"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}]
    dice.shuffle(states)
    change = {"chat": message["chat"], "from": person, "date": message["date"]}
    return {"my_chat_member": {**change, "old_chat_member": states[0], "new_chat_member": states[1]}}


def _group(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    chat = {"id": -dice.randrange(10**9), "type": dice.choice(("group", "supergroup", "channel")), "title": "Paguyuban"}
    return {"message": {**message, "chat": chat, "text": dice.choice(SENTENCES)}}


def _other(dice: random.Random, message: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {dice.choice(("poll", "channel_post", "inline_query", "of_next_year")): message}


_KINDS: tuple[_Kind, ...] = (
    _text,
    _text,
    _text,
    _text,
    _odd_text,
    _odd_text,
    _edited,
    _photo,
    _document,
    _voice,
    _sticker,
    _location,
    _contact,
    _tap,
    _tap,
    _member,
    _group,
    _other,
)
