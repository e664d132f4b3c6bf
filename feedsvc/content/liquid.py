"""Liquid left in a body (Jekyll, Eleventy): the common tags and variables, the rest taken out.

Nothing is evaluated but what a post can say of itself and its site: there are no other posts here
to loop over. `if` keeps its first branch.
Sources: shopify.github.io/liquid, jekyllrb.com/docs/liquid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.content import context, expressions
from feedsvc.posts.references import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.content.context import Context

_OPENING = re.compile(r"\{[%{]")
_TAG = re.compile(r"(\w+)\s*(.*)", re.DOTALL)
_PICTURE = re.compile(r"(?:^|\s)((?:https?://|/|[\w.-]+/)\S+)(.*)", re.DOTALL)
_QUOTED = re.compile(r"""\"([^\"]*)\"|'([^']*)'""")
_PARAMETER = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_OUTPUT = 2_000_000
_VERBATIM = {name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "comment")}
_BLOCKS = frozenset(
    """
    for tablerow case capture highlight if unless figure details
    """.split()  # noqa: SIM905
)


class Token(NamedTuple):
    """A tag, an output (`name` is "") or the text between them (`name` is None)."""

    start: int
    end: int
    name: str | None
    args: str = ""


def render(text: str, around: Context) -> str:
    """`text` without Liquid."""
    return _Rendering(text, around).between(0, None, 0)


def references(text: str) -> Iterator[Reference]:
    """What `link` and `post_url` name."""
    for token in _tokens(text):
        if token.name in _REFERENCES:
            yield Reference(token.name, token.args.strip("\"'"))


def _tokens(text: str) -> Iterator[Token]:
    position = 0
    last = {closing: text.rfind(closing) for closing in ("%}", "}}", "endraw", "endcomment")}
    search_from = 0
    while match := _OPENING.search(text, search_from):
        start = match.start()
        closing = "%}" if match[0] == "{%" else "}}"
        search_from = start + 2
        if last[closing] < search_from:
            continue
        yield Token(position, start, None)
        end = text.find(closing, search_from)
        position = search_from = end + 2
        inner = text[start + 2 : end].strip("-").strip()
        if closing == "}}":
            yield Token(start, position, "", inner)
            continue
        words = _TAG.match(inner)
        name, args = (words[1], words[2].strip()) if words else (inner or "?", "")
        if name not in _VERBATIM or last["end" + name] < position:
            yield Token(start, position, name, args)
        elif ending := _VERBATIM[name].search(text, position):
            if name == "raw":
                yield Token(position, ending.start(), None)
            position = search_from = ending.end()
    yield Token(position, len(text), None)


def _ends(tokens: list[Token]) -> dict[int, int]:
    """Index of a block's tag → index of the tag that ends it."""
    ends: dict[int, int] = {}
    open_blocks: list[int] = []
    depth: dict[str, int] = {}
    for index, token in enumerate(tokens):
        name = token.name or ""
        if name in _BLOCKS:
            open_blocks.append(index)
            depth[name] = depth.get(name, 0) + 1
        elif name.startswith("end") and depth.get(name[3:], 0):
            while open_blocks:
                start = open_blocks.pop()
                opened = tokens[start].name or ""
                depth[opened] -= 1
                if opened == name[3:]:
                    ends[start] = index
                    break
    return ends


class _Rendering:
    def __init__(self, text: str, around: Context) -> None:
        self.text = text
        self.around = around
        self.tokens = list(_tokens(text))
        self.ends = _ends(self.tokens)
        self.room = _OUTPUT  # characters that values may still add

    def between(self, index: int, stop: int | None, depth: int) -> str:
        """What the tokens from `index` to `stop` come to."""
        parts: list[str] = []
        branches: list[int] = []  # the ends of the conditions that are open
        stop = len(self.tokens) if stop is None else stop
        while index < stop:
            token = self.tokens[index]
            end = self.ends.get(index)
            index += 1
            if token.name is None:
                parts.append(self.text[token.start : token.end])
            elif not token.name:
                parts.append(self._output(token))
                self.room -= len(parts[-1])
                if self.room < 0:
                    self.around.remarks.add("body-too-complex", "grows without bound")
                    break
            elif token.name in ("if", "unless") and end is not None:
                self._note(token)
                branches.append(end)
            elif branches and token.name in ("else", "elsif"):
                index = branches.pop() + 1
            elif branches and index - 1 == branches[-1]:
                branches.pop()
            elif end is not None and token.name in _BLOCK_RULES and depth < _DEPTH:
                inner = self.between(index, end, depth + 1)
                parts.append(_BLOCK_RULES[token.name](token.args, inner, self.around))
                index = end + 1
            elif end is not None:
                self._note(token)
                index = end + 1
            else:
                parts.append(self._tag(token, parts))
        return "".join(parts)

    def _reference(self, token: Token) -> str:
        args = expressions.interpolated(token.args.strip("\"'"), self.around)
        reference = Reference(token.name or "", args)
        known = self.around.links.get(reference)
        if token.name == "link" and known is None and _is_static(args):
            return self.around.absolute_url(args)
        return self.around.link(reference, args, self.text, token.start)

    def _drop_own_address(self, parts: list[str]) -> None:
        """Until Jekyll 4 `{{ site.baseurl }}` stood before the tags that now give it themselves."""
        near = "".join(parts[-_NEAR:])
        site = self.around.settings.site.url
        path = urlsplit(site).path.rstrip("/")
        for own in (site, site.removesuffix(path), path):
            if own and near.endswith(own):
                parts[-_NEAR:] = [near.removesuffix(own)]
                return

    def _output(self, token: Token) -> str:
        value = expressions.evaluate(token.args, self.around)
        if value is None:
            self._note(token)
            return ""
        return value

    def _tag(self, token: Token, parts: list[str]) -> str:
        name = token.name or ""
        if name in _REFERENCES:
            self._drop_own_address(parts)
            return self._reference(token)
        rule = _TAG_RULES.get(name)
        made = rule(token.args, self.around) if rule else None
        if made is None:
            self._note(token)
            return ""
        return context.framed(made, self.text, token.start, token.end)

    def _note(self, token: Token) -> None:
        shown = " ".join(self.text[token.start : token.end].split())
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        self.around.remarks.add("liquid-removed", shown, self.text, token.start)


def _highlight(args: str, inner: str, around: Context) -> str:
    language = args.split(maxsplit=1)[0] if args else ""
    return context.code_block(inner, language, markdown=around.is_markdown)


def _capture(args: str, inner: str, around: Context) -> str:
    around.variables[args.strip("\"'")] = inner[: expressions.LONGEST]
    return ""


def _figure_block(_args: str, inner: str, _around: Context) -> str:
    return f"<figure>\n\n{inner}\n\n</figure>"


def _assign(args: str, around: Context) -> str | None:
    name, _, expression = args.partition("=")
    value = expressions.evaluate(expression.strip(), around)
    around.variables[name.strip()] = value
    return None if value is None else ""


def _include(args: str, around: Context) -> str | None:
    """Includes are a site's own; their names and parameters tell what most of them show."""
    name, _, rest = args.partition(" ")
    given = {
        match[1]: next(filter(None, match.groups()[1:]), "") for match in _PARAMETER.finditer(rest)
    }
    for host in ("youtube", "vimeo"):
        video = given.get("id") or given.get("video_id") or given.get("youtubeId")
        if host in (name + given.get("provider", "")).lower() and video:
            return context.player(host, video)
    source = next((given[key] for key in _SOURCES if given.get(key)), "")
    if not source:
        return None
    source = expressions.interpolated(source, around)
    # a path of an include is the site's, not the page's
    if not source.startswith(("/", "http:", "https:")):
        source = around.relative_url(source)
    elif source.startswith("/") and not source.startswith("//"):
        source = around.relative_url(source) if name in _SITE_PATHS else source
    words = given.get("caption") or given.get("title") or given.get("description") or ""
    return context.figure(source, given.get("alt", ""), words, given.get("href", ""))


_SOURCES = ("src", "image_path", "image", "img", "url", "path", "file", "filename")
_SITE_PATHS = frozenset({"figure"})


def _is_static(name: str) -> bool:
    """Whether Jekyll copies a file of this name as it is (unless it has front matter)."""
    suffix = name.rpartition("/")[2].rpartition(".")[2].lower()
    return suffix != "" and not suffix.startswith(("m", "htm", "textile"))


def _player(host: str) -> Callable[[str, Context], str | None]:
    def rule(args: str, _around: Context) -> str | None:
        video = args.split(maxsplit=1)[0].strip("\"'") if args else ""
        return context.player(host, video.rpartition("/")[2].rpartition("=")[2]) if video else None

    return rule


def _gist(args: str, _around: Context) -> str | None:
    name = args.split(maxsplit=1)[0].strip("\"'") if args else ""
    return context.anchor(f"https://gist.github.com/{name}") if name else None


def _nothing(_args: str, _around: Context) -> str:
    return ""


_DEPTH = 8
_REFERENCES = ("link", "post_url")
_NEAR = 5  # pieces: two outputs and the text around them
_SHOWN = 60  # characters of a tag that a finding names
_BLOCK_RULES: dict[str, Callable[[str, str, Context], str]] = {
    "highlight": _highlight,
    "capture": _capture,
    "figure": _figure_block,
}


def _picture(args: str, around: Context) -> str | None:
    """Octopress' `{% img [class] address [width [height]] ["title" ["alt"]] %}`."""
    match = _PICTURE.search(args)
    if match is None:
        return None
    words = [next(filter(None, pair), "") for pair in _QUOTED.findall(match[2])]
    source = around.relative_url(match[1]) if match[1].startswith("/") else match[1]
    return context.figure(source, words[-1] if words else "")


_TAG_RULES: dict[str, Callable[[str, Context], str | None]] = {
    "assign": _assign,
    "img": _picture,
    "include": _include,
    "include_cached": _include,
    "include_relative": _include,
    "youtube": _player("youtube"),
    "vimeo": _player("vimeo"),
    "gist": _gist,
    "toc": _nothing,
}
