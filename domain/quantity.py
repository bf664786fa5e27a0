"""How much a producer can make, and how much is in a pack: '100 bks/minggu', '2 lusin', 'seperempat kilo'."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from domain.figures import COUNT, read_figure
from domain.money import APPROX_WORD, RANGE
from domain.reading import LONGEST_ANSWER, Invalid, Unclear
from domain.units import GRAMS, MILLILITRES, PIECES, UNIT, unit_of
from domain.words import Rest, plain, word_set

__all__ = ["Period", "Quantity", "QuantityRange", "Volume", "Weight", "read_quantity"]

Period = Literal["day", "week", "month", "year"]

_MOST = Decimal(10_000_000)  # of anything a village makes; more is a phone number or a slip


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` pieces of `unit` (None: not said) in each period `per` (None: not said)."""

    amount: Decimal
    unit: str | None = None
    per: Period | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class QuantityRange:
    """From `low` to `high`, low < high."""

    low: Decimal
    high: Decimal
    unit: str | None = None
    per: Period | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight without a period: what a pack holds."""

    grams: Decimal
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume without a period: what a bottle holds."""

    millilitres: Decimal
    approx: bool = False


QuantityReading = Quantity | QuantityRange | Weight | Volume | Unclear[Decimal] | Invalid

_PERIOD_WORDS: dict[Period, str] = {
    "day": "hari hr ari dina dinten day hariannya harian",
    "week": "minggu mgg mggu mnggu pekan week mingguan minggunya",
    "month": "bulan bln wulan sasih month bulanan bulannya",
    "year": "tahun thn th taun warsa tahunan",
}
_PERIOD_OF = {form: period for period, forms in _PERIOD_WORDS.items() for form in forms.split()}
_PERIOD_FORM = "(" + "|".join(sorted(_PERIOD_OF, key=len, reverse=True)) + ")(?![a-z])"
_PERIOD = re.compile(
    r"(?:\b(?:dalam |dlm )?(?:per|tiap|setiap|saben|unggal|dalam|dlm)\s*-?\s*(?:1 |satu )?|\b(?:dalam |dlm )?(?:se|"
    r"sa|sak)\s?-?"
    r"|/\s*(?:1\s?)?|\b(?:1|satu) )" + _PERIOD_FORM + r"|\b(harian|mingguan|bulanan)\b"
)
_NEGATIVE = re.compile(r"^(-\s?|minus )[0-9]")
_ONE_UNIT = re.compile(r"^(?:se|sa|sak)\s?-?(" + UNIT + ")$")
_COUNTED = re.compile(r"^(.*?)\s*(" + UNIT + ")$")
_APPROX_TAIL = re.compile(r"(?<=[a-z0-9])\s?-?an(?=\s|$)")
_FILLERS = word_set(
    """
    aja saja doang ya yah kak pak bapak bu ibu mas mbak bisa biasanya biasa sanggup mampu paling maksimal max maks
    cuma hanya membuat bikin produksi buat kalau saya sy kami isi netto berat bersih isinya produksinya mboten nggih
    kapasitas kapasitasnya lebih-kurang kok sih ae wae mawon gitu dapat jadi bs bias
    """
)


def read_quantity(text: str) -> QuantityReading:
    """A capacity or a content. Weight and volume without a period come in grams and millilitres."""
    if len(text) > LONGEST_ANSWER:
        return Unclear(None, "long")
    rest = Rest(plain(text).strip(' .!?;:"*_()[]'))
    if _NEGATIVE.match(rest.text):
        return Invalid("negative")
    approx = False
    while rest.take(APPROX_WORD):
        approx = True
    period = rest.take(_PERIOD)
    per = _PERIOD_OF[period[1] or period[2]] if period else None
    rest.drop(_FILLERS)
    return _read_rest(RANGE.sub(" - ", rest.text.strip(" .,:;/")), per, approx=approx)


def _read_rest(text: str, per: Period | None, *, approx: bool) -> QuantityReading:
    if match := _ONE_UNIT.match(text):
        return _measure(Decimal(1), unit_of(match[1]), per, approx=approx)
    counted = _COUNTED.match(text)
    amount, unit = (counted[1], unit_of(counted[2])) if counted else (text, None)
    if " - " in amount:
        return _read_range(amount, unit, per, approx=approx)
    trimmed = _APPROX_TAIL.sub("", amount)
    figure = read_figure(trimmed)
    if figure is None:
        return Unclear(_likeliest(text), "leftover")
    if figure.value == 0:
        return Invalid("zero")
    if not figure.sure or figure.value > _MOST:
        return Unclear(figure.value if figure.value <= _MOST else None, "amount")
    return _measure(figure.value, unit, per, approx=approx or trimmed != amount)


def _measure(amount: Decimal, unit: str | None, per: Period | None, *, approx: bool) -> QuantityReading:
    if unit in PIECES:
        return Quantity(amount * PIECES[unit], "pcs", per, approx)
    if per is None and unit in GRAMS:
        return Weight(amount * GRAMS[unit], approx)
    if per is None and unit in MILLILITRES:
        return Volume(amount * MILLILITRES[unit], approx)
    return Quantity(amount, unit, per, approx)


def _read_range(text: str, unit: str | None, per: Period | None, *, approx: bool) -> QuantityReading:
    sides = [read_figure(side.strip()) for side in text.split(" - ")]
    if len(sides) != 2 or sides[0] is None or sides[1] is None or not (sides[0].sure and sides[1].sure):
        return Unclear(None, "range")
    low, high = sides[0].value, sides[1].value
    if not 0 < low < high <= _MOST:
        return Unclear(None, "range")
    many = PIECES.get(unit or "", 1)
    return QuantityRange(low * many, high * many, "pcs" if many > 1 else unit, per, approx)


def _likeliest(text: str) -> Decimal | None:
    found = re.findall(COUNT, text)
    figure = read_figure(found[0]) if len(found) == 1 else None
    return figure.value if figure is not None and 0 < figure.value <= _MOST else None
