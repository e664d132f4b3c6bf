"""Which addresses of the site a post refers to, and where in its folder the files may lie."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.content.targets import references
from feedsvc.formats import podcast
from feedsvc.index.addresses import Address
from feedsvc.index.rows import page_path

if TYPE_CHECKING:
    from feedsvc.feeds.values import Content
    from feedsvc.index.addresses import Use
    from feedsvc.model import Post
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings


def addresses(post: Post, content: Content, site_url: str) -> tuple[Address, ...]:
    """Return all that may be files of the site which a post refers to, by path."""
    start = f"{site_url}/"
    shown = [content.image or ""]
    if start in content.html:
        shown += references(content.html)
    told = [post.image or "", *(one.url for one in post.enclosures), *podcast.addresses(post)]
    found: dict[str, bool] = {}
    for urls, named in ((shown, False), (told, True)):
        for url in urls:
            if url.startswith(start) and (path := _path(url, site_url)):
                found[path] = named
    return tuple(Address(path, found[path]) for path in sorted(found))


def named(settings: Settings) -> tuple[str, ...]:
    """Return the paths below the site of the pictures that its configuration names."""
    site = settings.site
    start = f"{site.url}/"
    given = (site.icon, site.logo, settings.podcast.image)
    paths = (_path(url, site.url) for url in given if url and url.startswith(start))
    return tuple(dict.fromkeys(path for path in paths if path))


def _path(url: str, site_url: str) -> str | None:
    """Return the path below the site of what may be a file, None for anything else."""
    path = page_path(url.partition("#")[0].partition("?")[0], site_url)
    # Pages end in a slash; what tools keep for themselves begins with a dot.
    return None if path is None or path.endswith("/") or "/." in path else path


class Whereabouts(NamedTuple):
    """Where files may lie besides beside the post, relative to the site.

    `static` folders may hold what front matter names, `roots` what has its address from the root.
    """

    static: tuple[str, ...]
    roots: tuple[str, ...]

    @classmethod
    def of(cls, dialect: Dialect, settings: Settings) -> Whereabouts:
        """Return the folders of a site."""
        static = dialect.static_folders
        return cls(static, tuple(dict.fromkeys((*static, *settings.posts.path))))

    def called(self, use: Use) -> str:
        """Return what the body of a post calls a file, "" where front matter or no post does."""
        if use.page is None or use.named:
            return ""
        return posixpath.relpath(use.address, posixpath.dirname(use.page))

    def below_top(self, name: str) -> list[str]:
        """Return where a file may lie of which a post gives the path from the top of its vault."""
        normal = (posixpath.normpath(posixpath.join(folder, name)) for folder in self.roots)
        return [one for one in normal if one.split("/", 1)[0] != ".."]

    def places(self, use: Use) -> list[str]:
        """Return where in the site's folder a file may lie, most likely first."""
        found = []
        if use.page is not None:
            name = posixpath.relpath(use.address, posixpath.dirname(use.page))
            found.append(posixpath.join(posixpath.dirname(use.post), name))
            if use.named:
                found += (posixpath.join(folder, name) for folder in self.static)
        found += (posixpath.join(folder, use.address[1:]) for folder in self.roots)
        normal = (posixpath.normpath(one) for one in found)
        inside = (one for one in normal if one.split("/", 1)[0] not in {"", ".", ".."})
        return list(dict.fromkeys(inside))
