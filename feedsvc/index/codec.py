"""A Post as one JSON text in a row of the index, without its body."""

from __future__ import annotations

import json
from json import JSONDecoder, JSONEncoder
from json.encoder import encode_basestring_ascii as _quoted
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from feedsvc.instants import from_microseconds, to_microseconds
from feedsvc.model import Author, Enclosure, Finding, Markup, Post, PostFields, Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_RARE = ("summary", "lang", "image", "withheld", "content", "edition")
_rare = attrgetter(*_RARE)

encode = JSONEncoder(separators=(",", ":"), check_circular=False).encode
"""Write a value as JSON in ASCII: `json.dumps` would make an encoder for each."""

decode = JSONDecoder().raw_decode
"""Read what `encode` wrote, without blanks around it: the value, and where it ends."""


def encode_pairs(first: str, seconds: Iterable[str]) -> str:
    """Write pairs of texts as `encode` would in a list, in a third of the time."""
    begin = f"[{_quoted(first)},"
    return begin + f"],{begin}".join(map(_quoted, seconds)) + "]"


def encode_post(post: Post) -> str:
    """Write `post` down without body and findings; fields that hold their default may be left out.

    So are path, id and both dates, which are columns of their own.
    """
    fields: dict[str, Any] = {
        "permalink": post.permalink,
        "title": post.title,
        "markup": post.markup,
        "slug": post.slug,
        "categories": post.categories,
        "tags": post.tags,
        "section": post.section,
    }
    if post.starts != post.published:
        fields["starts"] = to_microseconds(post.starts)
    if post.ends is not None:
        fields["ends"] = to_microseconds(post.ends)
    if not post.in_feeds:
        fields["in_feeds"] = False
    if not post.in_site_feed:
        fields["in_site_feed"] = False
    fields |= {name: value for name, value in zip(_RARE, _rare(post), strict=True) if value}
    if post.authors:
        fields["authors"] = [(a.name, a.email, a.uri) for a in post.authors]
    if post.enclosures:
        fields["enclosures"] = [
            (e.url, e.type, e.length, e.duration, e.title) for e in post.enclosures
        ]
    if post.extra:
        fields["extra"] = dict(post.extra)
    return encode(fields)


def decode_post(
    text: str,
    identifier: str,
    *,
    path: str,
    published: datetime,
    updated: datetime,
    **overrides: Any,
) -> Post:
    """Read what `encode_post` wrote; `overrides` replace fields of it. The body is empty."""
    fields = decode(text)[0]
    fields["markup"] = Markup(fields["markup"])
    if "starts" in fields:
        fields["starts"] = from_microseconds(fields["starts"])
    if "ends" in fields:
        fields["ends"] = from_microseconds(fields["ends"])
    if "withheld" in fields:
        fields["withheld"] = State(fields["withheld"])
    for name in ("categories", "tags"):
        fields[name] = tuple(fields[name])
    if "authors" in fields:
        fields["authors"] = tuple(Author(*parts) for parts in fields["authors"])
    if "enclosures" in fields:
        fields["enclosures"] = tuple(Enclosure(*parts) for parts in fields["enclosures"])
    fields.setdefault("body", "")
    fields.setdefault("starts", published)
    fields.update(overrides, path=path, id=identifier, published=published, updated=updated)
    return PostFields.__new__(Post, **fields)  # (`Post` would look at its instants again)


def _parts(finding: Finding) -> list[Any]:
    """Write a finding as a JSON list."""
    return [
        finding.code,
        finding.message,
        finding.path,
        finding.line,
        finding.column,
        finding.severity,
        finding.hint,
    ]


def encode_findings(findings: tuple[Finding, ...]) -> str | None:
    """Write findings as a JSON text, None for none."""
    return encode([_parts(one) for one in findings]) if findings else None


def decode_findings(text: str | None) -> tuple[Finding, ...]:
    """Read what `encode_findings` wrote."""
    return () if text is None else tuple(_finding(parts) for parts in json.loads(text))


def _finding(parts: list[Any]) -> Finding:
    """Read what `encode_finding` wrote."""
    code, message, path, line, column, severity, hint = parts
    return Finding(code, message, path, line, column, Severity(severity), hint)
