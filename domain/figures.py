"""Numbers in digits and in words: '7,5', 'dua puluh lima', 'selawe ewu', '1jt500rb', 'sejuta setengah'.

Indonesian with the everyday forms of Javanese and Sundanese.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

__all__ = ["COUNT", "Figure", "Literal", "count_of", "read_figure", "read_literal"]

THOUSAND, MILLION = 1_000, 1_000_000

_UNITS: dict[str, int] = {
    word: value
    for value, forms in enumerate(
        (
            "nol",
            "satu siji setunggal hiji sji",
            "dua dua2 loro ro rong kalih dwa duwa",
            "tiga telu telung tilu tigo tigang",
            "empat papat patang opat sekawan pat",
            "lima limo limang gangsal lm",
            "enam nem enem genep nenem",
            "tujuh pitu pitung tuju",
            "delapan wolu wolung dalapan lapan dlapan delapn",
            "sembilan sanga songo sangang salapan smbilan",
        )
    )
    for word in forms.split()
}
_FIXED: dict[str, int] = {
    "sepuluh": 10, "sepulu": 10, "spuluh": 10, "sedasa": 10, "sedoso": 10, "sapuluh": 10,
    "sebelas": 11, "sewelas": 11, "sabelas": 11, "rolas": 12, "telulas": 13, "patbelas": 14, "patblas": 14,
    "limolas": 15, "limalas": 15, "nembelas": 16, "nemblas": 16, "pitulas": 17, "wolulas": 18, "sangalas": 19,
    "songolas": 19, "selikur": 21, "rolikur": 22, "telulikur": 23, "patlikur": 24, "selawe": 25, "salawe": 25,
    "slawe": 25, "selangkung": 25, "nemlikur": 26, "pitulikur": 27, "wolulikur": 28, "sangalikur": 29,
    "seket": 50, "sawidak": 60, "sewidak": 60, "suwidak": 60,
}  # fmt: skip
_TENS = {"puluh": 10, "pulu": 10, "pluh": 10, "plh": 10, "dasa": 10}
_HUNDREDS = {"ratus": 100, "atus": 100, "rts": 100}
_SCALES = {
    word: value
    for value, forms in ((THOUSAND, "ribu rb rbu rebu ewu k ribo ribuh rib rbb"), (MILLION, "juta jt jta yuta jut"))
    for word in forms.split()
}
_ONE_OF = {
    "seratus": "ratus", "saratus": "ratus", "satus": "ratus", "seribu": "ribu", "serebu": "ribu", "sarebu": "ribu",
    "sewu": "ribu", "serbu": "ribu", "sejuta": "juta", "sajuta": "juta", "sayuta": "juta", "sejt": "juta",
}  # fmt: skip
_FRACTIONS = {
    "setengah": Decimal("0.5"), "stengah": Decimal("0.5"), "separuh": Decimal("0.5"), "setenga": Decimal("0.5"),
    "stgh": Decimal("0.5"), "satengah": Decimal("0.5"), "seperempat": Decimal("0.25"), "saprapat": Decimal("0.25"),
    "seprapat": Decimal("0.25"),
}  # fmt: skip
_LEXICON = frozenset({*_UNITS, *_FIXED, *_TENS, *_HUNDREDS, *_SCALES, *_ONE_OF, *_FRACTIONS, "belas", "blas"})

COUNT = r"(?:[0-9]+(?:[.,][0-9]+)*|(?:" + "|".join(sorted(_LEXICON - {"k"}, key=len, reverse=True)) + r")(?![a-z]))"

_PIECE = re.compile(r"\s*(?:([0-9]+/[0-9]+)|([0-9][0-9.,]*[0-9]|[0-9])|([a-z]+))")


@dataclass(frozen=True, slots=True)
class Literal:
    """Digits with their separators read: '25.000' is 25000 and grouped, '7,5' is 7.5."""

    value: Decimal
    grouped: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as read. `scale` is the largest scale named (1, 1000, 1000000); not `sure` means: ask."""

    value: Decimal
    scale: int
    sure: bool
    grouped: bool = False

    @property
    def whole(self) -> int | None:
        """The value, if it is a whole number."""
        return int(self.value) if self.value == self.value.to_integral_value() else None


def read_literal(raw: str) -> Literal | None:
    """Digits with dots and commas after Indonesian use ('1.250.000,50') or English use ('1,250,000.50'), else None."""
    if re.fullmatch(r"0|[1-9][0-9]*", raw):
        return Literal(Decimal(raw), grouped=False)
    if match := re.fullmatch(r"([1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]{1,2}))?", raw):
        return Literal(Decimal(re.sub(r"[.,]", "", match[1]) + "." + (match[3] or "0")), grouped=True)
    if match := re.fullmatch(r"(0|[1-9][0-9]*)[.,]([0-9]{1,2}|(?<=0[.,])[0-9]{3})", raw):
        return Literal(Decimal(f"{match[1]}.{match[2]}"), grouped=False)
    return None


def read_figure(text: str) -> Figure | None:
    """The number that the whole (plain) text is, or None when anything else stands in it."""
    pieces = _pieces(text)
    if not pieces:
        return None
    return _Reader(pieces).figure()


def count_of(text: str) -> int | None:
    """A whole number, surely meant as one: '3', 'tiga', 'selawe', '1.000'; else None."""
    figure = read_figure(text)
    return figure.whole if figure is not None and figure.sure else None


_Piece = str | Literal | Decimal


def _pieces(text: str) -> list[_Piece] | None:
    pieces: list[_Piece] = []
    text, at = text.replace("tiga perempat", "3/4").rstrip(), 0
    while at < len(text):
        match = _PIECE.match(text, at)
        piece = None if match is None else _read_piece(match)
        if match is None or piece is None:
            return None
        pieces.extend(piece)
        at = match.end()
    return _join_se(pieces)


def _read_piece(match: re.Match[str]) -> list[_Piece] | None:
    if match[1]:
        top, bottom = match[1].split("/")
        proper = 0 < int(top) < int(bottom) <= 10
        return [Decimal(top) / Decimal(bottom)] if proper else None
    if match[2]:
        literal = read_literal(match[2])
        return None if literal is None else [literal]
    return list(parts) if (parts := _split_word(match[3])) else (["se"] if match[3] in {"se", "sa"} else None)


def _join_se(pieces: list[_Piece]) -> list[_Piece] | None:
    """'se ribu' is 'seribu'; a lone 'se' is no number."""
    for at, piece in enumerate(pieces):
        if piece == "se":
            follower = pieces[at + 1] if at + 1 < len(pieces) else None
            if not (isinstance(follower, str) and follower in (_TENS | _HUNDREDS | _SCALES)):
                return None
            pieces[at] = "satu"
    return pieces


@lru_cache(maxsize=4096)
def _split_word(word: str) -> tuple[str, ...]:
    """'limangewu' is 'limang ewu'; the empty tuple when the word is no number."""
    if word in _LEXICON:
        return ("satu", _ONE_OF[word]) if word in _ONE_OF else (word,)
    if len(word) > 60:
        return ()
    for cut in range(len(word) - 1, 1, -1):
        head = word[:cut]
        if head in _LEXICON and (tail := _split_word(word[cut:])):
            return (*_split_word(head), *tail)
    return ()


class _Reader:
    """Recursive descent over pieces: [millions juta] [thousands ribu] [rest]."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._at = 0
        self._sure = True
        self._grouped = False
        self._literal = False

    def figure(self) -> Figure | None:
        total, scale = Decimal(0), 1
        for step in (MILLION, THOUSAND):
            part = self._scaled(step, named=scale)
            if part is not None:
                total, scale = total + part, max(scale, step)
        rest = self._below_scale()
        if self._at != len(self._pieces) or (rest is None and scale == 1):
            return None
        if rest is not None:
            total += self._fit(rest, total, scale)
        return Figure(total, scale, self._sure, self._grouped)

    def _fit(self, rest: Decimal, total: Decimal, scale: int) -> Decimal:
        """What the rest after a scale adds: 'lima ribu lima ratus' is sure, '5rb5' and '1jt 500' are guesses."""
        smallest = THOUSAND if total % MILLION else scale
        if scale > 1 and rest < 1:
            return rest * smallest  # 'sejuta setengah'
        if scale == 1 or (100 <= rest < smallest == THOUSAND) or (THOUSAND <= rest < smallest):
            return rest
        self._sure = False
        if rest < 10:
            return rest * smallest / 10
        return rest * THOUSAND if smallest == MILLION and rest < THOUSAND else rest

    def _scaled(self, scale: int, *, named: int) -> Decimal | None:
        start, grouped = self._at, self._grouped
        value = self._below_scale()
        if value is None or _SCALES.get(self._word()) != scale:
            self._at, self._grouped = start, grouped
            return None
        self._at += 1
        if self._literal and (self._grouped or value >= THOUSAND):
            self._sure = False  # '25.000rb': surely 25.000 is meant, but ask
            return value
        if value >= THOUSAND and named > 1:
            self._sure = False
        return (value + self._fraction()) * scale

    def _below_scale(self) -> Decimal | None:
        piece = self._piece()
        self._literal = isinstance(piece, Literal)
        if isinstance(piece, Literal):
            self._at += 1
            self._grouped = self._grouped or piece.grouped
            return piece.value + self._fraction()
        if isinstance(piece, Decimal) or piece in _FRACTIONS:
            return self._fraction()
        words = self._words()
        return None if words is None else words + self._fraction()

    def _fraction(self) -> Decimal:
        piece = self._piece()
        if isinstance(piece, Decimal):
            self._at += 1
            return piece
        if isinstance(piece, str) and piece in _FRACTIONS:
            self._at += 1
            return _FRACTIONS[piece]
        return Decimal(0)

    def _words(self) -> Decimal | None:
        """A number below a thousand in words."""
        start, total = self._at, 0
        if self._unit() is not None and self._word(1) in _HUNDREDS:
            total += (self._unit() or 0) * 100
            self._at += 2
        total += self._tens()
        return Decimal(total) if self._at > start else None

    def _tens(self) -> int:
        unit, follower = self._unit(), self._word(1)
        fixed = _FIXED.get(self._word())
        if unit is not None and follower in {"belas", "blas"}:
            self._at += 2
            return 10 + unit
        if unit is not None and follower in _TENS:
            self._at += 2
            return unit * 10 + self._single()
        if fixed is not None:
            self._at += 1
            return fixed + (self._single() if fixed in {50, 60} else 0)
        return self._single()

    def _single(self) -> int:
        unit = self._unit()
        if unit is None or self._word(1) in (_TENS | _HUNDREDS):
            return 0
        self._at += 1
        return unit

    def _unit(self) -> int | None:
        return _UNITS.get(self._word())

    def _piece(self) -> _Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _word(self, ahead: int = 0) -> str:
        at = self._at + ahead
        piece = self._pieces[at] if at < len(self._pieces) else ""
        return piece if isinstance(piece, str) else ""
