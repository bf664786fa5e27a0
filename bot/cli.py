"""The command `sambang`. Each command calls one function elsewhere and imports it only then: help is instant."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.roles import ROLES

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["app", "main"]

_ROLES = f"{', '.join(ROLES)}; officer means petugas."


def _commands(meaning: str) -> typer.Typer:
    """Plain text only: rich would cost half the start, and its tracebacks show the values of variables."""
    return typer.Typer(
        help=meaning,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )


app = _commands("The programme office that visits every producer in the chat they already use.")
officer = _commands("The people of the programme office.")
programme = _commands("The programmes, one file each.")
app.add_typer(officer, name="officer")
app.add_typer(programme, name="programme")


def main() -> None:
    """Runs one command. What the operator can put right is one sentence on stderr and the exit code 2."""
    try:
        app(prog_name="sambang")
    except Exception as error:
        if not _can_be_put_right(error):
            raise
        typer.echo(f"sambang: {_sentence(error)}", err=True)
        sys.exit(2)


@app.command()
def run() -> None:
    """Start everything: web chat, Telegram if it has a token, sending, reminders."""
    settings = _settings()
    from bot.app import run as start

    start(settings)


@app.command()
def demo() -> None:
    """Start with invented producers and print where to chat, as whom."""
    settings = _settings()
    from bot.demo import run as start

    start(settings)


@app.command()
def init() -> None:
    """Write a .env that says what can be set."""
    from bot.settings import write_env

    write_env(Path(".env"))


@app.command()
def talk(
    programme: Annotated[str, typer.Option(help="Id of the programme; the chat asks where there are several.")] = "",
) -> None:
    """Chat in the terminal, with the running server or with one started for it."""
    settings = _settings()
    from bot.talk import talk_command

    talk_command(settings, programme)


@app.command()
def understand(
    step: Annotated[str, typer.Argument(help="Where the person is: any, price, phone, date, ...")],
    now: Annotated[str, typer.Option(help="The present instant in ISO 8601; the clock's where empty.")] = "",
) -> None:
    """Read one text a line and write its reading a line."""
    from bot.understand import main as read_lines

    read_lines(step, now)


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this release."""
    settings = _settings()
    from storage.migrate import migrate as bring

    bring(settings.database_url)


@officer.command("add")
def add_officer(
    name: str,
    programme: Annotated[str, typer.Option(help="Id of the programme; not needed where there is one.")] = "",
    role: Annotated[str, typer.Option(help=_ROLES)] = "petugas",
) -> None:
    """Print a link for each channel that makes a chat this officer's own: one use, 24 hours."""
    settings = _settings()
    from bot.officers import add

    add(settings, name, programme, role)


@programme.command("check")
def check_programme(
    files: Annotated[list[Path] | None, typer.Argument(help="Files; all that are found where none is named.")] = None,
) -> None:
    """Say whether programme files are in order, and if not, where."""
    from bot.programmes import check

    check(files or [])


def _settings() -> "Settings":
    """The settings, and log lines that hold none of their secrets."""
    from bot import logs
    from bot.settings import load

    settings = load()
    logs.configure(settings.log_level, secrets=settings.secrets())
    return settings


def _can_be_put_right(error: Exception) -> bool:
    """Whether the operator can: a wrong setting or file, a place that cannot be used. Other errors are our own."""
    from bot.settings import SettingsError
    from domain.programme import ProgrammeError
    from storage.errors import DataFolderInUse, SchemaTooNew, StoreUnavailable

    ours = (SettingsError, ProgrammeError, DataFolderInUse, SchemaTooNew, StoreUnavailable)
    return isinstance(error, (*ours, OSError))


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}."
    return str(error)
