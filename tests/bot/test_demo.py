"""The demo as somebody tries it: the real process in a fresh folder, and its links opened one after the other."""

import json
import re
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from bot import system
from bot.demo.people import cast
from domain.curation import Decision
from tests.street import Street, open_street

PRODUCERS = cast().producers


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A running demo, whose operator has a Telegram bot and a PostgreSQL for the real house."""
    with open_street(tmp_path_factory.mktemp("demo")) as street:
        street.settings = {
            "SAMBANG_TELEGRAM_TOKEN": "1234567:" + "a" * 35,
            "SAMBANG_TELEGRAM_API_URL": "http://127.0.0.1:9",
            "SAMBANG_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/real",
            "SAMBANG_SECRET_KEY": "r" * 40,
        }
        street.start("demo")
        yield street


class Browser:
    """A browser's cookie, and what the page's script would fetch."""

    def __init__(self, street: Street) -> None:
        self.url = street.url
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, accept: str = "*/*") -> bytes:
        with self._opener.open(urllib.request.Request(f"{self.url}{path}", headers={"accept": accept})) as answer:
            return bytes(answer.read())

    def says(self, text: str) -> list[dict[str, Any]]:
        """Everything in the chat, once there is an answer to this."""
        before = max((row["e"] for row in self.rows()), default=0)
        body = json.dumps({"key": system.uuid(), "text": text}).encode()
        headers = {"content-type": "application/json", "accept": "application/json", "origin": self.url}
        self._opener.open(urllib.request.Request(f"{self.url}/chat/messages", body, headers)).close()
        for _ in range(100):
            rows = self.rows()
            if any(row["s"] == "them" and row["e"] > before for row in rows):
                return rows
            time.sleep(0.1)
        raise AssertionError(f"no answer to {text}: {rows}")

    def rows(self) -> list[dict[str, Any]]:
        answer = json.loads(self.get("/chat/events", accept="application/json"))
        return list(answer["rows"])


def links_of(demo: Street) -> dict[str, str]:
    """Path of each link that the last start printed, by the name in it."""
    return {path.split("/")[-1].split(".")[0]: path for path in re.findall(r"http://\S+?(/demo/\S+)", demo.log)}


def enter(demo: Street, person: str) -> Browser:
    browser = Browser(demo)
    browser.get(links_of(demo)[person])
    return browser


def query(demo: Street, statement: str) -> list[tuple[Any, ...]]:
    path = demo.folder / "data" / "demo" / "sambang.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute(statement).fetchall()


@pytest.mark.parametrize("producer", PRODUCERS, ids=lambda producer: producer.id)
def test_the_chat_of_every_producer_opens_and_knows_the_product(demo: Street, producer: Any) -> None:
    answer = enter(demo, producer.id).says("status")[-1]["t"]

    assert producer.product["name"] in answer
    assert producer.curation.get("feedback", "") in answer


def test_a_producer_finds_the_news_of_the_past_on_its_day(demo: Street) -> None:
    news = [row for row in enter(demo, "wiwik").rows() if "Selamat" in row["t"] or "Perlu perbaikan" in row["t"]]

    assert ["lolos" in row["t"] for row in news[:3]] == [True, True, False]
    assert sorted(row["a"] for row in news) == [row["a"] for row in news]
    assert len({row["a"][:10] for row in news[:3]}) == 3


def test_photos_are_on_the_products_and_have_gone_through_the_darkroom(demo: Street) -> None:
    named = sum(len(producer.photos) for producer in PRODUCERS)
    stored = query(demo, "SELECT m.id, m.sha256 FROM product_photo p JOIN media m ON m.id = p.media_id ORDER BY m.id")

    assert len(stored) == named
    shelf = demo.folder / "data" / "demo" / "media"
    assert all((shelf / key[:2] / key[2:4] / key).is_file() for _, key in stored)
    lestari = enter(demo, "lestari")
    assert lestari.get(f"/chat/media/{stored[0][0]}")[8:12] == b"WEBP"


def test_the_demo_is_marked_as_invented_and_reaches_nobody_by_a_platform(demo: Street) -> None:
    for table in ("producer", "product"):
        assert query(demo, f"SELECT DISTINCT is_demo FROM {table}") == [(1,)]
    invented = query(demo, "SELECT phone FROM contact WHERE is_demo")
    assert len(invented) == len(PRODUCERS) + 1
    assert all(phone is None or phone.startswith("+6282000000") for (phone,) in invented)
    assert query(demo, "SELECT DISTINCT channel FROM address") == [("webchat",)]
    assert not (demo.folder / "data" / "sambang.db").exists()


def test_everybody_has_agreed_to_everything(demo: Street) -> None:
    given = query(demo, "SELECT purpose, count(*) FROM consent WHERE given GROUP BY purpose ORDER BY purpose")

    assert given == [(purpose, len(PRODUCERS)) for purpose in ("broadcast", "catalogue", "registration")]


def test_the_officer_finds_what_waits(demo: Street) -> None:
    officer = enter(demo, "ratna")
    card = officer.says("/putuskan")[-1]

    assert "Karti Umpama" in card["t"]
    assert officer.get(f"/chat/media/{card['p'][0]}")[8:12] == b"WEBP"


def test_every_product_that_waits_has_a_picture() -> None:
    assert all(producer.photos for producer in PRODUCERS if producer.curation["decision"] == Decision.WAITING)


def test_a_stranger_is_somebody_new_each_time(demo: Street) -> None:
    first, second = enter(demo, "baru"), enter(demo, "baru")

    assert [cookie.value for cookie in first.jar] != [cookie.value for cookie in second.jar]
    assert "belum punya produk" in first.says("status")[-1]["t"]


def test_a_link_that_was_changed_opens_nobodys_chat(demo: Street) -> None:
    path = links_of(demo)["lestari"]
    visitor = Browser(demo)
    visitor.get(path.replace("lestari", "wiwik"))

    assert "belum punya produk" in visitor.says("status")[-1]["t"]


def test_a_second_start_finds_everybody_and_adds_nobody(tmp_path: Path) -> None:
    with open_street(tmp_path) as street:
        street.start("demo")
        first, people = links_of(street), query(street, "SELECT count(*) FROM contact")
        assert street.stop() == 0
        street.start("demo")

        assert links_of(street) == first
        assert street.log.count(first["lestari"]) == 2
        assert query(street, "SELECT count(*) FROM contact") == people
        assert query(street, "SELECT count(*) FROM product") == [(len(PRODUCERS),)]


def test_the_house_without_the_demo_has_no_such_door(tmp_path: Path) -> None:
    with open_street(tmp_path) as street:
        street.start()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            Browser(street).get("/demo/lestari.AAAA")
