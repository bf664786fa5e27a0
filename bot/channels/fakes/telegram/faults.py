"""What can go wrong between a bot and its platform, on demand."""

import json
from dataclasses import dataclass
from typing import Self

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble. `accepts`: the call takes effect all the same. `answer` None: the connection ends without one."""

    status: int = 200
    answer: bytes | None = None
    accepts: bool = False
    delay: float = 0.0  # seconds before anything
    silent: bool = False  # never answers; the connection stays open
    truncated: bool = False  # half of the answer, then the end

    @classmethod
    def throttled(cls, seconds: int = 1) -> Self:
        """429 with retry_after."""
        return cls.refusing(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    @classmethod
    def refusing(cls, status: int, description: str, **parameters: int) -> Self:
        """An error of the platform's own."""
        body: dict[str, object] = {"ok": False, "error_code": status, "description": description}
        if parameters:
            body["parameters"] = parameters
        return cls(status=status, answer=json.dumps(body).encode())

    @classmethod
    def blocked(cls) -> Self:
        return cls.refusing(403, "Forbidden: bot was blocked by the user")

    @classmethod
    def unauthorized(cls) -> Self:
        return cls.refusing(401, "Unauthorized")

    @classmethod
    def bad_gateway(cls, *, accepts: bool = False) -> Self:
        """A proxy's page instead of the platform."""
        return cls(status=502, answer=b"<html><body>502 Bad Gateway</body></html>", accepts=accepts)

    @classmethod
    def restarting(cls) -> Self:
        return cls.refusing(500, "Internal Server Error: restart")

    @classmethod
    def slow(cls, seconds: float) -> Self:
        """Everything as usual, later."""
        return cls(accepts=True, delay=seconds, answer=b"")

    @classmethod
    def cut(cls) -> Self:
        """The connection ends before anything was accepted."""
        return cls()

    @classmethod
    def lost(cls) -> Self:
        """Accepted, and the connection ends without an answer."""
        return cls(accepts=True)

    @classmethod
    def mute(cls) -> Self:
        """Accepted, and no answer for as long as the caller waits."""
        return cls(accepts=True, silent=True)

    @classmethod
    def half(cls) -> Self:
        """Accepted, and only half of the answer comes."""
        return cls(accepts=True, answer=b"", truncated=True)
