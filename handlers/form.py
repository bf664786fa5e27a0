"""A conversation with what the house does about it: what its end writes, and what a refusal takes away."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogue.conversation import Conversation, Draft
from handlers.context import Context, Finisher

__all__ = ["Form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is done runs in the transaction of the message that caused it.

    finish     all questions are answered
    answered   an answer was taken, to this key (consent is proved by the very message that gave it)
    ended      a required answer was refused, at this key
    resumes    worth being offered again after days; a passing question is not
    """

    conversation: Conversation
    finish: Finisher
    answered: Callable[[Context, Draft, str], None] | None = None
    ended: Callable[[Context, Draft, str], None] | None = None
    resumes: bool = True

    @property
    def name(self) -> str:
        return self.conversation.name
