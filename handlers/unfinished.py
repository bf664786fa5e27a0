"""Forms that a person began and has not finished, and what is still missing in them."""

from dialogue.conversation import Draft, Words
from dialogue.talk import Talk
from handlers.context import Context
from handlers.conversations.registry import form
from storage import drafts

__all__ = ["answers_of", "missing_of", "unfinished"]


def unfinished(ctx: Context, *names: str) -> Draft | None:
    """The form that waits for this person, the one touched last first; with names only one of those."""
    for body in drafts.all_drafts(ctx.tx, ctx.contact.id):
        known = form(body["conversation"])
        if known is not None and known.resumes and (not names or known.name in names):
            return Draft.from_json(body)
    return None


def missing_of(ctx: Context, draft: Draft) -> tuple[str, ...]:
    """Labels of the questions that still wait, as the person knows them from the check; also of one that may be
    skipped, while it is open.
    """
    known = form(draft.conversation)
    if known is None:
        return ()
    talk = Talk.of(known.conversation, draft, ctx.scene())
    asks = [ask for ask in known.conversation.asks if ask.key not in draft.answers and talk.holds(ask)]
    wanted = [ask for ask in asks if not ask.optional or ask.key == draft.asked]
    return tuple(talk.label(ask) for ask in wanted if _has_label(ctx.say, draft, ask.key))


def answers_of(ctx: Context, draft: Draft) -> tuple[tuple[str, str], ...]:
    """What was answered so far, each with its label, as it is read back."""
    known = form(draft.conversation)
    if known is None:
        return ()
    talk = Talk.of(known.conversation, draft, ctx.scene())
    asks = [ask for ask in known.conversation.asks if draft.answers.get(ask.key) is not None]
    return tuple((talk.label(ask), talk.shown(ask)) for ask in asks if _has_label(ctx.say, draft, ask.key))


def _has_label(say: Words, draft: Draft, key: str) -> bool:
    return say.has(f"{draft.conversation}.{key}.label")
