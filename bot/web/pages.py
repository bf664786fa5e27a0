"""Pages from templates: what the web chat shows before its script runs, and all of it where no script runs."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.doors import Front, LogRow
from bot.web.assets import Assets
from dialogue.wording import Wording, Words

__all__ = ["Pages", "marked", "row_json"]

_MARKS = re.compile(r"\*([^*\n]+)\*|(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])")
_SCRIPT_TEXTS = (
    *("connected", "connecting", "offline", "today", "sending", "waiting", "own-photo", "photo", "document"),
    *("state-queued", "state-sent", "state-read", "state-failed", "write", "write-phone", "no-photo"),
)
_WORDS = ("menu", "status", "help", "human", "stop")


def marked(text: str, *, links: bool = True) -> Markup:
    """Neutral markup as HTML: *bold*, addresses as links, everything else escaped. chat.js has the same rules."""
    done = Markup()
    end = 0
    for mark in _MARKS.finditer(text):
        done += escape(text[end : mark.start()])
        bold, address = mark.groups()
        if bold:
            done += Markup("<b>{}</b>").format(bold)
        elif links:
            done += Markup('<a href="{0}" rel="noopener">{0}</a>').format(address)
        else:
            done += escape(address)
        end = mark.end()
    return done + escape(text[end:])


def row_json(row: LogRow, zone: ZoneInfo) -> dict[str, object]:
    """A row as the page's script reads it: short names, nothing that is empty."""
    local = row.at.astimezone(zone)
    short: dict[str, object] = {
        "i": row.id,
        "s": row.side,
        "t": row.text,
        "p": row.photos,
        "k": [(key.label, key.data, int(key.chosen)) for key in row.keys],
        "a": f"{local:%Y-%m-%dT%H:%M}",
        "st": "" if row.state == "sent" else row.state,
        "g": row.progress,
        "ph": int(row.asks_phone),
        "w": row.sender,
    }
    return {name: value for name, value in short.items() if value}


@dataclass(frozen=True, slots=True)
class Bubble:
    """What stands together: one row, or the photos that somebody sent one after the other."""

    rows: tuple[LogRow, ...]
    at: str
    day: str = ""  # the label above the first bubble of a day
    date: str = ""
    gap: bool = False
    sender: str = ""

    @property
    def row(self) -> LogRow:
        return self.rows[-1]

    @property
    def photos(self) -> Iterator[tuple[LogRow, int]]:
        for row in self.rows:
            for photo in row.photos:
                yield row, photo

    @property
    def is_album(self) -> bool:
        return _only_own_photos(self.row)


def _only_own_photos(row: LogRow) -> bool:
    return row.side == "me" and bool(row.photos) and not row.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatView:
    """All that the page of one chat shows. A row that came again stands where it first stood, as it is now."""

    front: Front
    rows: tuple[LogRow, ...]
    now: datetime
    key: str  # for the form without script
    start: str = ""  # payload of a deep link, to be sent once
    notice: str = ""  # a sentence above the field, where the last post was not taken

    @property
    def cursor(self) -> int:
        return max((row.event for row in self.rows), default=0)

    @property
    def local_now(self) -> str:
        return f"{self.now.astimezone(self.front.zone):%Y-%m-%dT%H:%M:%S}"

    @property
    def progress(self) -> tuple[int, int] | None:
        """As the last message of the bot tells it; an officer's message between them changes nothing."""
        return self._asked.progress if self._asked else None

    @property
    def asks_phone(self) -> bool:
        return bool(self._asked and self._asked.asks_phone)

    @property
    def _asked(self) -> LogRow | None:
        return next((row for row in reversed(self.newest) if row.side == "them" and not row.sender), None)

    def bubbles(self, words: Words) -> list[Bubble]:
        return list(_bubbles(self, words))

    @property
    def newest(self) -> list[LogRow]:
        return list({row.id: row for row in self.rows}.values())


def _bubbles(view: ChatView, words: Words) -> Iterator[Bubble]:
    zone, locale = view.front.zone, view.front.locale
    today = view.now.astimezone(zone).date()
    day, before = None, None
    for rows in _together(view.newest):
        local = rows[-1].at.astimezone(zone)
        first = rows[0]
        label = ""
        if local.date() != day:
            day = local.date()
            label = format_date(day, "EEEE d MMMM", locale=locale)
            label = words("webchat.today", date=label) if day == today else label
        yield Bubble(
            rows=rows,
            at=local.strftime("%H.%M" if locale == "id" else "%H:%M"),
            day=label,
            date=f"{day}",
            gap=before is not None and not label and (before.side != first.side or bool(before.keys)),
            sender=first.sender if before is None or before.sender != first.sender else "",
        )
        before = rows[-1]


def _together(rows: Iterable[LogRow]) -> Iterator[tuple[LogRow, ...]]:
    album: tuple[LogRow, ...] = ()
    for row in rows:
        if album and _only_own_photos(row) and album[-1].at.date() == row.at.date():
            album = (*album, row)
            continue
        if album:
            yield album
        album = (row,) if _only_own_photos(row) else ()
        if not album:
            yield (row,)
    if album:
        yield album


@dataclass(frozen=True, slots=True)
class Pages:
    """The templates, the texts and the files that they name."""

    wording: Wording
    assets: Assets
    environment: Environment = field(init=False)
    phone_labels: frozenset[str] = field(init=False)  # what stands on the key that shares a number, in each language

    def __post_init__(self) -> None:
        speaking = (self.wording.for_person(locale) for locale in self.wording.locales)
        object.__setattr__(self, "phone_labels", frozenset(words("button.share_phone") for words in speaking))
        environment = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["asset"] = self.assets.url
        environment.filters["marked"] = marked
        object.__setattr__(self, "environment", environment)

    def words(self, front: Front | None) -> Words:
        if front is None:
            return self.wording.for_person("id")
        return self.wording.for_person(front.locale, name=front.name, unit=front.unit)

    def shown(self, rows: Iterable[LogRow]) -> list[LogRow]:
        """The rows as a page shows them: without the key that shares a number, for a browser has none to share."""
        return [self._without_phone_key(row) if row.asks_phone else row for row in rows]

    def _without_phone_key(self, row: LogRow) -> LogRow:
        return replace(row, keys=tuple(key for key in row.keys if key.label not in self.phone_labels))

    def chat(self, view: ChatView) -> str:
        """The page of one chat, with its log."""
        words = self.words(view.front)
        return self.environment.get_template("chat.html").render(
            view=view,
            front=view.front,
            words=words,
            locale=view.front.locale,
            bubbles=view.bubbles(words),
            commands=_WORDS,
            script_texts=json.dumps(_script_texts(words), ensure_ascii=False, separators=(",", ":")),
        )

    def lost(self) -> str:
        """The page for a programme that is not run here."""
        return self.environment.get_template("lost.html").render(words=self.words(None), locale="id")


def _script_texts(words: Words) -> Mapping[str, str]:
    """The texts that the script needs; variables stay as {name}, for the script to fill."""
    kept = {name: f"{{{name}}}" for name in ("n", "of", "date", "done", "total")}
    keys = (*_SCRIPT_TEXTS, "progress")
    return {key: words(f"webchat.{key}", **kept) for key in keys}
