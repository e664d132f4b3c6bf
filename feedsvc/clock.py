"""The present instant: the one place where the clock is read."""

from __future__ import annotations

from datetime import UTC, datetime


def present() -> datetime:
    """Return the present instant, in UTC."""
    return datetime.now(UTC)
