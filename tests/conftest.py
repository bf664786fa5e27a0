"""What every shelf of tests may ask for: a clock, both databases with our schema, and a store on each."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store
from tests.clocks import SteadyClock
from tests.postgres_server import PostgresServer


@pytest.fixture
def clock() -> SteadyClock:
    return SteadyClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL of this test run."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_database(postgres: PostgresServer) -> str:
    """The database with our schema that the tests use one after the other."""
    url = postgres.create()
    migrate(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "sambang.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file with our schema and nothing in it."""
    path = tmp_path / "sambang.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_database: str) -> Iterator[str]:
    """A PostgreSQL database with our schema and nothing in it."""
    yield postgres_database
    postgres.empty(postgres_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
async def store(database_url: str, clock: SteadyClock) -> AsyncIterator[Store]:
    """An open store with a writer's thread, as `run` has it."""
    async with Store(database_url, clock=clock) as opened:
        yield opened


@pytest.fixture
def inline_store(database_url: str, clock: SteadyClock) -> Iterator[Store]:
    """A store that runs everything on the caller's thread: `write_now`, `read_now`."""
    with Store(database_url, clock=clock, inline=True) as opened:
        yield opened
