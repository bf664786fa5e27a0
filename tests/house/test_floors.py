"""The floors, beyond what import-linter's contracts in pyproject.toml say."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import permutations
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "handlers", "storage", "dialogue", "domain")
GROUND = {"rapidfuzz", "phonenumbers", "fluent", "babel", "domain", "dialogue"}


def sources(*floors: str) -> list[Path]:
    return [path for floor in floors for path in sorted((ROOT / floor).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the floor"
            yield node.module or ""


def test_a_floor_looks_down_only() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("path", sources("domain", "dialogue"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_ground_floor_stands_on_the_standard_library_and_four_packages(path: Path) -> None:
    allowed = GROUND | sys.stdlib_module_names
    assert not [name for name in imported(path) if name.partition(".")[0] not in allowed]


@pytest.mark.parametrize("path", sources("domain"), ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_know_nothing_of_talking(path: Path) -> None:
    assert not [name for name in imported(path) if name.partition(".")[0] == "dialogue"]


def test_no_circles_neither_of_files_nor_of_folders() -> None:
    graph = grimp.build_graph(*FLOORS)
    for package in (module for module in graph.modules if graph.find_children(module)):
        children = graph.find_children(package)
        needs = {child: set[str]() for child in children}
        for one, other in permutations(children, 2):
            if graph.direct_import_exists(importer=one, imported=other, as_packages=True):
                needs[one].add(other)
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            pytest.fail(f"a circle in {package}: {' -> '.join(error.args[1])}")


def test_only_one_file_may_ask_the_machine() -> None:
    """Ruff bans the real clock, randomness and new ids; only bot/system.py may lift the ban."""
    lifting = [path for path in sources(*FLOORS) if re.search(r"noqa:[^#]*TID251", path.read_text(encoding="utf-8"))]
    assert lifting == [ROOT / "bot" / "system.py"]


@pytest.mark.parametrize(
    "path", sources("handlers", "dialogue", "domain"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_below_the_doors_everything_is_a_plain_function(path: Path) -> None:
    """What cannot wait cannot send; what keeps no lock cannot forget one in another process."""
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert not [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, waiting)]
    assert not {"asyncio", "threading", "socket", "urllib.request", "http.client"} & set(imported(path))


def test_no_shelf_is_a_bucket() -> None:
    buckets = {"utils", "util", "common", "helpers", "helper", "models", "misc"}
    assert not [path for path in sources(*FLOORS) if {path.stem, path.parent.name} & buckets]


def test_every_exception_to_a_rule_says_why() -> None:
    """A noqa names its rules and then its reason; an ignored type names its error and then its reason."""
    bare = re.compile(r"# noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+\S)|# type: ignore(?!\[[\w, -]+\]\s+#)")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources(*FLOORS, "tests", "benchmarks")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line) and path != Path(__file__)
    ]
    assert not found
