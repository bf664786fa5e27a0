"""Durable turns a second: producers who register in ten messages through Telegram's webhook door, 64 in flight.

Each message is answered by exactly one call at the fake Bot API before the next one is sent. The server has one core,
the driver and the fake the other. Medians of interleaved runs; the ratio is against python-telegram-bot with
ConversationHandler and PicklePersistence in the same run. The fake's rates, our pace and the quiet window are off.

    python benchmarks/turn.py [--dialogues 300] [--runs 3] [--latency 0.15] [--fsync 0.005] [--json]
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.channels.fakes.telegram import FakeTelegram, Fault

ROOT = Path(__file__).parent.parent
MESSAGES = (
    "/start",
    "daftar",
    "ya",
    "sudah",
    "Siti Aminah",
    "Balerejo Wlingi",
    "lewati",
    "Keripik Singkong",
    "Makanan",
    "12 ribu per bungkus",
)
IN_FLIGHT = 64
Start = Callable[[int, FakeTelegram, str], "subprocess.Popen[bytes]"]
SECRET = "benchmark-secret-0123456789"


@dataclass
class Figures:
    """One run. Times in milliseconds, memory in MB."""

    name: str
    turns: int
    seconds: float
    turns_per_second: float
    p50: float
    p99: float
    cpu_ms: float
    memory_mb: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pinned(command: list[str], core: int) -> list[str]:
    return ["taskset", "-c", str(core), *command] if os.cpu_count() and os.cpu_count() > 1 else command


def sambang(
    port: int, fake: FakeTelegram, folder: str, *, database: str = "", fsync: float = 0.0, batch: int = 64
) -> subprocess.Popen[bytes]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SAMBANG")},
        "SAMBANG_PORT": str(port),
        "SAMBANG_DATA_DIR": folder,
        "SAMBANG_SECRET_KEY": "k" * 40,
        "SAMBANG_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SAMBANG_TELEGRAM_TOKEN": fake.token,
        "SAMBANG_TELEGRAM_API_URL": fake.url,
        "SAMBANG_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "SAMBANG_LOG_LEVEL": "error",
        "SAMBANGTEST_PACE": "0",
        "SAMBANGTEST_QUIET": "0",
        "SAMBANGTEST_COMMIT_DELAY": str(fsync),
        "SAMBANGTEST_BATCH": str(batch),
    }
    if database:
        environment["SAMBANG_DATABASE_URL"] = database
    return subprocess.Popen(
        pinned([sys.executable, "-m", "bot", "run"], 0), env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    )


def peer(port: int, fake: FakeTelegram, folder: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PEER_TOKEN": fake.token,
        "PEER_API": fake.url,
        "PEER_SECRET": SECRET,
        "PEER_FILE": f"{folder}/state.pickle",
    }
    script = str(ROOT / "benchmarks/peers/ptb_bot.py")
    return subprocess.Popen(pinned([sys.executable, script, str(port)], 0), env=environment, stderr=subprocess.DEVNULL)


async def listening(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise SystemExit("the server did not come up")


def used(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """CPU seconds and resident MB of a process."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    ticks = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks, pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def dialogue(fake: FakeTelegram, chat: int, times: list[float]) -> None:
    for number, text in enumerate(MESSAGES, 1):
        sent = time.perf_counter()
        fake.write(chat, text)
        await fake.wait_for(chat, number, 60)
        times.append(time.perf_counter() - sent)


async def measure(name: str, start: Start, dialogues: int, latency: float) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        async with FakeTelegram(rates=False, strict=False) as fake:
            port = free_port()
            process = start(port, fake, folder)
            try:
                await listening(port, process)
                async with aiohttp.ClientSession() as session:
                    query = {
                        "url": f"http://127.0.0.1:{port}/webhooks/telegram",
                        "secret_token": SECRET,
                        "max_connections": "100",
                    }
                    async with session.post(f"{fake.url}/bot{fake.token}/setWebhook", params=query) as answer:
                        answer.raise_for_status()
                warm: list[float] = []
                await asyncio.gather(*(dialogue(fake, 10 + n, warm) for n in range(8)))
                if latency:
                    fake.fail(Fault.slow(latency), method="sendMessage", times=2 * dialogues * len(MESSAGES))
                times: list[float] = []
                gate = asyncio.Semaphore(IN_FLIGHT)

                async def one(chat: int) -> None:
                    async with gate:
                        await dialogue(fake, chat, times)

                cpu, _ = used(process)
                began = time.perf_counter()
                await asyncio.gather(*(one(1000 + n) for n in range(dialogues)))
                seconds = time.perf_counter() - began
                cpu_after, memory = used(process)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(30)
    times.sort()
    return Figures(
        name=name,
        turns=len(times),
        seconds=round(seconds, 2),
        turns_per_second=round(len(times) / seconds),
        p50=round(times[len(times) // 2] * 1000, 1),
        p99=round(times[int(len(times) * 0.99)] * 1000, 1),
        cpu_ms=round((cpu_after - cpu) * 1000 / len(times), 3),
        memory_mb=round(memory, 1),
    )


def keep_to_one_core() -> None:
    """The driver and the fake have one core, each server the other; PostgreSQL may use what is left of both."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {1})


async def all_runs(options: argparse.Namespace, new_database: Callable[[], str]) -> dict[str, list[Figures]]:
    keep_to_one_core()
    kinds = {
        "sambang": lambda port, fake, folder: sambang(port, fake, folder, fsync=options.fsync),
        "peer": peer,
    }
    if options.fsync:
        kinds["one commit a turn"] = lambda port, fake, folder: sambang(
            port, fake, folder, fsync=options.fsync, batch=1
        )
    kinds["sambang on postgresql"] = lambda port, fake, folder: sambang(
        port, fake, folder, database=new_database(), fsync=options.fsync
    )
    wanted = options.only.split(",") if options.only else list(kinds)
    results: dict[str, list[Figures]] = {name: [] for name in wanted}
    for _ in range(options.runs):
        for name in wanted:
            results[name].append(await measure(name, kinds[name], options.dialogues, options.latency))
    return results


def with_postgres(options: argparse.Namespace) -> dict[str, list[Figures]]:
    """All runs, beside a PostgreSQL that keeps its promises (fsync on)."""
    from tests.postgres_server import PostgresServer

    with PostgresServer(fsync=True) as server:
        return asyncio.run(all_runs(options, new_database=server.create))


def median(runs: list[Figures]) -> Figures:
    return sorted(runs, key=lambda run: run.turns_per_second)[len(runs) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dialogues", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that the fake Bot API takes")
    parser.add_argument("--fsync", type=float, default=0.0, help="seconds that a commit sleeps")
    parser.add_argument("--only", default="")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.only and "postgresql" not in options.only:
        results = asyncio.run(all_runs(options, new_database=str))
    else:
        results = with_postgres(options)
    medians = {name: median(runs) for name, runs in results.items()}
    if options.json:
        print(json.dumps({name: asdict(figures) for name, figures in medians.items()}))
        return
    print(f"{'':24}{'turns/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'MB':>8}{'ratio':>8}")
    base = medians.get("peer")
    for name, run in medians.items():
        ratio = f"{run.turns_per_second / base.turns_per_second:.2f}" if base else "-"
        print(f"{name:24}{run.turns_per_second:9}{run.p50:9}{run.p99:9}{run.cpu_ms:9}{run.memory_mb:8}{ratio:>8}")
    print(
        f"medians of {options.runs} runs of {options.dialogues} dialogues of {len(MESSAGES)} messages,"
        f" {IN_FLIGHT} in flight; API latency {options.latency} s, commit delay {options.fsync} s"
    )


if __name__ == "__main__":
    main()
