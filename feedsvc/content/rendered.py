"""What rendering a post gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from feedsvc.feeds.values import Content
    from feedsvc.model import Finding


class Rendered(NamedTuple):
    """A post's reader-safe content and what was doubtful about its body."""

    content: Content
    findings: tuple[Finding, ...] = ()
