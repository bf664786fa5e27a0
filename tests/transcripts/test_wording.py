"""The limits of what people read (dialogue.md rule 6, domain.md 6.1), held over every turn of every transcript and
over every text of ours: words a turn, sentences, lines, an example in each open question, words that really work.
"""

import re
from pathlib import Path
from statistics import median

import pytest

from dialogue import commands
from dialogue.conversation import Conversation
from dialogue.talk import trait
from domain.intents import read_intent
from handlers.conversations.registry import FORMS
from handlers.menu import EXISTING, NUMBERS, entry_of, menu
from tests.transcripts.stage import BETWEEN, SILENT, Step, read_transcript, wording

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))
LANGUAGES = ("id", "en")
LOCALES = Path(__file__).parents[2] / "locales"
OURS = (
    "welcome",
    "menu",
    "registration",
    "product",
    "certificate",
    "status",
    "told",
    "decision",
    "commands",
    "question",
    "announcements",
    "photo",
    "faq",
)
MOST_WORDS, MEDIAN_WORDS = 60, 25
LONGEST_SENTENCE = 17  # words; rule 6 asks for 15, lists of what is kept about a person may take two more
MOST_SUMMARY_LINES = 8

# What a form cannot know by itself, for texts that are looked at alone.
SAMPLE = {
    "greeting": "Sugeng enjing",
    "bot": "Sambang Blitar",
    "program": "OVOP Kabupaten Blitar",
    "dinas": "Pemkab Blitar",
    "data_officer": "Dinas yang membidangi OVOP, Kabupaten Blitar",
    "hours": "Senin–Jumat 08.00–16.00",
    "unit_example": "Balerejo, Wlingi",
    "kind": "PIRT",
    "number": "OVB-0012",
    "feedback": "Label belum ada tanggal kedaluwarsa. Kemasan belum bersegel.",
    "step": "Tempel label tanggal, lalu kirim foto baru.",
    "summary": "Nama produk: *Keripik Singkong*\nJenis: *Makanan*\nHarga: *Rp12.000 per bungkus*",
    "owner": "Siti Aminah",
    "name": "Siti Aminah",
    "product": "Keripik Singkong Balerejo",
    "count": 3,
    "waiting": 1,
    "years": 5,
    "days": 5,
}


def words(text: str) -> int:
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def sentences(text: str) -> list[str]:
    parts = (part for line in text.split("\n") for part in re.split(r"(?<=[.?!])\s+(?=[A-Z*])", line))
    return [part for part in parts if words(part)]


def turns() -> list[tuple[str, str]]:
    """Every message that a transcript shows, without its keys."""
    found = []
    for path in TRANSCRIPTS:
        for step in read_transcript(path.read_text(encoding="utf-8")):
            if isinstance(step, Step) and step.answer != (SILENT,):
                for message in "\n".join(step.answer).split(f"\n{BETWEEN}\n"):
                    lines = [line for line in message.split("\n") if not line.startswith(("[", "("))]
                    topics = [line for line in message.split("\n") if re.match(r"\(\d (?:dari|of) \d\)", line)]
                    found.append((f"{path.stem}: {step.line}", "\n".join([*lines, *topics])))
    return found


def texts(language: str) -> dict[str, str]:
    """Every text of the producer's conversations, filled in."""
    say = wording().for_person(language)
    filled = {}
    for key, variables in wording().keys(language).items():
        if key.partition("-")[0] in OURS and not key.endswith("version"):
            filled[key] = say(key, **{name: SAMPLE.get(name, "contoh") for name in variables})
    return filled


def test_a_turn_has_at_most_sixty_words_and_twenty_five_as_a_rule() -> None:
    counted = {where: words(text) for where, text in turns()}
    assert {where: count for where, count in counted.items() if count > MOST_WORDS} == {}
    assert median(counted.values()) <= MEDIAN_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_alone_is_longer_than_a_turn_may_be(language: str) -> None:
    assert {key: words(text) for key, text in texts(language).items() if words(text) > MOST_WORDS} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    long = {
        key: sentence
        for key, text in texts(language).items()
        for sentence in sentences(text)
        if words(sentence) > LONGEST_SENTENCE
    }
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_at_most_a_screen_of_lines(language: str) -> None:
    tall = {
        key: text.count("\n") + 1 for key, text in texts(language).items() if text.count("\n") >= MOST_SUMMARY_LINES
    }
    assert tall == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_one_emoji_and_only_ours(language: str) -> None:
    for key, text in texts(language).items():
        emoji = [letter for letter in text if ord(letter) > 0x2300 and letter not in "–—…"]
        assert set(emoji) <= set("✅⏳📷"), key
        assert len(emoji) <= 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_question_has_an_example(language: str) -> None:
    say = wording().for_person(language)
    example = {"id": "Contoh", "en": "Example"}[language]
    for form in FORMS:
        if form.name not in OURS:
            continue
        for ask in form.conversation.asks:
            if ask.choices is None and not hasattr(ask.take, "offers") and not trait(ask, "files"):
                key = f"{form.name}.{ask.key}"
                assert example in say(key, **dict.fromkeys(say.needs(key), "x")), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_people_are_told_to_type_works(language: str) -> None:
    """*BATAL*, *MULAI LAGI*, *9*: each must mean something, wherever it is written."""
    for key, text in texts(language).items():
        for word in re.findall(r"\*([A-Z][A-Z ]+|\d)\*", text):
            if key.startswith("menu-line") or word == SAMPLE["kind"]:
                continue
            known = (
                commands.is_stop(word) or commands.command_of(word) or commands.navigation_of(word) or entry_of(word)
            )
            assert known, f"{key}: {word}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_named_in_a_text_opens_what_the_text_says(language: str) -> None:
    """domain.md 6.1: menu numbers are fixed, and each that a text names opens that entry."""
    meant = {
        "welcome-first": {1: "register"},
        "registration-consent-ended": {9: "human"},
        "status-none": {1: "register"},
        "photo-no_product": {1: "register"},
        "photo-none": {3: "photo"},
        "certificate-no_producer": {1: "register"},
        "commands-profile-empty": {1: "register"},
        "commands-profile-wrong": {9: "human"},
        "told-perlu_perbaikan": {3: "photo", 9: "human"},
        "told-kurang_berkas": {4: "certificates", 9: "human"},
        "told-dalam_pembinaan": {9: "human"},
        "told-tidak_lolos": {9: "human"},
    }
    named = {
        key: {int(number): NUMBERS[int(number)] for number in re.findall(r"\*(\d)\*", text)}
        for key, text in texts(language).items()
        if re.search(r"\*\d\*", text) and not key.startswith("menu-")
    }
    assert named == meant
    assert all(name in EXISTING for numbers in named.values() for name in numbers.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_shows_what_exists_under_its_own_number(language: str) -> None:
    reply = menu(wording().for_person(language))
    shown = {int(number) for number in re.findall(r"^\*(\d)\*", reply.text, re.MULTILINE)}
    assert {NUMBERS[number] for number in shown} == EXISTING
    assert [button.key for button in reply.buttons] == [NUMBERS[number] for number in sorted(shown)]


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_a_typed_number_means_the_same_to_the_grammar_and_to_the_menu(number: int) -> None:
    intent = read_intent(str(number))
    assert intent is not None
    assert intent.name == NUMBERS[number] == entry_of(str(number))


@pytest.mark.parametrize("conversation", [form.conversation for form in FORMS], ids=lambda each: each.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_every_form_has_its_text_and_its_labels(conversation: Conversation, language: str) -> None:
    say = wording().for_person(language)
    for ask in conversation.asks:
        assert say.has(f"{conversation.name}.{ask.key}")
        if ask.summary:
            assert say.has(f"{conversation.name}.{ask.key}.label")
        if ask.required is not None:
            assert say.has(f"{conversation.name}.{ask.key}.ended")
        assert not ask.then or say.has(ask.then)
