"""Links and pictures that lead to nothing, where that can be told.

It can in a plain folder whose posts have pages of ours: what a relative link means is known then,
and so is every page below a folder of the site that holds our pages. What another program may
serve beside them is left alone.
"""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from feedsvc.attachments.addresses import Whereabouts
from feedsvc.content.targets import references
from feedsvc.index.addresses import Use
from feedsvc.model import Finding, Post

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.feeds.values import Content
    from feedsvc.index.survey import Survey
    from feedsvc.repository.files import SiteFiles
    from feedsvc.site import Site

_FRAGMENT = re.compile(r"[?#].*", re.DOTALL)
_MOST = 50  # findings of one post; more are one mistake


class Links:
    """Asks of every reference in a post whether the site has what it names."""

    def __init__(self, site: Site, survey: Survey, files: SiteFiles, now: datetime) -> None:
        self._site = site
        self._survey = survey
        self._files = files
        self._now = now
        self._url = site.settings.site.url + "/"
        self._whereabouts = Whereabouts.of(site.repository.dialect, site.settings)
        self._suffixes = tuple(site.repository.dialect.suffixes)

    @staticmethod
    def decidable(site: Site) -> bool:
        """Whether the site's pages are all ours."""
        return site.settings.posts_have_pages and not site.settings.engine

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(path.rstrip("/") for path in self._site.at(self._now).paths())

    @cached_property
    def _own_folders(self) -> frozenset[str]:
        """The first segments of paths below which there is nothing but what we publish."""
        return frozenset(path.split("/")[1] for path in self._paths if path.count("/") > 1)

    def findings(self, post: Post, content: Content, text: str) -> list[Finding]:
        """Return what is broken in a post, as rendered; `text` is its file's, for the place."""
        html = content.html
        if self._url not in html and self._url not in (content.image or ""):
            return []
        wanted = list(references(html))
        wanted += [content.image] if content.image else []
        inside = (_FRAGMENT.sub("", url) for url in wanted if url.startswith(self._url))
        broken = [url for url in dict.fromkeys(inside) if not self._leads_somewhere(url, post)]
        return [self._finding(url, post, text) for url in broken[:_MOST]]

    def _leads_somewhere(self, url: str, post: Post) -> bool:
        path = unquote(url[len(self._url) - 1 :])
        page = self._page(post)
        below = "/" if page is None else posixpath.dirname(page).rstrip("/") + "/"
        ours = below != "/" and path.startswith(below)
        if not ours and path.split("/")[1] not in self._own_folders:
            return True
        # Most links lead to posts; files are asked for last, that is a look at the disk.
        return (
            self._survey.leads_to_post(path)
            or path.removesuffix("index.html").rstrip("/") in self._paths
            or self._is_file(Use(path, post.path, page))
        )

    def _page(self, post: Post) -> str | None:
        """The path of a post's page, None where that is not of this site."""
        inside = post.permalink.startswith(self._url)
        return unquote(post.permalink[len(self._url) - 1 :]) if inside else None

    def _is_file(self, use: Use) -> bool:
        """Whether there is such a file, or a folder with a page that somebody else may serve."""
        folder = use._replace(address=posixpath.join(use.address, "index.html"))
        return self._site.workshop.attachments.first(self._files, [use]) is not None or any(
            self._files.size(place) is not None for place in self._whereabouts.places(folder)
        )

    def _finding(self, url: str, post: Post, text: str) -> Finding:
        path = unquote(url[len(self._url) - 1 :])
        name = posixpath.basename(path.rstrip("/"))
        hint = "Correct the link, or put the file beside the post."
        beside = posixpath.join(posixpath.dirname(post.path), name)
        if name.endswith(self._suffixes) and self._files.size(beside) is not None:
            hint = "Link to the post's address: readers do not have its file."
        line, column, shown = _place((url, path, quote(path), name, quote(name)), text)
        return Finding(
            "link-broken",
            f"`{shown}` leads to {path}, where the site has no page and no file.",
            post.path,
            line,
            column,
            hint=hint,
        )


def _place(needles: tuple[str, ...], text: str) -> tuple[int, int, str]:
    """Line and column at which the first of these stands that does, and that one."""
    for needle in filter(None, needles):
        at = text.find(needle)
        if at >= 0:
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), needle
    return 0, 0, needles[0]
