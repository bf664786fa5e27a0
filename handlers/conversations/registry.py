"""All forms that a person can fill in. A new one is one file beside this, its wording, its test, and one line here."""

from handlers.conversations.announcements import ANNOUNCEMENTS
from handlers.conversations.broadcast import BROADCAST
from handlers.conversations.certificate import CERTIFICATE
from handlers.conversations.decide import DECIDE
from handlers.conversations.event import EVENT
from handlers.conversations.photo import PHOTO
from handlers.conversations.product import PRODUCT
from handlers.conversations.question import QUESTION
from handlers.conversations.registration import REGISTRATION
from handlers.form import Form

__all__ = ["FORMS", "Form", "form"]

FORMS: tuple[Form, ...] = (
    REGISTRATION,
    PRODUCT,
    ANNOUNCEMENTS,
    PHOTO,
    CERTIFICATE,
    QUESTION,
    DECIDE,
    EVENT,
    BROADCAST,
)

_BY_NAME = {form.name: form for form in FORMS}


def form(name: str) -> Form | None:
    """The form of that name; None for one that a release took away."""
    return _BY_NAME.get(name)
