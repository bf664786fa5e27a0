"""The chat of an officer: the link that makes it theirs, and the words that only they may use."""

from collections.abc import Callable, Mapping

from dialogue import commands as spoken
from dialogue.message import Button, Incoming, Kind, Reply
from domain.roles import Act, may
from domain.words import bare
from handlers import keys
from handlers.broadcasts import begin_announcing
from handlers.context import Answered, Context
from handlers.curation import begin_deciding
from handlers.gatherings import begin_gathering
from handlers.menu import menu
from handlers.rights import officer_who_may
from handlers.unfinished import unfinished
from storage import contacts, history
from storage.officers import Officer, find_officer, use_link

__all__ = ["CODE_PREFIX", "PRODUCER", "menu_of_office", "office", "tapped"]

CODE_PREFIX = "petugas-"  # tells an officer's code from a village's and from deep links

# word -> what it is for; a message that is such a word, with or without a slash, is looked at more closely
WORDS: Mapping[str, Act] = {"putuskan": Act.DECIDE, "acara": Act.GATHER, "siaran": Act.ANNOUNCE}
URGENT = "siaran penting"
MENU = frozenset({"mulai", "start"})  # beside the words for help, which "menu" is one of
PRODUCER = "producer"  # argument of the command "menu": an officer may have products too
PRODUCERS_MENU = frozenset({"menu produsen", "producers menu"})

_BEGIN: Mapping[Act, Callable[[Context, Officer], Answered]] = {
    Act.DECIDE: begin_deciding,
    Act.GATHER: begin_gathering,
    Act.ANNOUNCE: begin_announcing,
}


def office(ctx: Context, incoming: Incoming) -> Answered | None:
    """What an officer's message does; None where it is not for the office, or from somebody else.

    The store is asked only for the few words that may be meant, so that producers' turns cost nothing.
    """
    if incoming.kind is Kind.START:
        return _started(ctx, incoming.text)
    if incoming.kind is not Kind.TEXT or len(incoming.text) > len(URGENT) + 2:
        return None
    said = bare(incoming.text).lstrip("/")
    if said == URGENT:
        officer = officer_who_may(ctx, Act.ANNOUNCE)
        return begin_announcing(ctx, officer, urgent=True) if officer else None
    if said in WORDS:
        officer = officer_who_may(ctx, WORDS[said])
        return _BEGIN[WORDS[said]](ctx, officer) if officer else None
    if said in PRODUCERS_MENU:
        return Answered(reply=menu(ctx.say), park=True) if find_officer(ctx.tx, ctx.contact.id) else None
    return menu_of_office(ctx) if said in MENU or _asks_for_help(incoming.text) else None


def _asks_for_help(text: str) -> bool:
    command = spoken.command_of(text)
    return command is not None and command.key == "help"


def tapped(ctx: Context, button: Button) -> Answered:
    """A key of the office's menu."""
    act = Act(button.key)
    officer = officer_who_may(ctx, act)
    return _BEGIN[act](ctx, officer) if officer else Answered(reply=Reply.of(ctx.say("idle.old_button")))


def _started(ctx: Context, payload: str) -> Answered | None:
    if not payload.startswith(CODE_PREFIX):
        return menu_of_office(ctx)
    officer = use_link(ctx.tx, payload, ctx.contact.id, ctx.now)
    if officer is None:
        return Answered(reply=Reply.of(ctx.say("officer.no_link")), park=True)
    values = {"name": ctx.contact.name or officer.name}
    if officer.programme:
        values["programme"] = officer.programme
    contacts.change_contact(ctx.tx, ctx.contact.id, **values)
    who = f"officer:{officer.id}"
    history.record(ctx.tx, ctx.now, who, "officer.signed_in", who, channel=ctx.channel)
    return Answered(reply=_menu(ctx, officer, ctx.say("officer.welcome", name=officer.name)), park=True)


def menu_of_office(ctx: Context) -> Answered | None:
    """What an officer can do, and the way to their producer's side; None for everybody else."""
    officer = find_officer(ctx.tx, ctx.contact.id)
    if officer is None:
        return None
    return Answered(reply=_menu(ctx, officer, ctx.say("officer.menu", name=officer.name)), park=True)


def _menu(ctx: Context, officer: Officer, text: str) -> Reply:
    acts = [act for act in Act if may(officer.role, act)]
    lines = [text, *(ctx.say(f"officer.line.{act}") for act in acts)]
    own = [Button(label=ctx.say(f"officer.button.{act}"), does="officer", key=act) for act in acts]
    waits = [keys.command(ctx.say, "welcome.continue", "continue")] if unfinished(ctx) else []
    producer = keys.command(ctx.say, "officer.producer_button", "menu", PRODUCER)
    return Reply.of("\n".join(lines), buttons=(*own, *waits, producer))
