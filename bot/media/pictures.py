"""What we know of a picture that was taken in, and why one is refused. No decoding here and no wording."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Document", "Picture", "Refusal", "Refused", "looks_alike"]

# Hints for the photographer, never reasons to refuse. Tuned on our own drawings and on pictures made dark and blurred
# by code; real phone photos may move them.
DARK_BELOW = 40.0  # mean luminance, 0 black to 255 white
BLURRED_BELOW = 40.0  # variance of the Laplacian in the sharpest part of the picture

# Of 64 bits. Copies of our drawings, saved anew or scaled, differ in 0 to 4; two drawings of one product in 8 or more.
ALIKE_WITHIN = 4


class Refusal(StrEnum):
    NOT_A_PICTURE = "not_a_picture"
    TOO_LARGE_BYTES = "too_large_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Refused:
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep it: upright, sRGB-sized for the screen, WebP, and nothing in it but pixels."""

    full: bytes
    thumbnail: bytes
    sha256: str
    """Hexadecimal, of `full`: the same photo sent twice has the same."""
    width: int
    """Of `full`, in pixels."""
    height: int
    dhash: int
    """Difference hash of 64 bits as a signed integer, which is what a database's BIGINT holds; see looks_alike."""
    sharpness: float
    brightness: float

    @property
    def mime(self) -> str:
        return "image/webp"

    @property
    def is_dark(self) -> bool:
        return self.brightness < DARK_BELOW

    @property
    def is_blurred(self) -> bool:
        return self.sharpness < BLURRED_BELOW


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF kept as it came. It may carry anything: only its owner and officers get it, as a download, never inline."""

    data: bytes
    sha256: str

    @property
    def mime(self) -> str:
        return "application/pdf"


def looks_alike(dhash: int, other: int) -> bool:
    """Whether two pictures' dhashes are so near that people would call them the same photo."""
    return ((dhash ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count() <= ALIKE_WITHIN
