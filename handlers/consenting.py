"""Consent is kept with its proof: which text, in which version, said yes to in which message (UU 27/2022 art. 24)."""

from hashlib import sha256

from handlers.context import Context
from storage.consents import Consent, record_consent

__all__ = ["keep_consent"]


def keep_consent(ctx: Context, purpose: str, text: str, *, given: bool, product_id: int | None = None) -> None:
    """`text` is the wording key that was asked; the version stands at `<conversation>.consent.version`."""
    version = ctx.say(f"{text.partition('.')[0]}.consent.version")
    record_consent(
        ctx.tx,
        Consent(
            contact_id=ctx.contact.id,
            purpose=purpose,
            given=given,
            text_version=f"{version}/{ctx.contact.language}",
            text_hash=sha256(ctx.say(text).encode()).hexdigest(),
            channel=ctx.channel,
            inbox_id=ctx.inbox or None,
            product_id=product_id,
        ),
        ctx.now,
    )
