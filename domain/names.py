"""Names as people give them: 'nama saya Siti Aminah' and 'Bu Siti Aminah' are Siti Aminah."""

import re

__all__ = ["name_in"]

_SEPARATOR = r"(?:\s*[:=]\s*|\s*,\s+|\s+)"
_LEAD = re.compile(
    rf"(?:(?:perkenalkan|kenalkan|halo|nama\s+(?:saya|lengkap|kulo|kula)|namaku|nama|saya|aku|kulo|kula|jenengku"
    rf"|jeneng\s+kul[ao]|bernama|adalah|itu|my\s+name\s+is|i\s+am|i['’]m){_SEPARATOR})+",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:bu|ibu|pak|bapak)\.?\s+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]")


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
