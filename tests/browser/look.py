"""Look at the page: python -m tests.browser.look FOLDER writes pictures at 390 and 1280 pixels, light and dark."""

import re
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from bot.web.chat import Key
from tests.bot.web.house import House, Served, served
from tests.browser.conftest import ARGUMENTS, CHROMIUM

SIZES = {"390": (390, 844), "1280": (1280, 900)}
QUESTION = "*Foto produk* · 6 dari 7\nKirim 3 foto di tempat terang:\n1. produk dari depan\n2. kemasan dan labelnya"
STORED = "3 dari 3 foto tersimpan, terima kasih.\nFoto ke-2 *agak gelap*. Boleh kirim ulang di dekat jendela?"


def plate(colour: str) -> FilePayload:
    image = Image.new("RGB", (900, 700), colour)
    ImageDraw.Draw(image).ellipse((150, 100, 700, 600), fill="#E3A41C")
    file = BytesIO()
    image.save(file, "JPEG")
    return {"name": "piring.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def converse(page: Page, running: Served) -> None:
    page.goto(f"{running.url}/chat/ovop-blitar")
    expect(page.locator("#live.on")).to_be_visible()
    running.say(
        text="Selamat pagi, Bu Siti. Pendaftarannya belum selesai.\n\nTinggal foto. Mau dilanjutkan?",
        keys=(Key("Lanjut", "1.0"), Key("Nanti saja", "1.1")),
        progress=(6, 7),
    )
    page.get_by_role("button", name="Lanjut").click()
    running.say(text=QUESTION, progress=(6, 7))
    page.set_input_files("#file", [plate("#1E6A45"), plate("#444433"), plate("#775533")])
    expect(page.locator(".alb .at use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    running.say(text=STORED, keys=(Key("Kirim ulang", "2.0"), Key("Pakai saja", "2.1")), progress=(6, 7))
    running.say(text="Bu Siti, saya bantu lihat fotonya, ya.", sender="Ratna Umpama, petugas")


def pictures(browser: Browser, folder: Path, name: str, *, dark: bool) -> None:
    with served(House(answers=False)) as running:
        width, height = SIZES[name]
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="id-ID"
        )
        stem = f"chat-{name}{'-dark' if dark else ''}"
        converse(page, running)
        page.screenshot(path=folder / f"{stem}.png")
        page.locator("#log").evaluate("node => { node.scrollTop = 0; }")
        page.screenshot(path=folder / f"{stem}-top.png")
        page.click("#menu summary")
        page.screenshot(path=folder / f"{stem}-menu.png")
        page.keyboard.press("Escape")
        running.stop()
        expect(page.locator("#lost")).to_be_visible()
        page.fill("#text", "Baik, saya kirim ulang nanti sore dari rumah")
        page.click("#send")
        page.set_input_files("#file", plate("#224488"))
        expect(page.locator(".alb img")).to_have_count(4)
        page.screenshot(path=folder / f"{stem}-lost.png")
        page.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name in SIZES:
            for dark in (False, True):
                pictures(browser, folder, name, dark=dark)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
