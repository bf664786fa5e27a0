"""A neutral reply as Telegram's messages: as few as its limits allow, photos before their text, keys under the last."""

import html
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.base import Limits, button_data
from bot.channels.rendering import bold_spans, joined, length, split
from dialogue.message import Button, Part, Reply

__all__ = ["LIMITS", "Markup", "Outgoing", "markup_of", "render", "to_html"]

# platforms.md A.3 and A.5. The platform allows 30 a second; 28 leaves room for the network's jitter.
LIMITS = Limits(
    text=4096,
    caption=1024,
    buttons=100,
    button_label=64,
    album=10,
    units="utf16",
    gap_account=1 / 28,
    gap_chat=1.0,
    file_bytes=20 * 1024 * 1024,
)
_PAIR = 17  # labels up to this long stand two in a row on a phone 360 points wide
_KEYS_BELOW = "👇"  # a text for keys to stand under, where a reply has only photos

Markup = dict[str, Any]  # a reply_markup as the Bot API describes it


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to the platform: a text, or photos with the text as their caption. Neutral markup still."""

    text: str
    photos: tuple[int, ...] = ()
    last: bool = False  # the one that carries the keys


def render(reply: Reply, known: Container[int]) -> list[Outgoing]:
    """The messages of a reply, in order, with those of its photos that are known. An empty reply gives none."""
    has_keys = bool(reply.buttons or reply.asks_phone)
    sections = _sections([_shown(part, known) for part in reply.parts])
    messages = [
        message
        for index, (photos, text) in enumerate(sections)
        for message in _section(photos, text, keys=has_keys and index == len(sections) - 1)
    ]
    if messages:
        messages[-1] = replace(messages[-1], last=True)
    return messages


def _shown(part: Part, known: Container[int]) -> Part:
    return replace(part, photos=tuple(photo for photo in part.photos if photo in known))


def _sections(parts: Sequence[Part]) -> list[tuple[tuple[int, ...], str]]:
    """Parts joined into runs: photos, and all text up to the next photos. Text before the first ones goes with them."""
    sections: list[tuple[tuple[int, ...], list[str]]] = []
    for part in parts:
        if sections and (not part.photos or not sections[0][0]):
            photos, texts = sections.pop()
            sections.append((photos + part.photos, [*texts, part.text]))
        else:
            sections.append((part.photos, [part.text]))
    return [(photos, joined(texts)) for photos, texts in sections if photos or joined(texts)]


def _section(photos: tuple[int, ...], text: str, *, keys: bool) -> list[Outgoing]:
    albums = [photos[start : start + LIMITS.album] for start in range(0, len(photos), LIMITS.album)]
    captioned = len(albums) == 1 and length(text, LIMITS.units) <= LIMITS.caption
    if captioned and not (keys and len(photos) > 1):  # an album cannot carry keys
        return [Outgoing(text, photos)]
    messages = [Outgoing("", album) for album in albums]
    if keys and not text:
        text = _KEYS_BELOW
    return messages + [Outgoing(piece) for piece in split(text, LIMITS.text, LIMITS.units)]


def to_html(text: str) -> str:
    """Neutral text as Telegram's HTML: everything escaped, *bold* as <b>."""
    return "".join(
        f"<b>{html.escape(piece, quote=False)}</b>" if bold else html.escape(piece, quote=False)
        for piece, bold in bold_spans(text)
    )


def markup_of(reply: Reply, row: int, phone_label: str, *, cleared: bool) -> Markup:
    """What stands under the last message. `cleared`: one without keys takes an earlier "share my number" key away."""
    if reply.asks_phone:
        return _phone_keyboard(reply.buttons, phone_label)
    if not reply.buttons:
        return {"remove_keyboard": True} if cleared else {}
    keys = [
        {"text": button.label, "callback_data": button_data(row, index)} for index, button in enumerate(reply.buttons)
    ]
    return {"inline_keyboard": _rows(keys)}


def _rows(keys: Sequence[dict[str, str]]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = []
    for key in keys:
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]["text"]) and _is_short(key["text"]):
            rows[-1].append(key)
        else:
            rows.append([key])
    return rows


def _is_short(label: str) -> bool:
    return length(label, LIMITS.units) <= _PAIR


def _phone_keyboard(buttons: Sequence[Button], label: str) -> Markup:
    """The key that shares the number; the reply's other keys as words to be sent: there is room for one keyboard."""
    share = next((button.label for button in buttons if button.does == "phone"), label)
    rows: list[list[dict[str, Any]]] = [[{"text": share, "request_contact": True}]]
    rows += [[{"text": button.label}] for button in buttons if button.does != "phone"]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
