"""Certificates of a village product: what their numbers look like, how long they hold, what the person says of them.

Numbers are typed by hand and checked softly: an unusual one is kept and an officer looks at the photo. The shapes,
the
validities and their sources stand in domain.md 3.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.reading import LONGEST_ANSWER, Invalid, Unclear
from domain.words import bare, plain, word_set, words_of

__all__ = [
    "EXPIRING_WITHIN",
    "KINDS",
    "REMINDED_BEFORE",
    "CertificateKind",
    "Number",
    "State",
    "ean_is_valid",
    "expires_on",
    "hint_for",
    "read_any_number",
    "read_number",
    "read_state",
    "state_at",
]

State = Literal["none", "in_progress", "issued", "expiring", "expired", "rejected", "not_required"]

EXPIRING_WITHIN = timedelta(days=180)  # a P-IRT is renewed at the latest six months before it ends (PerBPOM 22/2018)
REMINDED_BEFORE = (timedelta(days=180), timedelta(days=90), timedelta(days=30))


@dataclass(frozen=True, slots=True)
class CertificateKind:
    """One kind of certificate. `validity_years` None: it does not end. `digits` for the hint."""

    id: str
    usual: re.Pattern[str]
    accepted: re.Pattern[str]
    validity_years: int | None
    digits: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is kept. Not `usual`: accepted, but an officer should look. Dates that the number itself tells."""

    value: str
    usual: bool = True
    issued_month: str | None = None  # 'YYYY-MM', from the last four digits of a halal number
    expiry_year: int | None = None  # from the last two digits of a P-IRT number
    kind: str = ""


NumberReading = Number | Unclear[str] | Invalid


def _kind(
    name: str, usual: str, *, also: str | None = None, years: int | None = None, digits: str = ""
) -> CertificateKind:
    return CertificateKind(name, re.compile(usual), re.compile(also or usual), years, digits)


_ANY = r"[A-Z0-9][A-Z0-9./-]{2,39}"

KINDS: dict[str, CertificateKind] = {
    kind.id: kind
    for kind in (
        _kind("nib", r"\d{13}", digits="13"),
        _kind("pirt", r"\d{13}-\d{2}", years=5, digits="15"),
        _kind("halal", r"ID\d{17}", also=r"ID\d{14,20}", digits="17"),
        _kind("bpom_md", r"MD(\d{12}|\d{15})", years=5, digits="12/15"),
        _kind("bpom_ot", r"(TR|TI|TL|SD|SI|SL|FF|QD)\d{9}", years=5, digits="9"),
        _kind("kosmetik", r"N[A-E]\d{11}", years=3, digits="11"),
        _kind("merek", r"IDM\d{9}", years=10, digits="9"),
        _kind("hak_cipta", r"\d{9}|EC00\d{9,}", digits="9"),
        _kind("desain", r"IDD\d{9}", years=10, digits="9"),
        _kind("paten", r"ID[PS]\d{9}", years=20, digits="9"),
        _kind("ig", r"IDG\d{9}", digits="9"),
        _kind("sni", r"SNI( ISO)? [\d.-]+[:-]\d{4}", also=_ANY + r"|SNI.{2,40}", years=4),
        _kind("gs1", r"899\d{10}", also=r"\d{13}", digits="13"),
        _kind("qris", r"ID\d{13}", digits="13"),
        _kind("haccp", _ANY, years=3),
        _kind("slhs", _ANY, years=3),
    )
}

_NO_WORDS = re.compile(
    r"\b(?:nib|p-?\s?irt|spp-?\s?irt|dinkes|kemenkes|ri|halal|bpjph|bpom|mui|no|nomor|nomer|nmr|nomornya|sertifikat|"
    r"izin edar|"
    r"reg|registrasi|merek|merk|haki|qris|nmid|barcode|ean|gs1|saya|sy|ini|adalah|nya|kode)\b\.?\s*[:=#]?"
)


def read_number(kind: str, text: str) -> NumberReading:
    """The number of a certificate of this kind (a key of KINDS), its doubt, or why it cannot be one.

    Invalid reasons: nib_length, ean_checksum, no_number. Doubts: expiry_missing, imported, application, kh_only,
    shape.
    """
    if len(text) > LONGEST_ANSWER:
        return Unclear(None, "long")
    if kind == "sni":
        return _read_sni(text)
    compact = _compact(text)
    if not re.search(r"\d", compact):
        return Invalid("no_number")
    return _READERS.get(kind, _read_shaped)(compact, kind)


def read_any_number(text: str) -> NumberReading:
    """A number whose kind shows in its shape: EAN, NMID of QRIS, merek, SNI, MD, P-IRT, halal; `kind` says which."""
    compact = _compact(text)
    if compact.isdigit() and len(compact) == 13:
        return _read_ean(compact, "gs1")
    if re.search(r"\bsni\b", plain(text)):
        return _read_sni(text)
    for kind in ("qris", "halal", "merek", "bpom_md", "pirt", "desain", "paten", "ig", "bpom_ot", "kosmetik"):
        if KINDS[kind].usual.fullmatch(compact):
            return read_number(kind, text)
    if re.fullmatch(r"\d{12}|\d{14}", compact):
        return Unclear(None, "shape")
    return _read_shaped(compact, "hak_cipta")


def _compact(text: str) -> str:
    """Only letters and digits, in capitals, without the words around a number; a P-IRT keeps its dash."""
    body = _NO_WORDS.sub(" ", plain(text))
    dashed = re.search(r"(?<!\d)(\d[\d\s.]{11,20}\d)\s*-\s*(\d{2})(?!\d)", body)
    if dashed and len(digits := re.sub(r"\D", "", dashed[1])) == 13:
        return f"{digits}-{dashed[2]}"
    return re.sub(r"[^A-Z0-9]", "", body.upper())


def _read_nib(compact: str, kind: str) -> NumberReading:
    digits = re.sub(r"\D", "", compact)
    return Number(digits, kind=kind) if len(digits) == 13 and digits == compact else Invalid("nib_length")


def _read_pirt(compact: str, kind: str) -> NumberReading:
    digits = re.sub(r"\D", "", compact)
    if digits != compact.replace("-", ""):
        return Unclear(None, "shape")
    if len(digits) == 13:
        return Unclear(digits, "expiry_missing")
    if len(digits) != 15:
        return Unclear(None, "shape")
    return Number(
        f"{digits[:13]}-{digits[13:]}", usual=digits[0] != "0", expiry_year=2000 + int(digits[13:]), kind=kind
    )


def _read_halal(compact: str, kind: str) -> NumberReading:
    if compact.startswith("KH"):
        return Unclear(None, "kh_only")  # the number of the fatwa, not of the certificate
    value = f"ID{compact}" if re.fullmatch(r"\d{17}", compact) else compact
    if not KINDS[kind].accepted.fullmatch(value):
        return Unclear(None, "shape")
    month, year = int(value[-4:-2]), int(value[-2:])
    usual = KINDS[kind].usual.fullmatch(value) is not None and 1 <= month <= 12
    return Number(value, usual=usual, issued_month=f"20{year:02}-{month:02}" if usual else None, kind=kind)


def _read_bpom(compact: str, kind: str) -> NumberReading:
    if compact.startswith("ML"):
        return Unclear(compact, "imported")
    for name in (kind, "bpom_ot", "kosmetik"):
        if KINDS[name].usual.fullmatch(compact):
            return Number(compact, kind=name)
    if re.fullmatch(r"\d{12}|\d{15}", compact):
        return Unclear(f"MD{compact}", "letters_missing")
    return Unclear(None, "shape")


def _read_merek(compact: str, kind: str) -> NumberReading:
    if re.fullmatch(r"(DID|JID|D\d\d|J\d\d)\d{7,12}", compact):
        return Unclear(compact, "application")  # filed, not yet granted
    return _read_shaped(compact, kind)


def _read_ean(compact: str, kind: str) -> NumberReading:
    if not re.fullmatch(r"\d{13}", compact):
        return Unclear(None, "shape")
    if not ean_is_valid(compact):
        return Invalid("ean_checksum")
    return Number(compact, usual=compact.startswith("899"), kind=kind)


def _read_shaped(compact: str, kind: str) -> NumberReading:
    known = KINDS.get(kind)
    if known is None or not known.accepted.fullmatch(compact):
        return Unclear(None, "shape")
    return Number(compact, usual=known.usual.fullmatch(compact) is not None, kind=kind)


def _read_sni(text: str) -> NumberReading:
    body = re.sub(r"\s+", " ", plain(text).upper()).strip(" .,;:")
    match = re.search(r"SNI\s?(ISO )?([\d.-]+)\s?[:-]\s?(\d{4})", body)
    if match:
        return Number(f"SNI {match[1] or ''}{match[2]}:{match[3]}", kind="sni")
    return (
        Number(body, usual=False, kind="sni")
        if re.search(r"\d{3}", body) and len(body) <= 40
        else Unclear(None, "shape")
    )


_READERS: dict[str, Callable[[str, str], NumberReading]] = {
    "nib": _read_nib,
    "pirt": _read_pirt,
    "halal": _read_halal,
    "bpom_md": _read_bpom,
    "merek": _read_merek,
    "gs1": _read_ean,
}


def ean_is_valid(digits: str) -> bool:
    """Whether the check digit of an EAN-13 is right (GS1 General Specifications 7.9)."""
    if not re.fullmatch(r"[0-9]{13}", digits):
        return False
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0


_NOT = r"(?:tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak|g|ora|teu|mboten)"
_NOT_YET = r"(?:belum|blm|blum|blom|bln|belom|durung|dereng|tacan|teu acan|bl)"
_STATES: tuple[tuple[State, re.Pattern[str]], ...] = (
    ("not_required", re.compile(_NOT + r" (?:perlu|butuh|wajib|usah)\b")),
    ("rejected", re.compile(r"\b(?:ditolak|tolak|tertolak|gagal|" + _NOT + r" (?:lolos|disetujui|lulus))\b")),
    ("in_progress", re.compile(
        r"\b(?:diurus|di urus|urus|ngurus|mengurus|proses|diproses|prosesnya|pengajuan|diajukan|ngajukan|mengajukan|"
        r"ajukan|"
        r"daftarin|didaftarkan|mendaftar|daftar|ndaftar|otw|menunggu|nunggu|tunggu|verifikasi|diverifikasi|sidang|audit|"
        r"(?:lagi|masih|sdg|sedang) (?:jalan|berjalan|dibuat|dibikin|bikin|buat|daftar))\b")),
    ("expired", re.compile(
        r"\b(?:mati|kadaluarsa|kadaluwarsa|kedaluwarsa|kedaluarsa|kadaluwasa|expired|exp|expire|ekspired|habis|lewat|"
        r"kedaluarso|" + _NOT + r" (?:berlaku|aktif)(?: lagi)?|wis mati|perlu diperpanjang|abis)\b")),
    ("none", re.compile(r"\b(?:" + _NOT_YET + r"|" + _NOT + r"|kosong|nihil|no|henteu|boten|ra nduwe|ora duwe|"
        r"none)\b|^-$")),
    ("issued", re.compile(
        r"\b(?:ada|sudah|sdh|udah|udh|dah|sdah|punya|terbit|keluar|jadi|aktif|berlaku|wis|uwis|sampun|parantos|atos|"
        r"tos|"
        r"ya|iya|y|yes|duwe|nduwe|gaduh|gadah|sudh|suda|lengkap|beres|selesai|done|dapat|dapet|nggih|muhun|have|"
        r"wes)\b|✅|👍")),
)  # fmt: skip
_DOES_NOT_KNOW = re.compile(
    rf"\b(?:{_NOT_YET}|{_NOT}|kurang) (?:tau|tahu|ngerti|paham|yakin|inget|ingat)\b|\b(?:mbuh|embuh|duka|teuing)\b"
)
_STILL_VALID = re.compile(
    r"\b" + f"(?:{_NOT_YET}|{_NOT})" + r" (?:mati|habis|expired|kadaluarsa|kedaluwarsa|kadaluwarsa)\b"
)
_DONE_SOON = re.compile(
    _NOT_YET + r" (?:jadi|selesai|keluar|terbit|turun|beres)\b|(?:mau|akan|pengen|rencana|arep|badhe|bade) "
)
_NOT_STARTED = re.compile(
    rf"\b(?:{_NOT_YET}|{_NOT}) (?:di ?)?(?:urus|ngurus|mengurus|diurus|proses|diproses|diajukan|mengajukan|ngajukan)\b"
)


def read_state(text: str) -> State | None:
    """What a person says of a certificate ('sdh ada', 'lagi diurus', 'sudah mati'), or None when it cannot be told."""
    said = bare(text[:LONGEST_ANSWER])
    if not said or "?" in text or _DOES_NOT_KNOW.search(said):
        return None
    if _NOT_STARTED.search(said):
        return "none"
    if _STILL_VALID.search(said):
        return "issued"
    if _DONE_SOON.search(said):
        return "in_progress" if re.search(_NOT_YET + r" (?:jadi|selesai|keluar|terbit|turun|beres)", said) else "none"
    return next((state for state, pattern in _STATES if pattern.search(said)), None)


def expires_on(
    kind: str, *, issued: date | None = None, number: Number | None = None, stated: date | None = None
) -> date | None:
    """The last day of validity: as stated, as the number tells (P-IRT: end of its year), or issue plus validity.

    None when it never ends (NIB, halal since Perppu 2/2022, QRIS, GS1) or cannot be known.
    """
    known = KINDS.get(kind)
    if known is None or known.validity_years is None:
        return None
    if stated is not None:
        return stated
    if issued is not None:
        return _years_later(issued, known.validity_years)
    return date(number.expiry_year, 12, 31) if number is not None and number.expiry_year is not None else None


def _years_later(day: date, years: int) -> date:
    if day.year + years > date.max.year:
        return date.max
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def state_at(state: State, expires: date | None, today: date) -> State:
    """The state on a day: an issued certificate is `expiring` from 180 days before its last day, then `expired`."""
    if state not in {"issued", "expiring", "expired"} or expires is None:
        return state
    if expires < today:
        return "expired"
    return "expiring" if expires - today <= EXPIRING_WITHIN else "issued"


_HINTS: tuple[tuple[frozenset[str], str], ...] = (
    (
        word_set(
            """
    susu yogurt yoghurt keju kefir frozen beku bakso sosis nugget daging ikan kaleng sarden
    """
        ),
        "bpom_md",
    ),
    (
        word_set(
            """
    jus minuman sirup sari es teh kombucha wedang kunyit-asam sinom
    """
        ),
        "bpom_md",
    ),
    (frozenset(["jamu", "herbal", "obat", "kapsul"]), "bpom_ot"),
    (
        word_set(
            """
    sabun lulur masker kosmetik minyak-urut lotion
    """
        ),
        "kosmetik",
    ),
    (
        word_set(
            """
    nasi lontong gado-gado kue-basah katering catering pecel rujak soto
    """
        ),
        "slhs",
    ),
)
_DRY = word_set(
    """
    kering keripik kripik abon bubuk serbuk celup kerupuk krupuk dendeng instan
    """
)


def hint_for(product: str) -> str | None:
    """The licence a product probably needs instead of P-IRT (bpom_md, bpom_ot, kosmetik, slhs), or None.

    P-IRT is for dry, packed food that keeps more than seven days; a hint for the helper, never a block.
    """
    words = set(words_of(product))
    if words & _DRY:
        return None
    return next((kind for keywords, kind in _HINTS if words & keywords), None)
