"""What only all posts together show, and what the configuration leaves open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from feedsvc.checks import artwork, elsewhere, podcasts
from feedsvc.checks.places import Places
from feedsvc.export.places import places as files_of
from feedsvc.feeds.history import has_archives
from feedsvc.index.mirror import Mirror
from feedsvc.index.standing import Standing
from feedsvc.index.survey import Survey
from feedsvc.instants import from_microseconds, to_microseconds
from feedsvc.model import Finding, Severity
from feedsvc.posts import permalinks
from feedsvc.settings import DEFAULT_URL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from feedsvc.site import Site

_FAR = timedelta(days=366)
# Found without the file at hand; the keys it may be about, by code.
_IDS = ("id", "guid", "uuid")
_PERMALINKS = ("permalink", "url", "slug")
_KEYS = {
    "id-meets": _IDS,
    "id-changed": _IDS,
    "id-duplicate": _IDS,
    "permalink-meets": _PERMALINKS,
}


def findings(site: Site, now: datetime) -> Iterator[Finding]:
    """Yield what is doubtful about the site as a whole at `now` (aware)."""
    if site.settings.site.url == DEFAULT_URL:
        yield Finding(
            "site-url",
            f"The site has no address; its links lead to {DEFAULT_URL}.",
            severity=Severity.NOTE,
            hint="Set `[site] url` in feedsvc.toml before you publish it.",
        )
    survey = Survey(site.index.database)
    if not survey.has_posts():
        yield from _empty(site, survey)
    for suffix, files in sorted(elsewhere.unread(site).items()):
        yield _unread(suffix, files)
    for name, near in permalinks.unknown(site.settings.posts.permalink).items():
        yield _placeholder(name, near)
    yield from podcasts.findings(site.settings)
    yield from artwork.findings(site)
    yield from _without_archives(site)
    places = Places(site)
    for path, published in survey.published_after(to_microseconds(now + _FAR)):
        yield places.set(_far(site, path, from_microseconds(published)), _dates(site))
    for title, paths in survey.copies():
        yield places.set(_copy(title, paths), ("title",))
    if site.settings.posts_have_pages:
        yield from _without_file(survey.pages(), places)


def _empty(site: Site, survey: Survey) -> Iterator[Finding]:
    place, count = elsewhere.fullest(site)
    if not place and not survey.is_empty():
        return  # each file says what it lacks
    folders = [f"`{folder}/`" for folder in site.settings.posts.path if folder]
    suffixes = ", ".join(sorted(site.repository.dialect.suffixes))
    there = f" `{place}/` has {count} of them, and is not looked at." if place else ""
    yield Finding(
        "site-empty",
        f"There are no posts in {', '.join(folders) or 'the folder itself'}; files that end in"
        f" {suffixes} are read.{there}",
        hint=f'Set `[posts] path = "{place}"`, if it is meant.' if place else "",
    )


def _unread(suffix: str, paths: Sequence[str]) -> Finding:
    others = f", nor are {len(paths) - 1:,} more that end in it" if len(paths) > 1 else ""
    return Finding(
        "markup-unknown",
        f"{suffix} is not read: the file is no post{others}.",
        paths[0],
        hint="Write it in Markdown, or put what it becomes there as HTML.",
    )


def _placeholder(name: str, near: str) -> Finding:
    return Finding(
        "permalink-placeholder",
        f"The pattern of permalinks has {name}, which is no placeholder; it stands in the URLs.",
        hint=f"Did you mean {near}?" if near else "",
    )


def _without_archives(site: Site) -> Iterator[Finding]:
    standing = Standing(site.index.database)
    count = standing.count()
    wanted = site.settings.feeds.archives
    known = bool(Mirror(site.index.database).archived())
    if wanted == "auto" and not has_archives(site.settings, count, known=known):
        yield Finding(
            "archives-off",
            f"The site has {count:,} posts and no archives of them: who subscribes now can read the"
            f" newest {site.settings.feeds.limit} only.",
            severity=Severity.NOTE,
            hint='Set `[feeds] archives` to "site", or to "none" if that is meant.',
        )


def placed(site: Site, now: datetime) -> Iterator[Finding]:
    """Yield what reading the site found, each at a line where there is one.

    Raises LedgerError.
    """
    places = Places(site)
    for finding in (*site.findings, *site.review(now)):
        keys = _KEYS.get(finding.code)
        yield places.set(finding, keys) if keys else finding


def _without_file(pages: Mapping[str, str], places: Places) -> Iterator[Finding]:
    """Yield the posts whose pages, at these paths, only the web can have."""
    for page, reason in files_of(pages, folded=False).refused:
        finding = Finding(
            "page-without-file",
            f"An export has no file for the page at {page}: {reason}.",
            pages[page],
            hint="Give the post another `slug` or `permalink`.",
        )
        yield places.set(finding, _PERMALINKS)


def _dates(site: Site) -> Sequence[str]:
    return site.repository.dialect.date_keys


def _far(site: Site, path: str, published: datetime) -> Finding:
    day = published.astimezone(site.settings.site.zone).date()
    shown = "and shown already" if site.settings.posts.future else "and kept back until then"
    return Finding(
        "date-far",
        f"The post is dated {day}, more than a year ahead, {shown}.",
        path,
        severity=Severity.NOTE,
        hint="Check the year.",
    )


def _copy(title: str, paths: tuple[str, ...]) -> Finding:
    others = ", ".join(paths[:-1][:3]) + (" …" if len(paths) > 4 else "")
    return Finding(
        "post-duplicate",
        f"The title “{title}” and the date are also those of {others}; all are published.",
        paths[-1],
        hint="Remove one, or give it a date of its own.",
    )
