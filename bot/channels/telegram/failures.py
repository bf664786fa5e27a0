"""What a failed call to Telegram means (reliability.md, appendix B): one table, careful where nothing is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.base import Ambiguous, ChannelDown, NotSent, Refused, SendError, Throttled, Unreachable

__all__ = ["PollConflict", "classify"]

CONFLICT_PAUSE = 30.0  # seconds until another poller is looked for again
THROTTLE_PAUSE = 5.0  # seconds, where a 429 does not say


@dataclass(eq=False)
class PollConflict(ChannelDown):
    """Somebody else polls with this token, or a webhook is set. `seconds` until it is worth another try."""

    seconds: float = CONFLICT_PAUSE


# Descriptions of 400 that mean the person and not the message (platforms.md A.4).
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "bot was blocked")
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


def classify(error: BaseException) -> SendError:
    """The failure that a raised error means. What is not in the table is Ambiguous: it may have arrived."""
    if isinstance(error, SendError):
        return error
    for kind, meaning in _PLATFORM_SAID:
        if isinstance(error, kind):
            return meaning(error)
    if any(isinstance(cause, _NEVER_LEFT) for cause in _causes(error)):
        return NotSent(_cause(error))
    return _from_description(error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _retry_after(error: BaseException) -> SendError:
    seconds = getattr(error, "retry_after", THROTTLE_PAUSE)
    if isinstance(seconds, timedelta):
        seconds = seconds.total_seconds()
    return Throttled("429", seconds=float(seconds))


def _bad_request(error: BaseException) -> SendError:
    said = _said(error)
    if any(text in said.lower() for text in _NOBODY):
        return Unreachable(said)
    return Refused(said)


def _from_description(error: BaseException) -> SendError:
    """For the statuses that python-telegram-bot has no class for: a 429 without a time, a body over the limit."""
    said = _said(error).lower()
    if said.startswith("too many requests"):
        return Throttled("429", seconds=THROTTLE_PAUSE)
    if said.startswith("request entity too large"):
        return Refused("request entity too large")
    return Ambiguous(_cause(error))


def _said(error: BaseException) -> str:
    """The platform's description. A body that is not the platform's own is left out: it may hold anything."""
    return str(error).partition(". Parsing the server response")[0]


def _cause(error: BaseException) -> str:
    """The names of what went wrong, outermost first; no text of theirs, which may hold an address with the token."""
    names = [type(cause).__name__ for cause in _causes(error)]
    said = _said(error) if isinstance(error, TelegramError) and len(names) == 1 else ""
    return " < ".join(names) + (f": {said}" if said else "")


_Meaning = Callable[[BaseException], SendError]
# In order: BadRequest is a subclass of NetworkError, and 401 and 404 are both InvalidToken.
_PLATFORM_SAID: tuple[tuple[type[TelegramError], _Meaning], ...] = (
    (RetryAfter, _retry_after),
    (Forbidden, lambda error: Unreachable(_said(error))),
    (InvalidToken, lambda error: ChannelDown(_said(error))),
    (Conflict, lambda error: PollConflict(_said(error))),
    (ChatMigrated, lambda error: Unreachable(_said(error))),
    (BadRequest, _bad_request),
)
