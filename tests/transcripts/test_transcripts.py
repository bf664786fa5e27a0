"""Conversations as people read them: every file beside this is played, on both databases, word by word.

`python -m tests.transcripts.record FILE ...` writes down what the house really answers; then read it as a producer.
"""

from pathlib import Path

import pytest

from storage.store import Store
from tests.transcripts.stage import perform

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(inline_store: Store, path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert perform(inline_store, written) == written
