"""Words of an officer, taken as they stand.

A producer's message that equals a command is one, whatever was asked. An officer dictates titles and reasons, and
"Pelatihan" is then a title: so these questions are not `free`, and what fits them is their answer. The office's own
words and "batal" are still heard first. There is no second half to wait for either.
"""

from dataclasses import dataclass

from dialogue.conversation import Ask, Doubt, Draft, More, Nothing, Rejected, Scene, Taken, Taker, Value
from dialogue.message import Incoming, Kind
from domain.nik import find_nik

__all__ = ["dictated"]


def dictated(shortest: int, longest: int, *, lines: bool = False) -> Taker:
    """Text of so many characters, in one line, or with its lines and its bold words as they were typed.

    Value: the text.
    """
    return _Dictated(shortest, longest, lines=lines)


@dataclass(frozen=True, slots=True)
class _Dictated:
    shortest: int
    longest: int
    lines: bool
    free: bool = False

    def take(
        self,
        incoming: Incoming,
        ask: Ask,  # noqa: ARG002 - the signature of a taker
        draft: Draft,  # noqa: ARG002 - as above
        scene: Scene,  # noqa: ARG002 - as above
    ) -> Taken | Rejected | More | Doubt | Nothing:
        if incoming.kind is not Kind.TEXT:
            return Rejected("write")
        said = self._kept(incoming.text)
        if find_nik(said):
            return Rejected("nik")
        if len(said) < self.shortest:
            return Rejected("too_short", {"shortest": str(self.shortest)})
        if len(said) > self.longest:
            return Rejected("too_long", {"longest": str(self.longest)})
        return Taken(said)

    def _kept(self, text: str) -> str:
        if not self.lines:
            return " ".join(text.replace("*", " ").split())
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())

    def show(self, value: Value, ask: Ask, draft: Draft, scene: Scene) -> str:  # noqa: ARG002 - as above
        return str(value)
