"""Markdown to HTML; the only module that knows comrak.

CommonMark with the extensions of GitHub Flavored Markdown, footnotes, description lists and
emphasis that works between CJK characters. What comrak makes of a text without raw HTML is
well-formed and safe as it is but for its URLs, so that only those are looked at; anything else goes
the sanitiser's way.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING

from feedsvc.content import urls

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.content.urls import Base

# comrak appends a permalink to each heading; only the heading's own id is of use in a feed.
_ANCHOR = re.compile(
    r'<a href="#[^"]*" aria-label="[^"]*" data-heading-content="[^"]*" class="anchor"></a>'
)
_OMITTED = "<!-- raw HTML omitted -->"
_HEADINGS = 500  # telling the ids of equal headings apart takes their number squared
_CHECKBOX = {
    '<input type="checkbox" disabled="" />': "☐",
    '<input type="checkbox" checked="" disabled="" />': "☑",
}
# comrak writes a quote in text as &quot;, so that this finds attributes only
_REFERENCE = re.compile(r' (href|src)="(?!https?://)([^"]*)"')
_NOTE_ID = re.compile(r' id="(fn[^"]*)"')
_NOTE_DATA = re.compile(
    r' (?:data-footnote[\w-]*|class="footnote-backref"|aria-label="[^"]*")(?:="[^"]*")?'
)


@cache
def _renderer(*, raw: bool, ids: bool) -> Callable[[str], str]:
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.strikethrough = True
    extensions.autolink = True
    extensions.tasklist = True
    extensions.footnotes = True
    extensions.description_lists = True
    if hasattr(extensions, "header_id_prefix"):  # the newest wheel for Windows is older
        extensions.cjk_friendly_emphasis = True
        extensions.header_id_prefix = "" if ids else None
    options = comrak.RenderOptions()
    options.unsafe_ = raw
    render = comrak.render_markdown
    return lambda text: render(text, extensions, None, options)


def to_html(text: str) -> tuple[str, bool]:
    """HTML of a Markdown `text`, and whether it may hold HTML that its author wrote."""
    ids = "#" in text or "\n=" in text or "\n-" in text
    if ids and text.count("\n") >= _HEADINGS:
        ids = text.count("\n#") + text.count("\n=") + text.count("\n-") < _HEADINGS
    html = _renderer(raw=False, ids=ids)(text)
    raw = _OMITTED in html
    if raw:
        html = _renderer(raw=True, ids=ids)(text)
    if 'class="anchor"></a>' in html:
        html = _ANCHOR.sub("", html)
    if 'type="checkbox"' in html:
        for box, sign in _CHECKBOX.items():
            html = html.replace(box, sign)
    return html, raw


def with_absolute_links(html: str, base: Base) -> str:
    """What `to_html` made of a text without raw HTML, with references resolved against `base`."""

    def reference(match: re.Match[str]) -> str:
        name, url = match.groups()
        if not url:  # comrak empties what is not safe to follow
            return ""
        resolve = base.image if name == "src" else base.absolute
        made = resolve(unescape(url))
        return f' {name}="{escape(made)}"' if made else ""

    html = _REFERENCE.sub(reference, html)
    if ' id="fn' in html:
        html = _NOTE_ID.sub(
            lambda match: f' id="{base.note(match[1]) if urls.is_note(match[1]) else match[1]}"',
            html,
        )
        html = _NOTE_DATA.sub("", html)
    return html
