"""What all channels need to turn neutral text into a platform's messages: counting, splitting, and *bold*."""

import re
from collections.abc import Iterator, Sequence

__all__ = ["bold_spans", "joined", "length", "plain", "split"]

_ENCODINGS = {"utf16": ("utf-16-le", 2), "bytes": ("utf-8", 1)}
_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_BREAKS = ("\n\n", "\n", ". ", " ")  # where a text is best cut, best first
_LEAST = 0.5  # a cut that leaves less than this of the limit used is not taken while a finer one exists


def length(text: str, units: str) -> int:
    """How long a text is for a platform that counts in `utf16` units, `bytes` of UTF-8, or `characters`."""
    if units == "characters":
        return len(text)
    encoding, width = _ENCODINGS[units]
    return len(text.encode(encoding, "surrogatepass")) // width


def split(text: str, limit: int, units: str) -> list[str]:
    """The text in pieces of at most `limit` units, cut at paragraphs, lines, sentences, words, and only then anywhere.

    No character is cut in two. White space at a cut is dropped; empty pieces are not given.
    """
    pieces = []
    rest = text.strip()
    while length(rest, units) > limit:
        head = _cut(_prefix(rest, limit, units))
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [piece for piece in (*pieces, rest) if piece]


def joined(texts: Sequence[str]) -> str:
    """Paragraphs as one text: an empty line between two."""
    return "\n\n".join(text for text in texts if text)


def bold_spans(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order, in pieces, and whether each is *bold*. The asterisks of bold pieces are gone."""
    end = 0
    for match in _BOLD.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[1], True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def plain(text: str) -> str:
    """The text without its neutral markup, for where a platform shows none."""
    return "".join(piece for piece, _ in bold_spans(text))


def _prefix(text: str, limit: int, units: str) -> str:
    """The longest beginning of a text within the limit, whole characters only; never empty."""
    if units == "characters":
        return text[:limit]
    encoding, width = _ENCODINGS[units]
    encoded = text.encode(encoding, "surrogatepass")[: limit * width]
    return encoded.decode(encoding, "ignore") or text[0]


def _cut(head: str) -> str:
    for mark in _BREAKS:
        at = head.rfind(mark)
        if at > len(head) * _LEAST:
            return head[: at + len(mark)]
    return head
