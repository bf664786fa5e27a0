"""All parts of a running house, as they are handed to the web app, to tests and to the simulation."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels.base import Channel
from bot.delivery.sender import Sender
from bot.desk import Desk
from bot.health import Health
from bot.media.road import Road
from bot.settings import Settings
from dialogue.wording import Wording
from domain.clock import Clock
from handlers.context import House
from storage.store import Store

if TYPE_CHECKING:  # Telegram's package is loaded only where there is a token
    from bot.channels.telegram import Telegram

__all__ = ["Building"]


@dataclass
class Building:
    """All parts, put together. Given to the web app, to tests and to the simulation."""

    settings: Settings
    clock: Clock
    store: Store
    house: House
    wording: Wording
    channels: dict[tuple[str, str], Channel]
    desk: Desk
    sender: Sender
    road: Road
    health: Health
    telegram: "Telegram | None" = None
    problems: dict[str, str] = field(default_factory=dict)  # part -> what is wrong with it now
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
