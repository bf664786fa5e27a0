import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot import logs

TOKEN = "8123456789:" + "AAF3n9-kQx7wT_zL0aVbCdEfGhIjKlMnOpQ"  # invented
META = "EAAGm0PX4ZCpsBAKZC3x9y8w7v6u5t4s3r2q1p0"
NIK = "3505014107900001"
CANARIES = {
    "a telegram token": (f"bot {TOKEN}", TOKEN),
    "a token in an address": (f"GET https://api.telegram.org/bot{TOKEN}/getMe", TOKEN),
    "an escaped token": (f"/bot{TOKEN.replace(':', '%3A')}/x", TOKEN.partition(":")[2]),
    "a token of Meta": (f"token={META}", META),
    "a bearer": ("Authorization: Bearer abc.DEF~ghi/jkl==", "abc.DEF"),
    "a bearer in small letters": ("authorization: bearer abc.DEF~ghi", "abc.DEF"),
    "a database password": ("postgresql+psycopg://sambang:kunci-rahasia@db/sambang", "kunci-rahasia"),
    "an officer's link": ("GET /masuk/Zx81-kode-sekali?x=1", "Zx81"),
    "a start link": ("https://t.me/x?start=Zx81-kode", "Zx81"),
    "a row in an error of SQLAlchemy": ("[SQL: INSERT ...]\n[parameters: ('Siti]', 'Balerejo')]\n(Background)", "Siti"),
    "a row in an error of PostgreSQL": ("duplicate key\nDETAIL:  Key (name)=(Siti) already exists.", "Siti"),
    "a NIK": (f"KTP saya {NIK} ya", NIK),
    "a NIK in groups": ("3505 0141 0790 0001", "0001"),
    "a NIK with points": ("35.05.01.410790.0001", "410790"),
    "a phone as +62": ("hubungi +6282000000001 saja", "82000000001"),
    "a phone as 62": ("wa_id=6282000000002", "82000000002"),
    "a phone as 08": ("telp 082000000003.", "82000000003"),
    "a phone in groups": ("+62 820 0000 0004", "0000 0004"),
    "a phone with dashes": ("0820-0000-0005", "0000-0005"),
}


@pytest.fixture
def lines() -> Iterator[Callable[[], str]]:
    """Logging as the product sets it up, written to memory; gives what was written so far."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    before, configured = (root.handlers[:], root.level), structlog.get_config()
    stream = io.StringIO()
    logs.configure("debug", stream=stream, secrets=["s3cr3t of ours", 'with "quotes"', ""])
    yield stream.getvalue
    root.handlers[:], root.level = before
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    structlog.configure(**configured)


@pytest.mark.parametrize(("text", "canary"), CANARIES.values(), ids=CANARIES)
def test_a_canary_is_redacted_in_message_argument_field_and_traceback(
    lines: Callable[[], str], text: str, canary: str
) -> None:
    log = logging.getLogger("somebody.else")
    log.info(text)
    log.info("told %s", text)
    log.debug("in a structure", extra={"field": {"nested": [text]}})
    structlog.get_logger("ours").info("event", what=text)
    try:
        int(text)
    except ValueError as error:
        log.error("failed", exc_info=error)  # noqa: TRY400 - the standard library's own way is tried too
    written = lines()
    assert len(written.splitlines()) == 5
    assert written.count(logs.MARK) >= 5
    assert canary not in written
    assert "ValueError" in written


def test_every_line_is_json_also_where_a_bare_number_was_redacted(lines: Callable[[], str]) -> None:
    structlog.get_logger("ours").warning("event", wa_id=6282000000006, nested={"nik": [int(NIK)]}, row=17, ok=True)
    (line,) = lines().splitlines()
    said = json.loads(line)
    assert (said["wa_id"], said["nested"]["nik"], said["row"], said["ok"]) == (logs.MARK, [logs.MARK], 17, True)
    assert (said["event"], said["level"], said["logger"]) == ("event", "warning", "ours")


def test_a_line_stays_json_and_whole_where_the_end_of_a_line_was_redacted(lines: Callable[[], str]) -> None:
    logging.getLogger("x").error("no\n[parameters: ('Siti',)]\n(Background)", extra={"color_message": "no", "row": 7})
    said = json.loads(lines())
    assert (said["event"], said["row"]) == (f"no\n[parameters: {logs.MARK}\n(Background)", 7)
    assert "color_message" not in said


@pytest.mark.parametrize("text", ["took 0.0812345678901 s", "at 2026-11-21T18:29:00.081234Z", "row 12345678 of 99"])
def test_times_and_ids_are_left_alone(text: str) -> None:
    assert logs.redact(text) == text


@pytest.mark.parametrize("secret", ["s3cr3t of ours", 'with "quotes"'])
def test_a_secret_of_the_settings_is_redacted_whatever_it_looks_like(lines: Callable[[], str], secret: str) -> None:
    logging.getLogger("x").error("saw %s", secret)
    assert json.loads(lines())["event"] == f"saw {logs.MARK}"


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "aiohttp.access", "uvicorn.access"])
def test_libraries_that_tell_every_request_are_quiet(lines: Callable[[], str], name: str) -> None:
    logging.getLogger(name).info("GET /chat")
    assert not lines()


def test_a_line_that_cannot_be_written_does_not_print_its_arguments(lines: Callable[[], str]) -> None:
    (ours,) = (handler for handler in logging.getLogger().handlers if isinstance(handler, logs._Discreet))
    ours.handle(logging.LogRecord("x", logging.INFO, __file__, 1, "%d", (NIK,), None))
    assert NIK not in lines()
    assert "could not be written" in lines()


def test_what_nobody_caught_is_logged_redacted(lines: Callable[[], str]) -> None:
    def fail() -> None:
        raise RuntimeError(f"about {NIK}")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "nobody caught this" in lines()
    assert "RuntimeError" in lines()
    assert NIK not in lines()


def test_on_a_terminal_lines_are_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "telp %s", ("082000000007",), None)
    written = logs._Redacting([], coloured=stream.isatty()).format(record)
    assert "telp [***]" in written
    assert not written.startswith("{")
