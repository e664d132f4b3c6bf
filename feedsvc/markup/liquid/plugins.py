"""Tags of well-known plugins and themes, which their names and arguments tell enough of."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feedsvc.markup import context
from feedsvc.markup.captions import Caption
from feedsvc.markup.liquid.values import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedsvc.markup.context import Context

_PICTURE = re.compile(r"(?:^|\s)((?:https?://|/|[\w.-]+/)\S+)(.*)", re.DOTALL)
_QUOTED = re.compile(r"""\"([^\"]*)\"|'([^']*)'""")
_CAPTION = re.compile(r"""caption:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
_LANGUAGE = re.compile(r"(?:^|\s)lang:(\S+)")
_OPTION = re.compile(
    r"(?:^|\s)(?:lang|line_number|line_threshold|first_line|wrap|mark|language_attr|highlight):\S+"
)
_TITLED = re.compile(r"(\S.*?)(?:(?<!\s)\s++(https?://\S+)(?:\s+(\S.*))?)?", re.DOTALL)
_LINE = re.compile(r"^[ \t]*+(\w+):(.*)", re.MULTILINE)
_ARGUMENT = re.compile(r"""(?<!\w)(\w++): ?("[^"]*+"|'[^']*+'|\S++)""")
_CREDIT = re.compile(r" (https?://\S+)(?: (.+))?$")
_SOURCES = ("src", "image_path", "image", "img", "url", "path", "file", "filename")
_SITE_PATHS = frozenset({"figure"})


def included(name: str, given: Mapping[str, object], around: Context) -> str | None:
    """What an include shows that is not in the folder: a theme's player or picture."""
    words = {key: text(value) for key, value in given.items() if isinstance(value, str)}
    for host in ("youtube", "vimeo"):
        video = words.get("id") or words.get("video_id") or words.get("youtubeId")
        if host in (name + words.get("provider", "")).lower() and video:
            return context.player(host, video)
    source = next((words[key] for key in _SOURCES if words.get(key)), "")
    if not source:
        return None
    # a path of an include is the site's, not the page's
    if not source.startswith(("/", "http:", "https:")):
        source = around.relative_url(source)
    elif source.startswith("/") and not source.startswith("//"):
        source = around.relative_url(source) if name in _SITE_PATHS else source
    caption = words.get("caption") or words.get("title") or words.get("description") or ""
    return context.figure(source, words.get("alt", ""), caption, words.get("href", ""))


def _highlight(args: str, inner: str, around: Context) -> str:
    language = args.split(maxsplit=1)[0] if args else ""
    return context.code_block(inner, language, markdown=around.is_markdown)


def _code_block(args: str, inner: str, around: Context) -> str:
    """Octopress' `{% codeblock [title] [lang:language] [url] [link text] %}`."""
    language = _LANGUAGE.search(args)
    titled = _TITLED.fullmatch(_OPTION.sub("", args).replace('"', "").strip())
    caption = Caption(*titled.groups(default="")).html() if titled else ""
    code = context.code_block(inner, language[1] if language else "", markdown=around.is_markdown)
    return f"\n{caption}\n{code}" if caption else code


def _diagram(name: str) -> Callable[[str, str, Context], str]:
    """The source of a diagram, whose first line may stand in the tag."""

    def rule(args: str, inner: str, around: Context) -> str:
        source = f"{args}\n{inner.lstrip()}"
        return context.code_block(source, name, markdown=around.is_markdown)

    return rule


def _figure(args: str, inner: str, _around: Context) -> str:
    """jekyll-figure's `{% figure caption:"Markdown" class:"name" %}`."""
    match = _CAPTION.search(args)
    words = "" if match is None else (match[1] or match[2] or "").replace('\\"', '"')
    caption = f"<figcaption>\n\n{words}\n\n</figcaption>" if words else ""
    return f"<figure>\n\n{inner}\n\n{caption}</figure>"


def _quote(args: str, inner: str, _around: Context) -> str:
    """Octopress' `{% blockquote [author[, title]] [address] [title of that] %}`."""
    who = " ".join(args.replace('"', "").split())
    address = title = ""
    if said := _CREDIT.search(who):
        who, address, title = who[: said.start()], said[1], said[2] or ""
    else:
        who, _, title = who.partition(",")
    cited = escape(title.strip()) or re.sub(r"^https?://|/$", "", escape(address))
    if address:
        cited = f'<a href="{escape(address)}">{cited}</a>'
    named = f"<strong>{escape(who.strip())}</strong>" if who.strip() else ""
    credit = " ".join(filter(None, (named, f"<cite>{cited}</cite>" if cited else "")))
    foot = f"<footer>{credit}</footer>\n\n" if credit else ""
    return f"<blockquote>\n\n{inner}\n\n{foot}</blockquote>"


def _details(args: str, inner: str, _around: Context) -> str:
    return context.details(escape(args.strip("\"'")), inner)


def _picture_block(_args: str, inner: str, around: Context) -> str:
    """jekyll-responsive-image's block of `path: assets/a.jpg` and `alt: …`, one a line."""
    given = {key: _unquoted(value.strip()) for key, value in _LINE.findall(inner)}
    return included("", given, around) or ""


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} and value[-1:] == value[:1] else value


def _pull_quote(_args: str, inner: str, _around: Context) -> str:
    """Octopress marks the quoted words by `{"` and `"}`."""
    return inner.replace('{"', "").replace('"}', "")


def _player(host: str) -> Callable[[str, Context], str | None]:
    def rule(args: str, _around: Context) -> str | None:
        video = args.split(maxsplit=1)[0].strip("\"'") if args else ""
        return context.player(host, video.rpartition("/")[2].rpartition("=")[2]) if video else None

    return rule


def _gist(args: str, _around: Context) -> str | None:
    name = args.split(maxsplit=1)[0].strip("\"'") if args else ""
    return context.anchor(f"https://gist.github.com/{name}") if name else None


def _tweet(args: str, _around: Context) -> str | None:
    name = args.split(maxsplit=1)[0].strip("\"'") if args else ""
    return context.anchor(name) if name.startswith(("https://", "http://")) else None


def _nothing(_args: str, _around: Context) -> str:
    return ""


def _picture(args: str, around: Context) -> str | None:
    """Octopress' `{% img [class] address [width [height]] ["title" ["alt"]] %}`."""
    match = _PICTURE.search(args)
    if match is None or not {'"', "'"}.isdisjoint(args[: match.start(1)]):
        return None  # within quotes it is a word like "and/or" to another engine's tag
    words = [next(filter(None, pair), "") for pair in _QUOTED.findall(match[2])]
    source = around.relative_url(match[1]) if match[1].startswith("/") else match[1]
    return context.figure(source, words[-1] if words else "")


def _responsive(args: str, around: Context) -> str | None:
    """jekyll-responsive-image's `{% responsive_image path: assets/a.jpg alt: "…" %}`."""
    given = {key: _unquoted(value) for key, value in _ARGUMENT.findall(args)}
    return included("", given, around)


BLOCKS: dict[str, Callable[[str, str, Context], str]] = {
    "highlight": _highlight,
    "codeblock": _code_block,
    "code": _code_block,  # as Hexo has it, too
    "figure": _figure,
    "blockquote": _quote,
    "quote": _quote,
    "details": _details,
    "pullquote": _pull_quote,
    "responsive_image_block": _picture_block,
    "mermaid": _diagram("mermaid"),
    "plantuml": _diagram("plantuml"),
}
TAGS: dict[str, Callable[[str, Context], str | None]] = {
    "img": _picture,
    "responsive_image": _responsive,
    "youtube": _player("youtube"),
    "vimeo": _player("vimeo"),
    "gist": _gist,
    "tweet": _tweet,
    "twitter": _tweet,
    "toc": _nothing,
    "seo": _nothing,
    "feed_meta": _nothing,
}
