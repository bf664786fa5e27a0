import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.bot.web.house import House, Served, served

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="module")  # a playwright that stays open leaves a running loop to the async tests after it
def browser() -> Iterator[Browser]:
    """The system's own browser; without one these tests are skipped, but not where it must be there (.ci/run)."""
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        except Exception as cause:
            if os.environ.get("SAMBANGTEST_BROWSER") == "required":
                raise
            pytest.skip(f"no browser here: {str(cause).splitlines()[0]}")
        yield running
        running.close()


@pytest.fixture
def house() -> Iterator[Served]:
    with served(House()) as running:
        yield running


@pytest.fixture
def phone(browser: Browser, house: Served) -> Iterator[Page]:
    """A small phone that has opened the chat, whose console must stay silent."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="id-ID", timezone_id="Asia/Jakarta", has_touch=True
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: _dismiss(dialog, complaints))
    page.goto(f"{house.url}/chat/ovop-blitar")
    expect(page.locator("#live")).to_have_text("tersambung · membalas langsung")
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith("Failed to load resource")] == []


def _dismiss(dialog: Dialog, complaints: list[str]) -> None:
    complaints.append(f"dialog: {dialog.message}")
    dialog.dismiss()
