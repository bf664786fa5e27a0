"""The road from an empty, an older or a newer database to the schema of this release."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from storage import migrate as migrating
from storage.addresses import ensure_addresses
from storage.engines import database_url as with_driver
from storage.migrate import check_schema, config, migrate, schema_version
from storage.migrations import HEAD
from storage.migrations.regenerate import FIRST, first_revision
from storage.schema import address, contact, draft, metadata
from storage.store import SchemaTooNew, Store
from tests.clocks import START, SteadyClock
from tests.postgres_server import PostgresServer
from tests.storage.notebook import person


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    yield postgres.create()


def execute(url: str, statement: str) -> None:
    engine = create_engine(with_driver(url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_first_revision_is_the_schema_as_it_stands() -> None:
    """If this fails: `python -m storage.migrations.regenerate`, until the first release."""
    assert FIRST.read_text(encoding="utf-8") == first_revision()


def test_the_migrations_arrive_at_the_schema(empty_url: str) -> None:
    migrate(empty_url)

    engine = create_engine(with_driver(empty_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_head_is_the_last_revision(sqlite_url: str) -> None:
    engine = create_engine(with_driver(sqlite_url))
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_heads() == [HEAD]
    engine.dispose()


def test_an_empty_database_is_migrated_at_the_start(empty_url: str) -> None:
    assert schema_version(empty_url) is None

    check_schema(empty_url)
    check_schema(empty_url)

    assert schema_version(empty_url) == HEAD


def test_a_newer_database_is_refused_with_one_sentence(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(SchemaTooNew, match="schema 9999 and this release knows only"):
            check_schema(database_url)
    finally:
        execute(database_url, f"UPDATE alembic_version SET version_num = '{HEAD}'")


def test_several_processes_may_migrate_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        # Alembic's own environment is one per process; the second process is played by holding the lock
        engine = create_engine(with_driver(empty_url))
        with engine.begin() as connection:
            hold = f"SELECT pg_advisory_xact_lock({migrating.ADVISORY_LOCK})"
            connection.execute(text(hold if connection.dialect.name == "postgresql" else "SELECT 1"))
            waiting = pool.submit(check_schema, empty_url)
        waiting.result(timeout=30)
        engine.dispose()

    assert schema_version(empty_url) == HEAD


def fill(url: str, clock: SteadyClock) -> None:
    """Rows with children: contacts, and what hangs on them."""
    with Store(url, clock=clock, inline=True) as store:
        store.write_now(lambda tx: ensure_addresses(tx, [person(number) for number in range(50)], START))
        ids = store.read_now(lambda tx: tx.execute(select(contact.c.id)).scalars().all())
        row = {"conversation": "product", "active": True, "body": {"name": "kopi"}, "updated_at": START}
        store.write_now(lambda tx: tx.execute(insert(draft), [{"contact_id": one, **row} for one in ids]) and None)


def count_rows(url: str) -> dict[str, int]:
    with Store(url, clock=SteadyClock(), inline=True) as store:
        return store.read_now(
            lambda tx: {
                table.name: int(tx.execute(select(func.count()).select_from(table)).scalar_one())
                for table in (contact, address, draft)
            }
        )


REBUILD = """
from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("contact", recreate="auto") as batch:
        batch.alter_column("language", server_default="en", existing_type=sa.Text(), existing_nullable=False)
        batch.add_column(sa.Column("nickname", sa.Text()))
    {more}
"""


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our migrations and one more, which rebuilds the table of contacts."""
    scripts = tmp_path / "next_release"
    (scripts / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/0001_first.py"):
        (scripts / name).write_text((FIRST.parents[1] / name).read_text(encoding="utf-8"), encoding="utf-8")
    (scripts / "versions" / "0002_nickname.py").write_text(REBUILD.format(more=""), encoding="utf-8")
    monkeypatch.setattr(migrating, "SCRIPTS", str(scripts))
    monkeypatch.setattr(migrating, "HEAD", "0002")
    return scripts


@pytest.fixture
def older_url(request: pytest.FixtureRequest, empty_url: str, clock: SteadyClock) -> str:
    """A database of this release, with rows, that the next release finds."""
    migrate(empty_url, to="0001")
    fill(empty_url, clock)
    request.getfixturevalue("next_release")
    return empty_url


def test_rebuilding_a_table_keeps_its_children(older_url: str) -> None:
    before = count_rows(older_url)
    assert before == {"contact": 50, "address": 50, "draft": 50}

    check_schema(older_url)

    assert schema_version(older_url) == "0002"
    assert count_rows(older_url) == before


def test_sqlite_leaves_a_copy_of_what_was_there(older_url: str) -> None:
    if not older_url.startswith("sqlite"):
        pytest.skip("PostgreSQL is backed up by its own tools")
    before = count_rows(older_url)

    check_schema(older_url)

    copy = f"{older_url}.schema-0001"
    assert schema_version(copy) == "0001"
    assert count_rows(copy) == before


def test_a_migration_that_would_orphan_rows_changes_nothing(older_url: str, next_release: Path) -> None:
    orphaning = 'op.execute("DELETE FROM contact")'
    (next_release / "versions" / "0002_nickname.py").write_text(REBUILD.format(more=orphaning), encoding="utf-8")
    before = count_rows(older_url)

    with pytest.raises((RuntimeError, IntegrityError)):
        check_schema(older_url)

    assert schema_version(older_url) == "0001"
    assert count_rows(older_url) == before
