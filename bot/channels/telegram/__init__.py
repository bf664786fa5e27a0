"""Telegram. Import this package only where a token is set: python-telegram-bot costs a quarter of a second."""

import os

# python-telegram-bot's own switch to time spans as timedelta; without it every 429 raises a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot.channels.telegram.channel import Account, PollConflict, Telegram
from bot.channels.telegram.failures import classify
from bot.channels.telegram.parsing import Unreadable, parse_update

__all__ = ["Account", "PollConflict", "Telegram", "Unreadable", "classify", "parse_update"]
