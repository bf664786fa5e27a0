"""The bytes that a message came in, without any NIK: platforms and pages write the same words in many ways."""

import json
import re
from typing import Any
from urllib.parse import unquote_plus

from domain.nik import find_nik, without_nik

__all__ = ["raw_without_nik"]

# Sixteen digits inside one string, in ASCII or escaped (\uff13, %EF%BC%93): where none stand, there is no NIK, and the
# bytes of nearly every message are left unread. Anything beyond ASCII is looked at.
_MAYBE = re.compile(rb'(?:[0-9][^0-9"]{0,12}+){16}+|[\x80-\xff]')


def raw_without_nik(raw: bytes) -> bytes:
    """The same bytes where there is no NIK in them; else their JSON with each replaced. Of what is no JSON (a form of
    the page without script) nothing is kept.
    """
    if _MAYBE.search(raw) is None:
        return raw
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return b"" if find_nik(unquote_plus(raw.decode("utf-8", "replace"))) else raw
    try:
        clean = _clean(value)
    except RecursionError:
        return b""
    return raw if clean == value else json.dumps(clean).encode()


def _clean(value: Any) -> Any:
    match value:
        case str():
            return without_nik(value)
        case dict():
            return {without_nik(key): _clean(each) for key, each in value.items()}
        case list():
            return [_clean(each) for each in value]
        case bool():
            return value
        case int():
            return without_nik(str(value)) if find_nik(str(value)) else value
    return value
