"""The small pieces pages are put together from: words and markup for one date, file or language."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from feedsvc.feeds.values import Entry
    from feedsvc.model import Enclosure

# Scripts written from right to left, by the primary language subtags that use them by default.
RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"}
)

# How a format is called and typed in `<link rel="alternate">`, in the order readers prefer them.
FORMS = {
    "atom": ("Atom", "application/atom+xml"),
    "rss": ("RSS", "application/rss+xml"),
    "json": ("JSON", "application/feed+json"),
}

_DESCRIPTION_LENGTH = 200
_UNTITLED_LENGTH = 70


class Form(NamedTuple):
    """One form of a feed as a link: where it is, its media type, what people call it."""

    href: str
    type: str
    label: str


class Media(NamedTuple):
    """An enclosure as a page shows it; `kind` is the top-level media type."""

    url: str
    type: str
    kind: str
    title: str
    facts: str


class Date(NamedTuple):
    """An instant in the site's zone: whole, with its offset (RFC 3339), and its day (ISO 8601)."""

    stamp: str
    day: str


def form(name: str, href: str) -> Form:
    """The link to the form called `name`; an unknown one goes by its own name."""
    label, media_type = FORMS.get(name, (name, ""))
    return Form(href, media_type, label)


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag (RFC 5646); a script subtag decides before the language."""
    primary, *others = language.lower().replace("_", "-").split("-")
    scripts = [subtag for subtag in others if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in {"arab", "hebr", "thaa", "syrc", "nkoo"} else "ltr"
    return "rtl" if primary in RTL_LANGUAGES else "ltr"


def date(instant: datetime, zone: tzinfo) -> Date:
    """The instant as a page of a site in `zone` writes it.

    At the ends of the calendar, where `zone` has no such date (undated pages are of the year 1),
    it stays in UTC.
    """
    with suppress(OverflowError):
        instant = instant.astimezone(zone)
    stamp = instant.isoformat(timespec="seconds")
    return Date(stamp, stamp[:10])


def shorten(text: str, length: int) -> str:
    """`text` on one line, at most `length` characters and an ellipsis, cut between words."""
    # Far more than is needed, so that a book of a summary costs no more than a line.
    line = " ".join(text[: length * 8].split())
    if len(line) <= length:
        return line
    cut = line.rfind(" ", length // 2, length)
    return line[: cut if cut > 0 else length].rstrip(" ,;:.") + "…"


def headline(entry: Entry) -> str:
    """The post's title, else the beginning of its text, else its address."""
    post = entry.post
    return post.title or shorten(entry.content.summary, _UNTITLED_LENGTH) or post.permalink


def description(entry: Entry) -> str:
    """The summary in the length that search results show."""
    return shorten(entry.content.summary, _DESCRIPTION_LENGTH)


def media(enclosure: Enclosure) -> Media:
    """What to show of an enclosure: player, name, duration and size."""
    facts = [_clock(enclosure.duration)] if enclosure.duration else []
    if enclosure.length:
        facts.append(_size(enclosure.length))
    name = unquote(posixpath.basename(urlsplit(enclosure.url).path))
    return Media(
        url=enclosure.url,
        type=enclosure.type,
        kind=enclosure.type.partition("/")[0],
        title=enclosure.title or name or enclosure.url,
        facts=" · ".join(facts),
    )


def _clock(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _size(octets: int) -> str:
    size = octets / 1_000_000
    return f"{size:.1f} MB" if size >= 0.1 else f"{octets / 1000:.1f} kB"
