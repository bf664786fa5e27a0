"""What a producer hears of a decision, with keys for what they can do about it."""

from dataclasses import dataclass

from dialogue.conversation import Words
from dialogue.message import Button, Reply
from domain.curation import Decided, Decision
from domain.programme import Programme
from handlers import keys
from handlers.menu import key_of

__all__ = ["Told", "certificates_key", "decision_label", "help_key", "photo_key", "told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A decision as its producer is told of it."""

    product: str
    owner: str
    decided: Decided
    feedback: str = ""
    step: str = ""


def decision_label(say: Words, programme: Programme, decision: str) -> str:
    """The programme's own word for a decision, or the general one."""
    return programme.decision_labels.get(decision) or say(f"decision.{decision}")


def told(say: Words, programme: Programme, news: Told) -> Reply:
    """What the producer reads of a decision, with keys for what they can do about it."""
    decision = news.decided.decided.decision
    stage = programme.stage(news.decided.decided.stage)
    after = programme.stage_after(news.decided.decided.stage)
    text = say(
        "told.last" if decision is Decision.PASSED and after is None else f"told.{decision}",
        product=news.product,
        owner=news.owner,
        stage=stage.label if stage else news.decided.decided.stage,
        next=after.label if after else "",
        decision=decision_label(say, programme, decision),
        feedback=news.feedback,
    )
    step = say("told.step", step=news.step) if news.step else ""
    return Reply.of(text, step, buttons=_keys_after(say, decision))


def _keys_after(say: Words, decision: Decision) -> tuple[Button, ...]:
    match decision:
        case Decision.NEEDS_WORK:
            return photo_key(say), help_key(say)
        case Decision.PAPERS_MISSING:
            return certificates_key(say), help_key(say)
        case Decision.NOT_YET | Decision.MENTORED:
            return help_key(say), key_of(say, "status")
        case _:
            return (key_of(say, "status"),)


def photo_key(say: Words) -> Button:
    return keys.command(say, "status.photo_button", "photo")


def help_key(say: Words) -> Button:
    return keys.command(say, "status.help_button", "human")


def certificates_key(say: Words) -> Button:
    return key_of(say, "certificates")
