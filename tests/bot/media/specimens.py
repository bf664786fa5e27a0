"""Pictures made by code: honest ones, odd ones, and ones made to hurt. No file of anybody is kept here."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

CANARY = "RumahIbuDiDesa"  # stands for all that a photo may tell and nobody asked for
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """As a phone would write it; HEIF in a hurry, which is larger but as hard to read."""
    file = io.BytesIO()
    if form == "HEIF":
        options = {"enc_params": {"preset": "ultrafast"}, **options}
    image.save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def basket(size: tuple[int, int] = (1200, 900), turned: int = 0) -> Image.Image:
    """A woven basket on a table: something with edges all over, in daylight."""
    image = Image.new("RGB", size, (205, 190, 160))
    draw = ImageDraw.Draw(image)
    width, height = size
    for x in range(0, width, 24):
        for y in range(0, height, 24):
            if (x // 24 + y // 24 + turned) % 2:
                shade = 90 + (x * 7 + y * 3 + turned * 40) % 120
                draw.rectangle((x, y, x + 17, y + 11), (shade, shade * 3 // 4, shade // 2))
    draw.ellipse((width // 4, height // 4, width // (2 + turned), height // 2), (150, 40, 30))
    return image


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(max(image.size) / 512 * 3))


def darkened(image: Image.Image) -> Image.Image:
    return image.point(lambda value: value // 8)


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: the model, the time, and where the house stands."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = CANARY
    tags[0x010E] = CANARY
    tags.get_ifd(0x8769)[0x9003] = "2026:11:21 08:00:00"
    tags.get_ifd(0x8825).update({1: "S", 2: (8.0, 5.0, 53.0), 3: "E", 4: (112.0, 9.0, 28.0), 0x1D: CANARY})
    return tags


def telltale(form: str) -> bytes:
    """A picture of this format with everything that it can say beside its pixels."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY.encode()
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{CANARY}</x:xmpmeta>'.encode()
    options: dict[str, object] = {"exif": exif(), "icc_profile": profile, "xmp": xmp}
    if form == "JPEG":
        options["comment"] = CANARY
    if form == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", CANARY)  # type: ignore[attr-defined] # it is the PngInfo of the line above
    return saved(basket((640, 480)), form, **options)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(size: tuple[int, int], depth: int, colour: int, row: bytes, *, extra: Iterable[bytes] = ()) -> bytes:
    """A PNG written by hand: every row the same, so that hundreds of megapixels take a few kilobytes."""
    packer = zlib.compressobj(1)
    width, height = size
    pixels = b"".join(packer.compress(b"\0" + row) for _ in range(height)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return PNG_SIGNATURE + header + b"".join(extra) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def webp_chunks(data: bytes) -> Iterator[bytes]:
    """The names of the chunks of a WebP (RIFF container, developers.google.com/speed/webp/docs/riff_container)."""
    position = 12
    while position < len(data):
        name, length = struct.unpack_from("<4sI", data, position)
        yield name
        position += 8 + length + length % 2


def bomb_of_pixels() -> bytes:
    return png((9400, 9400), 1, 0, bytes(1175))


def bomb_of_png_chunks() -> bytes:
    return png((400, 400), 8, 0, bytes(400), extra=[chunk(b"teSt", b"")] * 1_500_000)


def bomb_of_png_text() -> bytes:
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1_000_000)))
    return png((400, 400), 8, 0, bytes(400), extra=[text] * 1000)


def bomb_of_png_profile() -> bytes:
    return png((400, 400), 8, 0, bytes(400), extra=[chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000)))])


def bomb_of_jpeg_segments() -> bytes:
    photo = saved(basket((400, 400)), "JPEG")
    return photo[:2] + b"\xff\xe5\x00\x02" * 4_500_000 + photo[2:]


def bomb_of_jpeg_scans() -> bytes:
    """A progressive picture whose last scan comes again and again, each time over all of it."""
    photo = saved(Image.new("RGB", (4000, 3000)), "JPEG", progressive=True)
    last_scan = photo[photo.rindex(b"\xff\xda") : -2]
    return photo[:-2] + last_scan * 2000 + photo[-2:]


def flat_webp(size: tuple[int, int]) -> bytes:
    """A lossless WebP of one colour: its codes take no bits at all, so any size is 34 bytes (RFC 9649, 3.4)."""
    small = bytearray(saved(Image.new("RGBA", (16, 16)), "WEBP", lossless=True))
    beside_the_size = int.from_bytes(small[21:25], "little") >> 28 << 28
    small[21:25] = (beside_the_size | size[0] - 1 | (size[1] - 1) << 14).to_bytes(4, "little")
    return bytes(small)


def bomb_of_webp_canvas() -> bytes:
    return flat_webp((16383, 16383))


def bomb_of_webp_frames() -> bytes:
    tiny = saved(Image.new("RGB", (1, 1)), "WEBP", lossless=True)[12:]
    frame = struct.pack("<4sI", b"ANMF", 16 + len(tiny)) + bytes(16) + tiny
    body = b"WEBP" + struct.pack("<4sIB3s", b"VP8X", 10, 2, b"\0\0\0") + (399).to_bytes(3, "little") * 2
    body += struct.pack("<4sIIH", b"ANIM", 6, 0, 0) + frame * (19_000_000 // len(frame))
    return b"RIFF" + struct.pack("<I", len(body)) + body


@cache
def bomb_of_heif_pixels() -> bytes:
    return saved(Image.new("L", (6000, 4500)), "HEIF", quality=10)


def heavy_baseline_jpeg() -> bytes:
    return saved(Image.new("RGB", (7900, 5000)), "JPEG")


def heavy_progressive_jpeg() -> bytes:
    return saved(Image.new("RGB", (5000, 3820)), "JPEG", progressive=True, subsampling=0)


def heavy_cmyk_jpeg() -> bytes:
    return saved(Image.new("CMYK", (5000, 2870)), "JPEG", progressive=True, subsampling=0)


def heavy_png() -> bytes:
    return png((4250, 3000), 8, 6, bytes(4250 * 4))


def heavy_webp() -> bytes:
    return flat_webp((2870, 2500))


def heavy_heif() -> bytes:
    return saved(Image.new("RGB", (4100, 4000)), "HEIF", quality=10)


REFUSED_BOMBS = (
    bomb_of_pixels,
    bomb_of_png_chunks,
    bomb_of_jpeg_segments,
    bomb_of_jpeg_scans,
    bomb_of_webp_canvas,
    bomb_of_heif_pixels,
)
HARMLESS_BOMBS = (bomb_of_png_text, bomb_of_png_profile, bomb_of_webp_frames)
HEAVIEST_TAKEN = (heavy_baseline_jpeg, heavy_progressive_jpeg, heavy_cmyk_jpeg, heavy_png, heavy_webp, heavy_heif)
