"""Canaries: every log line of the whole run passes the product's own formatter, and the last test searches them all."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from tests.worlds.world import World, open_world

LINES = pytest.StashKey[Path]()
LAST = "test_no_log_line_of_this_run_holds_a_token_a_nik_or_a_phone_number"


class Listening:
    """Hears every logger from DEBUG up, and writes what the product would have written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._handler = logging.StreamHandler(self._file)
        self._handler.setFormatter(logs._Redacting((), coloured=False))
        for name in logs.QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)
        structlog.configure(
            processors=[*logs._gathering(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
            logger_factory=structlog.stdlib.LoggerFactory(),
            wrapper_class=structlog.stdlib.BoundLogger,
            cache_logger_on_first_use=False,
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """Tests of the logs themselves put handlers and levels of their own."""
        root = logging.getLogger()
        root.setLevel(logging.DEBUG)
        if self._handler not in root.handlers:
            root.addHandler(self._handler)

    def pytest_unconfigure(self) -> None:
        logging.getLogger().removeHandler(self._handler)
        self._file.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """From here on everything is heard; conftest files of folders are known by now, whichever folder runs first."""
    path = Path(session.config._tmp_path_factory.mktemp("lines")) / "run.log"  # type: ignore[attr-defined]  # pytest offers it to fixtures only
    session.config.stash[LINES] = path
    session.config.pluginmanager.register(Listening(path), "canaries")
    session.items.sort(key=lambda item: item.name == LAST)


@pytest.fixture(scope="session")
def log_of_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What real processes write, at DEBUG; searched for canaries at the end of the run."""
    path = tmp_path_factory.mktemp("processes") / "run.log"
    path.touch()
    return path


@pytest.fixture
def log_lines(request: pytest.FixtureRequest, log_of_processes: Path) -> str:
    """Every line of this run so far."""
    return request.config.stash[LINES].read_text(encoding="utf-8") + log_of_processes.read_text(encoding="utf-8")


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """The whole product on each database, reached by webhook."""
    async with open_world(tmp_path / "data", database_url) as running:
        yield running
