"""Villages: read roughly, found by their nearest names, always shown with their kecamatan.

The search is the one measured in domain.md 4: names without spaces,
the first or last one to three words as the village,
the others as a hint at its kecamatan or kabupaten. Names repeat (Kabupaten Blitar has two Tulungrejo),
so a name alone
is often a question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from domain.figures import count_of
from domain.words import plain, word_set

__all__ = ["Match", "Village", "VillageIndex", "VillageKind", "kind_of_code", "read_rw"]

VillageKind = Literal["desa", "kelurahan", "desa_adat"]

_KINDS: dict[str, VillageKind] = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}
_MARKERS = word_set(
    """
    desa ds dsn dusun kel kelurahan kec kecamatan kecematan kab kabupaten kota kodya prov provinsi rt rw rukun warga
    no dari di dr saya sy ya bu pak bapak ibu nggih sareng pesantren ponpes kampung kp kmpg dukuh alamat wilayah
    daerah asal saking ti daerahnya desanya
    """
)
_WORD = re.compile(r"[a-z]+")
_CANDIDATES, _CUTOFF = 40, 60.0
_NAME_WEIGHT = 0.65
REMEMBERED = 256  # texts
_CERTAIN, _LEAD = 95.0, 10.0
_LIKELY, _LIKELY_LEAD = 80.0, 8.0
_EXACT = 100.0


def kind_of_code(code: str) -> VillageKind | None:
    """Desa (2xxx), kelurahan (1xxx) or desa adat (3xxx), after the fourth part of a Kemendagri code; else None."""
    parts = code.split(".")
    return _KINDS.get(parts[3][:1]) if len(parts) == 4 and len(parts[3]) == 4 else None


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan with its Kemendagri code ('35.05.17.2009') and the names above it."""

    code: str
    name: str
    district: str
    regency: str
    province: str
    kind: VillageKind = "desa"

    @property
    def label(self) -> str:
        """'Balerejo, Kec. Wlingi': never the name alone, because names repeat."""
        return f"{self.name}, Kec. {self.district}"


@dataclass(frozen=True, slots=True)
class Match:
    """A village and how near it is to what was typed, 0 to 100."""

    village: Village
    score: float


@dataclass(frozen=True, slots=True)
class _Keys:
    """The names of a village as they are compared: small letters without spaces."""

    name: str
    district: str
    regency: str


class VillageIndex:
    """Villages in memory (10,000 names are about 2 MB), for finding by roughly typed names."""

    def __init__(self, villages: Iterable[Village]) -> None:
        self._villages = tuple(villages)
        self._keys = [_Keys(_squash(v.name), _squash(v.district), _squash(v.regency)) for v in self._villages]
        self._names = [keys.name for keys in self._keys]
        self._with_district = [keys.name + keys.district for keys in self._keys]
        # One answer is read several times: alone, joined to the last one, as one village and as a list of them.
        self._nearest = lru_cache(maxsize=REMEMBERED)(self._look)

    def __len__(self) -> int:
        return len(self._villages)

    @cached_property
    def _by_code(self) -> dict[str, Village]:
        return {village.code: village for village in self._villages}

    def get(self, code: str) -> Village | None:
        """The village with this Kemendagri code."""
        return self._by_code.get(code)

    def find(self, text: str, limit: int = 5) -> tuple[Match, ...]:
        """The nearest villages, best first. Equal scores keep the order of the index."""
        return self._nearest(text, limit)

    def _look(self, text: str, limit: int) -> tuple[Match, ...]:
        best: dict[int, float] = {}
        words = _place_words(text)
        for name, hint in _splits(words):
            self._score(name, hint, best)
        if words:
            self._score_joined("".join(words), best)
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return tuple(Match(self._villages[at], round(score, 1)) for at, score in ranked)

    def certain(self, text: str) -> Village | None:
        """The village to take without a list: near (95) and well ahead of the next (10). Still shown to check."""
        return _leader(self.find(text, 2), _CERTAIN, _LEAD)

    def likely(self, text: str) -> Village | None:
        """The village to propose alone ('Balerejo, Kec. Wlingi, betul?'), or None: then the list of `find` is asked."""
        matches = self.find(text, 2)
        if not matches:
            return None
        alone = len(matches) < 2 or matches[1].score < _EXACT
        return matches[0].village if matches[0].score == _EXACT and alone else _leader(matches, _LIKELY, _LIKELY_LEAD)

    def _score(self, name: str, hint: str, best: dict[int, float]) -> None:
        for _, score, at in process.extract(
            name, self._names, scorer=fuzz.ratio, limit=_CANDIDATES, score_cutoff=_CUTOFF
        ):
            whole = score if not hint else _NAME_WEIGHT * score + (1 - _NAME_WEIGHT) * self._hint_score(hint, at)
            if whole > best.get(at, 0.0):
                best[at] = whole

    def _score_joined(self, joined: str, best: dict[int, float]) -> None:
        """'balerejowlingi', 'baler ejo wlingi': a slip at a space leaves no words to split at."""
        for _, score, at in process.extract(
            joined, self._with_district, scorer=fuzz.ratio, limit=_CANDIDATES, score_cutoff=_CUTOFF
        ):
            best[at] = max(best.get(at, 0.0), score)

    def _hint_score(self, hint: str, at: int) -> float:
        """How well the other words fit what is above the village; merely shared letters count nothing."""
        keys = self._keys[at]
        score = max(
            fuzz.partial_ratio(hint, keys.district + keys.regency) if len(hint) >= 4 else 0.0,
            fuzz.ratio(hint, keys.district),
            fuzz.ratio(hint, keys.regency),
            fuzz.ratio(hint, keys.district + keys.regency),
        )
        return score if score >= _CUTOFF else 0.0


def _leader(matches: tuple[Match, ...], enough: float, lead: float) -> Village | None:
    if not matches or matches[0].score < enough:
        return None
    ahead = matches[0].score - (matches[1].score if len(matches) > 1 else 0.0)
    return matches[0].village if ahead >= lead else None


def _place_words(text: str) -> list[str]:
    words = _WORD.findall(plain(text[:120]))
    named = [word for word in words if word not in _MARKERS]
    return (named or words)[:8]


def _squash(name: str) -> str:
    return "".join(_place_words(name))


def _splits(words: list[str]) -> list[tuple[str, str]]:
    """(village, hint) with one to three words as the village, before or after the hint."""
    splits: dict[tuple[str, str], None] = {}
    for size in range(1, min(3, len(words)) + 1):
        splits["".join(words[:size]), "".join(words[size:])] = None
        splits["".join(words[-size:]), "".join(words[:-size])] = None
    if words:
        splits["".join(words), ""] = None
    return list(splits)


_RT_RW = re.compile(
    r"\brt\.?\s?/\s?rw\.?\s?[0-9]{1,3}\s?/\s?0*([0-9]{1,3})\b|\brt\.?\s?[0-9]{1,3}\s?/\s?0*([0-9]{1,3})\b"
)
_RT = re.compile(r"\brt\.?\s*[:/-]?\s*[0-9]{1,3}\b\s*/?")
_RW = re.compile(r"\b(?:rw|erwe|rukun warga|r\.w)\.?\s*[:/-]?\s*(?:no\.?|nomor)?\s*0*([0-9]{1,5})(?![0-9])")
_RW_BEHIND = re.compile(r"\b0*([0-9]{1,3})\s?rw\b")
_RW_WORDS = re.compile(r"\b(?:rw|erwe|rukun warga)\.?\s+([a-z]+(?: (?:puluh|belas)(?: [a-z]+)?)?)")
_NUMBER = re.compile(r"(?<![0-9])0*([0-9]{1,3})(?![0-9])")


def read_rw(text: str) -> tuple[int | None, str]:
    """The number of the RW (1 to 99; None when there is none) and the rest, which names the kelurahan.

    'RW 12 melong' and 'rt 03/12 melong' give 12; how many RW a kelurahan has stands in no official list.
    """
    words = plain(text[:120])
    for pattern in (_RT_RW, _RW, _RW_BEHIND):
        if match := pattern.search(words):
            number = int(next(group for group in match.groups() if group))
            return _possible_rw(number), _RT.sub(" ", _cut(words, match)).strip(" ,.;/-")
    if (match := _RW_WORDS.search(words)) and (said := _spoken(match[1])):
        return _possible_rw(said[0]), (_cut(words, match).strip(" ,.;") + said[1]).strip()
    rest = _RT.sub(" ", words)
    numbers = _NUMBER.findall(rest)
    if len(numbers) == 1 and "rw" not in words and rest == words:
        return _possible_rw(int(numbers[0])), _NUMBER.sub(" ", rest).strip(" ,.;")
    return None, rest.strip(" ,.;")


def _spoken(words: str) -> tuple[int, str] | None:
    """A number in words at the start, and what follows it: 'dua belas melong'."""
    parts = words.split()
    for size in range(len(parts), 0, -1):
        if (number := count_of(" ".join(parts[:size]))) is not None:
            return number, " " + " ".join(parts[size:])
    return None


def _cut(words: str, match: re.Match[str]) -> str:
    return f"{words[: match.start()]} {words[match.end() :]}".strip()


def _possible_rw(number: int) -> int | None:
    return number if 1 <= number <= 99 else None
