"""One message of one person in one open conversation gives one Turn. Pure: no clock, no store, no platform.

What a person means is read in this order (domain.md 6.1): stop words; the label of a key that is shown; navigation; a
message that equals a command; the taker of the open question; guessed commands; not understood. It is written here
once, for all conversations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dialogue import commands, fragments
from dialogue.conversation import (
    Answers,
    Ask,
    Conversation,
    Doubt,
    Draft,
    Last,
    More,
    Nothing,
    Rejected,
    Scene,
    Taken,
    Value,
)
from dialogue.message import Button, Incoming, Kind, Reply
from dialogue.talk import NONE_OF_THESE, Talk, belongs, chosen, trait
from domain.names import is_given_name

__all__ = ["Outcome", "Turn", "reopen", "resume", "start", "turn"]

Result = Taken | Rejected | More | Doubt | Nothing

_LADDER = 3  # the third misunderstanding in a row offers a person (dialogue.md rule 10)
_FILES = (Kind.PHOTO, Kind.DOCUMENT)


class Outcome(StrEnum):
    """What became of a message.

    asked      a question is open, the reply shows it
    finished   the last answer came: `draft.answers` is complete
    ended      a required answer was refused (`ended_by`); the draft is over
    cancelled  the person wants to leave; the draft is given back, to be kept
    command    handlers run `command` with `argument`; the draft stays open
    silent     nothing is said now; `why` is recorded
    """

    ASKED = "asked"
    FINISHED = "finished"
    ENDED = "ended"
    CANCELLED = "cancelled"
    COMMAND = "command"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one message did. `draft` is what to store: None where it is over."""

    outcome: Outcome
    draft: Draft | None
    reply: Reply | None
    command: str = ""
    argument: str = ""
    merged: int = 0  # inbox id whose queued reply this turn replaces
    quiet: bool = False  # typed at a free question: the reply waits, a second half may follow
    ended_by: str = ""
    keep: str = ""  # kind of a file that no question wanted ("voice", "photo", "document"): officers get it as a wish
    why: str = ""  # of a silence: "more", "repeat"


def start(
    conversation: Conversation, scene: Scene, *, about: Mapping[str, Any] | None = None, answers: Answers | None = None
) -> Turn:
    """Opens a form at its first question. `answers` are those that are known already; those are not asked."""
    draft = Draft(conversation=conversation.name, about=about or {}, answers=answers or {}, born=scene.inbox)
    return _ask_next(Talk.of(conversation, draft, scene))


def turn(conversation: Conversation, draft: Draft, incoming: Incoming, scene: Scene) -> Turn:
    """What a message does to an open form."""
    talk = Talk.of(conversation, draft, scene)
    match incoming.kind:
        case Kind.TAP:
            return _tapped(talk, incoming)
        case Kind.TEXT:
            return _typed(talk, incoming)
        case Kind.START:
            return _command(talk, "start", incoming.text)
        case Kind.PHOTO | Kind.DOCUMENT:
            return _sent_file(talk, incoming)
        case Kind.PHONE:
            return _shared_phone(talk, incoming)
        case Kind.VOICE:
            return _spoke(talk)
        case _:
            return _again(talk, f"engine.{incoming.kind}")


def resume(conversation: Conversation, draft: Draft, scene: Scene) -> Turn:
    """Shows the open question again: after "lanjut", a menu, or days."""
    talk = Talk.of(conversation, draft, scene).change(misses=0)
    if talk.gone:
        return _gone(talk)
    return _again(talk, "engine.resumed", repeated=False) if talk.open else _ask_next(talk)


def reopen(conversation: Conversation, draft: Draft, key: str, scene: Scene) -> Turn:
    """Asks one question again, and only that: an officer wants it better, or its photo failed.

    The old answer stays until a new one comes. A key that no release knows any more changes nothing.
    """
    talk = Talk.of(conversation, draft, scene)
    ask = conversation.ask(key)
    if ask is None:
        return resume(conversation, draft, scene)
    talk = talk.opened(ask).change(misses=0, last=None)
    again = talk.own(ask, "reopened")
    return _asked(talk, *([talk.text(again)] if again else []))


# Keys ----------------------------------------------------------------------------------------------------------------


def _tapped(talk: Talk, incoming: Incoming) -> Turn:
    button = incoming.button
    if button is None:
        return _again(talk, "engine.old_button")
    if button.does == "phone":  # from where no number can be shared
        return _again(talk, "engine.type_phone" if talk.open and trait(talk.open, "phones") else "engine.old_button")
    if button.does != "answer":
        if button.does == "command" and button.key in commands.NAVIGATION:
            return _navigate(talk, button.key, button.value, incoming) or _again(talk, "engine.old_button")
        return _command(talk, button.key, button.value)
    ask = talk.form.ask(button.key) if belongs(button, talk.draft) else None
    if ask is None:
        return _again(talk, "engine.old_button")
    if talk.open is not None and ask.key == talk.open.key:
        return _tapped_open(talk, ask, button, incoming)
    return _tapped_other(talk, ask, button, incoming)


def _tapped_open(talk: Talk, ask: Ask, button: Button, incoming: Incoming) -> Turn:
    if button.value == NONE_OF_THESE:
        return _none_of_these(talk, ask)
    complete, value = chosen(button)
    return _taken(talk, ask, Taken(value), incoming) if complete else _take(talk, ask, incoming)


def _tapped_other(talk: Talk, ask: Ask, button: Button, incoming: Incoming) -> Turn:
    """A key of another question of this form: it corrects that answer, and the open question goes on."""
    complete, value = chosen(button)
    result: Result = Taken(value) if complete else _read(_closed(talk), ask, incoming)
    if button.value == NONE_OF_THESE or not isinstance(result, Taken):
        return _again(talk, "engine.old_button")
    return _checked(talk, ask, result) if trait(ask, "corrects") else _corrected(talk, ask, result)


def _checked(talk: Talk, ask: Ask, result: Taken) -> Turn:
    """[Sudah betul] of a check that is not open. It ends the form where nothing else is wanted any more."""
    pending = talk.pending
    if talk.draft.doubt is not None or (pending is not None and pending.key != ask.key):
        return _again(talk, "engine.this_first")
    return _taken(talk.opened(ask), ask, result, None)


# Words ---------------------------------------------------------------------------------------------------------------


def _typed(talk: Talk, incoming: Incoming) -> Turn:
    text = incoming.text
    ask = talk.open
    if not text.strip():
        return _again(talk, "engine.nothing")
    if commands.is_stop(text):
        return _command(talk, commands.STOP, commands.stop_scope_of(text))
    navigation = commands.navigation_of(text)
    if navigation and navigation.key == commands.CANCEL:
        return _cancelled(talk)
    if incoming.edited:
        return _edited(talk, incoming)
    if ask is not None and _is_label(talk, ask, text):
        return _take(talk, ask, incoming)
    if navigation and (moved := _navigate(talk, navigation.key, navigation.argument, incoming)):
        return moved
    if said := _said_aside(talk, ask, text):
        return said
    if fragments.is_repeat(talk.draft, text, talk.scene):
        return Turn(outcome=Outcome.SILENT, draft=talk.draft, reply=None, why="repeat")
    if talk.gone or ask is None:
        return _gone(talk)
    return _worded(talk, ask, incoming)


def _worded(talk: Talk, ask: Ask, incoming: Incoming) -> Turn:
    """Typed words that are no command: a correction of the last answer, half of it, or the answer to the question."""
    if amended := _amended(talk, incoming):
        return amended
    if joined := _joined(talk, incoming):
        return joined
    answer = _take(talk, ask, incoming)
    return replace(answer, quiet=ask.take.free) if answer.outcome is not Outcome.COMMAND else answer


def _said_aside(talk: Talk, ask: Ask | None, text: str) -> Turn | None:
    """What is said beside the question: a greeting, thanks, a question back, a command, a yes to "shall we call?"."""
    if ask is not None and trait(ask, "names") and is_given_name(text):
        return None
    if _is_offered(talk.draft) and (agreed := commands.yes_no_of(text)) is not None:
        return _command(talk, commands.HUMAN) if agreed else _again(talk.change(misses=0), "engine.go_on")
    if question := commands.question_of(text):
        key = f"faq.{question}"
        return _again(talk, key) if talk.scene.say.has(key) else None
    command = commands.command_of(text)
    if command is None and not any(letter.isalnum() for letter in text):
        return None if ask is not None and _fits(talk, ask, text) else _again(talk, "engine.sticker")
    if command is None or (ask is not None and not ask.take.free and _fits(talk, ask, text)):
        return None
    if command.key in commands.COURTESIES:
        return _again(talk, f"engine.{command.key}")
    return _command(talk, command.key, command.argument)


def _is_offered(draft: Draft) -> bool:
    return draft.misses > 0 and draft.misses % _LADDER == 0


def _fits(talk: Talk, ask: Ask, text: str) -> bool:
    return isinstance(_read(talk, ask, Incoming(kind=Kind.TEXT, text=text)), Taken | More | Doubt)


def _is_label(talk: Talk, ask: Ask, text: str) -> bool:
    """Whether a message is, letter by letter, what stands on a key of the open question."""
    labels = talk.doubt_labels(talk.draft.doubt) if talk.draft.doubt else [each.label for each in talk.choices(ask)]
    if trait(ask, "corrects"):
        labels = [*labels, *(talk.label(field) for field in talk.correctable())]
    return commands.same_words(text, labels) is not None


def _edited(talk: Talk, incoming: Incoming) -> Turn:
    """An edited message changes the answer that it was, never the question that is open now."""
    last = talk.draft.last
    ask = talk.form.ask(last.key) if last else None
    if ask is None or (talk.open is not None and talk.open.key == ask.key):
        return _again(talk, "engine.edited") if ask is None else _take(talk, ask, incoming)
    result = _read(_closed(talk), ask, incoming)
    return _corrected(talk, ask, result) if isinstance(result, Taken) else _again(talk, "engine.edited")


# Answers in pieces (architecture.md 2) -------------------------------------------------------------------------------


def _joined(talk: Talk, incoming: Incoming) -> Turn | None:
    """The second half of an answer whose reply nobody has read yet."""
    last = talk.draft.last
    ask = talk.form.ask(last.key) if last else None
    if last is None or ask is None or not ask.take.free or _answers_next(talk, ask, incoming.text):
        return None
    whole = replace(incoming, text=f"{last.text} {incoming.text}")
    if fragments.reply_waits(talk.draft, talk.scene):
        result = _read(_closed(talk), ask, whole)
        if not isinstance(result, Taken | Doubt):
            return None
        joined = _judge(talk.opened(ask), ask, result, whole)
        return replace(joined, draft=fragments.lasting(joined.draft, last), merged=last.inbox, quiet=True)
    if not fragments.reply_unread(talk.draft, talk.scene) or talk.open is None or ask.key == talk.open.key:
        return None
    return _extended(talk, ask, whole, incoming)


def _answers_next(talk: Talk, last: Ask, text: str) -> bool:
    """Whether words that came before our question was read answer it all the same: who knows the form types ahead."""
    ask = talk.open
    if ask is None or ask.key == last.key or talk.gone:
        return False
    if talk.choices(ask):
        return _is_label(talk, ask, text)
    if ask.take.free and not (trait(ask, "places") and len(text.split()) > 1):
        return False  # it takes any words, so they may as well be the second half
    return isinstance(_read(talk, ask, Incoming(kind=Kind.TEXT, text=text)), Taken)


def _extended(talk: Talk, ask: Ask, whole: Incoming, half: Incoming) -> Turn | None:
    """A half that came after our question, does not fit it, and makes the last answer whole: is asked for."""
    if talk.open is None or not isinstance(_read(talk, talk.open, half), Rejected):
        return None
    result = _read(_closed(talk), ask, whole)
    if not isinstance(result, Taken):
        return None
    doubt = Doubt(((talk.show(ask, result.value), result.value),), why="merged")
    return _asked(talk.opened(ask).change(doubt=doubt))


def _amended(talk: Talk, incoming: Incoming) -> Turn | None:
    """The last answer, said better: "*Aminah", "eh salah, Siti Aminah"."""
    last = talk.draft.last
    ask = talk.form.ask(last.key) if last else None
    if last is None or ask is None or (better := fragments.amended(last.text, incoming.text)) is None:
        return None
    result = _read(_closed(talk), ask, replace(incoming, text=better))
    if not isinstance(result, Taken):
        return None
    return replace(_corrected(talk, ask, result), quiet=False)


# The question ---------------------------------------------------------------------------------------------------------


def _take(talk: Talk, ask: Ask, incoming: Incoming) -> Turn:
    if talk.gone:
        return _gone(talk)
    if talk.draft.doubt is not None and (resolved := _resolved(talk, ask, talk.draft.doubt, incoming)):
        return resolved
    return _judge(talk, ask, _read(talk, ask, incoming), incoming)


def _read(talk: Talk, ask: Ask, incoming: Incoming) -> Result:
    return ask.take.take(incoming, ask, talk.draft, talk.scene)


def _closed(talk: Talk) -> Talk:
    """The same form as a question sees it that is not the open one."""
    return talk.change(so_far=None, doubt=None)


def _judge(talk: Talk, ask: Ask, result: Result, incoming: Incoming) -> Turn:
    match result:
        case Taken():
            return _taken(talk, ask, result, incoming)
        case More(so_far=so_far, silent=silent):
            return _collected(talk, ask, so_far, silent=silent)
        case Doubt(why="field"):
            return _edit(talk, "")
        case Doubt():
            return _asked(_remembering(talk.change(doubt=result), ask, incoming))
        case Nothing(why=why):
            own = talk.own(ask, why)
            return _again(talk, own or f"engine.{why}")
        case Rejected():
            return _rejected(talk, ask, result, incoming)


def _taken(talk: Talk, ask: Ask, result: Taken, incoming: Incoming | None) -> Turn:
    if ask.required is not None and result.value != ask.required:
        return _ended(talk, ask)
    trail = talk.draft.trail if ask.key in talk.draft.trail else (*talk.draft.trail, ask.key)
    talk = talk.answered(ask.key, result.value, result.also)
    talk = talk.change(trail=trail, so_far=None, doubt=None, misses=0)
    talk = _remembering(talk, ask, incoming)
    return _ask_next(talk, *([talk.text(ask.then)] if ask.then else []))


def _remembering(talk: Talk, ask: Ask, incoming: Incoming | None) -> Talk:
    """With the answer as it was typed, so that its second half can be joined to it."""
    if incoming is None or incoming.kind is not Kind.TEXT:
        return talk.change(last=None)
    now = talk.scene.now
    return talk.change(last=Last(key=ask.key, text=incoming.text, inbox=talk.scene.inbox, at=now, started_at=now))


def _collected(talk: Talk, ask: Ask, so_far: Value, *, silent: bool) -> Turn:
    talk = talk.change(so_far=so_far, misses=0, last=None)
    if ask.key in talk.draft.answers:  # open once more: what is added counts at once
        talk = talk.answered(ask.key, so_far, {})
    if silent:
        return Turn(outcome=Outcome.SILENT, draft=talk.draft, reply=None, why="more")
    return _again(talk, talk.own(ask, "more") or "engine.more")


def _resolved(talk: Talk, ask: Ask, doubt: Doubt, incoming: Incoming) -> Turn | None:
    """The answer to a doubt; None where something else was said, which is then read anew."""
    if incoming.kind is not Kind.TEXT:
        return None
    if doubt.why == "field" and (renewed := _renewed(talk, incoming.text)):
        return renewed
    index = commands.doubt_of(incoming.text, talk.doubt_labels(doubt))
    if index is None:
        return None
    if index >= len(doubt.candidates):
        return _none_of_these(talk, ask)
    value = doubt.candidates[index][1]
    return _edit(talk, str(value)) if doubt.why == "field" else _taken(talk, ask, Taken(value), None)


def _none_of_these(talk: Talk, ask: Ask) -> Turn:
    why = talk.draft.doubt.why if talk.draft.doubt else ""
    talk = talk.change(doubt=None, last=None)
    if why == "merged":
        return _ask_next(talk, talk.text("engine.kept"))
    return _again(talk, "engine.go_on" if why == "field" else talk.own(ask, "retype") or "engine.retype")


def _corrected(talk: Talk, ask: Ask, result: Taken) -> Turn:
    """A question of this form that is not open gets another answer; the open one goes on."""
    if ask.required is not None and result.value != ask.required:
        return _ended(talk, ask)
    known = talk.draft.answers.get(ask.key, result.value) == result.value
    talk = talk.answered(ask.key, result.value, result.also).change(last=None)
    said = talk.text("engine.known" if known else "engine.corrected", label=talk.label(ask), value=talk.shown(ask))
    still = talk.form.ask(talk.draft.asked)
    if still is None or not talk.holds(still):
        return _ask_next(talk, said)
    return _asked(talk, said)


# Not understood ------------------------------------------------------------------------------------------------------


def _rejected(talk: Talk, ask: Ask, rejected: Rejected, incoming: Incoming) -> Turn:
    typed = incoming.kind is Kind.TEXT
    if typed and trait(ask, "corrects"):
        if renewed := _renewed(talk, incoming.text):
            return renewed
        if field := _field_named(talk, incoming.text):
            return _reopened(talk, field, "engine.was")
    if typed and ask.key in talk.draft.answers and commands.yes_no_of(incoming.text):
        return _continue(talk)  # "sudah betul" is said of the answer that stands
    if typed and ask.optional and commands.is_unknown(incoming.text):
        return _skip(talk, ask, incoming)
    if typed and not ask.take.free and (guess := commands.guess_of(incoming.text, in_form=True)):
        if guess.key in commands.COURTESIES:
            return _again(talk, f"engine.{guess.key}")
        return _command(talk, guess.key, guess.argument)
    return _missed(_remembering(talk, ask, incoming), ask, rejected)


def _missed(talk: Talk, ask: Ask, rejected: Rejected) -> Turn:
    """Says what is missing; then how to answer with a key or a digit; then offers a person. Never twice the same."""
    talk = talk.change(misses=talk.draft.misses + 1)
    step = (talk.draft.misses - 1) % _LADDER + 1
    if step == _LADDER:
        return _offer_human(talk)
    if step == 2:
        return _asked(talk, *_second_try(talk, ask), human=True, repeated=True)
    own = talk.own(ask, rejected.why)
    if own and talk.draft.doubt is None:
        said = Reply.of(talk.text(own, **rejected.values))
        return _asked_as(talk, replace(talk.keys(ask), parts=said.parts))
    return _asked(talk, talk.text(own or f"reject.{rejected.why}", **rejected.values), repeated=True)


def _second_try(talk: Talk, ask: Ask) -> tuple[str, ...]:
    labels = talk.doubt_labels(talk.draft.doubt) if talk.draft.doubt else [each.label for each in talk.choices(ask)]
    if labels:
        lines = (f"{number}. {label}" for number, label in enumerate(labels, 1))
        return ("\n".join((talk.text("engine.choose"), *lines)),)
    own = talk.own(ask, "again")
    return (talk.text(own or "engine.write_short"),)


def _offer_human(talk: Talk) -> Turn:
    buttons = (talk.command("yes_human", commands.HUMAN), talk.command("no_go_on", "continue"))
    return _asked_as(talk, Reply.of(talk.text("engine.offer_human"), buttons=buttons))


# Around the form -----------------------------------------------------------------------------------------------------


def _navigate(talk: Talk, key: str, argument: str, incoming: Incoming) -> Turn | None:
    """A move that makes sense here; None where the word must mean something else."""
    ask = talk.open
    match key:
        case commands.CANCEL:
            return _cancelled(talk)
        case "back":
            return _back(talk)
        case "continue":
            return _continue(talk)
        case "edit":
            renewed = _renewed(talk, incoming.text)
            return renewed or (_edit(talk, argument) if _edits(talk, argument) else None)
        case "skip" if ask is not None and not talk.gone:
            return None if _answers_choice(talk, ask, incoming) else _skip(talk, ask, incoming)
        case "done" if ask is not None and not talk.gone and trait(ask, "ends"):
            return _judge(talk, ask, _read(talk, ask, Incoming(kind=Kind.TEXT, text=commands.DONE)), incoming)
        case _:
            return None


def _edits(talk: Talk, name: str) -> bool:
    """Whether "ubah ..." names a field; at a free question other words may follow, and then it is the answer."""
    return not name or talk.open is None or not talk.open.take.free or _field_named(talk, name) is not None


def _answers_choice(talk: Talk, ask: Ask, incoming: Incoming) -> bool:
    """Some words ("belum", "nanti saja") skip a question of words, but answer one of yes and no."""
    return incoming.kind is Kind.TEXT and bool(talk.choices(ask)) and _fits(talk, ask, incoming.text)


def _back(talk: Talk) -> Turn:
    trail = talk.draft.trail
    here = trail.index(talk.draft.asked) if talk.draft.asked in trail else len(trail)
    for key in reversed(trail[:here]):
        ask = talk.form.ask(key)
        if ask is not None and talk.holds(ask):
            return _reopened(talk, ask, "engine.back")
    return _again(talk, "engine.first")


def _continue(talk: Talk) -> Turn:
    talk = talk.change(misses=0)
    if talk.gone:
        return _gone(talk)
    reopened = talk.open is not None and talk.open.key in talk.draft.answers
    if reopened or talk.draft.doubt is not None:
        return _ask_next(
            talk.change(doubt=None, so_far=None if reopened else talk.draft.so_far), talk.text("engine.go_on")
        )
    return _again(talk, "engine.resumed", repeated=False)


def _skip(talk: Talk, ask: Ask, incoming: Incoming) -> Turn:
    if ask.key in talk.draft.answers:
        return _continue(talk)
    if trait(ask, "empties"):
        return _judge(talk, ask, _read(talk, ask, Incoming(kind=Kind.TEXT, text=commands.SKIP)), incoming)
    if ask.optional:
        return _taken(talk, ask, Taken(None), None)
    return _missed(talk.change(last=None), ask, Rejected("needed"))


def _edit(talk: Talk, name: str) -> Turn:
    """Opens the answer that is named (by its label, or by its key), or the list of those that can be corrected."""
    field = _field_named(talk, name)
    if field is not None:
        return _reopened(talk, field, "engine.was")
    fields = talk.correctable()
    if not fields:
        return _again(talk, "engine.nothing_to_edit")
    candidates = tuple((talk.label(ask), ask.key) for ask in fields)
    return _asked(talk.change(doubt=Doubt(candidates, why="field"), last=None))


def _renewed(talk: Talk, text: str) -> Turn | None:
    """A field and its new value in one message ("harga 14 ribu"): taken where it fits, asked about where it may."""
    said = [
        (ask, value)
        for ask in talk.correctable()
        if (value := commands.value_of(text, talk.label(ask), linked=ask.take.free))
    ]
    if len(said) != 1:
        return None
    ask, value = said[0]
    match _read(_closed(talk), ask, Incoming(kind=Kind.TEXT, text=value)):
        case Taken() as taken:
            return _corrected(talk.change(doubt=None, misses=0), ask, taken)
        case Doubt() as doubt:
            return _asked(talk.opened(ask).change(doubt=doubt, misses=0, last=None))
        case _:
            return None


def _field_named(talk: Talk, name: str) -> Ask | None:
    if not name:
        return None
    ask = talk.form.ask(name)
    if ask is not None and ask.key in talk.draft.answers:
        return ask
    fields = talk.correctable()
    index = commands.choice_of(name, [talk.label(field) for field in fields])
    return fields[index] if index is not None else None


def _reopened(talk: Talk, ask: Ask, said: str) -> Turn:
    """A question that has an answer is open again; the answer stays until a better one comes."""
    talk = talk.opened(ask).change(misses=0, last=None)
    return _asked(talk, talk.text(said, label=talk.label(ask), value=talk.shown(ask)))


def _cancelled(talk: Talk) -> Turn:
    keys = (talk.command("continue", "continue"), talk.command("menu", "menu"))
    reply = Reply.of(talk.text("engine.cancelled"), buttons=keys)
    return Turn(outcome=Outcome.CANCELLED, draft=talk.draft, reply=reply)


def _command(talk: Talk, name: str, argument: str = "") -> Turn:
    return Turn(outcome=Outcome.COMMAND, draft=talk.draft, reply=None, command=name, argument=argument)


# Files, voices, numbers ----------------------------------------------------------------------------------------------


def _sent_file(talk: Talk, incoming: Incoming) -> Turn:
    """A photo belongs to the question that wants photos, whenever it comes (dialogue.md rule 17)."""
    ask = talk.open
    if ask is not None and trait(ask, "files") and not talk.gone:
        return _take(talk, ask, incoming)
    album = next((each for each in talk.form.asks if trait(each, "files") and talk.holds(each)), None)
    if album is None:
        return _kept(talk, incoming.kind)
    known = album.key in talk.draft.answers
    store = talk.draft.answers if known else talk.draft.early
    result = _read(talk.change(so_far=store.get(album.key), doubt=None), album, incoming)
    match result:
        case More(so_far=value):
            pass
        case Taken(value=value) if known or isinstance(value, list):
            pass
        case Rejected(why="too_many") if incoming.album:  # the fifth and sixth of one burst: one answer is enough
            return Turn(outcome=Outcome.SILENT, draft=talk.draft, reply=None, why="too_many")
        case Rejected(why=why, values=values):
            own = talk.own(album, why)
            return _asked(talk, talk.text(own or f"reject.{why}", **values))
        case _:
            return _kept(talk, incoming.kind)
    changed = {**store, album.key: value}
    talk = talk.change(answers=changed) if known else talk.change(early=changed)
    return Turn(outcome=Outcome.SILENT, draft=talk.draft, reply=None, why="more")


def _kept(talk: Talk, kind: Kind) -> Turn:
    return replace(_again(talk, f"engine.kept_{kind}"), keep=str(kind))


def _spoke(talk: Talk) -> Turn:
    """A voice message is always kept; a number or a choice is asked for again with keys (dialogue.md rule 4)."""
    ask = talk.open
    key = "engine.voice" if ask is None or ask.take.free else "engine.voice_choose"
    return replace(_again(talk, key), keep=str(Kind.VOICE))


def _shared_phone(talk: Talk, incoming: Incoming) -> Turn:
    ask = talk.open
    if ask is not None and trait(ask, "phones"):
        return _take(talk, ask, incoming)
    owner = next((each for each in talk.form.asks if trait(each, "phones") and talk.holds(each)), None)
    result = _read(_closed(talk), owner, incoming) if owner else None
    if owner is None or not isinstance(result, Taken):
        return _again(talk, "engine.thanks")
    return _corrected(talk, owner, result)


# Endings and questions -----------------------------------------------------------------------------------------------


def _ended(talk: Talk, ask: Ask) -> Turn:
    reply = Reply.of(talk.text(f"{talk.form.name}.{ask.key}.ended"))
    return Turn(outcome=Outcome.ENDED, draft=None, reply=reply, ended_by=ask.key)


def _gone(talk: Talk) -> Turn:
    """The question that this answers was taken out by a release: it is said, and the next one asked."""
    talk = talk.left().change(last=None)
    return _ask_next(talk, talk.text("engine.gone"))


def _ask_next(talk: Talk, *before: str) -> Turn:
    ask = talk.pending
    if ask is None:
        talk = talk.left()
        reply = Reply.of(*before) if any(before) else None
        return Turn(outcome=Outcome.FINISHED, draft=talk.draft, reply=reply)
    return _asked(talk if ask.key == talk.draft.asked else talk.opened(ask), *before)


def _again(talk: Talk, key: str, *, repeated: bool = True) -> Turn:
    """Something friendly, and the open question once more. Nothing else changes."""
    if talk.gone or talk.open is None:
        return _gone(talk)
    ask = talk.open
    return _asked(talk, talk.text(key, label=talk.label(ask)), repeated=repeated)


def _asked(talk: Talk, *before: str, human: bool = False, repeated: bool = False) -> Turn:
    reply = talk.question(*before, repeated=repeated)
    if human:
        reply = replace(reply, buttons=(*reply.buttons, talk.command("human", commands.HUMAN)))
    return _asked_as(talk, reply)


def _asked_as(talk: Talk, reply: Reply) -> Turn:
    ask = talk.open
    draft = talk.draft if ask is None else replace(talk.draft, asked=ask.key)
    return Turn(outcome=Outcome.ASKED, draft=draft, reply=reply)
