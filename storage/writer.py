"""Group commit: many functions, one transaction, one COMMIT. Resolved means durable.

One that raises is run again alone. The functions before it go first and those after it follow, so the order of a
contact's functions is kept, each function runs twice at most because of others, and nobody pays for savepoints.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.clock import Clock
from storage.engines import Engine, Fault
from storage.errors import StoreUnavailable
from storage.jobs import Job
from storage.tx import Tx

PATIENCE = 5.0  # seconds of trouble, or of work waiting, after which callers are told
MOST_REPEATS = 60  # the same in attempts, for clocks that stand still
PAUSE = {
    Fault.LOST: 0.1,  # seconds between two attempts to reach the server
    Fault.CONFLICT: 0.02,  # who was in the way must come through first, or both stand in each other's way again
}


@dataclass(slots=True)
class Settled:
    """A job that is over: durable with its result, or refused with its error."""

    job: Job
    result: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a batch."""

    settled: list[Settled] = field(default_factory=list)
    back: list[Job] = field(default_factory=list)  # to the front of the queue, in this order
    topics: set[str] = field(default_factory=set)
    pause: float = 0.0  # seconds before the next attempt


class Writer:
    """Runs batches on an engine. Not for two threads at once."""

    def __init__(self, engine: Engine, clock: Clock, *, after_commit: Callable[[], None] | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self._after_commit = after_commit

    def run(self, batch: list[Job]) -> Outcome:
        """One transaction. Every job of the batch is afterwards either settled or goes back into the queue."""
        contacts = [job.contact for job in batch]
        try:
            tx, ready = self._engine.begin(contacts, self._clock.now(), waiting=batch[0].goes_alone)
        except Exception as error:  # noqa: BLE001 - whatever it is, the callers must hear of it
            return self._not_begun(batch, error)
        outcome = Outcome()
        for job in self._runnable(batch, ready, outcome.back):
            try:
                outcome.settled.append(Settled(job, self._result(job, tx)))
            except Exception as error:  # noqa: BLE001 - handed to the caller
                return self._raised(batch, job, error)
            except BaseException:
                self._engine.abandon()
                raise
        if outcome.settled:
            return self._commit(batch, tx, outcome)
        self._engine.abandon()
        return outcome

    def _runnable(self, batch: list[Job], ready: list[bool], back: list[Job]) -> Iterator[Job]:
        """The jobs whose turn it is; those whose contact is held elsewhere, or for which no time is left, go back."""
        started: float | None = None
        for place, job in enumerate(batch):
            if not ready[place]:
                job.tries = 0 if job.goes_alone else job.tries + 1
                back.append(job)
            elif started is None:
                started = self._clock.monotonic()
                yield job
            elif self._clock.monotonic() - started <= self._engine.longest_batch:
                yield job
            else:
                back.extend(batch[place:])
                return

    def _result(self, job: Job, tx: Tx) -> Any:
        if isinstance(job.contact, int):
            tx.written.add(job.contact)
        result = job.fn(tx)
        if self._engine.is_broken(tx):
            raise RuntimeError("A function swallowed a database error, or ended its batch's transaction.")
        return result

    def _commit(self, batch: list[Job], tx: Tx, outcome: Outcome) -> Outcome:
        try:
            self._engine.commit(tx)
        except Exception as error:  # noqa: BLE001 - handed to the callers
            return self._not_committed(batch, error)
        if self._after_commit is not None:
            self._after_commit()
        outcome.topics = tx.topics
        return outcome

    def _not_begun(self, batch: list[Job], error: Exception) -> Outcome:
        fault = self._engine.fault(error)
        self._leave(fault)
        if fault in {Fault.CONFLICT, Fault.LOST}:
            for job in batch:
                job.tries = 0
            return self._again(batch, fault, error)
        return Outcome(settled=[Settled(job, error=_unavailable(error)) for job in batch])

    def _raised(self, batch: list[Job], culprit: Job, error: Exception) -> Outcome:
        fault = Fault.LOST if self._engine.connection_is_lost() else self._engine.fault(error)
        self._leave(fault)
        if fault is Fault.LOST:
            return self._again(batch, fault, error)
        if fault is Fault.CONFLICT:
            culprit.alone = True
            return self._again(batch, fault, error)
        if len(batch) == 1:
            return Outcome(settled=[Settled(culprit, error=self._refusal(error))])
        culprit.alone = True
        return Outcome(back=batch)

    def _not_committed(self, batch: list[Job], error: Exception) -> Outcome:
        fault = self._engine.fault(error)
        self._leave(fault)
        if fault in {Fault.CONFLICT, Fault.LOST}:
            return self._again(batch, fault, error)
        if len(batch) == 1:
            return Outcome(settled=[Settled(batch[0], error=self._refusal(error))])
        for job in batch:
            job.alone = True
        return Outcome(back=batch)

    def _again(self, batch: list[Job], fault: Fault, error: Exception) -> Outcome:
        """Back into the queue, except those whose patience is over."""
        outcome = Outcome(pause=PAUSE[fault])
        now = self._clock.monotonic()
        for job in batch:
            job.repeats += 1
            job.troubled_since = now if job.troubled_since is None else job.troubled_since
            if job.repeats > MOST_REPEATS or now - job.troubled_since > PATIENCE:
                outcome.settled.append(Settled(job, error=_unavailable(error)))
            else:
                outcome.back.append(job)
        return outcome

    def _leave(self, fault: Fault) -> None:
        if fault in {Fault.LOST, Fault.BROKEN}:
            self._engine.drop()
        else:
            self._engine.abandon()

    def _refusal(self, error: Exception) -> Exception:
        return error if self._engine.fault(error) is Fault.FUNCTION else _unavailable(error)


def _trouble(error: Exception) -> str:
    """SQLite's own words ("database or disk is full"); of others only the kind, since theirs name hosts and people."""
    cause = getattr(error, "orig", error)
    return str(cause) if isinstance(cause, sqlite3.Error) else type(cause).__name__


def _unavailable(error: Exception) -> StoreUnavailable:
    refusal = StoreUnavailable(f"The store cannot commit: {_trouble(error)}.")
    refusal.__cause__ = error
    return refusal
