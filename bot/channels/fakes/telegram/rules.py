"""The Bot API's own rules for what a bot sends (platforms.md A.5), with the descriptions that it refuses with.

Written from the documentation and the server's source, not from our channel, so that one finds the other's errors.
"""

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

__all__ = [
    "MAX_CAPTION",
    "MAX_TEXT",
    "RefusedCall",
    "bad_request",
    "checked_album",
    "checked_commands",
    "checked_html",
    "checked_markup",
    "checked_secret",
    "checked_text",
    "checked_webhook_url",
    "utf16",
]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_DATA = 64  # bytes
MAX_ROW = 8
MAX_KEYS = 100
MAX_PLACEHOLDER = 64
MAX_COMMANDS = 100
ALBUM = range(2, 11)

_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "span", "blockquote"}
)
_TAGS |= frozenset({"tg-spoiler", "tg-emoji"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WEBHOOK = re.compile(
    r"https://[^/:]+(?::(?:443|80|88|8443))?(?:/.*)?|http://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/.*)?"
)


class RefusedCall(Exception):
    """The platform takes nothing of this call."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(why: str) -> RefusedCall:
    return RefusedCall(400, f"Bad Request: {why}")


def utf16(text: str) -> int:
    """The length as the platform counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_html(text: str) -> str:
    """The text that people see of Telegram-HTML. Raises RefusedCall for tags that are unknown, open or crossed."""
    seen: list[str] = []
    open_tags: list[str] = []
    place = 0
    while (at := text.find("<", place)) >= 0:
        seen.append(_decoded(text[place:at]))
        place = at + _tag(text, at, open_tags)
    seen.append(_decoded(text[place:]))
    if open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return "".join(seen)


def _tag(text: str, at: int, open_tags: list[str]) -> int:
    """Take the tag that begins here; its length."""
    offset = len(text[:at].encode())
    tag = _TAG.match(text, at)
    if tag is None or tag[2].lower() not in _TAGS:
        raise bad_request(f"can't parse entities: Unsupported start tag at byte offset {offset}")
    name = tag[2].lower()
    if not tag[1]:
        open_tags.append(name)
    elif not open_tags or open_tags.pop() != name:
        raise bad_request(f"can't parse entities: Unmatched end tag at byte offset {offset}")
    return len(tag[0])


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def checked_text(text: object, parse_mode: str, *, limit: int, what: str) -> str:
    """A text or caption as people see it. `limit` in UTF-16 units, after entities are parsed."""
    if not isinstance(text, str):
        raise bad_request(f"{what} must be a string")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    if parse_mode.lower() not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    shown = checked_html(text) if parse_mode else text
    if utf16(shown) > limit:
        raise bad_request(f"{what} is too long")
    return shown.strip()


def checked_markup(markup: object, chat: int) -> dict[str, Any]:
    """A reply_markup. Raises RefusedCall for more keys, longer data or stranger keys than the platform takes."""
    if markup is None or markup == "":
        return {}
    parsed = json.loads(markup) if isinstance(markup, str) else markup
    if not isinstance(parsed, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in parsed:
        _check_inline(parsed["inline_keyboard"])
    elif "keyboard" in parsed:
        _check_keyboard(parsed, chat)
    elif not ({"remove_keyboard", "force_reply"} & parsed.keys()):
        raise bad_request("unknown reply markup")
    return parsed


def _keys(rows: Any, what: str) -> list[Mapping[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{what}" must be an Array of Arrays')
    if any(len(row) > MAX_ROW for row in rows):
        raise bad_request(f"a row of the keyboard has more than {MAX_ROW} buttons")
    keys: list[Mapping[str, Any]] = [key if isinstance(key, dict) else {"text": key} for row in rows for key in row]
    if len(keys) > MAX_KEYS:
        raise bad_request("reply markup is too long")
    if not all(isinstance(key.get("text"), str) and key["text"].strip() for key in keys):
        raise bad_request("keyboard button text must be non-empty")
    return keys


def _check_inline(rows: Any) -> None:
    for key in _keys(rows, "inline_keyboard"):
        data = key.get("callback_data")
        if data is None and "url" not in key:
            raise bad_request("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
        if data is not None and not 1 <= len(str(data).encode()) <= MAX_DATA:
            raise bad_request("BUTTON_DATA_INVALID")


def _check_keyboard(markup: Mapping[str, Any], chat: int) -> None:
    keys = _keys(markup["keyboard"], "keyboard")
    if chat < 0 and any(key.get("request_contact") for key in keys):
        raise bad_request("phone number can be requested in private chats only")
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= MAX_PLACEHOLDER:
        raise bad_request("input field placeholder must be 1-64 characters")


def checked_album(media: object) -> list[dict[str, Any]]:
    """The items of an album."""
    items = json.loads(media) if isinstance(media, str) else media
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("media must be an Array of InputMedia")
    if len(items) > ALBUM[-1]:
        raise bad_request("too many messages to send as an album")
    if len(items) < ALBUM[0]:
        raise bad_request("an album must include 2-10 items")
    return items


def checked_commands(commands: object) -> list[dict[str, str]]:
    listed = json.loads(commands) if isinstance(commands, str) else commands
    if not isinstance(listed, list):
        raise bad_request("commands must be an Array of BotCommand")
    if len(listed) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in listed:
        if not _COMMAND.fullmatch(command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return listed


def checked_webhook_url(url: str) -> str:
    """HTTPS on 443, 80, 88 or 8443; loopback HTTP is allowed here, as on a local server."""
    if not _WEBHOOK.fullmatch(url):
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook, on ports 80, 88, 443 or 8443 only")
    return url


def checked_secret(secret: str) -> str:
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret
