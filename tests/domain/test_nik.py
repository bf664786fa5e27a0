import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.nik import NIK_REMOVED, find_nik, without_nik

INVENTED = "3505174506850001"


@pytest.mark.parametrize(
    "text",
    [
        "NIK saya {}",
        "nik:{}",
        "{} 082000000001",
        "12 {}",
        "nomor {}.",
        "{}\n{}",
    ],
)
def test_a_nik_is_taken_out_and_the_rest_stays(text: str) -> None:
    assert without_nik(text.replace("{}", INVENTED)) == text.replace("{}", NIK_REMOVED)


@pytest.mark.parametrize(
    "written", ["3505 1745 0685 0001", "35.05.17.450685.0001", "350517-450685-0001", "３５０５１７４５０６８５０００１"]
)
def test_a_nik_is_found_however_it_is_parted(written: str) -> None:
    assert without_nik(f"ini {written} ya") == f"ini {NIK_REMOVED} ya"


@pytest.mark.parametrize("province", [11, 19, 21, 31, 36, 51, 53, 61, 65, 71, 76, 81, 82, 91, 92, 93, 94, 95, 96])
def test_every_province_counts_also_the_new_ones_of_papua(province: int) -> None:
    assert find_nik(f"{province}01011502900001") == ((0, 16),)


@pytest.mark.parametrize(
    "text",
    [
        "ID35110000000010126",
        "082000000001",
        "+6282000000001 dan +6282000000002",
        "8990000000013",
        "2063505010001-31",
        "3505173506850001",  # the 35th of June
        "9901174506850001",  # no such province
        "35051745068500012",  # 17 digits
        "Rp25.000 - Rp30.000 OVB-0012 21-11-2026",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert without_nik(text) == text


@given(st.text(), st.text())
def test_nothing_but_the_nik_is_ever_changed(before: str, after: str) -> None:
    text = f"{before}\n\n\n\nx {INVENTED} x\n\n\n\n{after}"
    assert f"x {NIK_REMOVED} x" in without_nik(text)
    assert INVENTED not in without_nik(text)
