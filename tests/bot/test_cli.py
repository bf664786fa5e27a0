import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def sambang(*words: str, folder: Path, lines: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMBANG_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"} | environment,
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_lists_the_commands_and_comes_at_once(tmp_path: Path) -> None:
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        told = sambang("--help", folder=tmp_path)
        seconds.append(time.perf_counter() - begun)
    assert told.returncode == 0
    listed = [line.split()[0] for line in told.stdout.partition("Commands:")[2].splitlines() if line]
    assert listed == ["run", "demo", "init", "talk", "understand", "migrate", "officer", "programme"]
    assert min(seconds) < 0.5, "0.15 s on an idle core; heavy imports belong into the commands"


def test_help_names_the_roles_of_an_officer(tmp_path: Path) -> None:
    told = " ".join(sambang("officer", "add", "--help", folder=tmp_path).stdout.split())
    assert "admin, petugas, kurator, pendamping, pimpinan; officer means petugas." in told


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'fastapi', 'sqlalchemy', 'pydantic', 'telegram', 'aiohttp', 'PIL', 'structlog', 'rich', 'apscheduler'}"
    asked = f"import sys, bot.cli; print(sorted({heavy} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


@pytest.mark.parametrize("words", [("run",), ("demo",), ("talk",), ("migrate",), ("officer", "add", "Siti")])
def test_a_wrong_setting_is_one_sentence_and_no_traceback(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = sambang(*words, folder=tmp_path, SAMBANG_PORT="eight thousand")
    assert told.returncode == 2
    assert told.stderr == "sambang: SAMBANG_PORT cannot be read: write a number from 1 to 65535.\n"
    assert not told.stdout
    assert not list(tmp_path.iterdir())


def test_init_writes_the_settings_and_never_over_a_file(tmp_path: Path) -> None:
    assert sambang("init", folder=tmp_path).returncode == 0
    env = tmp_path / ".env"
    assert env.read_text(encoding="utf-8") == (ROOT / ".env.example").read_text(encoding="utf-8")
    assert env.stat().st_mode & 0o077 == 0
    env.write_text("SAMBANG_PORT=1\n", encoding="utf-8")
    again = sambang("init", folder=tmp_path)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert env.read_text(encoding="utf-8") == "SAMBANG_PORT=1\n"


def test_migrate_makes_the_database_and_is_harmless_again(tmp_path: Path) -> None:
    for _ in range(2):
        told = sambang("migrate", folder=tmp_path)
        assert (told.returncode, told.stderr) == (0, "")
    assert (tmp_path / "data" / "sambang.db").exists()


@pytest.mark.parametrize("words", [("run",), ("migrate",), ("officer", "add", "Siti")])
def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sambang.db").write_text("a letter, and no database at all\n" * 40, encoding="utf-8")
    told = sambang(*words, folder=tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith("sambang: The database cannot be used (file is not a database): see that ")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("run",), ("migrate",)])
def test_a_server_that_does_not_answer_is_one_sentence_without_its_password(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    with socket.socket() as nobody:  # bound, but nobody listens
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://sambang:kunci-rahasia@127.0.0.1:{nobody.getsockname()[1]}/sambang"
        told = sambang(*words, folder=tmp_path, SAMBANG_DATABASE_URL=url, SAMBANG_SECRET_KEY="k" * 32)
    assert told.returncode == 2
    assert told.stderr.startswith("sambang: The database cannot be used (")
    assert told.stderr.endswith("SAMBANG_DATABASE_URL names it, its user and its password.\n")
    assert told.stderr.count("\n") == 1
    assert "kunci-rahasia" not in told.stderr


@pytest.mark.parametrize("command", ["run", "demo"])
def test_an_address_that_is_taken_is_one_sentence_and_no_greeting(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = sambang(command, folder=tmp_path, SAMBANG_PORT=str(port), SAMBANG_LOG_LEVEL="error")
    assert told.returncode == 2
    assert told.stderr == (
        f"sambang: Nothing can listen at 127.0.0.1:{port} (Address already in use): "
        "stop what does already, or write another SAMBANG_PORT or SAMBANG_HOST.\n"
    )


def test_our_programmes_are_in_order(tmp_path: Path) -> None:
    told = sambang("programme", "check", folder=tmp_path)
    assert told.returncode == 0
    assert "ovop-blitar.toml: OVOP Kabupaten Blitar (ovop-blitar) is in order.\n" in told.stdout


@pytest.mark.parametrize("content", [b"", b"id = ", b"\xff", b'id = "x"'])
def test_a_broken_programme_file_is_named_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.toml").write_bytes(content)
    told = sambang("programme", "check", "mine.toml", folder=tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith("sambang: mine.toml")
    assert told.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    told = sambang("programme", "check", "none.toml", folder=tmp_path)
    assert (told.returncode, told.stderr) == (2, "sambang: none.toml: No such file or directory.\n")


@pytest.mark.parametrize(
    ("step", "text", "reading"),
    [
        ("price", "15rb", "idr:15000"),
        ("date", "besok jam 9", "dt:2026-11-22T09:00+07:00"),
        ("village_blitar", "plosorejo kademangan", "region:35.05.04.2014"),
    ],
)
def test_understand_reads_a_line_and_writes_a_line(tmp_path: Path, step: str, text: str, reading: str) -> None:
    told = sambang(
        "understand", step, "--now", "2026-11-21T10:00+07:00", folder=tmp_path, lines=f"{text}\n\n{text}\r\n"
    )
    assert (told.returncode, told.stderr) == (0, "")
    first, _, again = told.stdout.splitlines()
    assert first == again == reading


@pytest.mark.parametrize(("words", "hint"), [(["nowhere"], "STEP"), (["price", "--now", "tomorrow"], "--now")])
def test_understand_refuses_what_it_does_not_know_before_it_reads(tmp_path: Path, words: list[str], hint: str) -> None:
    told = sambang("understand", *words, folder=tmp_path, lines="15rb\n")
    assert (told.returncode, told.stdout) == (2, "")
    assert hint in told.stderr
    assert "Traceback" not in told.stderr
