"""HTML that is safe, well-formed and absolute; the only module that knows nh3."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:

    from feedsvc.content.urls import Base


def sanitize(html: str, base: Base) -> str:
    """`html` without active content, every reference resolved against `base`."""
    import nh3

    return nh3.clean(html, link_rel=None, url_relative=base.absolute)
