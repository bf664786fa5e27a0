"""Certificates: first whether there is one, then a photo or its number, never a block (domain.md 0.8)."""

from dataclasses import replace
from datetime import date
from typing import Any

from dialogue.answers import certificate_number, choice, yes_no
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
from dialogue.message import Incoming, Reply
from domain.certificates import KINDS, read_state
from handlers import keys
from handlers.context import Context, Finish
from handlers.form import Form
from storage.certificates import put_certificate
from storage.wishes import keep_wish

__all__ = ["CERTIFICATE", "name_of"]

ISSUED, IN_PROGRESS, NONE = "issued", "in_progress", "none"
_NO_LONGER = frozenset({"expired", "rejected", "not_required"})


class _Number:
    """The number of whichever kind was chosen, or its photo."""

    free = False
    files = True

    def take(
        self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene
    ) -> Taken | Rejected | More | Doubt | Nothing:
        result = certificate_number(draft.answers["kind"]).take(incoming, ask, draft, scene)
        if isinstance(result, Doubt):
            digits = sum(letter.isdigit() for letter in result.candidates[0][0])
            return replace(result, values={**result.values, "digits": str(digits)})
        return result

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return certificate_number(draft.answers["kind"]).show(value, ask, draft, scene)


def _read_state(said: str) -> str | None:
    """What has ended, was refused or is not wanted is not there: the next question offers help."""
    state = read_state(said)
    return NONE if state in _NO_LONGER else state


def _kinds(answers: Answers, scene: Scene) -> tuple[Choice, ...]:  # noqa: ARG001 - the signature of `choices`
    return tuple(Choice(kind, scene.say(f"certificate.name.{kind}")) for kind in scene.programme.certificates)


def _states(answers: Answers, scene: Scene) -> tuple[Choice, ...]:  # noqa: ARG001 - as above
    return tuple(Choice(state, scene.say(f"certificate.state.{state}")) for state in (ISSUED, IN_PROGRESS, NONE))


def _is_issued(answers: Answers, scene: Scene) -> bool:  # noqa: ARG001 - the signature of `when`
    return answers.get("state") == ISSUED


def _is_missing(answers: Answers, scene: Scene) -> bool:
    return not _is_issued(answers, scene)


CONVERSATION = Conversation(
    "certificate",
    (
        Ask(key="kind", take=choice(), choices=_kinds),
        Ask(key="state", take=choice(_read_state), choices=_states),
        Ask(key="number", take=_Number(), when=_is_issued, optional=True),
        Ask(key="help", take=yes_no(), when=_is_missing),
    ),
)


def name_of(ctx: Context, kind: str) -> str:
    return ctx.say(f"certificate.name.{kind}")


def _finish(ctx: Context, draft: Draft) -> Finish:
    kind, state = draft.answers["kind"], draft.answers["state"]
    wants_help = draft.answers.get("help") == "ya"
    put_certificate(
        ctx.tx,
        draft.about["producer"],
        kind,
        ctx.now,
        state=state,
        wants_help=wants_help,
        **_told(kind, draft.answers.get("number")),
    )
    if wants_help:
        keep_wish(ctx.tx, ctx.contact.id, "certificate", ctx.now, text=kind, programme=ctx.programme.id)
    said = ctx.say("certificate.saved.help" if wants_help else f"certificate.saved.{state}", kind=name_of(ctx, kind))
    return Finish(reply=Reply.of(said, buttons=keys.after_certificate(ctx.say)))


def _told(kind: str, value: dict[str, Any] | None) -> dict[str, Any]:
    """The columns that a number and a proof fill; those that were not given stay as they are."""
    if not value:
        return {}
    told: dict[str, Any] = {}
    if value.get("files"):
        told["media_id"] = value["files"][0]
    if value.get("number"):
        told |= {"number": value["number"], "number_is_usual": value.get("usual", False)}
    if value.get("expiry_year") and KINDS[kind].validity_years:
        told["expires_on"] = date(value["expiry_year"], 12, 31)  # a P-IRT number tells the year of its end
    return told


CERTIFICATE = Form(conversation=CONVERSATION, finish=_finish)
