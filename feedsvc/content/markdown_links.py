"""Links in what comrak makes of a text without raw HTML; all else in that is safe as it is."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from feedsvc.markup import urls

if TYPE_CHECKING:
    from feedsvc.markup.remarks import Remarks
    from feedsvc.markup.urls import Base

# comrak writes a quote in text as &quot;, so that this finds attributes only. It begins with what
# is rare, which makes the search three times as fast as one for a blank and a name.
_REFERENCE = re.compile(r'="(?:(?<= href=")|(?<= src="))(?!https?://)([^"]+)"')
_NOTE_ID = re.compile(r' id="(fn[^"]*)"')
_NOTE_DATA = re.compile(
    r' (?:data-footnote[\w-]*|class="footnote-backref"|aria-label="[^"]*")(?:="[^"]*")?'
)
# What stands in the HTML where comrak left out an address that is not safe to follow.
_EMPTIED = '=""'
# A link, a definition or an image of Markdown whose address comrak leaves out.
_UNSAFE_LINK = re.compile(
    r"(?:\]\(|\]:|<)[ \t]*<?(?:javascript|vbscript|file|data):", re.IGNORECASE
)


def resolved(html: str, source: str, base: Base, remarks: Remarks) -> str:
    """The HTML with references resolved against `base`; `source` is the text that it is of."""
    emptied = _EMPTIED in html
    if emptied and _UNSAFE_LINK.search(source):
        remarks.add("unsafe-link-removed")

    def reference(match: re.Match[str]) -> str:
        nonlocal emptied
        resolve = base.image if html[match.start() - 1] == "c" else base.absolute
        found = resolve(unescape(match[1]))
        if found:
            return f'="{escape(found)}"'
        emptied = True
        return _EMPTIED

    html = _REFERENCE.sub(reference, html)
    if emptied:
        html = html.replace(' href=""', "").replace(' src=""', "")
    if ' id="fn' in html:
        html = _NOTE_ID.sub(
            lambda match: f' id="{base.note(match[1]) if urls.is_note(match[1]) else match[1]}"',
            html,
        )
        html = _NOTE_DATA.sub("", html)
    return html
