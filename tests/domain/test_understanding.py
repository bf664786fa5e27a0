"""What people write, and how it is read: the given list and our own, held to the same grammar."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from domain.understanding import STEPS, understand
from tests.domain.villages import villages_of

NOW = datetime.fromisoformat("2026-11-21T10:00+07:00")
SCOPES = {"village_blitar": "35.05", "rw_cimahi": "32.77", "village_ntt": "53"}
LISTS = Path(__file__).parents[1] / "data"
RISKY = ("price", "phone", "date", "village", "rw_", "cert_number", "opted_out", "capacity")


def rows(name: str) -> list[tuple[str, str, str, str]]:
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(cells[0], cells[1], cells[2], cells[3]) for cells in (line.split("\t") for line in lines)]


def reading(step: str, text: str) -> str:
    return understand(step, text, NOW, villages=villages_of(SCOPES[step]) if step in SCOPES else None)


def is_right(expected: str, given: str) -> bool:
    """A row that expects a bare 'ask' leaves the proposal open."""
    return given == expected or (expected == "ask" and given.startswith("ask:"))


@pytest.mark.parametrize("name", ["utterances.tsv", "utterances_more.tsv"])
def test_at_least_98_of_100_utterances_are_read_as_expected(name: str) -> None:
    wrong = [(row, given) for row in rows(name) if not is_right(row[3], given := reading(row[1], row[2]))]
    assert len(wrong) <= 0.02 * len(rows(name)), wrong


@pytest.mark.parametrize("name", ["utterances.tsv", "utterances_more.tsv"])
def test_no_amount_date_phone_place_or_stop_is_read_silently_wrong(name: str) -> None:
    silent = [
        (row, given)
        for row in rows(name)
        if (row[1].startswith(RISKY) or "opt_" in row[3])
        and not is_right(row[3], given := reading(row[1], row[2]))
        and not given.startswith(("ask", "invalid"))
    ]
    assert silent == []


def test_our_own_list_has_at_least_150_rows_over_nearly_all_steps() -> None:
    steps = Counter(step for _, step, _, _ in rows("utterances_more.tsv"))
    assert steps.total() >= 150
    assert set(STEPS) - set(steps) == set()


def test_a_step_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such step"):
        understand("weather", "hujan", NOW)


@pytest.mark.parametrize("step", [*STEPS, "choice_1_to_6", "cert_number_nib", "cert_number_other"])
@pytest.mark.parametrize("text", ["berhenti", "STOP", "Unreg.", "jangan kirim lagi pak", "brhenti"])
def test_a_stop_acts_at_every_step(step: str, text: str) -> None:
    assert reading(step, text) == "intent:opt_out"


@pytest.mark.parametrize(
    "step", ["form", "price", "phone", "date", "capacity", "cert_state", "confirm", "choice_1_to_6"]
)
def test_every_question_can_be_left(step: str) -> None:
    assert reading(step, "batal") == "nav:cancel"


def test_a_number_is_an_answer_inside_a_form_and_a_command_outside() -> None:
    assert reading("any", "5") == "intent:events"
    assert reading("choice_1_to_6", "5") == "choice:5"
    assert reading("price", "5") == "ask:5000"
