"""Events: what people answer to an invitation, and when they are reminded (dialogue.md rule 19, reliability.md 2.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.programme import QuietHours
from domain.quiet_hours import last_open, next_open

__all__ = ["RULES", "Planned", "Rsvp", "Rule", "is_wanted", "plan"]


class Rsvp(StrEnum):
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reminder of an event.

    days_before, at   due at this local time so many days before; or
    before            due so long before the start
    valid_until       so long before the start it is worth sending; later it is dropped
    only_yes          to those who said yes; else to all who did not say no
    may_come_early    where quiet hours make it too late, it comes at the last open minute before
    """

    kind: str
    days_before: int = 0
    at: time | None = None
    before: timedelta | None = None
    valid_until: timedelta
    only_yes: bool = False
    may_come_early: bool = False


RULES = (
    Rule(kind="day_before", days_before=1, at=time(16), valid_until=timedelta(hours=3), may_come_early=True),
    Rule(kind="two_hours", before=timedelta(hours=2), valid_until=timedelta(minutes=20), only_yes=True),
)
_BY_KIND = {rule.kind: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Planned:
    """When a reminder is due, in open hours, and until when it may be sent. UTC."""

    kind: str
    due_at: datetime
    not_after: datetime


def plan(starts_at: datetime, zone: ZoneInfo, hours: QuietHours, now: datetime) -> tuple[Planned, ...]:
    """The reminders of an event that are still ahead of now."""
    return tuple(each for each in _plan(starts_at, zone, hours) if each.due_at > now)


def is_wanted(kind: str, answer: str | None) -> bool:
    """Whether somebody who answered so is to be reminded. A kind that no rule knows is for nobody."""
    rule = _BY_KIND.get(kind)
    if rule is None:
        return False
    return answer == Rsvp.YES if rule.only_yes else answer != Rsvp.NO


def _plan(starts_at: datetime, zone: ZoneInfo, hours: QuietHours) -> Iterator[Planned]:
    for rule in RULES:
        due, not_after = _due_of(rule, starts_at, zone), starts_at - rule.valid_until
        moved = next_open(due, hours, "reminder", zone)
        if moved > not_after and rule.may_come_early:
            moved = last_open(due, hours, "reminder", zone)
        if moved <= not_after:
            yield Planned(rule.kind, moved, not_after)


def _due_of(rule: Rule, starts_at: datetime, zone: ZoneInfo) -> datetime:
    if rule.at is None:
        return starts_at - (rule.before or timedelta())
    day = (starts_at.astimezone(zone) - timedelta(days=rule.days_before)).date()
    return datetime.combine(day, rule.at, zone).astimezone(starts_at.tzinfo)
