"""The texts: every file parses, both languages have the same ones, and nobody ever reads a key."""

from pathlib import Path

import pytest

from dialogue.wording import Junk, MissingText, Wording
from tests.dialogue.warung import ROOT, WORDING

SAMPLE = (
    ("id", "a.ftl", "a-plain = Halo *{ $name }*, { $n } foto\na-bare = Selamat datang\n"),
    ("id", "c.ftl", "a-term = { -bot } siap\n-bot = Sari\n"),
    ("id", "b.ftl", 'a-many = { $n ->\n    [one] satu\n   *[other] { $n } foto\n }\na-quoted = { "{" }x\n'),
)  # fmt: skip
SAY = Wording.parse(SAMPLE).for_person("id", name="Siti")


def test_a_key_is_written_with_dots() -> None:
    assert SAY("a.bare") == "Selamat datang"


def test_values_fill_a_text_and_defaults_fill_what_is_left() -> None:
    assert SAY("a.plain", n=3) == "Halo *Siti*, 3 foto"
    assert SAY("a.plain", n=3, name="Budi") == "Halo *Budi*, 3 foto"


def test_large_numbers_are_written_as_the_language_does() -> None:
    assert SAY("a.plain", n=12500) == "Halo *Siti*, 12.500 foto"


def test_plurals_and_terms_work() -> None:
    assert SAY("a.many", n=2) == "2 foto"
    assert SAY("a.term") == "Sari siap"
    assert SAY("a.quoted") == "{x"


@pytest.mark.parametrize("key", ["a.none", "a.plain"])
def test_a_missing_text_and_a_missing_variable_are_failures(key: str) -> None:
    with pytest.raises(MissingText):
        SAY(key)


def test_a_missing_language_is_a_failure() -> None:
    with pytest.raises(MissingText):
        WORDING.for_person("xx")


@pytest.mark.parametrize("content", ["a-b = { $", "nonsense", "a-b =\n    .attribute = only"])
def test_what_is_no_fluent_is_refused(content: str) -> None:
    with pytest.raises(Junk):
        Wording.parse([("id", "x.ftl", content)])


def test_the_same_text_in_two_files_is_refused() -> None:
    with pytest.raises(Junk, match="exists already"):
        Wording.parse([("id", "x.ftl", "a = b\n"), ("id", "y.ftl", "a = c\n")])


def test_a_text_says_what_it_needs_also_through_others() -> None:
    wording = Wording.parse([("id", "x.ftl", "a = { b } { $n }\nb = { $m }\n")])
    assert wording.for_person("id").needs("a") == {"m", "n"}


def test_both_languages_have_the_same_texts_of_the_engine_with_the_same_variables() -> None:
    assert WORDING.keys("id") == WORDING.keys("en")


def test_no_sentence_of_the_engine_is_longer_than_fifteen_words() -> None:
    for file in ROOT.glob("locales/*/engine.ftl"):
        for line in Path(file).read_text().splitlines():
            if line and not line.startswith("#"):
                sentences = line.partition(" = ")[2].replace("!", ".").replace("?", ".").split(".")
                assert max(len(sentence.split()) for sentence in sentences) <= 15, line
