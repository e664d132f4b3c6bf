"""Hugo and Zola shortcodes left in a body: the common ones rendered, the rest taken out.

What an unknown shortcode encloses is kept. Hugo's escape `{{</* name */>}}` becomes the shortcode's
own text. Sources: gohugo.io/shortcodes, getzola.org/documentation/content/shortcodes.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedsvc.markup import context, formula_calls
from feedsvc.markup.calls import Call
from feedsvc.posts import media
from feedsvc.posts.references import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.markup.context import Context

    Block = Callable[[Call, str, Context], str]

_ARGUMENT = re.compile(
    r"""(?:([\w-]+)\s*[=:]\s*)?(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|'([^']*)'|((?:\\"|[^\s"'`,()])+))"""
)
_PATH = re.compile(r"([^?#]*)(.*)", re.DOTALL)
_REFERENCES = ("ref", "relref")
_NAMING = ("src", "image", "img", "file", "url")
# All arguments have names: `{{ url_for('x') }}` is text.
_NEAR = 200  # characters before a call in its line that are looked at
_LONGEST_CALL = 10_000  # characters from a brace to the end that may belong to it
_ZOLA_CALL = re.compile(r"(\w+)\s*\((\s*|\s*[A-Za-z_]\w*\s*=.*)\)", re.DOTALL)


def references(text: str) -> Iterator[Reference]:
    """What Hugo's `ref` and `relref` name."""
    for call in hugo_calls(text):
        if call.name in _REFERENCES:
            yield _referred(call)[0]


def hugo_calls(text: str) -> Iterator[Call]:
    """Hugo's shortcodes in `text`, in order."""
    position = 0
    while (start := text.find("{{", position)) >= 0:
        mark = text[start + 2 : start + 3]
        close = {"<": ">}}", "%": "%}}"}.get(mark)
        position = start + 2
        if close is None:
            continue
        end = text.find(close, position)
        if end < 0:
            return
        position = end + 3
        near = max(0, start - _NEAR)
        before = text[max(near, text.rfind("\n", near, start) + 1) : start]
        call = _call(start, position, text[start + 3 : end].strip())
        yield call._replace(before=before) if before else call


def _call(start: int, end: int, inner: str) -> Call:
    if inner.startswith("/*"):
        return Call(start, end, "", False, (inner[2:].removesuffix("*/").strip(),), {})
    closing = inner.startswith("/")
    name, _, rest = inner.strip("/ ").partition(" ")
    name, _, more = name.partition("\n")
    return Call(start, end, name, closing, *_arguments(f"{more} {rest}"))


def _arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    positional, named = [], {}
    for match in _ARGUMENT.finditer(text):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        value = value.replace('\\"', '"')
        if match[1]:
            named[match[1].lower()] = value
        else:
            positional.append(value)
    return tuple(positional), named


def zola_calls(text: str) -> Iterator[Call]:
    """Zola's shortcodes in `text`, in order; `end` closes any of them."""
    position = 0
    ends: dict[str, int] = {}  # where the next end of either kind is, looked for once
    while (start := text.find("{", position)) >= 0:
        close = {"{{": "}}", "{%": "%}"}.get(text[start : start + 2])
        position = start + 1
        if close is None:
            continue
        if ends.get(close, -1) < start + 2:
            ends[close] = text.find(close, start + 2)
        end = ends[close]
        if end < 0:
            return
        if end - start > _LONGEST_CALL:
            continue
        inner = text[start + 2 : end].strip()
        if inner.startswith("/*"):
            position = end + 2
            yield Call(start, position, "", False, (inner[2:].removesuffix("*/").strip(),), {})
        elif inner == "end" and close == "%}":
            position = end + 2
            yield Call(start, position, "end", True, (), {})
        elif inner.endswith(")") and (match := _ZOLA_CALL.fullmatch(inner)):
            position = end + 2
            yield Call(start, position, match[1], False, *_arguments(match[2]))


def single(text: str, call: Call, around: Context) -> str:
    """What a call comes to that encloses nothing."""
    if not call.name and call.positional:  # escaped: shown as it would be written
        opening = text[call.start : call.end].partition("/*")[0]
        closing = text[call.end - 3 : call.end]
        return f"{opening} {call.positional[0]} {closing.lstrip(' */')}"
    if call.name in _REFERENCES:
        reference, path, tail = _referred(call)
        return around.link(reference, path, text, call.start) + tail if path else tail
    made = _RULES.get(call.name, _media)(call, around)
    if made is not None:
        return context.framed(made, text, call.start, call.end)
    around.remarks.add("shortcode-removed", call.name or "without a name", text, call.start)
    return ""


def _media(call: Call, around: Context) -> str | None:
    """What a theme's shortcode shows that names a picture, a video or a sound."""
    word = call.get(0)
    for source in (*map(call.get, _NAMING), "" if " " in word else word):
        kind = media.type_of_file(source.partition("?")[0]).partition("/")[0]
        if kind == "image":
            return _figure(call, around, source)
        if kind in ("audio", "video"):
            return f'<{kind} src="{escape(source)}" controls></{kind}>'
    return None


def _figure(call: Call, around: Context, source: str = "") -> str | None:
    source = source or call.get("src", "link", "url", 0)
    if not source:
        return None
    credit = _inline(call.get("attr"), around)
    if credit and (address := call.get("attrlink")):
        credit = f'<a href="{escape(address)}">{credit}</a>'
    words = " ".join(filter(None, (_inline(call.get("caption"), around), credit)))
    title = call.get("title")
    heading = f"<h4>{escape(title)}</h4>" if title else ""
    caption = f"{heading}<p>{words}</p>" if title and words else heading or words
    alt = call.get("alt", "caption", "title")
    return context.captioned(source, alt, caption, call.get("link"))


def _instagram(call: Call, _around: Context) -> str | None:
    name = call.get("id", 0)
    return context.anchor(f"https://www.instagram.com/p/{name}/") if name else None


def _video(host: str) -> Callable[[Call, Context], str | None]:
    def rule(call: Call, _around: Context) -> str | None:
        video = call.get("id", 0)
        return context.player(host, video) if video else None

    return rule


def _gist(call: Call, _around: Context) -> str | None:
    name = "/".join(call.positional[:2])
    return context.anchor(f"https://gist.github.com/{name}") if name else None


def _tweet(call: Call, _around: Context) -> str | None:
    number, user = call.get("id", 0), call.get("user") or "i"
    return context.anchor(f"https://twitter.com/{user}/status/{number}") if number else None


def _referred(call: Call) -> tuple[Reference, str, str]:
    """What a call refers to, the path as it is written, and what stands behind that."""
    path, tail = _PATH.match(call.get(0, "path")).groups()  # type: ignore[union-attr]
    language = call.get("lang").lower()
    return Reference(f"ref {language}" if language else "ref", unquote(path)), path, tail


def _parameter(call: Call, around: Context) -> str | None:
    name = call.get(0)
    post = around.post
    own = {"title": post.title, "description": post.summary, "summary": post.summary}
    value = post.extra.get(name, own.get(name.lower()))
    value = around.site_variables.get(name.lower()) if value is None else value
    return str(value) if isinstance(value, str | int | float) else None


def _highlight(call: Call, inner: str, around: Context) -> str:
    return context.code_block(inner, call.get(0, "lang"), markdown=around.is_markdown)


def _details(call: Call, inner: str, around: Context) -> str:
    return context.details(_inline(call.get("summary", "title", 0), around), inner)


def _inline(text: str, around: Context) -> str:
    """Words of an argument that Hugo reads as Markdown."""
    from feedsvc.markup import bounds, extras, markdown

    if not text or bounds.markdown_excess(text):
        return ""
    return " ".join(markdown.inline(text, extras.of(around.settings)).split())


BLOCKS: dict[str, Block] = {
    "highlight": _highlight,
    "details": _details,
    **dict.fromkeys(formula_calls.NAMES, formula_calls.enclosed),
}
_RULES: dict[str, Callable[[Call, Context], str | None]] = {
    "figure": _figure,
    "image": _figure,
    "img": _figure,
    "youtube": _video("youtube"),
    "vimeo": _video("vimeo"),
    "bilibili": _video("bilibili"),
    "gist": _gist,
    "instagram": _instagram,
    "tweet": _tweet,
    "twitter": _tweet,
    "x": _tweet,
    "param": _parameter,
    **dict.fromkeys(formula_calls.NAMES, formula_calls.given),
}
