import io
from pathlib import Path

from PIL import Image, ImageDraw

from storage.schema import producer, product, product_photo
from tests.worlds.world import World, open_world

SITI = 1001


def picture(number: int) -> bytes:
    """A photo of its own for each number."""
    image = Image.new("RGB", (900, 700), (240, 230, 210))
    draw = ImageDraw.Draw(image)
    for line in range(0, 900, 12):
        draw.line((line, 0, (line * (number + 2)) % 900, 700), fill=(line % 255, 90, 20 * number), width=4)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=88)
    return data.getvalue()


async def register(world: World, chat: int) -> str:
    """A whole registration with an album of three photos. Gives the last message."""
    await world.says(chat, "/start")
    await world.taps(chat, "Daftar produk")
    await world.taps(chat, "Setuju")
    await world.taps(chat, "Sudah")
    await world.says(chat, "Siti Aminah")
    said = await world.says(chat, "balerejo wlingi")
    if "Balerejo, Kec. Wlingi" in said.labels:
        said = await world.taps(chat, "Balerejo, Kec. Wlingi")
    if "nomor" in said.text.lower() and "hp" in said.text.lower():
        world.telegram.share_phone(chat, "+6282000000001")
        said = await world.next(chat)
    assert "produk" in said.text.lower()
    said = await world.says(chat, "Keripik Singkong")
    assert "OVB-" in said.text
    await world.taps(chat, "Makanan")
    await world.says(chat, "12 ribu per bungkus")
    await world.says(chat, "100 bungkus seminggu")
    world.telegram.album(chat, [picture(1), picture(2), picture(3)])
    said = await world.next(chat)
    assert "3 foto" in said.text
    await world.taps(chat, "Selesai")
    said = await world.taps(chat, "Boleh")
    assert "Keripik Singkong" in said.text
    return (await world.taps(chat, "Sudah betul")).text


async def test_a_producer_registers_over_telegram_with_an_album(world: World) -> None:
    done = await register(world, SITI)

    assert "OVB-" in done
    producers = await world.building.store.read(lambda tx: tx.execute(producer.select()).mappings().all())
    products = await world.building.store.read(lambda tx: tx.execute(product.select()).mappings().all())
    photos = await world.building.store.read(lambda tx: tx.execute(product_photo.select()).all())
    assert [(row["name"], row["region_code"], row["state"]) for row in producers] == [
        ("Siti Aminah", "35.05.17.2009", "registered")
    ]
    assert [(row["name"], row["price_idr"], row["decision"]) for row in products] == [
        ("Keripik Singkong", 12000, "menunggu")
    ]
    assert len(photos) == 3


async def test_without_a_public_address_messages_are_polled(tmp_path: Path, sqlite_url: str) -> None:
    async with open_world(tmp_path / "data", sqlite_url, mode="polling") as world:
        assert "OVB-" in await register(world, SITI)
