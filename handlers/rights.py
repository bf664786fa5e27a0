"""Who of the office is writing, and what they may do. Asked again with every key: a role may have changed since."""

from domain.roles import Act, may
from handlers.context import Context
from storage.officers import Officer, find_officer

__all__ = ["officer_who_may", "own_programme", "programmes_of"]


def officer_who_may(ctx: Context, act: Act) -> Officer | None:
    """The officer whose chat this is, where they may do this in a programme that is on; None for everybody else."""
    officer = find_officer(ctx.tx, ctx.contact.id)
    if officer is None or not may(officer.role, act):
        return None
    return officer if programmes_of(ctx, officer) else None


def programmes_of(ctx: Context, officer: Officer) -> tuple[str, ...]:
    """Ids of the programmes that the officer looks after."""
    return tuple(each for each in ctx.house.programmes if officer.programme in {None, each})


def own_programme(ctx: Context, officer: Officer) -> str:
    """The programme that the officer speaks for: their own, else that of their chat."""
    return officer.programme or ctx.programme.id
