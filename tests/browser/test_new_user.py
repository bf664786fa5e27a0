"""Tried as a new user would: a fresh folder, the real process, a real browser at 390 pixels."""

import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.street import Street, links_in, open_street

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PHONE = "0820 0000 0004"
PHOTOS = ("keripik-piring", "keripik", "tampah")
MOST_TURNS = 16  # registration <= 7, product <= 9
MINUTES = 3
HEIGHTS = {390: 844, 1280: 900}  # a phone and a desk


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    with open_street(tmp_path / "fresh") as running:
        yield running


class Walk:
    """Somebody at a browser: what they say and tap is counted, and every answer is waited for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.turns = 0
        page.set_default_timeout(20_000)

    def open(self, url: str, *, expects: str) -> None:
        self.page.goto(url)
        self.hears(expects)

    def types(self, text: str, *, expects: str) -> None:
        self.writes(text)
        self.hears(expects)

    def writes(self, text: str) -> None:
        self.turns += 1
        self.page.fill("#text", text)
        self.page.click("#send")

    def taps(self, label: str, *, expects: str) -> None:
        self.turns += 1
        self.page.locator(".keys").last.get_by_role("button", name=label, exact=True).click()
        self.hears(expects)

    def hears(self, words: str) -> None:
        """The newest message of the bot holds these words."""
        newest = self.page.locator(".bub:not(.me) .txt").last
        expect(newest).to_contain_text(words, timeout=20_000)

    def sends_photos(self, photos: list[FilePayload], *, expects: str) -> None:
        """Through the page's own file chooser, as from a phone's gallery."""
        self.turns += 1
        with self.page.expect_file_chooser() as chooser:
            self.page.click("label[for=file]")
        chooser.value.set_files(photos)
        self.hears(expects)

    def draws(self, name: str, *widths: int) -> None:
        """A picture for docs/, made where it is missing or asked for: a test run leaves the tree as it was."""
        before = self.page.viewport_size
        for width in widths:
            path = DOCS / f"{name}-{width}.png"
            if path.exists() and not os.environ.get("SAMBANGTEST_PICTURES"):
                continue
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self.page.mouse.move(0, 0)  # a phone has no pointer that rests on a key
            self.page.evaluate("document.activeElement.blur()")
            self.page.locator("#log").evaluate("log => { log.scrollTop = log.scrollHeight; }")
            _wait_for_pictures(self.page)
            self.page.screenshot(path=path)
        if before:
            self.page.set_viewport_size(before)


def _wait_for_pictures(page: Page) -> None:
    page.wait_for_function("() => Array.from(document.images).every(image => image.complete)")


def photo(name: str) -> FilePayload:
    """One of the demo's pictures as a phone would send it: a large JPEG, lying on its side, with EXIF and GPS."""
    image = Image.open(ROOT / "bot" / "demo" / "pictures" / f"{name}.webp").convert("RGB").resize((2400, 2400))
    image = image.rotate(90, expand=True)
    exif = image.getexif()
    exif[0x0112] = 6  # turn it by 90 degrees to look at it
    exif[0x010F] = "Kamera Contoh"
    exif.get_ifd(0x8825).update({1: "S", 2: (8.0, 5.0, 0.0), 3: "E", 4: (112.0, 19.0, 0.0)})
    data = io.BytesIO()
    image.save(data, "JPEG", quality=90, exif=exif)
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def sized(browser: Browser, width: int) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        has_touch=width < 600,
        color_scheme="light",
        reduced_motion="reduce",
    )


def test_a_producer_registers_through_a_crash_and_reads_what_the_officer_decided(
    street: Street, browser: Browser
) -> None:
    street.start()
    began = time.perf_counter()
    producer = Walk(sized(browser, 390).new_page())

    _tells_who_she_is(producer, street)
    _loses_the_line_and_goes_on(producer, street)
    _tells_of_her_product(producer)
    seconds = time.perf_counter() - began

    print(f"\nregistration: {producer.turns} turns, {seconds:.0f} s, a crash among them")  # noqa: T201 - a figure to read
    assert producer.turns <= MOST_TURNS
    assert seconds < MINUTES * 60

    producer.taps("Cek status", expects="Menunggu pemeriksaan")

    officer = Walk(sized(browser, 1280).new_page())
    producer.page.evaluate("window.neverReloaded = true")
    _decides(officer, street)
    producer.hears("Label belum ada tanggal kedaluwarsa")
    assert producer.page.evaluate("window.neverReloaded")
    producer.draws("keputusan", 390)
    assert re.sub(r"\D", "", PHONE)[1:] not in re.sub(r"\D", "", street.log)
    for walk in (producer, officer):
        walk.page.context.close()


def _tells_who_she_is(walk: Walk, street: Street) -> None:
    walk.open(f"{street.url}/chat", expects="Sambang Blitar")
    walk.taps("Daftar produk", expects="Setuju?")
    walk.taps("Setuju", expects="18 tahun")
    walk.taps("Sudah", expects="Nama Bapak/Ibu siapa?")
    walk.types("siti contohwati", expects="Dari desa mana?")
    walk.types("balairejo wlingi", expects="Balerejo")
    walk.taps("Ya, benar", expects="Nomor HP")
    walk.types(PHONE, expects="Nama produknya apa?")
    walk.types("Keripik Singkong Balerejo", expects="OVB-0001")


def _loses_the_line_and_goes_on(walk: Walk, street: Street) -> None:
    """SIGKILL; she answers while nobody listens; the same folder and port again, and the page goes on by itself."""
    street.kill()
    expect(walk.page.locator("#lost")).to_be_visible(timeout=20_000)
    walk.page.locator(".keys").last.get_by_role("button", name="Makanan", exact=True).click()
    walk.turns += 1
    walk.draws("terputus", 390)
    street.start()
    walk.hears("Harganya berapa")
    expect(walk.page.locator("#lost")).to_be_hidden()


def _tells_of_her_product(walk: Walk) -> None:
    walk.types("12 ribu per bungkus", expects="sanggup membuat berapa")
    walk.types("100 bungkus seminggu", expects="kirim foto produk")
    walk.sends_photos([photo(name) for name in PHOTOS], expects="3 foto")
    expect(walk.page.locator("#progress")).to_contain_text("6 dari 7")
    walk.draws("chat", 390, 1280)
    walk.taps("Selesai", expects="katalog umum")
    walk.taps("Boleh", expects="Mohon dicek")
    walk.taps("Sudah betul", expects="pengumuman")
    walk.taps("Boleh", expects="STOP PENGUMUMAN")


def _decides(walk: Walk, street: Street) -> None:
    """An officer on another machine: the link of the command line, the product with its photos, a decision."""
    link = links_in(street.command("officer", "add", "Ratna Umpama"))[0]
    walk.open(link, expects="Selamat datang, Ratna Umpama")
    walk.types("/putuskan", expects="Keripik Singkong Balerejo")
    expect(walk.page.locator(".bub .pics img")).to_have_count(len(PHOTOS))
    walk.draws("putuskan", 390, 1280)
    walk.taps("Perlu perbaikan", expects="Apa alasannya?")
    walk.types("Rasanya enak. Label belum ada tanggal kedaluwarsa.", expects="Langkah berikutnya")
    walk.taps("Kirim foto baru", expects="Produsen langsung diberi tahu")
