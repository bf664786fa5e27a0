import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.secret_key import kept_secret_key
from bot.settings import Settings, SettingsError, env_example, load

POSTGRES = "postgresql://sambang:kunci-rahasia@db/sambang"
TOKEN = "8123456789:" + "AAF3n9-kQx7wT_zL0aVbCdEfGhIjKlMnOpQ"  # invented
KEY = "k" * 32


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[call-arg]  # pydantic-settings' own argument


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load()
    assert raised.value.__cause__ is None, "a traceback would show the value"
    return str(raised.value)


def test_without_any_setting_everything_has_its_default() -> None:
    found = load()
    assert (found.host, found.port, found.data_dir) == ("127.0.0.1", 8000, Path("data"))
    assert (found.database_url, found.media_url) == ("sqlite:///data/sambang.db", "data/media")
    assert found.roles == {"web", "delivery", "clock"}
    assert (found.public_url, found.telegram_token, found.telegram_mode) == (None, None, "polling")
    assert found.telegram_api_url == "https://api.telegram.org"
    assert found.whatsapp_api_version == "v26.0"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings().port = 9


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMBANG_PORT", "")
    assert load().port == 8000


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SAMBANG_PORT=8001\nSAMBANG_HOST=0.0.0.0\nAWS_REGION=x\n", encoding="utf-8")
    monkeypatch.setenv("SAMBANG_PORT", "8002")
    assert (load().port, load().host) == (8002, "0.0.0.0")


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMBANG_ROLES", "web, clock")
    monkeypatch.setenv("SAMBANG_PROGRAMMES", "ovop-blitar,opop-jabar,")
    monkeypatch.setenv("SAMBANG_TRUSTED_PROXIES", "10.1.2.3/8, ::1")
    found = load()
    assert found.roles == {"web", "clock"}
    assert found.programmes == ("ovop-blitar", "opop-jabar")
    assert found.trusted_proxies == ("10.0.0.0/8", "::1/128")


def test_an_unknown_name_in_the_environment_is_refused_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, SAMBANG_TELEGRM_TOKEN="x")
    assert said == "SAMBANG_TELEGRM_TOKEN is not a setting: did you mean SAMBANG_TELEGRAM_TOKEN?"


def test_an_unknown_name_in_the_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SAMBANG_QQQQQ=1\n", encoding="utf-8")
    assert refusal(monkeypatch).startswith("SAMBANG_QQQQQ is not a setting: see .env.example")


def test_knobs_of_tests_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMBANGTEST_SCALE", "1")
    load()


WRONG = {
    "HOST": ["with space"],
    "PORT": ["0", "65536", "http"],
    "PUBLIC_URL": ["http://sambang.example.id", "https://a.example/x", "https://u:p@a.example", "https://a:b", "a"],
    "TRUSTED_PROXIES": ["proxy", "10.0.0.1/99"],
    "DATABASE_URL": ["mysql://a/b", "postgresql:/x", "sambang.db"],
    "MEDIA_URL": ["ftp://x", "s3://", "s3://bucket/prefix"],
    "SECRET_KEY": ["short"],
    "PROGRAMMES": ["OVOP Blitar", "../etc"],
    "ROLES": ["web,cook", ","],
    "LOG_LEVEL": ["loud"],
    "TELEGRAM_TOKEN": ["123:short", "my-token"],
    "TELEGRAM_MODE": ["pigeon"],
    "TELEGRAM_WEBHOOK_SECRET": ["short", "with space and more letters"],
    "TELEGRAM_API_URL": ["api.telegram.org", "https://api.telegram.org/bot"],
    "WHATSAPP_TOKEN": ["short"],
    "WHATSAPP_PHONE_NUMBER_ID": ["+62 820 0000 0001"],
    "WHATSAPP_API_VERSION": ["26"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_refused_in_one_sentence_that_does_not_hold_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    said = refusal(monkeypatch, **{f"SAMBANG_{name}": value})
    assert said.startswith(f"SAMBANG_{name} ")
    assert ": write " in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(value) < 6 or value not in said


def test_every_setting_says_what_it_means_and_what_to_write() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert isinstance(field.json_schema_extra, dict), name
        assert field.json_schema_extra["write"], name


def test_the_example_taken_over_whole_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load()
    lines = [line.removeprefix("#") if line.startswith("#SAMBANG_") else line for line in env_example().splitlines()]
    Path(".env").write_text("\n".join(lines), encoding="utf-8")
    assert load() == before


def test_a_file_that_is_not_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"SAMBANG_HOST=\xff\xfe")
    assert refusal(monkeypatch) == ".env is not text in UTF-8: write it anew."


def test_with_a_public_address_telegram_comes_by_webhook() -> None:
    assert settings(public_url="https://sambang.example.id/").telegram_mode == "webhook"
    assert settings(public_url="https://sambang.example.id/").public_url == "https://sambang.example.id"
    assert settings(public_url="https://sambang.example.id", telegram_mode="polling").telegram_mode == "polling"


def test_a_webhook_without_a_public_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, SAMBANG_TELEGRAM_MODE="webhook")
    assert said.startswith("SAMBANG_TELEGRAM_MODE=webhook needs SAMBANG_PUBLIC_URL: write ")


def test_a_test_server_on_this_machine_needs_no_https() -> None:
    assert settings(public_url="http://127.0.0.1:8000").public_url == "http://127.0.0.1:8000"


def test_the_webhook_secret_follows_from_the_key_and_does_not_show_it() -> None:
    first, same, other = (settings(secret_key=key).telegram_webhook_secret for key in (KEY, KEY, KEY + "x"))
    assert first == same != other
    assert KEY not in first.get_secret_value()
    assert settings(telegram_webhook_secret="w" * 16).telegram_webhook_secret.get_secret_value() == "w" * 16


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, again = settings(data_dir=tmp_path / "new" / "data"), settings(data_dir=tmp_path / "new" / "data")
    assert first.secret_key == again.secret_key
    assert len(first.secret_key.get_secret_value()) >= 32
    (file,) = (tmp_path / "new" / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        keys.append(kept_secret_key(tmp_path / "data"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_given_key_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    settings(data_dir=tmp_path / "data", secret_key=KEY)
    assert not (tmp_path / "data").exists()


def test_a_damaged_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data").mkdir()
    Path("data/secret_key").write_text("", encoding="ascii")
    assert refusal(monkeypatch).startswith("data/secret_key is damaged: ")


def test_loading_makes_the_data_folder_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMBANG_SECRET_KEY", KEY)
    monkeypatch.setenv("SAMBANG_DATA_DIR", "deep/data")
    folder = load().data_dir
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not list(folder.iterdir())


def test_postgresql_needs_a_given_key_and_makes_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = refusal(monkeypatch, SAMBANG_DATABASE_URL=POSTGRES)
    assert said.startswith("SAMBANG_SECRET_KEY must be given with PostgreSQL: write ")
    assert not (tmp_path / "data").exists()
    assert settings(database_url=POSTGRES, secret_key=KEY).database_url == POSTGRES


def test_a_data_folder_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    said = refusal(monkeypatch, SAMBANG_DATA_DIR="file/data")
    assert said == "SAMBANG_DATA_DIR cannot be used (Not a directory): write a folder that may be written to."


def test_whatsapp_is_given_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, SAMBANG_WHATSAPP_TOKEN="x" * 40)
    assert said.startswith("WhatsApp also needs SAMBANG_WHATSAPP_PHONE_NUMBER_ID: write ")


def test_no_secret_is_shown(tmp_path: Path) -> None:
    found = settings(database_url=POSTGRES, secret_key=KEY, telegram_token=TOKEN)
    shown = f"{found!r} {found}"
    assert {KEY, TOKEN, "kunci-rahasia"} <= set(found.secrets())
    for secret in found.secrets():
        assert secret not in shown
