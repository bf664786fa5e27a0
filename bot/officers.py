"""`sambang officer add`: an officer, and one link a channel that makes a chat theirs.

It works beside a running server.
"""

import asyncio
from collections.abc import Iterator

from bot import system
from bot.channels.base import SendError
from bot.programmes import find_programmes
from bot.settings import Settings, SettingsError
from dialogue.wording import Wording
from domain.roles import ROLES
from handlers.officers import CODE_PREFIX
from storage import history
from storage.migrate import check_schema
from storage.officers import add_link, create_officer
from storage.store import Store
from storage.tx import Tx

__all__ = ["add"]

_SAID_SHORTER = {"officer": "petugas"}


def add(settings: Settings, name: str, programme: str = "", role: str = "petugas") -> None:
    """Makes the officer and prints the links. Raises SettingsError and ProgrammeError with one sentence."""
    role = _SAID_SHORTER.get(role, role)
    if role not in ROLES:
        raise SettingsError(f"There is no role {role}. There are: {', '.join(ROLES)}.")
    if not name.strip():
        raise SettingsError("An officer needs a name.")
    of_programme = _programme(settings, programme)
    code = CODE_PREFIX + system.token()
    check_schema(settings.database_url)
    clock = system.SystemClock()

    def write(tx: Tx) -> None:
        now = clock.now()
        officer = create_officer(tx, name.strip(), of_programme, role, now)
        add_link(tx, officer, code, now)
        history.record(tx, now, "system", "officer.added", f"officer:{officer}", role=role)

    with Store(settings.database_url, clock=clock, inline=True) as store:
        store.write_now(write)
    print("\n".join(_lines(settings, name.strip(), code)))  # noqa: T201 - the command's answer


def _programme(settings: Settings, wanted: str) -> str | None:
    """The id of the officer's programme: the one named, else the only one; None where the officer serves all."""
    programmes = find_programmes(settings.data_dir, (wanted,) if wanted else settings.programmes)
    return programmes[0].id if len(programmes) == 1 else None


def _lines(settings: Settings, name: str, code: str) -> Iterator[str]:
    say = Wording.load().for_person("id")
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    yield say("officer.added", name=name)
    yield f"{base}/masuk/{code}"
    if settings.telegram_token is not None:
        bot = asyncio.run(_telegram_name(settings))
        yield f"https://t.me/{bot}?start={code}" if bot else say("officer.no_telegram")


async def _telegram_name(settings: Settings) -> str:
    """The bot's name, '' where Telegram cannot be asked now."""
    from bot.channels.telegram import Telegram

    if settings.telegram_token is None:
        return ""
    telegram = Telegram(
        settings.telegram_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        secret=settings.telegram_webhook_secret.get_secret_value(),
    )
    try:
        return (await telegram.describe()).username
    except SendError:
        return ""
    finally:
        await telegram.close()
