"""A new event: what, when, where, and a check before everybody is invited."""

from dataclasses import dataclass
from datetime import datetime

from dialogue.answers import moment, review, unit
from dialogue.conversation import Ask, Conversation, Doubt, Draft, More, Nothing, Rejected, Scene, Taken, Taker, Value
from dialogue.message import Incoming, Reply
from domain.roles import Act
from handlers.context import Context, Finish
from handlers.dictation import dictated
from handlers.form import Form
from handlers.gatherings import Gathering, plan_event, told_event
from handlers.quiet import quiet_note
from handlers.rights import officer_who_may

__all__ = ["EVENT"]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A moment that is still ahead. Value: as `moment`."""

    moment: Taker
    free: bool = False

    def take(
        self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene
    ) -> Taken | Rejected | More | Doubt | Nothing:
        match self.moment.take(incoming, ask, draft, scene):
            case Taken(value=value) if datetime.fromisoformat(value) <= scene.now:
                return Rejected("past")
            case Doubt(candidates=((_, value),)) if datetime.fromisoformat(value) <= scene.now:
                return Rejected("past")
            case result:
                return result

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return self.moment.show(value, ask, draft, scene)


CONVERSATION = Conversation(
    "event",
    (
        Ask(key="name", take=dictated(3, 80), summary=True),
        Ask(key="when", take=_Ahead(moment()), summary=True),
        Ask(key="unit", take=unit(), summary=True),
        Ask(key="place", take=dictated(3, 120), optional=True, summary=True),
        Ask(key="check", take=review()),
    ),
)


def _finish(ctx: Context, draft: Draft) -> Finish:
    officer = officer_who_may(ctx, Act.GATHER)
    if officer is None:
        return Finish(reply=Reply.of(ctx.say("officer.no_right")))
    answers = draft.answers
    starts_at = datetime.fromisoformat(answers["when"])
    if starts_at <= ctx.now:
        return Finish(reply=Reply.of(ctx.say("event.when.past")))
    code = answers["unit"]["codes"][0]
    wanted = Gathering(answers["name"], starts_at, _place(ctx, answers.get("place"), code), code)
    event = plan_event(ctx, officer, wanted)
    planned = ctx.say("event.planned", **told_event(event, ctx.contact.language))
    return Finish(reply=Reply.of(" ".join(filter(None, (planned, quiet_note(ctx, event.programme))))))


def _place(ctx: Context, place: str | None, code: str) -> str:
    village = ctx.village(code)
    label = village.label if village else code
    return f"{place}, {label}" if place else label


EVENT = Form(conversation=CONVERSATION, finish=_finish)
