"""Who the producer is: consent, age, name, village, phone. Its end draws the number and goes on to the product."""

from typing import Any

from dialogue.answers import consent, full_name, phone, unit, yes_no
from dialogue.conversation import Answers, Ask, Conversation, Draft, Scene
from dialogue.message import Reply
from domain.ages import is_adult
from handlers.consenting import keep_consent
from handlers.context import Begin, Context, Finish
from handlers.form import Form
from handlers.villages import villages_of
from storage import consents, contacts, history
from storage.erasure import erase_person
from storage.numbers import draw_number
from storage.producers import NewProducer, create_producer

__all__ = ["REGISTRATION"]


def _no_phone_known(answers: Answers, scene: Scene) -> bool:  # noqa: ARG001 - the signature of `when`
    return not scene.known.get("phone")


CONVERSATION = Conversation(
    "registration",
    (
        Ask(key="consent", take=consent(explain=True), required="ya"),
        Ask(key="adult", take=yes_no(read=is_adult), required="ya"),
        Ask(key="name", take=full_name(2, 80), topic=1),
        Ask(key="unit", take=unit(), topic=2),
        Ask(key="phone", take=phone(), when=_no_phone_known, optional=True),
    ),
    topics=7,
)


def _keep_consent(ctx: Context, draft: Draft, key: str) -> None:  # noqa: ARG001 - the signature of `answered`
    if key == "consent":
        keep_consent(ctx, consents.REGISTRATION, "registration.consent", given=True)


def _erase(ctx: Context, draft: Draft, key: str) -> None:  # noqa: ARG001 - the signature of `ended`
    """A no, or a child: what was said goes, in the same transaction; that a no was said stays."""
    if key == "consent":
        keep_consent(ctx, consents.REGISTRATION, "registration.consent", given=False)
    erase_person(ctx.tx, ctx.contact.id)


def _finish(ctx: Context, draft: Draft) -> Finish:
    answers = draft.answers
    name, place = answers["name"], answers["unit"]
    phone_number = answers.get("phone") or ctx.contact.phone
    number = draw_number(ctx.tx, ctx.programme.id, ctx.programme.number_prefix)
    new = NewProducer(
        programme=ctx.programme.id,
        number=number,
        name=name,
        phone=phone_number,
        regions=tuple(place["codes"]),
        unit_typed=place["typed"],
        is_demo=ctx.contact.is_demo,
    )
    producer_id = create_producer(ctx.tx, ctx.contact.id, new, ctx.now)
    _remember_person(ctx, name, phone_number)
    history.record(ctx.tx, ctx.now, f"contact:{ctx.contact.id}", "producer.drafted", f"producer:{producer_id}")
    about = {"producer": producer_id, "number": number, "owner": name, "village": villages_of(ctx, place["codes"])}
    thanks = Reply.of(ctx.say("registration.finished", name=name))
    return Finish(reply=thanks, begin=Begin(conversation="product", about=about))


def _remember_person(ctx: Context, name: str, phone_number: str | None) -> None:
    values: dict[str, Any] = {"programme": ctx.programme.id, "name": name}
    if phone_number:
        values["phone"] = phone_number
    contacts.change_contact(ctx.tx, ctx.contact.id, **values)


REGISTRATION = Form(conversation=CONVERSATION, finish=_finish, answered=_keep_consent, ended=_erase)
