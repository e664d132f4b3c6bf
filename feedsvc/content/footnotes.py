"""Footnotes whose pages another engine makes.

A link to a footnote leads to the entry's page, and what the anchors there are called depends on
what made it.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from feedsvc.markup.syntax import Anchors

SIGN = " data-footnote-ref>"
"""What the HTML of a text with footnotes holds."""

# As comrak writes them.
_REFERENCE = re.compile(r'<a href="#fn-([^"]*)"( id="fnref-[^"]*" data-footnote-ref>)(\d+)</a>')
_BACK = re.compile(r'<a href="#fnref-[^"]*"([^>]* data-footnote-backref-idx="(\d+)(?:-(\d+))?")')
_SAFE = "!$&'()*+,;=:@/?-._~"


def pointing_at(page: str, html: str, names: Anchors) -> str:
    """Return `html` with the links of its footnotes leading to the anchors on another's `page`.

    `html` is what comrak made, `page` an absolute URL without a fragment. Ids stay as they are.
    """
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
