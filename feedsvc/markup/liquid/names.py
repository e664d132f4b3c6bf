"""The names that a template finds: what a post says of itself and its site.

Sources: `jekyll/drops/*.rb`, jekyllrb.com/docs/variables, 11ty.dev/docs/data-eleventy-supplied.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedsvc.markup.liquid import data, sources
from feedsvc.markup.liquid.values import UNKNOWN, Deferred, Open

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.markup.context import Context
    from feedsvc.markup.liquid.sources import Documents
    from feedsvc.model import Post
    from feedsvc.settings import Settings

# What only a build of the whole site, the network or the clock could tell.
_ELSEWHERE = """
    categories collections documents github html_files html_pages pages posts related_posts
    static_files tags time
""".split()  # noqa: SIM905
_NEIGHBOURS = ("content", "excerpt", "next", "output", "previous")


def jekyll(around: Context, documents: Documents | None = None) -> dict[str, object]:
    """Jekyll's; `documents` as in `liquid.rule`."""
    return {
        "site": Deferred(lambda: _site(around, documents)),
        "page": Deferred(lambda: page(around.post, around.beside.fields(), around.settings)),
        "jekyll": Open(environment="production"),
        "layout": Deferred(lambda: _layout(around)),
        "content": None,
        "paginator": None,
    }


def _site(around: Context, documents: Documents | None) -> dict[str, object]:
    settings = around.settings
    url, base = address(settings)
    where = sources.folders(settings)
    site: dict[str, object] = dict.fromkeys(_ELSEWHERE, UNKNOWN)
    if documents is not None:
        site |= {name: Deferred(partial(documents, name, around)) for name in where.documents}
    site |= {
        "title": settings.site.title,
        "name": settings.site.title,
        "description": settings.site.subtitle,
        **around.site_variables,
        "url": url,
        "baseurl": base,
        "data": data.tree(where.data, around.beside),
    }
    return site


def address(settings: Settings) -> tuple[str, str]:
    """The site's address in Jekyll's two parts, `url` and `baseurl`.

    A path may stand in either, and most sites with one in `url` leave `baseurl` empty.
    """
    url = settings.site.url
    path = urlsplit(url).path.rstrip("/")
    own = str(settings.engine_options.get("url_path", ""))
    base = path.removeprefix(own) if f"{path}/".startswith(f"{own}/") else path
    return url.removesuffix(path) + path.removesuffix(base), base


def _layout(around: Context) -> object:
    """The front matter of the post's layout, which JekyllBootstrap's includes ask."""
    beside, folder = around.beside, sources.folders(around.settings).layouts
    name = beside.fields().get("layout") or around.post.extra.get("layout")
    paths = (path for path in beside.paths if path.rpartition(".")[0] == f"{folder}/{name}")
    held = next(filter(None, map(beside.read, paths)), None)
    if held is None:
        return UNKNOWN  # a theme's, perhaps
    from feedsvc.posts import encoding, frontmatter  # late: few posts ask

    written = encoding.decode(held, replace=True).text or ""
    return frontmatter.read(written, ("yaml",)).fields


def page(post: Post, own: Mapping[str, object], settings: Settings) -> dict[str, object]:
    """What a document of Jekyll's says of itself; `own` is its front matter."""
    site = settings.site
    base = urlsplit(site.url).path.rstrip("/")
    source = settings.engine_options.get("source")
    path = post.path.removeprefix(f"{source}/") if source else post.path
    return {
        **post.extra,
        **own,
        **dict.fromkeys(_NEIGHBOURS, UNKNOWN),
        "excerpt": own.get("excerpt", UNKNOWN),  # made of the body unless the author wrote one
        "title": post.title,
        "url": urlsplit(post.permalink).path.removeprefix(base),
        "id": post.id.removeprefix(site.url),
        "slug": post.slug,
        "path": path,
        "relative_path": path,
        "name": path.rpartition("/")[2],
        "collection": post.section or "posts",
        "date": post.published.astimezone(site.zone),
        "categories": list(post.categories),
        "tags": list(post.tags),
    }


def eleventy(around: Context) -> dict[str, object]:
    """Eleventy's: fields and data files are names of their own; JavaScript may give any other."""
    post, site = around.post, around.settings.site
    page = Open(
        url=urlsplit(post.permalink).path.removeprefix(urlsplit(site.url).path.rstrip("/")),
        date=post.published.astimezone(site.zone),
        fileSlug=post.slug,
        inputPath=f"./{post.path}",
    )
    own = Open(title=site.title, url=site.url, description=site.subtitle)
    return {
        "site": own,
        **data.tree(sources.folders(around.settings).data, around.beside),
        "title": post.title,
        "tags": list(post.tags),
        "date": post.published.astimezone(site.zone),
        **post.extra,
        **_known(around.beside.fields()),
        "page": page,
        "post": page,
        "collections": UNKNOWN,
    }


def _known(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name not in ("date", "tags")}
