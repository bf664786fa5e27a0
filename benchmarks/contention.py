"""Two processes on one PostgreSQL, 200 busy contacts, 10 % redeliveries: no deadlock, and how much slower p99 gets.

Each process writes turns through Store.write as the webhook's door does. Without --postgres one is started from the
wheel that the tests use.

    python benchmarks/contention.py [--seconds 10] [--postgres URL] [--json]
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

CONTACTS = 200
IN_FLIGHT = 64
REDELIVERED = 0.1
TEXTS = ("menu", "daftar", "ya", "sudah", "Siti Aminah")


def process(url: str, number: int, seconds: float, out: Any) -> None:
    out.put(asyncio.run(traffic(url, number, seconds)))


async def traffic(url: str, number: int, seconds: float) -> dict[str, Any]:
    """What one process did: turns, p99 in ms, errors by name."""
    from bot.app import open_building
    from bot.knobs import Knobs
    from bot.settings import Settings
    from dialogue.message import Incoming, Kind
    from handlers.arrival import arrive
    from handlers.arrived import Arrived
    from storage.tx import AddressKey

    dice = random.Random(number)
    settings = Settings(
        _env_file=None, database_url=url, secret_key="k" * 40, data_dir=f"/tmp/sambang-contention-{number}"
    )
    times: list[float] = []
    errors: dict[str, int] = {}
    async with open_building(settings, knobs=Knobs(pace=False, quiet=False)) as building:
        until = time.perf_counter() + seconds
        serial = 0

        async def busy() -> None:
            nonlocal serial
            last: Arrived | None = None
            while time.perf_counter() < until:
                serial += 1
                address = AddressKey("telegram", "bench", str(dice.randrange(CONTACTS)))
                arrived = Arrived(
                    address=address,
                    external_id=f"{number}-{serial}",
                    raw=b"x" * 200,
                    incoming=Incoming(
                        kind=Kind.TEXT, text=dice.choice(("menu", "daftar", "ya", "sudah", "Siti Aminah"))
                    ),
                )
                if last is not None and dice.random() < REDELIVERED:
                    arrived = last
                last = arrived
                began = time.perf_counter()
                try:
                    await building.store.write(
                        lambda tx, a=arrived: arrive(tx, building.house, a), contact=arrived.address
                    )
                except Exception as error:  # noqa: BLE001 - counted by name
                    errors[type(error).__name__] = errors.get(type(error).__name__, 0) + 1
                times.append(time.perf_counter() - began)

        await asyncio.gather(*(busy() for _ in range(IN_FLIGHT)))
    times.sort()
    return {
        "turns_per_second": round(len(times) / seconds),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "errors": errors,
    }


def run(url: str, processes: int, seconds: float) -> list[dict[str, Any]]:
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    workers = [context.Process(target=process, args=(url, number, seconds, out)) for number in range(processes)]
    for worker in workers:
        worker.start()
    results = [out.get() for _ in workers]
    for worker in workers:
        worker.join()
    return results


def deadlocks(url: str) -> int:
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    return int(row[0]) if row else 0


def measure(url: str, seconds: float) -> dict[str, Any]:
    from storage.migrate import migrate

    migrate(url)
    one = run(url, 1, seconds)
    two = run(url, 2, seconds)
    return {"one process": one, "two processes": two, "deadlocks": deadlocks(url)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.postgres:
        figures = measure(options.postgres, options.seconds)
    else:
        from tests.postgres_server import PostgresServer

        with PostgresServer() as server:
            figures = measure(server.create(), options.seconds)
    if options.json:
        print(json.dumps(figures))
        return
    for name in ("one process", "two processes"):
        for result in figures[name]:
            speed, p99 = result["turns_per_second"], result["p99_ms"]
            print(f"{name:16}{speed:8} turns/s   p99 {p99:8} ms   errors {result['errors']}")
    ratio = max(result["p99_ms"] for result in figures["two processes"]) / figures["one process"][0]["p99_ms"]
    print(f"deadlocks {figures['deadlocks']}; p99 of two processes / one: {ratio:.2f} (goal <= 5)")


if __name__ == "__main__":
    main()
