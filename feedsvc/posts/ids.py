"""Entry ids (RFC 4287 §4.2.6): what front matter names, else a tag: URI (RFC 4151)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from feedsvc.posts import fields

if TYPE_CHECKING:
    from datetime import date

LONGEST = 1000
"""The longest id that is taken from front matter, in characters."""

_SPECIFIC = "/-._~!$&'()*+,;=:@?"
_PLAIN = re.compile(r"[A-Za-z0-9/\-._~]*").fullmatch
_NOT_HOST = re.compile(r"[^a-z0-9.-]+")


def named(value: str, site_url: str, day: date) -> str:
    """An id of front matter: a URI as it stands, a UUID as a URN, else inside a tag: URI."""
    return fields.uri(value) or tag(site_url, day, value)


def tag(site_url: str, day: date, specific: str) -> str:
    """`tag:HOST,YYYY-MM-DD:SPECIFIC`, percent-encoded where RFC 4151 §2.1 asks for it.

    Letters are composed (NFC): some systems take the names of files apart, some copies do not.
    """
    return f"tag:{_authority(site_url)},{day.isoformat()}:{_quoted(specific)}"


@lru_cache(maxsize=16)
def _authority(site_url: str) -> str:
    try:
        host = urlsplit(site_url).hostname or ""
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        host = ""
    return _NOT_HOST.sub("-", host).strip("-.") or "localhost"


def _quoted(specific: str) -> str:
    return specific if _PLAIN(specific) else quote(normalize("NFC", specific), safe=_SPECIFIC)
