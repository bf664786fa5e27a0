"""Where a person's products stand."""

from zoneinfo import ZoneInfo

from dialogue.conversation import Draft, Words
from dialogue.message import Button, Reply
from domain.curation import Decision
from domain.formats import format_short_day
from handlers import keys
from handlers.context import Answered, Context
from handlers.told import certificates_key, decision_label, help_key, photo_key
from handlers.unfinished import missing_of, unfinished
from storage.producers import list_producers
from storage.products import Product, list_products

__all__ = ["status"]

MOST_IN_FULL = 1  # one product is told in full; several get a line each
MOST_LINES = 5


def status(ctx: Context, *, in_form: bool = False) -> Answered:
    """Stage, decision, since when, feedback and what comes next; else what is missing for a registration.

    `in_form`: a form is open, its question follows by itself.
    """
    products = list_products(ctx.tx, ctx.contact.id, ctx.programme.id)
    waiting = unfinished(ctx, "registration", "product")
    if not products:
        return _nothing_yet(ctx, waiting, in_form=in_form)
    texts = _in_full(ctx, products[0]) if len(products) == MOST_IN_FULL else _in_lines(ctx, products)
    buttons = keys.go_on(ctx.say) if waiting else _keys_for(ctx.say, products)
    return Answered(reply=Reply.of(*texts, buttons=buttons))


def _nothing_yet(ctx: Context, waiting: Draft | None, *, in_form: bool) -> Answered:
    if waiting is None:
        return Answered(reply=Reply.of(ctx.say("status.none"), buttons=keys.to_register(ctx.say)))
    missing = ", ".join(missing_of(ctx, waiting))
    said = ctx.say("status.unfinished", form=ctx.say(f"{waiting.conversation}.title"), missing=missing)
    if in_form:
        return Answered(reply=Reply.of(said))
    return Answered(reply=Reply.of(f"{said} {ctx.say('status.go_on')}", buttons=keys.go_on(ctx.say)))


def _in_full(ctx: Context, product: Product) -> list[str]:
    say, programme = ctx.say, ctx.programme
    lines = [say("status.product", **_standing(ctx, product))]
    if product.feedback and Decision(product.decision) is not Decision.PASSED:
        lines.append(say("status.feedback", feedback=product.feedback))
    if product.next_step and Decision(product.decision) is not Decision.WAITING:
        lines.append(say("status.step", step=product.next_step))
    after = programme.stage_after(product.stage)
    lines.append(say("status.next", next=after.label) if after else say("status.last"))
    return ["\n".join(lines)]


def _in_lines(ctx: Context, products: list[Product]) -> list[str]:
    newest = products[::-1]
    lines = [ctx.say("status.row", **_standing(ctx, product)) for product in newest[:MOST_LINES]]
    more = len(newest) - MOST_LINES
    return ["\n".join(lines), ctx.say("status.more", count=more) if more > 0 else ""]


def _standing(ctx: Context, product: Product) -> dict[str, str]:
    programme = ctx.programme
    stage = programme.stage(product.stage)
    since = product.decided_at.astimezone(ZoneInfo(programme.zone)).date()
    return {
        "product": product.name,
        "number": _number_of(ctx, product),
        "stage": stage.label if stage else product.stage,
        "n": str(programme.place_of(product.stage)),
        "of": str(len(programme.stages)),
        "mark": ctx.say(f"decision.{product.decision}.mark"),
        "decision": decision_label(ctx.say, programme, product.decision),
        "since": format_short_day(since, ctx.contact.language),
    }


def _number_of(ctx: Context, product: Product) -> str:
    mine = list_producers(ctx.tx, ctx.contact.id, ctx.programme.id)
    return next((producer.number for producer in mine if producer.id == product.producer_id), "")


def _keys_for(say: Words, products: list[Product]) -> tuple[Button, ...]:
    decisions = {Decision(product.decision) for product in products}
    if Decision.NEEDS_WORK in decisions:
        return photo_key(say), help_key(say)
    if Decision.PAPERS_MISSING in decisions:
        return certificates_key(say), help_key(say)
    return keys.menu_only(say)
