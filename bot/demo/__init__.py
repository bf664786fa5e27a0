"""`sambang demo`: the whole house with invented producers, in a folder of its own, and links to chat as each of them.

The demo speaks through the web chat alone: whatever platform is set up for the real house stays untouched.
"""

import contextlib
from collections.abc import Iterator, Mapping

from pydantic import SecretStr

from bot import logs
from bot.app import create_app, listen, open_building, uvicorn_run
from bot.building import Building
from bot.channels.webchat import address_of
from bot.demo.door import STRANGER, Passes, demo_router
from bot.demo.people import cast
from bot.demo.seeding import seed
from bot.secret_key import kept_secret_key
from bot.settings import Settings
from handlers.told import decision_label
from storage.addresses import find_contacts
from storage.products import list_products
from storage.tx import Tx

__all__ = ["demo_settings", "run"]


def run(settings: Settings) -> None:
    """The command `sambang demo`."""
    own = demo_settings(settings)
    logs.configure(own.log_level, secrets=own.secrets())
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn_run(_serve(own))


def demo_settings(settings: Settings) -> Settings:
    """The operator's settings, but another folder, its own database, key and photos, and no platform."""
    folder = settings.data_dir / "demo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    platforms = [name for name in Settings.model_fields if name.startswith(("telegram_", "whatsapp_"))]
    off = {name: None for name in platforms if Settings.model_fields[name].default is None}
    return settings.model_copy(
        update={
            "data_dir": folder,
            "database_url": f"sqlite:///{folder / 'sambang.db'}",
            "media_url": str(folder / "media"),
            "secret_key": SecretStr(kept_secret_key(folder)),
            "programmes": (cast().programme,),
            "roles": frozenset({"web", "delivery", "clock"}),
            **off,
        }
    )


def _tokens(passes: Passes) -> Mapping[str, str]:
    """The web token of everybody in the cast."""
    story = cast()
    people = [*(producer.id for producer in story.producers), story.officer.id]
    return {person: passes.token(person) for person in people}


async def _serve(settings: Settings) -> None:
    async with open_building(settings) as building:
        passes = Passes(settings.secret_key.get_secret_value())
        await seed(building, _tokens(passes))
        door = demo_router(passes, building.desk, public_url=settings.public_url or "")
        standing = await building.store.read(lambda tx: _standing(tx, building, passes))
        await listen(building, create_app(building, door), _invitation(building, passes, standing))


def _standing(tx: Tx, building: Building, passes: Passes) -> dict[str, str]:
    """Where everybody's products stand by now, in a line each."""
    say, story = building.wording.for_person("id"), cast()
    programme = building.house.programmes[story.programme]
    addresses = {producer.id: address_of(passes.token(producer.id)) for producer in story.producers}
    contacts = find_contacts(tx, list(addresses.values()))
    return {
        person: ", ".join(
            say("demo.product", product=product.name, decision=decision_label(say, programme, product.decision))
            for product in list_products(tx, contacts[address], programme.id)
        )
        for person, address in addresses.items()
        if address in contacts
    }


def _invitation(building: Building, passes: Passes, standing: Mapping[str, str]) -> Iterator[str]:
    """Who is there, and the link to chat as each of them."""
    say, story = building.wording.for_person("id"), cast()
    url = building.house.public_url
    yield say("demo.started", folder=str(building.settings.data_dir))
    yield ""
    yield say("demo.producers")
    for person in story.producers:
        yield say("demo.producer", name=person.name, products=standing.get(person.id, ""))
        yield f"    {url}{passes.link(person.id)}"
    for text, person_id in (("demo.officer", story.officer.id), ("demo.stranger", STRANGER)):
        yield ""
        yield say(text, name=story.officer.name)
        yield f"    {url}{passes.link(person_id)}"
    yield ""
    yield say("demo.hint")
