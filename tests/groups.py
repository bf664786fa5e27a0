"""A pytest plugin: at the end of a run, the seconds and tests of each group (a folder under tests/)."""

from collections import Counter, defaultdict

import pytest

SECONDS: defaultdict[str, float] = defaultdict(float)
TESTS: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    group = group_of(report.nodeid)
    SECONDS[group] += report.duration
    TESTS[group] += report.when == "call"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("seconds per group")
    for group, seconds in sorted(SECONDS.items(), key=lambda item: -item[1]):
        terminalreporter.write_line(f"{seconds:8.1f} s  {TESTS[group]:5}  {group}")


def group_of(nodeid: str) -> str:
    """The folder under tests/: `tests/bot/test_cli.py::test_x` belongs to `bot`."""
    parts = nodeid.partition("::")[0].split("/")
    return parts[1] if len(parts) > 2 else "."
