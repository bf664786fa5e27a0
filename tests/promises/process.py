"""A real `python -m bot run`, as an operator starts it, that may be killed and started again on its folder."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-the-webhook"
SECRET_KEY = "k" * 40
STARTS_WITHIN = 60.0  # seconds, on a machine that is busy with other things


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RealHouse:
    """One folder, one port, and the process on it. `log` takes what it writes, at DEBUG."""

    def __init__(self, folder: Path, log: Path, *, telegram_token: str, telegram_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self._log = log
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SAMBANG")},
            "SAMBANG_PORT": str(self.port),
            "SAMBANG_DATA_DIR": str(folder),
            "SAMBANG_SECRET_KEY": SECRET_KEY,
            "SAMBANG_PUBLIC_URL": self.url,
            "SAMBANG_LOG_LEVEL": "debug",
            "SAMBANG_TELEGRAM_TOKEN": telegram_token,
            "SAMBANG_TELEGRAM_API_URL": telegram_url,
            "SAMBANG_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "SAMBANGTEST_PACE": "0",
            "SAMBANGTEST_QUIET": "0",
        }
        self._process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "sambang.db"

    async def start(self) -> None:
        """Returns when it takes connections. Raises RuntimeError where it ends instead."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        async with asyncio.timeout(STARTS_WITHIN):
            while not await self._listens():
                if self._process.returncode is not None:
                    raise RuntimeError(f"it ended with {self._process.returncode}: {self._log.read_text()[-2000:]}")
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, flushed or closed."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM, as an operator stops it. Gives the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        process, self._process = self._process, None
        if process.returncode is None:
            process.send_signal(how)
        return await process.wait()

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True
