"""Switches for tests and benchmarks. They carry a prefix of their own, and nobody who runs the product needs one."""

import os
from dataclasses import dataclass

__all__ = ["Knobs"]

PREFIX = "SAMBANGTEST_"


@dataclass(frozen=True, slots=True)
class Knobs:
    """For how the house runs under test.

    pace           keep the platforms' rates
    quiet          wait for a second half of typed words
    commit_delay   seconds that a commit sleeps, as a slower disk would
    batch          the most turns that share a commit
    """

    pace: bool = True
    quiet: bool = True
    commit_delay: float = 0.0
    batch: int = 64

    @classmethod
    def from_environment(cls) -> "Knobs":
        return cls(
            pace=os.environ.get(f"{PREFIX}PACE", "1") != "0",
            quiet=os.environ.get(f"{PREFIX}QUIET", "1") != "0",
            commit_delay=float(os.environ.get(f"{PREFIX}COMMIT_DELAY", "0")),
            batch=int(os.environ.get(f"{PREFIX}BATCH", "64")),
        )
