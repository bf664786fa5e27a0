"""Do we take this file? One answer for each: what we keep of it, or the reason why not. Never an exception."""

import warnings
from hashlib import sha256

from bot.media.formats import Format, recognise
from bot.media.pictures import Document, Picture, Refusal, Refused

__all__ = ["check_document", "check_picture"]

MAX_PICTURE_BYTES = 20 * 2**20  # what Telegram's Bot API lets a bot download (core.telegram.org/bots/api#getfile)
MAX_DOCUMENT_BYTES = 10 * 2**20
PDF_TAIL = 2048  # readers look for %%EOF in the last 1,024 bytes (ISO 32000, annex H); scanners leave a little more


def check_picture(data: bytes) -> Picture | Refused:
    """The picture as we keep it, or why it is refused. Takes up to a second of one core: see Darkroom."""
    if len(data) > MAX_PICTURE_BYTES:
        return Refused(Refusal.TOO_LARGE_BYTES)
    kind = recognise(data)
    if kind is None or kind is Format.PDF:
        return Refused(Refusal.NOT_A_PICTURE)
    return _decoded(data, kind)


def check_document(data: bytes) -> Document | Picture | Refused:
    """A certificate: a PDF as it came, or a photo of the paper."""
    if recognise(data) is not Format.PDF:
        return check_picture(data)
    if len(data) > MAX_DOCUMENT_BYTES:
        return Refused(Refusal.TOO_LARGE_BYTES)
    if b"%%EOF" not in data[-PDF_TAIL:]:
        return Refused(Refusal.BROKEN)
    return Document(data=data, sha256=sha256(data).hexdigest())


def _decoded(data: bytes, kind: Format) -> Picture | Refused:
    from bot.media import decoding  # loads Pillow, with the first picture and not with the program

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow remarks on odd EXIF; what we keep has none
            return decoding.picture(data, kind)
    except decoding.Unfit as unfit:
        return Refused(unfit.reason)
    except MemoryError:
        return Refused(Refusal.TOO_MANY_PIXELS)
    except Exception:  # noqa: BLE001 decoders raise nearly everything on bytes that were made to break them
        return Refused(Refusal.BROKEN)
