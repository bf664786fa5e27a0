import pytest

from domain.ages import is_adult


@pytest.mark.parametrize(
    "said",
    ["21 tahun", "21", "umur 45 th", "saya 34 tahun bu", "sudah 18", "18 tahun ke atas", "lebih dari 18", "dua puluh"],
)
def test_from_eighteen_on_one_is_of_age(said: str) -> None:
    assert is_adult(said) is True


@pytest.mark.parametrize(
    "said", ["17 tahun", "16", "masih 15 thn", "belum 18", "di bawah 18 tahun", "hampir 18", "8 tahun"]
)
def test_below_eighteen_one_is_not(said: str) -> None:
    assert is_adult(said) is False


@pytest.mark.parametrize(
    "said", ["", "1", "2", "tua", "belum 20", "1980", "0820 0000 0001", "3 anak", "-5", "200 tahun"]
)
def test_what_is_no_age_stays_open(said: str) -> None:
    assert is_adult(said) is None
