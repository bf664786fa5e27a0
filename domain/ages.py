"""Whether somebody is of age, as people say it: '21 tahun', 'sudah 18', 'belum 18'."""

import re

from domain.figures import count_of
from domain.words import bare

__all__ = ["is_adult"]

ADULT = 18  # years; a younger person's consent is their parents' (UU 27/2022 art. 25)
_OLDEST = 120

_AGE = re.compile(r"\b(\d{1,3})\b")
_UNIT = re.compile(r"\b(?:tahun|thn|taun|th|years?(?: old)?)\b")
_NOT_YET = re.compile(r"\b(?:belum|blm|kurang|bawah|hampir|dereng|durung|under|below|not|almost)\b")
_BESIDE = re.compile(
    r"\b(?:umur|usia|saya|kulo|aku|sudah|sdh|udah|sampun|lebih|dari|ke|atas|di|baru|masih|ini|nya|ya|bu|pak|i|am|im|"
    r"now|already|over|above|dan|sekarang)\b"
)


def is_adult(said: str) -> bool | None:
    """True from 18 years on; None where no age was said, or where the words leave it open."""
    core = bare(said)
    words = " ".join(_BESIDE.sub(" ", _UNIT.sub(" ", _NOT_YET.sub(" ", core))).split())
    found = _AGE.fullmatch(words)
    age = int(found[1]) if found else count_of(words) if words else None
    if age is None or not (0 < age <= _OLDEST) or (age < 10 and not _UNIT.search(core)):
        return None  # "2" alone is a key, not an age
    if _NOT_YET.search(core):
        return False if age <= ADULT else None
    return age >= ADULT
