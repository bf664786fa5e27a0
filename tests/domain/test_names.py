import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import is_given_name, name_in, name_of_person, name_of_product


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


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("siti aminah", "Siti Aminah"),
        ("SITI AMINAH", "Siti Aminah"),
        ("nama saya siti aminah binti umar", "Siti Aminah binti Umar"),
        ("MUHAMMAD BIN ALI", "Muhammad bin Ali"),
        ("H. M. Dahlan", "H. M. Dahlan"),
        ("Siti aminah", "Siti aminah"),
        ("siti nur'aini", "Siti Nur'aini"),
        ("bu sri", "Sri"),
        ("Bu", "Bu"),
        ("binti", "Binti"),
    ],
)
def test_a_name_in_one_case_gets_its_capitals(said: str, name: str) -> None:
    assert name_of_person(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("keripik singkong", "Keripik singkong"),
        ("KERIPIK SINGKONG", "Keripik Singkong"),
        ("Keripik Singkong", "Keripik Singkong"),
        ("KOPI", "KOPI"),
        ("sambal ABC", "Sambal ABC"),
        ("eCoprint", "eCoprint"),
        ("2 rasa", "2 rasa"),
    ],
)
def test_a_product_begins_with_a_capital_and_does_not_shout(said: str, name: str) -> None:
    assert name_of_product(said) == name


@pytest.mark.parametrize("said", ["Rahayu", "salam", "Pak Salam", "nama saya Rahayu"])
def test_some_greetings_are_names(said: str) -> None:
    assert is_given_name(said)


@pytest.mark.parametrize("said", ["halo", "salam sejahtera", "permisi", "selamat pagi", ""])
def test_other_greetings_are_none(said: str) -> None:
    assert not is_given_name(said)
