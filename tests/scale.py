"""One number for the size of every test that repeats: SAMBANGTEST_SCALE, 1 in `make test`, 10 in `make test-long`."""

import os

SCALE = float(os.environ.get("SAMBANGTEST_SCALE", "1"))


def scaled(n: int) -> int:
    """`n` times the scale, at least one."""
    return max(1, round(n * SCALE))
