"""Curation: the six decisions, which moves are allowed, and what a producer is owed at each (domain.md 2.2).

A product stands at a stage of its programme with a decision. `lolos` opens the next stage, where the product waits to
be looked at; at the last stage it stays and the road is done. "A bare 'tidak lolos' is wrong" (domain.md 0.6): every
negative decision carries feedback and a next step.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.programme import Programme

__all__ = [
    "Decided",
    "Decision",
    "Refusal",
    "Standing",
    "decide",
    "first_standing",
    "is_done",
    "needs_feedback",
    "next_stage",
    "open_decisions",
    "resubmitted",
    "send_back",
]


class Decision(StrEnum):
    """Fixed for all programmes; a programme may only rename the labels. The values are what is stored."""

    WAITING = "menunggu"
    PAPERS_MISSING = "kurang_berkas"
    NEEDS_WORK = "perlu_perbaikan"
    MENTORED = "dalam_pembinaan"
    PASSED = "lolos"
    NOT_YET = "tidak_lolos"


class Refusal(StrEnum):
    """Why a move is not made; each is a wording key."""

    NO_SUCH_STAGE = "no_such_stage"
    NO_SUCH_MOVE = "no_such_move"
    FEEDBACK_MISSING = "feedback_missing"
    REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class Standing:
    stage: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A move that was made: where the product stood, what was decided there, and where it stands now."""

    before: Standing
    decided: Standing
    now: Standing

    @property
    def opened(self) -> str:
        """The stage that the decision opened, or ''."""
        return self.now.stage if self.now.stage != self.decided.stage else ""


_NEGATIVE = frozenset({Decision.PAPERS_MISSING, Decision.NEEDS_WORK, Decision.MENTORED, Decision.NOT_YET})
_TO_DECIDE = (
    Decision.PASSED,
    Decision.NEEDS_WORK,
    Decision.PAPERS_MISSING,
    Decision.MENTORED,
    Decision.NOT_YET,
)


def first_standing(programme: Programme) -> Standing:
    """Where a new product stands: at the first stage, waiting."""
    return Standing(programme.stages[0].id, Decision.WAITING)


def open_decisions(programme: Programme, standing: Standing) -> tuple[Decision, ...]:
    """What may be decided of a product that stands so, the kindest first. Nothing once the last stage was passed."""
    if programme.place_of(standing.stage) == 0 or is_done(programme, standing):
        return ()
    return _TO_DECIDE


def needs_feedback(decision: Decision) -> bool:
    return decision in _NEGATIVE


def is_done(programme: Programme, standing: Standing) -> bool:
    return standing.decision is Decision.PASSED and programme.stage_after(standing.stage) is None


def next_stage(programme: Programme, standing: Standing) -> str:
    """Label of the stage after this one, or ''."""
    after = programme.stage_after(standing.stage)
    return after.label if after else ""


def decide(programme: Programme, standing: Standing, decision: Decision, feedback: str = "") -> Decided | Refusal:
    """An officer's decision on a product at its present stage. Passing opens the next stage, waiting."""
    if programme.place_of(standing.stage) == 0:
        return Refusal.NO_SUCH_STAGE
    if decision not in open_decisions(programme, standing):
        return Refusal.NO_SUCH_MOVE
    if needs_feedback(decision) and not feedback.strip():
        return Refusal.FEEDBACK_MISSING
    decided = Standing(standing.stage, decision)
    after = programme.stage_after(standing.stage) if decision is Decision.PASSED else None
    return Decided(standing, decided, Standing(after.id, Decision.WAITING) if after else decided)


def resubmitted(standing: Standing) -> Standing:
    """Where a product stands once its producer sent what was asked for: what was sent back waits again."""
    if standing.decision in {Decision.PAPERS_MISSING, Decision.NEEDS_WORK}:
        return Standing(standing.stage, Decision.WAITING)
    return standing


def send_back(programme: Programme, standing: Standing, stage: str, reason: str) -> Decided | Refusal:
    """Back to an earlier stage, waiting. An officer may, and says why."""
    here, there = programme.place_of(standing.stage), programme.place_of(stage)
    if there == 0:
        return Refusal.NO_SUCH_STAGE
    if here and there >= here:
        return Refusal.NO_SUCH_MOVE
    if not reason.strip():
        return Refusal.REASON_MISSING
    back = Standing(stage, Decision.WAITING)
    return Decided(standing, back, back)
