"""From a post in the index to its entry in every format, rendered once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc import content, formats
from feedsvc.attachments.addresses import addresses
from feedsvc.feeds.values import Content, Entry
from feedsvc.index.entries import EntryCache, RenderedEntry
from feedsvc.index.identity import digest, rendering_digest
from feedsvc.ledger import meaning
from feedsvc.repository.bodies import Bodies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.index.standing import Unread
    from feedsvc.index.store import PostIndex, Selected, Stored
    from feedsvc.model import Post
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings


class EntryRenderer:
    """Renders the entries of one site under one configuration."""

    def __init__(
        self, settings: Settings, index: PostIndex, cache: EntryCache, dialect: Dialect
    ) -> None:
        self.settings = settings
        self.index = index
        self.cache = cache
        self.dialect = dialect
        self._bodies = Bodies(settings, dialect)
        self._made_by = rendering_digest(settings)
        self._formats = [formats.FORMATS[name] for name in settings.feeds.formats]
        self._keeps_content = settings.site.pages != "none"
        self._lists_files = settings.posts_have_pages

    def entry(self, number: int, key: bytes) -> RenderedEntry:
        """Return the entry of a post, rendered now if it never was.

        Raises StaleError when the file is not what the index says any more.
        """
        slot = digest(self._made_by, key)
        return self.cache.get(slot) or self._rendered(self.index.stored(number), slot)

    def entries(self, wanted: Sequence[Selected | Unread]) -> list[RenderedEntry]:
        """Return the entries of several posts in their order; see `entry`."""
        slots = [digest(self._made_by, one.key) for one in wanted]
        known = self.cache.get_all(slots)
        numbers = {slot: one.number for one, slot in zip(wanted, slots, strict=True)}
        missing = [slot for slot in numbers if slot not in known]
        if missing:
            posts = self.index.stored_all([numbers[slot] for slot in missing])
            known.update((slot, self._rendered(posts[numbers[slot]], slot)) for slot in missing)
        return [known[slot] for slot in slots]

    def _rendered(self, stored: Stored, slot: bytes) -> RenderedEntry:
        made = self._render(stored)
        self.cache.put(slot, made)
        return made

    def _render(self, stored: Stored) -> RenderedEntry:
        post, first_line, beside, _ = self._bodies.open(stored)
        made = content.render(
            post, self.settings, links=stored.links, first_line=first_line, beside=beside
        )
        shown = made.content
        if (post.content or self.settings.feeds.content) == "summary":
            shown = Content("", shown.summary, shown.image)
        entry = Entry(post, shown)
        return RenderedEntry(
            {form.name: form.frame(entry, self.settings) for form in self._formats},
            formats.body(entry, self.settings),
            made.content if self._keeps_content else None,
            made.findings,
            self._meaning(post, made.content) if self.settings.ledger.enabled else "",
            addresses(post, made.content, self.settings.site.url) if self._lists_files else (),
        )

    def _meaning(self, post: Post, shown: Content) -> str:
        return meaning(
            post.title,
            shown.html,
            self.settings.site.url,
            summary=post.summary or "",
            image=shown.image,
            media=[enclosure.url for enclosure in post.enclosures],
        )
