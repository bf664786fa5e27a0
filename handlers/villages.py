"""The villages of a producer in words."""

from handlers.context import Context

__all__ = ["villages_of"]


def villages_of(ctx: Context, codes: tuple[str, ...] | list[str]) -> str:
    """'Balerejo, Kec. Wlingi', and how many there are beside the home village."""
    home = ctx.village(codes[0])
    label = home.label if home else codes[0]
    return ctx.say("registration.villages", village=label, count=len(codes) - 1) if len(codes) > 1 else label
