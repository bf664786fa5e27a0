"""`python -m tests.storage.second_process URL NAME PEOPLE TURNS SEED`: a process that writes to busy contacts.

Every person gets lines `NAME-1 .. NAME-n` of this process's own, and lines `both-1 .. both-n` that the other process
writes too; one in ten is delivered again. Turns are handed over without waiting for those before them.
"""

import asyncio
import random  # noqa: TID251 - a traffic that is the same for the same seed
import sys

from storage.store import Store
from tests.clocks import SteadyClock
from tests.storage.notebook import person, write_line


async def write_traffic(url: str, name: str, people: int, turns: int, seed: int) -> int:
    """How many of the lines were new."""
    traffic = random.Random(seed)
    async with Store(url, clock=SteadyClock()) as store:
        room = asyncio.Semaphore(64)

        async def turn(who: int, text: str) -> bool:
            try:
                return await store.write(lambda tx: write_line(tx, person(who), text), contact=person(who))
            finally:
                room.release()

        writes = []
        for number in range(1, turns + 1):
            for who in traffic.sample(range(people), people):
                for text in (f"{who}:{name}-{number}", f"{who}:both-{number}"):
                    for _ in range(2 if traffic.random() < 0.1 else 1):
                        await room.acquire()
                        writes.append(asyncio.create_task(turn(who, text)))
        return sum(await asyncio.gather(*writes))


if __name__ == "__main__":
    url, name, people, turns, seed = sys.argv[1:]
    sys.stdout.write(f"{asyncio.run(write_traffic(url, name, int(people), int(turns), int(seed)))}\n")
