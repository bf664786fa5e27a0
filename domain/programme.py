"""A programme as data: one file of programmes/ is one programme (domain.md 2), and a new one is one more file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["Category", "Named", "Programme", "ProgrammeError", "QuietHours", "Unit", "parse_programme"]

# The six decisions are fixed; a programme may only rename them.
DECISIONS = ("menunggu", "kurang_berkas", "perlu_perbaikan", "dalam_pembinaan", "lolos", "tidak_lolos")
UNITS = ("desa", "pesantren", "rw")


class ProgrammeError(ValueError):
    """What is wrong in a programme's file and where, in plain words."""


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Category(Named):
    words: tuple[str, ...] = ()
    food: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What a producer belongs to. `kind` is desa, pesantren or rw."""

    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class Criterion(Named):
    """One line of the rubric, scored 1 to 5. `weight` in points of 100."""

    weight: int
    anchors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Spans in the person's local time in which a class of messages may go, and spans in which nothing goes."""

    broadcast: tuple[time, time]
    reminder: tuple[time, time]
    friday_prayers: tuple[time, time] | None
    maghrib: tuple[time, time] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    id: str
    name: str
    bot_name: str
    owner: str
    number_prefix: str
    scope: tuple[str, ...]
    zone: str
    language: str
    greets: str
    data_officer: str
    retention_years: int
    answer_days: int
    office_hours: str
    unit: Unit
    categories: tuple[Category, ...]
    stages: tuple[Named, ...]
    decision_labels: Mapping[str, str]
    certificates: tuple[str, ...]
    halal_mandatory_from: date | None
    mentoring_topics: tuple[Named, ...]
    event_types: tuple[Named, ...]
    rubric: tuple[Criterion, ...]
    quiet_hours: QuietHours
    quiet_seconds: float
    quiet_cap_seconds: float
    extra: Mapping[str, Any] = field(default_factory=dict)

    def category(self, category_id: str) -> Category | None:
        return next((category for category in self.categories if category.id == category_id), None)

    def stage(self, stage_id: str) -> Named | None:
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def place_of(self, stage_id: str) -> int:
        """The stage's place in order, from 1; 0 where the programme no longer has it."""
        return next((place for place, stage in enumerate(self.stages, 1) if stage.id == stage_id), 0)

    def stage_after(self, stage_id: str) -> Named | None:
        place = self.place_of(stage_id)
        return self.stages[place] if 0 < place < len(self.stages) else None

    def covers(self, region_code: str) -> bool:
        return any(region_code == code or region_code.startswith(code + ".") for code in self.scope)


def parse_programme(text: str, source: str = "") -> Programme:
    """The programme that a TOML text describes. Raises ProgrammeError, which names the file and the line's key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeError(f"{source}: {error}") from error
    try:
        return _programme(data)
    except KeyError as error:
        raise ProgrammeError(f"{source}: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise ProgrammeError(f"{source}: {error}") from error


def _programme(data: Mapping[str, Any]) -> Programme:
    stages = _named(data["stages"], "stages")
    if not stages:
        raise ProgrammeError("stages holds no stage")
    unit = Unit(kind=data["unit"]["kind"], example=data["unit"]["example"])
    if unit.kind not in UNITS:
        raise ProgrammeError(f"unit.kind is {unit.kind!r}; it can be {', '.join(UNITS)}")
    labels = dict(data.get("decisions", {}))
    if unknown := set(labels) - set(DECISIONS):
        raise ProgrammeError(f"decisions holds {min(unknown)!r}; the decisions are {', '.join(DECISIONS)}")
    dialogue = data.get("dialogue", {})
    certificates = data.get("certificates", {})
    return Programme(
        id=data["id"],
        name=data["name"],
        bot_name=data.get("bot_name", data["name"]),
        owner=data["owner"],
        number_prefix=data["number_prefix"],
        scope=tuple(data["scope"]),
        zone=_zone(data["zone"]),
        language=data.get("language", "id"),
        greets=data.get("greets", "id"),
        data_officer=data["data_officer"],
        retention_years=int(data["retention_years"]),
        answer_days=int(data["answer_days"]),
        office_hours=data["office_hours"],
        unit=unit,
        categories=_categories(data["categories"]),
        stages=stages,
        decision_labels=labels,
        certificates=tuple(certificates.get("kinds", ())),
        halal_mandatory_from=certificates.get("halal_mandatory_from"),
        mentoring_topics=_named(data.get("mentoring_topics", ()), "mentoring_topics"),
        event_types=_named(data.get("event_types", ()), "event_types"),
        rubric=_rubric(data.get("rubric", ())),
        quiet_hours=_quiet_hours(data["quiet_hours"]),
        quiet_seconds=float(dialogue.get("quiet_seconds", 3.0)),
        quiet_cap_seconds=float(dialogue.get("quiet_cap_seconds", 10.0)),
        extra=data.get("extra", {}),
    )


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProgrammeError(f"zone is {name!r}; it is an IANA name such as Asia/Jakarta or Asia/Makassar") from error
    return name


def _named(rows: Iterable[Mapping[str, Any]], where: str) -> tuple[Named, ...]:
    named = tuple(Named(row["id"], row["label"]) for row in rows)
    _refuse_twins([item.id for item in named], where)
    return named


def _categories(rows: Iterable[Mapping[str, Any]]) -> tuple[Category, ...]:
    categories = tuple(
        Category(row["id"], row["label"], tuple(row.get("words", ())), bool(row.get("food", False))) for row in rows
    )
    _refuse_twins([category.id for category in categories], "categories")
    if not categories:
        raise ProgrammeError("categories holds no category")
    return categories


def _rubric(rows: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    rubric = tuple(
        Criterion(
            row["id"], row["label"], int(row["weight"]), {int(score): text for score, text in row["anchors"].items()}
        )
        for row in rows
    )
    if rubric and sum(criterion.weight for criterion in rubric) != 100:
        raise ProgrammeError(f"the weights of rubric add up to {sum(line.weight for line in rubric)}, not to 100")
    return rubric


def _refuse_twins(ids: list[str], where: str) -> None:
    for twin in sorted({item for item in ids if ids.count(item) > 1}):
        raise ProgrammeError(f"{where} holds {twin!r} twice")


def _quiet_hours(data: Mapping[str, Any]) -> QuietHours:
    return QuietHours(
        broadcast=_span(data["broadcast"], "quiet_hours.broadcast"),
        reminder=_span(data["reminder"], "quiet_hours.reminder"),
        friday_prayers=_span(data["friday_prayers"], "quiet_hours.friday_prayers")
        if "friday_prayers" in data
        else None,
        maghrib=_span(data["maghrib"], "quiet_hours.maghrib") if "maghrib" in data else None,
    )


def _span(pair: list[str], where: str) -> tuple[time, time]:
    try:
        first, last = (time.fromisoformat(text.replace(".", ":")) for text in pair)
    except ValueError as error:
        raise ProgrammeError(f'{where} is {pair!r}; it is a pair such as ["08.00", "19.30"]') from error
    return first, last
