"""Regions by Kemendagri code: seeded once a scope, read into memory at the start (domain.md 4)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.region import Village, VillageIndex, kind_of_code
from storage.schema import meta, region
from storage.tx import Tx

__all__ = ["missing_scopes", "seed", "villages_of"]

SLICE = 500  # rows an INSERT


def missing_scopes(tx: Tx, scopes: Iterable[str]) -> list[str]:
    """Scopes whose regions were never seeded."""
    known = set(tx.execute(select(meta.c.key).where(meta.c.key.startswith("regions:"))).scalars())
    return [scope for scope in scopes if f"regions:{scope}" not in known]


def seed(tx: Tx, scope: str, rows: Sequence[Mapping[str, Any]], source: str) -> None:
    """Regions of a scope, with those above it; `source` says where they come from and of when they are."""
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    statement = dialect.insert(region).on_conflict_do_nothing()
    for start in range(0, len(rows), SLICE):
        tx.execute(statement, rows[start : start + SLICE])
    tx.execute(insert(meta).values(key=f"regions:{scope}", value=source))


def villages_of(tx: Tx, scopes: Iterable[str]) -> VillageIndex:
    """All villages under these codes, with the names above them."""
    scopes = tuple(scopes)
    names: dict[str, str] = {}
    villages: list[tuple[str, str]] = []
    # "/" follows "." among the bytes: all codes below a scope, and an index serves it.
    under = [and_(region.c.code >= scope + ".", region.c.code < scope + "/") for scope in scopes]
    above = [region.c.code.in_([".".join(scope.split(".")[:n]) for n in range(1, 5)]) for scope in scopes]
    rows: Iterable[Any] = tx.execute(
        select(region.c.code, region.c.level, region.c.name).where(or_(*under, *above)).order_by(region.c.code)
    )
    for code, level, name in rows:
        if level < 4:
            names[code] = name
        else:
            villages.append((code, name))
    return VillageIndex(_village(code, name, names) for code, name in villages)


def _village(code: str, name: str, names: Mapping[str, str]) -> Village:
    province, regency, district, _ = code.split(".")
    return Village(
        code=code,
        name=name,
        district=names.get(f"{province}.{regency}.{district}", ""),
        regency=names.get(f"{province}.{regency}", ""),
        province=names.get(province, ""),
        kind=kind_of_code(code) or "desa",
    )
