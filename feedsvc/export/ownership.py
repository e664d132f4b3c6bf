"""How an export knows its own files again."""

from __future__ import annotations

from feedsvc.model import entity_tag

# What every page for people says of itself in its head.
GENERATOR = b'<meta name="generator" content="feedsvc'
_HEAD = 16_384  # bytes in which it does


def digest(data: bytes) -> str:
    """Return the digest by which a file is known again: the entity tag of its document."""
    return entity_tag(data)


def is_ours(page: bytes | None, known: str) -> bool:
    """Tell whether an HTML page comes from an export, even one that was interrupted.

    `page` is None for what is no regular file; `known` is the digest from the manifest.
    """
    if page is None:
        return False
    return GENERATOR in page[:_HEAD] or (bool(known) and digest(page) == known)
