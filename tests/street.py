"""Sambang as its operator starts it: a real process on a folder of its own, that can be killed and started again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
START = 30  # seconds; the first start fills in 248 villages


@dataclass
class Street:
    """`python -m bot run` in a folder, on one port. What it writes to the terminal stands in `log`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "terminal.txt").read_text(encoding="utf-8")

    def start(self, command: str = "run") -> None:
        with (self.folder / "terminal.txt").open("ab") as terminal:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", command],
                cwd=self.folder,
                env=self._environment(),
                stdout=terminal,
                stderr=terminal,
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """As when the power fails: SIGKILL, nothing is tidied."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """As Ctrl-C in the terminal, or as a service manager does it (SIGTERM). Gives the exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        code = self.process.wait(30)
        self.process = None
        return code

    def command(self, *words: str) -> str:
        """What a command of `sambang` prints, beside the process that runs."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SAMBANG_")}
        own = {
            "PYTHONPATH": str(ROOT),  # whether or not the checkout is installed
            "SAMBANG_PORT": str(self.port),
            "SAMBANG_DATA_DIR": str(self.folder / "data"),
        }
        return ours | own | self.settings

    def _wait_until_ready(self) -> None:
        for _ in range(START * 20):
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"it ended at once: {self.log}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise AssertionError(f"not ready after {START} seconds: {self.log}")


@contextmanager
def open_street(folder: Path) -> Iterator[Street]:
    """A folder of its own and a free port. The process that still runs at the end is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        street = Street(folder, free.getsockname()[1])
    try:
        yield street
    finally:
        street.kill()


def links_in(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)
