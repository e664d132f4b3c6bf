"""What rendering a post gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedsvc.feeds.values import Content
    from feedsvc.model import Finding


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post's reader-safe content and what was doubtful about its body."""

    content: Content
    findings: tuple[Finding, ...] = ()
