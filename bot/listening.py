"""Telegram, listened to: it is told how to reach us, and polled where there is no public address."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from bot import system
from bot.building import Building
from bot.channels.base import Arrived, ChannelDown, SendError
from storage import leases
from storage.errors import StoreUnavailable

if TYPE_CHECKING:  # Telegram's package is loaded only where there is a token
    from bot.channels.telegram import Telegram

__all__ = ["listen_to_telegram"]

log = structlog.get_logger()

POLLER = "telegram poller"
POLLER_LEASE = 90.0  # seconds; a long poll takes 50


async def listen_to_telegram(building: Building, telegram: "Telegram") -> None:
    """Tell Telegram how to reach us, then poll where that is the mode; a wrong token is said, and tried again."""
    owner = system.token()
    while True:
        try:
            await _introduce(building, telegram)
            if building.settings.telegram_mode == "webhook":
                building.problems.pop("telegram", None)
                return
            await _poll(building, telegram, owner)
        except ChannelDown as error:
            building.problems["telegram"] = f"Telegram says no: {error.cause}."
            log.warning("telegram_down", cause=error.cause)
            await asyncio.sleep(30)
        except SendError as error:
            building.problems["telegram"] = f"Telegram cannot be reached: {error.cause}."
            log.warning("telegram_unreachable", cause=error.cause)
            await asyncio.sleep(5)


async def _introduce(building: Building, telegram: "Telegram") -> None:
    account = await telegram.describe()
    building.desk.elsewhere = {**building.desk.elsewhere, "telegram": f"https://t.me/{account.username}"}
    if building.settings.telegram_mode == "webhook":
        await telegram.set_webhook(f"{building.settings.public_url}/webhooks/telegram")
    else:
        await telegram.delete_webhook()
    await telegram.set_commands(
        {
            "": _command_list(building, "en"),
            "id": _command_list(building, "id"),
        }
    )


def _command_list(building: Building, locale: str) -> list[tuple[str, str]]:
    say = building.wording.for_person(locale)
    names = ("daftar", "status", "sertifikat", "menu", "bantuan", "petugas", "bahasa", "berhenti")
    return [(name, say(f"telegram.command_{name}")) for name in names]


async def _poll(building: Building, telegram: "Telegram", owner: str) -> None:
    """One process polls; the others wait for its lease to run out. The offset moves when all of a batch is durable."""
    while not await _hold_poller(building, owner):  # noqa: ASYNC110 - the lease is in the store; no event tells of it
        await asyncio.sleep(POLLER_LEASE / 3)
    building.problems.pop("telegram", None)
    try:
        async for batch in telegram.poll():
            building.problems.pop("telegram", None)
            await asyncio.gather(*(_taken(building, telegram, arrived) for arrived in batch))
            if not await _hold_poller(building, owner):
                return
    finally:
        with contextlib.suppress(Exception):
            await building.store.write(lambda tx: leases.give_back(tx, POLLER, owner))


async def _hold_poller(building: Building, owner: str) -> bool:
    return await building.store.write(
        lambda tx: leases.hold(tx, POLLER, owner, building.clock.now(), POLLER_LEASE), alone=True
    )


async def _taken(building: Building, telegram: "Telegram", arrived: Arrived) -> None:
    """Durable, or tried until it is: the offset must not move before."""
    while True:
        try:
            await building.desk.take(telegram, arrived)
        except StoreUnavailable as error:
            log.warning("store_unavailable", cause=str(error))
            await asyncio.sleep(1)
        else:
            break
    if arrived.acknowledge:
        await telegram.acknowledge(arrived)
