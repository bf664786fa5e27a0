"""Why a product is decided so: what must be better and what to do next; with a pass, words of praise or none."""

from dataclasses import dataclass

from dialogue.conversation import (
    Answers,
    Ask,
    Choice,
    Conversation,
    Doubt,
    Draft,
    More,
    Nothing,
    Rejected,
    Scene,
    Taken,
    Value,
)
from dialogue.message import Incoming, Kind, Reply
from domain.curation import Decision, needs_feedback
from domain.roles import Act
from handlers.context import Context, Finish
from handlers.curation import Ruling, card_after, place_of, rule
from handlers.dictation import dictated
from handlers.form import Form
from handlers.rights import officer_who_may

__all__ = ["DECIDE"]

STEPS = ("photo", "papers", "mentor")


@dataclass(frozen=True, slots=True)
class _Step:
    """One of the usual next steps, or the officer's own words. Value: the words."""

    free: bool = False

    def take(
        self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene
    ) -> Taken | Rejected | More | Doubt | Nothing:
        usual = {choice.value: choice.label for choice in _steps(draft.answers, scene)}
        if incoming.kind is Kind.TAP and incoming.button is not None and incoming.button.value in usual:
            return Taken(usual[incoming.button.value])
        return dictated(4, 300).take(incoming, ask, draft, scene)

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:  # noqa: ARG002 - the signature of a taker
        return str(value)


def _steps(answers: Answers, scene: Scene) -> tuple[Choice, ...]:  # noqa: ARG001 - the signature of `choices`
    return tuple(Choice(name, scene.say(f"decide.step.{name}")) for name in STEPS)


def _is_negative(answers: Answers, scene: Scene) -> bool:  # noqa: ARG001 - the signature of `when`
    return needs_feedback(Decision(answers["decision"]))


def _is_pass(answers: Answers, scene: Scene) -> bool:
    return not _is_negative(answers, scene)


CONVERSATION = Conversation(
    "decide",
    (
        Ask(key="feedback", take=dictated(5, 600), when=_is_negative),
        Ask(key="step", take=_Step(), when=_is_negative, choices=_steps),
        Ask(key="words", take=dictated(2, 600), when=_is_pass, optional=True),
    ),
)


def _finish(ctx: Context, draft: Draft) -> Finish:
    officer, place = officer_who_may(ctx, Act.DECIDE), place_of(draft.about["place"])
    if officer is None or place is None:
        return Finish(reply=Reply.of(ctx.say("officer.no_right")))
    answers = draft.answers
    ruling = Ruling(
        place=place,
        decision=Decision(answers["decision"]),
        feedback=answers.get("feedback") or answers.get("words") or "",
        next_step=answers.get("step") or "",
    )
    said = Reply.of(rule(ctx, officer, ruling))
    return Finish(reply=card_after(ctx, officer, place.product_id).after(said))


DECIDE = Form(conversation=CONVERSATION, finish=_finish)
