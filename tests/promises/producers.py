"""Producers who register, each with answers of their own, and what was said to them about it.

A ledger is kept from the outside: which message was answered with 200, and what it said. It knows nothing of our code.
"""

import asyncio
import io
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import aiohttp
from PIL import Image

from bot.channels.fakes.telegram import FakeTelegram, Message
from bot.channels.fakes.telegram.deliveries import Delivery

VILLAGES = {
    "Balerejo Wlingi": "35.05.17.2009",
    "Jaten Wonodadi": "35.05.01.2001",
    "Ringinanom Udanawu": "35.05.02.2008",
    "Papungan Kanigoro": "35.05.10.2005",
    "Krenceng Nglegok": "35.05.09.2008",
    "Tembalang Wlingi": "35.05.17.2005",
    "Gondang Gandusari": "35.05.15.2005",
}
PHOTOS = 2
PATIENCE = 13.0  # seconds; an answer whose sending was uncertain is repeated after ten
ONCE = {"bulk": "Pengumuman", "secret": "Kode masuk"}  # classes that are never repeated, and how their messages begin
SYLLABLES = [consonant + vowel for consonant in "bdgjklmnprst" for vowel in "aiueo"]


@dataclass
class Said:
    """One message of a producer. `taken`: it was answered with 200."""

    key: str  # what the inbox knows it by
    field: str = ""
    value: Any = None
    delivery: Delivery | None = None
    posted: bool = False  # for the web chat: answered with 200
    media: int | None = None

    @property
    def taken(self) -> bool:
        return self.posted or (self.delivery is not None and 200 in self.delivery.statuses)


@dataclass
class Producer(ABC):
    """Number n has the n-th name, village, product, price, capacity, phone and pictures."""

    number: int
    said: list[Said] = field(default_factory=list)
    leaving: bool = False

    channel = ""

    @property
    @abstractmethod
    def address(self) -> str:
        """The value of their address in our store."""

    @abstractmethod
    async def tell(self, text: str, field: str = "", value: Any = None, *, hears: str) -> None:
        """Say something; back when it is answered with what they know to come next."""

    @abstractmethod
    async def show(self, pictures: list[bytes]) -> None:
        """Send the photos of the product."""

    async def register(self) -> None:
        """A whole registration, as far as it comes."""
        price, amount = 5000 + 250 * self.number, 20 + self.number
        village = list(VILLAGES)[self.number % len(VILLAGES)]
        phone = f"{self.number % 30 + 1:02}"
        steps: tuple[Callable[[], Any], ...] = (
            lambda: self.tell("/start", hears="Saya Sambang"),
            lambda: self.tell("daftar", hears="menyimpan nama"),
            lambda: self.tell("ya", hears="18 tahun"),
            lambda: self.tell("sudah", hears="Nama Bapak/Ibu siapa"),
            lambda: self.tell(f"Siti {self.word}", "name", f"Siti {self.word}", hears="Dari desa mana"),
            lambda: self.tell(village, "village", VILLAGES[village], hears="Nomor HP"),
            lambda: self.tell(f"0820-0000-00{phone}", "phone", f"+62820000000{phone}", hears="Nama produknya"),
            lambda: self.tell(f"Keripik {self.word}", "product", f"Keripik {self.word}", hears="Termasuk jenis"),
            lambda: self.tell("makanan", "category", "makanan", hears="Harganya berapa"),
            lambda: self.tell(f"{price} per bungkus", "price", price, hears="sanggup membuat"),
            lambda: self.tell(f"{amount} bungkus seminggu", "capacity", str(amount), hears="kirim foto"),
            lambda: self.show([picture(self.number * PHOTOS + n) for n in range(PHOTOS)]),
            lambda: self.tell("selesai", hears="katalog"),
            lambda: self.tell("boleh", "catalogue", True, hears="Mohon dicek"),
            lambda: self.tell("betul", "finished", True, hears="Bolehkah kami kirim pengumuman"),
            lambda: self.tell("boleh", "broadcasts", True, hears="akan kami kirim"),
        )
        for step in steps:
            if self.leaving:
                return
            await step()

    @property
    def word(self) -> str:
        first, rest = divmod(self.number, 3600)
        second, third = divmod(rest, 60)
        return "".join(SYLLABLES[place % 60] for place in (first + 7, second + 19, third)).capitalize()

    @property
    def taken(self) -> list[Said]:
        return [said for said in self.said if said.taken]


@dataclass
class OnTelegram(Producer):
    telegram: FakeTelegram = field(kw_only=True)

    channel = "telegram"

    @property
    def chat(self) -> int:
        return 1000 + self.number

    @property
    def address(self) -> str:
        return str(self.chat)

    async def tell(self, text: str, field: str = "", value: Any = None, *, hears: str) -> None:
        before = len(self.telegram.heard(self.chat))
        self.telegram.write(self.chat, text)
        self._note(field, value)
        await self._answered(before, hears)

    async def show(self, pictures: list[bytes]) -> None:
        before = len(self.telegram.heard(self.chat))
        for index, data in enumerate(pictures):
            file_id = self.telegram.photo(self.chat, data, album=f"album-{self.number}")
            self._note("photo", (file_id, self.number * PHOTOS + index))
        await self._answered(before, "foto")

    def _note(self, field: str, value: Any) -> None:
        delivery = self.telegram.updates[-1]
        self.said.append(Said(str(delivery.id), field, value, delivery=delivery))

    async def _answered(self, before: int, hears: str) -> None:
        """Read until that comes, as a person does; and ask to go on where it does not come: it may have been lost."""

        def came(heard: list[Message]) -> bool:
            return any(hears in message.text for message in heard[before:])

        for _ in range(3):
            try:
                await self.telegram.wait_for(self.chat, came, PATIENCE)
            except TimeoutError:
                if self.leaving:
                    return
                self.telegram.write(self.chat, "lanjut")
                self._note("", None)
            else:
                return
        raise AssertionError(f"{hears!r} never came: {[message.text for message in self.telegram.messages(self.chat)]}")


@dataclass
class OnTheWeb(Producer):
    """In the web chat. What is not answered is posted again with the same key, as the page does."""

    url: str = field(kw_only=True)
    session: aiohttp.ClientSession = field(kw_only=True)
    cookie: str = ""
    waiting: bool = False  # a post is on its way

    channel = "webchat"
    _posts = count(1)

    @property
    def address(self) -> str:
        return self.cookie.rpartition(".")[0]

    async def tell(self, text: str, field: str = "", value: Any = None, *, hears: str) -> None:
        said = self._new(field, value)
        content = {"start": ""} if text == "/start" else {"text": text}
        await self._post("/chat/messages", said, lambda: {"json": {"key": said.key, **content}})

    async def show(self, pictures: list[bytes]) -> None:
        for index, data in enumerate(pictures):
            said = self._new("photo", (None, self.number * PHOTOS + index))
            await self._post("/chat/photos", said, partial(_photo_post, said.key, data))

    def _new(self, field: str, value: Any) -> Said:
        said = Said(f"key-of-the-page-{next(self._posts):06}", field, value)
        self.said.append(said)
        return said

    async def _post(self, path: str, said: Said, content: Callable[[], dict[str, Any]]) -> None:
        again = int(said.key[-6:]) % 10 == 0  # one in ten comes twice
        while not said.posted or again:
            again = again and not said.posted
            headers = {"Cookie": f"sambang_chat={await self._cookie()}", "Accept": "application/json"}
            self.waiting = True
            try:
                async with self.session.post(
                    f"{self.url}{path}", headers={**headers, "Origin": self.url}, **content()
                ) as response:
                    answer = await response.json()
                    assert response.status in {200, 503}, (response.status, answer)
                    said.posted = said.posted or response.status == 200
                    said.media = answer.get("media", said.media)
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)  # the house is down; nothing tells the page when it is back
            finally:
                self.waiting = False

    async def _cookie(self) -> str:
        while not self.cookie:
            try:
                async with self.session.get(f"{self.url}/chat") as response:
                    self.cookie = response.cookies["sambang_chat"].value
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
        return self.cookie


def _photo_post(key: str, data: bytes) -> dict[str, Any]:
    form = aiohttp.FormData()
    form.add_field("key", key)
    form.add_field("photo", data, filename="foto.jpg", content_type="image/jpeg")
    return {"data": form}


def colour_of(number: int) -> tuple[int, int, int]:
    """The colour of the n-th picture: far enough from its neighbours' to be told apart after WebP."""
    return 40 + number * 37 % 200, 40 + number * 91 % 200, 40 + number * 53 % 200


def picture(number: int) -> bytes:
    """A photo in one colour, which is found again in what was stored."""
    data = io.BytesIO()
    Image.new("RGB", (336, 336), colour_of(number)).save(data, "JPEG", quality=90)
    return data.getvalue()


def has_colour(stored: bytes, number: int) -> bool:
    """Whether a stored picture is the n-th."""
    with Image.open(io.BytesIO(stored)) as image:
        pixel = image.convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return all(abs(seen - wanted) <= 6 for seen, wanted in zip(pixel, colour_of(number), strict=True))
