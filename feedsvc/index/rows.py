"""What reading one file leaves behind: a row for the index, made in a worker process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feedsvc.feeds.values import FeedKind
from feedsvc.index.codec import encode_findings, encode_post
from feedsvc.index.identity import digest
from feedsvc.instants import to_microseconds

if TYPE_CHECKING:
    from feedsvc.model import Post
    from feedsvc.posts.context import Origin as Origins
    from feedsvc.posts.context import Reading

FOREVER = 2**62  # microseconds: after every date that exists


class Row(NamedTuple):
    """One file's row. `post` is JSON or None where the file was left out."""

    path: str
    identity: str
    digest: bytes
    body_start: int
    post: str | None
    findings: str | None
    depends: tuple[str, ...] = ()
    minted: str | None = None
    page: str | None = None
    published: int | None = None
    updated: int | None = None
    starts: int | None = None
    ends: int | None = None
    shown: bool = False
    paged: bool = False
    terms: str | None = None
    aliases: tuple[str, ...] = ()
    key: bytes = b""
    origin: str | None = None


class Origin(NamedTuple):
    """What the ledger compares of a post, apart from what other columns tell (JSON in the row).

    `published` and `updated` are the author's own in microseconds, `updated` None without one;
    `revised` is the latter as it was written.
    """

    title: str
    id: str | None
    minted: str
    dated: str
    published: int
    updated: int | None
    revised: str
    minor: bool
    source: str
    sketch: str


def make_row(
    path: str,
    identity: str,
    content: bytes,
    reading: Reading,
    site_url: str,
    *,
    fingerprint: tuple[str, str] = ("", ""),
) -> Row:
    """Make the row of one file; `content` is what the digest is made from."""
    post, depends, body_start = reading.post, reading.depends, reading.body_start
    noted = encode_findings(reading.findings)
    mark = digest(path.encode(errors="surrogateescape"), content)
    if post is None:
        return Row(path, identity, mark, body_start, None, noted, depends)
    published, updated = to_microseconds(post.published), to_microseconds(post.updated)
    return Row(
        path=path,
        identity=identity,
        digest=mark,
        body_start=body_start,
        post=encode_post(post),
        findings=noted,
        depends=depends,
        minted=post.id,
        page=page_path(post.permalink, site_url),
        published=published,
        updated=updated,
        starts=to_microseconds(post.starts),
        ends=FOREVER if post.ends is None else to_microseconds(post.ends),
        shown=post.withheld is None and post.in_feeds,
        paged=post.withheld is None,
        terms=json.dumps(_terms(post)),
        aliases=_aliases(post),
        key=entry_key(mark, post.id, None, published, updated),
        origin=_origin(post, reading.origin, fingerprint),
    )


def entry_key(
    mark: bytes, identifier: str, link: str | None, published: int, updated: int
) -> bytes:
    """Return what an entry is found by: the digest of its file and all that is told besides."""
    told = f"{published} {updated} {link or ''} {identifier}"
    return digest(mark, told.encode(errors="surrogateescape"))


def _origin(post: Post, origin: Origins | None, fingerprint: tuple[str, str]) -> str | None:
    if origin is None:
        return None
    published, updated = to_microseconds(post.published), to_microseconds(post.updated)
    facts = Origin(
        post.title,
        origin.id,
        origin.minted,
        origin.dated,
        published,
        updated if origin.updated else None,
        origin.updated,
        origin.minor,
        *fingerprint,
    )
    return json.dumps(facts, separators=(",", ":"))


def page_path(permalink: str, site_url: str) -> str | None:
    """Return the decoded path below the site of a post's page, None where it lies elsewhere."""
    if not permalink.startswith(site_url + "/") or "?" in permalink or "#" in permalink:
        return None
    try:
        path = unquote(permalink[len(site_url) :], errors="strict")
    except UnicodeDecodeError:
        return None
    parts = path.split("/")
    safe = "\0" not in path and "\\" not in path and not {".", ".."} & set(parts)
    return path if safe and "" not in parts[1:-1] else None


def _terms(post: Post) -> list[tuple[str, str]]:
    """Return the feeds that the post belongs to, as (kind, name)."""
    terms = [(FeedKind.SITE.value, "")]
    terms += [(FeedKind.CATEGORY.value, name) for name in post.categories]
    terms += [(FeedKind.TAG.value, name) for name in post.tags]
    terms += [(FeedKind.AUTHOR.value, author.name) for author in post.authors]
    return list(dict.fromkeys(terms))


def _aliases(post: Post) -> tuple[str, ...]:
    """Return the paths where the post once was (Hugo: `aliases`, Jekyll: `redirect_from`)."""
    given = [post.extra.get(name) for name in ("aliases", "redirect_from")]
    names = [name for one in given for name in (one if isinstance(one, list) else [one])]
    paths = ("/" + name.strip().strip("/") for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(path for path in paths if path != "/"))
