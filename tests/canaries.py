"""A pytest plugin: every log line of the whole run, at DEBUG and as the product writes it, goes to a file, and a run in
which a token, a NIK or a phone number of the tests stands in that file has failed.

The search knows nothing of the patterns that redact: it looks for the values that tests use.
"""

import re
import tempfile
from pathlib import Path
from typing import TextIO

import pytest

from bot import logs

# Phone numbers of the tests are +62 820 0000 0001 to 0030; invented NIK begin with Blitar's 3505; a bot's token is
# digits, a colon and a secret of Telegram's length.
CANARIES = re.compile(r"8[ -]?20[ -]?0000[ -]?00[0-3]\d|(?<!\d)3505\d{12}(?!\d)|\d{6,}(?::|%3A)AA[\w-]{30,}")
FILE = pytest.StashKey[Path]()
STREAM = pytest.StashKey[TextIO]()


def pytest_configure(config: pytest.Config) -> None:
    path = Path(tempfile.mkdtemp(prefix="sambang-log-")) / "lines"
    config.stash[FILE], config.stash[STREAM] = path, path.open("w", encoding="utf-8")
    logs.configure("debug", stream=config.stash[STREAM])


def pytest_sessionfinish(session: pytest.Session) -> None:
    session.config.stash[STREAM].flush()
    if caught(session.config.stash[FILE]):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    path = terminalreporter.config.stash[FILE]
    found = caught(path)
    lines = len(path.read_text(encoding="utf-8").splitlines())
    terminalreporter.section("canaries")
    terminalreporter.write_line(f"{lines} log lines, {len(found)} of them with a secret or personal data")
    for line in found[:10]:
        terminalreporter.write_line(f"FOUND {line[:300]}", red=True)


def caught(path: Path) -> list[str]:
    """The lines in which a canary stands."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if CANARIES.search(line)]


def pytest_unconfigure(config: pytest.Config) -> None:
    """A run without a find leaves nothing behind."""
    logs.configure("warning")
    config.stash[STREAM].close()
    if not caught(config.stash[FILE]):
        config.stash[FILE].unlink()
        config.stash[FILE].parent.rmdir()
