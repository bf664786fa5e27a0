"""JSON for what passes here thousands of times a second: rows, updates, calls. orjson, where it can.

orjson knows neither whole numbers beyond 64 bits nor lone surrogates, and both may come from outside: then the standard
library, slower by five to ten times, does it.
"""

import json
from typing import Any

import orjson

__all__ = ["dumps", "dumps_bytes", "loads"]


def dumps_bytes(value: Any) -> bytes:
    """Raises TypeError for what is no JSON."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode()


def dumps(value: Any) -> str:
    """Raises TypeError for what is no JSON."""
    return dumps_bytes(value).decode()


def loads(text: str | bytes) -> Any:
    """Raises ValueError for what is no JSON, RecursionError for what is too deep."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)
