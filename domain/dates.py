"""Days and times as people say them: '12 mei 25', 'besok jam 9', 'lusa jam setengah 9', 'senin depan'.

The rules are those of domain.md 6.4: the day comes first; without a year the next one is meant; 'X depan' is that day
in the next ISO week; 'setengah 9' is 08.30; an hour from 1 to 5 without pagi or sore is asked, 6 to 11 is the morning;
'minggu' alone is a week and a Sunday, so it is asked. What is left over turns an answer into a question.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from domain.figures import COUNT, count_of
from domain.reading import LONGEST_ANSWER, Invalid, Unclear
from domain.words import Rest, plain, word_set

__all__ = ["Day", "Moment", "NoExpiry", "WhenReading", "read_when"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, without a time."""

    date: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time, aware, in the zone of the place (or the one the person named)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class NoExpiry:
    """'seumur hidup': what was asked for never ends."""


WhenReading = Day | Moment | NoExpiry | Unclear[Day | Moment] | Invalid

_FORMS: dict[int, str] = {
    1: "januari jan januwari january",
    2: "februari feb pebruari peb febuari februwari february",
    3: "maret mar mrt march maart",
    4: "april apr aprl",
    5: "mei may me",
    6: "juni jun juny june",
    7: "juli jul july",
    8: "agustus agt agst ags agu aug agus august",
    9: "september sep sept sptmbr spt",
    10: "oktober okt oct october oktber",
    11: "november nov nop nopember novem",
    12: "desember des dec december dsmbr desmber",
}
_MONTHS = {form: month for month, forms in _FORMS.items() for form in forms.split()}
_LONG_MONTHS = {form: month for form, month in _MONTHS.items() if len(form) > 4}
_DAY_FORMS = (
    "senin senen snin snn soma",
    "selasa slasa salasa sls",
    "rabu rebo rabo rbu",
    "kamis kemis kms",
    "jumat jumaat jumah jemuah jemuwah jmt jumuah",
    "sabtu saptu setu sbtu sbt",
    "minggu ahad ngahad ngaad mgg mnggu",
)
_WEEKDAYS = {form: weekday for weekday, forms in enumerate(_DAY_FORMS) for form in forms.split()}
_SUNDAY_OR_WEEK = {"minggu", "mgg", "mnggu"}

_MONTH = "([a-z]{2,9})"
_WEEKDAY = "(" + "|".join(_WEEKDAYS) + r")\b"
_NEVER = re.compile(
    r"^(seumur hidup|sumur hidup|selama ?-?lamanya|selamanya|selama2nya|seterusnya|tanpa batas( waktu)?|tak terbatas|"
    r"salawasna|saklawase|(berlaku )?(selamanya|seumur hidup|terus|seterusnya)|"
    r"(tidak|tdk|tak|gak|ga|nggak|ndak|g|ora|teu) (ada |punya |pakai )?(masa berlaku|batas waktu|batas|kadaluarsa|"
    r"kadaluwarsa|"
    r"kedaluwarsa|kedaluarsa|expired|exp|expire|habis masa berlaku|habis)(nya)?|(tidak|ga|gak|tdk) (terbatas|"
    r"akan habis))$"
)
_RELATIVE: dict[str, int] = {
    "hari ini": 0, "hr ini": 0, "ari ini": 0, "sekarang": 0, "skrg": 0, "skrang": 0, "saiki": 0, "dinten niki": 0,
    "dina iki": 0, "poe ieu": 0, "ayeuna": 0, "samenika": 0, "sakniki": 0,
    "besok": 1, "bsk": 1, "besuk": 1, "bsok": 1, "esok": 1, "esok hari": 1, "besoknya": 1, "sesuk": 1, "mbenjing": 1,
    "benjing": 1, "isukan": 1, "enjing deui": 1, "hari esok": 1, "bsk hari": 1,
    "lusa": 2, "lusanya": 2, "pageto": 2, "kemarin": -1, "kmrn": -1, "kemaren": -1, "kmaren": -1, "wingi": -1,
    "kamari": -1, "kemarin lusa": -2, "kemarin dulu": -2,
}  # fmt: skip
_RELATIVE_WORD = re.compile(r"\b(" + "|".join(sorted(_RELATIVE, key=len, reverse=True)) + r")\b")
_TODAY_IN_PART = re.compile(r"\b(?:nanti|ntar|nti|mengko|mangke|engke|tar)\b")
_AFTER = {"hari": 1, "hr": 1, "minggu": 7, "mgg": 7, "mggu": 7, "pekan": 7}
_IN_A_WHILE = re.compile(
    r"\b(?:dalam |dlm )?(?:(" + COUNT + r") |(se))(hari|hr|minggu|mgg|mggu|pekan|bulan|bln|tahun|thn|th) "
    r"(lagi|ke depan|kedepan|mendatang|yang akan datang|maneh|deui|malih)\b"
    r"|\b(?:lagi|dalam|dlm) (" + COUNT + r") (hari|hr|minggu|mgg|mggu|pekan|bulan|bln|tahun|thn|th)\b"
)
_AGO = re.compile(
    r"\b(?:(" + COUNT + r") |(se))(hari|hr|minggu|mgg|pekan|bulan|bln|tahun|thn) (?:yang |yg )?(?:lalu|kepungkur)\b"
)
_ISO = re.compile(r"(?<![0-9])([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:t| |$)")
_NUMERIC = re.compile(r"(?<![0-9.])([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})(?![0-9])")
_NUMBERED = re.compile(
    r"(?<![0-9])([0-9]{1,2}) (?:bulan|bln) ([0-9]{1,2}) (?:(?:tahun|thn|th) )?([0-9]{4}|[0-9]{2})(?![0-9.:])"
)
_SPACED = re.compile(r"(?<![0-9])([0-9]{1,2}) ([0-9]{1,2}) ([0-9]{4})(?![0-9])")
_COMPACT = re.compile(r"(?<![0-9])([0-9]{2})([0-9]{2})([0-9]{4})(?![0-9])")
_NO_YEAR = re.compile(
    r"(?<![0-9.:])(?<!jam )(?<!pukul )(?<!pkl )(?<!jm )([0-9]{1,2})\s?([-/])\s?([0-9]{1,2})(?![0-9.:/-])"
)
_NAMED = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s?[-/. ]?\s?(?:bulan )?"
    + _MONTH
    + r"(?:\s?[-/., ]\s?|(?=[0-9]))?(?:(?:tahun |thn |th )?((?:19|20)[0-9]{2}|"
    r"[0-9]{2}(?![0-9.:]|\s*[.:]))(?![0-9]))?"
)
_NAMED_FIRST = re.compile(r"\b" + _MONTH + r" ([0-9]{1,2})(?:,? ((?:19|20)[0-9]{2}))(?![0-9])")
_MONTH_YEAR = re.compile(r"\b" + _MONTH + r"\s?[-/ ]?\s?((?:19|20)[0-9]{2})(?![0-9])")
_MONTH_YEAR_DIGITS = re.compile(r"^([0-9]{1,2})\s?[-/]\s?((?:19|20)[0-9]{2})$")
_END_OF = re.compile(
    r"\bakhir (bulan depan|bln depan|bulan ini|bln ini|bulan|bln|tahun depan|tahun ini|tahun|thn|"
    "[a-z]{3,9})(?: ((?:19|20)[0-9]{2}))?"
)
_START_OF = re.compile(r"\b(awal|pertengahan|tengah) (bulan depan|bulan ini|bulan|bln|tahun depan|tahun|[a-z]{3,9})\b")
_DAY_OF_MONTH = re.compile(
    r"\b(?:tanggal|tgl|tg|tggl|tgal)\.? ?([0-9]{1,2})(?![0-9/.:-])(?: (bulan ini|bulan depan|bln depan|bln ini|depan))?"
)
_WEEKDAY_NEXT_WEEK = re.compile(r"\b" + _WEEKDAY + r" (?:minggu|mgg|pekan) (?:depan|dpn|ngarep)")
_WEEKDAY_NEXT = re.compile(
    r"\b(?:hari |hr )?" + _WEEKDAY + r" (?:depan|dpn|ngarep|payun|hareup|yang akan datang|mendatang)"
)
_WEEKDAY_THIS = re.compile(r"\b(?:hari |hr )?" + _WEEKDAY + r" (?:ini|iki|ieu|besok|sesuk)\b")
_WEEKDAY_PLAIN = re.compile(r"\b(hari |hr |dinten |dina |poe )?" + _WEEKDAY)
_VAGUE = re.compile(r"\b(?:minggu|mgg|pekan|bulan|bln|tahun|thn) (?:depan|dpn|ini|lalu)\b|\bkapan ?-?kapan\b")
_EVE = re.compile(r"\bmalam " + _WEEKDAY)
_ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
_ZONE_WORD = re.compile(r"\b(wib|wita|wit)\b")
_PARTS: dict[str, str] = {
    "pagi": "pagi", "pg": "pagi", "pgi": "pagi", "esuk": "pagi", "enjing": "pagi", "subuh": "subuh", "shubuh": "subuh",
    "dini hari": "subuh", "siang": "siang", "sing": "siang", "awan": "siang", "siyang": "siang", "beurang": "siang",
    "sore": "sore", "sor": "sore", "sonten": "sore", "petang": "sore", "malam": "malam", "mlm": "malam",
    "bengi": "malam", "wengi": "malam", "dalu": "malam", "peuting": "malam", "malem": "malam", "wayah sonten": "sore",
}  # fmt: skip
_PART_WORD = re.compile(r"\b(" + "|".join(sorted(_PARTS, key=len, reverse=True)) + r")(?: hari|nya)?\b")
_HOUR_WORD = (
    "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|siji|loro|telu|papat|limo|pitu|wolu|songo|sanga|"
    "sedasa|rolas|duabelas|tilu|opat|genep|dalapan|salapan|sapuluh"
)
_HOUR = r"([0-9]{1,2}|dua belas|" + _HOUR_WORD + r")(?![0-9a-z])"
_BY_CLOCK = r"(?:\b(?:jam|pukul|pkl|jm|pk|tabuh|jam e|pkul|j)\.? ?)"
_HALF = re.compile(_BY_CLOCK + r"?\b(?:setengah|stengah|stgh|separo|setenga|satengah|1/2) ?" + _HOUR)
_CLOCK = re.compile(
    _BY_CLOCK + r"([0-9]{1,2}) ?[.:,] ?([0-9]{2})(?![0-9])|(?<![0-9./-])([0-9]{1,2})[.:]([0-9]{2})(?![0-9./-])"
)
_WORDY = re.compile(
    _BY_CLOCK
    + _HOUR
    + r"(?:\s*(kurang|krg|lewat|lebih|lwt|lbh|punjul)?\s*(seperempat|prapat|setengah|stengah|[0-9]{1,2}(?![0-9/.-])|"
    r"sepuluh|lima belas|lima|"
    r"dua puluh)(?: menit)?)?(?! ?(?:hari|minggu|bulan|tahun))"
)
_MINUTES = {
    "seperempat": 15,
    "prapat": 15,
    "setengah": 30,
    "stengah": 30,
    "sepuluh": 10,
    "lima": 5,
    "lima belas": 15,
    "dua puluh": 20,
}
_FILLERS = word_set(
    """
    pada hari tanggal tgl hr tg tggl ya yah pak bu bapak ibu kak mas mbak aja saja deh dong kalau klo nanti ntar
    insyaallah insya allah di jam pukul sampai sd s/d berlaku hingga exp expired ed habis berakhir tahun thn th masa
    terbit bulan mungkin-nya mulai dari oke ok siap bisa gimana lah sih kok nggih to yo ae wae mawon ingkang tepat
    pas baik berlakunya habisnya tanggalnya acaranya acara akan sd. s.d s.d. dgn dengan , .
    """
)


@dataclass(slots=True)
class _Now:
    """What the rules look from: this moment and day in the zone of the place."""

    at: datetime

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day as read; not `sure` when it could be twelve hours later."""

    hour: int
    minute: int
    sure: bool


_DayReading = Day | Unclear[Day | Moment] | Invalid | None


def read_when(text: str, now: datetime, zone: ZoneInfo) -> WhenReading:
    """A day, a moment, 'never', a doubt with its likeliest meaning, or an impossible date. `now` must be aware."""
    if len(text) > LONGEST_ANSWER:
        return Unclear(None, "long")
    rest = Rest(plain(text).strip(' .!?;:,"*_()[]'))
    if _NEVER.match(rest.text):
        return NoExpiry()
    try:
        return _read(rest, now, zone)
    except (OverflowError, ValueError):
        return Unclear(None, "out_of_range")  # the year 0, or ten thousand years from now


def _read(rest: Rest, now: datetime, zone: ZoneInfo) -> WhenReading:
    if named := rest.take(_ZONE_WORD):
        zone = ZoneInfo(_ZONES[named[1]])
    here = _Now(now.astimezone(zone))
    eve = _EVE.search(rest.text) is not None
    day = _read_exact_day(rest, here)
    clock = _take_clock(rest)
    if day is None:
        day = _read_said_day(rest, here, timed=isinstance(clock, _Clock))
    part = rest.take(_PART_WORD)
    today = rest.take(_TODAY_IN_PART) is not None
    if day is None and (today or (part and clock is None)):
        day = Day(here.today) if part or clock else None
    _drop_weekday(rest, day)
    rest.drop(_FILLERS)
    reading = _combine(day, _in_part(clock, _PARTS[part[1]] if part else None), here)
    return _doubt_leftover(reading, rest.text.strip(" .,;:!?()-"), eve=eve)


def _doubt_leftover(reading: WhenReading, leftover: str, *, eve: bool) -> WhenReading:
    if isinstance(reading, (Day, Moment)) and (leftover or eve):
        return Unclear(reading, "eve" if eve else "leftover")
    return reading


# -- days -------------------------------------------------------------------------------------------------------------


def _read_exact_day(rest: Rest, here: _Now) -> _DayReading:
    """A date in digits or with the name of a month."""
    for pattern, read in _EXACT:
        match = pattern.search(rest.text)
        if match is not None and (reading := read(match, here)) is not None:
            rest.take(pattern)
            return reading
    return None


def _read_said_day(rest: Rest, here: _Now, *, timed: bool) -> _DayReading:
    """'besok', 'senin depan', '2 minggu lagi', 'akhir bulan'."""
    for pattern, read in _SAID:
        match = pattern.search(rest.text)
        if match is not None and (reading := read(match, here)) is not None:
            rest.take(pattern)
            if (
                timed
                and isinstance(reading, Unclear)
                and reading.why == "sunday_or_week"
                and reading.proposal is not None
            ):
                return reading.proposal if isinstance(reading.proposal, Day) else None
            return reading
    return None


def _of_iso(match: re.Match[str], _: _Now) -> _DayReading:
    return _made(int(match[1]), int(match[2]), int(match[3]))


def _of_numbers(match: re.Match[str], _: _Now) -> _DayReading:
    groups = match.groups()
    day, month, year = int(groups[0]), int(groups[-2]), groups[-1]
    reading = _made(_full_year(year), month, day)
    if isinstance(reading, Invalid) and isinstance(swapped := _made(_full_year(year), day, month), Day) and month > 12:
        return Unclear(swapped, "month_first")
    return reading


def _of_compact(match: re.Match[str], _: _Now) -> _DayReading:
    whole = match[0]
    day_first = _made(int(match[3]), int(match[2]), int(match[1]))
    year_first = _made(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    plausible = [
        reading for reading in (day_first, year_first) if isinstance(reading, Day) and 1950 <= reading.date.year < 2100
    ]
    if len(plausible) == 1:
        return plausible[0]
    return Unclear(plausible[0] if plausible else None, "digits")


def _of_day_and_month(match: re.Match[str], here: _Now) -> _DayReading:
    return _next_date(int(match[1]), int(match[3]), here)


def _of_named(match: re.Match[str], here: _Now) -> _DayReading:
    month = _month_of(match[2])
    if month is None:
        return None
    if match[3]:
        return _made(_full_year(match[3]), month, int(match[1]))
    return _next_date(int(match[1]), month, here)


def _of_named_first(match: re.Match[str], _: _Now) -> _DayReading:
    month = _month_of(match[1])
    return None if month is None else _made(int(match[3]), month, int(match[2]))


def _of_month_and_year(match: re.Match[str], _: _Now) -> _DayReading:
    month = int(match[1]) if match[1].isdigit() else _month_of(match[1])
    if month is None:
        return None
    if not 1 <= month <= 12:
        return Invalid("no_such_date")
    return Unclear(Day(_last_of(int(match[2]), month)), "day_missing")


def _of_relative(match: re.Match[str], here: _Now) -> _DayReading:
    day = Day(here.today + timedelta(days=_RELATIVE[match[1]]))
    if re.search(r"\b(besok|sesuk) (lusa|emben)\b|\bbesok ?-?besok\b|\bbesok2\b", match.string):
        return Unclear(Day(here.today + timedelta(days=2)), "relative")
    return day


def _of_while(match: re.Match[str], here: _Now) -> _DayReading:
    count = 1 if match[2] else count_of(match[1] or match[5])
    return None if count is None else _shifted(here, count, match[3] or match[6])


def _of_ago(match: re.Match[str], here: _Now) -> _DayReading:
    count = 1 if match[2] else count_of(match[1])
    return None if count is None else _shifted(here, -count, match[3])


def _shifted(here: _Now, count: int, unit: str) -> _DayReading:
    if unit in _AFTER:
        return Day(here.today + timedelta(days=count * _AFTER[unit]))
    months = count * (12 if unit.startswith("t") else 1)
    year, month = divmod(here.today.year * 12 + here.today.month - 1 + months, 12)
    return Day(date(year, month + 1, min(here.today.day, calendar.monthrange(year, month + 1)[1])))


def _of_end(match: re.Match[str], here: _Now) -> _DayReading:
    year, month = _month_in(match[1], here, of_year=12)
    if match[2] and month is not None:
        year = int(match[2])
    return None if month is None else Day(_last_of(year, month))


def _of_start(match: re.Match[str], here: _Now) -> _DayReading:
    year, month = _month_in(match[2], here, of_year=1)
    if month is None:
        return None
    first = date(year, month, 1 if match[1] == "awal" else 15)
    if first < here.today:
        first = date(year + month // 12, month % 12 + 1, first.day)
    return Unclear(Day(first), "about")


def _month_in(words: str, here: _Now, *, of_year: int) -> tuple[int, int | None]:
    """The year and month that 'bulan depan', 'tahun ini' or 'desember' means."""
    year, month = here.today.year, here.today.month
    if words.startswith(("tahun", "thn")):
        return year + words.endswith("depan"), of_year
    if words.startswith(("bulan", "bln")):
        return (year + month // 12, month % 12 + 1) if words.endswith("depan") else (year, month)
    named = _month_of(words)
    return year + (named is not None and named < month), named


def _of_day_in_month(match: re.Match[str], here: _Now) -> _DayReading:
    day = int(match[1])
    year, month = here.today.year, here.today.month
    if (match[2] or "").endswith("depan"):
        return _made(year + month // 12, month % 12 + 1, day)
    if match[2]:
        return _made(year, month, day)
    if not 1 <= day <= 31:
        return Invalid("no_such_date")
    while not (isinstance(reading := _made(year, month, day), Day) and reading.date >= here.today):
        year, month = year + month // 12, month % 12 + 1
    return reading


def _of_weekday_next_week(match: re.Match[str], here: _Now) -> _DayReading:
    return Day(here.monday + timedelta(days=7 + _WEEKDAYS[match[1]]))


def _of_weekday_next(match: re.Match[str], here: _Now) -> _DayReading:
    day = Day(here.monday + timedelta(days=7 + _WEEKDAYS[match[1]]))
    said_day = match[0].startswith(("hari ", "hr "))
    return Unclear(day, "week") if match[1] in _SUNDAY_OR_WEEK and not said_day else day


def _of_weekday_this(match: re.Match[str], here: _Now) -> _DayReading:
    day = Day(here.monday + timedelta(days=_WEEKDAYS[match[1]]))
    if match[1] in _SUNDAY_OR_WEEK and not match[0].startswith(("hari ", "hr ")):
        return Unclear(day, "week")
    return day if day.date >= here.today else Unclear(Day(day.date + timedelta(days=7)), "past")


def _of_weekday(match: re.Match[str], here: _Now) -> _DayReading:
    ahead = (_WEEKDAYS[match[2]] - here.today.weekday()) % 7
    day = Day(here.today + timedelta(days=ahead or 7))
    if match[2] in _SUNDAY_OR_WEEK and not match[1]:
        return Unclear(day, "sunday_or_week")
    return day if ahead else Unclear(day, "today_or_next")


def _of_vague(_: re.Match[str], __: _Now) -> _DayReading:
    return Unclear(None, "vague")


_DayRule = tuple[re.Pattern[str], Callable[[re.Match[str], _Now], _DayReading]]
_EXACT: tuple[_DayRule, ...] = (
    (_ISO, _of_iso),
    (_NUMERIC, _of_numbers),
    (_NUMBERED, _of_numbers),
    (_SPACED, _of_numbers),
    (_COMPACT, _of_compact),
    (_NAMED, _of_named),
    (_NAMED_FIRST, _of_named_first),
    (_END_OF, _of_end),
    (_MONTH_YEAR, _of_month_and_year),
    (_MONTH_YEAR_DIGITS, _of_month_and_year),
    (_NO_YEAR, _of_day_and_month),
)
_SAID: tuple[_DayRule, ...] = (
    (_IN_A_WHILE, _of_while),
    (_AGO, _of_ago),
    (_START_OF, _of_start),
    (_WEEKDAY_NEXT_WEEK, _of_weekday_next_week),
    (_DAY_OF_MONTH, _of_day_in_month),
    (_WEEKDAY_NEXT, _of_weekday_next),
    (_VAGUE, _of_vague),
    (_WEEKDAY_THIS, _of_weekday_this),
    (_RELATIVE_WORD, _of_relative),
    (_WEEKDAY_PLAIN, _of_weekday),
)


def _made(year: int, month: int, day: int) -> Day | Invalid:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Invalid("no_such_date")


def _next_date(day: int, month: int, here: _Now) -> _DayReading:
    """The next such date from today on; a 29 February that is years away is asked."""
    for year in range(here.today.year, here.today.year + 9):
        reading = _made(year, month, day)
        if isinstance(reading, Day) and reading.date >= here.today:
            return reading if year <= here.today.year + 1 else Unclear(reading, "leap_day")
    return Invalid("no_such_date")


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 80 else 1900)


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=1024)
def _month_of(word: str) -> int | None:
    """The month of a name, an abbreviation, or a name with a slip in it ('agutus', 'desembr')."""
    if word in _MONTHS or len(word) < 5:
        return _MONTHS.get(word)
    best = process.extractOne(word, list(_LONG_MONTHS), scorer=fuzz.ratio, score_cutoff=80)
    return None if best is None else _LONG_MONTHS[best[0]]


def _drop_weekday(rest: Rest, day: _DayReading) -> None:
    """'sabtu 5 desember 2026': the weekday says the same again; one that contradicts stays and makes a doubt."""
    match = _WEEKDAY_PLAIN.search(rest.text)
    if match is not None and isinstance(day, Day) and day.date.weekday() == _WEEKDAYS[match[2]]:
        rest.take(_WEEKDAY_PLAIN)


# -- times ------------------------------------------------------------------------------------------------------------


def _take_clock(rest: Rest) -> _Clock | Invalid | None:
    if match := rest.take(_HALF):
        hour = _hour_of(match[1])
        return _checked(hour - 1 if hour > 1 else 12, 30)
    if match := rest.take(_CLOCK):
        return _checked(int(match[1] or match[3]), int(match[2] or match[4]))
    if match := rest.take(_WORDY):
        return _of_words(_hour_of(match[1]), match[2], match[3])
    return None


def _of_words(hour: int, sign: str | None, minutes: str | None) -> _Clock | Invalid:
    count = _MINUTES.get(minutes or "") or int(minutes or 0) if (minutes or "0").isdigit() or minutes in _MINUTES else 0
    if sign in {"kurang", "krg"} and count:
        return _checked((hour - 1) % 24 or 12, 60 - count)
    return _checked(hour, count)


def _hour_of(word: str) -> int:
    return int(word) if word.isdigit() else count_of(word) or 0


def _checked(hour: int, minute: int) -> _Clock | Invalid:
    """6 to 12 and 13 to 23 are clear; 1 to 5 may be the afternoon; 0 and 24 are midnight, of which day is asked."""
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return Invalid("no_such_time")
    return _Clock(hour % 24, minute, sure=6 <= hour <= 23)


_HOURS_OF_PART = {
    "subuh": range(2, 6),
    "pagi": range(1, 12),
    "siang": range(10, 16),
    "sore": range(14, 20),
    "malam": range(18, 24),
}


def _in_part(clock: _Clock | Invalid | None, part: str | None) -> _Clock | Invalid | None:
    """'jam 9 malam' is 21.00. A part of the day that fits neither reading of the hour is a doubt."""
    if not isinstance(clock, _Clock) or part is None:
        return clock
    fitting = [hour for hour in {clock.hour, (clock.hour + 12) % 24} if hour in _HOURS_OF_PART[part]]
    if len(fitting) == 1 and (clock.hour <= 12 or fitting[0] == clock.hour):
        return _Clock(fitting[0], clock.minute, sure=True)
    return _Clock(clock.hour, clock.minute, sure=False)


def _combine(day: _DayReading, clock: _Clock | Invalid | None, here: _Now) -> WhenReading:
    if isinstance(clock, Invalid) or isinstance(day, Invalid):
        return day if isinstance(day, Invalid) else Invalid("no_such_time")
    if clock is None:
        return Unclear(None, "nothing_read") if day is None else day
    if isinstance(day, Unclear):
        return _doubtful_day(day, clock, here)
    return _at(Day(here.today) if day is None else day, clock, here, said=day is not None)


def _doubtful_day(day: Unclear[Day | Moment], clock: _Clock, here: _Now) -> WhenReading:
    if not isinstance(day.proposal, Day):
        return day
    return Unclear(Moment(_moment(day.proposal, clock, here)), day.why)


def _at(day: Day, clock: _Clock, here: _Now, *, said: bool) -> WhenReading:
    moment = _moment(day, clock, here)
    if day.date == here.today and moment <= here.at:
        later = moment + timedelta(hours=12)
        evening = later > here.at and later.date() == day.date
        return Unclear(Moment(later if evening else moment + timedelta(days=1)), "past")
    if not clock.sure or not said:
        return Unclear(Moment(moment), "hour" if said else "day_missing")
    return Moment(moment)


def _moment(day: Day, clock: _Clock, here: _Now) -> datetime:
    """The likeliest moment: an unsure small hour is meant in the afternoon."""
    hour = clock.hour + 12 if not clock.sure and 1 <= clock.hour <= 5 else clock.hour
    return datetime.combine(day.date, time(hour, clock.minute), here.at.tzinfo)
