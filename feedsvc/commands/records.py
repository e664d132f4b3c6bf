"""Values as JSON objects, for every `--json`. Instants are ISO 8601 in UTC with `Z`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.feeds.values import FeedListing
    from feedsvc.model import JSON, Finding, Post
    from feedsvc.settings import Settings


def instant(value: datetime | None) -> str | None:
    """Return an instant (UTC) as `2022-05-30T11:22:23Z`."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def finding_record(finding: Finding) -> JSON:
    """Return a finding; line and column 0 mean unknown."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def post_record(post: Post, now: datetime) -> JSON:
    """Return a post without its body; its state is that at `now`."""
    return {
        "path": post.path,
        "url": post.permalink,
        "id": post.id,
        "title": post.title,
        "published": instant(post.published),
        "updated": instant(post.updated),
        "expires": instant(post.ends),
        "state": str(post.state(now)),
        "categories": list(post.categories),
        "tags": list(post.tags),
        "authors": [
            {"name": author.name, "email": author.email, "uri": author.uri}
            for author in post.authors
        ],
        "lang": post.lang,
        "section": post.section or None,
        "slug": post.slug,
        "summary": post.summary,
        "image": post.image,
        "enclosures": [
            {"url": one.url, "type": one.type, "length": one.length} for one in post.enclosures
        ],
        "in_feeds": post.in_feeds,
        "in_site_feed": post.in_feeds and post.in_site_feed,
        "findings": [finding_record(finding) for finding in post.findings],
    }


def feed_record(listing: FeedListing, settings: Settings) -> JSON:
    """Return a feed; `paths` and `urls` are by format."""
    from feedsvc.feeds.heads import url_of

    return {
        "kind": str(listing.key.kind),
        "language": listing.key.language or None,
        "name": listing.key.name,
        "slug": listing.key.slug,
        "title": listing.title,
        "count": listing.size,
        "updated": instant(listing.updated),
        "paths": dict(listing.paths),
        "urls": {form: url_of(settings, path) for form, path in listing.paths.items()},
    }
