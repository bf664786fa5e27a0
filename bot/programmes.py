"""Where programmes are found: those that come with the product, and the operator's own in DATA_DIR/programmes."""

import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from domain.programme import Programme, ProgrammeError, parse_programme

__all__ = ["check", "find_programmes"]


def find_programmes(data_dir: Path, enabled: Iterable[str] = ()) -> tuple[Programme, ...]:
    """The enabled programmes by id; all that are found where none is named. An own file replaces ours of the same name.

    Raises ProgrammeError for a file that is not in order and for an enabled id that nobody describes.
    """
    found = {}
    for source in _sources(data_dir):
        programme = _parsed(source)
        found[programme.id] = programme
    wanted = tuple(enabled) or tuple(sorted(found))
    for name in wanted:
        if name not in found:
            raise ProgrammeError(f"SAMBANG_PROGRAMMES names {name}, but there are only {', '.join(sorted(found))}.")
    return tuple(found[name] for name in wanted)


def check(paths: Iterable[Path]) -> None:
    """Says of each file that it is in order; of all of ours where none is named. Raises ProgrammeError at the first
    that is not.
    """
    sources: tuple[Traversable, ...] = tuple(paths) or tuple(_sources(None))
    for source in sources:
        programme = _parsed(source)
        sys.stdout.write(f"{source.name}: {programme.name} ({programme.id}) is in order.\n")


def _sources(data_dir: Path | None) -> Iterator[Traversable]:
    own = [data_dir / "programmes"] if data_dir else []
    for folder in (files("programmes"), *own):
        if folder.is_dir():
            yield from sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)


def _parsed(source: Traversable) -> Programme:
    try:
        return parse_programme(source.read_text(encoding="utf-8"), source.name)
    except UnicodeDecodeError:
        raise ProgrammeError(f"{source.name} is not text in UTF-8.") from None
