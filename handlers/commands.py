"""What people may ask for at any time: a table from a command's name to what it does.

What is asked for and does not exist yet is kept as a wish: officers see it, and the person is told so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from dialogue.conversation import Draft
from dialogue.message import Button, Reply
from dialogue.turn import resume as ask_again
from domain.certificates import State, state_at
from handlers import keys
from handlers.context import Answered, Begin, Context
from handlers.conversations.certificate import name_of
from handlers.conversations.photo import begin_photo
from handlers.conversations.registry import form
from handlers.knowing import known_of
from handlers.menu import menu as menu_of
from handlers.officers import PRODUCER, menu_of_office
from handlers.status import status as status_of
from handlers.unfinished import answers_of, unfinished
from handlers.villages import villages_of
from handlers.welcome import welcome
from storage import contacts, history
from storage.certificates import Certificate, list_certificates
from storage.producers import Producer, list_producers, list_regions
from storage.products import list_products, list_products_of_producer
from storage.wishes import keep_wish

__all__ = ["COMMANDS", "run"]

LANGUAGES = ("id", "en")
_KINDS_SAID_SHORTER = {"bpom": "bpom_md"}

Command = Callable[[Context, str, Draft | None], Answered]


def run(ctx: Context, name: str, argument: str, draft: Draft | None) -> Answered:
    """Runs a command. `draft` is the form that is open; an unknown name is kept as a wish."""
    command = COMMANDS.get(name)
    return command(ctx, argument, draft) if command else _wish(ctx, name, draft)


# Ways in -------------------------------------------------------------------------------------------------------------


def _start(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - the signature of a command
    return welcome(ctx, argument)


def _menu(ctx: Context, argument: str, draft: Draft | None) -> Answered:
    if argument != PRODUCER and (office := menu_of_office(ctx)):
        return office
    return Answered(reply=_with_way_back(ctx, menu_of(ctx.say), draft), park=_is_passing(draft))


def _help(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    if office := menu_of_office(ctx):
        return office
    reply = Reply.of(ctx.say("menu.help")).after(menu_of(ctx.say))
    return Answered(reply=_with_way_back(ctx, reply, draft), park=_is_passing(draft))


def _greet(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    return menu_of_office(ctx) or welcome(ctx)


def _thanks(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    return Answered(reply=Reply.of(ctx.say("commands.thanks")))


def _faq(ctx: Context, argument: str, draft: Draft | None) -> Answered:
    """A common question asked back ("ini bayar?"); the engine answers it inside a form."""
    return _beside(Answered(reply=Reply.of(ctx.say(f"faq.{argument}"), buttons=keys.to_register(ctx.say))), draft)


def _cancel(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    return Answered(reply=Reply.of(ctx.say("commands.nothing_open"), buttons=keys.menu_only(ctx.say)))


def _continue(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    waiting = unfinished(ctx)
    if waiting is None:
        return _cancel(ctx, "", draft)
    return Answered(resume=waiting.conversation)


# Producers and their products ----------------------------------------------------------------------------------------


def _register(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    """Goes on with what was begun; else a new product for who is known, the whole registration for who is not."""
    begun = unfinished(ctx, "product", "registration")
    if begun is not None:
        return Answered(resume=begun.conversation)
    producers = list_producers(ctx.tx, ctx.contact.id, ctx.programme.id)
    if not producers:
        return Answered(begin=Begin(conversation="registration"))
    return Answered(begin=Begin(conversation="product", about=_about(ctx, producers[-1])))


def _about(ctx: Context, producer: Producer) -> dict[str, object]:
    village = villages_of(ctx, list_regions(ctx.tx, producer.id))
    return {"producer": producer.id, "number": producer.number, "owner": producer.name, "village": village}


def _status(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    return _beside(status_of(ctx, in_form=draft is not None), draft)


def _photo(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    products = list_products(ctx.tx, ctx.contact.id, ctx.programme.id)
    if products:
        return Answered(begin=begin_photo(products[::-1]))
    begun = unfinished(ctx, "product", "registration")
    if begun is not None:
        return Answered(resume=begun.conversation)
    return Answered(reply=Reply.of(ctx.say("photo.no_product"), buttons=keys.to_register(ctx.say)))


def _certificates(ctx: Context, argument: str, draft: Draft | None) -> Answered:
    producers = list_producers(ctx.tx, ctx.contact.id, ctx.programme.id)
    if not producers:
        return _beside(
            Answered(reply=Reply.of(ctx.say("certificate.no_producer"), buttons=keys.to_register(ctx.say))), draft
        )
    producer = producers[-1]
    kind = _KINDS_SAID_SHORTER.get(argument, argument)
    known = kind in ctx.programme.certificates
    begin = Begin(conversation="certificate", about={"producer": producer.id}, answers={"kind": kind} if known else {})
    return Answered(reply=None if known else Reply.of(_certificate_list(ctx, producer)), begin=begin)


def _certificate_list(ctx: Context, producer: Producer) -> str:
    told = {each.kind: each for each in list_certificates(ctx.tx, producer.id)}
    today = ctx.now.astimezone(ZoneInfo(ctx.programme.zone)).date()
    lines = [ctx.say("certificate.list", number=producer.number)]
    for kind in ctx.programme.certificates:
        state = _state_shown(told.get(kind), today)
        mark = ctx.say(f"certificate.{state}.mark")
        lines.append(
            ctx.say("certificate.line", kind=name_of(ctx, kind), mark=mark, state=ctx.say(f"certificate.{state}"))
        )
    if _lacks_halal(ctx, told, producer, today):
        lines.append(ctx.say("certificate.halal_required"))
    return "\n".join(lines)


def _lacks_halal(ctx: Context, told: Mapping[str, Certificate], producer: Producer, today: date) -> bool:
    """Food and drink need it by law from a day that the programme names; crafts are not asked (domain.md 0.13)."""
    since = ctx.programme.halal_mandatory_from
    if since is None or today < since or _state_shown(told.get("halal"), today) != "none":
        return False
    products = list_products_of_producer(ctx.tx, producer.id)
    categories = (ctx.programme.category(product.category) for product in products)
    return any(category is not None and category.food for category in categories)


def _state_shown(known: Certificate | None, today: date) -> State | str:
    if known is None:
        return "none"
    state = state_at(known.state, known.expires_on, today)  # type: ignore[arg-type]  # the column holds only states
    return "verified" if state == "issued" and known.verified else state


def _profile(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    producers = list_producers(ctx.tx, ctx.contact.id, ctx.programme.id)
    begun = unfinished(ctx, "product", "registration")
    if not (producers or ctx.contact.name or ctx.contact.phone or begun):
        return _beside(Answered(reply=Reply.of(ctx.say("commands.profile.empty"))), draft)
    nothing = ctx.say("commands.profile.none")
    lines = [
        ctx.say("commands.profile"),
        ctx.say("commands.profile.person", name=ctx.contact.name or nothing, phone=ctx.contact.phone or nothing),
        *(_profile_line(ctx, producer) for producer in producers),
        *([_unfinished_line(ctx, begun)] if begun else []),
        ctx.say("commands.profile.wrong"),
    ]
    return _beside(Answered(reply=Reply.of("\n".join(lines), buttons=keys.menu_only(ctx.say))), draft)


def _profile_line(ctx: Context, producer: Producer) -> str:
    products = [product.name for product in list_products_of_producer(ctx.tx, producer.id)]
    return ctx.say(
        "commands.profile.producer",
        number=producer.number,
        owner=producer.name,
        villages=villages_of(ctx, list_regions(ctx.tx, producer.id)),
        products=", ".join(products) or ctx.say("commands.profile.none"),
    )


def _unfinished_line(ctx: Context, begun: Draft) -> str:
    said = ", ".join(f"{label}: {value}" for label, value in answers_of(ctx, begun))
    title = ctx.say(f"{begun.conversation}.title")
    return ctx.say("commands.profile.unfinished", form=title, said=said or ctx.say("commands.profile.none"))


# People --------------------------------------------------------------------------------------------------------------


def _human(ctx: Context, argument: str, draft: Draft | None) -> Answered:
    """An officer will read it: the wish is kept at once, its words when they come."""
    wish = keep_wish(ctx.tx, ctx.contact.id, "human", ctx.now, text=argument, programme=ctx.programme.id)
    waiting = draft is not None and not _is_passing(draft)
    return Answered(begin=Begin(conversation="question", about={"wish": wish, "waiting": waiting}))


def _wish(ctx: Context, name: str, draft: Draft | None) -> Answered:
    keep_wish(ctx.tx, ctx.contact.id, name, ctx.now, text="", programme=ctx.programme.id)
    own = f"commands.wish.{name}"
    wish = ctx.say(own if ctx.say.has(own) else "commands.wish.other")
    buttons = (keys.command(ctx.say, "button.human", "human"), keys.menu_key(ctx.say))
    return _beside(Answered(reply=Reply.of(ctx.say("commands.wish", wish=wish), buttons=buttons)), draft)


def _delete_data(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    keep_wish(ctx.tx, ctx.contact.id, "delete_data", ctx.now, text="", programme=ctx.programme.id)
    return _beside(Answered(reply=Reply.of(ctx.say("commands.delete_data"))), draft)


# Stopping and languages ----------------------------------------------------------------------------------------------


def _opt_out(ctx: Context, argument: str, draft: Draft | None) -> Answered:
    """At once, with one confirmation. After it only what the person writes is answered."""
    who = f"contact:{ctx.contact.id}"
    if argument.endswith("broadcast"):
        contacts.stop_topic(ctx.tx, ctx.contact, "broadcast")
        history.record(ctx.tx, ctx.now, who, "stopped.broadcast", who)
        return _beside(Answered(reply=Reply.of(ctx.say("commands.stop_broadcast"))), draft)
    contacts.stop(ctx.tx, ctx.contact.id, ctx.now)
    history.record(ctx.tx, ctx.now, who, "stopped", who)
    return Answered(reply=Reply.of(ctx.say("commands.stop")), park=True)


def _opt_in(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    if ctx.contact.stopped_at is None and not ctx.contact.stopped_topics:
        said = ctx.say("commands.start_already")
    else:
        who = f"contact:{ctx.contact.id}"
        contacts.stop(ctx.tx, ctx.contact.id, None)
        history.record(ctx.tx, ctx.now, who, "started", who)
        said = ctx.say("commands.start_again")
    waiting = draft is not None or unfinished(ctx) is not None
    return Answered(reply=Reply.of(said, buttons=keys.go_on(ctx.say) if waiting else keys.menu_only(ctx.say)))


def _leave(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    """Who says "keluar" while nothing is open: stop the messages, or just close? (domain.md 5.3)."""
    buttons = (
        keys.command(ctx.say, "commands.ask_stop.yes", "opt_out"),
        keys.command(ctx.say, "commands.ask_stop.no", "close"),
    )
    return Answered(reply=Reply.of(ctx.say("commands.ask_stop"), buttons=buttons))


def _close(ctx: Context, argument: str, draft: Draft | None) -> Answered:  # noqa: ARG001 - as above
    return Answered(reply=Reply.of(ctx.say("commands.closed")), park=True)


def _language(ctx: Context, argument: str, draft: Draft | None) -> Answered:
    if argument not in LANGUAGES:
        buttons = tuple(
            keys.command(ctx.say, f"commands.language.{language}", "language", language) for language in LANGUAGES
        )
        return Answered(reply=Reply.of(ctx.say("commands.language.which"), buttons=buttons))
    contacts.change_contact(ctx.tx, ctx.contact.id, language=argument)
    now_speaking = _speaking(ctx, argument)
    said = Reply.of(now_speaking.say("commands.language"), buttons=keys.menu_only(now_speaking.say))
    known = form(draft.conversation) if draft else None
    if draft is None or known is None:
        return Answered(reply=said)
    question = ask_again(known.conversation, draft, now_speaking.scene()).reply
    return Answered(reply=question.after(replace(said, buttons=())) if question else said)


def _speaking(ctx: Context, language: str) -> Context:
    person = replace(ctx.contact, language=language)
    say = ctx.house.texts.for_person(language, **known_of(person, ctx.programme))
    return replace(ctx, contact=person, say=say)


# Beside an open form -------------------------------------------------------------------------------------------------


def _is_passing(draft: Draft | None) -> bool:
    """A question that need not be answered: it gives way to whatever else is wanted."""
    known = form(draft.conversation) if draft else None
    return known is not None and not known.resumes


def _beside(answered: Answered, draft: Draft | None) -> Answered:
    """What was asked for, then the open question once more; a passing question gives way."""
    if draft is None:
        return answered
    if _is_passing(draft):
        return replace(answered, park=True)
    reply = replace(answered.reply, buttons=()) if answered.reply else None
    return replace(answered, reply=reply, resume=True)


def _with_way_back(ctx: Context, reply: Reply, draft: Draft | None) -> Reply:
    """The menu over an open form offers to go on with it."""
    if draft is None or _is_passing(draft):
        return reply
    back: tuple[Button, ...] = (keys.command(ctx.say, "welcome.continue", "continue"),)
    return replace(reply, buttons=(*back, *reply.buttons))


COMMANDS: Mapping[str, Command] = {
    "start": _start,
    "menu": _menu,
    "help": _help,
    "greet": _greet,
    "thanks": _thanks,
    "faq": _faq,
    "register": _register,
    "product_add": _register,
    "product_list": _status,
    "status": _status,
    "photo": _photo,
    "certificates": _certificates,
    "profile": _profile,
    "human": _human,
    "delete_data": _delete_data,
    "opt_out": _opt_out,
    "opt_in": _opt_in,
    "leave": _leave,
    "close": _close,
    "language": _language,
    "continue": _continue,
    "cancel": _cancel,
    "back": _cancel,
    "skip": _cancel,
    "done": _cancel,
    "edit": _cancel,
}
