"""One `run` per data folder."""

from pathlib import Path

import pytest

from storage.folder_lock import lock_data_folder
from storage.store import DataFolderInUse


def test_a_second_process_on_a_data_folder_is_refused_with_one_sentence(tmp_path: Path) -> None:
    with lock_data_folder(tmp_path), pytest.raises(DataFolderInUse) as refusal, lock_data_folder(tmp_path):
        pass

    assert str(refusal.value) == f"Another sambang already runs on the data folder {tmp_path}."


def test_a_folder_is_free_again_once_its_process_is_gone(tmp_path: Path) -> None:
    for _ in range(2):
        with lock_data_folder(tmp_path / "new"):
            pass
