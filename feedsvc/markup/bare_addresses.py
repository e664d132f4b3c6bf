"""Addresses in Markdown that become links by themselves: `www.example.org`, `me@example.org`.

To look for them takes comrak as long as all the rest, so it is asked to only where there are some.
"""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import quote

from feedsvc.markup import lines


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
# Files (`icon@2x.png`) and places of git (`git@example.org:a/b.git`), to which nobody writes.
_NO_MAIL = re.compile(
    r'<a href="mailto:([^"]*)">\1</a>'
    r"(?:(?=:[\w~/.])|(?<=\.(?:png|jpg|gif|svg)</a>)|(?<=\.(?:jpeg|webp|avif)</a>))"
)
_ESCAPED = re.compile(r'<a href="([^"]*&amp;amp;[^"]*)">([^<]*)</a>')
# One that goes on with the sentence: Chinese and Japanese have no blank behind it.
_RUN_ON = re.compile(
    r'<a href="(https?://[^"]+)">(https?://[^<\u3001-\u301f\uff01-\uff1f]+)'
    r"([\u3001-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f][^<]*)</a>"
)
_PUNCTUATION = r"\u3001-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
# Such a sentence with marks of Markdown in it, which would be parts of the address.
_BEFORE_MARKS = re.compile(
    rf"http(?<![!-~]http)(?<!\]: http)s?://[^\s*<>`\[\]{_PUNCTUATION}]{{1,500}}"
    rf"(?=[{_PUNCTUATION}][^\s<>*`\[]{{0,500}}[*`\[])"
)
# Emphasis that ends right before such a sentence: its stars would be parts of the address.
_EMPHASIZED = re.compile(
    r"\*(?<!\*\*)(?P<more>\*?)(?P<address>https?://[^\s*<>`]{1,500})"
    r"\*(?P=more)(?=[)\]\"']?[^\x00-\x7f])"
)
_IN_LINE = re.compile(f"{lines.CODE}|{_EMPHASIZED.pattern}|(?P<alone>{_BEFORE_MARKS.pattern})")
# For each mail address comrak keeps what follows it in its line once more.
_KEPT = 100_000_000


def presence(text: str) -> Presence:
    """How a Markdown text seems to hold some."""
    web, mail, host = ":" in text and "://" in text, "@" in text, "www." in text
    if mail and _too_many(text):
        return Presence.NONE
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
    ) and not _too_many(html)


def _too_many(text: str) -> bool:
    """Whether mail addresses in one line would take more memory than there may be."""
    return text.count("@") * len(text) > _KEPT and any(
        line.count("@") * len(line) > _KEPT for line in text.split("\n")
    )


def enclosed(text: str) -> str:
    """A Markdown text in which addresses end before stars around them, and before a sentence."""
    if text.isascii() or "http" not in text:
        return text
    if ("*http" in text and _EMPHASIZED.search(text)) or _BEFORE_MARKS.search(text):
        return lines.outside_code(text, _enclosed)
    return text


def _enclosed(line: str, _position: int) -> str:
    def address(match: re.Match[str]) -> str:
        if match["alone"]:
            return f"<{match['alone']}>"
        stars = f"*{match['more']}"
        return match[0] if match["code"] else f"{stars}<{match['address']}>{stars}"

    return line if "<" in line else _IN_LINE.sub(address, line)


def escaped_once(html: str, text: str) -> str:
    """What comrak made of a text, with such addresses escaped once."""
    return _ESCAPED.sub(_escaped, html) if "&" in text and "&amp;amp;" in html else html


def _escaped(match: re.Match[str]) -> str:
    """An address that is written with `&amp;`, which comrak takes for five signs."""
    return match[0].replace("&amp;amp;", "&amp;") if match[1].endswith(match[2]) else match[0]


def written_to(html: str) -> str:
    """`html` without links to mail addresses that are none."""
    return _NO_MAIL.sub(r"\1", html) if '<a href="mailto:' in html else html


def ended(html: str) -> str:
    """`html` in which such addresses end before the punctuation of Chinese and Japanese."""
    return html if html.isascii() else _RUN_ON.sub(_ended, html)


def _ended(match: re.Match[str]) -> str:
    whole, address, rest = match.groups()
    href = whole.partition(quote(rest[0]))[0]
    return f'<a href="{href}">{address}</a>{rest}' if href != whole else match[0]
