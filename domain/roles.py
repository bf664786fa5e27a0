"""What an officer may do, by role."""

from enum import StrEnum

__all__ = ["ROLES", "Act", "may"]


class Act(StrEnum):
    DECIDE = "decide"  # on products
    GATHER = "event"  # invite to events
    ANNOUNCE = "broadcast"


ROLES = ("admin", "petugas", "kurator", "pendamping", "pimpinan")

_RIGHTS = {
    Act.DECIDE: frozenset({"admin", "petugas", "kurator"}),
    Act.GATHER: frozenset({"admin", "petugas"}),
    Act.ANNOUNCE: frozenset({"admin", "petugas"}),
}


def may(role: str, act: Act) -> bool:
    return role in _RIGHTS[act]
