"""LISTEN: hears from PostgreSQL what other processes woke. After a lost line everyone is woken."""

import select
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import psycopg
from sqlalchemy import URL

CHANNEL = "sambang"
AGAIN_AFTER = 0.5  # seconds between two attempts to connect

Woken = Callable[[Iterable[str] | None], None]


class Notifications:
    """One thread with a connection of its own."""

    def __init__(self, url: URL, arguments: Mapping[str, Any]) -> None:
        self._conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._arguments = arguments
        self.own_backend: int | None = None  # what our own writer tells, our own listeners know already
        self._thread: threading.Thread | None = None
        self._ends: tuple[socket.socket, socket.socket] | None = None

    def start(self, woken: Woken) -> None:
        """Listens from now on; where the server cannot be reached, as soon as it can."""
        self._ends = socket.socketpair()
        try:
            line = self._connect()
        except psycopg.Error:
            line = None
        self._thread = threading.Thread(
            target=self._hear, args=(line, woken, self._ends[0]), name="sambang-listen", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        if self._thread is None or self._ends is None:
            return
        self._ends[1].send(b"\0")
        self._thread.join()
        for end in self._ends:
            end.close()
        self._thread = self._ends = None

    def _connect(self) -> psycopg.Connection[Any]:
        line = psycopg.connect(self._conninfo, autocommit=True, **self._arguments)
        line.execute(f"LISTEN {CHANNEL}")
        return line

    def _hear(self, line: psycopg.Connection[Any] | None, woken: Woken, stop: socket.socket) -> None:
        while line is None or self._is_lost(line, woken, stop):
            if _ready([stop], AGAIN_AFTER):
                return
            try:
                line = self._connect()
            except psycopg.Error:
                line = None
            else:
                woken(None)  # what came meanwhile was told to nobody

    def _is_lost(self, line: psycopg.Connection[Any], woken: Woken, stop: socket.socket) -> bool:
        """Hands on what it hears until the line is lost, or `stop` ends it."""
        with line:
            try:
                while stop not in _ready([stop, line], None):
                    for notification in line.notifies(timeout=0):
                        if notification.pid != self.own_backend:
                            woken(notification.payload.split("\n"))
            except psycopg.Error:
                return True
            return False


def _ready(ends: list[Any], seconds: float | None) -> list[Any]:
    return select.select(ends, [], [], seconds)[0]
