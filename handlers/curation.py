"""Curation in the officer's chat: the product that waits longest, a decision on it, and the news to its producer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dialogue.answers import price, quantity
from dialogue.conversation import Ask, Draft, Taker
from dialogue.message import Button, Part, Reply
from domain.certificates import State, state_at
from domain.curation import Decided, Decision, Standing, decide, open_decisions
from domain.programme import Programme
from domain.roles import Act
from handlers.context import Answered, Begin, Context
from handlers.knowing import known_of
from handlers.rights import officer_who_may, programmes_of
from handlers.told import Told, decision_label, told
from handlers.villages import villages_of
from storage import contacts, curation, history, outbox
from storage.certificates import Certificate, list_certificates
from storage.curation import Place
from storage.officers import Officer
from storage.producers import get_producer, list_contacts, list_regions
from storage.products import Product, get_product, list_photos

__all__ = ["Ruling", "begin_deciding", "card_after", "next_card", "place_of", "rule", "tapped"]

SKIP = "skip"
# What stands under a card. Mentoring is decided in the console; here it would only make the choice harder.
OFFERED = (Decision.PASSED, Decision.NEEDS_WORK, Decision.PAPERS_MISSING, Decision.NOT_YET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An officer's decision on the product that stood at this place of the queue when they saw it."""

    place: Place
    decision: Decision
    feedback: str = ""
    next_step: str = ""


# What waits ----------------------------------------------------------------------------------------------------------


def begin_deciding(ctx: Context, officer: Officer) -> Answered:
    """The command /putuskan."""
    return Answered(reply=next_card(ctx, officer), park=True)


def next_card(ctx: Context, officer: Officer, after: Place | None = None) -> Reply:
    """The product that waits longest, behind `after` where the officer left some out."""
    programmes = programmes_of(ctx, officer)
    product = curation.find_waiting(ctx.tx, programmes, after)
    if product is not None:
        return _card(_within(ctx, product), product, curation.count_waiting(ctx.tx, programmes))
    left_out = curation.count_waiting(ctx.tx, programmes)
    if not left_out:
        return Reply.of(ctx.say("decide.none"))
    again = Button(label=ctx.say("officer.again"), does="officer", key=Act.DECIDE)
    return Reply.of(ctx.say("decide.left_out", count=left_out), buttons=(again,))


def card_after(ctx: Context, officer: Officer, decided: int) -> Reply:
    """What comes after a decision on the product of that id: another one, and the same at its next stage only where
    no other waits. That is then said, so that nobody decides it a second time by mistake.
    """
    programmes = programmes_of(ctx, officer)
    product = curation.find_waiting(ctx.tx, programmes)
    if product is not None and product.id == decided:
        product = curation.find_waiting(ctx.tx, programmes, Place(product.decided_at, product.id)) or product
    if product is None:
        return next_card(ctx, officer)
    seen = _within(ctx, product)
    card = _card(seen, product, curation.count_waiting(ctx.tx, programmes))
    if product.id != decided:
        return card
    stage = seen.programme.stage(product.stage)
    return card.after(Reply.of(ctx.say("decide.same", stage=stage.label if stage else product.stage)))


def _within(ctx: Context, product: Product) -> Context:
    """The same chat, seen from the product's programme."""
    return replace(ctx, programme=ctx.house.programmes[product.programme])


def _card(ctx: Context, product: Product, waiting: int) -> Reply:
    producer = get_producer(ctx.tx, product.producer_id)
    stage = ctx.programme.stage(product.stage)
    category = ctx.programme.category(product.category)
    text = ctx.say(
        "decide.card",
        product=product.name,
        number=producer.number,
        owner=producer.name,
        village=villages_of(ctx, list_regions(ctx.tx, producer.id)),
        category=category.label if category else product.category,
        price=_told_as(ctx, price(), _price_of(product)),
        capacity=_told_as(ctx, quantity(), product.capacity),
        certificates=_certificates(ctx, producer.id),
        stage=stage.label if stage else product.stage,
        days=_days_since(product.decided_at, ctx),
        waiting=waiting,
    )
    return Reply(parts=(Part(text=text, photos=list_photos(ctx.tx, product.id)),), buttons=_keys(ctx, product))


def _keys(ctx: Context, product: Product) -> tuple[Button, ...]:
    place = f"{product.decided_at.isoformat()}|{product.id}"  # read by place_of
    allowed = open_decisions(ctx.programme, Standing(product.stage, Decision(product.decision)))
    keys = [
        Button(label=ctx.say(f"decide.button.{each}"), does="decide", key=each, value=place)
        for each in OFFERED
        if each in allowed
    ]
    return (*keys, Button(label=ctx.say("decide.button.skip"), does="decide", key=SKIP, value=place))


def _price_of(product: Product) -> Mapping[str, Any] | None:
    if product.price_idr is None:
        return None
    amount: dict[str, Any] = (
        {"idr": product.price_idr}
        if product.price_max_idr is None
        else {"low": product.price_idr, "high": product.price_max_idr}
    )
    return amount | {"per": product.price_per, "pack": product.price_pack}


def _told_as(ctx: Context, taker: Taker, value: Mapping[str, Any] | None) -> str:
    """A price or a capacity as its producer read it at the check."""
    if value is None:
        return ctx.say("engine.empty")
    return taker.show(value, Ask(key="card", take=taker), Draft(conversation="card"), ctx.scene())


def _certificates(ctx: Context, producer_id: int) -> str:
    today = ctx.now.astimezone(ZoneInfo(ctx.programme.zone)).date()
    known = [each for each in list_certificates(ctx.tx, producer_id) if each.state != "none"]
    shown = [
        ctx.say(
            "decide.certificate",
            kind=ctx.say(f"certificate.name.{each.kind}"),
            state=ctx.say(f"certificate.{_state(each, today)}"),
        )
        for each in known
    ]
    return ", ".join(shown) or ctx.say("engine.empty")


def _state(certificate: Certificate, today: date) -> State | str:
    state = state_at(certificate.state, certificate.expires_on, today)  # type: ignore[arg-type]  # the column holds only states
    return "verified" if state == "issued" and certificate.verified else state


def _days_since(since: datetime, ctx: Context) -> int:
    zone = ZoneInfo(ctx.programme.zone)
    return (ctx.now.astimezone(zone).date() - since.astimezone(zone).date()).days


# What is decided -----------------------------------------------------------------------------------------------------


def tapped(ctx: Context, button: Button) -> Answered:
    """A key under a card: leave the product out for now, or say why it is decided so."""
    officer = officer_who_may(ctx, Act.DECIDE)
    place = place_of(button.value)
    if officer is None or place is None:
        return Answered(reply=Reply.of(ctx.say("idle.old_button")))
    product = get_product(ctx.tx, place.product_id)
    if product.programme not in programmes_of(ctx, officer):
        return Answered(reply=Reply.of(ctx.say("idle.old_button")))
    if button.key == SKIP:
        return Answered(reply=next_card(ctx, officer, place), park=True)
    if not _stands_there(product, place):
        return Answered(reply=next_card(ctx, officer).after(Reply.of(_taken(ctx, product))), park=True)
    about = {
        "place": button.value,
        "product": product.name,
        "result": ctx.say(f"decide.button.{button.key}"),
    }
    return Answered(begin=Begin(conversation="decide", about=about, answers={"decision": button.key}))


def rule(ctx: Context, officer: Officer, ruling: Ruling) -> str:
    """Decides, tells the producer, and gives the sentence that the officer reads. Only one of two officers decides."""
    product = get_product(ctx.tx, ruling.place.product_id)
    ctx = _within(ctx, product)
    if not _stands_there(product, ruling.place):
        return _taken(ctx, product)
    standing = Standing(product.stage, Decision(product.decision))
    made = decide(ctx.programme, standing, ruling.decision, ruling.feedback)
    if not isinstance(made, Decided):
        return ctx.say("decide.refused", product=product.name)
    number = curation.record_decision(
        ctx.tx, ruling.place, made, officer.id, ruling.feedback, ruling.next_step, ctx.now
    )
    if number is None:
        return _taken(ctx, product)
    history.record(
        ctx.tx,
        ctx.now,
        f"officer:{officer.id}",
        "product.decided",
        f"product:{product.id}",
        stage=made.decided.stage,
        decision=made.decided.decision.value,
    )
    _tell(ctx, product, made, ruling, number)
    result = decision_label(ctx.say, ctx.programme, ruling.decision)
    return ctx.say("decide.done", product=product.name, result=result, number=str(number))


def _stands_there(product: Product, place: Place) -> bool:
    return product.decided_at == place.since and product.decision == Decision.WAITING


def _taken(ctx: Context, product: Product) -> str:
    return ctx.say("decide.taken", product=product.name)


def _tell(ctx: Context, product: Product, made: Decided, ruling: Ruling, number: int) -> None:
    """Everybody who answers for the product hears it at once; the number makes a second copy recognisable."""
    owner = get_producer(ctx.tx, product.producer_id).name
    news = Told(product=product.name, owner=owner, decided=made, feedback=ruling.feedback, step=ruling.next_step)
    for contact_id in list_contacts(ctx.tx, product.producer_id):
        outbox.enqueue(
            ctx.tx,
            key=f"decision:{number}:{contact_id}",
            contact_id=contact_id,
            message_class="decision",
            payload=_news(ctx, ctx.programme, contact_id, news, number).to_json(),
            now=ctx.now,
        )


def _news(ctx: Context, programme: Programme, contact_id: int, news: Told, number: int) -> Reply:
    person = contacts.get_contact(ctx.tx, contact_id)
    say = ctx.house.texts.for_person(person.language, **known_of(person, programme))
    reply = told(say, programme, news)
    words = say("decide.words_told", feedback=news.feedback) if news.feedback and _is_pass(news.decided) else ""
    more = (words, say("decide.number", number=str(number)))
    return replace(reply, parts=(*reply.parts, *(Part(text=text) for text in more if text)))


def _is_pass(made: Decided) -> bool:
    return made.decided.decision is Decision.PASSED


def place_of(value: str) -> Place | None:
    """The place in the queue that a card stands for, as its keys carry it."""
    since, _, product_id = value.partition("|")
    return Place(datetime.fromisoformat(since), int(product_id)) if product_id.isdecimal() else None
