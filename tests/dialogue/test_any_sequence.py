"""Whatever is sent, in whatever order, over restarts and releases: the engine never crashes, never falls silent without
a reason, never loses or moves an answer, and can always be left.
"""

import re
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dialogue.answers import choice, text
from dialogue.commands import value_of
from dialogue.conversation import Ask, Conversation, Draft
from dialogue.message import Button, File, Incoming, Kind, Reply
from dialogue.turn import Outcome, Turn, turn
from dialogue.wording import Wording
from tests.dialogue.warung import TEXTS, WARUNG, Person, kinds, photo, tap
from tests.scale import scaled

_RENAMED = ("_b", "_c", "_d")
_EXTRAS = (
    Ask(key="extra_a", take=text(1, 60)),
    Ask(key="extra_b", take=choice(), choices=kinds, optional=True),
    Ask(key="extra_c", take=text(1, 60), summary=True),
)


def _with_releases(content: str) -> str:
    """The small form's texts again, under the names that later releases give its questions."""
    name = re.compile(r"^warung-([a-z]+)(?=[ -])", re.MULTILINE)
    copies = [name.sub(rf"warung-\1{suffix}", content) for suffix in _RENAMED]
    texts = [each.partition("\nfaq-")[0] + "\n" for each in copies]
    extras = [f"warung-{ask.key} = Tambahan {ask.key}?\nwarung-{ask.key}-label = Tambahan\n" for ask in _EXTRAS]
    return "\n".join([content, *texts, *extras])


WORDING = Wording.parse(
    (file.parent.name, file.name, _with_releases(file.read_text()) if file.name == "warung.ftl" else file.read_text())
    for file in TEXTS
)

WORDS = st.sampled_from(
    [
        "ya", "iya bu", "nggih", "tidak", "belum", "nanti saja", "👍", "🙏", "?", "1", "2", "3", "9", "-", ".", "",
        "setuju", "Siti", "Aminah", "Siti Aminah", "*Aminah", "eh salah, Siti Aminah", "balerejo", "tegalasri wlingi",
        "Balerejo dan Tegalasri", "tulungrejo", "wlingi", "Bukan semuanya", "makanan", "kain", "yang kedua", "12rb",
        "25", "Rp25.000", "gratis", "nego", "3 10rb", "100 bungkus seminggu", "0820 0000 0003", "sama", "selesai",
        "sudah", "cukup", "belum ada", "lewati", "lanjut", "kembali", "ubah", "ubah harga", "ubah nama", "ubah warna",
        "ada yang salah", "sudah betul", "Nama", "harga 14 ribu", "harga 15", "jenis kain",
        "ubah nama jadi Siti Rahma", "menu", "bantuan", "petugas", "status", "foto", "halal", "halo",
        "assalamualaikum", "makasih bu", "ini bayar?", "aman gak?", "berhenti", "stop pengumuman", "resep dari nenek",
    ]
)  # fmt: skip
ANY_WORDS = st.one_of(WORDS, WORDS, st.text(max_size=40), st.lists(WORDS, min_size=2, max_size=3).map(" ".join))


class AnySequence(RuleBasedStateMachine):
    """One person with a phone, and a programme that keeps releasing."""

    def __init__(self) -> None:
        super().__init__()
        self.person = Person(wording=WORDING)
        self.form = WARUNG
        self.keys: list[tuple[Button, int]] = []  # with the form that they were made for
        self.forms = 0
        self.photos: set[int] = set()
        self.releases = 0
        self._begin()

    def _begin(self) -> None:
        self.photos.clear()
        self.forms += 1
        self.person.form = self.form
        self._look(self.person.starts())

    # what people send ------------------------------------------------------------------------------------------------

    @rule(words=ANY_WORDS, after=st.sampled_from([0.3, 2, 9, 20, 60, 9000]), unread=st.integers(0, 40))
    def writes(self, words: str, after: float, unread: int) -> None:
        last_reply = "queued" if after < 3 else "sent"
        self._send(Incoming(kind=Kind.TEXT, text=words), after=after, last_reply=last_reply, words_unread=unread)

    @rule(words=ANY_WORDS)
    def edits(self, words: str) -> None:
        self._send(Incoming(kind=Kind.TEXT, text=words, edited=True))

    @rule(times=st.integers(1, 6))
    def answers_as_the_question_wants(self, times: int) -> None:
        """Else long forms would rarely be filled in."""
        for _ in range(times):
            self._answer()

    def _answer(self) -> None:
        wanted = {
            "consent": "setuju", "name": "Budi Santoso", "place": "tegalasri wlingi", "phone": "0820 0000 0002",
            "kind": "kain", "price": "15rb", "capacity": "20 kg sebulan", "photos": "selesai", "story": "dari nenek",
            "check": "sudah betul",
        }  # fmt: skip
        self._send(Incoming(kind=Kind.TEXT, text=wanted.get(self.person.asked.partition("_")[0], "Kain")))

    @rule(data=st.data())
    def taps_any_key_it_ever_saw(self, data: st.DataObject) -> None:
        if self.keys:
            button, form = data.draw(st.sampled_from(self.keys))
            self._send(tap(button), stale=form != self.forms)

    @precondition(lambda self: self.person.shown.buttons)
    @rule(data=st.data(), twice=st.booleans())
    def taps_a_key_in_sight(self, data: st.DataObject, twice: bool) -> None:
        pressed = tap(data.draw(st.sampled_from(self.person.shown.buttons)))
        form = self.forms
        self._send(pressed)
        if twice:
            self._send(pressed, stale=form != self.forms, after=0.4)

    @rule()
    def taps_a_key_that_nobody_can_resolve(self) -> None:
        self._send(Incoming(kind=Kind.TAP, tapped="zz.9"))

    @rule(media=st.integers(1, 6), album=st.sampled_from(["", "a1"]))
    def sends_a_photo(self, media: int, album: str) -> None:
        self._send(photo(media, album), after=1)

    @rule(kind=st.sampled_from([kind for kind in Kind if kind not in {Kind.TEXT, Kind.TAP, Kind.PHOTO}]))
    def sends_something_else(self, kind: Kind) -> None:
        file = File(file_id="x", media_id=70, mime="application/pdf") if kind is Kind.DOCUMENT else None
        self._send(Incoming(kind=kind, phone="+6282000000004" if kind is Kind.PHONE else "", file=file))

    # what the programme does -----------------------------------------------------------------------------------------

    @rule()
    def comes_back_after_days(self) -> None:
        self._look(self.person.resumes())

    @precondition(lambda self: self.releases < 3)
    @rule(data=st.data(), change=st.sampled_from(["insert", "remove", "rename"]))
    def releases_another_form(self, data: st.DataObject, change: str) -> None:
        asks = list(self.form.asks)
        at = data.draw(st.integers(0, len(asks) - 1))
        if change == "insert":
            asks.insert(at, _EXTRAS[self.releases])
        elif change == "remove" and len(asks) > 3:
            asks.pop(at)
        elif change == "rename":
            old = asks[at]
            new = old.names[-1].partition("_")[0] + _RENAMED[self.releases]
            if not old.key.startswith("extra"):
                asks[at] = replace(old, key=new, was=old.names)
        self.releases += 1
        self.form = Conversation("warung", tuple(asks), topics=6)
        self.person.form = self.form

    # what must hold --------------------------------------------------------------------------------------------------

    def _send(self, incoming: Incoming, *, stale: bool = False, **more: Any) -> None:
        person = self.person
        assert person.draft is not None
        before, shown = person.draft, person.shown
        came = person.sends(incoming, **more)
        if came.outcome is Outcome.ENDED:
            assert came.draft is None
            assert came.reply is not None
            self._begin()
            return
        self._nothing_lost_or_moved(before, came, incoming, stale=stale)
        self._photos_are_there(came, incoming)
        self._misses_differ(before, came, shown)
        self._look(came)

    def _look(self, came: Turn) -> None:
        """The answer of a turn, as a person sees it."""
        if came.outcome is Outcome.SILENT:
            assert came.why
        if came.outcome is Outcome.COMMAND:
            assert came.command
            assert came.reply is None
        if came.outcome is Outcome.ASKED:
            assert came.reply is not None
            assert came.reply.text.strip()
            assert came.draft is not None
            assert self.form.ask(came.draft.asked) is not None
        if came.reply is not None:
            assert Reply.from_json(came.reply.to_json()) == came.reply
            self.keys.extend((button, self.forms) for button in came.reply.buttons)
        if came.outcome is Outcome.FINISHED:
            assert came.draft is not None
            self._begin()

    def _nothing_lost_or_moved(self, before: Draft, came: Turn, incoming: Incoming, *, stale: bool) -> None:
        assert came.draft is not None
        old, new = self._by_name(before), self._by_name(came.draft)
        assert set(old) <= set(new)
        changed = {key for key in new if key not in old or old[key] != new[key]}
        if came.outcome is Outcome.COMMAND or came.outcome is Outcome.CANCELLED:
            assert not changed
        if stale and incoming.button is not None and incoming.button.does == "answer":
            assert not changed  # a key of an earlier form answers nothing in this one
        assert changed <= self._may_change(before, incoming), (changed, before, incoming)

    def _may_change(self, before: Draft, incoming: Incoming) -> set[str]:
        """The questions that a message can have been an answer to: the one that was seen, or that it belongs to."""
        if incoming.kind is Kind.TAP:
            button = incoming.button
            if button is None:
                return set()
            if button.does == "command":
                return {self._name(before.asked)} if button.key in {"skip", "done"} else set()
            return {self._name(button.key)}
        if incoming.kind in {Kind.PHOTO, Kind.DOCUMENT}:
            return {self._name(ask.key) for ask in self.form.asks if ask.names[-1] == "photos"}
        if incoming.kind is Kind.PHONE:
            return {self._name(ask.key) for ask in self.form.asks if ask.names[-1] == "phone"}
        said = {self._name(key) for key in (before.asked, before.last.key if before.last else "") if key}
        return said | {self._name(ask.key) for ask in self.form.asks if self._names(ask, incoming.text)}

    def _names(self, ask: Ask, words: str) -> bool:
        """Whether a message says which field it corrects: "harga 14 ribu"."""
        label = self.person.wording.for_person("id")
        key = f"warung.{ask.key}.label"
        return label.has(key) and bool(value_of(words, label(key), linked=ask.take.free))

    def _by_name(self, draft: Draft) -> dict[str, Any]:
        return {self._name(key): value for key, value in draft.answers.items()}

    def _name(self, key: str) -> str:
        """A question's first name, whatever it is called now."""
        ask = self.form.ask(key)
        return ask.names[-1] if ask is not None else key

    def _photos_are_there(self, came: Turn, incoming: Incoming) -> None:
        """A photo that was taken is in the draft, open or not, until the form is over."""
        assert came.draft is not None
        draft = came.draft
        places = (*draft.answers.values(), *draft.early.values(), draft.so_far)
        there = {media for album in places if isinstance(album, list) for media in album}
        if incoming.kind is Kind.PHOTO and came.outcome is Outcome.SILENT and came.why == "more":
            assert incoming.file is not None
            assert incoming.file.media_id in there
            self.photos.add(int(incoming.file.media_id or 0))
        assert self.photos <= there

    def _misses_differ(self, before: Draft, came: Turn, shown: Reply) -> None:
        """Two misunderstandings in a row are never answered with the same sentences; the third offers a person."""
        if came.draft is None or came.draft.misses <= before.misses or came.reply is None:
            return
        if before.misses:
            assert came.reply.text != shown.text
        if came.draft.misses % 3 == 0:
            assert any(button.key == "human" for button in came.reply.buttons)

    @invariant()
    def can_be_left(self) -> None:
        draft = self.person.draft
        assert draft is not None
        left = turn(self.form, draft, Incoming(kind=Kind.TEXT, text="batal"), self.person.scene())
        assert left.outcome is Outcome.CANCELLED
        assert left.draft is not None
        assert self._by_name(left.draft) == self._by_name(draft)


AnySequence.TestCase.settings = settings(
    max_examples=scaled(60),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_any_sequence = AnySequence.TestCase
