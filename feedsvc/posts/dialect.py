"""How one engine reads a post, rule by rule; this base class is feedsvc's own dialect.

An engine subclasses `Dialect` and overrides the rules in which it differs. `read` calls the rules
in the order in which they stand here and hands a `ReadingContext` from one to the next; a rule may
look at what earlier rules found. Rules never raise for what a file holds: they report a finding
and return what the post has without that value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from typing import NamedTuple

from feedsvc.model import (
    Author,
    Enclosure,
    Finding,
    Markup,
    Post,
    Severity,
    State,
)
from feedsvc.settings import Settings


def _no_file(_path: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """One file as the scan found it.

    `path` is relative to the site's folder, POSIX; `root` is the posts folder it was found in,
    relative to the site ("" for the site itself). `side` gives the bytes of another file of the
    site, `size` the length in bytes of one (without reading it), both by site-relative path, both
    None where there is no such file.
    """

    path: str
    root: str
    data: bytes = field(repr=False)
    side: Callable[[str], bytes | None] = field(default=_no_file, repr=False)
    size: Callable[[str], int | None] = field(default=_no_file, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file. `post` is None where it was left out; `findings` then say why.

    `depends` names other files (site-relative) whose change must re-read this one; `body_start`
    is where the body begins in the decoded text.
    """

    post: Post | None
    findings: tuple[Finding, ...]
    depends: tuple[str, ...] = ()
    body_start: int = 0


class Field(NamedTuple):
    """A front matter field: the key as the file spells it and its value (never None)."""

    key: str
    value: object


class FileName(NamedTuple):
    """What a file's name says: an ISO date ("" for none) and the rest without the suffix."""

    date: str
    slug: str


class ReadingContext:
    """What is known of one post while its rules run, mutable, handed from rule to rule.

    `fields` and `lines` are the front matter by key (keys as text; folded to lower case where the
    dialect folds them). `path` is relative to the root. The attributes named like rules are filled
    by `read` as the rules return.
    """

    source: Source
    settings: Settings
    path: PurePosixPath
    name: FileName
    fields: dict[str, object]
    lines: dict[str, int]
    findings: list[Finding]
    body: str
    slug: str
    title: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    permalink: str

    def take(self, *names: str) -> Field | None:
        """The first of these keys that holds something (not null); all count as understood.

        Keys never taken end in `Post.extra`.
        """
        raise NotImplementedError

    def default(self, key: str, value: object) -> None:
        """Give a field that the file itself does not have (site defaults, side files)."""
        raise NotImplementedError

    def side(self, path: str) -> bytes | None:
        """Another file's bytes by site-relative path; its change will read this post again."""
        raise NotImplementedError

    def report(
        self,
        code: str,
        message: str,
        *,
        key: str = "",
        severity: Severity = Severity.WARNING,
        hint: str = "",
    ) -> None:
        """Record a finding at the line of `key` (line 0 without one)."""
        raise NotImplementedError


class Dialect:
    """feedsvc's own dialect and the base of every other.

    `fences` says which front matter is understood: "yaml", "toml", "json", "headers" (`Key: value`
    lines until the first blank one). `blank_before_fence`: blank lines may precede it.
    `fold_keys`: `Date:` is `date:`. `suffixes`: names that are posts, lower case.
    """

    name = "feedsvc"
    fences: tuple[str, ...] = ("yaml", "toml", "json")
    blank_before_fence = True
    fold_keys = True
    suffixes = frozenset({".md", ".markdown", ".mdown", ".mkd", ".html", ".htm"})

    def is_post(self, path: PurePosixPath, settings: Settings) -> bool:
        """Whether the file is to be read; `path` is relative to the posts folder."""
        raise NotImplementedError

    def read(self, source: Source, settings: Settings) -> Reading:
        """Read one file. Never raises for what the file holds."""
        raise NotImplementedError

    def body(self, data: bytes, body_start: int, post: Post) -> str:
        """The body again, without reading the front matter."""
        raise NotImplementedError

    # -- zones in which naive values are meant ---------------------------------------------

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:
        """Zone of a bare naive timestamp (YAML/TOML type; Jekyll: UTC)."""
        raise NotImplementedError

    def text_zone(self, context: ReadingContext) -> tzinfo:
        """Zone of naive text and of a date alone."""
        raise NotImplementedError

    # -- rules, in the order in which they run ----------------------------------------------

    def complete(self, context: ReadingContext) -> None:
        """Add what the file does not say itself: `context.default(key, value)`."""

    def file_name(self, context: ReadingContext) -> FileName:
        """Date and slug of the file's name."""
        raise NotImplementedError

    def slug(self, context: ReadingContext) -> str:
        raise NotImplementedError

    def title(self, context: ReadingContext) -> str:
        raise NotImplementedError

    def published(self, context: ReadingContext) -> datetime | None:
        """Aware instant; None leaves the post out (the rule reports why)."""
        raise NotImplementedError

    def updated(self, context: ReadingContext) -> datetime | None:
        """Aware instant; None: as published."""
        raise NotImplementedError

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        raise NotImplementedError

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        raise NotImplementedError

    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        raise NotImplementedError

    def permalink(self, context: ReadingContext) -> str:
        """URL path below the site (starts with `/`, percent-encoded) or an absolute URL."""
        raise NotImplementedError

    def entry_id(self, context: ReadingContext) -> str:
        """The id as front matter gives it, else `mint_id`."""
        raise NotImplementedError

    def mint_id(self, context: ReadingContext) -> str:
        """The id of a post that names none (engines: their own form)."""
        raise NotImplementedError

    def withheld(self, context: ReadingContext) -> State | None:
        """DRAFT or UNPUBLISHED where the author holds the post back."""
        raise NotImplementedError

    def starts(self, context: ReadingContext) -> datetime | None:
        """When the post becomes visible; None: when it was published."""
        raise NotImplementedError

    def ends(self, context: ReadingContext) -> datetime | None:
        """When it vanishes, exclusive; None: never."""
        raise NotImplementedError

    def in_feeds(self, context: ReadingContext) -> bool:
        raise NotImplementedError

    def content(self, context: ReadingContext) -> str | None:
        """ "full" or "summary" where the post says so."""
        raise NotImplementedError

    def summary(self, context: ReadingContext) -> str | None:
        raise NotImplementedError

    def lang(self, context: ReadingContext) -> str | None:
        raise NotImplementedError

    def enclosures(self, context: ReadingContext) -> tuple[Enclosure, ...]:
        raise NotImplementedError

    def image(self, context: ReadingContext) -> str | None:
        raise NotImplementedError

    def markup(self, context: ReadingContext) -> Markup:
        raise NotImplementedError
