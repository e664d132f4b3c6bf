"""Addresses in Markdown that become links by themselves: `www.example.org`, `me@example.org`.

To look for them takes comrak as long as all the rest, so it is asked to only where there are some.
"""

from __future__ import annotations

import re


def _not_behind(address: str, *signs: str) -> str:
    """A pattern: no web address begins here that has one of these signs before it."""
    return "".join(f"(?<!{sign}{web}{address})" for sign in signs for web in ("http", "https"))


# Each begins with plain characters, which makes the search a fast one.
_MAIL = re.compile(r"@(?<=[\w.+:-]@)(?=[\w.-])")
_LINKED = (r"\]\(", r"\]: ", '="')
_URL = re.compile("://" + _not_behind("://", *_LINKED))
_HOST = re.compile(r"www\." + _not_behind(r"://www\.", *_LINKED))
_VALUES = (' href="', ' src="')
_SHOWN_URL = re.compile("://" + _not_behind("://", *_VALUES))
_SHOWN_HOST = re.compile(r"www\." + _not_behind(r"://www\.", *_VALUES))


def are_in(text: str) -> bool:
    """Whether a Markdown text seems to hold some."""
    return (
        ("@" in text and _MAIL.search(text) is not None)
        or (":" in text and _URL.search(text) is not None)
        or _HOST.search(text) is not None
    )


def are_shown(html: str, text: str) -> bool:
    """Whether what comrak made of a text, not looking for them, shows what might be some.

    Rather too many than too few: they are text, which stands in the HTML as it is.
    """
    if not (":" in text or "@" in text or "&" in text):  # then `are_in` told
        return False
    return (
        ("@" in html and _MAIL.search(html) is not None)
        or _SHOWN_URL.search(html) is not None
        or _SHOWN_HOST.search(html) is not None
    )
