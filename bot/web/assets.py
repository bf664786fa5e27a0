"""Our own style sheets, scripts and icons: read once, kept packed, and named by their content."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Assets"]

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Asset:
    data: bytes
    packed: bytes
    mime: str
    version: str


class Assets:
    """The files of bot/web/static. Only names that are there are served, so no path can lead elsewhere."""

    def __init__(self) -> None:
        folder = resources.files("bot.web") / "static"
        self._assets = {file.name: _read(file.name, file.read_bytes()) for file in folder.iterdir() if file.is_file()}

    def url(self, name: str) -> str:
        """Where the page finds the file. The address changes with the content, so it may be kept for good."""
        return f"/static/{name}?v={self._assets[name].version}"

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.get("/static/{name}")
        async def asset(name: str, request: Request) -> Response:
            found = self._assets.get(name)
            if found is None:
                return Response(status_code=404)
            kept = _FOR_GOOD if request.query_params.get("v") == found.version else "no-cache"
            headers = {"cache-control": kept, "vary": "accept-encoding"}
            if "gzip" not in request.headers.get("accept-encoding", ""):
                return Response(found.data, media_type=found.mime, headers=headers)
            return Response(found.packed, media_type=found.mime, headers=headers | {"content-encoding": "gzip"})

        return router


def _read(name: str, data: bytes) -> _Asset:
    return _Asset(
        data=data,
        packed=gzip.compress(data, mtime=0),
        mime=_TYPES[name.rpartition(".")[2]],
        version=sha256(data).hexdigest()[:12],
    )
