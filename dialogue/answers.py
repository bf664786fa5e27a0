"""Takers: how the answer to a question is read, and how it is read back. Values are JSON; what a value holds stands at
each taker. The grammar of prices, dates, places and numbers is the domain's; here it becomes an answer or a doubt.
"""

# ruff: noqa: ARG002 - every taker is asked with the same four arguments, and few need all of them

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from babel.lists import format_list

from dialogue import commands
from dialogue.conversation import (
    Ask,
    Choice,
    Doubt,
    Draft,
    More,
    Nothing,
    Rejected,
    Scene,
    Taken,
    Taker,
    Value,
)
from dialogue.message import Incoming, Kind
from domain.certificates import Number, read_number
from domain.dates import Day, Moment, read_when
from domain.formats import format_count, format_day, format_moment, format_rupiah
from domain.money import Price, PriceRange, read_price
from domain.names import name_of_person, name_of_product
from domain.nik import find_nik
from domain.phone import Phone, SameChat, read_phone
from domain.quantity import Quantity, QuantityRange, Volume, Weight, read_quantity
from domain.reading import Invalid, Unclear
from domain.region import Village, VillageIndex

__all__ = [
    "album",
    "certificate_number",
    "choice",
    "consent",
    "day",
    "file_or_text",
    "full_name",
    "moment",
    "phone",
    "price",
    "product_name",
    "quantity",
    "review",
    "text",
    "unit",
    "yes_no",
]

Result = Taken | Rejected | More | Doubt | Nothing


def text(shortest: int, longest: int) -> Taker:
    """Words of the person, in one line; lengths in characters. Value: the text."""
    return _Text(shortest, longest)


def full_name(shortest: int, longest: int) -> Taker:
    """What a person is called, without "nama saya" and the like. Value: the name, with its capitals."""
    return _Name(_Text(shortest, longest), name_of_person, names=True)


def product_name(shortest: int, longest: int) -> Taker:
    """What a product is called. Value: the name, with a capital in front."""
    return _Name(_Text(shortest, longest), name_of_product)


def choice(read: Callable[[str], str | None] | None = None) -> Taker:
    """One of the question's choices: tap, label, digit, synonym. `read` understands more. Value: Choice.value."""
    return _Pick(read=read)


def yes_no(yes: str = "ya", no: str = "tidak", *, read: Callable[[str], bool | None] | None = None) -> Taker:
    """Yes or no, in any of our languages. Labels are `<conversation>.<key>.yes` and `.no`, or the general ones.

    `read` understands more ("21 tahun"). Value: `yes` or `no`.
    """
    return _YesNo(yes, no, read=read)


def consent(yes: str = "ya", no: str = "tidak", *, explain: bool = False) -> Taker:
    """An agreement, which must be clear (UU 27/2022 art. 22): a key, its number, or a plain yes or no.

    "Sudah betul" agrees to what was written, not to this. With `explain`, a third key
    (`<conversation>.<key>.explain.button`) shows `<conversation>.<key>.explain` and asks again. Else as `yes_no`.
    """
    return _Consent(yes, no, explain=explain)


def price() -> Taker:
    """A price in rupiah. Value: {"idr"} or {"low", "high"}, with "per", "pack" and "approx" where they were said."""
    return _Price()


def quantity() -> Taker:
    """How much. Value: {"amount"} or {"low", "high"} (decimals as text), with "unit", "per" and "approx" where said."""
    return _Quantity()


def phone() -> Taker:
    """A mobile number, typed or shared. Value: E.164."""
    return _Phone()


def unit() -> Taker:
    """One village or several, roughly typed. Value: {"codes": [Kemendagri codes], "typed": what was written}."""
    return _Unit()


def album(fewest: int, most: int) -> Taker:
    """Photos, until "selesai" or the last that fits. Value: ids of media rows; none where "lewati" is allowed (0)."""
    return _Album(fewest, most)


def file_or_text(longest: int = 300) -> Taker:
    """A photo, a PDF or words. Value: {"files": [ids]} and/or {"text"}."""
    return _FileOrText(longest)


def certificate_number(kind: str) -> Taker:
    """A photo or PDF of a certificate, or its number, read softly: an unusual one is asked about, never refused.

    Value: {"files": [ids]} and/or {"number", "usual"} with "issued_month" and "expiry_year" where the number tells.
    """
    return _CertificateNumber(kind)


def review() -> Taker:
    """The final check: [Sudah betul], or the one field that is wrong. Labels as of `yes_no`. Value: "ya"."""
    return _Review()


def day() -> Taker:
    """A day. Value: "2026-12-05"."""
    return _When(timed=False)


def moment() -> Taker:
    """A day with its time. Value: "2026-12-05T09:00:00+07:00"."""
    return _When(timed=True)


# Words ---------------------------------------------------------------------------------------------------------------

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class _Text:
    shortest: int
    longest: int
    free: bool = True

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if incoming.kind is not Kind.TEXT:
            return Rejected("write")
        said = _one_line(incoming.text)
        if not _WORD.search(said):
            return Nothing("sticker") if said else Nothing()
        if find_nik(said):
            return Rejected("nik")
        if commands.yes_no_of(said) is not None:
            return Rejected("write")
        if not _LETTER.search(said):
            return Rejected("letters")
        if len(said) < self.shortest:
            return Rejected("too_short", {"shortest": str(self.shortest)})
        if len(said) > self.longest:
            return Rejected("too_long", {"longest": str(self.longest)})
        return Taken(said)

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class _Name:
    words: _Text
    read: Callable[[str], str]
    names: bool = False  # of a person: a greeting may be one
    free: bool = True

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        result = self.words.take(incoming, ask, draft, scene)
        return Taken(self.read(result.value)) if isinstance(result, Taken) else result

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return self.words.show(value, ask, draft, scene)


def _one_line(said: str) -> str:
    """One line without the asterisks of bold letters, and without the full stop that keyboards add."""
    line = " ".join(said.replace("*", " ").split()).strip(" ,;_\"'“”")
    return line[:-1].rstrip() if line.endswith(".") and not line.endswith("..") and line.count(".") == 1 else line


# Choices -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pick:
    read: Callable[[str], str | None] | None = None
    free: bool = False

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        choices = ask.choices(draft.answers, scene) if ask.choices else ()
        return _pick(incoming, choices, self.read)

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        choices = ask.choices(draft.answers, scene) if ask.choices else ()
        return _label_of(value, choices)


@dataclass(frozen=True, slots=True)
class _YesNo:
    yes: str
    no: str
    read: Callable[[str], bool | None] | None = None
    free: bool = False

    def offers(self, ask: Ask, draft: Draft, scene: Scene) -> tuple[Choice, ...]:
        own = f"{draft.conversation}.{ask.key}"
        yes = Choice(self.yes, _label(scene, f"{own}.yes", "button.yes"))
        return yes, Choice(self.no, _label(scene, f"{own}.no", "button.no"))

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        return _pick(incoming, self.offers(ask, draft, scene), self._said)

    def _said(self, said: str) -> str | None:
        agreed = commands.yes_no_of(said)
        if agreed is None and self.read is not None:
            agreed = self.read(said)
        return None if agreed is None else self.yes if agreed else self.no

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return _label_of(value, self.offers(ask, draft, scene))


@dataclass(frozen=True, slots=True)
class _Consent:
    yes: str
    no: str
    explain: bool = False
    free: bool = False

    def offers(self, ask: Ask, draft: Draft, scene: Scene) -> tuple[Choice, ...]:
        yes, no = _YesNo(self.yes, self.no).offers(ask, draft, scene)
        if not self.explain:
            return yes, no
        own = f"{draft.conversation}.{ask.key}.explain.button"
        return yes, Choice("explain", _label(scene, own, "button.explain")), no

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        offered = self.offers(ask, draft, scene)
        if incoming.kind is Kind.TEXT:
            return self._told(incoming.text, offered)
        result = _pick(incoming, offered, None)
        return Nothing("explain") if result == Taken("explain") else result

    def _told(self, said: str, offered: tuple[Choice, ...]) -> Result:
        labels = [each.label for each in offered]
        exact = commands.same_words(said, labels)
        place = commands.place_of(said, len(offered)) if exact is None else exact
        if place is not None:
            value = offered[place].value
            return Nothing("explain") if value == "explain" else Taken(value)
        agreed = commands.agreement_of(said)
        if agreed is not None:
            return Taken(self.yes if agreed else self.no)
        meant = commands.choice_of(said, labels) if self.explain else None  # to hear more, near enough will do
        return Nothing("explain") if meant is not None and offered[meant].value == "explain" else Rejected("choose")

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return _label_of(value, self.offers(ask, draft, scene))


@dataclass(frozen=True, slots=True)
class _Review:
    free: bool = False
    corrects: bool = True  # what is typed here may be the name of a field

    def offers(self, ask: Ask, draft: Draft, scene: Scene) -> tuple[Choice, ...]:
        own = f"{draft.conversation}.{ask.key}"
        right = Choice("ya", _label(scene, f"{own}.yes", "button.right"))
        return right, Choice("wrong", _label(scene, f"{own}.no", "button.wrong"))

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        result = _pick(incoming, self.offers(ask, draft, scene), _right_or_wrong)
        return Doubt((), why="field") if result == Taken("wrong") else result

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return _label_of(value, self.offers(ask, draft, scene))


def _right_or_wrong(said: str) -> str | None:
    agreed = commands.yes_no_of(said)
    return None if agreed is None else "ya" if agreed else "wrong"


def _pick(incoming: Incoming, choices: tuple[Choice, ...], read: Callable[[str], str | None] | None) -> Result:
    if incoming.kind is Kind.TAP and incoming.button is not None:
        tapped = incoming.button.value
        return Taken(tapped) if any(each.value == tapped for each in choices) else Rejected("choose")
    if incoming.kind is not Kind.TEXT:
        return Rejected("choose")
    exact = commands.same_words(incoming.text, [each.label for each in choices])
    if exact is not None:
        return Taken(choices[exact].value)
    if read is not None and (value := read(incoming.text)) is not None and any(each.value == value for each in choices):
        return Taken(value)
    index = commands.choice_of(incoming.text, [each.label for each in choices], [each.words for each in choices])
    return Rejected("choose") if index is None else Taken(choices[index].value)


def _label_of(value: Value, choices: tuple[Choice, ...]) -> str:
    return next((each.label for each in choices if each.value == value), str(value))


def _label(scene: Scene, own: str, general: str) -> str:
    return scene.say(own if scene.say.has(own) else general)


# Amounts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Price:
    free: bool = False

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if incoming.kind is not Kind.TEXT:
            return Rejected("unclear")
        match read_price(incoming.text):
            case Price() as said:
                value = _said(idr=said.idr, per=said.per, pack=said.pack, approx=said.approx)
                return Taken(_for_as_much(value, draft.answers.get(ask.key)))
            case PriceRange() as said:
                value = _said(low=said.low, high=said.high, per=said.per, approx=said.approx)
                return Taken(_for_as_much(value, draft.answers.get(ask.key)))
            case Unclear(proposal=int(idr)):
                value = _for_as_much({"idr": idr}, draft.answers.get(ask.key))
                return Doubt(((format_rupiah(idr, scene.locale), value),), why="sure")
            case Invalid(reason=reason):
                return Rejected(reason)
            case _:
                return Rejected("unclear")

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        bounds = [value[name] for name in ("idr", "low", "high") if name in value]
        amount = "–".join(format_rupiah(bound, scene.locale) for bound in bounds)
        if value.get("approx"):
            amount = scene.say("engine.about", amount=amount)
        if value.get("pack"):
            return scene.say(
                "engine.price_pack", amount=amount, pack=str(value["pack"]), unit=value.get("per") or "pcs"
            )
        return scene.say("engine.price_per", amount=amount, unit=value["per"]) if value.get("per") else amount


def _for_as_much(value: dict[str, Any], before: Value) -> dict[str, Any]:
    """A corrected price that says nothing of it is for as much as the one before: "12.500" after "10rb per bungkus"."""
    kept = before if isinstance(before, dict) and not value.keys() & {"per", "pack"} else {}
    return {name: kept[name] for name in ("per", "pack") if name in kept} | value


@dataclass(frozen=True, slots=True)
class _Quantity:
    free: bool = False

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if incoming.kind is not Kind.TEXT:
            return Rejected("unclear")
        match read_quantity(incoming.text):
            case Quantity() as said:
                return Taken(_said(amount=str(said.amount), unit=said.unit, per=said.per, approx=said.approx))
            case QuantityRange() as said:
                return Taken(
                    _said(low=str(said.low), high=str(said.high), unit=said.unit, per=said.per, approx=said.approx)
                )
            case Weight() as said:
                return Taken(_said(amount=str(said.grams), unit="gram", approx=said.approx))
            case Volume() as said:
                return Taken(_said(amount=str(said.millilitres), unit="ml", approx=said.approx))
            case Unclear(proposal=Decimal() as amount):
                return Doubt(((_count(str(amount), scene), _said(amount=str(amount))),), why="sure")
            case Invalid(reason=reason):
                return Rejected(reason)
            case _:
                return Rejected("unclear")

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        bounds = [value[name] for name in ("amount", "low", "high") if name in value]
        amount = "–".join(_count(bound, scene) for bound in bounds)
        if value.get("unit"):
            amount = f"{amount} {value['unit']}"
        if value.get("approx"):
            amount = scene.say("engine.about", amount=amount)
        return scene.say(f"engine.per_{value['per']}", amount=amount) if value.get("per") else amount


def _count(amount: str, scene: Scene) -> str:
    number = Decimal(amount)
    if number == number.to_integral_value():
        return format_count(int(number), scene.locale)
    return str(number.normalize()).replace(".", "," if scene.locale == "id" else ".")


def _said(**parts: Any) -> dict[str, Any]:
    """Only what was said."""
    return {name: part for name, part in parts.items() if part is not None and part is not False}


# People and places ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phone:
    free: bool = False
    phones: bool = True

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if incoming.kind is Kind.PHONE and incoming.phone:
            return Taken(incoming.phone)
        if incoming.kind is not Kind.TEXT:
            return Rejected("unclear")
        if find_nik(incoming.text):
            return Rejected("nik")
        match read_phone(incoming.text):
            case Phone(e164=number):
                return Taken(number)
            case SameChat():
                own = scene.known.get("phone")
                return Taken(str(own)) if own else Rejected("no_phone")
            case Unclear(proposal=str(number)):
                return Doubt(((number, number),), why="sure")
            case Invalid(reason=reason):
                return Rejected(reason)
            case _:
                return Rejected("unclear")

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return str(value)


_APART = re.compile(r"\s*(?:\bdan\b|\bserta\b|\bsareng\b|\bkaro\b|\bkaliyan\b|&|\+|;|\n)\s*", re.IGNORECASE)
_LIKE_A_VILLAGE = 72.0  # of 100: below, a word only sounds like one
_MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class _Unit:
    free: bool = True
    places: bool = True

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if incoming.kind is not Kind.TEXT:
            return Rejected("unclear")
        said = " ".join(incoming.text.split())
        if commands.yes_no_of(said) is not None:
            return Rejected("unclear")
        joined = [part for part in _APART.split(incoming.text) if part.strip(" ,.")] or [said]
        fewest = 3 if len(joined) == 1 else 2  # after "dan", what stands between commas is a list
        parts = [each for part in joined for each in parts_of_commas(part, scene, fewest) or [part]]
        return self._one(said, scene) if len(parts) == 1 else self._several(said, parts, scene)

    def _one(self, said: str, scene: Scene) -> Result:
        nearest = VillageIndex(scene.villages(said))
        if (sure := nearest.certain(said)) is not None:
            return Taken(_villages([sure], said))
        likely = _alike(nearest, said)
        return _which([[village] for village in likely], said, scene) if likely else Rejected("no_village")

    def _several(self, said: str, parts: list[str], scene: Scene) -> Result:
        """Every reading of the parts together; those that lie in one kecamatan first, for names repeat."""
        options = [_alike(VillageIndex(scene.villages(part)), part) for part in parts[:_MOST_CANDIDATES]]
        if not all(options):
            return self._one(said, scene)
        sets = [list(each) for each in product(*(option[:3] for option in options))]
        sets.sort(key=_districts)
        alone = len(sets) > 1 and _districts(sets[0]) == 1 < _districts(sets[1])
        return _which(sets[:1] if alone else sets[:_MOST_CANDIDATES], said, scene)

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        villages = [scene.village(code) for code in value["codes"]]
        return _named([village for village in villages if village is not None], scene) or str(value["typed"])


def _districts(villages: Sequence[Village]) -> int:
    return len({village.district for village in villages})


def _named(villages: Sequence[Village], scene: Scene) -> str:
    """The labels of villages; those of one kecamatan name it once."""
    if len(villages) > 1 and _districts(villages) == 1:
        return f"{_list([village.name for village in villages], scene)} (Kec. {villages[0].district})"
    return _list([village.label for village in villages], scene)


def parts_of_commas(said: str, scene: Scene, fewest: int = 3) -> list[str]:
    """The names between commas where each is a village of its own; "Balerejo, Wlingi" is one with its kecamatan."""
    parts = [part for part in said.split(",") if part.strip()]
    if len(parts) < 2 or VillageIndex(scene.villages(said)).certain(said) is not None:
        return []
    sure = [VillageIndex(scene.villages(part)).find(part, 1) for part in parts]
    return parts if all(found and found[0].score >= 90 for found in sure) and len(parts) >= fewest else []


def _alike(nearest: VillageIndex, said: str) -> list[Village]:
    """The villages that the words may mean, best first: only those with the very name, where there are any."""
    matches = [match for match in nearest.find(said) if match.score >= _LIKE_A_VILLAGE]
    exact = [match.village for match in matches if match.score == 100.0]
    return exact or [match.village for match in matches]


def _which(sets: list[list[Village]], said: str, scene: Scene) -> Doubt:
    candidates = tuple((_named(each, scene), _villages(each, said)) for each in sets)
    return Doubt(candidates, why="village" if len(candidates) == 1 else "which")


def _villages(villages: Iterable[Village], typed: str) -> dict[str, Any]:
    return {"codes": [village.code for village in villages], "typed": typed}


def _list(labels: list[str], scene: Scene) -> str:
    return format_list(labels, locale=scene.locale) if labels else ""


# Files ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Album:
    fewest: int
    most: int
    free: bool = False
    files: bool = True
    ends: bool = True

    @property
    def empties(self) -> bool:
        return self.fewest == 0

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        so_far = _photos(draft.so_far)
        if incoming.kind is Kind.TEXT:
            return self._told(incoming.text, so_far)
        media = _media_of(incoming)
        if media is None or incoming.file is None or incoming.file.mime == "application/pdf":
            return Rejected("photo")
        if media in so_far:
            return More(so_far)
        if len(so_far) >= self.most:
            return Rejected("too_many", {"most": self.most})
        so_far = [*so_far, media]
        return Taken(so_far) if len(so_far) == self.most else More(so_far)

    def _told(self, said: str, so_far: list[int]) -> Result:
        ending = commands.ending_of(said)
        if ending is None:
            return Rejected("photo")
        if ending == commands.SKIP and not so_far and self.fewest == 0:
            return Taken([])
        if len(so_far) >= max(self.fewest, 1) or (self.fewest == 0 and ending == commands.DONE):
            return Taken(so_far)
        return Rejected("too_few", {"fewest": self.fewest, "have": len(so_far)})

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        photos = _photos(value)
        return scene.say("engine.photos", n=len(photos)) if photos else scene.say("engine.empty")


@dataclass(frozen=True, slots=True)
class _FileOrText:
    longest: int
    free: bool = True
    files: bool = True

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if (filed := _with_file(incoming, draft)) is not None:
            return filed
        result = _Text(1, self.longest).take(incoming, ask, draft, scene)
        return Taken({**_parts_of(draft), "text": result.value}) if isinstance(result, Taken) else result

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return _show_filed(value, str(value.get("text", "")), scene)


@dataclass(frozen=True, slots=True)
class _CertificateNumber:
    kind: str
    free: bool = False
    files: bool = True

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if (filed := _with_file(incoming, draft)) is not None:
            return filed
        if incoming.kind is not Kind.TEXT:
            return Rejected("number")
        if find_nik(incoming.text):
            return Rejected("nik")
        said = _one_line(incoming.text)
        match read_number(self.kind, said):
            case Number() as number:
                value = _said(number=number.value, issued_month=number.issued_month, expiry_year=number.expiry_year)
                return Taken({**_parts_of(draft), **value, "usual": number.usual})
            case Invalid(reason="no_number") | Unclear(why="long"):
                return Rejected("number")
            case Unclear() | Invalid() if any(letter.isdigit() for letter in said):
                return Doubt(((said, {**_parts_of(draft), "number": said, "usual": False}),), why="unusual")
            case _:
                return Rejected("number")

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        return _show_filed(value, str(value.get("number", "")), scene)


def _media_of(incoming: Incoming) -> int | None:
    return incoming.file.media_id if incoming.file and incoming.kind in {Kind.PHOTO, Kind.DOCUMENT} else None


def _photos(so_far: Value) -> list[int]:
    return list(so_far) if isinstance(so_far, list) else []


def _parts_of(draft: Draft) -> dict[str, Any]:
    return dict(draft.so_far) if isinstance(draft.so_far, dict) else {}


def _with_file(incoming: Incoming, draft: Draft) -> Taken | None:
    media = _media_of(incoming)
    if media is None:
        return None
    known = _parts_of(draft)
    files = _photos(known.get("files"))
    return Taken({**known, "files": files if media in files else [*files, media]})


def _show_filed(value: Value, words: str, scene: Scene) -> str:
    files = _photos(value.get("files"))
    counted = scene.say("engine.files", n=len(files)) if files else ""
    return ", ".join(part for part in (words, counted) if part)


# Days ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _When:
    timed: bool
    free: bool = False

    def take(self, incoming: Incoming, ask: Ask, draft: Draft, scene: Scene) -> Result:
        if incoming.kind is not Kind.TEXT:
            return Rejected("unclear")
        zone = ZoneInfo(scene.zone)
        match read_when(incoming.text, scene.now.astimezone(zone), zone):
            case Day() | Moment() as said:
                return self._certain(said)
            case Unclear(proposal=Day() | Moment() as said) if isinstance(fit := self._certain(said), Taken):
                return Doubt(((self.show(fit.value, ask, draft, scene), fit.value),), why="sure")
            case Invalid(reason=reason):
                return Rejected(reason)
            case _:
                return Rejected("unclear")

    def _certain(self, said: Day | Moment) -> Taken | Rejected:
        if self.timed:
            return Taken(said.at.isoformat()) if isinstance(said, Moment) else Rejected("no_time")
        return Taken((said.at.date() if isinstance(said, Moment) else said.date).isoformat())

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:
        if self.timed:
            return format_moment(datetime.fromisoformat(value), ZoneInfo(scene.zone), scene.locale)
        return format_day(date.fromisoformat(value), scene.locale)
