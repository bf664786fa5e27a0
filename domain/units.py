"""The words that goods are counted in, each with its one spelling: 'bks' and 'bgks' are 'bungkus'."""

import re

__all__ = ["GRAMS", "MILLILITRES", "PIECES", "UNIT", "unit_of"]

_FORMS: dict[str, str] = {
    "bungkus": "bks bgks bngks bngkus bungkusan bks bgkus bungkuss wungkus bunkus",
    "pcs": "pc pieces piece pis",
    "buah": "bh bua",
    "biji": "bj bji iji siji2 siki",
    "butir": "btr butiran",
    "kg": "kilo kilogram kgs kiloan kilogaram",
    "gram": "gr g grm grams",
    "ons": "on",
    "kuintal": "kwintal kw kuintl",
    "ton": "",
    "liter": "ltr lt l litre",
    "ml": "mili mililiter cc",
    "botol": "btl btol botl gendul",
    "toples": "topless tples stoples tpls",
    "kotak": "ktk kothak",
    "box": "boks bok",
    "dus": "dos kardus doos duz",
    "pack": "pak pck pax paket pakt pk",
    "sachet": "saset saschet sachets sct",
    "lembar": "lbr lmbr helai lembr",
    "potong": "ptg ptong potongan",
    "porsi": "",
    "cup": "cap",
    "gelas": "gls",
    "renteng": "rtg",
    "ikat": "iket ikt",
    "bal": "",
    "karung": "krg sak zak",
    "kaleng": "klg",
    "mika": "",
    "tusuk": "",
    "pasang": "psg psang",
    "set": "stel setel",
    "meter": "m mtr",
    "ekor": "ekr",
    "tray": "",
    "besek": "",
    "loyang": "",
    "kemasan": "kmsn kmasan",
    "karton": "krt",
    "lusin": "lsn dozen losin",
    "kodi": "",
    "gross": "gros",
    "jar": "",
    "pouch": "",
    "kantong": "ktg kantung kresek",
    "plastik": "plstk",
    "rol": "roll gulung",
    "unit": "",
    "jerigen": "jrigen dirigen",
    "galon": "",
    "pot": "",
    "tangkai": "",
    "sisir": "",
    "tandan": "tundun",
    "keping": "kpg",
    "piring": "",
    "mangkok": "mangkuk",
    "bungkul": "",
    "batang": "btg",
    "tabung": "",
    "slop": "",
    "bata": "",
    "kendi": "",
    "setel": "",
    "tas": "",
    "kain": "",
    "baju": "",
    "orang": "",
}
_CANONICAL = {form: unit for unit, forms in _FORMS.items() for form in (unit, *forms.split())}

UNIT = "(?:" + "|".join(sorted(_CANONICAL, key=len, reverse=True)) + ")(?![a-z])"

PIECES = {"lusin": 12, "kodi": 20, "gross": 144}
GRAMS = {"gram": 1, "ons": 100, "kg": 1_000, "kuintal": 100_000, "ton": 1_000_000}
MILLILITRES = {"ml": 1, "liter": 1_000}


def unit_of(word: str) -> str:
    """The one spelling of a unit; a word that is no unit stays as it is."""
    return _CANONICAL.get(re.sub(r"[^a-z]", "", word), word)
