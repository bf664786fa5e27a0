"""What holds for the repository itself, whatever stands in its code."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.settings import env_example

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PICTURES = {".png", ".webp", ".jpg", ".jpeg", ".heic", ".pdf", ".ico", ".woff2"}


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="replace")
        for path in committed()
        if path.suffix not in PICTURES
    }


def without_locks() -> dict[str, str]:
    return {name: text for name, text in texts().items() if name not in LOCKS}


def project() -> dict[str, object]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(found, dict)
    return found


def test_the_example_of_settings_is_what_the_settings_say() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert example == env_example(), "write it anew: python -m bot.settings > .env.example"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_file_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9][^ \n]*)==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    named = re.findall(r"^[a-z0-9]", text, re.MULTILINE)
    assert len(pins) == len(named) > 40


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.findall(r"^(?!#|[a-z0-9]|    --hash=|    #|$)", text, re.MULTILINE), "an option of pip"


def test_both_locks_pin_the_same() -> None:
    runtime, develop = (
        dict(re.findall(r"^([a-z0-9][^=\n]*)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert runtime.items() <= develop.items()


def test_every_dependency_is_pinned() -> None:
    lock = (ROOT / LOCKS[0]).read_text(encoding="utf-8")
    dependencies = project()["dependencies"]
    assert isinstance(dependencies, list)
    for dependency in dependencies:
        name = re.split(r"[<>=; \[]", dependency)[0].lower().replace(".", "-")
        assert re.search(rf"^{re.escape(name)}(?:\[[^]]*\])?==", lock, re.MULTILINE), f"{name}: make lock"


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile(r"(?:pypi|pythonhosted|npmjs|debian|docker|ghcr|quay)\.(?:org|com|io|net)", re.IGNORECASE)
    assert not {name: found for name, text in without_locks().items() if (found := hosts.findall(text))}


def test_no_file_names_a_place_on_the_machine_that_made_it() -> None:
    places = re.compile(r"(?<![\w.])/(?:work|home|root|Users|opt/pypi|opt/wheels)/[\w.]+")
    allowed = {"Dockerfile", "tests/house/test_files.py"}
    found = {name: places.findall(text) for name, text in without_locks().items() if name not in allowed}
    assert not {name: those for name, those in found.items() if those}


def test_no_secret_and_no_data_is_committed() -> None:
    names = [str(path.relative_to(ROOT)) for path in committed()]
    assert not [name for name in names if re.search(r"(^|/)(\.env|secret_key|data/.*\.db|.*\.sqlite3?|.*\.pem)$", name)]


def test_phone_numbers_are_those_that_nobody_owns() -> None:
    """Numbers in files are +62 820 0000 0001 to 0030, or stand in a test of the grammar of numbers."""
    numbers = re.compile(r"(?<![\d.])\+62[ -]?8(?:[ -]?\d){8,11}(?!\d)")
    free = re.compile(r"\+62820000000(?:0[1-9]|[12]\d|30)")
    found = {
        (name, number)
        for name, text in without_locks().items()
        if name.endswith((".ftl", ".toml", ".html", ".md", ".json"))
        for number in numbers.findall(text)
        if not free.fullmatch(re.sub(r"[ -]", "", number))
    }
    assert not found


def test_nothing_large_is_committed() -> None:
    large = {path.name: path.stat().st_size for path in committed() if path.stat().st_size > 1_000_000}
    assert not large


def test_no_file_of_another_project_is_committed() -> None:
    """Browser assets come from installed packages that ship them, or are our own."""
    foreign = re.compile(r"(^|/)(vendor|node_modules|third_party)/|\.min\.(js|css)$|\.(woff2?|ttf|otf|whl|jar)$")
    assert not [path for path in committed() if foreign.search(str(path.relative_to(ROOT)))]
    marks = re.compile(r"copyright (?:\(c\) ?)?\d{4}|@license|sourceMappingURL", re.IGNORECASE)
    ours = {"LICENSE", "NOTICE", "tests/house/test_files.py"}
    assert not [name for name, text in without_locks().items() if name not in ours and marks.search(text)]


def test_the_version_is_in_the_changelog() -> None:
    assert f"## {project()['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_target_that_the_readme_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md"]
    written = re.compile(r"(?:^    |`)make ([a-z-]+)", re.MULTILINE)
    named = {name for page in pages for name in written.findall(page.read_text(encoding="utf-8"))}
    assert {"run", "demo", "test", "check"} <= named
    assert not {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)}


def test_every_link_between_our_pages_leads_somewhere() -> None:
    for page in (path for path in committed() if path.suffix == ".md"):
        for link in re.findall(r"(?:\]\(|src=\")([^)#:\"]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} leads to {link}"


def test_the_architecture_page_stays_short_and_its_tests_exist() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= 150
    named = re.findall(r"`(tests/[\w/]+(?:\.py)?/?)(?:::(\w+))?`", page)
    assert named
    for place, test in named:
        path = ROOT / place
        assert path.exists(), place
        sources = [path] if path.is_file() else sorted(path.rglob("test_*.py"))
        assert not test or any(f"def {test}(" in source.read_text(encoding="utf-8") for source in sources), test
