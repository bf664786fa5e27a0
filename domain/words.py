"""Words as people type them: one plain form that every reader of this floor starts from."""

import re
import unicodedata

__all__ = ["Rest", "bare", "plain", "word_set", "words_of"]

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_SLASHES = dict.fromkeys(map(ord, "⁄∕"), "/")
_QUOTES = dict.fromkeys(map(ord, "'`´‘’ʼ\"“”«»"), None)
_STRAIGHT = _DASHES | _SLASHES | _QUOTES
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_EDGES = " \t.,!?;:*_~()[]{}<>|…·•=\\"
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text in lower case and NFKC, with plain digits, dashes and single spaces, and without what nobody sees."""
    if text.isascii() and text.isprintable():  # nearly every message: nothing in it to take apart letter by letter
        return _SPACES.sub(" ", text.lower().translate(_STRAIGHT)).strip()
    letters = "".join(_visible(letter) for letter in text)
    folded = unicodedata.normalize("NFKC", letters).lower().translate(_STRAIGHT)
    # a second time: lower-casing and compatibility forms can bring marks of their own
    return _SPACES.sub(" ", "".join(_visible(letter) for letter in folded)).strip()


def bare(text: str) -> str:
    """The plain text without the punctuation around it: 'DAFTAR!!' is 'daftar', a lone '-' stays."""
    return plain(text).strip(_EDGES)


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, without punctuation."""
    return tuple(re.findall(r"[^\W_]+", plain(text)))


def word_set(words: str) -> frozenset[str]:
    """A table of words, written as text."""
    return frozenset(words.split())


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "No":
        return f" {letter}"  # '25²' must not become 252, nor '1½' 11/2
    if letter.isspace():
        return " "
    if category in _INVISIBLE:
        return " " if category == "Cc" else ""
    return "" if ord(letter) in _SKIN_TONES else letter


class Rest:
    """What of a text has not been understood yet. Each `take` cuts a piece out; what remains at the end is doubt."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, cut out of the text, or None."""
        match = pattern.search(self.text)
        if match is not None:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}".strip()
        return match

    def drop(self, words: frozenset[str]) -> None:
        """Takes away words that carry no meaning here ('aja', 'bu', 'ya')."""
        kept = [word for word in self.text.split() if word.strip(_EDGES + "-") not in words]
        self.text = " ".join(kept)
