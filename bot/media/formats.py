"""What kind of file some bytes are, and the part of them that a decoder has to see.

A decoder that walks a file chunk by chunk in Python can be kept busy for minutes by twenty megabytes of empty chunks,
and one that unpacks text chunks can be made to fill the memory. Neither reaches a decoder from here.
"""

import re
import struct
from collections.abc import Iterator
from enum import StrEnum

__all__ = ["Format", "Malformed", "essentials", "is_buffered_jpeg", "recognise"]


class Format(StrEnum):
    """A kind of file that we take; the values of pictures are Pillow's names of the formats."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"
    PDF = "PDF"


class Malformed(ValueError):
    """The file breaks its own format's rules, or stretches them further than any camera does."""


PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

# The chunks that draw a picture, and eXIf for its orientation (PNG, third edition, 5.6). Text, profiles and the later
# frames of an animation are left out.
PNG_ESSENTIALS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf"})
MAX_PNG_CHUNKS = 20_000  # encoders write image data in chunks of at least 4 KiB: 20 MiB are some 5,000

# Brands of HEIC stills and sequences (ISO/IEC 23008-12, annex B). AVIF has brands of its own and is not taken.
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

# Every marker but TEM, RST0-7 and fill bytes (ITU-T T.81, table B.1): what cannot occur inside coded data.
JPEG_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
JPEG_BARE_MARKERS = frozenset({0xD8, 0xD9})
SOS, EOI = 0xDA, 0xD9
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
MAX_JPEG_SEGMENTS = 2_000  # 20 MiB of profiles in segments of 64 KiB are 320
MAX_JPEG_SCANS = 32  # a progressive photo has 10; each scan walks over the whole picture again


def recognise(data: bytes) -> Format | None:
    """The format that the first bytes promise, whatever the sender called it; None for all that we do not take."""
    if data.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if data.startswith(PNG_SIGNATURE):
        return Format.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return Format.HEIF
    if data.startswith(b"%PDF-"):
        return Format.PDF
    return None


def essentials(data: bytes, kind: Format) -> bytes:
    """The bytes to hand to the decoder.

    Raises Malformed if a JPEG has more segments or scans, or a PNG more chunks, than a picture needs.
    """
    if kind is Format.PNG:
        return PNG_SIGNATURE + b"".join(_png_essentials(data))
    if kind is Format.JPEG:
        markers = _jpeg_markers(data)
        if markers.count(SOS) > MAX_JPEG_SCANS:
            raise Malformed("more scans than a photo has")
    return data


def is_buffered_jpeg(data: bytes, kind: Format) -> bool:
    """Whether the file is a JPEG whose coefficients a decoder must hold all at once, as it must for several scans."""
    if kind is not Format.JPEG:
        return False
    markers = _jpeg_markers(data)
    return markers.count(SOS) > 1 or not PROGRESSIVE.isdisjoint(markers)


def _png_essentials(data: bytes) -> Iterator[bytes]:
    position = len(PNG_SIGNATURE)
    for _ in range(MAX_PNG_CHUNKS):
        if position + 8 > len(data):
            return
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if name in PNG_ESSENTIALS:
            yield data[position:end]
        if name == b"IEND":
            return
        position = end
    raise Malformed("more chunks than a picture has")


def _jpeg_markers(data: bytes) -> list[int]:
    markers: list[int] = []
    position = 2
    while found := JPEG_MARKER.search(data, position):
        marker = data[found.start() + 1]
        if marker == EOI:
            break
        markers.append(marker)
        if len(markers) > MAX_JPEG_SEGMENTS:
            raise Malformed("more segments than a photo has")
        position = found.end()
        if marker not in JPEG_BARE_MARKERS:
            position += int.from_bytes(data[position : position + 2])
    return markers
