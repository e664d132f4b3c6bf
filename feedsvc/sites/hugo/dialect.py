"""How Hugo reads a page (`resources/page/pagemeta`, `hugolib/page__meta.go`)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from feedsvc.model import Markup
from feedsvc.posts.dialect import FilePath, Reading, ReadingContext, Source
from feedsvc.posts.references import OWNER, PAGE
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UNDATED, UndatedDialect
from feedsvc.sites.hugo import ids, listing, references, values
from feedsvc.sites.hugo.dates import date_keys
from feedsvc.sites.hugo.exclusions import ADAPTER, FOREIGN, is_adapter, left_out
from feedsvc.sites.hugo.languages import has_languages, stem_of
from feedsvc.sites.hugo.places import Page
from feedsvc.sites.hugo.sections import section_of
from feedsvc.sites.hugo.taxonomies import feedless
from feedsvc.sites.hugo.timing import HugoTiming
from feedsvc.sites.hugo.urls import own_slug, page_url

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedsvc.model import Post, State
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings
    from feedsvc.sites.hugo.places import Place

_SUFFIXES = (".md", ".markdown", ".mdown", ".html", ".htm", ".pandoc", ".pdc", ".rst")
# what counts at the top of the front matter only, as dates do
_TOP = frozenset(
    {
        *("title", "linktitle", "summary", "description", "slug", "url", "type", "draft", "weight"),
        *("headless", "build", "_build", "cascade", "outputs", "layout", "markup", "sites"),
        *("keywords", "aliases", "sitemap", "iscjklanguage", "translationkey", "resources"),
    }
)
_BEFORE = {
    ".markdown": (".md",),
    ".html": (".markdown", ".md"),
    ".htm": (".html", ".markdown", ".md"),
}


class HugoDialect(HugoTiming):
    """Naive dates are in the site's zone; undated pages exist but are in no feed."""

    name = "hugo"
    fences = ("yaml", "toml", "json")
    loose_closing = True
    long_opening = True
    yes_is_text = True
    tabs_indent = False
    capitals_count = True
    suffixes = frozenset((*_SUFFIXES, *FOREIGN))
    replaces_invalid = True
    hiding_keys = ()
    markups = MappingProxyType({**UndatedDialect.markups, ".rst": Markup.RESTRUCTURED})
    reference_signs = "{"
    source_signs = ("{{<", "{{%")

    def is_post(self, path: str, settings: Settings) -> bool:
        """Regular pages; `_index` files speak for their folder."""
        file = FilePath.of(path)
        if file.suffix.lower() not in self.suffixes or file.name[0] in ".#" or path[-1] == "~":
            return False
        if file.suffix == ADAPTER:
            return is_adapter(file)
        return stem_of(file.stem, settings.engine_options) != "_index"

    def left_out(self, source: Source, path: FilePath, settings: Settings) -> Reading | None:
        """What is no page, and pages that cannot be read."""
        return left_out(source, path, settings)

    def superseded(self, paths: Collection[str]) -> frozenset[str]:
        """Of files for one page Hugo takes the one whose suffix is last in the alphabet."""
        there = {path[path.rfind(".") :] for path in paths}  # most sites write all alike
        return frozenset(
            path
            for suffix, others in _BEFORE.items()
            if suffix in there and not there.isdisjoint(others)
            for path in paths
            if path.endswith(suffix) and _has_other(path.removesuffix(suffix), others, paths)
        )

    def complete(self, context: ReadingContext) -> None:
        """What the page itself says under `params`, and what is cascaded down to it.

        A key that stands empty is not filled in.
        """
        fields = context.fields
        page = context.page = Page(context)
        context.shared = page.place.shared
        for key, value in page.handed_down(fields):
            fields.setdefault(key, value)
        params = fields.get("params")
        if isinstance(params, dict):
            top = _TOP | date_keys(context.settings)
            named = ((str(key).lower(), value) for key, value in params.items())
            fields.update((key, value) for key, value in named if key not in top)

    def slug(self, context: ReadingContext) -> str:
        """Front matter, else the file's name."""
        own = own_slug(context) if "slug" in context.fields else ""
        return own or context.name.slug

    def title(self, context: ReadingContext) -> str:
        """Front matter only."""
        return values.title(context.value("title"))

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """The taxonomy's plural key; text is one term."""
        return _terms(context, "categories")

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """The taxonomy's plural key; text is one term."""
        return _terms(context, "tags")

    def permalink(self, context: ReadingContext) -> str:
        """`url`, else the section's pattern, else the path of the file."""
        return page_url(context)

    @needs("id", "guid")
    def own_id(self, context: ReadingContext) -> str | None:
        """A URI under `id` or `guid`; other words there are the theme's affair, not a feed's."""
        return ids.own(context)

    def mint_id(self, context: ReadingContext) -> str:
        """The guid of the site's own RSS template, else of Hugo's: the permalink."""
        return ids.minted(context)

    @needs("published", "headless", "build", "_build", "draft", unless=listing.without_pages)
    def withheld(self, context: ReadingContext) -> State | None:
        """Drafts; pages that are never listed or belong to a language that is switched off."""
        return listing.withheld(context)

    def fits_feeds(self, context: ReadingContext) -> bool:
        """Not without a date, and not without a page of its own."""
        return context.published != UNDATED and listing.has_page(context)

    @needs("build", "_build", unless=listing.chooses)
    def in_site_feed(self, context: ReadingContext) -> bool:
        """What the site's own RSS template shows; Hugo's shows all but what is listed locally."""
        return listing.in_site_feed(context)

    def feedless(self, settings: Settings) -> frozenset[str]:
        """Of tags and categories where the site has no such taxonomy, or no pages of terms."""
        return frozenset(feedless(settings.engine_options))

    def section(self, context: ReadingContext) -> str:
        """The path of the nearest section."""
        return section_of(context)

    @needs(unless=has_languages)
    def edition(self, context: ReadingContext) -> str:
        """The language where it is not the site's."""
        place: Place = context.page.place
        return place.edition

    def further_references(self, post: Post, settings: Settings) -> tuple[Reference, ...]:
        """Of pages in several languages: who has the files of their bundle, pages in their own."""
        if not has_languages(settings):
            return ()
        from feedsvc.sites.hugo import hooks  # which most sites do not need

        return hooks.further_references(post, settings)

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """`ref` and `relref`; a `lang` that they name is behind the kind."""
        if reference == OWNER:
            return references.owner(path, shelf, settings)
        if reference.kind == PAGE:
            return references.find(reference.name, "", path, shelf, settings)
        shortcode, _, language = reference.kind.partition(" ")
        if shortcode != "ref":
            return super().find(reference, path, shelf, settings)
        return references.find(reference.name, language, path, shelf, settings)

    @needs("lang", "language", "locale", unless=has_languages)
    def lang(self, context: ReadingContext) -> str | None:
        """The language of the file's name or folder where the site has several."""
        place: Place = context.page.place
        return place.tag if place.languages else super().lang(context)


def _has_other(stem: str, suffixes: tuple[str, ...], paths: Collection[str]) -> bool:
    return any(stem + suffix in paths for suffix in suffixes)


def _terms(context: ReadingContext, kind: str) -> tuple[str, ...]:
    """Terms, or what stands under the usual key where there is no taxonomy, as themes show it."""
    value: Any = context.value(context.page.place.taxonomies[kind])
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(filter(None, map(values.text, items))))
