"""All that the clock does, one slice at a time. A new reminder is one file beside this, and one line here."""

from collections.abc import Callable

from handlers import broadcasts, gatherings
from handlers.context import House
from handlers.reminders.event import remind_of_events
from storage.tx import Tx

__all__ = ["CLOCK", "WORK", "Work"]

Work = Callable[[Tx, House], bool]  # does a slice of at most 50 ms; gives whether there may be more

CLOCK = gatherings.CLOCK
WORK: tuple[Work, ...] = (
    remind_of_events,
    gatherings.announce,
    broadcasts.expand,
    broadcasts.report,
)
