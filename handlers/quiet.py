"""What an officer is told when the hour is quiet: what they send now arrives when it is over (domain.md 5.4)."""

from zoneinfo import ZoneInfo

from domain.formats import format_moment
from domain.quiet_hours import next_open
from handlers.context import Context

__all__ = ["quiet_note"]


def quiet_note(ctx: Context, programme_id: str) -> str:
    """From when on announcements and invitations of this programme arrive; "" where that is now."""
    programme = ctx.house.programmes[programme_id]
    zone = ZoneInfo(programme.zone)
    opens = next_open(ctx.now, programme.quiet_hours, "broadcast", zone)
    if opens <= ctx.now:
        return ""
    return ctx.say("officer.quiet", when=format_moment(opens, zone, ctx.contact.language))
