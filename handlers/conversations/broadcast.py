"""A new announcement: its words, and a go once it is seen how many read it."""

from dataclasses import dataclass

from dialogue.answers import yes_no
from dialogue.conversation import Ask, Conversation, Doubt, Draft, More, Nothing, Rejected, Scene, Taken, Value
from dialogue.message import Incoming, Kind, Reply
from domain.nik import find_nik
from domain.roles import Act
from handlers.broadcasts import send
from handlers.context import Context, Finish
from handlers.form import Form
from handlers.rights import officer_who_may

__all__ = ["BROADCAST"]

SHORTEST, LONGEST = 10, 800  # characters; with its frame it stays below a WhatsApp template's 1,024


@dataclass(frozen=True, slots=True)
class _Words:
    """What is announced, with its lines as they were typed. Value: the text."""

    free: bool = True

    def take(
        self,
        incoming: Incoming,
        ask: Ask,  # noqa: ARG002 - the signature of a taker
        draft: Draft,  # noqa: ARG002 - as above
        scene: Scene,  # noqa: ARG002 - as above
    ) -> Taken | Rejected | More | Doubt | Nothing:
        if incoming.kind is not Kind.TEXT:
            return Rejected("write")
        said = "\n".join(" ".join(line.split()) for line in incoming.text.strip().splitlines())
        if find_nik(said):
            return Rejected("nik")
        if len(said) < SHORTEST:
            return Rejected("too_short", {"shortest": str(SHORTEST)})
        if len(said) > LONGEST:
            return Rejected("too_long", {"longest": str(LONGEST)})
        return Taken(said)

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:  # noqa: ARG002 - the signature of a taker
        return str(value)


CONVERSATION = Conversation(
    "broadcast",
    (
        Ask(key="text", take=_Words()),
        Ask(key="go", take=yes_no(), required="ya"),
    ),
)


def _finish(ctx: Context, draft: Draft) -> Finish:
    officer = officer_who_may(ctx, Act.ANNOUNCE)
    if officer is None:
        return Finish(reply=Reply.of(ctx.say("officer.no_right")))
    said = send(ctx, officer, draft.answers["text"], urgent=bool(draft.about.get("urgent")))
    return Finish(reply=Reply.of(said))


BROADCAST = Form(conversation=CONVERSATION, finish=_finish)
