"""The bytes of a publication's documents, made when they are first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc import formats, pages
from feedsvc.feeds import heads
from feedsvc.feeds.values import Entry, FeedKey, FeedKind, FeedListing, family
from feedsvc.formats import opml
from feedsvc.instants import from_microseconds
from feedsvc.publication.routes import OPML, PAGE, archive_paths, own_paths

if TYPE_CHECKING:
    from feedsvc.feeds.values import Feed
    from feedsvc.index.entries import RenderedEntry
    from feedsvc.index.store import Selected
    from feedsvc.model import Post
    from feedsvc.pages.renderer import Pages
    from feedsvc.publication.choices import Choices
    from feedsvc.publication.planning import Plan
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings


class Builder:
    """Makes documents of what `choices` says that they hold; `origin` as in `Store.origin`."""

    def __init__(self, store: Store, settings: Settings, choices: Choices, origin: str) -> None:
        self._store = store
        self._settings = settings
        self._choices = choices
        self._origin = origin
        # A feed's formats are asked for one after the other, each with the same head and entries.
        self._held_head: tuple[tuple[FeedKey, int, int], Feed] | None = None
        self._held_entries: tuple[list[Selected], list[RenderedEntry]] | None = None

    def build(self, path: str, plan: Plan) -> tuple[bytes, str]:
        """Return the bytes of what is at `path`, and their media type."""
        if plan.route is None:
            return self._post_page(plan.chosen[0]), pages.MEDIA_TYPE
        form, key, number = plan.route
        if form == OPML:
            named = [self._listing(key, 0, None) for key in self._choices.feeds]
            return opml.document(named, self._settings), opml.MEDIA_TYPE
        if form == PAGE:
            return self._feed_page(key, plan), pages.MEDIA_TYPE
        head = self._choices.archives.linked(self._head(key, number, plan.changed), form, number)
        if path != head.key.folder + formats.FORMATS[form].filename and not number:
            # Under the address of another engine, too, a feed is found where subscribers have it.
            own = {**head.formats, form: heads.url_of(self._settings, path)}
            head = head._replace(formats=own)
        deleted = () if number else self._choices.chosen(key).deleted
        if deleted:
            head = head._replace(deleted=tuple((one, from_microseconds(at)) for one, at in deleted))
        fragments = [entry.fragment(form) for entry in self._entries(plan.chosen)]
        return formats.FORMATS[form].document(head, fragments), formats.FORMATS[form].media_type

    def listings(self) -> list[FeedListing]:
        """Return every feed with its size, the site's first, then by kind and slug."""
        return [
            self._listing(key, *self._choices.sizes.get(feed, (0, None)))
            for key, feed in self._choices.feeds.items()
        ]

    def _head(self, key: FeedKey, number: int, changed: int) -> Feed:
        held = self._held_head
        if held is None or held[0] != (key, number, changed):
            settings = self._settings
            own = archive_paths(key, number, settings) if number else own_paths(key, settings)
            at = from_microseconds(changed)
            made = heads.head(settings, key, at, own, self._origin)
            held = self._held_head = (key, number, changed), made
        return held[1]

    def _entries(self, chosen: list[Selected]) -> list[RenderedEntry]:
        held = self._held_entries
        if held is None or held[0] != chosen:
            held = self._held_entries = chosen, self._store.entries(chosen)
        return held[1]

    def _feed_page(self, key: FeedKey, plan: Plan) -> bytes:
        known = self._entries(plan.chosen)
        entries = [self._entry(*pair) for pair in zip(plan.chosen, known, strict=True)]
        if key.is_whole_site:
            return self._pages.home(self.listings(), entries)
        head = heads.head(
            self._settings, key, from_microseconds(plan.changed), own_paths(key, self._settings)
        )
        return self._pages.feed(head, entries)

    def _post_page(self, one: Selected) -> bytes:
        entry = self._entry(one, self._store.entry(one.number, one.key))
        return self._pages.post(entry, self._terms_of(entry.post))

    def _entry(self, one: Selected, rendered: RenderedEntry) -> Entry:
        assert rendered.content is not None, "pages are off"
        return Entry(self._store.post(one.number, one.key), rendered.content)

    def _terms_of(self, post: Post) -> list[FeedListing]:
        """Return the feeds besides the site's that a post is in."""
        names = [(FeedKind.SECTION, post.section)]
        names += [(FeedKind.CATEGORY, name) for name in post.categories]
        names += [(FeedKind.TAG, name) for name in post.tags]
        names += [(FeedKind.AUTHOR, author.name) for author in post.authors]
        wanted = [(family(kind, post.edition), name) for kind, name in names]
        found = (self._keys.get(one) for one in dict.fromkeys(wanted))
        return [self._listing(key, 0, None) for key in found if key is not None]

    @cached_property
    def _keys(self) -> dict[tuple[str, str], FeedKey]:
        return {(key.family, key.name): key for key in self._choices.feeds}

    @cached_property
    def _pages(self) -> Pages:
        from feedsvc.pages.renderer import Pages

        return Pages(self._settings, self._listing(FeedKey.site(), 0, None))

    def _listing(self, key: FeedKey, size: int, updated: int | None) -> FeedListing:
        return FeedListing(
            key=key,
            title=heads.name_of(self._settings, key) or heads.title_of(self._settings, key),
            size=size,
            updated=None if updated is None else from_microseconds(updated),
            paths=own_paths(key, self._settings),
        )
