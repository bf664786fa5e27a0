"""What a message means beside being an answer. The words of every language stand in domain.intents; here they become
what a turn asks of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from domain import intents
from domain.words import bare, plain, words_of

__all__ = [
    "CANCEL",
    "COURTESIES",
    "DONE",
    "HUMAN",
    "NAVIGATION",
    "SKIP",
    "STOP",
    "Said",
    "agreement_of",
    "choice_of",
    "command_of",
    "doubt_of",
    "ending_of",
    "guess_of",
    "is_stop",
    "is_unknown",
    "may_mean_stop",
    "navigation_of",
    "place_of",
    "question_of",
    "same_words",
    "stop_scope_of",
    "value_of",
    "yes_no_of",
]

CANCEL, SKIP, DONE = "cancel", "skip", "done"
NAVIGATION = frozenset({CANCEL, "back", SKIP, "continue", DONE, "edit"})
STOP, HUMAN = "opt_out", "human"
COURTESIES = frozenset({"greet", "thanks"})

_LONGEST_COMMAND = 60  # characters: a longer message tells something, it commands nothing
_ALIKE = 85.0  # of 100, for one word of a label typed with a slip
_SHORTEST_SLIP = 4  # letters: shorter words are compared as they are

_EDIT = re.compile(
    r"^(?:(?:mau|saya|sy|tolong|minta) )*"
    r"(?:ubah|rubah|ganti|edit|koreksi|perbaiki|betulkan|change|correct)\b(?: jawaban)?(.*)$"
)
_NOT_YET = re.compile(r"^(?:foto(?:nya)? )?(?:belum|blm|tidak|gak|ga|ndak|durung) (?:ada|punya|siap|foto)\b.{0,20}$")
_NONE = re.compile(r"^(?:bukan|dudu|sanes|tidak ada)\b(?: \w+){0,3}$|^none of (?:these|them)$")
_END = r"(?: (?:ya|to|kah|kan|tidak|gak|ga|nggak|enggak|ndak|berapa|pak|bu))*$"
_COST = (
    r"\b(?:bayar|mbayar|biaya(?:nya)?|gratis|pungutan|ongkos)\b.*\?|\b(?:is it free|how much does it cost)\b"
    r"|^(?:(?:apa|apakah|ini|iki) )*(?:bayar|mbayar|ada biaya)" + _END
)
_SAFE = (
    r"\b(?:aman|penipuan|nipu|hoax|hoaks|tipu|safe|scam)\b.*\?|^(?:(?:apa|apakah|ini|iki) )*(?:aman|penipuan)" + _END
)
_WHY = r"^(?:untuk|buat|kanggo|kangge|keur) (?:apa|opo|nopo|naon)\b|\b(?:untuk apa|what for|gunanya apa)\b.*\?"
_WHO = r"^(?:ini )?(?:siapa|sinten|sopo|saha)(?: (?:ini|ya|to|anda|kamu|niki))*$|\b(?:ini siapa|who is this)\b"
_CATALOGUE = (
    r"^(?:(?:itu|yang|maksudnya|kak|bu|pak) )*(?:(?:apa|opo|naon)(?: itu| kuwi| sih| maksudnya)*|maksudnya) "
    r"(?:itu )?katalog(?:nya)?(?: umum)?\b.{0,12}$|^katalog(?:nya)?(?: umum)?(?: itu| kuwi)? (?:apa|opo|naon)\b.{0,12}$"
    r"|^katalog(?: umum)? ?\?$|\bwhat is (?:a|the|this)(?: public)? catalogue\b"
)
_LONG = r"^(?:berapa lama|masih lama|lama (?:gak|ga|tidak|nggak)|masih banyak|how long)\b.{0,20}$"
_QUESTIONS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("cost", _COST),
        ("safe", _SAFE),
        ("why", _WHY),
        ("who", _WHO),
        ("long", _LONG),
        ("catalogue", _CATALOGUE),
    )
)


# What a message inside a form may be guessed to mean. A guess must never make a wish, or open something else, out of an
# answer that was not understood: "mahal sekali" is said about a price.
_GUESSED = frozenset({"help", "human", "status", "language", *COURTESIES})

_VALUE_LEAD = re.compile(
    r"^(?:(?:eh|oh|maaf|tolong|minta|mau|saya|sy|the|ubah|rubah|ganti|edit|koreksi|perbaiki|betulkan|change|correct)\b"
    r"[\s,.]*)+",
    re.IGNORECASE,
)
_VALUE_LINK = re.compile(
    r"^(?:\s*(?:[:=]|(?:jadi|menjadi|dadi|ke|harusnya|seharusnya|yang benar|yang betul|to|should be)\b))+\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A command or a move, with its argument ("pirt" of "sertifikat pirt", "harga" of "ubah harga")."""

    key: str
    argument: str = ""


def is_stop(text: str) -> bool:
    return len(text) <= _LONGEST_COMMAND and intents.is_stop(text)


def stop_scope_of(text: str) -> str:
    """'broadcast' where only announcements are to stop; nothing: everything."""
    return "broadcast" if intents.stop_scope(text) == "broadcast" else ""


def navigation_of(text: str) -> Said | None:
    """A move inside the form: leave, go back, skip, go on, done, or correct something."""
    if len(text) > _LONGEST_COMMAND:
        return None
    if match := _EDIT.match(bare(text)):
        return Said("edit", match[1].strip())
    move = intents.read_navigation(text, in_form=True)
    return Said(move) if move else None


def may_mean_stop(text: str) -> bool:
    """Whether a word ("keluar") leaves a form, but outside of one may mean the messages: then it is asked."""
    return (
        intents.read_navigation(text, in_form=True) == CANCEL and intents.read_navigation(text, in_form=False) is None
    )


def ending_of(text: str) -> str | None:
    """DONE where a collection is over, SKIP where there is nothing to collect."""
    move = navigation_of(text)
    if move is not None and move.key in {DONE, SKIP}:
        return move.key
    return SKIP if intents.is_unknown(text) or _NOT_YET.match(bare(text)) else None


def command_of(text: str) -> Said | None:
    """A message that is a command and nothing else. Bare numbers are never one while a question is open."""
    number = any(letter.isdigit() for letter in text) and not any(letter.isalpha() for letter in text)
    return None if number or len(text) > _LONGEST_COMMAND else _said(intents.read_intent(text))


def guess_of(text: str, *, in_form: bool = False) -> Said | None:
    """A command that the words point to, where no question understood them; in a form only one that harms nothing."""
    if len(text) > _LONGEST_COMMAND or not any(letter.isalpha() for letter in text):
        return None
    guess = _said(intents.guess_intent(text))
    return None if guess is not None and in_form and guess.key not in _GUESSED else guess


def question_of(text: str) -> str | None:
    """Which common question this asks back ("ini bayar?"): the name of a text `faq.<name>`."""
    if len(text) > _LONGEST_COMMAND:
        return None
    said, core = plain(text), bare(text)
    return next((name for name, pattern in _QUESTIONS if pattern.search(said) or pattern.search(core)), None)


def yes_no_of(text: str) -> bool | None:
    return intents.read_yes_no(text)


def agreement_of(text: str) -> bool | None:
    """A plain yes or no to something that must be agreed to clearly."""
    return intents.read_agreement(text)


def same_words(text: str, labels: Sequence[str]) -> int | None:
    """The place (0, 1, ...) of the one label that says the same, but for capitals and punctuation."""
    said = words_of(text) if labels else ()
    same = [place for place, label in enumerate(labels) if said and _words_of_label(label) == said]
    return same[0] if len(same) == 1 else None


@lru_cache(maxsize=2048)
def _words_of_label(label: str) -> tuple[str, ...]:
    return words_of(label)


def choice_of(text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> int | None:
    """The place (0, 1, ...) of the label that was meant: by number, name, or words that only it has."""
    exact = same_words(text, labels)
    if exact is not None:
        return exact
    place = intents.read_choice(text, labels, synonyms)
    return place - 1 if place is not None else _only_with(text, labels)


def doubt_of(text: str, labels: Sequence[str]) -> int | None:
    """The key under a doubt that was meant; the last says "none of these". Amounts must be said as they stand there."""
    exact = same_words(text, labels)
    if exact is not None:
        return exact
    agreed = yes_no_of(text)
    if agreed is False or _NONE.match(bare(text)):
        return len(labels) - 1
    if agreed and len(labels) == 2:
        return 0
    if any(letter.isdigit() for letter in "".join(labels)):
        return place_of(text, len(labels))
    return choice_of(text, labels)


def value_of(text: str, label: str, *, linked: bool) -> str:
    """The new value in "ubah harga jadi 14 ribu" or "harga 14 ribu", for the field with that label; '' where none is.

    `linked`: only behind "jadi", ":" and the like, for fields that take any words ("nama produk kurang pas").
    """
    lead = _VALUE_LEAD.match(text)
    rest = text[lead.end() :] if lead else text.lstrip()
    named = False
    while word := re.match(r"[^\W_]+", rest):
        if plain(word[0]).removesuffix("nya") not in _words_of_label(label):
            break
        named, rest = True, rest[word.end() :].lstrip(" \t*")
    link = _VALUE_LINK.match(rest)
    return rest[link.end() if link else 0 :].strip() if named and (link or not linked) else ""


def is_unknown(text: str) -> bool:
    """Whether a person says that they do not know, or have none: an optional question is then skipped."""
    return len(text) <= _LONGEST_COMMAND and intents.is_unknown(text)


def place_of(text: str, count: int) -> int | None:
    """The place (0, 1, ...) that a bare number names, among so many."""
    said = bare(text)
    return int(said) - 1 if said.isascii() and said.isdigit() and 1 <= int(said) <= count else None


def _only_with(text: str, labels: Sequence[str]) -> int | None:
    """The one label that has every word of the message, a slip of the finger allowed: "yang wlingi"."""
    said = [word for word in words_of(text) if len(word) >= _SHORTEST_SLIP and word != "yang"]
    holding = [
        place for place, label in enumerate(labels) if said and all(_has(_words_of_label(label), word) for word in said)
    ]
    return holding[0] if len(holding) == 1 else None


def _has(words: Sequence[str], word: str) -> bool:
    return any(fuzz.ratio(each, word) >= _ALIKE for each in words)


def _said(intent: intents.Intent | None) -> Said | None:
    return Said(intent.name, intent.detail or "") if intent else None
