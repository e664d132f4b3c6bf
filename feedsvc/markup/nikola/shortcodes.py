"""Nikola's shortcodes, `{{% name arguments %}}`: those it has itself rendered, others taken out.

Nikola puts what they make into the HTML of a body; so it is kept from the body's own markup here.
What an unknown one encloses stays. Source: getnikola.com/handbook.html#shortcodes.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from feedsvc.markup import context
from feedsvc.markup.calls import Call
from feedsvc.model import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.markup.context import Context

SIGN = "{{%"
_ARGUMENT = re.compile(
    # (a quote that nothing closes takes the rest: looked for again and again, it would cost time)
    r"""(?:([\w-]{1,100})=)?(?:"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|([^\s"']+))""",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_CALL = 10_000  # characters
_MOST_CALLS = 1_000  # each looks for its end
_VIDEO = re.compile(
    r"https?://(?:www\.|m\.|player\.)?"
    r"(?:(?:youtube\.com/(?:watch\?(?:[^\s#]{0,100}&)?v=|embed/|v/)|youtu\.be/)(?P<youtube>[\w-]{1,40})"
    r"|vimeo\.com/(?:video/)?(?P<vimeo>\d{1,20}))"
)
_NAME = re.compile(r"[\w-]{1,40}")


def calls(text: str) -> Iterator[Call]:
    """The shortcodes of a text, in order."""
    position = 0
    for _ in range(_MOST_CALLS):
        start = text.find(SIGN, position)
        end = text.find("%}}", start + 3) if start >= 0 else -1
        if end < 0:
            return
        position = end + 3
        if end - start > _LONGEST_CALL:
            continue
        name, _, rest = " ".join(text[start + 3 : end].split(None, 1)).partition(" ")
        positional, named = _arguments(rest)
        yield Call(start, position, name.lstrip("/"), name[:1] == "/", positional, named)


def _arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    positional, named = [], {}
    for match in _ARGUMENT.finditer(text):
        quoted = next((one for one in match.groups()[1:] if one is not None), "")
        value = _ESCAPED.sub(r"\1", quoted)
        if match[1]:
            named[match[1]] = value
        else:
            positional.append(value)
    return tuple(positional), named


def render(text: str, around: Context) -> str:
    """`text` with what its shortcodes make."""
    found = list(calls(text))
    closing: dict[str, list[int]] = {}
    for number, call in enumerate(found):
        if call.closing:
            closing.setdefault(call.name, []).append(number)
    parts: list[str] = []
    position, number = 0, 0
    while number < len(found):
        call = found[number]
        parts.append(text[position : call.start])
        position, number = call.end, number + 1
        if call.closing:
            continue
        ends = closing.get(call.name, [])
        while ends and ends[0] < number:
            ends.pop(0)
        rule = _RULES.get(call.name)
        inner = ""
        if ends and rule is not None:
            end = found[ends[0]]
            inner = text[call.end : end.start]
            position, number = end.end, ends[0] + 1
        made = rule(call, inner, around) if rule else None
        if made is None:
            around.remarks.add("shortcode-removed", call.name or "without a name", text, call.start)
        else:
            parts.append(held(_apart(made, text, call.start, position), around))
    parts.append(text[position:])
    return "".join(parts)


def _apart(made: str, text: str, start: int, end: int) -> str:
    """A link that stands alone in its line as a paragraph."""
    alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    return f"<p>{made}</p>" if alone and made.startswith("<a ") else made


def held(html: str, around: Context) -> str:
    """`html` as it can stand in the body's own markup."""
    return html if around.post.markup is Markup.HTML else around.held.put(html)


def media(url: str) -> str:
    """A player for an address that is known to have one, else a link."""
    if found := _VIDEO.match(url):
        host = "youtube" if found["youtube"] else "vimeo"
        return context.player(host, found[host])
    return context.anchor(url) if url.startswith(("http://", "https://")) else ""


def gist(name: str, file: str = "") -> str:
    """A link to a gist, by its number or its address."""
    number = name.rstrip("/").rpartition("/")[2] if "://" in name else name
    words = f"gist.github.com/{number} {file}".strip()
    return context.anchor(f"https://gist.github.com/{number}", words)


def thumbnail_of(address: str) -> str:
    """The small picture that Nikola makes of one."""
    return ".thumbnail".join(posixpath.splitext(address))


def listing_file(name: str, folders: object) -> str:
    """The path of a listing's file in the first of the folders that hold such files."""
    top = next(iter(folders), "listings") if isinstance(folders, dict) else "listings"
    path = posixpath.normpath(f"{top}/{name.strip('/')}")
    return path if path.startswith(f"{top}/") else ""


def listing(name: str, language: str, around: Context) -> str | None:
    """The code in the file that a listing names; None where it is not there."""
    path = listing_file(name, around.settings.engine_options.get("LISTINGS_FOLDERS"))
    data = around.beside.read(path) if path in around.beside.paths else None
    if data is None:
        return None
    return context.code_block(data.decode("utf-8", "replace"), language, markdown=False)


def _video(host: str) -> Callable[[Call, str, Context], str | None]:
    def rule(call: Call, _inner: str, _around: Context) -> str | None:
        name = call.get(0, "id")
        return context.player(host, name) if _NAME.fullmatch(name) else media(name) or None

    return rule


def _media(call: Call, _inner: str, _around: Context) -> str | None:
    return media(call.get(0, "url")) or None


def _gist(call: Call, _inner: str, _around: Context) -> str | None:
    name = call.get(0, "gistID")
    return gist(name, call.get(1, "filename")) if name else None


def _raw(_call: Call, inner: str, _around: Context) -> str:
    return inner


def _thumbnail(call: Call, inner: str, _around: Context) -> str | None:
    address = call.get(0, "uri")
    if not address:
        return None
    alt = call.get("alt", 1)
    return context.captioned(thumbnail_of(address), alt, inner.strip(), address)


def _listing(call: Call, _inner: str, around: Context) -> str | None:
    return listing(call.get(0, "fname"), call.get(1, "language"), around)


_RULES: dict[str, Callable[[Call, str, Context], str | None]] = {
    "raw": _raw,
    "media": _media,
    "youtube": _video("youtube"),
    "vimeo": _video("vimeo"),
    "gist": _gist,
    "thumbnail": _thumbnail,
    "listing": _listing,
}


def listings(text: str) -> Iterator[str]:
    """The files that listings name."""
    return (one.get(0, "fname") for one in calls(text) if one.name == "listing")
