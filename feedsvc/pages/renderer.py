"""Pages: the values of a site -> HTML for people.

Everything that is the same on every page is made once, when a `Pages` is; a page then costs
one template run. Jinja is imported and the templates are compiled when the first page is asked
for, because most runs of the command line show none.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from feedsvc.feeds.values import FeedKind
from feedsvc.pages import links, parts, policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment

    from feedsvc.feeds.values import Entry, Feed, FeedKey, FeedListing
    from feedsvc.model import Author
    from feedsvc.settings import Settings

_SUMMARY_LENGTH = 280

_GROUPS = (
    (FeedKind.SITE, "Languages"),
    (FeedKind.SECTION, "Sections"),
    (FeedKind.CATEGORY, "Categories"),
    (FeedKind.TAG, "Tags"),
    (FeedKind.AUTHOR, "Authors"),
)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        undefined=StrictUndefined,
    )


class Pages:
    """The pages of one site under one configuration.

    `site_feed` lists the feed of the whole site, which every page advertises after its own.
    Same values, same bytes: no clock, no request, no state but what never changes.
    """

    def __init__(self, settings: Settings, site_feed: FeedListing | None = None) -> None:
        site = settings.site
        self._url = site.url
        self._zone = site.zone
        self._site_feed = site_feed
        self._title = (
            site.title or (site_feed and site_feed.title) or urlsplit(site.url).netloc or site.url
        )
        self._settings = site
        self._alternates: dict[FeedKey, str] = {}

    def home(self, feeds: Sequence[FeedListing], latest: Sequence[Entry] = ()) -> bytes:
        """`/`: the site's feed with its `latest` posts, then every other one, grouped.

        Each has its title, size and date.
        """
        groups = [
            {"title": title, "feeds": [self._row(feed) for feed in sorted(some, key=_by_size)]}
            for kind, title in _GROUPS
            if (some := [feed for feed in feeds if _is_listed(feed.key, kind)])
        ]
        paths = self._site_feed.paths if self._site_feed else {}
        whole = next((feed for feed in feeds if feed.key.is_whole_site and feed.size), None)
        return self._page(
            "home.html",
            whole=self._row(whole) if whole else None,
            title=self._title,
            subtitle=self._settings.subtitle,
            canonical=self._url + "/",
            alternates=self._advertise(()),
            forms=_forms(paths, "./"),
            address=self._absolute(next(iter(paths.values()), "/")),
            posts=[self._item(entry, "./") for entry in latest],
            groups=groups,
        )

    def feed(self, feed: Feed, entries: Sequence[Entry]) -> bytes:
        """The page of a feed: how to subscribe to it, and its entries in short."""
        up = links.up(links.inside(feed.url, self._url) or "/", self._url)
        forms = [parts.form(name, self._relative(url, up)) for name, url in feed.formats.items()]
        own = _alternate_links(feed.title, feed.formats.items())
        return self._page(
            "feed.html",
            language=feed.language,
            direction=parts.direction(feed.language),
            title=feed.title.removesuffix(f" – {self._title}"),  # which stands above it
            subtitle=feed.subtitle,
            site_title=self._title,
            home=up,
            canonical=feed.url,
            alternates=own + self._advertise(()),
            address=next(iter(feed.formats.values()), feed.url),
            forms=forms,
            posts=[self._item(entry, up) for entry in entries],
        )

    def post(self, entry: Entry, terms: Sequence[FeedListing] = ()) -> bytes:
        """The page of a post; `terms` are the feeds it is in."""
        post, content = entry.post, entry.content
        up = links.up(links.inside(post.permalink, self._url) or "/", self._url)
        published = parts.date(post.published, self._zone)
        updated = parts.date(post.updated, self._zone)
        people = {term.key.name: term for term in terms if term.key.kind is FeedKind.AUTHOR}
        return self._page(
            "post.html",
            title=parts.headline(entry),
            site_title=self._title,
            home=up,
            summary=parts.description(entry),
            canonical=post.permalink,
            alternates=self._advertise(terms),
            lang=self._foreign(post.lang),
            dir=parts.direction(post.lang or ""),
            published=published,
            updated=updated if updated.day > published.day else None,
            authors=[
                {"name": author.name, "uri": _person(author, people, up)} for author in post.authors
            ],
            image=_cover(entry),
            enclosures=[
                parts.media(one) for one in post.enclosures if links.web_url(one.url) is not None
            ],
            body=content.html,
            terms=[
                {"href": _folder(term, up), "title": term.title}
                for term in terms
                if term.key.kind is not FeedKind.AUTHOR
            ],
        )

    def not_found(self) -> bytes:
        """What stands beside a 404; it may be shown at any path."""
        return self._notice("Page not found", "There is nothing at this address.")

    def gone(self) -> bytes:
        """What stands beside a 410; it may be shown at any path."""
        return self._notice("No longer here", "What was at this address has been taken back.")

    def unavailable(self) -> bytes:
        """What stands beside a 503; it may be shown at any path."""
        return self._notice(
            "Not ready", "The posts cannot be read just now. Try again in a moment."
        )

    def _notice(self, heading: str, text: str) -> bytes:
        return self._page(
            "notice.html",
            heading=heading,
            text=text,
            site_title=self._title,
            home=links.base_path(self._url),
            alternates=self._advertise(()),
        )

    def _page(self, template: str, **values: Any) -> bytes:
        html = _environment().get_template(template).render(self._common, **values)
        # A lone surrogate, which YAML can write and UTF-8 cannot, must not cost the page.
        return html.encode("utf-8", "replace")

    @cached_property
    def _common(self) -> dict[str, Any]:
        """What every page carries, the same for all of them."""
        site = self._settings
        icon = links.web_url(urljoin(self._url + "/", site.icon)) if site.icon else None
        head = _environment().get_template("_head.html")
        return {
            "language": site.language,
            "direction": parts.direction(site.language),
            "rights": site.rights,
            "head": head.render(icon=icon, policy=policy.meta_policy(), style=policy.style()),
        }

    def _advertise(self, feeds: Sequence[FeedListing]) -> str:
        """`<link rel="alternate">` for these feeds, then for the site's."""
        site = [self._site_feed] if self._site_feed else []
        return "".join(self._alternate(feed) for feed in [*feeds, *site])

    def _alternate(self, feed: FeedListing) -> str:
        known = self._alternates.get(feed.key)
        if known is None:
            urls = ((name, self._absolute(path)) for name, path in feed.paths.items())
            known = self._alternates[feed.key] = _alternate_links(feed.title, urls)
        return known

    def _row(self, feed: FeedListing) -> dict[str, Any]:
        return {
            "href": _folder(feed, "./"),
            "title": feed.title,
            "size": feed.size,
            "date": parts.date(feed.updated, self._zone) if feed.updated else None,
            "forms": _forms(feed.paths, "./"),
        }

    def _item(self, entry: Entry, up: str) -> dict[str, Any]:
        post = entry.post
        return {
            "href": self._relative(post.permalink, up),
            "title": parts.headline(entry),
            "date": parts.date(post.published, self._zone),
            "summary": parts.shorten(entry.content.summary, _SUMMARY_LENGTH) if post.title else "",
            "lang": self._foreign(post.lang),
            "dir": parts.direction(post.lang or ""),
        }

    def _foreign(self, lang: str | None) -> str | None:
        """The language of a post where it is not the page's."""
        return lang if lang != self._settings.language else None

    def _absolute(self, path: str) -> str:
        return self._url + links.url_path(path)

    def _relative(self, url: str, up: str) -> str:
        """`url` as a page whose way to the root is `up` should link to it."""
        path = links.inside(url, self._url)
        if path is None:
            return links.web_url(url) or up
        return up + path[1:]


def _is_listed(key: FeedKey, kind: FeedKind) -> bool:
    """Whether the home page lists the feed in that group: of other languages the whole only."""
    return key.kind is kind and bool(key.language) == (kind is FeedKind.SITE)


def _folder(feed: FeedListing, up: str) -> str:
    return up + links.url_path(feed.key.folder[1:])


def _person(author: Author, people: Mapping[str, FeedListing], up: str) -> str | None:
    """Where an author's name leads: to their posts here, else to where they say they are."""
    feed = people.get(author.name)
    return _folder(feed, up) if feed else links.web_url(author.uri)


def _forms(paths: Mapping[str, str], up: str) -> list[parts.Form]:
    return [parts.form(name, up + links.url_path(path[1:])) for name, path in paths.items()]


def _alternate_links(title: str, urls: Iterable[tuple[str, str]]) -> str:
    forms = [parts.form(name, url) for name, url in urls]
    return _environment().get_template("_alternates.html").render(title=title, forms=forms)


def _cover(entry: Entry) -> str | None:
    """The entry's picture, unless its body shows it already."""
    image = links.web_url(entry.content.image)
    return None if image is None or image.replace("&", "&amp;") in entry.content.html else image


def _by_size(feed: FeedListing) -> tuple[int, str, str]:
    return -feed.size, feed.title.casefold(), feed.key.slug
