"""Indonesian mobile numbers, as people write, forward and dictate them."""

import re
from dataclasses import dataclass

from domain.reading import LONGEST_ANSWER, Invalid, Unclear
from domain.words import plain

__all__ = ["Phone", "SameChat", "mask", "read_phone"]


@dataclass(frozen=True, slots=True)
class Phone:
    """A mobile number in E.164: '+6282000000001'."""

    e164: str


@dataclass(frozen=True, slots=True)
class SameChat:
    """'sama', 'nomor ini': the number of the chat that this was written in."""


PhoneReading = Phone | SameChat | Unclear[str] | Invalid

_SAME = re.compile(
    r"^(?:(?:ya|iya|pakai|pake|pk|yg|yang|nomor|nomer|nmr|no|hp|wa|whatsapp|telp|nope|ke|di|kalih|sareng|nggih|sm)\s+)*"
    r"(?:sama|podo|sami|sarua|sda|sami mawon|ini|iki|ieu|niki|tsb|sama aja|sama saja|yang ini|yg ini|ini aja|ini saja|"
    r"sama dengan (?:ini|wa)|sama dengan wa ini|sama kayak (?:ini|wa)|wa ini|wa|nomor ini|chat ini|yang sama|"
    r"yg dipakai ini)"
    r"(?:\s+(?:aja|saja|juga|ya|bu|pak|kak|mawon|wae|ae|wa|dengan wa ini|sama wa|nomornya|dgn wa|dengan wa|"
    r"seperti ini))*$"
)
_LINK = re.compile(r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?([0-9]+)[^\s]*|\btel:")
_SPAN = re.compile(r"\+?\s?\(?[0-9](?:[\s().\-–]{0,3}[0-9])*")
_SEPARATORS = re.compile(r"[^0-9]")
_TWO = re.compile(r"(?<=[0-9])\s*(?:/|,|;|\||&|\bdan\b|\batau\b|\bsama\b|\bkaro\b)\s*(?=[+(0-9])")
_GLUED = re.compile(r"[0-9][a-z]|[0-9o][\s.-]?[olisx][0-9]|\b[ol][0-9]")  # '0820 0000 000l': letters for digits
_SPOKEN = {
    "nol": "0", "kosong": "0", "o": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6",
    "tujuh": "7", "delapan": "8", "lapan": "8", "sembilan": "9",
}  # fmt: skip
_AS_DIGITS = str.maketrans("olis", "0115")
_SHORTEST, _LONGEST = 9, 13  # digits of a mobile number after 62, as phonenumbers has it: 9 to 12


def read_phone(text: str, own: str | None = None) -> PhoneReading:
    """The one mobile number in a text; `own`, this chat's number, counts as SameChat. Two numbers are a doubt."""
    if len(text) > LONGEST_ANSWER:
        return Unclear(None, "long")
    words = plain(text).strip(' .!?:;,"*_')
    if _SAME.match(words):
        return SameChat()
    found = _numbers_in(words)
    if not found or _GLUED.search(words):
        return _read_letters(words)
    readings = {_read_number(number) for number in found}
    if len(readings) > 1:
        return _choose(readings)
    reading = readings.pop()
    return SameChat() if own is not None and reading == Phone(own) else reading


def mask(e164: str) -> str:
    """A number that can be shown in a log or a list: '+6282000000001' gives '+6282•••••••01'."""
    return e164[:5] + "•" * max(len(e164) - 7, 3) + e164[-2:] if len(e164) > 7 else "•" * len(e164)


def _numbers_in(words: str) -> list[str]:
    linked = _LINK.sub(lambda match: f" +{match[1]} " if match[1] else " ", words)
    pieces = _TWO.sub(" | ", linked).split("|")
    return [number for piece in pieces for span in _SPAN.findall(piece) for number in _split_double(span)]


def _split_double(span: str) -> list[str]:
    """'0820 0000 0001 0820 0000 0002' is two numbers that only a space parts."""
    number = ("+" if span.strip().startswith("+") else "") + _SEPARATORS.sub("", span)
    halves = re.split(r"\s+(?=\+?(?:0|62)8)", span.strip())
    if len(halves) > 1 and all(len(_SEPARATORS.sub("", half)) >= _SHORTEST for half in halves):
        return [_SEPARATORS.sub("", half) for half in halves]
    return [number]


def _read_letters(words: str) -> PhoneReading:
    spoken = [_SPOKEN.get(word, "") for word in words.split()]
    digits = "".join(spoken)
    if len(digits) >= _SHORTEST and all(spoken):
        reading = _read_number(digits)
        return Unclear(reading.e164, "spoken") if isinstance(reading, Phone) else reading
    joined = re.sub(r"(?<=[0-9olis])[\s.-]+(?=[0-9olis])", "", words)
    if re.fullmatch(r"\+?[0-9olis]{9,15}", joined):
        reading = _read_number(joined.translate(_AS_DIGITS))
        return Unclear(reading.e164, "letters") if isinstance(reading, Phone) else reading
    return Invalid("too_short") if re.fullmatch(r"[0-9]", words) else Unclear(None, "no_number")


def _choose(readings: set[PhoneReading]) -> PhoneReading:
    """Two mobile numbers, or digits beside one ('081234567/8'): which? Asked with the one number, if there is one."""
    phones = [reading for reading in readings if isinstance(reading, Phone)]
    others = [reading for reading in readings if reading not in (*phones, Invalid("too_short"))]
    if not phones:
        return others[0] if others else Invalid("too_short")
    return Unclear(None, "several") if len(phones) > 1 else Unclear(phones[0].e164, "several")


def _read_number(digits: str) -> PhoneReading:
    national = _national(digits)
    if national is None:
        return _read_foreign(digits)
    if not national.startswith("8"):
        return _read_landline(national)
    if len(national) < _SHORTEST:
        return Invalid("too_short")
    if len(national) >= _LONGEST:
        return Invalid("too_long")
    return _checked(national)


def _national(digits: str) -> str | None:
    """The digits after +62, or None for what cannot be an Indonesian number."""
    bare = digits.lstrip("+")
    if not digits.startswith("+") and bare.startswith("00"):
        bare = bare[2:]
        digits = "+" + bare
    if bare.startswith("62"):
        return bare[2:].removeprefix("0")
    if digits.startswith("+"):
        return None
    if bare.startswith("0"):
        return bare[1:]
    return bare if bare.startswith("8") else None


def _read_foreign(digits: str) -> PhoneReading:
    if digits.startswith(("+", "00")):
        return Invalid("not_id")
    if len(digits) < _SHORTEST:
        return Invalid("too_short")
    return Invalid("too_long") if len(digits) > 14 else Invalid("not_id")


def _read_landline(national: str) -> PhoneReading:
    if len(national) < 7:
        return Invalid("too_short")
    return Invalid("too_long") if len(national) > 12 else Unclear(None, "landline")


def _checked(national: str) -> PhoneReading:
    import phonenumbers  # heavy (48 MB on disk), and most turns need no phone

    number = phonenumbers.PhoneNumber(country_code=62, national_number=int(national))
    e164 = f"+62{national}"
    kind = phonenumbers.number_type(number)
    return Phone(e164) if kind == phonenumbers.PhoneNumberType.MOBILE else Unclear(e164, "unusual")
