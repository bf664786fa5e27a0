"""What a reader gives when it cannot give a value: a doubt to ask about, or a refusal to explain."""

from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["LONGEST_ANSWER", "Invalid", "Unclear"]

T = TypeVar("T")

LONGEST_ANSWER = 300  # characters; a longer text is a story, not a price, a date or a number


@dataclass(frozen=True, slots=True)
class Unclear(Generic[T]):
    """Ask back; nothing may be stored. `proposal` is the likeliest meaning, if there is one; `why` is a wording key."""

    proposal: T | None
    why: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """Certainly not a usable value; `reason` is a wording key (zero, negative, too_short, no_such_date, ...)."""

    reason: str
