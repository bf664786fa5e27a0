"""The secret key that the product makes for itself, kept in the data folder beside what it signs for."""

import os
from pathlib import Path

from bot import system

__all__ = ["FILE", "kept_secret_key"]

FILE = "secret_key"
BITS = 256


def kept_secret_key(folder: Path) -> str:
    """The key of this data folder, made when there is none. Two processes that start together agree on one.

    Raises OSError where the folder cannot be made, read or written.
    """
    path = folder / FILE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """The file appears whole or not at all, and is never replaced: linking fails where another was first."""
    draft = path.with_name(f".{FILE}.{system.uuid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123 - the mode from birth on
        file.write(system.token(BITS) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # the other process's key is as good
    finally:
        draft.unlink()
