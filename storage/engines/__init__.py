"""The two databases behind the store. PostgreSQL's driver is imported only where it is used."""

from sqlalchemy import URL, make_url

from storage.engines.base import Engine, Fault

__all__ = ["Engine", "Fault", "database_url", "engine_for"]


def database_url(url: str) -> URL:
    """The URL with the driver that we use. Raises ValueError for a database that is neither of the two."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"SAMBANG_DATABASE_URL names {parsed.get_backend_name()}; it must be sqlite or postgresql.")


def engine_for(url: str) -> Engine:
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        from storage.engines.sqlite import SQLite

        return SQLite(parsed)
    from storage.engines.postgres import Postgres

    return Postgres(parsed)
