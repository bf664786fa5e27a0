"""What a message means to this person now, and what they hear: the open form, a command, an old button, or the menu."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dialogue import commands as spoken
from dialogue.conversation import Draft
from dialogue.message import Button, Incoming, Kind, Reply, button_of
from dialogue.talk import belongs, conversation_of
from dialogue.turn import Outcome, Turn, resume, start, turn
from handlers import commands
from handlers.context import Answered, Begin, Context
from handlers.conversations.registry import Form, form
from handlers.gatherings import typed_answer
from handlers.menu import entry_of
from handlers.officers import office
from handlers.taps import tap
from handlers.unfinished import unfinished
from handlers.welcome import welcome
from storage import contacts, drafts, media, outbox
from storage.wishes import keep_wish

__all__ = ["Said", "talk"]

PENDING_WAIT = timedelta(seconds=10)  # a summary waits so long for photos that are still on their road
READING_TIME = timedelta(seconds=40)  # a second half of an answer comes within it, or not at all
LADDER = 3  # the third misunderstanding in a row offers a person (dialogue.md rule 10)
TYPED = frozenset({Kind.TEXT, Kind.TAP})
IN_TALK = frozenset({"answer", "command", "phone"})  # keys that the open form knows what to do with


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The answer of a turn. `silent` is the recorded reason where there is none."""

    reply: Reply | None = None
    not_before: datetime | None = None
    silent: str = ""


def talk(ctx: Context, incoming: Incoming, body: Mapping[str, Any] | None) -> Said:
    """The answer to one message. `body` is the form that is open with this person, as it was stored."""
    if incoming.kind is Kind.TAP:
        incoming = replace(incoming, button=_tapped(ctx, incoming.tapped))
        button = incoming.button
        if button is not None and button.does not in IN_TALK:
            return _answered(ctx, tap(ctx, button), _open(body))
    draft = _open(body)
    if draft is None and body is not None:
        drafts.drop_open(ctx.tx, ctx.contact.id)
        return _answered(ctx, Answered(reply=Reply.of(ctx.say("idle.gone"))), None)
    ordered = office(ctx, incoming)
    if ordered is not None:
        return _answered(ctx, ordered, draft)
    if draft is None:
        return _idle(ctx, incoming)
    opened = form(draft.conversation)
    if opened is None:
        # A release took this whole conversation out: nothing that was answered can be used any more.
        drafts.drop_open(ctx.tx, ctx.contact.id)
        return _answered(ctx, Answered(reply=Reply.of(ctx.say("idle.gone"))), None)
    return _in_form(ctx, opened, draft, incoming)


def _open(body: Mapping[str, Any] | None) -> Draft | None:
    """The stored form; None also for one that cannot be read, which must not hold a person for ever."""
    try:
        return None if body is None else Draft.from_json(body)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _tapped(ctx: Context, data: str) -> Button | None:
    """What a key means: looked up in the row that it stands under, and only for the person it was sent to."""
    found = button_of(data)
    if found is None:
        return None
    row = outbox.find_row(ctx.tx, found[0])
    if row is None or row.contact_id != ctx.contact.id:
        return None
    outbox.prove_delivery(ctx.tx, row, ctx.now)
    buttons = Reply.from_json(row.payload).buttons
    return buttons[found[1]] if found[1] < len(buttons) else None


# A form is open ------------------------------------------------------------------------------------------------------


def _in_form(ctx: Context, opened: Form, draft: Draft, incoming: Incoming) -> Said:
    scene = ctx.scene(**_what_was_seen(ctx, draft, incoming))
    done = turn(opened.conversation, draft, incoming, scene)
    if done.merged:
        outbox.supersede(ctx.tx, f"reply:{done.merged}")
    if done.keep:
        _keep_file(ctx, done.keep, incoming)
    if isinstance(draft.so_far, list) and draft.so_far and done.outcome is not Outcome.SILENT:
        outbox.drop_ack(ctx.tx, ctx.contact.id)
    _tell_of_answers(ctx, opened, draft, done.draft)
    return _after_turn(ctx, opened, draft, done, waits_for_photos=scene.waiting_photos > 0)


def _what_was_seen(ctx: Context, draft: Draft, incoming: Incoming) -> dict[str, Any]:
    """What the engine may need to know of the messages around: asked of the store only when it can matter."""
    seen: dict[str, Any] = {}
    if incoming.kind is Kind.TEXT and draft.last is not None and ctx.now - draft.last.at < READING_TIME:
        seen["last_reply"] = ctx.last_answer
        seen["words_unread"] = draft.said
    if incoming.kind in TYPED and isinstance(draft.so_far, list) and draft.so_far:
        seen["waiting_photos"] = media.count_states(ctx.tx, draft.so_far).get("pending", 0)
    return seen


def _after_turn(ctx: Context, opened: Form, before: Draft, done: Turn, *, waits_for_photos: bool = False) -> Said:
    match done.outcome:
        case Outcome.ASKED | Outcome.SILENT:
            _save(ctx, done.draft, done.reply)
            return Said(reply=done.reply, not_before=_not_before(ctx, done, waits_for_photos), silent=done.why)
        case Outcome.COMMAND:
            _save(ctx, done.draft)
            return _answered(ctx, commands.run(ctx, done.command, done.argument, done.draft), done.draft)
        case Outcome.CANCELLED:
            _save(ctx, done.draft)
            drafts.park_draft(ctx.tx, ctx.contact.id)
            return Said(reply=done.reply)
        case Outcome.ENDED:
            drafts.drop_draft(ctx.tx, ctx.contact.id, before.conversation)
            if opened.ended is not None:
                opened.ended(ctx, before, done.ended_by)
            return Said(reply=done.reply)
        case Outcome.FINISHED:
            finished = opened.finish(ctx, done.draft or before)
            drafts.drop_draft(ctx.tx, ctx.contact.id, before.conversation)
            reply = finished.reply.after(done.reply) if finished.reply else done.reply
            said = _answered(ctx, Answered(reply=reply, begin=finished.begin), None)
            return replace(said, not_before=_not_before(ctx, done, waits_for_photos))


def _not_before(ctx: Context, done: Turn, waits_for_photos: bool) -> datetime | None:  # noqa: FBT001 - a fact of the scene
    if waits_for_photos and done.outcome is not Outcome.SILENT:
        return ctx.now + PENDING_WAIT
    if not done.quiet or not ctx.house.quiet_window:
        return None
    quiet = ctx.now + timedelta(seconds=ctx.programme.quiet_seconds)
    if done.draft is None or done.draft.last is None:
        return quiet
    return min(quiet, done.draft.last.started_at + timedelta(seconds=ctx.programme.quiet_cap_seconds))


def _tell_of_answers(ctx: Context, opened: Form, before: Draft, after: Draft | None) -> None:
    """Consent and the like are written down with the very message that gave them."""
    if opened.answered is None or after is None:
        return
    for key, value in after.answers.items():
        if key not in before.answers or before.answers[key] != value:
            opened.answered(ctx, after, key)


def _keep_file(ctx: Context, kind: str, incoming: Incoming) -> None:
    """A voice or a file that no question wanted: officers hear it and see it."""
    number = incoming.file.media_id if incoming.file else None
    keep_wish(
        ctx.tx, ctx.contact.id, kind, ctx.now, text=f"media:{number}" if number else "", programme=ctx.programme.id
    )


def _save(ctx: Context, draft: Draft | None, reply: Reply | None = None) -> None:
    if draft is None:
        return
    if reply is not None:
        draft = replace(draft, said=len(reply.text.split()))
    drafts.save_draft(ctx.tx, ctx.contact.id, draft.to_json(), ctx.now)


# Commands and taps ---------------------------------------------------------------------------------------------------


def _answered(ctx: Context, answered: Answered, draft: Draft | None) -> Said:
    """What a command said, and the form that opens, goes on or is put aside with it."""
    if answered.park and draft is not None:
        drafts.park_draft(ctx.tx, ctx.contact.id)
        draft = None
    if answered.begin is not None:
        return _begin(ctx, answered.begin, answered.reply, draft)
    if answered.resume:
        return _resume(ctx, answered, draft)
    return Said(reply=answered.reply, silent=answered.silent)


def _begin(ctx: Context, begin: Begin, before: Reply | None, draft: Draft | None) -> Said:
    opened = form(begin.conversation)
    if opened is None:
        raise LookupError(f"no conversation {begin.conversation}")
    if draft is not None:
        drafts.park_draft(ctx.tx, ctx.contact.id)
    parked = _open(drafts.find_draft(ctx.tx, ctx.contact.id, begin.conversation))
    if parked is not None and dict(parked.about) == dict(begin.about):
        done = resume(opened.conversation, parked, ctx.scene())
    else:
        parked = None
        done = start(opened.conversation, ctx.scene(), about=begin.about, answers=begin.answers)
    said = _after_turn(ctx, opened, parked or done.draft or Draft(conversation=begin.conversation), done)
    return replace(said, reply=said.reply.after(before) if said.reply else before)


def _resume(ctx: Context, answered: Answered, draft: Draft | None) -> Said:
    wanted = answered.resume if isinstance(answered.resume, str) else ""
    if draft is None or (wanted and draft.conversation != wanted):
        if draft is not None:
            drafts.park_draft(ctx.tx, ctx.contact.id)
        draft = _parked(ctx, wanted)
    opened = form(draft.conversation) if draft is not None else None
    if draft is None or opened is None:
        return Said(reply=answered.reply or Reply.of(ctx.say("idle.nothing_open")))
    said = _after_turn(ctx, opened, draft, resume(opened.conversation, draft, ctx.scene()))
    return replace(said, reply=said.reply.after(answered.reply) if said.reply else answered.reply)


def _parked(ctx: Context, wanted: str) -> Draft | None:
    """The form of that name that was put aside; without a name one that is worth going on with, before any other."""
    worth = unfinished(ctx) if not wanted else None
    return worth or _open(drafts.find_draft(ctx.tx, ctx.contact.id, wanted))


# No form is open -----------------------------------------------------------------------------------------------------


def _idle(ctx: Context, incoming: Incoming) -> Said:
    match incoming.kind:
        case Kind.START:
            return _answered(ctx, welcome(ctx, incoming.text), None)
        case Kind.TEXT:
            return _typed(ctx, incoming)
        case Kind.TAP:
            return _tapped_idle(ctx, incoming)
        case Kind.PHOTO:
            return _photo_idle(ctx, incoming)
        case Kind.VOICE | Kind.DOCUMENT:
            _keep_file(ctx, incoming.kind.value, incoming)
            return Said(reply=Reply.of(ctx.say(f"idle.{incoming.kind.value}")))
        case Kind.PHONE:
            contacts.change_contact(ctx.tx, ctx.contact.id, phone=incoming.phone)
            return _run(ctx, "menu")
        case _:
            return _run(ctx, "menu")


def _run(ctx: Context, name: str, argument: str = "") -> Said:
    _understood(ctx)
    return _answered(ctx, commands.run(ctx, name, argument, None), None)


def _understood(ctx: Context) -> None:
    if ctx.contact.misses:
        contacts.change_contact(ctx.tx, ctx.contact.id, misses=0)


def _typed(ctx: Context, incoming: Incoming) -> Said:
    text = incoming.text
    if spoken.is_stop(text):
        return _run(ctx, spoken.STOP, spoken.stop_scope_of(text))
    if (coming := typed_answer(ctx, text)) is not None:
        _understood(ctx)
        return _answered(ctx, coming, None)
    navigation = spoken.navigation_of(text)
    if navigation is not None and navigation.key == "continue":
        _understood(ctx)
        return _answered(ctx, Answered(resume=True), None)
    if entry := entry_of(text):
        return _run(ctx, entry)
    if (question := spoken.question_of(text)) and ctx.say.has(f"faq.{question}"):
        return _run(ctx, "faq", question)
    said = spoken.command_of(text) or (None if navigation is not None else spoken.guess_of(text))
    if said is not None:
        return _run(ctx, said.key, said.argument)
    if navigation is not None:
        return _run(ctx, "leave" if spoken.may_mean_stop(text) else navigation.key)
    if ctx.contact.misses and ctx.contact.misses % LADDER == 0 and (yes := spoken.yes_no_of(text)) is not None:
        return _run(ctx, spoken.HUMAN if yes else "menu")
    if ctx.contact.last_inbound_at is None:
        return _answered(ctx, welcome(ctx, ""), None)
    return _missed(ctx)


def _missed(ctx: Context) -> Said:
    misses = ctx.contact.misses + 1
    contacts.change_contact(ctx.tx, ctx.contact.id, misses=misses)
    step = (misses - 1) % LADDER + 1
    if step == LADDER:
        buttons = (
            Button(label=ctx.say("idle.human"), does="command", key=spoken.HUMAN),
            Button(label=ctx.say("idle.menu"), does="command", key="menu"),
        )
        return Said(reply=Reply.of(ctx.say("idle.offer_human"), buttons=buttons))
    menu = commands.run(ctx, "menu", "", None).reply
    said = Reply.of(ctx.say(f"idle.unknown_{step}"))
    return Said(reply=menu.after(said) if menu else said)


def _tapped_idle(ctx: Context, incoming: Incoming) -> Said:
    button = incoming.button
    if button is not None and button.does == "answer" and (draft := _form_of(ctx, button)):
        opened = form(draft.conversation)
        if opened is not None:
            return _in_form(ctx, opened, draft, incoming)
    if button is not None and button.does == "command":
        if button.key in {"continue", "done"}:
            return _answered(ctx, Answered(resume=True), None)
        return _run(ctx, button.key, button.value)
    menu = commands.run(ctx, "menu", "", None).reply
    old = Reply.of(ctx.say("idle.old_button"))
    return Said(reply=menu.after(old) if menu else old)


def _form_of(ctx: Context, button: Button) -> Draft | None:
    """The form that was put aside and that a key is of: who taps it goes on with it."""
    draft = _open(drafts.find_draft(ctx.tx, ctx.contact.id, conversation_of(button)))
    return draft if draft is not None and belongs(button, draft) else None


def _photo_idle(ctx: Context, incoming: Incoming) -> Said:
    """A photo out of the blue belongs to the product whose photos may be added to, or is kept for officers."""
    answered = commands.run(ctx, "photo", "", None)
    opened = form(answered.begin.conversation) if answered.begin else None
    if answered.begin is None or opened is None:
        _keep_file(ctx, "photo", incoming)
        return _answered(ctx, answered, None)
    begun = start(opened.conversation, ctx.scene(), about=answered.begin.about, answers=answered.begin.answers)
    if begun.draft is None:
        return Said(reply=begun.reply)
    return _in_form(ctx, opened, begun.draft, incoming)
