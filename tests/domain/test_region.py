import random  # noqa: TID251 - seeded dice, so that a failing test fails again
import time

import pytest

from domain.region import Village, kind_of_code, read_rw
from tests.domain.villages import villages_of

BLITAR = "35.05"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(text: str, dice: random.Random) -> str:
    """One slip of the thumb: a letter lost, changed, doubled in, or swapped with the next."""
    at, letter = dice.randrange(len(text)), dice.choice(LETTERS)
    before, after = text[:at], text[at + 1 :]
    return dice.choice(
        [
            before + after,
            before + letter + after,
            before + letter + text[at:],
            before + after[:1] + text[at] + after[1:],
        ]
    )


def typed(village: Village, slips: int, dice: random.Random) -> str:
    text = f"{village.name} {village.district}".lower()
    for _ in range(slips):
        text = slip(text, dice)
    return text


def all_of_blitar() -> list[Village]:
    index = villages_of(BLITAR)
    return list(index._villages)


def test_the_regency_has_its_248_villages() -> None:
    assert len(villages_of(BLITAR)) == 248


@pytest.mark.parametrize("slips", [0, 1, 2])
def test_name_and_kecamatan_with_slips_find_the_village_among_the_first_five(slips: int) -> None:
    index, dice = villages_of(BLITAR), random.Random(20261121)
    asked = [(village, typed(village, slips, dice)) for village in all_of_blitar() for _ in range(5)]
    found = sum(village in {match.village for match in index.find(text)} for village, text in asked)
    assert found >= 0.99 * len(asked)


def test_a_likely_village_is_hardly_ever_another_one() -> None:
    index, dice = villages_of(BLITAR), random.Random(7)
    proposals = [(village, index.likely(typed(village, 1, dice))) for village in all_of_blitar() for _ in range(3)]
    wrong = [village for village, proposal in proposals if proposal is not None and proposal != village]
    assert len(wrong) <= 0.002 * len(proposals)
    assert sum(proposal is not None for _, proposal in proposals) >= 0.9 * len(proposals)


def test_a_search_takes_less_than_three_milliseconds() -> None:
    index, dice = villages_of(BLITAR), random.Random(3)
    texts = [typed(village, 2, dice) for village in all_of_blitar()]
    begun = time.perf_counter()
    for text in texts:
        index.find(text)
    assert (time.perf_counter() - begun) / len(texts) < 0.003


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Desa Balairejo Kec Wlingi", "35.05.17.2009"),
        ("wlingi, balerejo", "35.05.17.2009"),
        ("balerejowlingi", "35.05.17.2009"),
        ("tegal asri", "35.05.17.2008"),
        ("Ngadirengo wlingi", "35.05.17.2007"),
        ("ds. babadan kec. wlingi kab. blitar", "35.05.17.1002"),
    ],
)
def test_a_village_is_likely_in_every_spelling(text: str, code: str) -> None:
    village = villages_of(BLITAR).likely(text)
    assert village is not None
    assert village.code == code


@pytest.mark.parametrize("text", ["tulungrejo", "balerejo", "kendalrejo", "jakarta", "siti aminah", "", "🙏"])
def test_a_repeated_name_or_none_is_never_taken_alone(text: str) -> None:
    index = villages_of(BLITAR)
    assert index.certain(text) is None
    assert index.likely(text) is None


def test_certain_is_stricter_than_likely() -> None:
    index = villages_of(BLITAR)
    assert index.certain("balairejo wlingi") is None
    assert index.likely("balairejo wlingi") == index.get("35.05.17.2009") == index.certain("balerejo wlingi")


def test_a_label_names_the_kecamatan() -> None:
    village = villages_of(BLITAR).get("35.05.17.2009")
    assert village is not None
    assert village.label == "Balerejo, Kec. Wlingi"
    assert villages_of(BLITAR).get("35.05.99.2001") is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("35.05.17.2009", "desa"),
        ("35.05.17.1001", "kelurahan"),
        ("91.03.01.3001", "desa_adat"),
        ("35.05.17", None),
        ("", None),
    ],
)
def test_the_code_tells_the_kind(code: str, kind: str | None) -> None:
    assert kind_of_code(code) == kind


@pytest.mark.parametrize(
    ("text", "rw", "rest"),
    [
        ("RW 12 melong", 12, "melong"),
        ("cipagran rw 021", 21, "cipagran"),
        ("rt 03/12 melong", 12, "melong"),
        ("rt 2 rw 5 cibeber", 5, "cibeber"),
        ("rw dua belas melong", 12, "melong"),
        ("12 melong", 12, "melong"),
        ("rw 120 melong", None, "melong"),
        ("melong", None, "melong"),
        ("rt 5 melong", None, "melong"),
    ],
)
def test_the_rw_is_read_beside_the_kelurahan(text: str, rw: int | None, rest: str) -> None:
    assert read_rw(text) == (rw, rest)
