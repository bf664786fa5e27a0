from decimal import Decimal

import pytest

from domain.quantity import Quantity, QuantityRange, Volume, Weight, read_quantity
from domain.reading import Invalid, Unclear


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("100 bks/minggu", Quantity(Decimal(100), "bungkus", "week")),
        ("seminggu 100 bungkus", Quantity(Decimal(100), "bungkus", "week")),
        ("satus bungkus sak minggu", Quantity(Decimal(100), "bungkus", "week")),
        ("kira2 50 kg sebulan", Quantity(Decimal(50), "kg", "month", approx=True)),
        ("100an bungkus per bulan", Quantity(Decimal(100), "bungkus", "month", approx=True)),
        ("2 lusin", Quantity(Decimal(24), "pcs")),
        ("2 kodi sebulan", Quantity(Decimal(40), "pcs", "month")),
        ("1.000 pcs/bulan", Quantity(Decimal(1000), "pcs", "month")),
        ("20-30 bungkus per hari", QuantityRange(Decimal(20), Decimal(30), "bungkus", "day")),
    ],
)
def test_a_capacity_has_a_number_a_unit_and_a_period(text: str, quantity: Quantity | QuantityRange) -> None:
    assert read_quantity(text) == quantity


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("1/4 kg", Weight(Decimal(250))),
        ("sekilo", Weight(Decimal(1000))),
        ("2 ons", Weight(Decimal(200))),
        ("1 kuintal", Weight(Decimal(100_000))),
        ("250ml", Volume(Decimal(250))),
        ("setengah liter", Volume(Decimal(500))),
    ],
)
def test_a_weight_or_volume_without_a_period_is_what_a_pack_holds(text: str, content: Weight | Volume) -> None:
    assert read_quantity(text) == content


@pytest.mark.parametrize("text", ["200 kg per bulan saat musim", "30-20 bungkus", "banyak", "1/0 kg", "9" * 40])
def test_a_capacity_with_a_condition_is_asked(text: str) -> None:
    assert isinstance(read_quantity(text), Unclear)


def test_nothing_and_less_are_refused() -> None:
    assert read_quantity("0") == Invalid("zero")
    assert read_quantity("-5 kg") == Invalid("negative")
