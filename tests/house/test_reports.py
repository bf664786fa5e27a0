"""What the test run says about itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import scale
from tests.canaries import caught
from tests.groups import group_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/bot/test_cli.py::test_x", "bot"),
        ("tests/bot/web/test_chat.py::test_x[a/b::c]", "bot"),
        ("tests/test_root.py::test_x", "."),
    ],
)
def test_a_group_is_a_folder(nodeid: str, group: str) -> None:
    assert group_of(nodeid) == group


@pytest.mark.parametrize(("factor", "n", "cases"), [(1, 20, 20), (10, 20, 200), (0.1, 20, 2), (0.01, 20, 1)])
def test_counts_scale_by_one_number(monkeypatch: pytest.MonkeyPatch, factor: float, n: int, cases: int) -> None:
    monkeypatch.setattr(scale, "SCALE", factor)
    assert scale.scaled(n) == cases


def test_a_run_ends_with_its_seconds_per_group() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.groups", f"{__file__}::test_a_group_is_a_folder"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    assert "seconds per group" in told.stdout
    assert told.stdout.splitlines()[-2].split()[2:] == ["3", "house"]


@pytest.mark.parametrize(
    "canary", ["+62 820 0000 0007", "6282000000012", "082000000030", "3505014107900001", "8123456789:AA" + "x" * 33]
)
def test_a_canary_in_a_log_line_is_caught(tmp_path: Path, canary: str) -> None:
    lines = tmp_path / "lines"
    lines.write_text(f'fine\n{{"event": "from {canary} came"}}\nfine 3505 row=820\n', encoding="utf-8")
    assert len(caught(lines)) == 1
