"""The demo's own door: a signed link opens the web chat as one of its people. Only a demo has it.

Nobody else's chat can be opened this way: a link names a person of the cast, and the chat's token is derived from that
name and the demo's secret key.
"""

from urllib.parse import urlsplit

from fastapi import APIRouter
from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import RedirectResponse

from bot.desk import Desk
from bot.web.chat import COOKIE

__all__ = ["STRANGER", "Passes", "demo_router"]

STRANGER = "baru"  # somebody whom the house does not know yet


class Passes:
    """Who may be whom: the links of the demo, and the web tokens behind them."""

    def __init__(self, secret_key: str) -> None:
        self._links = Signer(secret_key, salt="sambang demo link")
        self._tokens = Signer(secret_key, salt="sambang demo chat")

    def link(self, person: str) -> str:
        """The path that opens the chat as this person."""
        return f"/demo/{self._links.sign(person).decode()}"

    def person(self, code: str) -> str | None:
        """Whom a link is for; None where it is not ours."""
        try:
            return self._links.unsign(code).decode()
        except BadSignature:
            return None

    def token(self, person: str) -> str:
        """The web token of this person's chat, always the same."""
        return self._tokens.get_signature(person).decode()


def demo_router(passes: Passes, desk: Desk, *, public_url: str = "") -> APIRouter:
    """`GET /demo/{code}`: from now on this browser chats as that person. A link that is not ours changes nothing."""
    router = APIRouter(include_in_schema=False)

    @router.get("/demo/{code}", response_model=None)
    async def enter(request: Request, code: str) -> RedirectResponse:
        response = RedirectResponse("/chat", status_code=303)
        response.headers["cache-control"] = "no-store"
        person = passes.person(code)
        if person is not None:
            token = desk.new_id() if person == STRANGER else passes.token(person)
            response.set_cookie(
                COOKIE,
                desk.sign(token),
                httponly=True,
                samesite="lax",
                secure="https" in {request.url.scheme, urlsplit(public_url).scheme},
            )
        return response

    return router
