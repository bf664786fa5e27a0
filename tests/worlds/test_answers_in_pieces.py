import asyncio
from pathlib import Path

from bot.knobs import Knobs
from storage.schema import draft
from tests.worlds.world import open_world

SITI = 1001
AS_PEOPLE_SEE_IT = Knobs(pace=False, quiet=True)


async def test_two_halves_of_a_name_are_one_answer_and_get_one_reply(tmp_path: Path, database_url: str) -> None:
    async with open_world(tmp_path / "data", database_url, knobs=AS_PEOPLE_SEE_IT) as world:
        await world.says(SITI, "/start")
        await world.taps(SITI, "Daftar produk")
        await world.taps(SITI, "Setuju")
        asked = await world.taps(SITI, "Sudah")
        assert "Nama" in asked.text
        began = asyncio.get_running_loop().time()

        world.telegram.write(SITI, "Siti")
        await world.telegram.drained()
        world.telegram.write(SITI, "Aminah")
        said = await world.next(SITI)

        assert "desa" in said.text
        assert asyncio.get_running_loop().time() - began >= 2.5
        bodies = await world.building.store.read(lambda tx: tx.execute(draft.select()).mappings().all())
        assert [body["body"]["answers"]["name"] for body in bodies] == ["Siti Aminah"]
        assert len(world.telegram.heard(SITI)) == 5
