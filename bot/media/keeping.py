"""Puts what the darkroom made into the media store, and says in a row's words what it is."""

from bot.media.files import MediaStore
from bot.media.pictures import Document, Picture
from storage.media import Fetched

__all__ = ["keep_bytes"]


async def keep_bytes(files: MediaStore, developed: Picture | Document) -> Fetched:
    """The bytes are durable when this returns. Raises MediaUnavailable."""
    if isinstance(developed, Document):
        key = await files.put(developed.data)
        return Fetched(sha256=key, mime=developed.mime, bytes=len(developed.data))
    key = await files.put(developed.full)
    thumbnail = await files.put(developed.thumbnail)
    hint = "dark" if developed.is_dark else "blurred" if developed.is_blurred else None
    return Fetched(
        sha256=key,
        thumbnail_sha256=thumbnail,
        mime=developed.mime,
        width=developed.width,
        height=developed.height,
        bytes=len(developed.full),
        dhash=str(developed.dhash),
        hint=hint,
    )
