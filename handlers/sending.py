"""May this message still go? Every rule is asked again at the moment of sending (architecture.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.events import is_wanted
from domain.programme import Programme
from domain.quiet_hours import Kind, next_open
from storage import broadcasts, events
from storage.audience import BROADCASTS
from storage.outbox import Due
from storage.tx import Tx

__all__ = ["Verdict", "judge"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`go`, or why not: `until` puts it off, otherwise `state` (skipped, superseded) ends it."""

    go: bool
    reason: str = ""
    state: str = "skipped"
    until: datetime | None = None


GO = Verdict(go=True)
TOO_LATE = Verdict(go=False, reason="too late", state="superseded")
# Answers to what a person writes reach them also after "berhenti"; nothing else does (invariant 13).
ANSWERS = frozenset({"reply", "secret"})
# Classes that keep quiet hours, and which of the programme's spans they keep.
_KINDS: Mapping[str, Kind] = {"reminder": "reminder", "bulk": "broadcast"}


def judge(tx: Tx, due: Due, now: datetime, programmes: Mapping[str, Programme]) -> Verdict:
    """Checks validity, opt-outs, quiet hours, what it speaks of, and whether a repeated reply still answers."""
    if due.not_after is not None and now > due.not_after:
        return TOO_LATE
    if due.message_class not in ANSWERS:
        if due.stopped_at is not None:
            return Verdict(go=False, reason="stopped")
        if due.topic and due.topic in due.stopped_topics:
            return Verdict(go=False, reason=f"stopped {due.topic}")
    if _answers_the_past(due):
        return Verdict(go=False, reason="the person wrote something newer", state="superseded")
    return judge_event(tx, due) or judge_broadcast(tx, due) or judge_hour(due, now, programmes) or GO


def _answers_the_past(due: Due) -> bool:
    """A reply whose first copy may have arrived is not repeated once the person went on (reliability.md 2.2)."""
    return (
        due.message_class == "reply"
        and due.copies > 0
        and due.last_inbound_at is not None
        and due.last_inbound_at > due.created_at
    )


def judge_event(tx: Tx, due: Due) -> Verdict | None:
    """What speaks of an event goes only while that is true, and only to who still wants it (invariants 21, 22, 24)."""
    if due.event_id is None:
        return None
    event = events.standing_of(tx, due.event_id, due.contact_id)
    if event is None or event.revision != due.revision:
        return Verdict(go=False, reason="the event changed", state="superseded")
    what, _, rest = due.key.partition(":")
    if event.state == events.CANCELLED:
        return None if what == "cancelled" else Verdict(go=False, reason="the event is cancelled", state="superseded")
    if what == "invite" and event.answer is not None:
        return Verdict(go=False, reason=f"answered {event.answer} already")
    if what == "reminder" and not is_wanted(rest.split(":")[2], event.answer):
        return Verdict(go=False, reason=f"answered {event.answer or 'nothing'}")
    return None


def judge_broadcast(tx: Tx, due: Due) -> Verdict | None:
    """Nothing of a stopped announcement goes any more (invariant 26), nor to who took their yes back."""
    if due.topic != BROADCASTS:
        return None
    runs, agreed = broadcasts.may_go(tx, int(due.key.split(":")[1]), due.contact_id)
    if not runs:
        return Verdict(go=False, reason="the announcement was stopped")
    return None if agreed else Verdict(go=False, reason="no consent any more")


def judge_hour(due: Due, now: datetime, programmes: Mapping[str, Programme]) -> Verdict | None:
    """Reminders and announcements wait for open hours (invariant 14); what would then be too late does not go."""
    kind = _KINDS.get(due.message_class)
    if kind is None or not programmes:
        return None
    programme = programmes.get(due.programme or "") or next(iter(programmes.values()))
    opens = next_open(now, programme.quiet_hours, kind, ZoneInfo(programme.zone))
    if opens <= now:
        return None
    if due.not_after is not None and opens > due.not_after:
        return TOO_LATE
    return Verdict(go=False, reason="quiet hours", until=opens)
