"""A Telegram of our own on a loopback port, with the platform's rules. For tests, benchmarks, and the demo."""

from bot.channels.fakes.telegram.faults import Fault
from bot.channels.fakes.telegram.ledger import Message, Refusal
from bot.channels.fakes.telegram.rules import RefusedCall, checked_html, utf16
from bot.channels.fakes.telegram.server import FakeTelegram

__all__ = ["FakeTelegram", "Fault", "Message", "Refusal", "RefusedCall", "checked_html", "utf16"]
