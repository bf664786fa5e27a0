"""One conversation with one person at one moment: where it stands, and what its open question looks like."""

import json
from dataclasses import dataclass, replace
from typing import Any

from dialogue.conversation import Answers, Ask, Choice, Conversation, Doubt, Draft, Scene, Value
from dialogue.message import Button, Part, Reply

__all__ = ["NONE_OF_THESE", "Talk", "belongs", "conversation_of", "trait"]

NONE_OF_THESE = "!none"  # value of the key under a doubt that says so
_CHOSEN = "="  # in front of the JSON of a doubt's value: the key says all, however old it is


def trait(ask: Ask, name: str) -> bool:
    """What a taker says of itself beside `free`; nothing said is no.

    files   photos and documents belong to it, whenever they come
    names   a person's name is asked for: a word that may also be a greeting is one
    places  a village and its kecamatan are certainly an answer to it, also before it was read
    phones  a shared phone number belongs to it
    ends    it collects until "selesai"
    empties "lewati" is for the taker itself to read
    """
    return getattr(ask.take, name, False) is True


def conversation_of(button: Button) -> str:
    """The name of the conversation that a key belongs to."""
    return button.of.partition(":")[0]


def belongs(button: Button, draft: Draft) -> bool:
    """Whether a key was made by this draft, and not by an earlier one of the same conversation."""
    return button.of == _stamp(draft)


def _stamp(draft: Draft) -> str:
    return f"{draft.conversation}:{draft.born}" if draft.born else draft.conversation


@dataclass(frozen=True, slots=True)
class Talk:
    """Immutable; what changes the draft gives a new one."""

    form: Conversation
    draft: Draft
    scene: Scene

    @classmethod
    def of(cls, form: Conversation, draft: Draft, scene: Scene) -> "Talk":
        """With the answers of renamed questions under their present names. Answers to removed ones stay untouched."""
        renamed = {old: ask.key for ask in form.asks for old in ask.was}
        if renamed:
            draft = replace(
                draft,
                answers=_renamed(draft.answers, renamed),
                early=_renamed(draft.early, renamed),
                asked=renamed.get(draft.asked, draft.asked),
                trail=tuple(dict.fromkeys(renamed.get(key, key) for key in draft.trail)),
                last=replace(draft.last, key=renamed.get(draft.last.key, draft.last.key)) if draft.last else None,
            )
        return cls(form, draft, scene)

    # where it stands -------------------------------------------------------------------------------------------------

    @property
    def pending(self) -> Ask | None:
        """The first question without an answer: the place in the conversation."""
        answers = self.draft.answers
        return next((ask for ask in self.form.asks if ask.key not in answers and self.holds(ask)), None)

    @property
    def open(self) -> Ask | None:
        """The question that the person saw last, else the first without an answer."""
        return (self.form.ask(self.draft.asked) if self.draft.asked else None) or self.pending

    @property
    def gone(self) -> bool:
        """The question that the person saw last exists no longer."""
        return bool(self.draft.asked) and self.form.ask(self.draft.asked) is None

    def holds(self, ask: Ask) -> bool:
        return ask.when is None or ask.when(self.draft.answers, self.scene)

    def change(self, **fields: Any) -> "Talk":
        return Talk(self.form, replace(self.draft, **fields), self.scene)

    def answered(self, key: str, value: Value, also: Answers) -> "Talk":
        """With the answer, and with those that came along with it where there was none yet."""
        known = self.draft.answers
        beside = {name: each for name, each in also.items() if name not in known and self.form.ask(name)}
        return self.change(answers={**known, **beside, key: value})

    def left(self) -> "Talk":
        """With no question open; what the one that was open has collected so far is put aside."""
        draft = self.draft
        early = dict(draft.early)
        if draft.so_far is not None and draft.asked not in {"", *draft.answers}:
            early[draft.asked] = draft.so_far
        return self.change(asked="", so_far=None, early=early, doubt=None)

    def opened(self, ask: Ask) -> "Talk":
        """With a question open. What is answered already stays, until there is something better."""
        left = self.left()
        early = dict(left.draft.early)
        so_far = early.pop(ask.key, None)
        if so_far is None and trait(ask, "files"):
            so_far = left.draft.answers.get(ask.key)
        return left.change(asked=ask.key, so_far=so_far, early=early)

    # what is said ----------------------------------------------------------------------------------------------------

    def text(self, key: str, **values: Any) -> str:
        """A text with what is known filled in: answers as they are read back, `scene.known`, `about`, the defaults."""
        for name in self.scene.say.needs(key):
            if name not in values:
                value = self._known(name)
                if value is not None:
                    values[name] = value
        return self.scene.say(key, **values)

    def own(self, ask: Ask, name: str) -> str | None:
        """The key of a question's own text, where it has one."""
        key = f"{self.form.name}.{ask.key}.{name}"
        return key if self.scene.say.has(key) else None

    def shown(self, ask: Ask) -> str:
        """The answer as it is read back; a dash where it was skipped."""
        value = self.draft.answers.get(ask.key)
        return self.scene.say("engine.empty") if value is None else self.show(ask, value)

    def show(self, ask: Ask, value: Value) -> str:
        return ask.take.show(value, ask, self.draft, self.scene).replace("*", "")

    def label(self, ask: Ask) -> str:
        """What a question is called in a summary and in the list of what can be corrected."""
        key = self.own(ask, "label")
        return self.text(key) if key else self.scene.say("engine.answer")

    def choices(self, ask: Ask) -> tuple[Choice, ...]:
        if ask.choices is not None:
            return ask.choices(self.draft.answers, self.scene)
        offered = getattr(ask.take, "offers", None)
        return offered(ask, self.draft, self.scene) if offered else ()

    def correctable(self) -> tuple[Ask, ...]:
        """What can be corrected: the answered questions of the summary, or all that have a name."""
        answered = [ask for ask in self.form.asks if ask.key in self.draft.answers and self.holds(ask)]
        named = [ask for ask in answered if self.own(ask, "label")]
        return tuple([ask for ask in named if ask.summary] or named)

    def _known(self, name: str) -> Any:
        if name == "summary":
            return self._summary()
        ask = self.form.ask(name)
        if ask is not None and ask.key in self.draft.answers:
            return self.shown(ask)
        return self.draft.about.get(name, self.scene.known.get(name))

    def _summary(self) -> str:
        return "\n".join(
            self.scene.say("engine.summary_line", label=self.label(ask), value=self.shown(ask))
            for ask in self.form.asks
            if ask.summary and ask.key in self.draft.answers and self.holds(ask)
        )

    # the question ----------------------------------------------------------------------------------------------------

    def question(self, *before: str, repeated: bool = False) -> Reply:
        """The open question, or what is in doubt about it, behind the texts that come before.

        `repeated`: it was just read, so its short text is enough, where it has one.
        """
        ask = self.open
        if ask is None:
            return Reply.of(*before)
        text = (
            self._doubt_text(ask, self.draft.doubt) if self.draft.doubt else self._question_text(ask, repeated=repeated)
        )
        return replace(self.keys(ask), parts=tuple(Part(text=part) for part in (*before, text) if part))

    def keys(self, ask: Ask) -> Reply:
        """A reply without words: the keys of a question and how far it is."""
        asks_phone = trait(ask, "phones") and self.draft.doubt is None
        share = (Button(label=self.scene.say("button.share_phone"), does="phone"),) if asks_phone else ()
        return Reply(
            buttons=(*self._buttons(ask), *share),
            asks_phone=asks_phone,
            progress=self.form.progress(ask.key),
        )

    def command(self, label: str, key: str, value: str = "") -> Button:
        return Button(label=self.scene.say(f"button.{label}"), does="command", key=key, value=value)

    def doubt_labels(self, doubt: Doubt) -> tuple[str, ...]:
        """What stands on the keys under a doubt, in their order; the last says "none of these"."""
        say = self.scene.say
        if doubt.why == "field":
            return (*(label for label, _ in doubt.candidates), say("button.never_mind"))
        if len(doubt.candidates) == 1:
            return say("button.yes_right"), say("button.no_other")
        return (*(label for label, _ in doubt.candidates), say("button.none_of_these"))

    def _question_text(self, ask: Ask, *, repeated: bool) -> str:
        short = self.own(ask, "short") if repeated else None
        text = self.text(short or f"{self.form.name}.{ask.key}")
        if not (ask.topic and self.form.topics):
            return text
        return self.scene.say("engine.topic", n=str(ask.topic), total=str(self.form.topics), text=text)

    def _doubt_text(self, ask: Ask, doubt: Doubt) -> str:
        value = doubt.candidates[0][0] if len(doubt.candidates) == 1 else ""
        return self.text(self.own(ask, doubt.why) or f"doubt.{doubt.why}", **{"value": value, **doubt.values})

    def _buttons(self, ask: Ask) -> tuple[Button, ...]:
        if self.draft.doubt is not None:
            return self._doubt_buttons(ask, self.draft.doubt)
        of = _stamp(self.draft)
        buttons = [
            Button(label=choice.label, does="answer", key=ask.key, value=choice.value, of=of)
            for choice in self.choices(ask)
        ]
        if trait(ask, "ends") and self.draft.so_far:
            buttons.append(self.command("done", "done"))
        if ask.optional:
            buttons.append(self.command("skip", "skip"))
        if ask.key in self.draft.answers:
            buttons.append(self.command("keep", "continue"))
        return tuple(buttons)

    def _doubt_buttons(self, ask: Ask, doubt: Doubt) -> tuple[Button, ...]:
        labels = self.doubt_labels(doubt)
        if doubt.why == "field":
            fields = [
                Button(label=label, does="command", key="edit", value=str(key))
                for label, (_, key) in zip(labels, doubt.candidates, strict=False)
            ]
            return (*fields, Button(label=labels[-1], does="command", key="continue"))
        values = [*(_CHOSEN + json.dumps(value) for _, value in doubt.candidates), NONE_OF_THESE]
        return tuple(
            Button(label=label, does="answer", key=ask.key, value=value, of=_stamp(self.draft))
            for label, value in zip(labels, values, strict=True)
        )


def chosen(button: Button) -> tuple[bool, Value]:
    """The value of a key under a doubt, and whether it is one."""
    if not button.value.startswith(_CHOSEN):
        return False, None
    return True, json.loads(button.value[len(_CHOSEN) :])


def _renamed(answers: Answers, renamed: dict[str, str]) -> Answers:
    if not any(key in renamed for key in answers):
        return answers
    # an answer under the present name is the newer one
    return {renamed[key]: value for key, value in answers.items() if key in renamed} | {
        key: value for key, value in answers.items() if key not in renamed
    }
