"""Hugo's shortcodes in a body: the site's own templates where they are simple, else what is known.

Source: gohugo.io/content-management/shortcodes.
"""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from feedsvc.markup import context, shortcodes
from feedsvc.markup.captions import Caption
from feedsvc.markup.hugo import site_shortcodes
from feedsvc.markup.nesting import Made, Pair, Rendering
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.beside import Folder, Sources
    from feedsvc.markup.calls import Call
    from feedsvc.markup.context import Context
    from feedsvc.model import Post
    from feedsvc.settings import Settings

_RAW = frozenset({"highlight", "comment"})  # what these enclose is no shortcode
_CODE = re.compile(r"<pre\b.*?(</pre>|\Z)", re.DOTALL)
_INLINE = re.compile(r"\bhl_inline\s*=\s*true\b", re.IGNORECASE)


def render(text: str, around: Context) -> str:
    """`text` without shortcodes."""

    def made(pair: Pair, inner: str) -> Made | None:
        found = site_shortcodes.evaluated(pair, inner, text, around)
        if found is None:
            return None
        as_markdown = text.startswith("{{%", pair.call.start)
        if as_markdown and around.is_markdown and "<pre" in found:
            # Highlighted, as Hugo has it, code has no blank lines, which end a block of HTML.
            found = _CODE.sub(lambda code: around.held.put(code[0]) if code[1] else code[0], found)
        return Made(found, as_markdown)

    pairs = site_shortcodes.pairs(list(shortcodes.hugo_calls(text)))
    given = partial(site_shortcodes.was_given, around=around)
    return Rendering(text, around, pairs, _BLOCKS, made, raw=_RAW, given=given).whole()


def sources(text: str, _post: Post, settings: Settings, folder: Folder) -> Sources:
    """The templates of the site's own shortcodes in `text`."""
    return site_shortcodes.sources(shortcodes.hugo_calls(text), settings, folder)


def _comment(_call: Call, _inner: str, _around: Context) -> str:
    return ""


def _highlight(call: Call, inner: str, around: Context) -> str:
    if _INLINE.search(call.get(1)):
        return _inline(call.deindented(inner), around)
    return _block(call, inner, call.get(0, "lang"), "", around)


def _code(call: Call, inner: str, around: Context) -> str:
    """What themes have under this name; a fence in it is Markdown's."""
    if "```" in inner or "~~~" in inner:
        return inner
    if "\n" not in inner:
        return _inline(inner, around)
    caption = Caption(call.get("title", "caption", "file", "filename"))
    return _block(call, inner, call.get("lang", "language", 0), caption.html(), around)


def _inline(code: str, around: Context) -> str:
    made = f"<code>{escape(code.strip(), quote=False)}</code>"
    return around.held.put(made) if around.is_markdown else made


def _block(call: Call, code: str, language: str, caption: str, around: Context) -> str:
    """Code, which Markdown must not read where it stands within a list or a line."""
    if not (call.before and around.is_markdown):
        above = f"{caption}\n" if caption else ""
        return above + context.code_block(code, language, markdown=around.is_markdown)
    made = context.code_block(call.deindented(code), language, markdown=False)
    return around.held.put(caption + made)


_BLOCKS = {**shortcodes.BLOCKS, "comment": _comment, "highlight": _highlight, "code": _code}
RULE = Rule(render, ("{{<", "{{%"), references=shortcodes.references, sources=sources)
