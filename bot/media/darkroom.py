"""Where pictures are developed: one at a time, on a thread beside the event loop, which goes on answering."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.media.checks import check_document, check_picture
from bot.media.pictures import Document, Picture, Refusal, Refused

__all__ = ["Darkroom"]

T = TypeVar("T")

LIMIT = 10.0  # seconds; the limits of decoding keep a picture under one or two, this is for what they have overlooked


class Darkroom:
    """check_picture and check_document for the event loop. One at a time: one core and the memory of one picture."""

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._thread = _thread()
        self._turn = asyncio.Semaphore(1)

    async def develop(self, data: bytes) -> Picture | Refused:
        """The picture as we keep it, or why it is refused."""
        return await self._inside(check_picture, data)

    async def receive(self, data: bytes) -> Document | Picture | Refused:
        """A certificate, PDF or photo, as we keep it, or why it is refused."""
        return await self._inside(check_document, data)

    def close(self) -> None:
        """Lets the picture in work come to its end and takes no other."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _inside(self, check: Callable[[bytes], T], data: bytes) -> T | Refused:
        async with self._turn:  # so that the limit counts the work and not the wait for others
            work = asyncio.get_running_loop().run_in_executor(self._thread, check, data)
            try:
                return await asyncio.wait_for(work, self._limit)
            except TimeoutError:
                # A thread cannot be stopped. It is left to its picture, and the next one gets a new thread.
                self._thread.shutdown(wait=False)
                self._thread = _thread()
                return Refused(Refusal.BROKEN)


def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="darkroom")
