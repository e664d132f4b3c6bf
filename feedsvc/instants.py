"""Instants as whole microseconds since the epoch: what the index sorts and compares by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(instant: datetime) -> int:
    """Return the microseconds from 1970-01-01T00:00Z to `instant` (aware), exactly."""
    return (instant - EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """Return the instant in UTC that lies `count` microseconds after 1970-01-01T00:00Z."""
    return EPOCH + timedelta(microseconds=count)
