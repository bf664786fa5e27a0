import io
import math
from collections.abc import Callable

import pytest
from PIL import Image

from bot.media.checks import MAX_PICTURE_BYTES, check_picture
from bot.media.pictures import Picture, Refusal, Refused, looks_alike
from tests.bot.media.specimens import (
    CANARY,
    FORMATS,
    basket,
    blurred,
    bomb_of_heif_pixels,
    bomb_of_pixels,
    bomb_of_webp_canvas,
    darkened,
    exif,
    opened,
    png,
    saved,
    telltale,
    webp_chunks,
)

RED, GREEN, BLUE, YELLOW = (200, 20, 20), (20, 160, 40), (20, 40, 200), (220, 200, 30)
CORNERS = {("top", "left"): RED, ("top", "right"): GREEN, ("bottom", "left"): BLUE, ("bottom", "right"): YELLOW}
OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}

# EXIF 2.32, 4.6.4 A: for each orientation, which side of the scene is the first row and which the first column.
FIRST_ROW_AND_COLUMN = {
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}


def taken(data: bytes) -> Picture:
    picture = check_picture(data)
    assert isinstance(picture, Picture), picture
    return picture


def reason(data: bytes) -> Refusal | None:
    answer = check_picture(data)
    return answer.reason if isinstance(answer, Refused) else None


def is_near(colour: tuple[int, ...], other: tuple[int, ...], within: float = 24) -> bool:
    return math.dist(colour, other) <= within


def colour_at(data: bytes, x: float, y: float) -> tuple[int, ...]:
    image = opened(data)
    colour = image.getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(colour, tuple)
    return colour


def scene_as_a_camera_stores_it(orientation: int, form: str) -> bytes:
    row, column = FIRST_ROW_AND_COLUMN[orientation]
    lies_on_its_side = row in {"left", "right"}
    image = Image.new("RGB", (600, 800) if lies_on_its_side else (800, 600))
    half_width, half_height = image.width // 2, image.height // 2
    for y, vertical in enumerate((row, OPPOSITE[row])):
        for x, horizontal in enumerate((column, OPPOSITE[column])):
            corner = (horizontal, vertical) if lies_on_its_side else (vertical, horizontal)
            image.paste(CORNERS[corner], (x * half_width, y * half_height, (x + 1) * half_width, (y + 1) * half_height))
    return saved(image, form, exif=exif(orientation))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", FIRST_ROW_AND_COLUMN)
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int, form: str) -> None:
    picture = taken(scene_as_a_camera_stores_it(orientation, form))
    assert (picture.width, picture.height) == (800, 600)
    for file in (picture.full, picture.thumbnail):
        assert is_near(colour_at(file, 0.2, 0.2), RED)
        assert is_near(colour_at(file, 0.8, 0.2), GREEN)
        assert is_near(colour_at(file, 0.2, 0.8), BLUE)
        assert is_near(colour_at(file, 0.8, 0.8), YELLOW)


def test_a_turned_photo_of_an_iphone_stands_upright() -> None:
    lying = basket((800, 600)).transpose(Image.Transpose.ROTATE_90)
    lying.getexif()[0x0112] = 6
    photo = saved(lying, "HEIF")
    assert b"irot" in photo  # HEIC turns by a property of its own, and carries the EXIF tag beside it
    picture = taken(photo)
    assert (picture.width, picture.height) == (800, 600)
    assert looks_alike(picture.dhash, taken(saved(basket((800, 600)), "JPEG")).dhash)


def test_a_garbled_orientation_leaves_the_photo_as_it_is() -> None:
    photo = saved(basket((640, 480)), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 60)
    assert taken(photo).width == 640


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_kept_as_webp_with_a_thumbnail(form: str) -> None:
    picture = taken(saved(basket((2400, 1800)), form))
    assert (picture.width, picture.height) == (1600, 1200)
    assert opened(picture.full).size == (1600, 1200)
    assert opened(picture.thumbnail).size == (480, 360)
    assert opened(picture.full).format == opened(picture.thumbnail).format == "WEBP"
    assert picture.mime == "image/webp"


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_but_pixels_is_kept(form: str) -> None:
    told = telltale(form)
    assert CANARY.encode() in told
    picture = taken(told)
    for file in (picture.full, picture.thumbnail):
        assert list(webp_chunks(file)) == [b"VP8 "]
        assert CANARY.encode() not in file
        assert not opened(file).getexif()
        assert opened(file).info.keys().isdisjoint({"exif", "icc_profile", "xmp", "comment"})


def test_a_tail_behind_the_photo_is_left_behind() -> None:
    script = b"<script>alert(1)</script>PK\x03\x04"
    picture = taken(saved(basket(), "JPEG") + script)
    assert script not in picture.full + picture.thumbnail


def test_a_small_picture_is_not_blown_up() -> None:
    picture = taken(saved(basket((400, 330)), "PNG"))
    assert (picture.width, picture.height) == (400, 330)
    assert opened(picture.thumbnail).size == (400, 330)


def test_the_same_photo_has_the_same_key() -> None:
    photo = saved(basket(), "JPEG")
    assert taken(photo) == taken(photo)
    assert taken(photo).sha256 != taken(saved(basket(turned=1), "JPEG")).sha256


class TestColours:
    def test_transparent_pixels_are_white(self) -> None:
        image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
        image.paste((*RED, 255), (0, 0, 200, 400))
        for form in ("PNG", "WEBP", "HEIF"):
            full = taken(saved(image, form)).full
            assert is_near(colour_at(full, 0.2, 0.5), RED)
            assert is_near(colour_at(full, 0.8, 0.5), (255, 255, 255))

    def test_a_palette_with_transparency_is_drawn_on_white(self) -> None:
        image = Image.new("P", (400, 400), 0)
        image.putpalette([*BLUE, *RED])
        image.paste(1, (200, 0, 400, 400))
        full = taken(saved(image, "PNG", transparency=b"\x00\xff")).full
        assert is_near(colour_at(full, 0.2, 0.5), (255, 255, 255))
        assert is_near(colour_at(full, 0.8, 0.5), RED)

    def test_grey_with_alpha_is_drawn_on_white(self) -> None:
        assert is_near(colour_at(taken(saved(Image.new("LA", (400, 400), (0, 0)), "PNG")).full, 0.5, 0.5), (255,) * 3)

    def test_one_bit_is_black_and_white(self) -> None:
        assert is_near(colour_at(taken(saved(Image.new("1", (400, 400), 1), "PNG")).full, 0.5, 0.5), (255,) * 3)

    def test_printers_colours_become_screen_colours(self) -> None:
        full = taken(saved(Image.new("CMYK", (400, 400), (0, 255, 255, 0)), "JPEG")).full
        assert is_near(colour_at(full, 0.5, 0.5), (255, 0, 0), within=40)

    @pytest.mark.parametrize(("level", "kept"), [(0x0000, 0), (0x4000, 64), (0x8000, 128), (0xFFFF, 255)])
    def test_sixteen_bits_of_grey_keep_their_shade(self, level: int, kept: int) -> None:
        full = taken(png((400, 400), 16, 0, level.to_bytes(2) * 400)).full
        assert is_near(colour_at(full, 0.5, 0.5), (kept,) * 3, within=6)

    def test_sixteen_bits_of_colour_keep_their_shade(self) -> None:
        row = b"".join(level.to_bytes(2) for level in (0xC800, 0x1400, 0x1400)) * 400
        assert is_near(colour_at(taken(png((400, 400), 16, 2, row)).full, 0.5, 0.5), RED)


class TestFirstFrame:
    @pytest.mark.parametrize("form", ["WEBP", "PNG", "MPO", "HEIF"])
    def test_of_several_pictures_in_one_file_the_first_is_kept(self, form: str) -> None:
        first, later = Image.new("RGB", (400, 400), RED), Image.new("RGB", (400, 400), BLUE)
        data = saved(first, form, save_all=True, append_images=[later])
        assert is_near(colour_at(taken(data).full, 0.5, 0.5), RED)


class TestHints:
    def test_a_good_photo_gets_no_hint(self) -> None:
        picture = taken(saved(basket(), "JPEG"))
        assert not picture.is_dark
        assert not picture.is_blurred

    def test_a_photo_taken_in_the_dark_is_called_dark(self) -> None:
        assert taken(saved(darkened(basket()), "JPEG")).is_dark

    def test_a_photo_out_of_focus_is_called_blurred(self) -> None:
        assert taken(saved(blurred(basket()), "JPEG")).is_blurred

    def test_a_sharp_product_on_a_plain_cloth_is_not_called_blurred(self) -> None:
        cloth = Image.new("RGB", (1600, 1200), (225, 225, 215))
        cloth.paste(basket((360, 270)), (620, 460))
        assert not taken(saved(cloth, "JPEG")).is_blurred


class TestLooksAlike:
    def test_a_copy_that_was_scaled_and_saved_anew_looks_alike(self) -> None:
        original, copy = basket(), basket().resize((800, 600))
        assert looks_alike(taken(saved(original, "JPEG")).dhash, taken(saved(copy, "JPEG", quality=40)).dhash)

    def test_another_product_does_not_look_alike(self) -> None:
        other = basket().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        assert not looks_alike(taken(saved(basket(), "JPEG")).dhash, taken(saved(other, "JPEG")).dhash)

    def test_the_hash_fits_a_signed_column_of_64_bits(self) -> None:
        ramp = Image.linear_gradient("L").resize((400, 400))
        rising, falling = ramp.transpose(Image.Transpose.ROTATE_90), ramp.transpose(Image.Transpose.ROTATE_270)
        hashes = {taken(saved(image, "PNG")).dhash for image in (rising, falling)}
        assert hashes == {0, -1}
        assert not looks_alike(0, -1)


class TestRefusals:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\xff",
            b"selamat pagi",
            b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><script>alert(1)</script></svg>',
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 900\n",
            b"%PDF-1.7\n%%EOF",
            b"PK\x03\x04",
            saved(basket(), "GIF"),
            saved(basket(), "BMP"),
            saved(basket(), "TIFF"),
            saved(basket((400, 400)), "AVIF"),
        ],
        ids=["empty", "one byte", "text", "SVG", "EPS", "PDF", "ZIP", "GIF", "BMP", "TIFF", "AVIF"],
    )
    def test_what_is_no_photo_is_not_a_picture_whatever_its_name(self, data: bytes) -> None:
        assert reason(data) is Refusal.NOT_A_PICTURE

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_file_cut_in_half_is_broken(self, form: str) -> None:
        photo = saved(basket(), form)
        assert reason(photo[: len(photo) // 2]) is Refusal.BROKEN

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_first_line_alone_is_broken(self, form: str) -> None:
        assert reason(saved(basket(), form)[:20]) is Refusal.BROKEN

    @pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (319, 2000), (2000, 319)])
    def test_a_shorter_side_below_320_pixels_is_too_small(self, size: tuple[int, int]) -> None:
        assert reason(saved(Image.new("RGB", size), "PNG")) is Refusal.TOO_SMALL

    def test_a_shorter_side_of_320_pixels_is_enough(self) -> None:
        assert reason(saved(Image.new("RGB", (320, 2000)), "PNG")) is None

    @pytest.mark.parametrize("bomb", [bomb_of_pixels, bomb_of_webp_canvas, bomb_of_heif_pixels])
    def test_more_pixels_than_we_can_hold_are_too_many(self, bomb: Callable[[], bytes]) -> None:
        assert reason(bomb()) is Refusal.TOO_MANY_PIXELS

    def test_more_than_twenty_mebibytes_are_too_large_and_not_looked_at(self) -> None:
        photo = saved(basket(), "JPEG")
        assert reason(photo + bytes(MAX_PICTURE_BYTES - len(photo))) is None
        assert reason(photo + bytes(MAX_PICTURE_BYTES - len(photo) + 1)) is Refusal.TOO_LARGE_BYTES


def test_warnings_of_the_decoder_do_not_stop_a_photo() -> None:
    file = io.BytesIO()
    basket((640, 480)).save(file, "MPO", save_all=True, append_images=[basket((640, 480))])
    malformed = file.getvalue().replace(b"MPF\0", b"MPF\0" + b"\xff" * 4, 1)
    assert reason(malformed) is None
