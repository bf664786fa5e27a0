"""A product: name, kind, price, capacity, photos, consent to the catalogue, and a check of it all."""

import re
import unicodedata
from typing import Any

from dialogue.answers import album, choice, consent, price, product_name, quantity, review
from dialogue.conversation import Answers, Ask, Choice, Conversation, Draft, Scene
from dialogue.message import Reply
from domain.curation import first_standing
from handlers import keys
from handlers.consenting import keep_consent
from handlers.context import Begin, Context, Finish
from handlers.form import Form
from storage import consents, history
from storage.producers import register_producer
from storage.products import NewProduct, add_photos, create_product

__all__ = ["PRODUCT"]

MOST_PHOTOS = 5


def _categories(answers: Answers, scene: Scene) -> tuple[Choice, ...]:  # noqa: ARG001 - the signature of `choices`
    return tuple(Choice(each.id, each.label, each.words) for each in scene.programme.categories)


CONVERSATION = Conversation(
    "product",
    (
        Ask(key="name", take=product_name(2, 80), topic=3, then="product.card", summary=True),
        Ask(key="category", take=choice(), choices=_categories, topic=4, summary=True),
        Ask(key="price", take=price(), topic=5, summary=True),
        Ask(key="capacity", take=quantity(), optional=True, summary=True),
        Ask(key="photos", take=album(0, MOST_PHOTOS), optional=True, topic=6, summary=True),
        Ask(key="catalogue", take=consent(), summary=True),
        Ask(key="check", take=review(), topic=7),
    ),
    topics=7,
)


def _finish(ctx: Context, draft: Draft) -> Finish:
    about, answers = draft.about, draft.answers
    new = _new_product(ctx, draft)
    product_id = create_product(ctx.tx, new, ctx.now)
    add_photos(ctx.tx, product_id, ctx.contact.id, answers.get("photos") or [])
    keep_consent(
        ctx, consents.CATALOGUE, "product.catalogue", given=answers["catalogue"] == "ya", product_id=product_id
    )
    register_producer(ctx.tx, about["producer"], ctx.now)
    history.record(ctx.tx, ctx.now, f"contact:{ctx.contact.id}", "product.registered", f"product:{product_id}")
    done = Reply.of(
        ctx.say("product.done", product=new.name, number=about["number"], owner=about["owner"]),
        buttons=keys.after_product(ctx.say),
    )
    if consents.last_consent(ctx.tx, ctx.contact.id, consents.BROADCAST) is not None:
        return Finish(reply=done)
    return Finish(reply=done, begin=Begin(conversation="announcements"))


def _new_product(ctx: Context, draft: Draft) -> NewProduct:
    about, answers = draft.about, draft.answers
    standing = first_standing(ctx.programme)
    return NewProduct(
        producer_id=about["producer"],
        programme=ctx.programme.id,
        slug=slug_of(answers["name"], about["number"]),
        name=answers["name"],
        category=answers["category"],
        stage=standing.stage,
        decision=standing.decision,
        capacity=answers.get("capacity"),
        in_catalogue=answers["catalogue"] == "ya",
        is_demo=ctx.contact.is_demo,
        **_price_columns(answers["price"]),
    )


def _price_columns(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "price_idr": said.get("idr", said.get("low")),
        "price_max_idr": said.get("high"),
        "price_per": said.get("per"),
        "price_pack": said.get("pack"),
    }


def slug_of(name: str, number: str) -> str:
    """'Keripik Singkong' of OVB-0012 is 'keripik-singkong-ovb-0012': readable, and no two producers share one."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return f"{words[:60].rstrip('-')}-{number.lower()}".lstrip("-")


PRODUCT = Form(conversation=CONVERSATION, finish=_finish)
