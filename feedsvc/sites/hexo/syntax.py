"""Hexo's own tags in bodies; those of Octopress, which it has, too, are Liquid's to render.

Source: hexo.io/docs/tag-plugins. Within code nothing is a tag.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feedsvc.markup import captions, liquid, mdx
from feedsvc.markup.captions import Caption
from feedsvc.markup.context import anchor, figure, framed
from feedsvc.markup.markdown import UNSEEN
from feedsvc.markup.syntax import Rule, Syntax
from feedsvc.posts.references import TITLE, Reference
from feedsvc.sites.hexo import fences, markup
from feedsvc.sites.hexo.dialect import POST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.markup.context import Context

_CODE = re.compile(
    r"^[ >\t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}+|~{3,}+)[^\n]*\n"
    r"(?s:.*?)(?:^[ >\t]*\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`{1,2})(?!`)[^`\n]+\2(?!`)",
    re.MULTILINE,
)
_BEGINS = re.compile(r"\{(?=[{%#])")
_TAG = re.compile(
    r"\{%-?[ \t]*(asset_img|asset_link|asset_path|post_link|post_path|link|iframe)[ \t]+"
    r"([^%\n]{1,500}?)[ \t]*-?%\}"
)
_POST = re.compile(
    r"\{%-?[ \t]*post_(link|path)[ \t]+[\"']?([^\"'\s%]{1,300})[\"']?[ \t]*(-?%\}|true|false)?"
)
_SIGNS = re.compile(r"[\\`*_\[\]~$!:|]")
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_FILE = re.compile(r"\.\w{2,5}$")
_OPTION = re.compile(r"\s(?:line_number|line_threshold|first_line|wrap|mark|language_attr):\S+")
_CAPTION = re.compile(r"\S+\s+(.+?)(?:(?<!\s)\s++(https?://\S+|/\S+)\s*(.*))?")
_ADDRESS = re.compile(r"(?:https?:)?//|/")
_IMAGE = re.compile(
    rf"{_CODE.pattern}|(?P<before>!\[[^\[\]\n]{{0,500}}\]\([ \t]*<?)"
    r"(?P<path>(?!#|//|[A-Za-z][\w+.-]*:)[^\s()<>]{1,500})",
    re.MULTILINE,
)


def _render(text: str, around: Context) -> str:
    if around.is_markdown:
        text = _CODE.sub(lambda match: _BEGINS.sub(f"{{{UNSEEN}", match[0]), text)
    return _TAG.sub(lambda match: _shown(match, around), text)


def _shown(match: re.Match[str], around: Context) -> str:
    words = [next(filter(None, word), "") for word in _WORD.findall(match[2])]
    made = _RULES[match[1]](words, match, around) if words else None
    return match[0] if made is None else framed(made, match.string, match.start(), match.end())


def _picture(words: list[str], _match: re.Match[str], _around: Context) -> str | None:
    """`[class] file [width] [height] [title [alt]]`, beside the post's page."""
    at = next((number for number, word in enumerate(words) if _FILE.search(word)), None)
    if at is None:
        return None
    said = [word for word in words[at + 1 :] if not word.isdigit()]
    return figure(words[at], " ".join(said))


def _file(words: list[str], match: re.Match[str], _around: Context) -> str:
    if match[1] == "asset_path":
        return words[0]
    return anchor(words[0], " ".join(words[1:]) or words[0])


def _post(words: list[str], match: re.Match[str], around: Context) -> str:
    """The name of a post, and what the link says: its title where nothing is given."""
    address = around.link(Reference(POST, words[0]), words[0], match.string, match.start())
    if match[1] == "post_path":
        return address
    said = [word for word in words[1:] if word not in ("true", "false")]
    title = around.links.get(Reference(TITLE, words[0])) or words[0]
    return anchor(address, " ".join(said) or _literal(title, around))


def _literal(words: str, around: Context) -> str:
    """Words that Markdown must not read, as the title of another post."""
    return _SIGNS.sub(r"\\\g<0>", words) if around.is_markdown else words


def _link(words: list[str], _match: re.Match[str], _around: Context) -> str | None:
    """`[text] address [external] [title]`."""
    at = next((number for number, word in enumerate(words) if _ADDRESS.match(word)), None)
    return None if at is None else anchor(words[at], " ".join(words[:at]))


def _frame(words: list[str], _match: re.Match[str], _around: Context) -> str:
    return f'<iframe src="{escape(words[0])}" allowfullscreen></iframe>'


def _rooted(text: str, around: Context) -> str:
    """Paths of images below the site's root, where the renderer has them so."""
    which = around.settings.engine_options.get("rooted")

    def image(match: re.Match[str]) -> str:
        path = match["path"]
        if not path or (which == markup.ROOTED_ABOVE and not path.startswith("../")):
            return match[0]
        return f"{match['before']}{around.relative_url('/')}{path.lstrip('/')}"

    return _IMAGE.sub(image, text) if which else text


_RULES: dict[str, Callable[[list[str], re.Match[str], Context], str | None]] = {
    "asset_img": _picture,
    "asset_link": _file,
    "asset_path": _file,
    "post_link": _post,
    "post_path": _post,
    "link": _link,
    "iframe": _frame,
}


def _code(text: str, around: Context) -> str:
    """Code between fences, where Hexo highlights it."""
    return text if around.settings.engine_options.get("plain_code") else fences.aligned(text)


def _above_code(text: str, around: Context) -> str:
    """What follows the language in the line of a fence: a title, an address, words for the link.

    Only where Hexo highlights code.
    """
    if around.settings.engine_options.get("plain_code"):
        return text
    return captions.above_fences(text, _caption)


def _caption(said: str) -> Caption | None:
    match = _CAPTION.fullmatch(_OPTION.sub("", said).partition("=")[0].strip())
    if match is None or "highlight:false" in said:
        return None
    return Caption(*match.groups(default=""))


def _references(text: str) -> Iterator[Reference]:
    for match in _POST.finditer(text):
        yield Reference(POST, match[2])
        if match[1] == "link" and match[3]:
            yield Reference(TITLE, match[2])


SYNTAX = Syntax(
    (
        Rule(_code, ("```", "~~~"), markdown_only=True),
        Rule(_render, ("{{", "{%"), references=_references),
        Rule(_rooted, ("![",), markdown_only=True),
        liquid.rule(opened=True),
        Rule(_above_code, ("```", "~~~"), markdown_only=True),
        Rule(mdx.render_directives, (":::",), markdown_only=True),  # of markdown-it's plugin
    )
)
