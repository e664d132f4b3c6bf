"""Ordinary links to source files that are not there, in the sites of other engines.

Which pages such a site has only its engine knows, but that a file is missing anybody can tell.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from feedsvc.content.references import references
from feedsvc.markup.urls import Base
from feedsvc.model import Finding
from feedsvc.posts.references import FILE, names_file, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.model import Post
    from feedsvc.posts.references import Links
    from feedsvc.repository.files import SiteFiles
    from feedsvc.settings import Settings

_ADDRESS = re.compile(r'\shref="([^"?#]+)')


class MissingFiles:
    """Asks of every ordinary link to a source file whether the site has that file."""

    def __init__(self, files: SiteFiles, settings: Settings) -> None:
        self._files = files
        self._settings = settings

    def findings(self, post: Post, html: str, links: Links, first_line: int) -> Iterator[Finding]:
        """Yield what is broken in a post, rendered as `html`; `links` lead to other posts."""
        if not names_file(post.body):
            return
        named = [one for one in references(post.body, self._settings) if one.kind == FILE]
        unknown = [one.name for one in named if one not in links]
        if not unknown:
            return
        base = Base(post.permalink)
        shown = {unquote(unescape(address)) for address in _ADDRESS.findall(html)}
        for name in unknown:
            linked = unquote(base.absolute(quote(name)) or "") in shown
            if linked and not self._is_there(name, post.path):
                yield _finding(name, post, first_line)

    def _is_there(self, name: str, path: str) -> bool:
        found = (self._files.size(one) for one in places(name, path, self._settings))
        return any(size is not None for size in found)


def _finding(name: str, post: Post, first_line: int) -> Finding:
    at = max(post.body.find(name), post.body.find(quote(name)))
    line = first_line + post.body.count("\n", 0, at) if at >= 0 else 0
    column = at - post.body.rfind("\n", 0, at) if at >= 0 else 0
    return Finding(
        "link-broken",
        f"`{name}` names a file that is not there.",
        post.path,
        line,
        column,
        hint="Correct the link, or put the file beside the post.",
    )
