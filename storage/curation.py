"""Products that wait for a decision, and the decisions: append-only, who, when, from where to where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from domain.curation import Decided, Decision
from storage.products import Product, get_product
from storage.schema import decision, product
from storage.tx import Tx

__all__ = ["Place", "Verdict", "count_waiting", "find_waiting", "list_decisions", "record_decision"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: products wait in the order of `since`. It also names one standing of one product."""

    since: datetime
    product_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One decision as it is kept."""

    id: int
    product_id: int
    officer_id: int | None
    stage: str
    decision: str
    feedback: str | None
    next_step: str | None
    at: datetime


def find_waiting(tx: Tx, programmes: Sequence[str], after: Place | None = None) -> Product | None:
    """The product of these programmes that has waited longest, behind a place in the queue where one is given."""
    wanted = select(product.c.id).where(_waits(programmes))
    if after is not None:
        same = and_(product.c.decided_at == after.since, product.c.id > after.product_id)
        wanted = wanted.where(or_(product.c.decided_at > after.since, same))
    found = tx.execute(wanted.order_by(product.c.decided_at, product.c.id).limit(1)).scalar_one_or_none()
    return None if found is None else get_product(tx, found)


def count_waiting(tx: Tx, programmes: Sequence[str]) -> int:
    return int(tx.execute(select(func.count()).select_from(product).where(_waits(programmes))).scalar_one())


def record_decision(  # noqa: PLR0917 - the columns of a decision
    tx: Tx, place: Place, decided: Decided, officer_id: int, feedback: str, next_step: str, now: datetime
) -> int | None:
    """The id of the decision; None where the product does not stand at that place any more: another officer was faster.

    What was told with a pass stays with the decision; the product shows only what is still to be done.
    """
    passed = decided.decided.decision is Decision.PASSED
    moved = tx.execute(
        update(product)
        .where(
            product.c.id == place.product_id,
            product.c.decided_at == place.since,
            product.c.stage == decided.before.stage,
            product.c.decision == decided.before.decision.value,
        )
        .values(
            stage=decided.now.stage,
            decision=decided.now.decision.value,
            decided_at=now,
            feedback=None if passed else feedback or None,
            next_step=None if passed else next_step or None,
        )
    )
    if moved.rowcount == 0:
        return None
    made = tx.execute(
        insert(decision)
        .values(
            product_id=place.product_id,
            officer_id=officer_id,
            from_stage=decided.before.stage,
            from_decision=decided.before.decision.value,
            stage=decided.decided.stage,
            decision=decided.decided.decision.value,
            feedback=feedback or None,
            next_step=next_step or None,
            at=now,
        )
        .returning(decision.c.id)
    )
    return int(made.scalar_one())


def list_decisions(tx: Tx, product_id: int) -> list[Verdict]:
    """All decisions on a product, the oldest first."""
    columns = tuple(decision.c[name] for name in Verdict.__slots__)
    rows = tx.execute(select(*columns).where(decision.c.product_id == product_id).order_by(decision.c.id))
    return [Verdict(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def _waits(programmes: Sequence[str]) -> ColumnElement[bool]:
    return product.c.programme.in_(programmes) & (product.c.decision == Decision.WAITING.value)
