"""Keys that are neither an answer nor a command: an RSVP, a curator's decision, a go for an announcement."""

from collections.abc import Callable, Mapping

from dialogue.message import Button, Reply
from handlers import broadcasts, curation, gatherings, officers
from handlers.context import Answered, Context

__all__ = ["TAPS", "tap"]

Tap = Callable[[Context, Button], Answered]

# name of a key's meaning -> what it does. Rights are checked where the thing is done.
TAPS: Mapping[str, Tap] = {
    "officer": officers.tapped,
    "decide": curation.tapped,
    "event": gatherings.tapped,
    "rsvp": gatherings.answered,
    "broadcast": broadcasts.tapped,
}


def tap(ctx: Context, button: Button) -> Answered:
    """What a key does; an unknown one is of another release, and answered kindly."""
    found = TAPS.get(button.does)
    if found is None:
        return Answered(reply=Reply.of(ctx.say("idle.old_button")))
    return found(ctx, button)
