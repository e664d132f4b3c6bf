"""How a Hugo site writes names in URL paths."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedsvc.posts.permalinks import finish, is_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON

_SANE = re.compile(r"[A-Za-z0-9./_#+~@-]*")
_AS_IT_IS = re.compile(r"[a-z0-9./_#+~@-]*").fullmatch
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def logical_segment(name: str, options: Mapping[str, JSON]) -> str:
    """The name of a file, a folder or a term: every blank is a hyphen before signs are dropped."""
    if _AS_IT_IS(name):
        return name
    return path_segment(name if options.get("keep_case") else name.replace(" ", "-"), options)


def path_segment(name: str, options: Mapping[str, JSON]) -> str:
    """A slug or title sanitised, as `disablePathToLower` and `removePathAccents` have it."""
    if _AS_IT_IS(name):
        return name
    made = sanitized(name)
    if options.get("no_accents"):
        marks = unicodedata.normalize("NFD", made)
        bare = "".join(char for char in marks if unicodedata.category(char) != "Mn")
        made = unicodedata.normalize("NFC", bare)
    return made if options.get("keep_case") else lowered(made)


def lowered(text: str) -> str:
    """The text in lower case sign by sign as Go has it: `İ` is `i`, `Σ` `σ` even where it ends."""
    if not text.isascii():
        text = text.replace("\u0130", "i").replace("\u03a3", "\u03c3")
    return text.lower()


def sanitized(text: str) -> str:
    """Hugo's path sanitiser (`paths.Sanitize`): blanks become one hyphen, signs are dropped."""
    if _SANE.fullmatch(text):
        return text
    out: list[str] = []
    gap = False
    for at, char in enumerate(text):
        if char in "./_#+~-@" or is_word(char) or (char == "%" and _ESCAPE.match(text, at)):
            if gap and char != "-":
                out.append("-")
            gap = False
            out.append(char)
        elif char.isspace() and out and out[-1] != "-":
            gap = True
    return "".join(out)


def resolved(path: str) -> str:
    """A safe path, where `..` in a slug or pattern leads as it does in browsers."""
    if "/." in path:
        path = f"{posixpath.normpath(f'/{path}')}{'/' if path.endswith('/') else ''}"
    return finish(path)


def as_name(path: str) -> str:
    """A safe path without outer slashes, and not percent-encoded, since it is a name."""
    return unquote(resolved(path)).strip("/")
