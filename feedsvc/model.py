"""The values that everything else speaks of.

All are immutable. Every `datetime` in them is timezone-aware and in UTC; the constructors
refuse anything else, so code behind them never has to ask. Field names are RFC 4287's where
it has one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from xxhash import xxh3_128, xxh3_128_hexdigest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"


def utc(instant: datetime) -> datetime:
    """Return the same instant in UTC.

    Raises ValueError for a naive datetime: an instant is timezone-aware or it does not exist. So
    it does for what has no year in UTC, at the ends of the years there are.
    """
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise ValueError(f"naive datetime {instant.isoformat()}: an instant needs a time zone")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError(
            f"{instant.isoformat()}: in UTC that is not in the years 1 to 9999"
        ) from None


def is_unicode(text: str) -> bool:
    """Whether a text is one that can be stored and sent: without half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Severity(StrEnum):
    """How much a finding matters: an error left something out, a warning doubts, a note tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(NamedTuple):
    """Something wrong or doubtful in a post or in the configuration.

    `code` is stable (kebab-case, e.g. `date-naive`); `path` is relative to the site, POSIX;
    `line` and `column` count from 1, 0 means unknown. `message` says in one sentence what is
    wrong and what feedsvc did about it; `hint` says how to mend it.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    severity: Severity = Severity.WARNING
    hint: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        text = f"{place}: {self.severity}: {self.message} [{self.code}]"
        return f"{text} {self.hint}" if self.hint else text


class Markup(StrEnum):
    """What a body is written in."""

    MARKDOWN = "markdown"
    HTML = "html"
    RESTRUCTURED = "rst"


class State(StrEnum):
    """Where a post stands at one instant."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    DRAFT = "draft"
    UNPUBLISHED = "unpublished"


class Author(NamedTuple):
    """A person (RFC 4287 §3.2); `name` is never empty."""

    name: str
    email: str | None = None
    uri: str | None = None


class Enclosure(NamedTuple):
    """A file that belongs to an entry (RFC 4287 §4.2.7.2 `rel="enclosure"`).

    `url` is absolute; `type` is a media type; `length` is in bytes (0: unknown);
    `duration` is in seconds.
    """

    url: str
    type: str
    length: int = 0
    duration: int | None = None
    title: str | None = None


class PostFields(NamedTuple):
    """What a `Post` consists of; made in a third of the time, as nothing is looked at."""

    path: str
    id: str
    permalink: str
    title: str
    published: datetime
    updated: datetime
    body: str
    markup: Markup = Markup.MARKDOWN
    summary: str | None = None
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lang: str | None = None
    slug: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    image: str | None = None
    starts: datetime = None  # type: ignore[assignment]  # `published`
    ends: datetime | None = None
    withheld: State | None = None
    in_feeds: bool = True
    in_site_feed: bool = True
    content: str | None = None
    section: str = ""
    edition: str = ""
    extra: Mapping[str, JSON] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()


class Post(PostFields):
    """What lies in the folder; inside a feed it is an entry (Atom) or item (RSS, JSON Feed).

    `path` is relative to the site's folder, POSIX, and unique. `id` is what subscribers know the
    post by. `permalink` is an absolute URL. All instants are aware and in UTC. `body` is the
    source text below the front matter, in `markup`. `summary` is plain text or inline Markdown
    as its author wrote it. `starts` is when the post becomes visible (its `published` unless the
    site says otherwise), `ends` when it vanishes (exclusive). `withheld` is DRAFT or UNPUBLISHED
    where the author holds the post back. `in_feeds` is false where the author wants a page but no
    entry, `in_site_feed` where only the feeds of its section and terms are to have it; `content` is
    "full" or "summary" where the post overrides the site's choice. `section` is the path of the
    part of the site that the post belongs to, `edition` the folder of its language where the site
    has feeds of that besides its own; both "" for none. `extra` holds the rest of the front matter
    as JSON values (dates as ISO 8601 text).
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # which takes the signature from the fields

        def __new__(cls, *args, **kwargs):
            """Make a post of its fields. Raises ValueError for a naive datetime."""
            return PostFields.__new__(cls, *args, **kwargs)._in_utc()

        def _replace(self, **fields):
            return super()._replace(**fields)._in_utc()

    def __hash__(self) -> int:
        return hash((self.path, self.id, self.updated))  # `extra` has none

    def __repr__(self) -> str:
        said = zip(self._fields, self, strict=True)
        return f"Post({', '.join(f'{name}={value!r}' for name, value in said if name != 'body')})"

    def _in_utc(self) -> Self:
        return super()._replace(
            published=utc(self.published),
            updated=utc(self.updated),
            starts=utc(self.starts or self.published),
            ends=None if self.ends is None else utc(self.ends),
        )

    def state(self, now: datetime) -> State:
        """Where the post stands at `now` (aware)."""
        if self.withheld is not None:
            return self.withheld
        if self.ends is not None and self.ends <= now:
            return State.EXPIRED
        return State.SCHEDULED if self.starts > now else State.PUBLISHED


def entity_tag(body: bytes) -> str:
    """Return the opaque tag of a body (RFC 9110 §8.8.3): XXH3 of 128 bits, in hexadecimal.

    From the bytes alone, so that every process and every machine gives the same one.
    """
    return xxh3_128_hexdigest(body)


Tagging = xxh3_128
"""Makes the entity tag of bytes that come in parts: `update` with each, `hexdigest` at the end."""


class Document(NamedTuple):
    """One published resource: what both doors, web and export, hand out.

    `path` is site-relative, starts with `/`, not percent-encoded. `etag` is `entity_tag(body)`.
    `last_modified` is in UTC, whole seconds (RFC 9110 §8.8.2), None where nothing remembers when
    the document changed: without a ledger. `valid_until` is the next instant at which a scheduled
    or expiring post changes the body, None when nothing is due. `settled` says that nothing will be
    added: it changes only if what it holds is edited or taken back. `links` are relations and
    absolute URLs for the Link header (RFC 8288): a feed's WebSub hub and the feed itself.
    """

    path: str
    body: bytes
    media_type: str
    etag: str
    last_modified: datetime | None
    valid_until: datetime | None = None
    settled: bool = False
    links: tuple[tuple[str, str], ...] = ()


class LocalFile(NamedTuple):
    """A file of the site's folder that is published as it is, because a post refers to it.

    `path` is as that of a `Document`; `source` is the file's real, absolute path. `identity`
    changes whenever the file is written or replaced; `size` is in bytes.
    """

    path: str
    source: str
    media_type: str
    size: int
    identity: str
