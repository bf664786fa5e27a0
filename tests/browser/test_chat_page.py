import re
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from bot.web.chat import Key
from tests.bot.web.house import Served, served

PHOTOS = "**/chat/photos"
MESSAGES = "**/chat/messages"
ALIGNMENT = "*Perhatian* dulu: 2 * 3 * 4 https://contoh.example/a?b=1&c=2. <i>bukan miring</i>"
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "*<svg onload=alert(1)>*",
    "javascript:alert(1)",
    'https://contoh.example/"onmouseover=alert(1)',
    "'\"><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "{{7*7}} ${7*7} </textarea><script>alert(1)</script>",
)


def photo(
    size: tuple[int, int] = (640, 480), *, name: str = "depan.jpg", noise: bool = False, turned: int = 1
) -> FilePayload:
    """A picture; `noise` makes it heavy, `turned` is its EXIF orientation."""
    image = Image.effect_noise(size, 90).convert("RGB") if noise else Image.new("RGB", size, "#1E6A45")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 10), fill="#A4322A")
    exif = image.getexif()
    exif[0x0112] = turned
    file = BytesIO()
    image.save(file, "JPEG", quality=92, exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#send")


def bubble(page: Page, text: str) -> Locator:
    return page.locator(".bub.me", has=page.get_by_text(text, exact=True))


def texts(house: Served) -> list[str]:
    return [arrived.incoming.text for arrived in house.house.arrived if arrived.incoming]


def refuse(route: Route) -> None:
    route.abort("internetdisconnected")


def test_the_bot_greets_once_also_after_a_reload(house: Served, phone: Page) -> None:
    expect(phone.locator(".bub")).to_have_count(1)
    phone.reload()
    expect(phone.locator("#live.on")).to_be_visible()
    expect(phone.locator(".bub")).to_have_count(1)
    assert texts(house) == ["ovop-blitar"]


def test_a_deep_link_starts_once_and_leaves_the_address(house: Served, phone: Page) -> None:
    for _ in range(2):
        phone.goto(f"{house.url}/chat/ovop-blitar?desa=35.05.17.2009")
        expect(phone).to_have_url(f"{house.url}/chat/ovop-blitar")
        expect(phone.locator(".bub")).to_have_count(2)
    assert texts(house) == ["ovop-blitar", "35.05.17.2009"]


def test_what_is_typed_shows_at_once_and_is_ticked_when_stored(house: Served, phone: Page) -> None:
    held: list[Route] = []
    phone.route(MESSAGES, lambda route: held.append(route))  # noqa: PLW0108 - playwright marks its handlers, and cannot mark a builtin
    say(phone, "Siti Contohwati")
    expect(bubble(phone, "Siti Contohwati").locator("use")).to_have_attribute("xlink:href", re.compile("#clock$"))
    held[0].continue_()
    expect(bubble(phone, "Siti Contohwati").locator("use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    expect(phone.locator(".bub").last).to_contain_text("Terima kasih. text: Siti Contohwati")
    expect(phone.locator("#text")).to_have_value("")


def test_messages_of_a_lost_line_go_out_by_themselves_once_and_in_order(house: Served, phone: Page) -> None:
    port = int(house.url.rpartition(":")[2])
    house.stop()
    expect(phone.locator("#lost")).to_be_visible()
    expect(phone.locator("#lost")).to_have_text("Sambungan terputus. Pesan Anda aman dan dikirim otomatis.")
    said = ["satu", "dua", "tiga"]
    for text in said:
        say(phone, text)
    expect(phone.locator(".bub.me use[*|href$='#clock']")).to_have_count(3)
    house.house.leaving = False
    with served(house.house, port):
        expect(phone.locator("#live.on")).to_be_visible(timeout=15000)
        expect(phone.locator("#lost")).to_be_hidden()
        for text in said:
            expect(bubble(phone, text).locator("use")).to_have_attribute(
                "xlink:href", re.compile("#tick$"), timeout=15000
            )
        expect(phone.locator(".bub:not(.me)")).to_have_count(4)
        assert texts(house) == ["ovop-blitar", *said]
        assert _order(phone) == ["start: ovop-blitar", "satu", "text: satu", "dua", "text: dua", "tiga", "text: tiga"]


def test_what_waits_survives_a_reload_with_its_key(house: Served, phone: Page) -> None:
    keys: list[str] = []

    def remember_and_refuse(route: Route) -> None:
        keys.append((route.request.post_data_json or {})["key"])
        refuse(route)

    phone.route(MESSAGES, remember_and_refuse)
    say(phone, "jangan hilang")
    expect(phone.locator("#lost")).to_be_visible()
    phone.fill("#text", "belum selesai ditul")
    phone.reload()
    expect(bubble(phone, "jangan hilang").locator("use")).to_have_attribute("xlink:href", re.compile("#clock$"))
    expect(phone.locator("#text")).to_have_value("belum selesai ditul")
    phone.unroute(MESSAGES)
    expect(bubble(phone, "jangan hilang").locator("use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    assert {house.house.arrived[-1].external_id} == set(keys)


def test_an_answer_that_got_lost_does_not_say_it_twice(house: Served, phone: Page) -> None:
    lost: list[str] = []

    def deliver_and_lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        refuse(route)

    phone.route(MESSAGES, deliver_and_lose)
    say(phone, "sekali saja")
    expect(bubble(phone, "sekali saja").locator("use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    expect(phone.locator("#lost")).to_be_hidden()
    say(phone, "lanjut")
    expect(phone.locator(".bub").last).to_contain_text("text: lanjut")
    assert texts(house) == ["ovop-blitar", "sekali saja", "lanjut"]


def test_a_lost_cookie_gets_a_new_chat_and_the_message_is_sent(house: Served, phone: Page) -> None:
    phone.context.clear_cookies()
    say(phone, "masih di sini")
    expect(phone.locator(".bub").last).to_contain_text("text: masih di sini")


def test_photos_go_up_one_after_the_other_with_a_ring_and_make_an_album(house: Served, phone: Page) -> None:
    slow = phone.context.new_cdp_session(phone)
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 150_000},
    )
    phone.set_input_files("#file", [photo((800, 600), noise=True, name=f"{n}.jpg") for n in range(3)])
    expect(phone.locator(".alb figure")).to_have_count(3)
    expect(phone.locator(".up span").first).to_have_text(re.compile(r"^[1-9]\d?%$"))
    expect(phone.locator(".alb .at")).to_have_text(re.compile(r"mengirim · \d+ dari \d+ kB"))
    say(phone, "selesai")
    expect(phone.locator(".bub").last).to_contain_text("text: selesai", timeout=20000)
    expect(phone.locator(".up")).to_have_count(0)
    assert [name for _, name, _ in house.house.uploads.values()] == ["0.jpg", "1.jpg", "2.jpg"]
    phone.reload()
    expect(phone.locator(".alb")).to_have_count(1)
    expect(phone.locator(".alb img")).to_have_count(3)


@pytest.mark.parametrize(("turned", "stored"), [(1, (1600, 1200)), (6, (1200, 1600))])
def test_a_large_photo_is_made_small_and_upright_in_the_browser(
    house: Served, phone: Page, turned: int, stored: tuple[int, int]
) -> None:
    original = photo((2400, 1800), noise=True, turned=turned)
    phone.set_input_files("#file", original)
    expect(phone.locator(".alb .at use")).to_have_attribute("xlink:href", re.compile("#tick$"), timeout=20000)
    ((data, _, _),) = house.house.uploads.values()
    small = Image.open(BytesIO(data))
    assert small.size == stored
    assert small.getexif().get(0x0112, 1) == 1
    assert len(data) < len(original["buffer"])
    edge = (5, 5) if turned == 1 else (1195, 5)  # the red edge lies above, or at the right after a quarter turn
    red, green, _ = small.convert("RGB").getpixel(edge)  # type: ignore[misc]  # RGB has three
    assert red > 2 * green


def test_what_no_browser_can_draw_goes_up_as_it_is(house: Served, phone: Page) -> None:
    files: list[FilePayload] = [
        {"name": "sertifikat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
        {"name": "rusak.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8 cut"},
    ]
    phone.set_input_files("#file", files)
    expect(phone.locator(".alb .at use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    expect(phone.locator(".doc")).to_contain_text("sertifikat.pdf")
    assert [data for data, _, _ in house.house.uploads.values()] == [b"%PDF-1.7", b"\xff\xd8 cut"]


def test_a_photo_survives_a_reload_and_is_stored_once(house: Served, phone: Page) -> None:
    phone.route(PHOTOS, refuse)
    phone.set_input_files("#file", photo())
    expect(phone.locator("#lost")).to_be_visible()
    phone.reload()
    expect(phone.locator(".alb figure img")).to_have_count(1)
    phone.unroute(PHOTOS)
    expect(phone.locator(".alb .at use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    expect(phone.locator(".up")).to_have_count(0)
    assert len(house.house.uploads) == 1


def test_a_refused_photo_says_why_and_the_next_goes_on(house: Served, phone: Page) -> None:
    bad: FilePayload = {"name": "catatan.txt", "mimeType": "text/plain", "buffer": b"x"}
    phone.set_input_files("#file", [bad])
    expect(phone.locator(".why")).to_have_text("Itu bukan foto.")
    say(phone, "ini teksnya")
    expect(phone.locator(".bub").last).to_contain_text("text: ini teksnya")


def test_a_tapped_key_gets_a_tick_and_older_keys_grow_quiet(house: Served, phone: Page) -> None:
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.locator(".keys button.on")).to_have_text("Lanjut")
    expect(phone.locator(".bub")).to_have_count(2)
    expect(phone.locator(".keys").first).to_have_class(re.compile(r"\bold\b"))
    expect(phone.locator(".keys").last).not_to_have_class(re.compile(r"\bold\b"))
    phone.get_by_role("button", name="Nanti saja").first.click()  # an older key can still be tapped
    expect(phone.locator(".bub")).to_have_count(3)
    phone.reload()
    expect(phone.locator(".keys").first.locator(".on")).to_have_text("Nanti saja")


def test_a_word_of_an_officer_leaves_the_question_open(house: Served, phone: Page) -> None:
    say(phone, "satu")
    expect(phone.locator("#progress")).to_have_text("1 dari 7 · tersimpan")
    house.say(text="Saya bantu, ya.", sender="Ratna Umpama, petugas")
    expect(phone.locator(".from")).to_have_text("Ratna Umpama, petugas")
    expect(phone.locator("#progress")).to_have_text("1 dari 7 · tersimpan")
    expect(phone.locator(".keys").last).not_to_have_class(re.compile(r"\bold\b"))


def test_a_question_for_the_phone_number_offers_the_number_keyboard(house: Served, phone: Page) -> None:
    house.say(text="Nomor HP-nya berapa?", asks_phone=True)
    expect(phone.locator("#text")).to_have_attribute("inputmode", "tel")
    house.say(text="Terima kasih.")
    expect(phone.locator("#text")).not_to_have_attribute("inputmode", "tel")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_of_people_is_shown_as_the_text_it_is(house: Served, phone: Page, payload: str) -> None:
    say(phone, payload)
    expect(phone.locator(".bub:not(.me)")).to_have_count(2)  # answered: what comes now is the last
    house.say(text=payload, sender=payload, keys=(Key(payload, "zz.0"),))
    shown = payload.replace("*", "")
    for _ in range(2):  # drawn by the script, then by the server
        expect(phone.locator(".bub.me .txt").last).to_have_text(shown)
        expect(phone.locator(".bub:not(.me) .txt").last).to_have_text(shown)
        expect(phone.locator(".from").last).to_have_text(payload)
        expect(phone.locator(".keys button").last).to_have_text(payload)
        assert phone.locator("#log :is(script, iframe, i, svg[onload], img:not([src^='/chat/media/']))").count() == 0
        assert phone.locator("a[href^='javascript']").count() == 0
        phone.reload()
        expect(phone.locator("#live.on")).to_be_visible()


def test_the_script_draws_what_the_server_draws(house: Served, phone: Page) -> None:
    phone.get_by_role("button", name="Lanjut").click()
    say(phone, ALIGNMENT)
    expect(phone.locator(".bub:not(.me)")).to_have_count(3)
    phone.set_input_files("#file", [photo(name=f"{n}.jpg") for n in range(3)])
    expect(phone.locator(".alb .at use")).to_have_attribute("xlink:href", re.compile("#tick$"))
    house.say(text=ALIGNMENT, sender="Ratna Umpama, petugas")
    house.say(
        text="Ini fotonya", photos=(1, 2), sender="Ratna Umpama, petugas", keys=(Key("A", "z.0"), Key("B", "z.1"))
    )
    say(phone, "akhir")
    expect(phone.locator(".bub").last).to_contain_text("text: akhir")
    drawn = phone.evaluate("() => document.getElementById('log').innerHTML")
    served_page = phone.evaluate(
        """async () => {
            const text = await (await fetch('/chat')).text();
            return new DOMParser().parseFromString(text, 'text/html').getElementById('log').innerHTML;
        }"""
    )
    assert _plain(drawn) == _plain(served_page)


def test_rows_come_by_polling_where_the_browser_cannot_stream(house: Served, browser: Browser) -> None:
    context = browser.new_context(locale="id-ID")
    context.add_init_script("delete window.EventSource")
    page = context.new_page()
    page.goto(f"{house.url}/chat")
    expect(page.locator("#live.on")).to_be_visible()
    say(page, "halo")
    expect(page.locator(".bub").last).to_contain_text("text: halo", timeout=10000)
    context.close()


def test_the_whole_conversation_works_without_script(house: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 240, "height": 320})
    page = context.new_page()
    page.goto(f"{house.url}/chat/ovop-blitar")
    page.get_by_role("button", name="Mulai").click()
    page.fill("#text", "Siti Contohwati")
    page.click("#send")
    expect(page.locator(".bub").last).to_contain_text("text: Siti Contohwati")
    page.get_by_role("button", name="Lanjut").last.click()
    expect(page.locator(".keys button.on")).to_have_text("Lanjut")
    page.set_input_files("#file", photo())
    page.locator("#photos button").click()
    expect(page.locator(".alb img")).to_have_count(1)
    page.click("#menu summary")
    page.locator("#menu button").first.click()
    expect(page.locator(".bub.me").last).to_contain_text("menu")
    context.close()


def test_the_page_can_be_used_with_the_keyboard_alone(house: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    page = context.new_page()
    page.goto(f"{house.url}/chat")
    expect(page.locator(".bub")).to_have_count(1)
    page.focus("#text")
    page.keyboard.type("baris satu")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("baris dua")
    page.keyboard.press("Enter")
    expect(page.locator(".bub.me .txt")).to_have_text("baris satu\nbaris dua")
    page.focus("#menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".bub.me .txt").last).to_have_text("menu")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).not_to_have_attribute("open", "")
    context.close()


def test_a_message_that_comes_while_reading_above_is_announced(house: Served, phone: Page) -> None:
    for n in range(30):
        house.say(text=f"Pesan lama {n}")
    expect(phone.locator(".bub")).to_have_count(31)
    phone.evaluate("() => { document.getElementById('log').scrollTop = 0; }")
    house.say(text="Yang baru")
    phone.locator("#newer").click()
    expect(phone.get_by_text("Yang baru")).to_be_in_viewport()
    expect(phone.locator("#newer")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 568), (390, 844), (1280, 900)])
def test_everything_fits_and_can_be_hit_with_a_thumb(
    house: Served, browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(f"{house.url}/chat")
    expect(page.locator("#live.on")).to_be_visible()
    house.say(text="k" * 300, keys=tuple(Key(f"Pilihan {n} " + "x" * 40, f"z.{n}") for n in range(3)), progress=(3, 7))
    expect(page.locator(".bub")).to_have_count(2)
    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.evaluate("() => document.documentElement.scrollHeight - window.innerHeight") <= 0
    assert page.locator("#log").evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    page.click("#menu summary")
    for target in page.locator("main :is(button, summary, label, textarea):visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, target
    context.close()


def _order(page: Page) -> list[str]:
    found = page.locator(".bub .txt").all_inner_texts()
    return [text.removeprefix("Terima kasih. ") for text in found]


def _plain(markup: str) -> str:
    """Markup without what only a running page has: previews of photos, quiet keys, blanks between elements."""
    markup = re.sub(r"<noscript>.*?</noscript>|<!--.*?-->", "", markup, flags=re.DOTALL)
    markup = re.sub(r'src="(blob:|/chat/media/)[^"]*"', 'src=""', markup)
    markup = re.sub(r"(?<=keys)([^\"]*?) old", r"\1", markup)
    return re.sub(r">\s+<", "><", markup).strip()
