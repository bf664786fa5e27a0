import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import name_in


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Siti Aminah", "Siti Aminah"),
        ("nama saya Siti Aminah", "Siti Aminah"),
        ("Nama: Siti Aminah", "Siti Aminah"),
        ("saya siti", "siti"),
        ("Perkenalkan, nama saya adalah Siti", "Siti"),
        ("namaku Siti", "Siti"),
        ("jeneng kulo Sumini", "Sumini"),
        ("My name is Siti", "Siti"),
        ("Saya Bu Karsi Umpama", "Karsi Umpama"),
        ("pak Bambang", "Bambang"),
        ("Ibu", "Ibu"),
        ("saya", "saya"),
        ("nama saya", "nama saya"),
        ("Sayati", "Sayati"),
        ("Namira Bunga", "Namira Bunga"),
        ("Ibuku Pakaya", "Ibuku Pakaya"),
        ("Itut", "Itut"),
    ],
)
def test_a_name_is_found_in_what_people_say(said: str, name: str) -> None:
    assert name_in(said) == name


@given(st.text(max_size=60))
def test_a_name_is_always_a_part_of_what_was_said(said: str) -> None:
    assert said.endswith(name_in(said))
    assert bool(name_in(said)) == bool(said)
