"""The gate that every text of a person passes before anything reads, shows or stores it."""

import re
import unicodedata

__all__ = ["TEXT_LIMIT", "clean_text"]

TEXT_LIMIT = 4096  # characters, as the longest message of a platform

# Control characters (NUL cannot be stored), lone surrogates (they cannot be encoded), and the marks that turn the
# direction of writing (they make a name read as another one). Line feed and tab stay.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_text(text: object, limit: int = TEXT_LIMIT) -> str:
    """A text as the house keeps it: composed, trimmed, at most `limit` characters; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    kept = _UNWANTED.sub("", text[: limit * 2].replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept)[:limit].strip()
