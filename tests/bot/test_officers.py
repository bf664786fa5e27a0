"""`sambang officer add`, and the address that its link opens."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.officers import add
from bot.settings import Settings, SettingsError
from bot.web.signin import signin_router
from domain.programme import ProgrammeError
from storage.schema import officer, officer_link
from storage.store import Store
from tests.clocks import SteadyClock


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path, database_url=database_url, secret_key=SecretStr("k" * 32))  # type: ignore[call-arg]  # pydantic-settings' own argument


def test_a_link_is_printed_and_its_code_is_not_kept(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    add(settings, "Ratna Umpama")
    first, link = capsys.readouterr().out.splitlines()
    assert "Ratna Umpama" in first
    base, _, code = link.rpartition("/masuk/")
    assert base == "http://127.0.0.1:8000"
    assert len(code.removeprefix("petugas-")) >= 22  # 128 bits in base 64
    with Store(settings.database_url, clock=SteadyClock(), inline=True) as store:
        kept = store.read_now(lambda tx: tx.execute(select(officer_link.c.code_hash)).scalar_one())
        who = store.read_now(lambda tx: tx.execute(select(officer.c.name, officer.c.role, officer.c.programme)).one())
    assert code not in kept
    assert tuple(who) == ("Ratna Umpama", "petugas", "ovop-blitar")


def test_links_lead_to_the_public_address(tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    public = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own argument
        data_dir=tmp_path,
        database_url=sqlite_url,
        public_url="https://sambang.example.id",
    )
    add(public, "Ratna Umpama", role="admin")
    assert "https://sambang.example.id/masuk/petugas-" in capsys.readouterr().out


def test_an_unknown_role_or_programme_is_said(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="no role bupati"):
        add(settings, "Ratna Umpama", role="bupati")
    with pytest.raises(ProgrammeError, match="ovop-lain"):
        add(settings, "Ratna Umpama", "ovop-lain")


@pytest.mark.parametrize(
    ("code", "leads_to"),
    [("petugas-abc_DEF-1", "/chat?mulai=petugas-abc_DEF-1"), ("a b", "/chat"), ("x" * 65, "/chat")],
)
async def test_looking_at_a_link_only_leads_to_the_chat(code: str, leads_to: str) -> None:
    [route] = signin_router(None).routes  # type: ignore[arg-type]  # the desk is not asked
    answer = await route.endpoint(code)  # type: ignore[attr-defined]  # FastAPI's routes have one
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert answer.headers["referrer-policy"] == "no-referrer"
