"""Names as people give them: 'nama saya Siti Aminah' and 'bu siti aminah' are Siti Aminah."""

import re

from domain.words import bare, word_set

__all__ = ["is_given_name", "name_in", "name_of_person", "name_of_product"]

_SEPARATOR = r"(?:\s*[:=]\s*|\s*,\s+|\s+)"
_LEAD = re.compile(
    rf"(?:(?:perkenalkan|kenalkan|halo|nama\s+(?:saya|lengkap|kulo|kula)|namaku|nama|saya|aku|kulo|kula|jenengku"
    rf"|jeneng\s+kul[ao]|bernama|adalah|itu|my\s+name\s+is|i\s+am|i['’]m){_SEPARATOR})+",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:bu|ibu|pak|bapak)\.?\s+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]")
_LOWER = frozenset({"bin", "binti"})  # "child of": small within a name
_GIVEN_NAMES = word_set("rahayu salam syukron suksma aman")  # words of a chat that people are also called
_LONGEST_SHORTING = 4  # letters: "ABC" may be a brand, "KERIPIK" is a caps lock


def name_in(said: str) -> str:
    """The name in an answer to "who are you?". What is left of it without a name stays as it was said."""
    if _LEAD.fullmatch(f"{said} "):
        return said
    name = said
    for opening in (_LEAD, _TITLE):
        found = opening.match(name)
        rest = name[found.end() :] if found else ""
        name = rest if _LETTERS.search(rest) else name
    return name


def name_of_person(said: str) -> str:
    """The name in an answer, with its capitals: 'saya siti binti amin' is 'Siti binti Amin', 'McDedi' stays."""
    name = name_in(said)
    if name not in {name.lower(), name.upper()}:
        return name
    return " ".join(_capital(word, place) for place, word in enumerate(name.lower().split()))


def _capital(word: str, place: int) -> str:
    return word if place and word in _LOWER else word[:1].upper() + word[1:]


def name_of_product(said: str) -> str:
    """With a capital in front; what was written in capitals alone is put into small ones, but for short forms."""
    letters = sum(letter.isalpha() for letter in said)
    if said == said.upper() and letters > _LONGEST_SHORTING:
        return " ".join(_capital(word, 0) for word in said.lower().split())
    return said if said[1:2].isupper() else said[:1].upper() + said[1:]


def is_given_name(said: str) -> bool:
    """Whether a word that may be a greeting or a question is a name where a name is asked for: 'Rahayu'."""
    return bare(name_in(said)) in _GIVEN_NAMES
