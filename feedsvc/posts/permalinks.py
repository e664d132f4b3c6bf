"""Permalink patterns → URL paths: Jekyll's placeholders and named styles.

Whatever a pattern and a post hold, the path starts with `/`, has no `.` or `..` segment, encoded or
not, no segment that a file system would refuse for its length, and is percent-encoded (RFC 3986
§3.3). Source: jekyllrb.com/docs/permalinks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import quote, unquote

from feedsvc import slugs
from feedsvc.posts.encoding import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's named styles, for the site's configuration; in a post they are ordinary text."""

SAFE = "/:@!$&'()*+,;=-._~"
"""What a path may hold as it is (RFC 3986 §3.3), for `urllib.parse.quote`."""

_SAFE_TEXT = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~]*").fullmatch
_LONGEST_SEGMENT = 240
_JEKYLL_TOKEN = re.compile(r":([a-z_]+)")
_PLAIN_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*").fullmatch
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,200})*/?")
_TWO_DIGITS = "{:02d}".format

# English whatever the process's locale
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Facts(NamedTuple):
    """What placeholders stand for. `local` is the publication in the zone that URLs are made in.

    `slug` is the front matter's or the file name's. `path` is the file's path below the posts
    folder without its suffix.
    """

    local: datetime
    slug: str
    title: str = ""
    categories: tuple[str, ...] = ()
    path: str = ""
    collection: str = "posts"
    output_ext: str = ".html"


_Part: TypeAlias = "str | Callable[[Facts], str]"


def jekyll(pattern: str, facts: Facts) -> str:
    """The path that a pattern with Jekyll's placeholders comes to.

    Placeholders that nobody knows are text. `pattern` may be the name of a style only if looked up
    before.

    `:title` keeps case and turns what is not letter, mark, digit or one of `._~!$&'()+,;=@` into a
    hyphen; `:categories` are lower-cased, without repetition, joined by slashes.
    """
    parts = _jekyll_parts(pattern)[0]
    made = [part if isinstance(part, str) else part(facts) for part in parts]
    path = "".join(made)
    if path[:1] != "/" or not _PLAIN.fullmatch(path):
        # what placeholders stand for is text, and is decoded once by what follows
        both = zip(parts, made, strict=True)
        path = finish("".join(text if part is text else quoted(text) for part, text in both))
    return path


def unknown(pattern: str) -> dict[str, str]:
    """The placeholders of a pattern that nobody knows, each with the nearest that is, or ""."""
    from difflib import get_close_matches  # late: most patterns have none

    found = {}
    for name in _jekyll_parts(pattern)[1]:
        near = get_close_matches(name[1:], _JEKYLL, n=1)
        found[name] = f":{near[0]}" if near else ""
    return found


@lru_cache(maxsize=256)
def _jekyll_parts(pattern: str) -> tuple[tuple[_Part, ...], tuple[str, ...]]:
    """Text as it stands and functions of the placeholders in turn, and what is unknown."""
    parts: list[_Part] = []
    others: list[str] = []
    at = 0
    for match in _JEKYLL_TOKEN.finditer(pattern):
        # `:year_:title`: an underscore behind a placeholder belongs to the text
        known = next((n for n in (match[1], match[1].rstrip("_")) if n in _JEKYLL), "")
        if not known:
            others.append(match[0])
            continue
        parts += pattern[at : match.start()], _JEKYLL[known]
        at = match.start(1) + len(known)
    return (*parts, pattern[at:]), tuple(others)


def quoted(text: str) -> str:
    """Percent-encode what a path cannot hold as it is."""
    return text if _SAFE_TEXT(text) else quote(text, safe=SAFE)


def finish(path: str) -> str:
    """Make a path safe and canonical: one leading slash, no dot segments, percent-encoded once."""
    if path[:1] == "/" and _PLAIN.fullmatch(path):
        return path
    decoded = clean(unquote(path)).replace("\\", "/")
    segments = [_segment(one) for one in decoded.split("/") if one.strip(". \t\n")]
    end = "/" if segments and decoded.endswith("/") else ""
    return quoted("/" + "/".join(segments) + end)


def _segment(text: str) -> str:
    if len(text.encode()) <= _LONGEST_SEGMENT:
        return text
    return slugs.with_digest(text, text, longest=_LONGEST_SEGMENT)


def jekyll_title(text: str) -> str:
    """Jekyll's "pretty" slug with case kept."""
    return _jekyll_slug(text, "._~!$&'()+,;=@")


def jekyll_slug(text: str) -> str:
    """Jekyll's default slug: letters, marks and digits in lower case, the rest hyphens."""
    return _jekyll_slug(text, "").lower()


def _jekyll_slug(text: str, kept: str) -> str:
    if _PLAIN_SLUG(text):
        return text
    if text.isascii() and text.replace("-", "a").isalnum():
        slug = text
    else:
        slug = "".join(char if char in kept or is_word(char) else "-" for char in text)
    return re.sub(r"-{2,}", "-", slug).strip("-")


def is_word(char: str) -> bool:
    """Whether a character is a letter, a mark or a decimal digit."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def _unique(names: tuple[str, ...], change: Callable[[str], str]) -> str:
    return "/".join(dict.fromkeys(filter(None, map(change, names))))


def _base(facts: Facts) -> str:
    return facts.path.rpartition("/")[2] or facts.slug


_JEKYLL: dict[str, Callable[[Facts], str]] = {
    "year": lambda f: f"{f.local.year:04d}",
    "short_year": lambda f: _TWO_DIGITS(f.local.year % 100),
    "month": lambda f: _TWO_DIGITS(f.local.month),
    "i_month": lambda f: str(f.local.month),
    "short_month": lambda f: _MONTHS[f.local.month - 1][:3],
    "long_month": lambda f: _MONTHS[f.local.month - 1],
    "day": lambda f: _TWO_DIGITS(f.local.day),
    "i_day": lambda f: str(f.local.day),
    "y_day": lambda f: f"{f.local.timetuple().tm_yday:03d}",
    "w_year": lambda f: str(f.local.isocalendar().year),
    "week": lambda f: _TWO_DIGITS(f.local.isocalendar().week),
    "w_day": lambda f: str(f.local.isoweekday()),
    "short_day": lambda f: _DAYS[f.local.weekday()][:3],
    "long_day": lambda f: _DAYS[f.local.weekday()],
    "hour": lambda f: _TWO_DIGITS(f.local.hour),
    "minute": lambda f: _TWO_DIGITS(f.local.minute),
    "second": lambda f: _TWO_DIGITS(f.local.second),
    "title": lambda f: jekyll_title(f.slug) or slugs.digest(f.slug),
    "slug": lambda f: jekyll_slug(f.slug) or slugs.digest(f.slug),
    "categories": lambda f: _unique(f.categories, str.lower),
    "slugified_categories": lambda f: _unique(f.categories, jekyll_slug),
    "collection": lambda f: f.collection,
    "output_ext": lambda f: f.output_ext,
    "path": lambda f: f.path,
    "name": lambda f: jekyll_slug(_base(f)),
}
