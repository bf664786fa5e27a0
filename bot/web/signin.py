"""The officer's link. Looking at it changes nothing: it leads to the web chat, whose page sends the code as its START.

So a preview that a messenger makes of the link does not use it up.
"""

import re

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from bot.desk import Desk

__all__ = ["signin_router"]

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


def signin_router(desk: Desk) -> APIRouter:  # noqa: ARG001 - the same signature for every router of the house
    router = APIRouter(include_in_schema=False)

    @router.get("/masuk/{code}")
    async def sign_in(code: str) -> Response:
        start = f"?mulai={code}" if _CODE.fullmatch(code) else ""
        return RedirectResponse(f"/chat{start}", status_code=303, headers=_HEADERS)

    return router
