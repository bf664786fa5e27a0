import pytest

from storage.store import Store
from tests.handlers.town import Town


@pytest.fixture
def town(inline_store: Store) -> Town:
    return Town(inline_store)
