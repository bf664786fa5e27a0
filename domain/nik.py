"""The number of an identity card (NIK): found so that it can be taken out before anything is stored.

16 digits: province, regency, district (2 each), birth date DDMMYY (women: day + 40), serial number. Provinces after
Kepmendagri 300.2.2-2138/2025, with the new ones in Papua (91 to 96) that older lists reject.
"""

import re
from datetime import date

__all__ = ["NIK_REMOVED", "find_nik", "without_nik"]

NIK_REMOVED = "[NIK dihapus]"

_PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)}
)
_GAP = r"[\s.\-–—‑_/\u200b\u2060]{0,3}"
# "ID" before the digits is a halal certificate, "+" a phone number
_SIXTEEN = re.compile(r"(?<![0-9])(?=\d)\d(?:" + _GAP + r"\d){15}(?!\d)")
_OTHER_NUMBER = re.compile(r"(?:\+|\bid)\s?$", re.IGNORECASE)


def find_nik(text: str) -> tuple[tuple[int, int], ...]:
    """Where NIKs stand in a text: (start, end) of each, in order, not overlapping."""
    spans: list[tuple[int, int]] = []
    at = 0
    while match := _SIXTEEN.search(text, at):
        if _is_nik(match[0]) and not _OTHER_NUMBER.search(text, max(0, match.start() - 4), match.start()):
            spans.append(match.span())
            at = match.end()
        else:
            at = match.start() + 1
    return tuple(spans)


def without_nik(text: str) -> str:
    """The text with each NIK replaced by '[NIK dihapus]'."""
    kept, at = [], 0
    for start, end in find_nik(text):
        kept += [text[at:start], NIK_REMOVED]
        at = end
    return "".join([*kept, text[at:]])


def _is_nik(text: str) -> bool:
    groups = [len(group) for group in re.findall(r"\d+", text)]
    digits = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    return (
        _plausibly_grouped(groups) and int(digits[:2]) in _PROVINCES and _born(digits[6:12]) and digits[12:] != "0000"
    )


def _plausibly_grouped(groups: list[int]) -> bool:
    """A person parts 16 digits in pairs, fours or sixes; a phone with three digits behind it looks otherwise."""
    return max(groups) <= 4 or all(size % 2 == 0 for size in groups)


def _born(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    day -= 40 if day > 40 else 0
    try:
        date(2000 + year, month, day)  # 2000 and 1900 differ only in the 29 February of year 00
    except ValueError:
        return False
    return True
