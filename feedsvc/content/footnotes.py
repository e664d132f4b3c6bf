"""Where footnotes lie on the pages of other engines.

A link to a footnote leads to the entry's page, and what the anchors there are called depends on
what made it: kramdown (Jekyll), goldmark (Hugo), Python-Markdown (Pelican), markdown-it-footnote
(Eleventy), remark-gfm (Astro), Zola.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from feedsvc.settings import Settings

SIGN = " data-footnote-ref>"
"""What the HTML of a text with footnotes holds."""

# As comrak writes them.
_REFERENCE = re.compile(r'<a href="#fn-([^"]*)"( id="fnref-[^"]*" data-footnote-ref>)(\d+)</a>')
_BACK = re.compile(r'<a href="#fnref-[^"]*"([^>]* data-footnote-backref-idx="(\d+)(?:-(\d+))?")')
_SAFE = "!$&'()*+,;=:@/?-._~"


class _Names(NamedTuple):
    """The anchors of a footnote: of its text, of the first reference to it, of a later one.

    `name` is what the author calls it, `number` the one that is shown, `time` counts references
    from 1 and `before` from 0. Where an anchor is empty, the page has none.
    """

    text: str
    first: str
    later: str


_ANCHORS = {
    "jekyll": _Names("fn:{name}", "fnref:{name}", "fnref:{name}:{before}"),
    "hugo": _Names("fn:{number}", "fnref:{number}", "fnref{before}:{number}"),
    "pelican": _Names("fn:{name}", "fnref:{name}", "fnref{time}:{name}"),
    "eleventy": _Names("fn{number}", "fnref{number}", "fnref{number}:{before}"),
    "astro": _Names(
        "user-content-fn-{name}", "user-content-fnref-{name}", "user-content-fnref-{name}-{time}"
    ),
    "zola": _Names("{name}", "", ""),
}
# GitHub's CommonMark for Jekyll, and Zola with `bottom_footnotes`.
_COMMONMARK = _Names("fn-{name}", "fnref-{name}", "fnref-{name}-{time}")
_AT_THE_BOTTOM = _Names("fn-{name}", "fr-{name}-1", "fr-{name}-{time}")


def _names(settings: Settings) -> _Names | None:
    options = settings.engine_options
    if settings.engine == "jekyll" and str(options.get("markdown")).lower().startswith("common"):
        return _COMMONMARK
    if settings.engine == "zola" and options.get("bottom_footnotes") is True:
        return _AT_THE_BOTTOM
    return _ANCHORS.get(settings.engine)


def pointing_at(page: str, html: str, settings: Settings) -> str:
    """Return `html` with the links of its footnotes leading to the anchors on another's `page`.

    `html` is what comrak made, `page` an absolute URL without a fragment. Ids stay as they are.
    """
    names = _names(settings)
    if names is None:
        return html
    known: dict[str, str] = {}

    def link(pattern: str, **values: str | int) -> str:
        anchor = pattern.format_map(values)
        fragment = f"#{quote(anchor, safe=_SAFE)}" if anchor else ""
        return f'<a href="{escape(page + fragment)}"'

    def reference(match: re.Match[str]) -> str:
        name, rest, number = match.groups()
        name = known[number] = unquote(unescape(name))
        return f"{link(names.text, name=name, number=number)}{rest}{number}</a>"

    def back(match: re.Match[str]) -> str:
        rest, number, time = match[1], match[2], int(match[3] or 1)
        pattern = names.first if time == 1 else names.later
        name = known.get(number, number)
        made = link(pattern, name=name, number=number, time=time, before=time - 1)
        return made + rest

    return _BACK.sub(back, _REFERENCE.sub(reference, html))
