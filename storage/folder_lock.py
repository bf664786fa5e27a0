"""One `run` per data folder. The lock goes with the process, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DataFolderInUse


@contextmanager
def lock_data_folder(folder: Path) -> Iterator[None]:
    """Holds the folder until the block is left. Raises DataFolderInUse, with a sentence for the operator."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataFolderInUse(f"Another sambang already runs on the data folder {folder}.") from error
        yield
