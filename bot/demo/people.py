"""Who lives in the demo: all invented, on numbers that nobody owns. A new producer is an entry in producers.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Cast", "Officer", "Producer", "cast", "picture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """A producer with a product, and how far the product has come. `id` names the person in links."""

    id: str
    name: str
    honorific: str
    phone: str
    villages: tuple[str, ...]  # Kemendagri codes, the home one first
    village_typed: str
    product: Mapping[str, Any]
    certificates: tuple[Mapping[str, Any], ...]
    curation: Mapping[str, str]
    registered_days_ago: int
    decided_days_ago: int

    @property
    def photos(self) -> tuple[str, ...]:
        return tuple(self.product["photos"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    programme: str
    officer: Officer
    producers: tuple[Producer, ...]


@cache
def cast() -> Cast:
    """Everybody in the demo, in the order in which they registered."""
    told = json.loads((files("bot.demo") / "producers.json").read_text(encoding="utf-8"))
    return Cast(
        programme=told["programme"],
        officer=Officer(**told["officer"]),
        producers=tuple(sorted(map(_producer, told["producers"]), key=lambda each: -each.registered_days_ago)),
    )


def _producer(entry: Mapping[str, Any]) -> Producer:
    lists = {name: tuple(entry[name]) for name in ("villages", "certificates")}
    return Producer(**{**entry, **lists})


def picture(name: str) -> bytes:
    """The bytes of a photo that a producer's entry names."""
    return (files("bot.demo") / "pictures" / name).read_bytes()
