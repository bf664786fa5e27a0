"""The menu: numbers are fixed for good, gaps stay, and only what exists is shown (domain.md 6.1)."""

from collections.abc import Mapping

from dialogue.conversation import Words
from dialogue.message import Button, Reply

__all__ = ["EXISTING", "NUMBERS", "entry_of", "key_of", "menu"]

NUMBERS: Mapping[int, str] = {
    1: "register",
    2: "status",
    3: "photo",
    4: "certificates",
    5: "events",
    6: "mentoring",
    7: "aspiration",
    8: "profile",
    9: "human",
}
EXISTING = frozenset({"register", "status", "photo", "certificates", "profile", "human"})


def entry_of(text: str) -> str | None:
    """The command that a typed number opens ("1", "9."), also one that does not exist yet; "0" is the menu itself."""
    digits = text.strip().rstrip(".)").strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return "menu" if int(digits) == 0 else NUMBERS.get(int(digits))


def menu(say: Words) -> Reply:
    shown = [(number, name) for number, name in NUMBERS.items() if name in EXISTING]
    lines = [say("menu.title")]
    lines += [say("menu.line", number=str(number), entry=say(f"menu.{name}")) for number, name in shown]
    return Reply.of("\n".join(lines), buttons=tuple(key_of(say, name) for _, name in shown))


def key_of(say: Words, name: str) -> Button:
    """The key that opens an entry of the menu."""
    return Button(label=say(f"menu.button.{name}"), does="command", key=name)
