"""Names in addresses as Nikola writes them (`nikola/utils.py`: `slugify`, `encodelink`)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from feedsvc.posts import permalinks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON

_OTHER = re.compile(r"[^+\w\s-]", re.ASCII)
_BLANKS = re.compile(r"[-\s]+")
_UNSAFE = re.compile(r"[/\\?#\"'\r\n\t*:<>|]")


def slugify(text: str, options: Mapping[str, JSON]) -> str:
    """Letters in ASCII, unless the site keeps names as they are."""
    if options.get("USE_SLUGIFY") is False:
        return _UNSAFE.sub("-", text)
    if not text.isascii():
        from text_unidecode import unidecode  # type: ignore[import-untyped]

        text = str(unidecode(text))
    return _BLANKS.sub("-", _OTHER.sub("", text).strip().lower())


def encoded(path: str) -> str:
    """A path below the site, with one leading slash, percent-encoded as in Nikola's links."""
    safe = unquote(permalinks.finish(f"/{path.lstrip('/')}"))
    return quote(unicodedata.normalize("NFC", safe), safe="/~")


def language_tag(language: str) -> str:
    """The language tag (RFC 5646) for one of Nikola's names, as `pt_br` and `sr_latin`."""
    first, _, rest = language.partition("_")
    return "-".join(filter(None, (first, {"latin": "Latn"}.get(rest, rest.upper()))))
