"""Who waits for which topic. A wake between a check and the wait for the next one is never lost."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from types import TracebackType
from typing import Self
from weakref import WeakSet


class Listener:
    """Make it, look what is due, wait, look again. It hears every wake since it was made or last waited."""

    def __init__(self, topic: str, bells: "Bells") -> None:
        self.topic = topic
        self._bells = bells
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109 - "or nothing came" is an answer here, no error
        """Whether the topic was woken within `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True

    def close(self) -> None:
        self._bells.forget(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Bells:
    """All listeners of a store. Used on the event loop's thread only."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, WeakSet[Listener]] = defaultdict(WeakSet)

    def listen(self, topic: str) -> Listener:
        listener = Listener(topic, self)
        self._listeners[topic].add(listener)
        return listener

    def forget(self, listener: Listener) -> None:
        there = self._listeners.get(listener.topic)
        if there is None:
            return
        there.discard(listener)
        if not there:
            del self._listeners[listener.topic]

    def ring(self, topics: Iterable[str] | None) -> None:
        """Wakes the listeners of these topics; of all, where nobody can say which (None)."""
        for topic in list(self._listeners) if topics is None else topics:
            for listener in list(self._listeners.get(topic, ())):
                listener.ring()
