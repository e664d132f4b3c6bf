"""From a post in the index to its entry in every format, rendered once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc import content, formats
from feedsvc.errors import UnreadableError
from feedsvc.feeds.values import Content, Entry
from feedsvc.formats import fields
from feedsvc.index.entries import EntryCache, RenderedEntry
from feedsvc.index.identity import digest, rendering_digest
from feedsvc.ledger import meaning
from feedsvc.repository.bodies import Bodies, few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.index.addresses import Address
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
        return self.cache.get(slot) or self._rendered({slot: (number, key)})[slot]

    def entries(self, wanted: Sequence[Selected | Unread]) -> list[RenderedEntry]:
        """Return the entries of several posts in their order; see `entry`."""
        slots = [digest(self._made_by, one.key) for one in wanted]
        known = self.cache.get_all(slots)
        pairs = zip(slots, wanted, strict=True)
        missing = {slot: (one.number, one.key) for slot, one in pairs if slot not in known}
        known.update(self._rendered(missing))
        return [known[slot] for slot in slots]

    def _rendered(self, wanted: dict[bytes, tuple[int, bytes]]) -> dict[bytes, RenderedEntry]:
        """Render posts, told by number and key, and keep their entries; all by slot."""
        if not wanted:
            return {}
        groups = few(self.index.stored(wanted.values()))
        found = (entry for group in groups for entry in self._render(group))
        made = {}
        for slot, entry in zip(wanted, found, strict=True):
            self.cache.put(slot, entry)
            made[slot] = entry
        return made

    def _render(self, posts: Sequence[Stored]) -> list[RenderedEntry]:
        """Render a few posts, step by step for all of them."""
        try:
            opened = [self._bodies.open(one) for one in posts]
        except UnreadableError as error:
            self.index.doubt(error.path)
            raise
        made = [
            content.render(
                one.post,
                self.settings,
                links=stored.links,
                first_line=one.first_line,
                beside=one.beside,
                clean=one.clean,
            )
            for one, stored in zip(opened, posts, strict=True)
        ]
        pairs = [(one.post, rendered.content) for one, rendered in zip(opened, made, strict=True)]
        told = [self._told(*pair) for pair in pairs]
        keeps = self.settings.ledger.enabled
        meanings = [
            self._meaning(*pair, body) if keeps else ""
            for pair, (_, body) in zip(pairs, told, strict=True)
        ]
        return [
            RenderedEntry(
                frames,
                body,
                shown if self._keeps_content else None,
                rendered.findings,
                meaning=meant,
                addresses=self._addresses(post, shown),
            )
            for (post, shown), rendered, (frames, body), meant in zip(
                pairs, made, told, meanings, strict=True
            )
        ]

    def _told(self, post: Post, shown: Content) -> tuple[dict[str, bytes], bytes]:
        """What every format says of an entry, and its content."""
        if (post.content or self.settings.feeds.content) == "summary":
            shown = Content("", shown.summary, shown.image)
        said, leaves = fields.of(Entry(post, shown), self.settings)
        return {form.name: form.frame(said, leaves) for form in self._formats}, said.content

    def _addresses(self, post: Post, shown: Content) -> tuple[Address, ...]:
        """What an entry refers to of the site's files, where these are published."""
        if not self._lists_files:
            return ()
        from feedsvc.attachments.addresses import addresses

        return addresses(post, shown, self.settings.site.url)

    def _meaning(self, post: Post, shown: Content, body: bytes) -> str:
        return meaning(
            post.title,
            body or shown.html.encode(),  # in UTF-8 already where all of it is shown
            self.settings.site.url,
            summary=post.summary or "",
            image=shown.image,
            media=[enclosure.url for enclosure in post.enclosures],
        )
