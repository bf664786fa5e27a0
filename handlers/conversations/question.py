"""A question to the people of the office: kept for them, in the words of the person."""

from dialogue.answers import text
from dialogue.conversation import Ask, Conversation, Draft
from dialogue.message import Reply
from handlers import keys
from handlers.context import Context, Finish
from handlers.form import Form
from storage.wishes import fill_wish

__all__ = ["QUESTION"]

CONVERSATION = Conversation("question", (Ask(key="text", take=text(2, 1000)),))


def _finish(ctx: Context, draft: Draft) -> Finish:
    fill_wish(ctx.tx, draft.about["wish"], draft.answers["text"])
    buttons = keys.go_on(ctx.say) if draft.about.get("waiting") else keys.menu_only(ctx.say)
    return Finish(reply=Reply.of(ctx.say("question.kept"), buttons=buttons))


QUESTION = Form(conversation=CONVERSATION, finish=_finish, resumes=False)
