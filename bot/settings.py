"""What the operator decides: one frozen Settings, read from the environment and from .env (the environment wins).

Every name carries the prefix SAMBANG_. `python -m bot.settings` prints .env.example, which is made from this page.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict

from bot.secret_key import FILE, kept_secret_key

__all__ = ["Settings", "SettingsError", "env_example", "load", "write_env"]

PREFIX = "SAMBANG_"
KEY_LETTERS = 32
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class SettingsError(ValueError):
    """Which setting is wrong and what to write instead, in one plain sentence that never holds the value."""


# --- what may be written -------------------------------------------------------------------------------------------


def _server(value: str) -> str:
    parts = urlsplit(value)
    bare = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None or parts.port == 0:
        raise ValueError("no address of a server")
    if value.rstrip("/") != bare:
        raise ValueError("more than the address of a server")
    return bare


def _https(value: str) -> str:
    """Platforms and browsers insist on https, except to this machine."""
    if value.startswith("http:") and urlsplit(value).hostname not in THIS_MACHINE:
        raise ValueError("not https")
    return value


def _listed(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _network(value: str) -> str:
    return str(ip_network(value, strict=False))


def _small(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _shaped(pattern: str) -> AfterValidator:
    def check(value: str | SecretStr) -> str | SecretStr:
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        if re.fullmatch(pattern, plain) is None:
            raise ValueError("not of this shape")
        return value

    return AfterValidator(check)


def _folder(value: str) -> str:
    if value.startswith("s3://"):
        raise SettingsError(
            f"{PREFIX}MEDIA_URL names a bucket, and photos in a bucket come with a later release: write a folder."
        )
    return value


Server = Annotated[str, AfterValidator(_server)]
PublicServer = Annotated[Server, AfterValidator(_https)]
Network = Annotated[str, AfterValidator(_network)]
Name = Annotated[str, _shaped(r"[a-z0-9][a-z0-9-]*")]
Role = Literal["web", "delivery", "clock"]
DatabaseUrl = Annotated[str, _shaped(r"(?:sqlite:///|postgresql(?:\+psycopg)?://)\S+")]
MediaUrl = Annotated[str, _shaped(r"(?!\w+://).+|s3://.*"), AfterValidator(_folder)]
SecretKey = Annotated[SecretStr, _shaped(rf".{{{KEY_LETTERS},}}")]
TelegramToken = Annotated[SecretStr, _shaped(r"\d{6,12}:[A-Za-z0-9_-]{30,}")]  # what bot/logs.py recognises
TelegramSecret = Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{16,256}")]  # Bot API, setWebhook: secret_token
Digits = Annotated[str, _shaped(r"[0-9]{5,20}")]
WrittenSecret = Annotated[SecretStr, _shaped(r"\S{8,}")]


# --- what is derived -----------------------------------------------------------------------------------------------


def _database_in(known: dict[str, Any]) -> str:
    return f"sqlite:///{known.get('data_dir', '') / Path('sambang.db')}"


def _photos_in(known: dict[str, Any]) -> str:
    return str(known.get("data_dir", "") / Path("media"))


def _key_in(known: dict[str, Any]) -> SecretStr:
    """Processes that share a PostgreSQL share no folder: there the key must be given, and none is made."""
    if not {"data_dir", "database_url"} <= known.keys():
        return SecretStr("")  # one of them is wrong, and that is said first
    if known["database_url"].startswith("postgresql"):
        raise SettingsError(f"{PREFIX}SECRET_KEY must be given with PostgreSQL: write {_write('secret_key')}.")
    key = kept_secret_key(known["data_dir"])
    if len(key) < KEY_LETTERS:
        raise SettingsError(f"{known['data_dir'] / FILE} is damaged: bring it back from a backup.")
    return SecretStr(key)


def _mode(known: dict[str, Any]) -> str:
    return "webhook" if known.get("public_url") else "polling"


def _webhook_secret(known: dict[str, Any]) -> SecretStr:
    key = known.get("secret_key", SecretStr("")).get_secret_value()
    return SecretStr(hmac.new(key.encode(), b"telegram webhook secret", hashlib.sha256).hexdigest())


def setting(default: Any, meaning: str, write: str, **more: Any) -> Any:
    """A field with what .env.example and the sentence of a mistake say about it.

    `default` may be a function of the settings that stand above it.
    """
    given = {"default_factory": default} if callable(default) else {"default": default}
    return Field(**given, description=meaning, json_schema_extra={"write": write}, **more)


class Settings(BaseSettings):
    """All settings, checked. `load()` is the door that turns a mistake into one sentence.

    Building one reads the environment as well; a test says `_env_file=None` and names what it wants. Where no secret
    key is given, one is made in the data folder.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",  # load() refuses unknown names, in the environment as well as in .env
        frozen=True,
        hide_input_in_errors=True,
    )

    host: Annotated[str, _shaped(r"\S+")] = setting(
        "127.0.0.1", "where the web server listens", "an address of this machine, or 0.0.0.0 for all of them"
    )
    port: int = setting(8000, "and on which port", "a number from 1 to 65535", ge=1, le=65535)
    public_url: PublicServer | None = setting(
        None,
        "the address that platforms and people reach",
        "an address like https://sambang.example.id without a path",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = setting(
        (), "proxies whose X-Forwarded-For is believed", "addresses or networks like 10.0.0.0/8, with commas between"
    )

    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = setting(
        Path("data"), "folder of the SQLite file, the photos and the secret key", "a folder"
    )
    database_url: DatabaseUrl = setting(
        _database_in,
        "SQLite in the data folder, or PostgreSQL",
        "an address like postgresql://user:password@host/name, or nothing for SQLite",
        repr=False,
    )
    media_url: MediaUrl = setting(_photos_in, "where photos are kept; in the data folder where empty", "a folder")
    secret_key: SecretKey = setting(
        _key_in,
        "signs sessions and links; made in the data folder, must be given with PostgreSQL",
        "at least 32 letters that nobody can guess, the same for every process",
    )
    programmes: Annotated[tuple[Name, ...], NoDecode, BeforeValidator(_listed)] = setting(
        (), "programmes that are on; all that are found where empty", "ids like ovop-blitar, with commas between"
    )
    roles: Annotated[frozenset[Role], NoDecode, BeforeValidator(_listed)] = setting(
        frozenset({"web", "delivery", "clock"}),
        "what this process does: HTTP and turns, sending and photos, the clock",
        "web, delivery, clock, or some of them with commas between",
        min_length=1,
        examples=["web,delivery,clock"],
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_small)] = setting(
        "info", "how much is logged", "debug, info, warning or error"
    )

    telegram_token: TelegramToken | None = setting(None, "turns Telegram on", "the token that @BotFather gave")
    telegram_mode: Annotated[Literal["webhook", "polling"], BeforeValidator(_small)] = setting(
        _mode, "how messages come: by webhook where there is a public address, else by polling", "webhook or polling"
    )
    telegram_webhook_secret: TelegramSecret = setting(
        _webhook_secret,
        "checked on every delivery; derived from the secret key where empty",
        "16 to 256 letters, digits, _ and -",
    )
    telegram_api_url: Server = setting(
        "https://api.telegram.org",
        "Telegram's server, or a local Bot API server",
        "an address like https://host:port without a path",
    )

    whatsapp_token: WrittenSecret | None = setting(
        None, "for WhatsApp, which comes with the next release; until then only kept", "the token of a system user"
    )
    whatsapp_phone_number_id: Digits | None = setting(None, "the number's id", "the digits from Meta's page")
    whatsapp_business_account_id: Digits | None = setting(None, "the account's id", "the digits from Meta's page")
    whatsapp_app_secret: WrittenSecret | None = setting(None, "signs every delivery", "the app's secret")
    whatsapp_verify_token: WrittenSecret | None = setting(None, "proves our address to Meta", "8 letters or more")
    whatsapp_api_url: Server = setting(
        "https://graph.facebook.com", "WhatsApp's server", "an address like https://host:port without a path"
    )
    whatsapp_api_version: Annotated[str, _shaped(r"v\d+\.\d+")] = setting(
        "v26.0", "version of the Graph API", "a version like v26.0"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.telegram_mode == "webhook" and not self.public_url:
            raise SettingsError(
                f"{PREFIX}TELEGRAM_MODE=webhook needs {PREFIX}PUBLIC_URL: write {_write('public_url')}."
            )
        self._has_all_of_whatsapp_or_nothing()
        return self

    def _has_all_of_whatsapp_or_nothing(self) -> None:
        names = ("token", "phone_number_id", "business_account_id", "app_secret", "verify_token")
        missing = [f"whatsapp_{name}" for name in names if getattr(self, f"whatsapp_{name}") is None]
        if 0 < len(missing) < len(names):
            first = missing[0]
            raise SettingsError(f"WhatsApp also needs {PREFIX}{first.upper()}: write {_write(first)}.")

    def secrets(self) -> tuple[str, ...]:
        """Everything that must never be seen, for the formatter of the log lines."""
        values = (getattr(self, name) for name in type(self).model_fields)
        hidden = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        password = urlsplit(self.database_url).password
        return (*hidden, password) if password else tuple(hidden)


def load(env_file: Path | str | None = ".env") -> Settings:
    """The settings of this process, whose data folder then exists. Raises SettingsError with one plain sentence."""
    try:
        _refuse_unknown_names(env_file)
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own argument
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{env_file} is not text in UTF-8: write it anew.") from None
    except OSError as error:
        raise SettingsError(
            f"{PREFIX}DATA_DIR cannot be used ({error.strerror}): write a folder that may be written to."
        ) from None
    return settings


def env_example() -> str:
    """The text of .env.example: every setting, what it means and its default, commented out."""
    head = (
        "# The settings of Sambang. Copy this file to .env and take away the # before what you change.\n"
        "# Made by `python -m bot.settings`; the environment wins over .env.\n"
    )
    return head + "".join(_example_of(name, field) for name, field in Settings.model_fields.items())


def write_env(path: Path) -> None:
    """Writes .env.example's text where there is no file yet, for its owner's eyes. Raises SettingsError."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise SettingsError(f"{path} is there already: change it, or move it away first.") from None
    path.write_text(env_example(), encoding="utf-8")


def _example_of(name: str, field: FieldInfo) -> str:
    meaning = str(field.description)
    return f"\n# {meaning[0].upper()}{meaning[1:]}.\n# Write {_write(name)}.\n#{PREFIX}{name.upper()}={_shown(field)}\n"


def _shown(field: FieldInfo) -> str:
    if field.examples:
        return str(field.examples[0])
    return str(field.default) if isinstance(field.default, str | int | Path) else ""


def _write(name: str) -> str:
    extra = Settings.model_fields[name].json_schema_extra
    return str(extra["write"]) if isinstance(extra, dict) else ""


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, SettingsError):
        return str(cause)
    name = str(first["loc"][0])
    return f"{PREFIX}{name.upper()} cannot be read: write {_write(name)}."


def _refuse_unknown_names(env_file: Path | str | None) -> None:
    known = [name.upper() for name in Settings.model_fields]
    for name in _names_given(env_file):
        if name.removeprefix(PREFIX) not in known:
            near = get_close_matches(name.removeprefix(PREFIX), known, n=1)
            advice = f"did you mean {PREFIX}{near[0]}?" if near else "see .env.example for those that there are."
            raise SettingsError(f"{name} is not a setting: {advice}")


def _names_given(env_file: Path | str | None) -> Iterator[str]:
    """Every name with our prefix, in the environment and in the file."""
    for source in (EnvSettingsSource(Settings), DotEnvSettingsSource(Settings, env_file=env_file)):
        yield from (name.upper() for name in source.env_vars if name.upper().startswith(PREFIX))


if __name__ == "__main__":
    import sys

    sys.stdout.write(env_example())
