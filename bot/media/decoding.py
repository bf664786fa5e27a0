"""From the bytes that somebody sent to the picture that we keep. The only module that imports Pillow.

Nothing is decoded before its header has told how large it is. What is decoded is drawn on a new canvas, and the canvas
is saved: place and time of the photo, comments, profiles and tails stay behind, because nobody carries them over.
"""

import io
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from PIL import Image, ImageFile, ImageFilter, ImageStat

from bot.media.formats import Format, essentials, is_buffered_jpeg
from bot.media.pictures import Picture, Refusal

__all__ = ["Unfit", "picture"]

MIN_SIDE = 320
MAX_PIXELS = 40_000_000
MAX_MEMORY = 115_000_000  # bytes for one picture while it is decoded

FULL_SIDE, FULL_QUALITY = 1600, 80
THUMBNAIL_SIDE, THUMBNAIL_QUALITY = 480, 72
WEBP_METHOD = 2  # 0 fast to 6 small

# Bytes of memory that each pixel of the header's size costs at the worst, measured with Pillow 13: a PNG may have 12
# megapixels, a WebP 7, a HEIC 16, a JPEG all of MAX_PIXELS. Some 20 MB for our own copies come on top, whatever the
# size; the tests hold the sum under 150 MB.
MEMORY: Final = {
    Format.JPEG: 1.0,  # row by row, drawn at half size or less where that is still large enough
    Format.PNG: 9.0,  # the picture and its copies without palette or transparency
    Format.WEBP: 16.0,  # two canvases of the animation decoder, its copy as bytes, ours
    Format.HEIF: 7.0,  # its planes, their RGB, ours
}
BYTES_OF_A_COEFFICIENT = 2  # a JPEG of several scans is held as coefficients until the last scan

LOOK_SIDE = 512  # the small grey copy on which light and sharpness are judged
TILES = 4

ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4 A
UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


class Unfit(Exception):
    """The picture is whole, and we do not take it."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def picture(data: bytes, kind: Format) -> Picture:
    """The picture in `data`, of a format that recognise() gave.

    Raises Unfit where a limit is passed, and whatever a decoder raises where the file is broken.
    """
    source = essentials(data, kind)
    with _open(source, kind) as image:
        _measure(image, _coefficients(image) if is_buffered_jpeg(source, kind) else MEMORY[kind])
        upright = UPRIGHT.get(_orientation(image))
        canvas = _shrunk(_flat(_load(image)), FULL_SIDE)
    if upright is not None:
        canvas = canvas.transpose(upright)
    return _kept(_fresh(canvas))


def _open(source: bytes, kind: Format) -> ImageFile.ImageFile:
    PLUGINS[kind]()
    try:
        return Image.open(io.BytesIO(source), formats=(kind.value,))
    except Image.DecompressionBombError:  # Pillow's own limit, which is wider than ours
        raise Unfit(Refusal.TOO_MANY_PIXELS) from None


def _measure(image: Image.Image, memory: float) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS or pixels * memory > MAX_MEMORY:
        raise Unfit(Refusal.TOO_MANY_PIXELS)
    if min(image.size) < MIN_SIDE:
        raise Unfit(Refusal.TOO_SMALL)


def _coefficients(image: Image.Image) -> float:
    """Bytes for each pixel of a buffered JPEG: 6 for three full planes, 3 where the colours are halved both ways."""
    layers: list[tuple[int, int, int, int]] = getattr(image, "layer", [])  # id, horizontal and vertical sampling, table
    areas = [horizontal * vertical for _, horizontal, vertical, _ in layers]
    return BYTES_OF_A_COEFFICIENT * sum(areas) / max(1, *areas, 1)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 a photo with a garbled label is still a photo
        return 1


def _load(image: ImageFile.ImageFile) -> Image.Image:
    """The pixels of the first frame. A JPEG is decoded at a half, a quarter or an eighth where that is large enough."""
    if image.format in {"JPEG", "MPO"}:
        image.draft("RGB", _fitted(image.size, FULL_SIDE))
    image.load()
    return image


def _flat(image: Image.Image) -> Image.Image:
    """The image in RGB, what was transparent on white."""
    if image.mode == "RGB" and not image.has_transparency_data:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey; convert() would clip all above 255 to white
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    covered = image if image.mode == "RGBA" else image.convert("RGBA")
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(covered, mask=covered)
    return canvas


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """`size` scaled down, never up, until its longer side is `side`."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    size = _fitted(image.size, side)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _fresh(image: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", image.size)
    canvas.paste(image)
    return canvas


def _webp(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=WEBP_METHOD)
    return file.getvalue()


def _kept(canvas: Image.Image) -> Picture:
    full = _webp(canvas, FULL_QUALITY)
    small = _shrunk(canvas, THUMBNAIL_SIDE)
    grey = _shrunk(canvas.convert("L"), LOOK_SIDE)
    return Picture(
        full=full,
        thumbnail=_webp(small, THUMBNAIL_QUALITY),
        sha256=sha256(full).hexdigest(),
        width=canvas.width,
        height=canvas.height,
        dhash=_dhash(grey),
        sharpness=_sharpness(grey),
        brightness=ImageStat.Stat(grey).mean[0],
    )


def _dhash(grey: Image.Image) -> int:
    """Krawetz's difference hash: is each point of a 9 by 8 copy darker than its right neighbour?"""
    points = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join("01"[points[row + x] < points[row + x + 1]] for row in range(0, 72, 9) for x in range(8))
    return int.from_bytes(int(bits, 2).to_bytes(8), signed=True)


def _sharpness(grey: Image.Image) -> float:
    """Variance of the Laplacian in the sharpest of sixteen parts: a product on a plain cloth is not out of focus."""
    edges = grey.filter(LAPLACIAN).crop((1, 1, grey.width - 1, grey.height - 1))  # the filter leaves the rim as it was
    width, height = max(1, edges.width // TILES), max(1, edges.height // TILES)
    corners = ((x * width, y * height) for x in range(TILES) for y in range(TILES))
    return max(ImageStat.Stat(edges.crop((x, y, x + width, y + height))).var[0] for x, y in corners)


def _jpeg() -> None:
    from PIL import JpegImagePlugin  # noqa: F401 registers itself


def _png() -> None:
    from PIL import PngImagePlugin  # noqa: F401 registers itself


def _webp_plugin() -> None:
    from PIL import WebPImagePlugin  # noqa: F401 registers itself


def _heif() -> None:
    import pillow_heif  # only who gets a photo of an iPhone loads libheif

    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


PLUGINS: Final[dict[Format, Callable[[], None]]] = {
    Format.JPEG: _jpeg,
    Format.PNG: _png,
    Format.WEBP: _webp_plugin,
    Format.HEIF: _heif,
}
