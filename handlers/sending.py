"""May this message still go? Every rule is asked again at the moment of sending (architecture.md 6)."""

from dataclasses import dataclass
from datetime import datetime

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
# Answers to what a person writes reach them also after "berhenti"; nothing else does (invariant 13).
ANSWERS = frozenset({"reply", "secret"})


def judge(tx: Tx, due: Due, now: datetime) -> Verdict:
    """Checks validity, opt-outs, and whether a repeated reply still answers the last message."""
    if due.not_after is not None and now > due.not_after:
        return Verdict(go=False, reason="too late", state="superseded")
    if due.message_class not in ANSWERS:
        if due.stopped_at is not None:
            return Verdict(go=False, reason="stopped")
        if due.topic and due.topic in due.stopped_topics:
            return Verdict(go=False, reason=f"stopped {due.topic}")
    if _answers_the_past(due):
        return Verdict(go=False, reason="the person wrote something newer", state="superseded")
    return judge_event(tx, due)


def _answers_the_past(due: Due) -> bool:
    """A reply whose first copy may have arrived is not repeated once the person went on (reliability.md 2.2)."""
    return (
        due.message_class == "reply"
        and due.copies > 0
        and due.last_inbound_at is not None
        and due.last_inbound_at > due.created_at
    )


def judge_event(tx: Tx, due: Due) -> Verdict:  # noqa: ARG001 - events come with /acara
    return GO
