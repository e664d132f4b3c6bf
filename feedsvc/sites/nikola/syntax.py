"""What Nikola alone understands in bodies, and what Python-Markdown has besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup.beside import Sources
from feedsvc.markup.context import anchor
from feedsvc.markup.nikola import directives, shortcodes
from feedsvc.markup.python_markdown.rules import FOOTNOTES, RULES
from feedsvc.markup.syntax import Rule, Syntax
from feedsvc.sites.nikola import links

if TYPE_CHECKING:
    from feedsvc.markup.beside import Folder
    from feedsvc.markup.context import Context
    from feedsvc.model import Post
    from feedsvc.settings import Settings

_GIST = re.compile(r"\[:gist:\s{0,9}([\w./:-]{1,200})(?:\s{1,9}([^\s\]]{1,200}))?\s{0,9}\]")
_PODCAST = re.compile(r"\[podcast\]([^\s\[\]]{1,1000})\[/podcast\]")
_LISTING = ("listing",)


def _sources(text: str, _post: Post, settings: Settings, _folder: Folder) -> Sources:
    """The files that listings show."""
    names = (*shortcodes.listings(text), *directives.listings(text))
    folders = settings.engine_options.get("LISTINGS_FOLDERS")
    paths = (shortcodes.listing_file(name, folders) for name in names)
    return Sources(tuple(dict.fromkeys(filter(None, paths))), ())


def _embedded(text: str, around: Context) -> str:
    """`[:gist: …]` and `[podcast]…[/podcast]`."""

    def gist(match: re.Match[str]) -> str:
        return around.held.put(shortcodes.gist(match[1], match[2] or ""))

    def podcast(match: re.Match[str]) -> str:
        return around.held.put(anchor(match[1]))

    return _PODCAST.sub(podcast, _GIST.sub(gist, text))


SYNTAX = Syntax(
    (
        Rule(lambda text, _: text, _LISTING, sources=_sources),
        Rule(links.render, links.SIGNS, references=links.references),
        Rule(shortcodes.render, (shortcodes.SIGN,)),
        Rule(directives.render, directives.SIGNS),
        Rule(_embedded, ("[:gist:", "[podcast]"), markdown_only=True),
        *RULES,
    ),
    FOOTNOTES,
)
