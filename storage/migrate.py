"""Brings a database to the schema of this release. Alembic is imported only when there is something to do.

SQLite cannot alter everything in place, so tables are built anew; with foreign keys on, that would silently delete
their children. Hence: a copy first, foreign keys off, one transaction, and every foreign key checked before COMMIT.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.engines import database_url
from storage.engines.sqlite import sqlite_pool
from storage.errors import SchemaTooNew, StoreUnavailable
from storage.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = "storage:migrations"
ADVISORY_LOCK = 0x53414D42414E47  # "SAMBANG": one process migrates, the others wait and find nothing to do


def check_schema(url: str) -> None:
    """Migrates an older or empty database, and refuses a newer one with SchemaTooNew."""
    if schema_version(url) != HEAD:
        migrate(url)


def schema_version(url: str) -> str | None:
    """The revision at which the database stands; None for an empty one. Raises StoreUnavailable where it cannot be
    opened.
    """
    with _opened(database_url(url)) as connection:
        return _version(connection)


def migrate(url: str, *, to: str = "head") -> None:
    """Migrates in one transaction: all or nothing. Safe to call from several processes at once.

    Raises SchemaTooNew for a database of a newer release, and StoreUnavailable where it cannot be opened or written.
    """
    parsed = database_url(url)
    with _opened(parsed) as connection:
        if connection.dialect.name == "sqlite":
            _migrate_sqlite(connection, parsed, to)
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
                _upgrade(connection, to)


def config(connection: Connection) -> "Config":
    """Alembic's settings for one connection of ours; there is no ini file."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", SCRIPTS)
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


@contextmanager
def _opened(url: URL) -> Iterator[Connection]:
    """A connection of its own. What the operator can put right comes as StoreUnavailable, in one sentence without the
    password; what is wrong with our SQL stays what it is.
    """
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        if not _is_trouble_of_the_place(error):
            raise
        if "lock" in str(error.orig):
            raise StoreUnavailable("Another process is writing to the database; stop it, then migrate.") from error
        raise StoreUnavailable(f"The database cannot be used ({_first_line(error)}): {_remedy(url)}.") from error
    finally:
        engine.dispose()


def _is_trouble_of_the_place(error: DBAPIError) -> bool:
    """Whether the file, the disk or the server is to blame."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(error, OperationalError) if code is None else code & 0xFF != sqlite3.SQLITE_ERROR


def _first_line(error: DBAPIError) -> str:
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    return lines[0].rstrip(".:") if lines else type(error.orig).__name__


def _remedy(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return f"see that {url.database} is a database of Sambang that may be read and written, on a disk with room"
    return "see that the server runs and that SAMBANG_DATABASE_URL names it, its user and its password"


def _migrate_sqlite(connection: Connection, url: URL, to: str) -> None:
    before = _version(connection)
    connection.rollback()
    if before is not None and before != HEAD:
        _copy(connection, url, before)
    with connection.begin():
        _upgrade(connection, to)
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            tables = sorted({row[0] for row in orphans})
            raise RuntimeError(f"The migration would leave rows without their parents in {', '.join(tables)}.")


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    version = _version(connection)
    if version is not None and version not in known:
        raise SchemaTooNew(
            f"The database stands at schema {version} and this release knows only {HEAD}: install the newer release."
        )
    command.upgrade(settings, to)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _copy(connection: Connection, url: URL, version: str) -> None:
    """Leaves `sambang.db.schema-0001`, named after where it stood, beside the database. An older copy of the same
    version is replaced only when the new one is whole.
    """
    path = Path(str(url.database))
    copy = path.with_name(f"{path.name}.schema-{version}")
    fresh = copy.with_name(f"{copy.name}.part")
    fresh.unlink(missing_ok=True)
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute("VACUUM INTO ?", (str(fresh),)).close()
    fresh.replace(copy)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return sqlite_pool(url, begin="BEGIN IMMEDIATE", foreign_keys=False)
    try:
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise StoreUnavailable("PostgreSQL needs one package more: install sambang[postgres].") from error
