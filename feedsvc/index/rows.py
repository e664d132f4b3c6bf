"""What reading one file leaves behind: a row for the index, made in a worker process."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from xxhash import xxh3_128_digest

from feedsvc.feeds.values import FeedKind, family
from feedsvc.index.codec import encode, encode_findings, encode_pairs, encode_post
from feedsvc.index.identity import digest
from feedsvc.instants import to_microseconds
from feedsvc.posts.encoding import CR

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from feedsvc.model import Post
    from feedsvc.posts.reading import Origin as Origins
    from feedsvc.posts.reading import Reading
    from feedsvc.posts.references import Reference

FOREVER, NEVER = 2**62, -(2**62)  # microseconds: after every date that exists, and before
_FILE = 6  # bytes of a digest by which an edit is noticed

# All this is done for every post, so what is the same for all is made once.
_SITE, _SECTION, _CATEGORY, _TAG, _AUTHOR = (kind.value for kind in FeedKind)
_PLAIN_PATH = re.compile(r"(?:/[\w~-][\w.~-]*+|(?!))++/?", re.ASCII)


class Row(NamedTuple):
    """One file's row. `post` is JSON or None where the file was left out.

    The fields up to `key` are columns of the table of posts, those up to `origin` of that of texts,
    in that order in `Filing.add`.
    `terms` is a JSON list of the feeds that show the post where `shown`, as (family, name); `refs`
    one of what it refers to other posts by (`posts.references`), None where it does not.
    """

    path: str
    digest: bytes
    body_start: int
    minted: str | None = None
    page: str | None = None
    published: int | None = None
    updated: int | None = None
    starts: int | None = None
    ends: int | None = None
    shown: bool = False
    paged: bool = False
    terms: str | None = None
    key: bytes = b""
    post: str | None = None
    findings: str | None = None
    origin: str | None = None
    identity: str = ""
    depends: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    refs: str | None = None


class Origin(NamedTuple):
    """What the ledger compares of a post, apart from what other columns tell (JSON in the row).

    `published` and `updated` are the author's own in microseconds, `updated` None without one;
    `revised` is the latter as it was written. `file` is the digest of all that was read,
    `named` the text that `id` was made from.
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
    file: str
    named: str


def make_row(
    path: str,
    identity: str,
    content: bytes,
    reading: Reading,
    site_url: str,
    *,
    fingerprint: tuple[str, str] | None = None,
    references: Sequence[Reference] = (),
    feedless: Collection[str] = (),
) -> Row:
    """Make the row of one file; `content` is what the digest is made from.

    `fingerprint` is what the ledger knows the source again by, None where none is kept; `feedless`
    are families of which there are no feeds.
    """
    post = reading.post
    findings = encode_findings(reading.findings)
    whole = xxh3_128_digest(content)
    mark = _mixed(whole + path.encode(errors="surrogateescape"))
    if post is None:
        return Row(
            path,
            mark,
            reading.body_start,
            findings=findings,
            identity=identity,
            depends=reading.depends,
        )
    published = updated = starts = to_microseconds(post.published)
    if post.updated is not post.published:
        updated = to_microseconds(post.updated)
    if post.starts is not post.published:
        starts = to_microseconds(post.starts)
    origin = None
    if reading.origin is not None and fingerprint is not None:
        print_ = (*fingerprint, _file_text(content, whole))
        origin = _origin(post.title, reading.origin, published, updated, print_)
    paged = post.withheld is None
    return Row(
        path,
        mark,
        reading.body_start,
        post.id,
        page_path(post.permalink, site_url),
        published,
        updated,
        starts,
        FOREVER if post.ends is None else to_microseconds(post.ends),
        paged and post.in_feeds,
        paged,
        _terms(post, feedless),
        entry_key(mark, post.id, None, published, updated),
        encode_post(post),
        findings,
        origin,
        identity,
        reading.depends,
        _aliases(post),
        encode(references) if references else None,
    )


def _file_text(content: bytes, whole: bytes) -> str:
    """Return the digest by which the ledger tells an edit; `whole` is that of the content."""
    if CR in content and b"\r\n" in content:
        # git may have put it there, on this machine and not on others
        whole = xxh3_128_digest(content.replace(b"\r\n", b"\n"))
    return urlsafe_b64encode(whole[:_FILE]).decode()


def entry_key(
    mark: bytes,
    identifier: str,
    link: str | None,
    published: int,
    updated: int,
    *,
    links: str | None = None,
) -> bytes:
    """Return what an entry is found by: the digest of its file and all that is told besides.

    `links` is where its references to other posts lead.
    """
    told = f"{published} {updated} {link or ''} {identifier}".encode(errors="surrogateescape")
    return _mixed(mark + told) if links is None else digest(mark, told, links.encode())


def _mixed(content: bytes) -> bytes:
    # Not `digest`, which tells parts of any length apart: the first here always has the same, and
    # this is done twice for every post.
    return blake2b(content, digest_size=16).digest()


def _origin(
    title: str,
    origin: Origins,
    published: int,
    updated: int,
    print_: tuple[str, str, str],
) -> str:
    return encode(
        Origin(
            title,
            origin.id,
            origin.minted,
            str(origin.dated),
            published,
            updated if origin.updated else None,
            origin.updated,
            origin.minor,
            *print_,
            origin.named,
        )
    )


def page_path(permalink: str, site_url: str) -> str | None:
    """Return the decoded path below the site of a post's page, None where it lies elsewhere."""
    if not permalink.startswith(site_url):
        return None
    path = permalink[len(site_url) :]
    if _PLAIN_PATH.fullmatch(path):
        return path
    if not path.startswith("/") or "?" in path or "#" in path:
        return None
    try:
        path = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
    parts = path.split("/")
    safe = "\0" not in path and "\\" not in path and not {".", ".."} & set(parts)
    return path if safe and "" not in parts[1:-1] else None


def _terms(post: Post, feedless: Collection[str]) -> str:
    """Return the feeds that the post belongs to as JSON: (family, name), each once."""
    named = (
        (_SITE, ("",) if post.in_site_feed else ()),
        (_SECTION, (post.section,) if post.section else ()),
        (_CATEGORY, post.categories),
        (_TAG, post.tags),
        (_AUTHOR, [author.name for author in post.authors] if post.authors else ()),
    )
    parts = []
    for kind, names in named:
        if names and (group := family(kind, post.edition)) not in feedless:
            parts.append(encode_pairs(group, dict.fromkeys(names)))
    return f"[{','.join(parts)}]"


def _aliases(post: Post) -> tuple[str, ...]:
    """Return the paths where the post once was (Hugo: `aliases`, Jekyll: `redirect_from`)."""
    extra = post.extra
    if "aliases" not in extra and "redirect_from" not in extra:
        return ()
    given = [extra.get(name) for name in ("aliases", "redirect_from")]
    names = [name for one in given for name in (one if isinstance(one, list) else [one])]
    paths = ("/" + name.strip().strip("/") for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(path for path in paths if path != "/"))
