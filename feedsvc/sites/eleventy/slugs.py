"""Eleventy's filters `slug` (the package slugify) and `slugify` (@sindresorhus/slugify).

Their tables of letters are followed for Latin, Greek and Cyrillic; other scripts are dropped, as
both do with those that they do not know.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = {
    "$": "dollar", "%": "percent", "&": "and", "<": "less", ">": "greater", "|": "or",
    "€": "euro", "£": "pound", "¥": "yen", "¢": "cent", "-": " ", "—": "", "–": " ", "\xa0": " ",
}  # fmt: skip
_SLUG = {
    **_SIGNS, "đ": "dj",
    "ё": "yo", "й": "j", "х": "h", "ц": "c", "щ": "sh", "ъ": "u", "ь": "", "ю": "yu", "я": "ya",
    "є": "ye", "ґ": "g", "η": "h", "ή": "h", "θ": "8", "ξ": "3", "υ": "y", "ύ": "y", "φ": "f",
    "χ": "x", "ω": "w", "ώ": "w",
}  # fmt: skip
_SLUGIFY = {
    "&": " and ", "♥": " love ", "ä": "ae", "ö": "oe", "ü": "ue",
    "ё": "yo", "й": "y", "щ": "sch", "ь": "", "ю": "yu", "я": "ya", "є": "ye", "ґ": "g",
    "η": "i", "ή": "i", "β": "v", "ξ": "ks", "υ": "y", "ύ": "y", "φ": "f", "χ": "x",
}  # fmt: skip
_DROPPED = re.compile(r"[^a-z0-9_\s*+~.()'\"!\-:@]+")
_KEPT_SIGNS = frozenset("“”‘’…•©®™")
_POSSESSIVE = re.compile(r"'(?<=[a-z\d]')(?=[ts](?:\s|$))")


def slug(text: str, removed: str | None = None, *, strict: bool = False) -> str:
    """What `slug` makes of it: signs such as `.` and `!` stay, blanks become hyphens.

    `removed` are the only signs that go where a site names them (its option `remove`), `strict`
    leaves letters and digits alone.
    """
    spelt = "".join(_spelt(char, _SLUG, signs=True) for char in _normal(text))
    if removed is None:
        kept = _DROPPED.sub("", spelt)
    else:
        kept = "".join(char for char in spelt if char not in removed)
    if strict:
        kept = re.sub(r"[^a-z0-9\s]", "", kept)
    return re.sub(r"\s+", "-", kept.strip())


def slugify(text: str) -> str:
    """What `slugify` makes of it: letters and digits, all else hyphens."""
    spelt = "".join(_spelt(char, _SLUGIFY) for char in _normal(text))
    return re.sub(r"[^a-z\d]+", "-", _POSSESSIVE.sub("", spelt)).strip("-")


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _spelt(char: str, own: dict[str, str], *, signs: bool = False) -> str:
    if char in own:
        return own[char]
    if char.isascii():
        return char
    if _is_spelt(char) or (signs and char in _KEPT_SIGNS):
        from text_unidecode import unidecode  # type: ignore[import-untyped]

        made: str = unidecode(char)
        return made.lower()
    return "" if signs else " "


def _is_spelt(char: str) -> bool:
    code = ord(char)
    latin = code < 0x250 or 0x1EA0 <= code < 0x1EFA
    return char.isalpha() and (latin or 0x370 <= code < 0x460)
