"""Every text exists in every language, whole and with the same variables."""

from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(path.name for path in (ROOT / "locales").iterdir() if path.is_dir() and list(path.glob("*.ftl")))
FILES = sorted((ROOT / "locales").rglob("*.ftl"))


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the visitor's own naming
        self.names.add(node.id.name)


def parsed(path: Path) -> ast.Resource:
    return FluentParser().parse(path.read_text(encoding="utf-8"))


def messages(language: str) -> dict[str, set[str]]:
    """Every message and attribute of a language, with the variables that it uses."""
    found = {}
    for path in sorted((ROOT / "locales" / language).glob("*.ftl")):
        for entry in parsed(path).body:
            if isinstance(entry, ast.Message):
                for name, pattern in [
                    (entry.id.name, entry.value),
                    *((f"{entry.id.name}.{a.id.name}", a.value) for a in entry.attributes),
                ]:
                    visitor = Variables()
                    if pattern is not None:
                        visitor.visit(pattern)
                    found[name] = visitor.names
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_of_texts_is_read_whole(path: Path) -> None:
    """A line that begins with `*`, `[` or `.` silently ends a message of Fluent and leaves junk behind."""
    junk = [entry.content for entry in parsed(path).body if isinstance(entry, ast.Junk)]
    assert not junk


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_file_defines_a_text_twice(path: Path) -> None:
    names = [entry.id.name for entry in parsed(path).body if isinstance(entry, ast.Message)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "id"])
def test_every_text_exists_in_every_language(language: str) -> None:
    assert messages(language).keys() ^ messages("id").keys() == set()


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "id"])
def test_a_text_tells_the_same_in_every_language(language: str) -> None:
    ours, theirs = messages("id"), messages(language)
    assert {
        name: (ours[name], theirs[name]) for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]
    } == {}
