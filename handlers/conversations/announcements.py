"""May we send announcements? One question behind the registration, which may stay unanswered (that is a no)."""

from dialogue.answers import consent
from dialogue.conversation import Ask, Conversation, Draft
from dialogue.message import Reply
from handlers import keys
from handlers.consenting import keep_consent
from handlers.context import Context, Finish
from handlers.form import Form
from storage import consents

__all__ = ["ANNOUNCEMENTS"]

CONVERSATION = Conversation("announcements", (Ask(key="allowed", take=consent()),))


def _finish(ctx: Context, draft: Draft) -> Finish:
    allowed = draft.answers["allowed"] == "ya"
    keep_consent(ctx, consents.BROADCAST, "announcements.allowed", given=allowed)
    said = ctx.say("announcements.yes" if allowed else "announcements.no")
    return Finish(reply=Reply.of(said, buttons=keys.after_product(ctx.say)))


ANNOUNCEMENTS = Form(conversation=CONVERSATION, finish=_finish, resumes=False)
