"""Pages, which are no articles: they are read only where an article links to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts.context import once_per_site
from feedsvc.posts.dates import EARLIEST
from feedsvc.posts.reading import Source
from feedsvc.sites.pelican.dialect import PelicanDialect
from feedsvc.sites.pelican.urls import URLS, content_folder, named_file

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.markup.context import Context
    from feedsvc.posts.context import ReadingContext
    from feedsvc.settings import Settings


class _PageDialect(PelicanDialect):
    """A page, which needs no date."""

    def undated(self, context: ReadingContext) -> datetime:  # noqa: ARG002
        return EARLIEST


_DIALECT = _PageDialect()


def page_file(name: str, path: str, settings: Settings) -> str | None:
    """The file that `{filename}` names in the article at `path`, if it is where pages lie."""
    file = named_file(name, path, settings)
    folder = content_folder(settings)
    places = settings.engine_options.get("PAGE_PATHS", ["pages"])
    named = [str(one).strip("/") for one in places] if isinstance(places, list) else []
    below = f"{file}/".removeprefix(f"{folder}/" if folder else "")
    if below.startswith(tuple(f"{one}/" for one in named if one)):
        return file
    articles = tuple(f"{root}/" if root else "" for root in settings.posts.path)
    return file if "" in named and not file.startswith(articles) else None


def page_url(name: str, around: Context) -> str | None:
    """The address of the page that the article names, None where no such page is published."""
    file = page_file(name, around.post.path, around.settings)
    data = around.beside.read(file) if file is not None else None
    if file is None or data is None:
        return None
    settings = _of_pages(around.settings)
    page = _DIALECT.read(Source(file, content_folder(around.settings), data), settings).post
    return page.permalink if page and not page.withheld else None


@once_per_site
def _of_pages(settings: Settings) -> Settings:
    """The settings by which pages have their addresses, in the place of those of articles."""
    options = settings.engine_options
    own, translated = (str(options.get(key) or URLS[key]) for key in ("PAGE_URL", "PAGE_LANG_URL"))
    return settings._replace(
        posts=settings.posts._replace(permalink=own),
        engine_options={**options, "ARTICLE_LANG_URL": translated},
    )
