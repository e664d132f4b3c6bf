"""Addresses in Markdown that become links by themselves: `www.example.org`, `me@example.org`.

To look for them takes comrak as long as all the rest, so it is asked to only where there are some.
"""

from __future__ import annotations

import re
from enum import Enum


class Presence(Enum):
    """How a text may hold addresses: not at all, only where they are said to be links, bare."""

    NONE = 0
    LINKED = 1
    BARE = 2


def _not_behind(address: str, *signs: str) -> str:
    """A pattern: behind `address` is no beginning of a web address with such a sign before it."""
    return "".join(f"(?<!{sign}{web}{address})" for sign in signs for web in ("http", "https"))


# A search for what begins with a plain character is a fast one.
_MAIL = re.compile(r"@(?<=[\w.+:-]@)(?=[\w./-])")
_LINKED = (r"\]\(", r"\]: ", '="')
_URL = re.compile(rf":(?=//){_not_behind(':', *_LINKED)}")
_HOST = re.compile(rf"www\.{_not_behind(r'://www[.]', *_LINKED)}")
_VALUES = (' href="', ' src="')
_SHOWN_URL = re.compile(rf":(?=//){_not_behind(':', *_VALUES)}")
_SHOWN_HOST = re.compile(rf"www\.{_not_behind(r'://www[.]', *_VALUES)}")


def presence(text: str) -> Presence:
    """How a Markdown text seems to hold some."""
    web, mail, host = ":" in text and "://" in text, "@" in text, "www." in text
    if (
        (web and _URL.search(text))
        or (mail and _MAIL.search(text))
        or (host and _HOST.search(text))
    ):
        return Presence.BARE
    # a character reference may stand for any of their signs
    return Presence.LINKED if web or mail or host or "&" in text else Presence.NONE


def are_shown(html: str) -> bool:
    """Whether what comrak made of a text, not looking for them, shows what might be some.

    Rather too many than too few: they are text, which stands in the HTML as it is.
    """
    return (
        _SHOWN_URL.search(html) is not None
        or ("@" in html and _MAIL.search(html) is not None)
        or _SHOWN_HOST.search(html) is not None
    )
