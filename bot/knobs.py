"""Switches for tests and benchmarks. They carry a prefix of their own, and nobody who runs the product needs one."""

import os
from dataclasses import dataclass

__all__ = ["Knobs"]

PREFIX = "SAMBANGTEST_"


@dataclass(frozen=True, slots=True)
class Knobs:
    """pace: keep the platforms' rates; quiet: wait for a second half of typed words; commit_delay in seconds."""

    pace: bool = True
    quiet: bool = True
    commit_delay: float = 0.0

    @classmethod
    def from_environment(cls) -> "Knobs":
        return cls(
            pace=os.environ.get(f"{PREFIX}PACE", "1") != "0",
            quiet=os.environ.get(f"{PREFIX}QUIET", "1") != "0",
            commit_delay=float(os.environ.get(f"{PREFIX}COMMIT_DELAY", "0")),
        )
