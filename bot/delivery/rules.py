"""What an attempt's end means for a message, by class: the table of reliability.md 2.2, kept as data.

Neither platform knows an idempotency key, so an ambiguous send (it left, and nobody knows whether it arrived) is either
repeated, at the price of a second copy, or left as `unknown`, at the price of a gap. The class decides.
"""

from dataclasses import dataclass

from bot.channels.base import Ambiguous, ChannelDown, NotSent, Refused, SendError, Throttled, Unreachable

__all__ = ["AMBIGUOUS", "RULES", "Rule", "outcome_of"]

AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Rule:
    """After an ambiguous send: how many copies there may be at most, and seconds to wait before the next one."""

    copies: int
    wait: float
    superseded_by_news: bool = False  # the person has written something newer: a repeat would answer the past


RULES = {
    "reply": Rule(copies=2, wait=10.0, superseded_by_news=True),
    "decision": Rule(copies=3, wait=10.0),
    "secret": Rule(copies=1, wait=0.0),
    "reminder": Rule(copies=1, wait=0.0),
    "bulk": Rule(copies=1, wait=0.0),
}

_OUTCOMES: tuple[tuple[type[SendError], str], ...] = (
    (NotSent, "not_sent"),
    (Throttled, "throttled"),
    (Unreachable, "unreachable"),
    (Refused, "refused"),
    (ChannelDown, "channel_down"),
    (Ambiguous, AMBIGUOUS),
)


def outcome_of(error: SendError) -> str:
    """The word for a failure, as attempts are counted by it."""
    return next((name for kind, name in _OUTCOMES if isinstance(error, kind)), AMBIGUOUS)
