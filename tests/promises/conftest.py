from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def log_of_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What real processes write, at DEBUG; searched for canaries at the end of the run."""
    path = tmp_path_factory.mktemp("logs") / "processes.log"
    path.touch()
    return path
