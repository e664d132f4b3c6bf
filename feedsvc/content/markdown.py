"""Markdown to HTML; the only module that knows comrak.

CommonMark with the extensions of GitHub Flavored Markdown, footnotes, description lists and
emphasis that works between CJK characters. Raw HTML is kept: the sanitiser sees it next.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# comrak appends a permalink to each heading; only the heading's own id is of use in a feed.
_ANCHOR = re.compile(
    r'<a href="#[^"]*" aria-label="[^"]*" data-heading-content="[^"]*" class="anchor"></a>'
)


@cache
def _renderer() -> Callable[[str], str]:
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.strikethrough = True
    extensions.autolink = True
    extensions.tasklist = True
    extensions.footnotes = True
    extensions.description_lists = True
    extensions.cjk_friendly_emphasis = True
    extensions.header_id_prefix = ""
    options = comrak.RenderOptions()
    options.unsafe_ = True
    render = comrak.render_markdown
    return lambda text: render(text, extensions, None, options)


def to_html(text: str) -> str:
    """HTML of a Markdown `text`."""
    html = _renderer()(text)
    return _ANCHOR.sub("", html) if 'class="anchor"></a>' in html else html
