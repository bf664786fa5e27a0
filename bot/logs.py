"""Log lines: structlog over the standard library, without tokens and without personal data.

Redaction happens in the formatter, the last step before the line is written: it sees the message, its arguments and
the traceback, of our own lines and of every library's.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

__all__ = ["MARK", "configure", "redact"]

MARK = "[***]"
NOT_YET = r"(?!\[\*\*\*\])"  # what was redacted already is left as it stands

# What must never stand in a log line. Letters, digits and separators only: `\b` would miss `bot123456:AA...`.
PATTERNS = re.compile(
    r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}"  # a Telegram bot's token, also inside an address
    r"|EAA[A-Za-z0-9]{20,}"  # a token of Meta's
    r"|(?i:(?<=bearer )[\w.~+/=-]+)"
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"  # user and password in an address
    r"|(?<=/masuk/)[^\s\"'?&]+|(?<=[?&]start=)[^\s\"'&]+"  # one-time codes
    r"|(?<!\d)(?<!\d\.)\d(?:[ .-]?\d){15}(?!\d)"  # 16 digits: a NIK (or a card), but no fraction of a second
    r"|(?<!\d)(?<!\d\.)(?:62[ .-]?|0)8(?:[ .-]?\d){7,12}(?!\d)"  # an Indonesian mobile number
    rf"|(?:(?<=\[parameters: )|(?<=DETAIL:  )){NOT_YET}.*"  # values of a row, in the errors of databases
)

# They tell of every request, with its address, at INFO.
QUIET = ("aiohttp.access", "alembic", "apscheduler", "httpcore", "httpx", "telegram", "uvicorn.access")

NEEDLESS = {"color_message"}  # uvicorn says everything twice


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with tokens, NIK, phone numbers and the given secrets replaced by `MARK`."""
    for secret in secrets:
        text = text.replace(secret, MARK)
    return PATTERNS.sub(MARK, text)


def configure(level: str = "info", *, stream: TextIO = sys.stderr, secrets: Iterable[str] = ()) -> None:
    """Sends all logging of the process to `stream`: coloured lines on a terminal, JSON a line elsewhere.

    `secrets` are replaced wherever they stand, whatever they look like. What nobody caught is logged as well, instead
    of being printed by Python with all that it says.
    """
    handler = _Discreet(stream)
    handler.setFormatter(_Redacting(secrets, coloured=stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[*_gathering(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


class _Discreet(logging.StreamHandler[TextIO]):
    """Where the standard library prints the arguments of a line that could not be written, this names the place."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        self.stream.write(f"A log line of {record.pathname}:{record.lineno} could not be written.\n")


class _Redacting(structlog.stdlib.ProcessorFormatter):
    def __init__(self, secrets: Iterable[str], *, coloured: bool) -> None:
        # The longest first: a secret may be part of another.
        forms = {form for secret in secrets if secret for form in (secret, json.dumps(secret)[1:-1])}
        self._secrets = sorted(forms, key=len, reverse=True)
        super().__init__(
            foreign_pre_chain=_gathering(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *self._writing(coloured=coloured)],
        )

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)

    def _writing(self, *, coloured: bool) -> list[Processor]:
        if coloured:
            return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        return [structlog.processors.format_exc_info, self._redact_values, structlog.processors.JSONRenderer()]

    def _redact_values(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        """What is replaced in the finished line only would leave broken JSON where it was a number or ended a line."""
        return {key: self._redacted(value) for key, value in event.items() if key not in NEEDLESS}

    def _redacted(self, value: Any) -> Any:
        match value:
            case bool() | None:
                return value
            case str():
                return redact(value, self._secrets)
            case int() | float():
                return MARK if redact(str(value), self._secrets) != str(value) else value
            case Mapping():
                return {str(key): self._redacted(each) for key, each in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._redacted(each) for each in value]
        return redact(repr(value), self._secrets)


def _gathering() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("sambang").critical("nobody caught this", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)
