"""A new announcement: its words, and a go once it is seen how many read it."""

from dialogue.answers import yes_no
from dialogue.conversation import Ask, Conversation, Draft
from dialogue.message import Reply
from domain.roles import Act
from handlers.broadcasts import send
from handlers.context import Context, Finish
from handlers.dictation import dictated
from handlers.form import Form
from handlers.rights import officer_who_may

__all__ = ["BROADCAST"]

LONGEST = 800  # characters; with its frame it stays below the 1,024 of a WhatsApp template

CONVERSATION = Conversation(
    "broadcast",
    (
        Ask(key="text", take=dictated(10, LONGEST, lines=True)),
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
