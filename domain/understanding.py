"""One text at one step, and its reading in one line: the grammar of domain.md 6.4 that `sambang understand` prints.

The same readers that conversations use, in the same order: stop words, navigation, commands, the reader of the step,
guesses, and in the end 'ask'.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.certificates import Number, NumberReading, State, read_any_number, read_number, read_state
from domain.dates import Day, Moment, NoExpiry, read_when
from domain.intents import (
    Intent,
    guess_intent,
    is_abuse,
    is_start_again,
    is_stop,
    is_unknown,
    read_choices,
    read_intent,
    read_navigation,
    read_rsvp,
    read_yes_no,
)
from domain.money import Price, PriceRange, read_price
from domain.nik import find_nik
from domain.phone import Phone, SameChat, read_phone
from domain.quantity import Quantity, QuantityRange, Volume, Weight, read_quantity
from domain.reading import Invalid, Unclear
from domain.region import Village, VillageIndex, read_rw
from domain.words import bare, plain

__all__ = ["STEPS", "understand"]

_WIB, _WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a reader may know beside the text."""

    now: datetime
    villages: VillageIndex | None


_StepReader = Callable[[str, _Scene], str | None]


def understand(step: str, text: str, now: datetime, *, villages: VillageIndex | None = None) -> str:
    """The reading of `text` at `step`, e.g. 'idr:25000 per=bungkus' or 'ask:25000'. Village steps need `villages`.

    `now` must be aware. Raises ValueError for a step that does not exist.
    """
    reader = _reader_of(step)
    if (found := _before_everything(step, text)) is not None:
        return found
    return reader(text, _Scene(now, villages)) or "ask"


def _reader_of(step: str) -> _StepReader:
    if step.startswith("cert_number_"):
        kind = step.removeprefix("cert_number_")
        return lambda text, _: _certificate_number(kind, text)
    if re.fullmatch(r"choice_1_to_[1-9]", step):
        return lambda text, _: _choice(text, int(step[-1]))
    if step not in STEPS:
        raise ValueError(f"no such step: {step}")
    return STEPS[step]


def _before_everything(step: str, text: str) -> str | None:
    """What acts at every step: media, a NIK, a stop, an insult."""
    if (media := _media(text)) is not None:
        return media
    if find_nik(text):
        return "pii:nik"
    if is_stop(text):
        return _of_intent(read_intent(text))
    return "abuse" if step in {"any", "idle"} and is_abuse(text) else None


_MEDIA = re.compile(r"^\[([^\]]+)\](.*)$", re.DOTALL)
_IS_PHOTO = re.compile(r"photo|foto|image|gambar")
_CAPTION = re.compile(r"caption\s*[:=]?\s*[\"'“]?(.+?)[\"'”]?$", re.DOTALL)


def _media(text: str) -> str | None:
    match = _MEDIA.match(text.strip())
    if match is None:
        return None
    if match[2].strip():
        return _photo(f"{match[1]} caption {match[2].strip()}") if _IS_PHOTO.search(match[1].lower()) else None
    name = match[1].lower()
    if many := re.search(r"([0-9]{1,3}) (?:photos|foto|images)", name):
        return f"photos:{int(many[1])}"
    if re.search(r"voice|audio|suara|sticker|stiker|video|contact|kontak|gif|call|poll", name):
        return "ask"
    if re.search(r"location|lokasi", name):
        return "accept:location"
    if re.search(r"document|dokumen|pdf|file", name):
        return "document"
    return _photo(match[1]) if _IS_PHOTO.search(name) else None


def _photo(inside: str) -> str:
    caption = _CAPTION.search(inside)
    return f"photo caption={caption[1].strip()}" if caption else "photo"


# -- steps that are no values -----------------------------------------------------------------------------------------


def _any(text: str, _: _Scene) -> str | None:
    if navigation := read_navigation(text, in_form=False):
        return f"nav:{navigation}"
    return _of_intent(read_intent(text) or guess_intent(text))


def _form(text: str, _: _Scene) -> str | None:
    if navigation := read_navigation(text, in_form=True):
        return f"nav:{navigation}"
    return "nav:skip" if is_unknown(text) else _of_intent(_command(text))


def _form_paused(text: str, scene: _Scene) -> str | None:
    found = _form(text, scene)
    if found in {None, "nav:done"} and (answer := read_yes_no(text)) is not None:
        return "nav:continue" if answer else "nav:cancel"
    return found or _of_intent(guess_intent(text))


def _photo_upload(text: str, scene: _Scene) -> str | None:
    found = _form(text, scene)
    if found is None and read_yes_no(text):
        return "nav:done"
    return found or _of_intent(guess_intent(text))


def _confirm(text: str, _: _Scene) -> str | None:
    navigation = read_navigation(text, in_form=True)
    answer = read_yes_no(text)
    if answer is not None:
        return "nav:cancel" if navigation == "cancel" else f"bool:{'yes' if answer else 'no'}"
    if navigation in {"cancel", "back"}:
        return f"nav:{navigation}"
    return _of_intent(_command(text))


def _rsvp(text: str, _: _Scene) -> str | None:
    reading = read_rsvp(text)
    if reading is None:
        return _of_intent(_command(text))
    return f"rsvp:{reading.answer}" + (f" guests={reading.guests}" if reading.guests else "")


def _choice(text: str, count: int) -> str | None:
    chosen = read_choices(text, [f"({place})" for place in range(1, count + 1)])
    if len(chosen) > 1:
        return "choices:" + ",".join(map(str, chosen))
    return f"choice:{chosen[0]}" if chosen else _leave_or_command(text)


def _opted_out(text: str, scene: _Scene) -> str | None:
    return "intent:opt_in" if is_start_again(text) else _any(text, scene)


def _command(text: str) -> Intent | None:
    """A command inside a form: its number is an answer there, and so are greetings and thanks none."""
    return read_intent(text) if any(letter.isalpha() for letter in text) else None


def _leave_or_command(text: str, *, skip: bool = False) -> str | None:
    navigation = read_navigation(text, in_form=True)
    if navigation in {"cancel", "back"} or (skip and navigation == "skip"):
        return f"nav:{navigation}"
    return _of_intent(_command(text))


def _of_intent(intent: Intent | None) -> str | None:
    if intent is None:
        return None
    key = {"certificates": "cert", "opt_out": "scope"}.get(intent.name)
    return f"intent:{intent.name}" + (f" {key}={intent.detail}" if intent.detail else "")


# -- steps that are values --------------------------------------------------------------------------------------------


def _price(text: str, _: _Scene) -> str | None:
    reading = read_price(text)
    if isinstance(reading, Price):
        pack = f" pack={reading.pack}" if reading.pack else ""
        return f"idr:{reading.idr}{_per(reading.per)}{pack}{_approx(reading.approx)}"
    if isinstance(reading, PriceRange):
        return f"range:{reading.low}-{reading.high}{_per(reading.per)}{_approx(reading.approx)}"
    return _not_read(reading, text)


def _phone(text: str, _: _Scene) -> str | None:
    reading = read_phone(text)
    if isinstance(reading, Phone):
        return f"phone:{reading.e164}"
    return "phone:self" if isinstance(reading, SameChat) else _not_read(reading, text)


def _date(text: str, scene: _Scene) -> str | None:
    return _when(text, scene, _WIB)


def _date_wita(text: str, scene: _Scene) -> str | None:
    return _when(text, scene, _WITA)


def _when(text: str, scene: _Scene, zone: ZoneInfo) -> str | None:
    reading = read_when(text, scene.now, zone)
    if isinstance(reading, (Unclear, Invalid)):
        return _not_read(reading, text)
    return _of_when(reading)


def _of_when(reading: Day | Moment | NoExpiry) -> str:
    if isinstance(reading, NoExpiry):
        return "date:none"
    if isinstance(reading, Day):
        return f"date:{reading.date.isoformat()}"
    return f"dt:{reading.at.isoformat(timespec='minutes')}"


def _capacity(text: str, _: _Scene) -> str | None:
    reading = read_quantity(text)
    if isinstance(reading, Quantity):
        return f"qty:{_plain(reading.amount)}{_counted(reading.unit, reading.per)}{_approx(reading.approx)}"
    if isinstance(reading, QuantityRange):
        bounds = f"{_plain(reading.low)}-{_plain(reading.high)}"
        return f"range:{bounds}{_counted(reading.unit, reading.per)}{_approx(reading.approx)}"
    if isinstance(reading, Weight):
        return f"weight_g:{_plain(reading.grams)}{_approx(reading.approx)}"
    if isinstance(reading, Volume):
        return f"volume_ml:{_plain(reading.millilitres)}{_approx(reading.approx)}"
    return _not_read(reading, text)


def _not_read(
    reading: Unclear[int] | Unclear[str] | Unclear[Decimal] | Unclear[Day | Moment] | Invalid, text: str
) -> str:
    """A refusal; else leaving and commands; else a question with its proposal."""
    if isinstance(reading, Invalid):
        return f"invalid:{reading.reason}"
    if is_unknown(text):
        return "nav:skip"
    if reading.proposal is None and (found := _leave_or_command(text, skip=True)) is not None:
        return found
    return "ask" if reading.proposal is None else f"ask:{_proposal(reading.proposal)}"


def _proposal(value: int | str | Decimal | Day | Moment) -> str:
    if isinstance(value, (Day, Moment)):
        return _of_when(value).split(":", 1)[1]
    return _plain(value) if isinstance(value, Decimal) else str(value)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _per(unit: str | None) -> str:
    return f" per={unit}" if unit else ""


def _counted(unit: str | None, per: str | None) -> str:
    return (f" unit={unit}" if unit else "") + _per(per)


def _approx(approx: bool) -> str:  # noqa: FBT001 - one flag, printed
    return " approx=1" if approx else ""


# -- villages ---------------------------------------------------------------------------------------------------------


def _village(text: str, scene: _Scene) -> str | None:
    if scene.villages is None:
        raise ValueError("a village step needs villages")
    return _leave_or_command(text) or _place(text, scene.villages)


def _rw(text: str, scene: _Scene) -> str | None:
    if scene.villages is None:
        raise ValueError("a village step needs villages")
    number, rest = read_rw(text)
    place = _place(rest, scene.villages)
    if number is None or not place.startswith("region:"):
        return _leave_or_command(text) or ("ask" if place.startswith("region:") else place)
    return f"{place} rw={number}"


def _place(text: str, villages: VillageIndex) -> str:
    village = villages.likely(text)
    return f"region:{village.code}" if village is not None else _which(text, villages)


def _which(text: str, villages: VillageIndex) -> str:
    matches = villages.find(text)
    near: list[Village] = [match.village for match in matches if match.score >= max(60.0, matches[0].score - 8)]
    return "ask" + (":" + "|".join(sorted(village.code for village in near)) if near else "")


# -- certificates -----------------------------------------------------------------------------------------------------


def _certificate_state(text: str, _: _Scene) -> str | None:
    state = read_state(text)
    if state is not None:
        return f"certstate:{state}"
    if is_unknown(text):
        return "ask"
    answer = read_yes_no(text)
    if answer is not None:
        return "certstate:issued" if answer else "certstate:none"
    return _leave_or_command(text, skip=True)


_WORDS_FOR_KINDS = {"bpom": "bpom_md", "other": "other"}
_LABELS = {"gs1": "ean", "qris": "nmid", "bpom_md": "bpom", "bpom_ot": "bpom", "kosmetik": "bpom"}
_LATER = re.compile(
    r"\b(?:lupa|nanti|hilang|tidak ingat|di rumah|dirumah|dicari|cari dulu|tidak hafal|gak hafal|tdk hafal|ga hafal|"
    r"besok|menyusul|nyusul|lali|hilap)\b"
)
_HAVE = re.compile(r"\b(?:ada|punya|sudah|sdh|udah|wis|sampun)\b")
_HAVE_NOT = re.compile(r"\b(?:tidak|tdk|gak|ga|belum|blm|nggak)\s+(?:ada|punya)\b")


def _certificate_number(kind: str, text: str) -> str | None:
    wanted = _WORDS_FOR_KINDS.get(kind, kind)
    if re.search(r"\d{3}", plain(text)):
        return _of_number(read_any_number(text) if wanted == "other" else read_number(wanted, text))
    return _numberless(text)


def _numberless(text: str) -> str | None:
    """No number came: it is forgotten, being applied for, or there is none."""
    said = plain(text)
    if _LATER.search(said) and _HAVE.search(said) and not _HAVE_NOT.search(said):
        return "certstate:issued number=later"
    state: State | None = read_state(text)
    if is_unknown(text) and state in {None, "none"} and not re.search(r"belum|blm|tidak ada|ga ada|gak ada", said):
        return "nav:skip"
    if state == "issued":
        return "certstate:issued number=later"
    return f"certstate:{state}" if state else _leave_or_command(text, skip=True)


def _of_number(reading: NumberReading) -> str:
    if isinstance(reading, Invalid):
        return f"invalid:{reading.reason}"
    if isinstance(reading, Unclear):
        return "ask" if reading.proposal is None else f"ask:{reading.proposal}"
    return f"{_LABELS.get(reading.kind, reading.kind)}:{reading.value}{_dates_told(reading)}"


def _dates_told(number: Number) -> str:
    issued = f" issued={number.issued_month}" if number.issued_month else ""
    return issued + (f" expires={number.expiry_year}" if number.expiry_year else "")


def _idle(text: str, scene: _Scene) -> str | None:
    return None if bare(text) in {"keluar", "metu", "kaluar"} else _any(text, scene)


STEPS: dict[str, _StepReader] = {
    "any": _any,
    "idle": _idle,
    "form": _form,
    "form_optional": _form,
    "form_paused": _form_paused,
    "photo_upload": _photo_upload,
    "confirm": _confirm,
    "rsvp": _rsvp,
    "opted_out": _opted_out,
    "price": _price,
    "phone": _phone,
    "date": _date,
    "date_wita": _date_wita,
    "capacity": _capacity,
    "village_blitar": _village,
    "village_ntt": _village,
    "rw_cimahi": _rw,
    "cert_state": _certificate_state,
}
