"""The road of a product through its programme's stages."""

from pathlib import Path

import pytest

from domain.curation import (
    Decided,
    Decision,
    Refusal,
    Standing,
    decide,
    first_standing,
    is_done,
    needs_feedback,
    next_stage,
    open_decisions,
    send_back,
)
from domain.programme import Programme, parse_programme

BLITAR = Path(__file__).parents[2] / "programmes" / "ovop-blitar.toml"


@pytest.fixture(scope="module")
def blitar() -> Programme:
    return parse_programme(BLITAR.read_text(encoding="utf-8"))


def test_a_new_product_waits_at_the_first_stage(blitar: Programme) -> None:
    assert first_standing(blitar) == Standing("pendataan", Decision.WAITING)


def test_passing_opens_the_next_stage_where_the_product_waits(blitar: Programme) -> None:
    made = decide(blitar, Standing("kurasi", Decision.WAITING), Decision.PASSED)
    assert isinstance(made, Decided)
    assert made.decided == Standing("kurasi", Decision.PASSED)
    assert made.now == Standing("katalog", Decision.WAITING)
    assert made.opened == "katalog"


def test_passing_the_last_stage_ends_the_road(blitar: Programme) -> None:
    made = decide(blitar, Standing("katalog", Decision.WAITING), Decision.PASSED)
    assert isinstance(made, Decided)
    assert made.now == Standing("katalog", Decision.PASSED)
    assert not made.opened
    assert is_done(blitar, made.now)
    assert not next_stage(blitar, made.now)
    assert open_decisions(blitar, made.now) == ()
    assert decide(blitar, made.now, Decision.NOT_YET, "terlambat") is Refusal.NO_SUCH_MOVE


@pytest.mark.parametrize("decision", [decision for decision in Decision if needs_feedback(decision)])
def test_no_negative_decision_is_bare(blitar: Programme, decision: Decision) -> None:
    here = first_standing(blitar)
    assert decide(blitar, here, decision, "  ") is Refusal.FEEDBACK_MISSING
    made = decide(blitar, here, decision, "Label belum ada tanggal")
    assert isinstance(made, Decided)
    assert made.now == Standing("pendataan", decision)


def test_a_repaired_product_may_be_decided_again_at_its_stage(blitar: Programme) -> None:
    made = decide(blitar, Standing("kurasi", Decision.NEEDS_WORK), Decision.PASSED)
    assert isinstance(made, Decided)
    assert made.now.stage == "katalog"


def test_no_decision_makes_a_product_wait(blitar: Programme) -> None:
    assert decide(blitar, first_standing(blitar), Decision.WAITING) is Refusal.NO_SUCH_MOVE


def test_going_back_needs_a_reason_and_an_earlier_stage(blitar: Programme) -> None:
    here = Standing("kurasi", Decision.WAITING)
    assert send_back(blitar, here, "sambang_desa", "") is Refusal.REASON_MISSING
    assert send_back(blitar, here, "katalog", "cek lagi") is Refusal.NO_SUCH_MOVE
    assert send_back(blitar, here, "juara", "cek lagi") is Refusal.NO_SUCH_STAGE
    made = send_back(blitar, here, "sambang_desa", "Data desa keliru")
    assert isinstance(made, Decided)
    assert made.now == Standing("sambang_desa", Decision.WAITING)


def test_a_stage_that_the_programme_dropped_is_left_by_going_back(blitar: Programme) -> None:
    lost = Standing("audisi", Decision.WAITING)
    assert open_decisions(blitar, lost) == ()
    assert decide(blitar, lost, Decision.PASSED) is Refusal.NO_SUCH_STAGE
    assert isinstance(send_back(blitar, lost, "pendataan", "Tahap dihapus"), Decided)
