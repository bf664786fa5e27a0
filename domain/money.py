"""Prices as producers write them: '25rb', '1jt500rb', 'sepuluh ribu sekilo', '3 10rb', '15-20rb'.

The grammar never guesses silently. Whatever is left over in a text after amount, unit, pack and courtesies turns the
answer into a question, with the likeliest amount as its proposal.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from domain.figures import COUNT, Figure, count_of, read_figure
from domain.reading import LONGEST_ANSWER, Invalid, Unclear
from domain.units import UNIT, unit_of
from domain.words import Rest, plain, word_set

__all__ = ["APPROX_WORD", "HIGHEST_PRICE", "RANGE", "Price", "PriceRange", "read_price"]

HIGHEST_PRICE = 1_000_000_000  # rupiah; more is a phone number or a slip, so it is asked
_LOWEST_CERTAIN = 1_000  # '25' means 25.000 to everybody but a computer


@dataclass(frozen=True, slots=True)
class Price:
    """`idr` whole rupiah for `pack` pieces (None: one) of the unit `per` (None: not said)."""

    idr: int
    per: str | None = None
    pack: int | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class PriceRange:
    """From `low` to `high` whole rupiah, low < high."""

    low: int
    high: int
    per: str | None = None
    approx: bool = False


PriceReading = Price | PriceRange | Unclear[int] | Invalid


@dataclass(slots=True)
class _Parts:
    """What was cut out around the amount."""

    per: str | None = None
    pack: int | None = None
    approx: bool = False
    rupiah: bool = False  # 'Rp' stood there, so small amounts may be meant as they are
    coins: bool = False  # 'perak' stood there: 500 perak is Rp500 and nothing else


_ZERO = re.compile(
    r"^(gratis|free|cuma-cuma|cuma cuma|tanpa bayar|ora mbayar|haratis|nol|kosong|0+([.,]0+)?)( rupiah)?$"
)
_NEGATIVE = re.compile(r"^(-\s?|minus |min )[0-9]")
_FOREIGN = re.compile(r"[$€£¥]|\b(usd|dolar|dollar|ringgit|rm|riyal|sgd|euro|yen)\b")
_MARK = re.compile(r"\b(?:rp|idr)\s*[.:]?\s*(?=[0-9a-z-])|\b(?:rp|idr)[.:]?(?=\s|$)|\b(?:rupiah|perak)\b")
_TAIL = re.compile(r"(?<=[0-9])\s*[.,]\s*[-=]+|(?<=[0-9])\s?[-=]+(?=\s*($|/|per\b))")
_AT = re.compile(r"^@\s?|\s?@$")
APPROX_WORD = re.compile(
    r"\b(kira ?-?kira|kira2|kurang lebih|krg lbh|krng lbh|lebih kurang|sekitar(an)?|kisaran|seputar|rata ?-?rata|rata2|"
    r"kurleb|skitar|udakara|hampir|kinten ?-?kinten|watara|plus minus)\b|±|\+\s*/?\s*-|[~≈]"
)
_APPROX_TAIL = re.compile(r"((?:\b|(?<=[0-9]))(?:rb|ribu|rebu|rbu|jt|juta|k|ewu)|[0-9])\s?-?an\b")
RANGE = re.compile(
    r"\s*(?:-|\bs\s*/\s*d\b|\bsampai\b|\bsampe\b|\bsampek\b|\bsmp\b|\bsd\b|\bhingga\b|\bnganti\b|\bdugi\b)\s*"
)
_BETWEEN = re.compile(r"^(?:antara|antawis)\b(.+?)\b(?:dan|sama|dengan|sampai|-)\b(.+)$")
_FROM = re.compile(r"^(?:dari|antara|mulai|ti)\s+(?=.*(?:-|\bsampai\b|\bsampe\b|\bhingga\b|\bs/d\b))")
_MULTIPACK = re.compile(r"\b(?:isi|isinya|dapat|dapet|dpt|oleh|entuk|kenging|@)\s*(" + COUNT + r")\s*(" + UNIT + r")?")
_PER = re.compile(r"(?:\b(?:per|tiap|setiap|saben)\s*-?\s*|[/@]\s*)(?:(" + COUNT + r")\s*)?(" + UNIT + r")")
_PER_COUNT = re.compile(r"(?<=[a-z0-9])\s*/\s*(?!1?\s*[0-9]+\s*(?:rb|jt|juta|ribu))([0-9]{1,4})$")
_PER_ANY = re.compile(r"\bper\s+([a-z]{3,20})\b|(?<=[a-z0-9])/([a-z]{3,20})\b")
_SE_UNIT = re.compile(r"\b(?:se|sa|sak)\s?-?(" + UNIT + r")")
_COUNTED = re.compile(r"(?<![0-9.,/])(" + COUNT + r")\s?(" + UNIT + r")")
_UNIT_ALONE = re.compile(r"(?<![a-z])(" + UNIT + r")$")
_NUMBER_WORDS = re.compile(r"^(ribu|rb|juta|jt|ratus|puluh|perak|rupiah)$")
_LETTER_O = re.compile(r"(?<=[0-9.,])o{2,3}\b")
_SPACED = re.compile(r"^([1-9][0-9]{0,2}) ((?:000)(?: 000)?)$")
_PACK_FIRST = re.compile(
    r"^([0-9]{1,2}|(?:dua|tiga|telu|empat|papat|lima|enam)(?=\s+(?:[0-9]|sepuluh|seribu|sewu|se ribu|sebelas)))\s+(.+)$"
)
_PACK_LAST = re.compile(r"^(.*(?:rb|ribu|k|ewu|rebu|000))\s+([0-9]{1,2})$")

_SLANG = {
    "seceng": 1_000, "noceng": 2_000, "goceng": 5_000, "ceban": 10_000, "noban": 20_000, "jigoban": 25_000,
    "goban": 50_000, "cepekceng": 100_000, "pekceng": 100_000, "gopekceng": 500_000, "setiao": 1_000_000,
    "cetiao": 1_000_000, "gotiao": 5_000_000,
}  # fmt: skip
_SLANG_SHORT = {  # said of rupiah and of thousands alike, so always asked
    "gocap": 50_000, "cepek": 100_000, "gopek": 500_000, "jigo": 25_000, "nopek": 200_000, "pekgo": 150_000,
    "ceceng": 1_000, "ceng": 1_000, "noceban": 20_000, "gope": 500_000, "seket": 50_000, "satus": 100_000,
}  # fmt: skip
_FILLERS = word_set(
    """
    aja saja doang ae wae mawon ya yah iya kak kakak pak bapak bu ibu mas mbak mba min bos gan kang teh teteh om
    harganya harga hrg hargane regane rego reganipun pangaos hargana jualnya dijual jual sy saya cuma hanya kalau
    kalo klo untuk utk itu ini kok sih nggih biasanya biasa nett pas dah deh dong lah to yo nih inggih tok mung
    masing-masing satuan nya jadi nggeh njih eh oh hmm mah teh atuh
    """
)


def read_price(text: str) -> PriceReading:
    """A price in whole rupiah, a range, a doubt with its likeliest amount, or a refusal (zero, negative)."""
    if len(text) > LONGEST_ANSWER:
        return Unclear(None, "long")
    whole = plain(text).strip(' .!?;:"*_()[]')
    if _ZERO.match(whole):
        return Invalid("zero")
    if _FOREIGN.search(whole):
        return Unclear(None, "currency")
    parts, rest = _Parts(), Rest(whole)
    while mark := rest.take(_MARK):
        parts.rupiah = True
        parts.coins = parts.coins or mark[0] == "perak"
    if _NEGATIVE.match(rest.text):
        return Invalid("negative")
    return _read_amount(rest, parts)


def _read_amount(rest: Rest, parts: _Parts) -> PriceReading:
    rest.text = _AT.sub("", _TAIL.sub(" ", rest.text).strip())
    _take_approx(rest, parts)
    rest.text = _FROM.sub("", rest.text)
    rest.text = _BETWEEN.sub(r"\1 - \2", rest.text)
    rest.text = RANGE.sub(" - ", rest.text)
    _take_unit(rest, parts)
    rest.drop(_FILLERS)
    _take_unit_alone(rest, parts)
    amount = rest.text.strip(" .,:;!?()")
    if " - " in f" {amount} ":
        return _read_range(amount, parts)
    return _read_single(amount, parts)


def _take_approx(rest: Rest, parts: _Parts) -> None:
    while rest.take(APPROX_WORD):
        parts.approx = True
    rest.text, found = _APPROX_TAIL.subn(r"\1 ", rest.text)
    parts.approx = parts.approx or found > 0


def _take_unit(rest: Rest, parts: _Parts) -> None:
    """'isi 5', 'per bungkus', 'sekilo', '/3 biji', '1 kg': at most one of each; a second one makes a doubt."""
    for pattern, count_group, unit_group in (
        (_MULTIPACK, 1, 2),
        (_PER, 1, 2),
        (_PER_COUNT, 1, 0),
        (_SE_UNIT, 0, 1),
        (_COUNTED, 1, 2),
    ):
        match = pattern.search(rest.text)
        if match is None:
            continue
        count = count_of(match[count_group]) if count_group and match[count_group] else None
        unit = match[unit_group] if unit_group else None
        if (count is not None and parts.pack) or (unit and parts.per) or _is_whole_amount(count, match, rest):
            continue
        if count_group and match[count_group] and not count:
            continue
        rest.take(pattern)
        parts.pack = count if count is not None and count > 1 else parts.pack
        parts.per = unit_of(unit) if unit else parts.per
    if parts.per is None and (match := _PER_ANY.search(rest.text)):
        word = match[1] or match[2]
        if not _NUMBER_WORDS.match(word) and read_figure(word) is None:
            rest.take(_PER_ANY)
            parts.per = word


def _is_whole_amount(count: int | None, match: re.Match[str], rest: Rest) -> bool:
    """'25.000 bungkus' counts no bungkus: the number is the price, or nobody knows."""
    return count is not None and (
        count >= _LOWEST_CERTAIN or not re.search(r"[0-9]|ribu|ewu|juta", _without(match, rest))
    )


def _without(match: re.Match[str], rest: Rest) -> str:
    return rest.text[: match.start()] + rest.text[match.end() :]


def _take_unit_alone(rest: Rest, parts: _Parts) -> None:
    """'25rb bungkus': the unit stands after an amount that names its thousands."""
    match = _UNIT_ALONE.search(rest.text)
    if match is None or parts.per is not None:
        return
    figure = read_figure(rest.text[: match.start()].strip())
    if figure is not None and figure.scale > 1:
        rest.take(_UNIT_ALONE)
        parts.per = unit_of(match[1])


def _read_range(amount: str, parts: _Parts) -> PriceReading:
    sides = [read_figure(side) for side in amount.split(" - ")]
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return Unclear(None, "range")
    low, high = _same_scale(sides[0], sides[1])
    bounds = low.whole, high.whole
    if not (low.sure and high.sure) or bounds[0] is None or bounds[1] is None or parts.pack:
        return Unclear(None, "range")
    if not _LOWEST_CERTAIN <= bounds[0] < bounds[1] < HIGHEST_PRICE or bounds[1] > 20 * bounds[0]:
        return Unclear(None, "range")
    return PriceRange(bounds[0], bounds[1], parts.per, parts.approx)


def _same_scale(low: Figure, high: Figure) -> tuple[Figure, Figure]:
    """In '15-20rb' the 15 are thousands too."""
    if low.scale == 1 and high.scale > 1 and low.value < 1000 and not low.grouped:
        return Figure(low.value * high.scale, high.scale, low.sure), high
    if high.scale == 1 and low.scale > 1 and high.value < 1000 and not high.grouped:
        return low, Figure(high.value * low.scale, low.scale, high.sure)
    return low, high


def _read_single(amount: str, parts: _Parts) -> PriceReading:
    if amount in _SLANG:
        return _price(_SLANG[amount], parts)
    if amount in _SLANG_SHORT:
        return Unclear(_SLANG_SHORT[amount], "slang")
    if match := _SPACED.match(amount):
        amount = match[1] + match[2].replace(" ", "")
    if (packed := _read_pack(amount, parts)) is not None:
        return packed
    figure = read_figure(amount)
    if figure is not None:
        return _judge(figure, parts)
    return Unclear(_likeliest(amount), "leftover")


def _judge(figure: Figure, parts: _Parts) -> PriceReading:
    """The small, the huge and the half-said are asked, everything else is a price."""
    idr = figure.whole
    if figure.value == 0:
        return Invalid("zero")
    if figure.scale == 1 and not figure.grouped and figure.value < _LOWEST_CERTAIN:
        return _judge_small(figure.value, parts)
    if idr is None or idr >= HIGHEST_PRICE:
        return Unclear(None, "too_large" if idr else "fraction")
    if idr < _LOWEST_CERTAIN or not figure.sure:
        return Unclear(idr, "amount")
    return _price(idr, parts)


def _judge_small(value: Decimal, parts: _Parts) -> PriceReading:
    if value != value.to_integral_value():
        return Unclear(None, "fraction")  # '7,5': thousands or millions?
    if parts.coins and value >= 50:
        return _price(int(value), parts)
    if parts.rupiah and value >= 100:
        return Unclear(int(value), "small")
    return Unclear(int(value) * 1000, "small")


def _price(idr: int, parts: _Parts) -> Price:
    return Price(idr, parts.per, parts.pack, parts.approx)


def _read_pack(amount: str, parts: _Parts) -> PriceReading | None:
    """'3 10rb' is three for ten thousand; '15 20rb' is a range, or is it? Then ask."""
    pieces = _PACK_FIRST.match(amount)
    count, money = (pieces[1], pieces[2]) if pieces else ("", "")
    if pieces is None and (pieces := _PACK_LAST.match(amount)):
        count, money = pieces[2], pieces[1]
    pack, figure = count_of(count), read_figure(money)
    if pack is None or figure is None or not figure.sure or figure.whole is None:
        return None
    idr = figure.whole
    if not _LOWEST_CERTAIN <= idr < HIGHEST_PRICE:
        return None
    count_in_rupiah = parts.rupiah and amount.startswith(count)  # 'Rp 2 5.000': a slip, no pack of two
    if pack < 2 or parts.pack is not None or count_in_rupiah or pack * 1000 <= idr <= pack * 2000:
        return Unclear(idr, "pack_or_range")
    return Price(idr, parts.per, pack, parts.approx)


_AMOUNT_IN_TEXT = re.compile(
    r"[0-9][0-9.,]*[0-9]\s?(?:rb|ribu|jt|juta|k)?(?![a-z0-9])|[0-9]\s?(?:rb|ribu|jt|juta|k)(?![a-z])"
)


def _likeliest(amount: str) -> int | None:
    """The one amount in a text that was not understood as a whole; None if there are several."""
    joined = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", _LETTER_O.sub(lambda match: "0" * len(match[0]), amount))
    found = _AMOUNT_IN_TEXT.findall(joined)
    figures = [figure for piece in found if (figure := read_figure(piece)) is not None]
    if len(found) != 1 or not figures or figures[0].whole is None:
        return None
    idr = figures[0].whole * (1000 if figures[0].value < _LOWEST_CERTAIN else 1)
    return idr if 0 < idr < HIGHEST_PRICE else None
