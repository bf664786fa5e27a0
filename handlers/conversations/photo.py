"""More photos of a product that is registered already. A product that was sent back waits for the officer again."""

from dialogue.answers import album, choice
from dialogue.conversation import Answers, Ask, Choice, Conversation, Draft, Scene
from dialogue.message import Reply
from domain.curation import Decision, Standing, resubmitted
from handlers import keys
from handlers.context import Begin, Context, Finish
from handlers.conversations.product import MOST_PHOTOS
from handlers.form import Form
from storage import history
from storage.products import Product, add_photos, change_product, get_product

__all__ = ["PHOTO", "begin_photo"]


def _products(answers: Answers, scene: Scene) -> tuple[Choice, ...]:  # noqa: ARG001 - the signature of `choices`
    return tuple(Choice(str(product_id), name) for product_id, name in answers["products"])


CONVERSATION = Conversation(
    "photo",
    (
        Ask(key="product", take=choice(), choices=_products),
        Ask(key="photos", take=album(0, MOST_PHOTOS)),
    ),
)


def begin_photo(products: list[Product]) -> Begin:
    """For one of these products; which one is asked only where there are several."""
    answers = {"products": [[product.id, product.name] for product in products]}
    if len(products) == 1:
        return Begin(conversation="photo", answers={**answers, "product": str(products[0].id)})
    return Begin(conversation="photo", answers=answers)


def _finish(ctx: Context, draft: Draft) -> Finish:
    product = get_product(ctx.tx, int(draft.answers["product"]))
    count = add_photos(ctx.tx, product.id, ctx.contact.id, draft.answers["photos"])
    if not count:
        return Finish(reply=Reply.of(ctx.say("photo.none"), buttons=keys.menu_only(ctx.say)))
    _let_wait_again(ctx, product)
    said = ctx.say("photo.saved", count=count, product=product.name)
    return Finish(reply=Reply.of(said, buttons=keys.after_photo(ctx.say)))


def _let_wait_again(ctx: Context, product: Product) -> None:
    standing = Standing(product.stage, Decision(product.decision))
    again = resubmitted(standing)
    history.record(ctx.tx, ctx.now, f"contact:{ctx.contact.id}", "product.photographed", f"product:{product.id}")
    if again != standing:
        change_product(ctx.tx, product.id, decision=again.decision, decided_at=ctx.now)


PHOTO = Form(conversation=CONVERSATION, finish=_finish)
