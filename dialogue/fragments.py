"""Answers that come in pieces. Old hands at a phone type five words a minute, so "Siti" and "Aminah" come apart."""

import re
from dataclasses import replace
from datetime import timedelta

from rapidfuzz import fuzz, process

from dialogue.conversation import Draft, Last, Scene
from domain.words import bare, plain

__all__ = ["amended", "is_repeat", "lasting", "reply_unread", "reply_waits"]

_LONGEST_WAIT = timedelta(seconds=10)  # from the first piece: then the reply goes out (dialogue.md rule 3)
_LONGEST_READING = timedelta(seconds=30)
_SECONDS_A_WORD = 0.5

_STARRED = re.compile(r"^\*+\s*([^*]+?)\s*\**$")
_SORRY = re.compile(
    r"^(?:(?:eh|maaf|ralat|oh|aduh|waduh)[\s,.]+)*(?:salah|ralat|maksud(?:nya|e| saya| ku|ku)|koreksi)\b"
    r"(?:[\s,.:]+(?:bu|pak|mbak|mas|kak|ketik|tulis|maksudnya|maksud saya|maksude|yang benar|harusnya|seharusnya))*"
    r"[\s,.:]+(.+)$",
    re.IGNORECASE,
)


def reply_waits(draft: Draft, scene: Scene) -> bool:
    """The reply to the last words has not been sent, and has not waited too long for more words."""
    last = draft.last
    return last is not None and scene.last_reply == "queued" and scene.now - last.started_at <= _LONGEST_WAIT


def reply_unread(draft: Draft, scene: Scene) -> bool:
    """The reply to the last words was sent, but nobody can have read it yet: half a second a word, and ten seconds."""
    if draft.last is None or scene.last_reply != "sent":
        return False
    reading = timedelta(seconds=scene.words_unread * _SECONDS_A_WORD) + _LONGEST_WAIT
    return scene.now - draft.last.at <= min(reading, _LONGEST_READING)


def is_repeat(draft: Draft, text: str, scene: Scene) -> bool:
    """The same words twice within seconds: a double send, not an answer to the question that they led to."""
    last = draft.last
    if last is None or last.key == draft.asked:
        return False
    return scene.now - last.at <= _LONGEST_WAIT and (text == last.text or plain(text) == plain(last.text))


def lasting(draft: Draft | None, first: Last) -> Draft | None:
    """The draft with the start of its last words at the first piece, so that the whole wait has an end."""
    if draft is None or draft.last is None:
        return draft
    return replace(draft, last=replace(draft.last, started_at=first.started_at))


def amended(said: str, text: str) -> str | None:
    """What the last words should have been, where `text` corrects them: "*Aminah", "eh salah, Siti Aminah"."""
    if match := _STARRED.match(text.strip()):
        return _mended(said, match[1])
    if match := _SORRY.match(text.strip()):
        return match[1].strip()
    return None


def _mended(said: str, better: str) -> str:
    """The words with the one that looks most like the correction put right; the correction alone where none does."""
    words = said.split()
    if len(better.split()) > 1 or len(words) < 2:
        return better
    found = process.extractOne(bare(better), [bare(word) for word in words], scorer=fuzz.ratio, score_cutoff=60)
    if found is None:
        return better
    words[found[2]] = better
    return " ".join(words)
