"""Writes the answers of the house into transcripts: `python -m tests.transcripts.record tests/transcripts/menu.txt`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.migrate import migrate
from storage.store import Store
from tests.transcripts.stage import Clock, perform


def record(path: Path) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sambang.db"
        migrate(url)
        with Store(url, clock=Clock(), inline=True) as store:
            path.write_text(perform(store, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        try:
            record(Path(name))
        except Exception as wrong:  # noqa: BLE001 - the other files are written all the same
            print(f"{name}: {wrong!r}")  # noqa: T201 - a tool of ours that talks to its user
