"""Keys that several replies end with: what a person probably wants next."""

from dialogue.conversation import Words
from dialogue.message import Button
from handlers.menu import key_of

__all__ = ["after_certificate", "after_photo", "after_product", "command", "go_on", "menu_only", "to_register"]


def command(say: Words, text: str, key: str, value: str = "") -> Button:
    """A key that runs a command; `text` is the wording key of its label."""
    return Button(label=say(text), does="command", key=key, value=value)


def after_product(say: Words) -> tuple[Button, ...]:
    return (
        command(say, "product.certificates_button", "certificates"),
        command(say, "product.again_button", "product_add"),
        command(say, "status.button", "status"),
    )


def after_photo(say: Words) -> tuple[Button, ...]:
    return command(say, "status.button", "status"), menu_key(say)


def after_certificate(say: Words) -> tuple[Button, ...]:
    return command(say, "certificate.other_button", "certificates"), menu_key(say)


def to_register(say: Words) -> tuple[Button, ...]:
    return key_of(say, "register"), menu_key(say)


def go_on(say: Words) -> tuple[Button, ...]:
    """For who has a form waiting."""
    return command(say, "welcome.continue", "continue"), menu_key(say)


def menu_only(say: Words) -> tuple[Button, ...]:
    return (menu_key(say),)


def menu_key(say: Words) -> Button:
    return command(say, "idle.menu", "menu")
