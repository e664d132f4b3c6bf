"""Zola's slugs (its `slugify` strategies `on`, `safe` and `off`) and the names in its paths."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedsvc.posts.context import once_per_site
from feedsvc.sites.globs import glob

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.settings import Settings

_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UNSAFE = re.compile(r"""[<>:"/\\|?*]""")
# What Zola's library (deunicode) spells otherwise than the tables that it was made from.
_OTHERWISE = {
    "么": "Me ", "什": "Shen ", "价": "Jia ", "旅": "Lv ", "术": "Shu ", "❤": "heart", "✓": "ok",
    "✔": "checkmark ", "✋": "hand ", "⛵": "boat ", "☂": "umbrella ", "☃": "snowman ",
    **dict.fromkeys("اـۥۦᄋㅇー", ""), **dict.fromkeys("☀☝☹☺❄❓❔❕❗✝✳✴❇◻◼◽◾", "-"),
}  # fmt: skip
_LAST = "\U0001ffff"  # beyond it nothing is spelt
_SILENT = frozenset({"Mn", "Me", "Cf", "Cc"})  # marks on letters, signs that are not seen


def segment(name: str, strategy: object) -> str:
    """A name as Zola writes it in a path; `strategy` is "on" unless the site says otherwise."""
    if strategy == "off":
        return name
    if strategy == "safe":
        return _UNSAFE.sub("", name.rstrip(" ."))
    if not name.isascii():
        name = _NOT_ASCII.sub(_spelt, name)
    return _NOT_ASCII_WORD.sub("-", name.lower()).strip("-")


def _spelt(match: re.Match[str]) -> str:
    return _ascii(match[0])


@lru_cache(maxsize=4096)
def _ascii(sign: str) -> str:
    """One character in ASCII; what nobody can spell parts words."""
    if (known := _OTHERWISE.get(sign)) is not None:
        return known
    from text_unidecode import unidecode  # type: ignore[import-untyped]

    spelt = str(unidecode(sign))
    if spelt and "[?]" not in spelt:
        return spelt
    from anyascii import anyascii  # emoji and rare letters, which few names have

    spelt = anyascii(sign) if sign <= _LAST else ""
    if spelt.startswith(":"):
        return spelt.strip(":") + " "
    return spelt or ("" if unicodedata.category(sign) in _SILENT else "-")


def stem(name: str, settings: Settings) -> tuple[str, str]:
    """A page's name without suffix and language, and the language ("" for the site's)."""
    text = name.removesuffix(".md")
    languages: Any = settings.engine_options.get("languages") or ()
    head, _, language = text.rpartition(".")
    return (head, language) if head and language in languages else (text, "")


@once_per_site
def ignored(settings: Settings) -> Sequence[re.Pattern[str]]:
    """The patterns of `ignored_content`, of absolute paths; a star stands for folders, too."""
    given = settings.engine_options.get("ignored")
    patterns = given if isinstance(given, list) else []
    return [glob(str(one), star=".*") for one in patterns]
