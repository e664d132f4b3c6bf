"""What is known of one post on the way from its file to what was read of it."""

from __future__ import annotations

import posixpath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from feedsvc.model import JSON, Finding, Markup, Severity
from feedsvc.posts import dates, fields
from feedsvc.posts.encoding import clean
from feedsvc.posts.reading import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from feedsvc.posts.matter import FrontMatter
    from feedsvc.posts.paths import FileName, FilePath
    from feedsvc.posts.reading import Source
    from feedsvc.settings import Settings

T = TypeVar("T")

_NOTHING_SHARED: Mapping[str, tuple[object, JSON]] = MappingProxyType({})


def once_per_site(function: Callable[[Settings], T]) -> Callable[[Settings], T]:
    """Keep what follows from a site's settings alone, for the settings that were asked of last."""
    last: tuple[Settings, T] | None = None

    def answer(settings: Settings) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not settings:
            last = known = (settings, function(settings))
        return known[1]

    return answer


class ReadingContext:
    """What is known of one post while its rules run; mutable, handed from rule to rule.

    `fields` and `lines` are the front matter by key, in lower case where the dialect folds keys.
    `path` is relative to the posts folder, `kind` the kind of front matter ("" for none). The
    attributes from `name` on are filled by `Dialect.read` as the rules return; `permalink` is
    absolute. `stamp` is the calendar date for minted ids, which does not depend on the site's
    zone: the date as written where no offset was written, else None. `written` is the value of the
    date that was read last, `named` the text of the author's own id. `shared` has values that many
    posts are given by their dialect, by their keys, each with what it is as JSON. `page` is what
    the dialect finds out for its own rules when it completes the front matter.
    """

    __slots__ = (
        "_spelling", "_taken", "body", "categories", "depends", "fields", "findings",
        "kind", "lines", "markup", "name", "named", "page", "path", "permalink", "published",
        "settings", "shared", "slug", "source", "stamp", "tags", "title", "updated", "written",
    )  # fmt: skip

    name: FileName
    markup: Markup
    slug: str
    title: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    permalink: str
    page: Any

    def __init__(
        self, source: Source, path: FilePath, settings: Settings, front: FrontMatter, body: str
    ) -> None:
        self.source = source
        self.settings = settings
        self.path = path
        self.kind = front.kind
        self.fields = front.fields
        self.lines = front.lines
        self.body = body
        self.findings: list[Finding] = []
        for code, message, line, column, severity, hint in front.problems:
            self.findings.append(Finding(code, message, source.path, line, column, severity, hint))
        self.depends: list[str] = []
        self.stamp: date | None = None
        self.written: object = None
        self.named = ""
        self.shared: Mapping[str, tuple[object, JSON]] = _NOTHING_SHARED
        self._taken: set[str] = set()
        self._spelling: dict[str, str] = {}

    def fold(self, *, capitals: bool = False) -> None:
        """Make keys lower case, so that `Date:` is `date:`.

        Of two that meet the first stays, or, with `capitals`, the one that is not in lower case.
        """
        if all(map(str.islower, self.fields)):
            return
        folded: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key, value in self.fields.items():
            lower = key.lower()
            line = self.lines.get(key, 0)
            if lower in folded:
                known = self._spelling.get(lower, lower)
                later = capitals and known == lower
                self.report(
                    "key-duplicate",
                    f"`{key}` and `{known}` are one key; `{key if later else known}` was taken.",
                    line=line,
                    hint="Keep one.",
                )
                if not later:
                    continue
            folded[lower], lines[lower] = value, line
            if lower != key:
                self._spelling[lower] = key
        self.fields, self.lines = folded, lines

    @property
    def local(self) -> datetime:
        """`published` in the site's zone."""
        inside = min(max(self.published, dates.EARLIEST), dates.LATEST)
        return inside.astimezone(self.settings.site.zone)

    def value(self, name: str) -> object:
        """What this one key holds, None for nothing; it counts as understood (see `take`)."""
        self._taken.add(name)
        return self.fields.get(name)

    def take(self, *names: str) -> Field | None:
        """The first of these keys that holds something (not null); all count as understood.

        Keys never taken end in `Post.extra`.
        """
        fields = self.fields
        if fields.keys().isdisjoint(names):
            return None
        self._taken.update(names)
        for name in names:
            value = fields.get(name)
            if value is not None:
                return Field(name, value)
        return None

    def lacks(self, *names: str) -> bool:
        """Whether the front matter has none of these keys, not even empty."""
        return self.fields.keys().isdisjoint(names)

    def default(self, key: str, value: object) -> None:
        """Give a field that the file itself does not have (site defaults, side files)."""
        if self.fields.get(key) is None:
            self.fields[key] = value

    def rest(self) -> dict[str, JSON]:
        """The fields that no rule took, as JSON values under their keys as written."""
        taken, shared = self._taken, self.shared
        found: dict[str, JSON] = {}
        for key, value in self.fields.items():
            if key not in taken:
                known = shared.get(key)
                said = known[1] if known and known[0] is value else fields.as_json(value)
                found[clean(self._spelling.get(key, key))] = said
        return found

    def side(self, path: str) -> bytes | None:
        """Another file's bytes by site-relative path; its change will read this post again."""
        return self.source.side(self._depend(path)) if _inside(path) else None

    def size(self, path: str) -> int | None:
        """Another file's length in bytes by site-relative path, None if there is none."""
        return self.source.size(self._depend(path)) if _inside(path) else None

    def _depend(self, path: str) -> str:
        if path not in self.depends:
            self.depends.append(path)
        return path

    def end_errors(self, done: str) -> None:
        """Say in the findings so far that are errors what was done."""
        self.findings = [
            one._replace(message=f"{one.message.removesuffix('.')}; {done}.")
            if one.severity is Severity.ERROR
            else one
            for one in self.findings
        ]

    def report(
        self,
        code: str,
        message: str,
        *,
        key: str = "",
        severity: Severity = Severity.WARNING,
        hint: str = "",
        line: int = 0,
    ) -> None:
        """Record a finding at the line of `key` (or `line`; 0 is unknown)."""
        line = line or self.lines.get(key, 0)
        # Keys begin their lines, but for JSON's.
        column = int(line > 0 and self.kind != "json")
        self.findings.append(Finding(code, message, self.source.path, line, column, severity, hint))

    def wrong_kind(self, key: str, value: object, wanted: str) -> None:
        """Record that a field holds something else than wanted, and that it was ignored."""
        self.report(
            "value-kind",
            f"`{key}` holds {fields.kind_of(value)} where {wanted} is expected; it was ignored.",
            key=key,
            hint="Put text in quotes to keep it text." if isinstance(value, bool) else "",
        )


def _inside(path: str) -> bool:
    if path[:1] != "/" and ".." not in path and "\0" not in path:
        return True
    normal = posixpath.normpath(path)
    return not normal.startswith(("/", "../")) and normal != ".." and "\0" not in path
