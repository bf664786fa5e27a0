"""The first words: a greeting of the hour and the place, and what can be done."""

from zoneinfo import ZoneInfo

from dialogue.message import Reply
from handlers import keys
from handlers.context import Answered, Context
from handlers.menu import key_of
from handlers.unfinished import unfinished

__all__ = ["greeting", "welcome"]

# Until which hour each greeting is said, local time.
_HOURS = ((11, "morning"), (15, "noon"), (18, "afternoon"), (24, "night"))
_BEFORE_DAWN = 4


def welcome(ctx: Context, payload: str = "") -> Answered:  # noqa: ARG001 - village codes and deep links prefill later
    """For /start and for first contact. Who has a form waiting is offered to go on with it."""
    waiting = unfinished(ctx)
    if waiting is not None:
        said = ctx.say("welcome.unfinished", greeting=greeting(ctx), form=ctx.say(f"{waiting.conversation}.title"))
        return Answered(reply=Reply.of(said, buttons=keys.go_on(ctx.say)), park=True)
    text = "welcome.back" if ctx.contact.name else "welcome.first"
    buttons = (key_of(ctx.say, "register"), key_of(ctx.say, "status"), keys.command(ctx.say, "welcome.menu", "menu"))
    return Answered(reply=Reply.of(ctx.say(text, greeting=greeting(ctx)), buttons=buttons), park=True)


def greeting(ctx: Context) -> str:
    """'Sugeng enjing' in Blitar, 'Selamat pagi' elsewhere: greet only, the body stays in the person's language."""
    hour = ctx.now.astimezone(ZoneInfo(ctx.programme.zone)).hour
    part = "night" if hour < _BEFORE_DAWN else next(name for until, name in _HOURS if hour < until)
    local = f"welcome.greeting.{ctx.programme.greets}.{part}"
    return ctx.say(local if ctx.say.has(local) else f"welcome.greeting.id.{part}")
